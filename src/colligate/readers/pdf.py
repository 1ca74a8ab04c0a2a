"""PDF: pdfium's text of each page, cut into lines with where they stand, laid out into paragraphs.

Per-character geometry costs four times the text itself, so only the first and the last character of a
line are measured, and those of what may be a note's raised mark.
"""

from __future__ import annotations

import ctypes
import re
from typing import Any

from colligate.errors import DocumentError, ReadFailure
from colligate.readers.draft import without_surrogates
from colligate.readers.joints import HYPHEN
from colligate.readers.layout import lay_out
from colligate.readers.lines import Line, same_line
from colligate.readers.parsed import Parsed, Task
from colligate.readers.pdf_facts import facts

_CUT = re.compile(rf"\r\n|[\r\n]|{HYPHEN}")
# A number right after a word or its punctuation, with nothing but space or punctuation behind it.
_RAISED = re.compile(
    r"(?<=[^\W\d_]|[.,;:!?”\"’')\]»])(?:\d{1,3}(?:,\d{1,3})*|[*†‡§]{1,3})(?=$|[\s.,;:!?)\]”’\"—–])"
)
_MARK = re.compile(r"\d{1,3}|[*†‡§]{1,3}")
_YEAR_RAISED = re.compile(r"(?<!\d)\d{5,6}(?=$|[\s.,;:!?)\]”’\"])")
_PER_PAGE_LEAST = 8
"""Letters below which a page counts as one without text."""


def read_pdf(task: Task) -> Parsed:
    """A PDF. Raises DocumentError for one that is damaged, locked, or without any text."""
    import pypdfium2  # noqa: PLC0415 - loaded when a PDF comes

    document = _opened(task, pypdfium2)
    raw: dict[int, str] = {}
    pages: list[list[Line]] = []
    unreadable: list[int] = []
    blank: list[int] = []
    for index in range(len(document)):
        try:
            page = document[index]
            text, lines = _page(page, index + 1, pypdfium2.raw)
            if sum(map(str.isalpha, text[:200])) < _PER_PAGE_LEAST and _has_picture(page, pypdfium2.raw):
                blank.append(index + 1)
            page.close()
        except pypdfium2.PdfiumError:
            unreadable.append(index + 1)
            text, lines = "", []
        raw[index + 1] = text
        pages.append(lines)
    _check(task, raw, blank, unreadable)
    parsed = lay_out(pages, raw, known=task.joined)
    facts(document, parsed)
    if blank:
        parsed.warnings.append(
            f"{_listed(blank)} of {len(raw)} hold pictures and no text: run OCR on the file to have it read."
        )
    if unreadable:
        parsed.warnings.append(f"{_listed(unreadable)} of {len(raw)} are damaged and were left out.")
    return parsed


def _opened(task: Task, pypdfium2: Any) -> Any:
    try:
        document = pypdfium2.PdfDocument(task.data)
        if len(document) == 0:
            raise task.refuse(
                ReadFailure.DAMAGED, "is a PDF without pages", "Get the file anew from its source."
            )
    except pypdfium2.PdfiumError as error:
        raise _refused(task, str(error)) from error
    return document


def _refused(task: Task, why: str) -> DocumentError:
    if "password" in why.lower():
        return task.refuse(
            ReadFailure.ENCRYPTED,
            "asks for a password",
            "Remove the password in a PDF program, and read it again.",
        )
    if "security" in why.lower():
        return task.refuse(
            ReadFailure.ENCRYPTED,
            "is protected in a way that cannot be opened here",
            "Print it to a new PDF in the program that opens it.",
        )
    return task.refuse(
        ReadFailure.DAMAGED,
        "is a damaged or cut-off PDF",
        "Get the file anew from its source, or print it to a new PDF.",
    )


def _check(task: Task, raw: dict[int, str], blank: list[int], unreadable: list[int]) -> None:
    if any(sum(map(str.isalpha, text)) >= _PER_PAGE_LEAST for text in raw.values()):
        return
    if blank:
        raise task.refuse(
            ReadFailure.NEEDS_OCR,
            "holds pictures of pages and no text",
            "Run OCR on it first (for example with ocrmypdf), and read what comes out.",
        )
    if unreadable:
        raise task.refuse(ReadFailure.DAMAGED, "is a PDF whose pages are all damaged", "Get the file anew.")
    raise task.refuse(ReadFailure.NO_TEXT, "is a PDF without text")


