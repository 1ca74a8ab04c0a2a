"""colligate demo: the sample reports as a case, and what can be seen in it."""

from __future__ import annotations

import shlex
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from colligate.cli.claims_view import (
    TIE_HEADER,
    place_text,
    quote_text,
    sources_text,
    tie_row,
    when_text,
    words,
)
from colligate.cli.options import JsonOption
from colligate.cli.output import Output
from colligate.errors import CaseError
from colligate.export.plain import line_shown
from colligate.model import SHOWN_FROM, Tie

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from colligate.store import ActorSummary, DocumentSummary
    from colligate.store.case import Case
    from colligate.vocabulary import Vocabulary
    from colligate.workflows.disagreements import Disagreement
    from colligate.workflows.read import ReadReport

DEMO_CASE = Path("demo-case")
_SHOWN_FIRST = (
    "split_from", "merged_into", "defected_to", "leader_of", "founder_of", "sponsored", "financed",
    "trained_with", "trained", "allied_with", "opposed",
)  # fmt: skip
_TIES, _ACTORS, _DISAGREEMENTS = 6, 8, 3


def demo(
    *,
    case: Annotated[
        Path, typer.Option("--case", metavar="DIR", help="Where the sample case is made.")
    ] = DEMO_CASE,
    as_json: JsonOption = False,
) -> int:
    """Read three sample reports (all invented) into a case and show what was found."""
    from colligate.cli.progress import ReadProgress  # noqa: PLC0415 - --help stays quick
    from colligate.cli.read import SOME_UNREAD, report_wire  # noqa: PLC0415
    from colligate.samples import sample_files  # noqa: PLC0415
    from colligate.store.case import Case  # noqa: PLC0415
    from colligate.workflows.read import read as run  # noqa: PLC0415

    output = Output(json=as_json)
    with Case.open_or_create(case) as opened:
        _refuse_own(opened)
        with ReadProgress(bar=False) as progress:
            report = run(sample_files(), opened, progress=progress)
        if output.json:
            output.value(report_wire(report))
        else:
            _tour(opened, report, output)
    return SOME_UNREAD if report.failures else 0


def _refuse_own(case: Case) -> None:
    """Raises CaseError where the case holds more than the samples: the samples' actors are invented."""
    from colligate.samples import NAMES  # noqa: PLC0415

    if any(not set(document.sources) <= set(NAMES) for document in case.view.documents()):
        raise CaseError(
            f"{case.path} holds documents of your own: the invented sample reports were not added to it.",
            case=str(case.path),
            hint="Give a new folder: colligate demo --case FOLDER.",
        )


def _tour(case: Case, report: ReadReport, output: Output) -> None:
    from colligate.cli.read import report_text  # noqa: PLC0415
    from colligate.store import ClaimFilter  # noqa: PLC0415
    from colligate.workflows.disagreements import disagreements  # noqa: PLC0415

    ties = [recorded.claim for recorded in case.view.claims(ClaimFilter(kind="tie", min_score=SHOWN_FROM))]
    shown = _varied([claim for claim in ties if isinstance(claim, Tie)])
    actors = list(islice(case.view.actors(), _ACTORS))
    output.line(f"{report_text(report)}.")
    output.line(f"The case is the folder {case.path}: the originals, and one database of what they say.")
    output.title("Documents")
    _documents(list(case.view.documents()), output)
    output.title("Actors with the most claims")
    _actors(actors, output)
    output.title("Some ties, each with the words that say so")
    _ties(shown, output, case.vocabulary)
    disputed = disagreements(ties)[:_DISAGREEMENTS]
    if disputed:
        output.title("Where the reports disagree, both sides are kept")
        for disagreement in disputed:
            _both_sides(disagreement, output)
    output.title("Try next")
    for command, what in _next(case.path, shown, actors):
        output.line(command, indent=2, style="bold")
        output.line(what, indent=6, style="dim")


def _documents(documents: Sequence[DocumentSummary], output: Output) -> None:
    if output.rich:
        from colligate.cli.documents import documents_table  # noqa: PLC0415

        output.show(documents_table(documents))
    else:
        output.rows(
            ("title", "file", "ties", "events"), ((d.title, d.name, d.ties, d.events) for d in documents)
        )


def _actors(actors: Sequence[ActorSummary], output: Output) -> None:
    if output.rich:
        from colligate.cli.actors import actors_table  # noqa: PLC0415

        output.show(actors_table(actors))
    else:
        rows = ((a.name, a.kind, a.claims, a.documents, "; ".join(a.aliases)) for a in actors)
        output.rows(("name", "kind", "claims", "documents", "aliases"), rows)


def _ties(ties: Sequence[Tie], output: Output, vocabulary: Vocabulary) -> None:
    if output.rich:
        from colligate.cli.claims_list import claims_show  # noqa: PLC0415

        claims_show(ties, output, vocabulary)
    else:
        output.rows(TIE_HEADER, map(tie_row, ties))


def _varied(ties: Sequence[Tie]) -> list[Tie]:
    """A few ties, each of another type, those that tell of change first."""
    best: dict[str, Tie] = {}
    for tie in ties:
        # One with a date and a source is the better example of its type.
        if tie.type not in best or _worth(tie) > _worth(best[tie.type]):
            best[tie.type] = tie
    order = {name: rank for rank, name in enumerate(_SHOWN_FIRST)}
    return sorted(best.values(), key=lambda tie: order.get(tie.type, len(order)))[:_TIES]


def _worth(tie: Tie) -> int:
    return (tie.when is not None) + bool(tie.attribution)


def _both_sides(disagreement: Disagreement, output: Output) -> None:
    output.line(disagreement.about, indent=2, style="bold")
    for tie in (disagreement.one, disagreement.other):
        who = f"{tie.subject.actor.name} → {words(tie.type)} → {tie.object.actor.name}"
        date = f" ({when_text(tie.when)})" if tie.when is not None else ""
        said_by = f", according to {sources_text(tie)}" if tie.attribution else ""
        output.line(f"{who}{date}, {tie.stance}", indent=4, style="yellow")
        output.line(f"“{quote_text(tie)}”", indent=6, style="italic")
        output.line(f"{place_text(tie)}{said_by}", indent=6, style="dim")


def _next(case: Path, ties: Sequence[Tie], actors: Sequence[ActorSummary]) -> Iterator[tuple[str, str]]:
    option = f"--case {shlex.quote(str(case))}"
    if actors:
        name = shlex.quote(line_shown(actors[0].name))
        yield f"colligate actor {name} {option}", "all that the reports say about one actor"
    if ties:
        yield (
            f"colligate claim {ties[0].id[:8]} {option}",
            "one claim: its words on the page, and who says so",
        )
    yield f"colligate ties --type leader_of {option}", "who leads whom"
    yield f"colligate search merger {option}", "the paragraphs that hold a word"
    yield f"colligate export csv --out ties-and-events {option}", "everything as tables for a spreadsheet"
    yield "colligate read YOUR-REPORT.pdf", "now your own"
