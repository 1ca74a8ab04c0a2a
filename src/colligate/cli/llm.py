"""The options of `colligate read` for a language model, what is said before text leaves, and the report."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import typer

from colligate.cli.edge import tell
from colligate.errors import LanguageModelError, SettingsError
from colligate.export.plain import line_shown

if TYPE_CHECKING:
    from colligate.extract.llm.options import LlmOptions
    from colligate.store.case import Case
    from colligate.workflows.asking import AskPlan, AskReport

KEY_VARIABLE = "COLLIGATE_LLM_KEY"
_PANEL = "A language model (off unless --llm is given)"
_MOST_NAMED = 10


def _option(*names: str, metavar: str, text: str, **bounds: Any) -> Any:
    return typer.Option(
        *names, metavar=metavar, help=text, show_default=False, rich_help_panel=_PANEL, **bounds
    )


LlmOption: TypeAlias = Annotated[
    str | None,
    _option(
        "--llm",
        metavar="URL",
        text="Have a language model read the reports, too: the base URL of an OpenAI-compatible service. "
        f"Its key, if it needs one, comes from ${KEY_VARIABLE}.",
    ),
]
ModelOption: TypeAlias = Annotated[
    str | None, _option("--llm-model", metavar="NAME", text="The model's name at that service.")
]
BudgetOption: TypeAlias = Annotated[
    int | None,
    _option(
        "--llm-budget",
        metavar="TOKENS",
        text="The most tokens, in and out, of this run; 0 for no bound. Without it: 1,000,000.",
        min=0,
    ),
]
MoneyOption: TypeAlias = Annotated[
    float | None,
    _option(
        "--llm-budget-money",
        metavar="AMOUNT",
        text="The most money of this run, in the currency of the prices.",
        min=0.0,
    ),
]
PriceInOption: TypeAlias = Annotated[
    float | None,
    _option("--llm-price-in", metavar="PRICE", text="What a million tokens sent cost.", min=0.0),
]
PriceOutOption: TypeAlias = Annotated[
    float | None,
    _option("--llm-price-out", metavar="PRICE", text="What a million tokens of replies cost.", min=0.0),
]
TimeoutOption: TypeAlias = Annotated[
    float | None,
    _option("--llm-timeout", metavar="S", text="Time for one reply. Without it: 120.", min=0.1),
]
RetriesOption: TypeAlias = Annotated[
    int | None,
    _option(
        "--llm-retries",
        metavar="N",
        text="How often a request that failed is made again. Without it: 4.",
        min=0,
    ),
]
YesOption: TypeAlias = Annotated[
    bool,
    typer.Option(
        "--yes", help="Send without asking first. Needed without a terminal.", rich_help_panel=_PANEL
    ),
]


def llm_options(
    *,
    url: str | None,
    model: str | None,
    tokens: int | None = None,
    money: float | None = None,
    price_in: float | None = None,
    price_out: float | None = None,
    timeout: float | None = None,
    retries: int | None = None,
    yes: bool = False,
) -> LlmOptions | None:
    """The options, None when no language model is asked for. Raises SettingsError.

    Takes the key out of the environment, so that no process that is started later inherits it.
    """
    key = os.environ.pop(KEY_VARIABLE, "")
    others = (model, tokens, money, price_in, price_out, timeout, retries)
    if url is None:
        if yes or any(option is not None for option in others):
            raise SettingsError(
                "Options for a language model are given, and no language model is.",
                hint="Add --llm URL, or leave them out: without --llm nothing is sent anywhere.",
            )
        return None
    if not model:
        raise SettingsError("A language model has no name.", hint="Give one with --llm-model NAME.")
    from colligate.extract.llm.client import require_urllib3  # noqa: PLC0415 - only for who asks
    from colligate.extract.llm.options import Budget, LlmOptions, endpoint_of  # noqa: PLC0415

    endpoint = endpoint_of(url, key)
    require_urllib3(endpoint)
    given = {"tokens": tokens, "money": money, "price_in": price_in, "price_out": price_out}
    budget = Budget(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    others_given = {"timeout": timeout, "retries": retries}
    return LlmOptions(
        endpoint=endpoint,
        model=model,
        budget=budget,
        **{name: value for name, value in others_given.items() if value is not None},  # type: ignore[arg-type]
    )


def at_terminal() -> bool:
    """Whether somebody is there to be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def consent() -> bool:
    """What the user answers; no answer is no."""
    sys.stderr.write("Send it? [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def ask(case: Case, documents: tuple[str, ...], options: LlmOptions, *, yes: bool) -> AskReport | None:
    """Says what would be sent, asks, and has the model read. None when the user declines.

    Raises SettingsError without a terminal and ``yes``: nothing is sent then.
    """
    from colligate.cli.llm_progress import BarOfPassages  # noqa: PLC0415
    from colligate.workflows.asking import Asking  # noqa: PLC0415

    sys.stdout.flush()  # what was read is told before what would be sent
    with Asking(case, options) as asking:
        plan = asking.plan(documents)
        tell(announcement(plan, options))
        if plan.to_send and not yes:
            if not at_terminal():
                raise SettingsError(
                    "Nothing was sent: there is no terminal on which to ask for your consent.",
                    hint="If all of this may be sent there, run the command again with --yes. "
                    "What patterns found is in the case.",
                )
            if not consent():
                tell("Nothing was sent. What patterns found is in the case.")
                return None
        with BarOfPassages() as progress:
            return asking.ask(plan, progress)


def announcement(plan: AskPlan, options: LlmOptions) -> str:
    """What goes where, before it goes."""
    endpoint, budget = options.endpoint, options.budget
    if not plan.to_send:
        return (
            f"The language model {options.model}: nothing is sent; the case has its replies to all "
            f"{plan.passages} passages."
        )
    where = "this machine" if endpoint.here else "NOT this machine"
    names = ", ".join(line_shown(document.name) for document in plan.sent[:_MOST_NAMED])
    if len(plan.sent) > _MOST_NAMED:
        names += f" and {len(plan.sent) - _MOST_NAMED} more"
    lines = [
        "A language model is asked (--llm). This is sent:",
        f"  to      {endpoint.shown} ({where}), the model {options.model}",
        f"  what    {plan.words:,} words in {plan.to_send} passages of {len(plan.sent)} documents: {names}",
        f"  tokens  about {plan.tokens_in:,}, and about {plan.tokens_out:,} in replies",
    ]
    if budget.priced:
        lines[-1] += f"; cost about {budget.cost(plan.tokens_in, plan.tokens_out):,.2f}"
    bounds = [f"{budget.tokens:,} tokens"] if budget.tokens else []
    bounds += [f"{budget.money:,.2f} in money"] if budget.money is not None else []
    lines.append(f"  budget  {' and '.join(bounds) or 'none'}")
    if plan.passages > plan.to_send:
        lines.append(f"  and not {plan.passages - plan.to_send} passages whose replies the case has")
    if not endpoint.secret:
        lines.append("  The connection is not encrypted: whoever carries it can read the text and the key.")
    return "\n".join(lines)


def report_text(report: AskReport, options: LlmOptions) -> list[tuple[int, str]]:
    """What was asked, what it cost, and what became of the replies: lines and how far they are indented."""
    tally, spending = report.tally, report.spending
    about = "about " if spending.estimated else ""
    cost = "" if spending.money is None else f", cost {about}{spending.money:,.2f}"
    asked = (
        f"{options.model}: {tally.chunks_read} of {tally.chunks} passages read, "
        f"{spending.requests} requests, {spending.retries} retries, {spending.reused} replies from the case, "
        f"{about}{spending.tokens_in:,} tokens in, {spending.tokens_out:,} out{cost}"
    )
    found = (
        f"{tally.proposed} claims proposed, {tally.kept} kept ({tally.exact} quoted letter by letter, "
        f"{tally.folded} but for spaces and marks), {tally.known} found before, "
        f"{tally.dropped.total()} dropped"
    )
    details = []
    details += [f"dropped {count}: {drop.value}" for drop, count in tally.dropped.most_common()]
    details += [f"left out of claims {count}: {part.value}" for part, count in tally.left_out.most_common()]
    if tally.cut_off:
        details.append(f"{tally.cut_off} replies were cut off; the claims that were whole were taken")
    if tally.garbled:
        details.append(f"{tally.garbled} replies were not JSON; their passages were not read")
    return [(0, asked), (0, found), *((2, line) for line in details)]


def report_wire(report: AskReport, options: LlmOptions) -> dict[str, Any]:
    """The same for --json. Never holds the key."""
    tally, spending = report.tally, report.spending
    return {
        "endpoint": options.endpoint.shown,
        "model": options.model,
        "documents": report.documents,
        "passages": tally.chunks,
        "passages_read": tally.chunks_read,
        "requests": spending.requests,
        "retries": spending.retries,
        "reused": spending.reused,
        "tokens_in": spending.tokens_in,
        "tokens_out": spending.tokens_out,
        "tokens_estimated": spending.estimated,
        "money": spending.money,
        "proposed": tally.proposed,
        "kept": tally.kept,
        "exact": tally.exact,
        "folded": tally.folded,
        "known": tally.known,
        "dropped": {drop.name.lower(): count for drop, count in tally.dropped.items()},
        "left_out": {part.name.lower(): count for part, count in tally.left_out.items()},
        "cut_off": tally.cut_off,
        "garbled": tally.garbled,
        "not_read": [{"name": one.name, "passages": one.passages, "of": one.of} for one in report.unread],
        "stopped": None if report.stopped is None else line_shown(report.stopped.message),
    }


def unread_error(report: AskReport, options: LlmOptions) -> LanguageModelError | None:
    """The error where not all of the text was read: says what was not, and what to do."""
    if report.stopped is None and not report.unread:
        return None
    passages = sum(one.passages for one in report.unread)
    named = ", ".join(
        f"{line_shown(one.name)} ({one.passages} of {one.of} passages)" for one in report.unread[:_MOST_NAMED]
    )
    if len(report.unread) > _MOST_NAMED:
        named += f" and {len(report.unread) - _MOST_NAMED} more"
    stopped = report.stopped
    why = line_shown(stopped.message) if stopped is not None else "Some requests had no reply of use."
    return LanguageModelError(
        f"{why} Not read by {options.model}: {named}." if passages else why,
        host=options.endpoint.host,
        hint=stopped.hint if stopped is not None else "To ask again about these, run the same command again.",
    )
