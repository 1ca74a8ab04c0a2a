"""Finds in the text the words that a model says it copied from there, and says how well they fit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from colligate.extract.llm.plain import INVISIBLE

_SINGLE = "'\u2018\u2019\u201a\u201b\u02bc\u02bf\u02be\u2032`\u00b4"
_DOUBLE = '"\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033'
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_ALIKE = {
    **dict.fromkeys(_SINGLE, "'"),
    **dict.fromkeys(_DOUBLE, '"'),
    **dict.fromkeys(_DASHES, "-"),
    "\u2026": "...",
}
_EDGES = " '\"."


class Fit(StrEnum):
    """EXACT: letter by letter. FOLDED: alike but for white space, quotation marks, dashes and invisible
    characters. Letters, digits and their case always agree: nearer guesses are not made."""

    EXACT = "exact"
    FOLDED = "folded"


@dataclass(frozen=True, slots=True)
class Found:
    """Characters ``start``-``end`` of the document's text."""

    start: int
    end: int
    fit: Fit


class Passage:
    """Characters ``start``-``end`` of a text, made ready to be searched many times."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text
        self.start = start
        self.end = end
        self._folded, self._at = _fold(text, start, end)

    def find(self, words: str, *, near: int = -1, start: int = -1, end: int = -1) -> Found | None:
        """The whole words ``words`` between ``start`` and ``end`` (the whole passage without), letter by
        letter if they stand there so. Of several places the one nearest to the character ``near``, else
        the first. None when they are not there."""
        low, high = max(start, self.start), self.end if end < 0 else min(end, self.end)
        for places in (self._exact(words), self._alike(words)):
            inside = [place for place in places if low <= place.start and place.end <= high]
            if inside:
                return min(inside, key=lambda place: abs(place.start - near)) if near >= 0 else inside[0]
        return None

    def _exact(self, words: str) -> Iterator[Found]:
        words = words.strip()
        at = self.text.find(words, self.start, self.end) if words else -1
        while at >= 0:
            if _whole(self.text, at, at + len(words)):
                yield Found(at, at + len(words), Fit.EXACT)
            at = self.text.find(words, at + 1, self.end)

    def _alike(self, words: str) -> Iterator[Found]:
        needle = _fold(words, 0, len(words))[0].strip(_EDGES)
        at = self._folded.find(needle) if needle else -1
        while at >= 0:
            start, end = self._at[at], self._at[at + len(needle) - 1] + 1
            if _whole(self.text, start, end):
                yield Found(start, end, Fit.FOLDED)
            at = self._folded.find(needle, at + 1)


def _whole(text: str, start: int, end: int) -> bool:
    """Whether no word is cut at either end: "Al" does not stand in "Alva"."""
    if start and text[start].isalnum() and text[start - 1].isalnum():
        return False
    return not (end < len(text) and text[end - 1].isalnum() and text[end].isalnum())


_PLAIN = re.compile(r"[A-Za-z0-9,.;:()]")


def _fold(text: str, start: int, end: int) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters where it stands in ``text``."""
    folded: list[str] = []
    at: list[int] = []
    for number in range(start, end):
        character = text[number]
        if not _PLAIN.match(character):
            category = unicodedata.category(character)
            if category in INVISIBLE:
                continue
            if category == "Cc" or character.isspace():
                if folded and folded[-1] == " ":
                    continue
                character = " "
            character = _ALIKE.get(character, character)
        for part in character:
            folded.append(part)
            at.append(number)
    return "".join(folded), at
