"""colligate claim ID: one claim, and the words that it rests on where they stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from colligate.cli.claims_view import (
    STANCE_STYLES,
    event_name,
    roles_text,
    when_text,
    words,
)
from colligate.cli.options import CaseOption, JsonOption, case_open
from colligate.cli.output import Output
from colligate.export.plain import line_shown, text_shown
from colligate.model import Tie

if TYPE_CHECKING:
    from collections.abc import Iterator

    from colligate.model import Claim, Document, Evidence
    from colligate.store import Recorded


def claim(
    id_: Annotated[str, typer.Argument(metavar="ID", help="A claim's id, or how it begins.")],
    *,
    case: CaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show one claim: its quote in its paragraph, page, date, and who says so."""
    from colligate.export.wire import claim_to_wire  # noqa: PLC0415 - --help stays quick

    output = Output(json=as_json)
    with case_open(case) as opened:
        recorded = opened.view.claim(id_.strip())
        found = recorded.claim
        document = opened.view.document_of(found.id)
        paragraphs = [paragraph_of(document, evidence) for evidence in found.evidence]
        if output.json:
            wire = claim_to_wire(found) | {
                "paragraphs": [document.text[start:end] for start, end in paragraphs],
                "found": recorded.found,
                "recorded_at": recorded.recorded_at.isoformat(),
                "program": recorded.program,
            }
            output.value(wire)
        elif output.rich:
            _show(recorded, document, paragraphs, output)
        else:
            for label, value in _facts(recorded, document):
                output.line(f"{label}: {line_shown(value)}")
            shown: set[tuple[int, int]] = set()
            for evidence, (start, end) in zip(found.evidence, paragraphs, strict=True):
                output.line(f"quote: {line_shown(evidence.quote)}")
                if (start, end) not in shown:
                    output.line(f"paragraph: {line_shown(document.text[start:end])}")
                shown.add((start, end))


def paragraph_of(document: Document, evidence: Evidence) -> tuple[int, int]:
    """The characters of the block or blocks that hold the quote; of a text without blocks, its lines."""
    first, last = document.block_of(evidence.start), document.block_of(evidence.end - 1)
    if first is not None and last is not None:
        return first.start, last.end
    start = document.text.rfind("\n\n", 0, evidence.start)
    end = document.text.find("\n\n", evidence.end)
    return (0 if start < 0 else start + 2), (len(document.text) if end < 0 else end)


def _headline(claim: Claim) -> str:
    if isinstance(claim, Tie):
        return f"{claim.subject.actor.name} → {words(claim.type)} → {claim.object.actor.name}"
    return f"{words(claim.type)}: {event_name(claim)}"


def _facts(recorded: Recorded, document: Document) -> Iterator[tuple[str, str]]:
    claim = recorded.claim
    yield claim.kind, _headline(claim)
    yield "id", claim.id
    if isinstance(claim, Tie):
        yield "as written", f"“{claim.subject.mention.quote}” and “{claim.object.mention.quote}”"
    else:
        yield "who", roles_text(claim) or "nobody is named"
        yield "outcome", words(claim.outcome)
        for label, number in (("killed", claim.killed), ("wounded", claim.wounded)):
            if number is not None:
                yield label, f"{number} at least"
    yield "when", _when(claim)
    if claim.where is not None:
        yield "where", claim.where.actor.name
    yield "stance", claim.stance
    yield "according to", " → ".join(_chain(claim, document))
    # Where patterns and model were weighed, each is named with its own score behind a blank.
    doubt = "" if " " in claim.basis.method else " (not calibrated)"
    yield "found by", f"{claim.basis.method or 'unknown'}, confidence {claim.basis.score:.2f}{doubt}"
    if example := _example(claim.basis.method):
        yield "as in", f"“{example}”"
    yield "review", claim.review.value + ("" if recorded.found else "; no longer found by the reader")
    for evidence in claim.evidence:
        page = "" if evidence.page is None else f", page {evidence.page}"
        yield "in", f"{document.title or document.name}{page}, characters {evidence.start}-{evidence.end}"


def _example(method: str) -> str:
    """The first example of the rule that made the claim; rules are data, and each has some."""
    from colligate.extract.rules import load_rules  # noqa: PLC0415

    kind, _, name = method.split(" ", 1)[0].partition(":")  # its score may follow
    if kind != "pattern":
        return ""
    examples = (example for rule in load_rules().rules if rule.name == name for example in rule.examples)
    return re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", str(next(examples, {}).get("say", "")))


def _when(claim: Claim) -> str:
    when = claim.when
    if when is None:
        return "no date is given"
    start = f"{when.start_earliest or '…'} to {when.start_latest or '…'}"
    end = f"{when.end_earliest or '…'} to {when.end_latest or '…'}"
    bounds = f"began {start}, ended {end}" if start != end else f"at some time from {start}"
    basis = f", counted from {when.basis}" if when.basis else ""
    said = f", from “{when.quote}”" if when.quote else ""
    return f"{when_text(when)} ({bounds}{said}{basis})"


def _chain(claim: Claim, document: Document) -> Iterator[str]:
    yield document.title or document.name or "the document"
    for link in claim.attribution:
        cue = f" (“{link.cue}”)" if link.cue else ""
        yield f"{link.name}, {link.source_kind}{cue}"


def _show(recorded: Recorded, document: Document, paragraphs: list[tuple[int, int]], output: Output) -> None:
    from rich.padding import Padding  # noqa: PLC0415
    from rich.panel import Panel  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    claim = recorded.claim
    facts = iter(_facts(recorded, document))
    output.show(Text(line_shown(next(facts)[1]), style="bold"), Text())
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", justify="right")
    grid.add_column(overflow="fold")
    for label, value in facts:
        style = STANCE_STYLES.get(claim.stance, "") if label == "stance" else ""
        grid.add_row(label, Text(line_shown(value), style=style))
    output.show(Padding(grid, (0, 0, 1, 2), expand=False))
    for evidence, (start, end) in zip(claim.evidence, paragraphs, strict=True):
        paragraph = Text(text_shown(document.text[start:end]).replace("\n", " "))
        paragraph.stylize("bold reverse", evidence.start - start, evidence.end - start)
        title = "the words" if evidence.page is None else f"the words, on page {evidence.page}"
        output.show(Panel(paragraph, title=title, title_align="left", border_style="dim"))
