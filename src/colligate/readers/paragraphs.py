"""Lines of a text file -> blocks. Nothing is reordered, and every line lands in exactly one block.

A file is either *wrapped* (its lines end where the column ended) or has one paragraph a line; which
of the two is measured, stanza by stanza, because web pages saved as text mix both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from colligate.model import BlockKind
from colligate.readers import shapes
from colligate.readers.lines import Line

NARROWEST, WIDEST = 30, 140
"""Characters: a column narrower than this is a list of short lines, a wider one is no column."""


@dataclass(slots=True)
class Paragraph:
    """One block to be: its lines, and which characters of the first and last belong to the text."""

    kind: BlockKind
    lines: list[Line]
    level: int = 0
    mark: str = ""


def paragraphs(lines: Sequence[Line]) -> list[Paragraph]:
    """The blocks that the lines make up."""
    width = column(lines)
    made: list[Paragraph] = []
    for stanza in _stanzas(lines):
        made += _wrapped(stanza, width) if width and _fits(stanza, width) else _one_a_line(stanza)
    return _headings_checked(made)


def column(lines: Sequence[Line]) -> int:
    """The width in characters at which the lines were wrapped; 0 when they were not."""
    inner = sorted(
        len(line.text) + int(line.indent)
        for line, after in pairwise(lines)
        if not after.gap and after.page == line.page
    )
    if len(inner) < 3:
        return 0
    width = inner[int(len(inner) * 0.95)]
    if not NARROWEST <= width <= WIDEST:
        return 0
    # In a wrapped text most lines come near the edge; in a list of short lines they do not.
    near = sum(1 for length in inner if length >= width * 0.75)
    return width if near >= len(inner) * 0.5 else 0


def _fits(stanza: Sequence[Line], width: int) -> bool:
    over = sum(1 for line in stanza if len(line.text) > width * 1.25)
    return len(stanza) > 1 and over * 20 <= len(stanza)


def _stanzas(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines between blank lines. A blank line at a page's end parts nothing that goes on in mid-sentence."""
    stanzas: list[list[Line]] = []
    for line in lines:
        fresh = not stanzas or (
            line.gap and not (line.page != stanzas[-1][-1].page and runs_on(stanzas[-1][-1].text, line.text))
        )
        if fresh:
            stanzas.append([])
        stanzas[-1].append(line)
    return stanzas


def runs_on(before: str, after: str) -> bool:
    """Whether a sentence goes on from one line to the next, whatever stands between them."""
    return not shapes.ends_sentence(before) and after[:1].islower()


def _wrapped(stanza: list[Line], width: int) -> list[Paragraph]:
    made: list[Paragraph] = []
    for line in stanza:
        kind = _opening(line)
        if made and kind is None and not _breaks(made[-1].lines[-1], line, width):
            made[-1].lines.append(line)
        else:
            made.append(Paragraph(kind or BlockKind.PARAGRAPH, [line]))
    if len(stanza) <= 3:
        _as_heading(made, stanza)
    return made


def _as_heading(made: list[Paragraph], stanza: list[Line]) -> None:
    """A stanza of one to three lines that reads as one title is a heading, whatever its lines are."""
    whole = " ".join(line.text for line in stanza)
    titled = shapes.match("numbered_heading", whole) and len(whole) <= 160 and not shapes.ends_sentence(whole)
    if titled or (len(stanza) == 1 and shapes.title_like(whole)):
        made[:] = [Paragraph(BlockKind.HEADING, list(stanza), level_of(whole))]


def _breaks(before: Line, line: Line, width: int) -> bool:
    """Whether a new paragraph begins at ``line``: the line before ended early, and a sentence with it.

    A line ended early when the next line's first word would still have fitted (less a tenth, because
    columns of proportional letters are not even).
    """
    if shapes.match("table_row", before.text):
        return True
    first = line.text.split(maxsplit=1)[0]
    early = len(before.text) + before.indent + 1 + len(first) <= width * 0.9
    if early and shapes.ends_sentence(before.text) and not first[:1].islower():
        return True
    return line.indent >= before.indent + 2 and shapes.ends_sentence(before.text) and line.page == before.page


def _opening(line: Line) -> BlockKind | None:
    """The kind of block that this line opens by its own marks, None when it has none."""
    text = line.text
    if shapes.match("marked_heading", text):
        return BlockKind.HEADING
    if shapes.match("table_row", text):
        return BlockKind.TABLE_ROW
    if shapes.match("note", text):
        return BlockKind.FOOTNOTE
    if shapes.match("bullet", text):
        return BlockKind.LIST_ITEM
    return None


def _one_a_line(stanza: list[Line]) -> list[Paragraph]:
    made: list[Paragraph] = []
    for line in stanza:
        kind = _opening(line)
        if kind is None and shapes.match("numbered_item", line.text):
            kind = BlockKind.LIST_ITEM
        made.append(Paragraph(kind or BlockKind.PARAGRAPH, [line]))
    first = made[0]
    # "Northern Brigades", at once "Also known as ...", then the description: the short line heads it.
    over_long = (
        len(stanza) > 1 and len(stanza[0].text) <= 90 and len(stanza[0].text) * 2 < len(stanza[-1].text)
    )
    over_long = over_long and len(stanza[-1].text) >= 120 and len(stanza) <= 3
    plain = first.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
    if (len(made) == 1 or over_long) and plain and shapes.title_like(first.lines[0].text):
        first.kind, first.level = BlockKind.HEADING, level_of(first.lines[0].text)
    return made


def level_of(heading: str) -> int:
    """The level that a heading's marks or number show: "2.1 Command" is 2; 1 when there are none."""
    marked = shapes.match("marked_heading", heading)
    if marked:
        return len(marked["level"]) - 1
    numbered = shapes.match("numbered_heading", heading)
    if numbered:
        number = heading[: numbered.start("text")].strip(" .:")
        return min(number.count(".") + 1, 6)
    return 1


def _headings_checked(made: list[Paragraph]) -> list[Paragraph]:
    """A run of "headings" with no text below them is a list: no heading heads a heading of its own rank
    three times over."""
    run: list[Paragraph] = []
    for paragraph in [*made, Paragraph(BlockKind.PARAGRAPH, [])]:
        marked = paragraph.lines and shapes.match("marked_heading", paragraph.lines[0].text)
        if paragraph.kind is BlockKind.HEADING and not marked:
            run.append(paragraph)
            continue
        if len(run) > 3:
            for one in run:
                one.kind, one.level = BlockKind.LIST_ITEM, 0
        run = []
    return made
