"""Notes of a text file: the list of notes at its end, and the marks in the body that call them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from colligate.model import BlockKind, Footnote
from colligate.readers import shapes
from colligate.readers.draft import Draft
from colligate.readers.paragraphs import Paragraph

MARK = re.compile(r"(?<=\S)\[(\d{1,3}|[a-z]{1,2}|[*†‡§]{1,3})\]")
"""A note's mark in running text, glued to the word it belongs to: "said so.[12]"."""


def parted(blocks: Sequence[Paragraph]) -> tuple[list[Paragraph], list[Paragraph]]:
    """Body and notes. Lines like "[8] Marsh" are notes where they follow on each other, else body."""
    body: list[Paragraph] = []
    tail: list[Paragraph] = []
    last = 0
    for block in blocks:
        found = shapes.match("note", block.lines[0].text) if block.kind is BlockKind.FOOTNOTE else None
        if found is None:
            body.append(block)
            continue
        mark = found["mark"]
        follows = not mark.isdecimal() or int(mark) == last + 1 or int(mark) == 1
        if not follows:
            block.kind = BlockKind.PARAGRAPH
            body.append(block)
            continue
        if mark.isdecimal():
            last = int(mark)
        block.mark = mark
        tail.append(block)
    return body, tail


def write(draft: Draft, tail: Sequence[Paragraph], sources: dict[int, str]) -> None:
    """Writes the notes after the body, each tied to the first mark that calls it. Empty ones are left out."""
    if not tail:
        return
    calls: dict[str, int] = {}
    for found in MARK.finditer(draft.text()):
        calls.setdefault(found[1], found.start() - 1)
    for block in tail:
        shown = shapes.match("note", block.lines[0].text)
        if shown is None or (shown["text"] is None and len(block.lines) == 1):
            continue
        draft.open()
        first = block.lines[0]
        begin = first.start + (shown.start("text") if shown["text"] else len(first.text))
        draft.fold(sources[first.page], first.page, begin, first.end)
        for before, line in zip(block.lines, block.lines[1:], strict=False):
            if draft.length > draft.block_start:
                draft.put(
                    " ",
                    line.page,
                    before.end if before.page == line.page else line.start,
                    line.start,
                    "line end",
                )
            draft.fold(sources[line.page], line.page, line.start, line.end)
        made = draft.close(BlockKind.FOOTNOTE)
        if made is not None:
            draft.footnotes.append(Footnote(block.mark, made.start, made.end, calls.get(block.mark, -1)))
