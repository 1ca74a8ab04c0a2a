"""colligate read FILES...: reports in, a case of sourced claims out."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from colligate.cli.llm import (
    BudgetOption,
    LlmOption,
    ModelOption,
    MoneyOption,
    PriceInOption,
    PriceOutOption,
    RetriesOption,
    TimeoutOption,
    YesOption,
    ask,
    llm_options,
    unread_error,
)
from colligate.cli.llm import report_text as llm_text
from colligate.cli.llm import report_wire as llm_wire
from colligate.cli.options import CASE_VARIABLE, CaseOption, JsonOption, case_path
from colligate.cli.output import Output
from colligate.export.plain import line_shown

if TYPE_CHECKING:
    from colligate.workflows.read import ReadReport

# The report names each failure; the exit code says that there was one.
SOME_UNREAD = 3


def read(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILES...",
            help="PDF, DOCX, HTML, EPUB, Markdown or text files, folders of them, or - for standard input.",
        ),
    ],
    *,
    case: CaseOption = None,
    vocabulary: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="A vocabulary of your own (YAML), for a new case.", show_default=False
        ),
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Read also what this version has read before.")
    ] = False,
    workers: Annotated[
        int,
        typer.Option(
            min=0,
            metavar="N",
            help="Worker processes; 0 for as many as there are cores and work for.",
            show_default=False,
        ),
    ] = 0,
    memory: Annotated[
        int, typer.Option(min=128, metavar="MIB", help="Address space for parsing one file.")
    ] = 1024,
    seconds: Annotated[float, typer.Option(min=0.1, metavar="S", help="Time for parsing one file.")] = 60.0,
    patterns_only: Annotated[
        bool, typer.Option("--patterns-only", help="Read with patterns alone, without the reading model.")
    ] = False,
    llm: LlmOption = None,
    llm_model: ModelOption = None,
    llm_budget: BudgetOption = None,
    llm_budget_money: MoneyOption = None,
    llm_price_in: PriceInOption = None,
    llm_price_out: PriceOutOption = None,
    llm_timeout: TimeoutOption = None,
    llm_retries: RetriesOption = None,
    yes: YesOption = False,
    as_json: JsonOption = False,
) -> int:
    """Read reports into a case. Files that were read before and did not change are passed over."""
    from colligate.cli.progress import ReadProgress  # noqa: PLC0415 - --help stays quick
    from colligate.readers import Limits  # noqa: PLC0415
    from colligate.readers.detect import SUFFIXES  # noqa: PLC0415
    from colligate.store.case import Case  # noqa: PLC0415
    from colligate.workflows.read import ReadOptions  # noqa: PLC0415
    from colligate.workflows.read import read as run  # noqa: PLC0415

    output = Output(json=as_json)
    path = case_path(case)
    limits = Limits(address_space=memory << 20, seconds=seconds)
    options = ReadOptions(limits=limits, workers=workers, again=again, patterns_only=patterns_only)
    model = llm_options(
        url=llm, model=llm_model, tokens=llm_budget, money=llm_budget_money, price_in=llm_price_in,
        price_out=llm_price_out, timeout=llm_timeout, retries=llm_retries, yes=yes,
    )  # fmt: skip
    with Case.open_or_create(path, vocabulary=vocabulary) as opened:
        with ReadProgress() as progress:
            report = run(files, opened, options=options, progress=progress)
        if not (report.documents or report.unchanged or report.failures):
            output.note(
                f"There is nothing to read in {', '.join(line_shown(str(file)) for file in files)}.",
                f"From a folder come files that end in {', '.join(sorted(SUFFIXES))}; "
                "a file given by itself comes whatever its name.",
            )
        if not output.json:
            output.line(report_text(report))
        asked = None if model is None else ask(opened, report.ids, model, yes=yes)
    if output.json:
        wire = report_wire(report)
        if model is not None:
            wire["llm"] = None if asked is None else llm_wire(asked, model)
        output.value(wire)
    else:
        if model is not None and asked is not None:
            for indent, line in llm_text(asked, model):
                output.line(line, indent=indent)
        if case is None:
            output.note(f"The case is {line_shown(str(path))}; --case DIR or ${CASE_VARIABLE} names another.")
    unread = unread_error(asked, model) if model is not None and asked is not None else None
    if unread is not None and not report.failures:
        raise unread
    if unread is not None:
        output.note(str(unread), unread.hint)
    return SOME_UNREAD if report.failures else 0


def report_text(report: ReadReport) -> str:
    """What was done, in one line."""
    parts = [f"{report.documents} read"]
    if report.unchanged:
        parts.append(f"{report.unchanged} unchanged")
    if report.failures:
        parts.append(f"{len(report.failures)} not read")
    rate = f" ({report.words / report.seconds:,.0f} words/s)" if report.words > 50_000 else ""
    more = f", {report.suggestions:,} less sure suggestions" if report.suggestions else ""
    return (
        f"{', '.join(parts)}: {report.words:,} words, {report.ties:,} ties, {report.events:,} events{more} "
        f"in {report.seconds:.1f} s{rate}"
    )


def report_wire(report: ReadReport) -> dict[str, Any]:
    wire = asdict(report)
    wire["case"] = str(report.case)
    wire["seconds"] = round(report.seconds, 3)
    return wire
