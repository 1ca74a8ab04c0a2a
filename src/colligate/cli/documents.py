"""colligate documents: what the case holds, and which files gave no document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from colligate.cli.claims_view import when_text
from colligate.cli.options import CaseOption, JsonOption, case_open
from colligate.cli.output import Output
from colligate.export.plain import line_shown
from colligate.export.wire import when_to_wire

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.table import Table

    from colligate.store import DocumentSummary, Failure

_HEADER = (
    "id", "title", "file", "published", "language", "pages", "characters", "ties", "events", "suggestions",
    "state",
)  # fmt: skip


def documents(*, case: CaseOption = None, as_json: JsonOption = False) -> None:
    """List the documents of a case, and the files that could not be read."""
    output = Output(json=as_json)
    with case_open(case) as opened:
        found, failures = list(opened.view.documents()), list(opened.view.failures())
    if output.json:
        output.value(
            {
                "documents": [document_wire(one) for one in found],
                "failures": [_failure_wire(f) for f in failures],
            }
        )
        return
    if output.rich:
        if found:
            output.show(documents_table(found))
    else:
        output.rows(_HEADER, map(_row, found))
    if not found:
        output.note("No documents.")
    for failure in failures:
        output.note(f"not read: {line_shown(failure.source)} ({failure.failure.value})", failure.message)


def document_wire(document: DocumentSummary) -> dict[str, Any]:
    return {
        "id": document.id,
        "title": document.title,
        "authors": list(document.authors),
        "publisher": document.publisher,
        "published": None if document.published is None else when_to_wire(document.published),
        "published_how": document.published_how,
        "sources": list(document.sources),
        "media_type": document.media_type,
        "language": document.language,
        "readable": document.readable,
        "pages": document.pages,
        "characters": document.characters,
        "ties": document.ties,
        "events": document.events,
        "suggestions": document.suggestions,
        "warnings": list(document.warnings),
        "finished": document.finished,
        "reader": document.reader,
        "program": document.program,
        "recorded_at": document.recorded_at.isoformat(),
    }


def documents_table(found: Sequence[DocumentSummary]) -> Table:
    from rich.table import Table  # noqa: PLC0415 - pipes need no rich
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=None, header_style="dim", pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("title", overflow="fold", ratio=1)
    for name in ("published", "lang"):
        table.add_column(name)
    for name in ("pages", "ties", "events", "suggestions"):
        table.add_column(name, justify="right")
    table.add_column("")
    for document in found:
        title = Text(line_shown(document.title or document.name), style="bold")
        if document.title and not document.name.replace("_", " ").startswith(document.title):
            title.append(f"\n{line_shown(document.name)}", style="dim")
        for warning in document.warnings:
            title.append(f"\n{line_shown(warning)}", style="yellow")
        table.add_row(
            title,
            line_shown(when_text(document.published)),
            document.language,
            str(document.pages or ""),
            str(document.ties),
            str(document.events),
            str(document.suggestions),
            Text(_state(document), style="yellow"),
        )
    return table


def _row(document: DocumentSummary) -> tuple[object, ...]:
    return (
        document.id, document.title, document.name, when_text(document.published), document.language,
        document.pages or None, document.characters, document.ties, document.events, document.suggestions,
        _state(document),
    )  # fmt: skip


def _state(document: DocumentSummary) -> str:
    if not document.finished:
        return "unfinished"
    return "" if document.readable else "text only"


def _failure_wire(failure: Failure) -> dict[str, Any]:
    return {
        "source": failure.source,
        "failure": failure.failure.value,
        "message": failure.message,
        "at": failure.at.isoformat(),
    }