def _page(page: Any, number: int, raw: Any) -> tuple[str, list[Line]]:
    """The page's text as pdfium gives it, its lines in the order of the file."""
    textpage = page.get_textpage()
    try:
        text = without_surrogates(textpage.get_text_range())
        measure = _Measure(textpage, raw, aligned=len(text) == textpage.count_chars())
        measure.long_numbers = _YEAR_RAISED.search(text) is not None
        lines: list[Line] = []
        at, gap = 0, False
        for found in [*_CUT.finditer(text), None]:
            end = found.start() if found else len(text)
            piece = text[at:end]
            content = piece.strip()
            if content:
                start = at + len(piece) - len(piece.lstrip())
                broken = found is not None and found.group() == HYPHEN
                lines.append(
                    _line(text, number, start, start + len(content), measure, gap=gap, broken=broken)
                )
                gap = False
            if found:
                at = found.end()
        return text, _marks_joined(text, lines)
    finally:
        textpage.close()


def _marks_joined(text: str, lines: list[Line]) -> list[Line]:
    """pdfium puts a raised mark on a line of its own: it is joined to what it stands beside."""
    joined: list[Line] = []
    for line in lines:
        last = joined[-1] if joined else None
        if last is None or not same_line(last, line):
            joined.append(line)
        elif _MARK.fullmatch(line.text) and line.size < last.size * 0.85:
            last.calls = (*last.calls, (line.start, line.end, line.text))
            last.end, last.right, last.broken = line.end, line.right, line.broken
        elif _MARK.fullmatch(last.text) and last.size < line.size:
            last.end, last.right, last.broken = line.end, line.right, line.broken
            last.size, last.bottom, last.top, last.calls = line.size, line.bottom, line.top, line.calls
            last.text = text[last.start : last.end]
        else:
            joined.append(line)
    return joined


def _line(text: str, page: int, start: int, end: int, measure: _Measure, *, gap: bool, broken: bool) -> Line:
    left, low, right, high = measure.box(start)
    last = measure.box(end - 1)
    size = high - low
    calls = [
        (found.start(), found.end(), found.group())
        for found in _RAISED.finditer(text, start, end)
        if found.start() > start and measure.is_raised(found.start(), found.start() - 1)
    ]
    for found in _YEAR_RAISED.finditer(text, start, end) if measure.long_numbers else ():
        # "in 20054": the year 2005, and the mark 4.
        if measure.is_raised(found.start() + 4, found.start()):
            calls.append((found.start() + 4, found.end(), text[found.start() + 4 : found.end()]))
            calls.sort()
    line = Line(page, start, end, text[start:end], gap, left, left, max(right, last[2]), low, high, size)
    line.broken, line.calls = broken, tuple(calls)
    line.bold = measure.weight(start) >= 600 and measure.weight(end - 1) >= 600
    return line


class _Measure:
    """Boxes of single characters. ``aligned``: text and character indices are the same on this page."""

    def __init__(self, textpage: Any, raw: Any, *, aligned: bool) -> None:
        self._page = textpage.raw
        self._raw = raw
        self._aligned = aligned
        self._box = raw.FS_RECTF()
        self._reference = ctypes.byref(self._box)
        self.long_numbers = False

    def box(self, at: int) -> tuple[float, float, float, float]:
        """Left, bottom, right, top in points; all 0 for a character that has no place."""
        rect = self._box
        if not self._raw.FPDFText_GetLooseCharBox(self._page, self._index(at), self._reference):
            return 0.0, 0.0, 0.0, 0.0
        low, high = rect.bottom, rect.top
        return (rect.left, low, rect.right, high) if low <= high else (rect.left, high, rect.right, low)

    def is_raised(self, mark: int, word: int) -> bool:
        """Whether the character at ``mark`` is set small and higher than the one at ``word``."""
        _, low, _, high = self.box(mark)
        _, base, _, top = self.box(word)
        return 0 < high - low < (top - base) * 0.85 and low > base + (top - base) * 0.02

    def weight(self, at: int) -> int:
        """The font's weight, 400 for plain and 700 for bold; -1 when unknown."""
        return int(self._raw.FPDFText_GetFontWeight(self._page, self._index(at)))

    def _index(self, at: int) -> int:
        return at if self._aligned else int(self._raw.FPDFText_GetCharIndexFromTextIndex(self._page, at))


def _has_picture(page: Any, raw: Any) -> bool:
    return any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))


def _listed(pages: list[int]) -> str:
    shown = ", ".join(map(str, pages[:8])) + (" and more" if len(pages) > 8 else "")
    return f"Page{'s' if len(pages) > 1 else ''} {shown}"
