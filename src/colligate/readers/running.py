"""Running headers, footers and page numbers: what a page says about the book and not to the reader."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from colligate.readers import shapes
from colligate.readers.lines import Line

EDGE = 3
"""Lines at the head and at the foot of a page that may be running lines."""

_DIGITS = re.compile(r"\d+")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}


def without_running(pages: Sequence[list[Line]]) -> tuple[list[list[Line]], dict[int, str]]:
    """The pages' lines (each page from top to bottom) without running lines; printed page numbers by page.

    A line runs when it stands, but for its digits, among the first or last lines of a third of the
    pages (three at least), or when it is a number that counts along with the pages.
    """
    least = max(3, len(pages) // 3)
    seen: Counter[tuple[str, str]] = Counter()
    for lines in pages:
        seen.update({(edge, _folded(line.text)) for edge, line in _edges(lines)})
    running = {key for key, count in seen.items() if count >= least and _is_short(key[1])}
    steps = _steps(pages)
    kept: list[list[Line]] = []
    labels: dict[int, str] = {}
    for at, lines in enumerate(pages):
        out: set[int] = set()
        for edge, line in _edges(lines):
            number = shapes.match("page_number", line.text)
            if number and _value(number["text"]) - at in steps:
                labels[line.page] = number["text"]
                out.add(id(line))
            elif (edge, _folded(line.text)) in running:
                out.add(id(line))
                inside = [digits for digits in _DIGITS.findall(line.text) if int(digits) - at in steps]
                if inside and line.page not in labels:
                    labels[line.page] = inside[-1]
        kept.append([line for line in lines if id(line) not in out])
    return kept, labels


def _edges(lines: Sequence[Line]) -> list[tuple[str, Line]]:
    """The lines that may run. Of a page of few lines, no line is both head and foot."""
    head = min(EDGE, (len(lines) + 1) // 2)
    foot = min(EDGE, len(lines) - head)
    return [("head", line) for line in lines[:head]] + [("foot", line) for line in lines[len(lines) - foot :]]


def _folded(text: str) -> str:
    return " ".join(_DIGITS.sub("#", text).split()).casefold()


def _is_short(folded: str) -> bool:
    return len(folded) <= 120


def _steps(pages: Sequence[list[Line]]) -> set[int]:
    """Differences between the printed number and the page's place that hold on several pages."""
    seen: Counter[int] = Counter()
    for at, lines in enumerate(pages):
        found: set[int] = set()
        for _, line in _edges(lines):
            number = shapes.match("page_number", line.text)
            if number:
                found.add(_value(number["text"]) - at)
            elif len(line.text) <= 120:
                found |= {int(digits) - at for digits in _DIGITS.findall(line.text) if len(digits) <= 4}
        seen.update(found)
    least = max(2, len(pages) // 4)
    return {step for step, count in seen.items() if count >= least}


def _value(number: str) -> int:
    """The number, decimal or roman."""
    if number.isdecimal():
        return int(number)
    total = 0
    values = [_ROMAN[letter] for letter in number.lower()]
    for value, after in zip(values, [*values[1:], 0], strict=True):
        total += -value if value < after else value
    return total
