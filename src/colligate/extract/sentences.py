"""Blocks -> sentences. A sentence never crosses a block, and may cross a page end.

sentencex cuts; a second pass mends what it gets wrong in reports: it keeps titles, initials and
"U.S." with what follows (``data/abbreviations.tsv``), and cuts inside quotations of several
sentences, which sentencex leaves whole - after one unclosed mark even to the block's end.
Why sentencex: docs/decisions/sentences.md.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from colligate.extract.base import Reading, Sentence
from colligate.extract.blocks import paragraphs
from colligate.extract.names_data import rows, words
from colligate.extract.tokens import tokenize
from colligate.model import Document

# Tokens. No sentence is this long; tables, indexes and texts without full stops are. Later stages look
# from each phrase along its sentence: without a bound a megabyte on one line would take them hours.
_LONGEST = 400
_CLOSING = "\"'\u201d\u2019)\\]"
_OPENING = "\"'\u201c\u2018(\\["
# A full stop with its closing marks, and white space before what may begin a sentence.
_STOP = re.compile(rf"[.!?][{_CLOSING}]*(?=\s+[{_OPENING}]?[^\W_a-z])")
_LAST_WORD = re.compile(rf"[^\s{_OPENING}/\u2013\u2014-]*$")
_NEXT_WORD = re.compile(rf"\s*[{_OPENING}\s]*([^\W_]*)")
_INITIAL = re.compile(r"^[^\W\d_]\.$")
_NUMBERING = re.compile(r"^\s*(?:\d{1,3}|[ivxIVX]{1,5}|[A-Za-z])\.$")
_SPLIT_ACRONYM = re.compile(r"[^\W\d_a-z]\.")
_GOES_ON = re.compile(r"\s*[,;:)\u2014]|\s*(?!(?:al|el|bin|ibn|de)[- ])[a-z]")


class SentenceStage:
    """Fills tokens and sentences."""

    name = "sentences"
    needs = frozenset({"document"})
    gives = frozenset({"tokens", "sentences"})

    def run(self, reading: Reading) -> None:
        text = reading.document.text
        tokens = tokenize(text)
        reading.tokens = tokens
        for start, end in sentence_spans(reading.document):
            first, last = bisect_left(tokens.start, start), bisect_left(tokens.start, end)
            while first < last:
                cut = last if last - first <= _LONGEST else _pause(tokens.text, first)
                index = len(reading.sentences)
                reading.sentences.append(
                    Sentence(index, first, cut, tokens.start[first], tokens.end[cut - 1])
                )
                first = cut


def _pause(words: list[str], first: int) -> int:
    """Where to cut what has no full stop for too long: behind a mark, one that parts most if there is one."""
    reach = range(first + _LONGEST - 1, first + _LONGEST // 2, -1)
    for marks in (";", ":\u2022|", ","):
        for at in reach:
            if words[at] in marks:
                return at + 1
    return first + _LONGEST


def sentence_spans(document: Document) -> Iterator[tuple[int, int]]:
    """Character spans of the sentences, in order, without gaps inside a block."""
    text = document.text
    for start, end in paragraphs(document):
        # Line ends inside a block are layout; made spaces of the same length, offsets stay.
        flat = text[start:end].replace("\n", " ")
        begin = 0
        for cut in (*sentence_ends(flat), len(flat)):
            if flat[begin:cut].strip():
                yield start + begin, start + cut
            begin = cut


def sentence_ends(flat: str) -> list[int]:
    """Offsets one past the last character of each sentence but the last, in one block's text."""
    from sentencex import segment  # noqa: PLC0415 - loads its language tables at import

    cuts: set[int] = set()
    at = 0
    for sentence in segment("en", flat):
        found = flat.index(sentence, at)
        at = found + len(sentence)
        cuts.add(found + len(sentence.rstrip()))
    cuts.update(match.end() for match in _STOP.finditer(flat))
    return sorted(cut for cut in cuts if 0 < cut < len(flat.rstrip()) and not _inside(flat, cut))


def _inside(flat: str, cut: int) -> bool:
    """Whether the place is inside a sentence: after a title, an initial, a numbering, before a comma."""
    before, after = flat[max(0, cut - 40) : cut], flat[cut : cut + 40]
    if _GOES_ON.match(after) and not before.endswith(("...", "!", "?")):
        return True
    if cut < 8 and _NUMBERING.match(flat[:cut]):
        return True
    if _SPLIT_ACRONYM.match(after) and before[-2:-1].isupper():
        return True  # "anti-U.S." cut in two
    last = _LAST_WORD.search(before)
    word = last.group() if last else ""
    following = _NEXT_WORD.match(after)
    rule = _abbreviations().get(word, "")
    if not rule and _INITIAL.match(word):
        rule = "either" if word[0].isupper() else ""
    if not rule or following is None:
        return False
    if rule == "title":
        return following.group(1)[:1].isupper()
    if rule == "number":
        return following.group(1)[:1].isdigit()
    return rule == "never" or following.group(1).casefold() not in words("name_openers.txt")


@lru_cache(maxsize=1)
def _abbreviations() -> dict[str, str]:
    return {row[0]: row[1] for row in rows("abbreviations.tsv")}
