"""Headings that are a name, and the stretch of text each of them heads."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from colligate.extract.base import Reading
from colligate.model import BlockKind

_LONGEST = 120
_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Heading:
    """A line (``start``-``end``) that is a heading; ``naming`` is the name that fills it, -1 for none."""

    start: int
    end: int
    naming: int = -1


def headings(reading: Reading) -> list[Heading]:
    """The headings in order: the document's heading blocks, or in plain text the short lines without a
    full stop that stand after a blank line."""
    text = reading.document.text
    found: list[tuple[int, int]] = []
    blocks = reading.document.blocks
    if any(block.kind is BlockKind.HEADING for block in blocks):
        found = [(block.start, block.end) for block in blocks if block.kind is BlockKind.HEADING]
    else:
        for match in _LINE.finditer(text, 0, reading.document.body_end or len(text)):
            start, end = match.span()
            line = match.group().strip()
            fresh = start < 2 or text[start - 2 : start] == "\n\n"
            if fresh and 1 < len(line) <= _LONGEST and line[-1] not in '.!?:;,”"' and line[0] not in "-•*–":
                found.append((start, end))
    starts = [naming.start for naming in reading.namings]
    result: list[Heading] = []
    for start, end in found:
        result.append(Heading(start, end, _filling(reading, starts, start, end)))
    return result


def _filling(reading: Reading, starts: list[int], start: int, end: int) -> int:
    """The naming that the line is: it opens the line and brackets or nothing follow; -1 when none does."""
    at = bisect_right(starts, start - 1)
    text = reading.document.text
    while at < len(starts) and starts[at] < end:
        naming = reading.namings[at]
        before, after = text[start : naming.start].strip(), text[naming.end : end].strip()
        if naming.form == "name" and before.lower() in {"", "the"} and (not after or after[0] in "([–—:"):
            return at
        at += 1
    return -1
