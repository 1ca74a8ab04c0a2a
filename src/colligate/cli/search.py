"""colligate search WORDS: paragraphs of the documents."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from colligate.cli.options import CaseOption, JsonOption, case_open
from colligate.cli.output import Output
from colligate.export.plain import line_shown, text_shown

if TYPE_CHECKING:
    from rich.text import Text

    from colligate.store import Hit


def search(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="WORDS...",
            help='All words must occur. "a b" is a phrase, word* a beginning, OR is either.',
        ),
    ],
    *,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, metavar="N", help="Paragraphs at most.")] = 20,
    case: CaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Search the texts of the case, the best paragraphs first."""
    output = Output(json=as_json)
    query = words[0] if len(words) == 1 else " ".join(_word(word) for word in words)
    with case_open(case) as opened:
        hits = opened.view.search(query, limit=limit)
    if output.json:
        output.values(asdict(hit) for hit in hits)
    elif output.rich:
        for hit in hits:
            output.show(*_shown(hit))
    else:
        output.rows(
            ("document", "page", "text"), ((hit.title or hit.document, hit.page, hit.snippet) for hit in hits)
        )
    if not hits:
        output.note(
            "Nothing is found.", "All words must occur in one paragraph; try fewer, or word* for a beginning."
        )


def _word(word: str) -> str:
    """A word of the command line; one that the shell's quotes kept together is a phrase."""
    return f'"{word}"' if " " in word and '"' not in word else word


def _shown(hit: Hit) -> tuple[Text, ...]:
    from rich.text import Text as RichText  # noqa: PLC0415 - pipes need no rich

    place = "" if hit.page is None else f", p. {hit.page}"
    snippet = RichText(text_shown(hit.snippet).replace("\n", " "))
    for start, end in hit.marks:
        snippet.stylize("bold yellow", start, end)
    return RichText(line_shown(hit.title or hit.document) + place, style="dim"), snippet, RichText()
