"""Quotation marks of every kind -> quotations, nested ones too.

Apostrophes are not marks. A quotation may run over line and page ends and, where the writer opens
each paragraph anew, over paragraphs. A mark that is never closed ends with its paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from colligate.extract.base import Quotation, Reading, Tokens
from colligate.extract.blocks import paragraphs
from colligate.model import Document

# '' and `` are what PDF text and TeX make of double marks; two straight or two curly singles both occur.
_MARK = re.compile(
    "``|''|\u2018\u2018|\u2019\u2019|[\"\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a\u2018\u2019\u201a']"
)
_DOUBLE = {"\u201c", "\u201d", "\u201e", "\u201f", '"', "``", "''", "\u2018\u2018", "\u2019\u2019"}
_ANGLE = {"\u00ab": "\u00bb", "\u00bb": "\u00ab", "\u2039": "\u203a", "\u203a": "\u2039"}
_SINGLE = {"\u2018", "\u2019", "\u201a", "'"}
_TERMINAL = re.compile(r"[.!?\u2026,;]\W*$")

_SINGLE_REACH = 400  # characters within which a single mark must close, or it was an apostrophe
_SCARE_WORDS = 5


@dataclass(slots=True)
class _Open:
    family: str
    mark: str
    at: int  # where the words begin
    closer: int = -1  # for single marks: where the closing mark was seen in advance


class QuotationStage:
    """Fills quotations."""

    name = "quotations"
    needs = frozenset({"document"})
    gives = frozenset({"quotations"})

    def run(self, reading: Reading) -> None:
        reading.quotations = quotations(reading.document)


def quotations(document: Document) -> list[Quotation]:
    """All quotations of the document, in order of their start; an outer one comes before its inner ones."""
    text = document.text
    found: list[Quotation] = []
    carried: _Open | None = None
    for start, end in paragraphs(document):
        carried = _paragraph(text, start, end, carried, found)
    return sorted(found, key=lambda q: (q.start, -q.end))


def is_scare(tokens: Tokens, quotation: Quotation, classes: list[str] | None = None) -> bool:
    """Whether the marks hold a word or a term ("godfather of global jihad") and not something said.

    A term has at most five words, no end of a sentence or clause in it, and (where the classes of
    its tokens are given) no finite verb.
    """
    first = bisect_left(tokens.start, quotation.start)
    last = bisect_left(tokens.start, quotation.end)
    words = sum(1 for word in tokens.text[first:last] if word[0].isalnum())
    if words > _SCARE_WORDS:
        return False
    if classes is not None and any(c in {"VBD", "VBZ", "VBP", "MD"} for c in classes):
        return False
    return not any(word in {".", "!", "?", ";"} for word in tokens.text[first:last])


def quotation_at(found: list[Quotation], at: int) -> Quotation | None:
    """The innermost quotation that holds the character, or None."""
    index = bisect_right(found, at, key=lambda q: q.start) - 1
    while index >= 0:
        if found[index].start <= at < found[index].end:
            return found[index]
        if at - found[index].start > 20_000:
            break
        index -= 1
    return None


def _paragraph(
    text: str, start: int, end: int, carried: _Open | None, found: list[Quotation]
) -> _Open | None:
    """Adds the quotations of one paragraph; returns the mark that the next paragraph may carry on."""
    opened: list[_Open] = []
    marks = list(_MARK.finditer(text, start, end))
    if carried is not None:
        first = next((m for m in marks if m.group() not in _SINGLE), None)
        if first is not None and first.start() - start > 1 and _closes(text, first, start, end):
            opened.append(_Open(carried.family, carried.mark, start))  # it runs on over the gap
    for match in marks:
        mark = match.group()
        if mark in _SINGLE:
            _single(text, match, start, end, opened, found)
        elif mark in _ANGLE:
            if opened and opened[-1].family == "angle" and _ANGLE[opened[-1].mark] == mark:
                _close(opened, "angle", match.start(), found)
            else:
                opened.append(_Open("angle", mark, match.end()))
        else:
            inside = any(o.family == "double" for o in opened)
            if _opens(text, match, start, end, inside):
                opened.append(_Open("double", mark, match.end()))
            elif inside:
                _close(opened, "double", match.start(), found)
    left = next((o for o in opened if o.family == "double"), None)
    if left is not None:
        stop = end
        while stop > left.at and text[stop - 1].isspace():
            stop -= 1
        if stop > left.at:
            found.append(Quotation(left.at, stop))
    return left


def _opens(text: str, match: re.Match[str], start: int, end: int, inside: bool) -> bool:
    mark = match.group()
    if mark in {"\u201e", "``", "\u201f", "\u2018\u2018"}:
        return True
    before = text[match.start() - 1] if match.start() > start else " "
    after = text[match.end()] if match.end() < end else " "
    if mark == "\u201c":
        # The German closing mark, and the misprint that closes with it.
        return not (inside and not before.isspace() and (after.isspace() or after in ",.;:!?)"))
    if mark in {"\u201d", "''", "\u2019\u2019"}:
        return not inside and (before.isspace() or before in "([\u2014-") and after.isalnum()
    # Of a straight mark only its neighbours tell, and where they do not, what stands open.
    left = before.isspace() or before in "([\u2014\u2013-/"
    right = after.isspace() or after in ".,;:!?)]\u2014\u2013-/"
    if left and not right:
        return True
    if right and not left:
        return False
    return not inside


def _closes(text: str, match: re.Match[str], start: int, end: int) -> bool:
    mark = match.group()
    return mark in {"\u201d", "''", "\u2019\u2019", "\u00bb"} or (
        mark == '"' and not _opens(text, match, start, end, inside=True)
    )


def _close(opened: list[_Open], family: str, at: int, found: list[Quotation]) -> None:
    while opened:
        top = opened.pop()
        if top.family == family:
            if at > top.at:
                found.append(Quotation(top.at, at))
            return


def _single(
    text: str, match: re.Match[str], start: int, end: int, opened: list[_Open], found: list[Quotation]
) -> None:
    at = match.start()
    if opened and opened[-1].family == "single":
        if opened[-1].closer == at:
            _close(opened, "single", at, found)
        return
    if match.group() == "\u2019":
        return
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    if before.isalnum() or not after.isalpha():
        return  # an apostrophe, or the 'ayn inside a name
    closer = _single_closer(text, at, min(end, at + _SINGLE_REACH))
    if closer > at + 1:
        opened.append(_Open("single", match.group(), at + 1, closer))


def _single_closer(text: str, at: int, end: int) -> int:
    """Where the single mark opened at ``at`` closes, -1 when it never does (then it was no mark)."""
    closing = "'" if text[at] == "'" else "\u2019"
    limit = next((i for i in range(at + 1, end) if text[i] in '"\u201c\u201d'), end)
    spot = text.find(closing, at + 1, limit)
    while spot >= 0:
        before = text[spot - 1]
        after = text[spot + 1] if spot + 1 < len(text) else " "
        if not after.isalnum() and not before.isspace():
            # A name that begins with 'ayn and a plural possessive ('Uthman brothers') look like marks.
            possessive = before == "s" and after == " " and text[at + 1].isupper()
            return -1 if possessive and not _TERMINAL.search(text[at + 1 : spot]) else spot
        spot = text.find(closing, spot + 1, limit)
    return -1
