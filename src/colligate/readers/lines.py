"""Lines of a page: what paragraphs are put together from, for text files and PDFs alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

LINE_END = re.compile(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


@dataclass(slots=True)
class Line:
    """Characters ``start``-``end`` of the raw text of ``page``, without white space around.

    ``indent`` is where the printed line begins: characters in a text file, points in a PDF (that of the
    first piece where the library cut a printed line in two). ``gap`` is True when more than
    the usual space stands above (a blank line). Geometry is in points from the page's lower left,
    0 where unknown: ``left``, ``right``, ``bottom``, ``top``, and the font's ``size``. ``broken`` lines
    ended in a hyphen that the PDF library took out. ``calls`` are marks of notes, which are no text:
    (start, end, mark).
    """

    page: int
    start: int
    end: int
    text: str
    gap: bool = False
    indent: float = 0.0
    left: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    top: float = 0.0
    size: float = 0.0
    bold: bool = False
    broken: bool = False
    calls: tuple[tuple[int, int, str], ...] = ()


def split(raw: str, page: int) -> Iterator[Line]:
    """The lines of a text that are not blank."""
    at, gap = 0, False
    ends = [(found.start(), found.end()) for found in LINE_END.finditer(raw)]
    for end, after in [*ends, (len(raw), len(raw))]:
        whole = raw[at:end]
        text = whole.strip()
        if text.strip("\x00\u200b\ufeff"):
            indent = len(whole) - len(whole.lstrip())
            yield Line(page, at + indent, at + indent + len(text), text, gap, indent)
            gap = False
        else:
            gap = True
        at = after


def same_line(before: Line, line: Line) -> bool:
    """Whether pdfium cut one printed line in two, as it does after a raised mark."""
    if line.left < before.right - before.size or before.page != line.page or line.left < before.left:
        return False
    overlap = min(before.top, line.top) - max(before.bottom, line.bottom)
    near = line.left - before.right < before.size * 1.5
    return (
        overlap > 0.5 * min(before.size or 1, line.size or 1)
        and near
        and line.left >= before.right - before.size
    )
