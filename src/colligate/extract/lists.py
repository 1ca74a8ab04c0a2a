"""Long lists of names, matched in one pass over a text with an Aho-Corasick automaton (daachorse).

The automaton does not see the text but its keys: each capitalised word folded by ``names_words.fold``,
small words as a blank (links such as "of" kept), hyphens and the article "al" left out. So a list
entry can match only capitalised words, and "Harakat ul-Velk" and "Harakat-al-Velk" are one key.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

from colligate.extract.base import Tokens
from colligate.extract.names_words import ACRONYM, SMALL, Shapes, fold, shapes
from colligate.extract.tokens import tokenize


@dataclass(frozen=True, slots=True)
class Entry:
    """A name on a list. ``sure`` is False for names that are common words too and need context."""

    name: str
    kind: str
    source: str
    adjective: bool = False
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Match:
    """Tokens ``first``-``last`` (exclusive) stand for ``entry``."""

    first: int
    last: int
    entry: Entry


class NameList:
    """Entries by key. The first entry given for a key wins. 60,000 names take about 0.1 s to build."""

    def __init__(self, entries: Iterable[tuple[str, Entry]]) -> None:
        from daachorse import (  # noqa: PLC0415 - only a reading needs it
            MATCH_KIND_LEFTMOST_LONGEST,
            CharwiseDoubleArrayAhoCorasick,
        )

        keyed: dict[str, Entry] = {}
        self._acronyms: set[str] = set()
        known: dict[str, str] = {}
        for surface, entry in entries:
            key = known.get(surface)
            if key is None:
                key = known[surface] = list_key(surface)
                if "^" in key:
                    self._acronyms.update(piece[1:] for piece in key.split() if piece[0] == "^")
            if key and "~" not in key:  # a small word in a name would match any small word
                keyed.setdefault(key, entry)
        self._entries = list(keyed.values())
        self._automaton = CharwiseDoubleArrayAhoCorasick(list(keyed), MATCH_KIND_LEFTMOST_LONGEST)

    def __len__(self) -> int:
        return len(self._entries)

    def matches(self, tokens: Tokens, shape: Shapes) -> list[Match]:
        """The longest matches from the left, none overlapping, with a leading "al-" taken in."""
        pieces, index, starts = _key_pieces(shape.classes, shape.keys, self._acronyms)
        found: list[Match] = []
        for begin, end, which in self._automaton.find("".join(pieces)):
            first = index[bisect_left(starts, begin)]
            last = index[bisect_left(starts, end) - 1] + 1
            if first >= 2 and tokens.lower[first - 1] in {"-", "\u2010"} and _article(tokens, first - 2):
                first -= 2
            elif first >= 1 and _article(tokens, first - 1):
                first -= 1
            found.append(Match(first, last, self._entries[which]))
        return found


def list_key(surface: str) -> str:
    """The key of a name as a list gives it."""
    if surface.isalpha() and surface.istitle():  # most cities; the whole way costs three times as much
        return f" {fold(surface)} "
    words = surface.replace("-", " ").split()
    if len(words) > 1 and all(word.isalpha() and word.istitle() and len(word) > 3 for word in words):
        return "".join([f" {fold(word)} " for word in words])
    tokens = tokenize(surface)
    got = shapes(tokens)
    return "".join(_key_pieces(got.classes, got.keys, None)[0])


def _article(tokens: Tokens, at: int) -> bool:
    return tokens.lower[at] in {"al", "el"} and tokens.end[at] + 1 >= tokens.start[at + 1]


def _key_pieces(
    classes: Sequence[int], keys: Sequence[str], acronyms: Set[str] | None
) -> tuple[list[str], list[int], list[int]]:
    """Pieces of the key string, the token of each, and where each begins. Every piece is " key ".

    A short word in capitals is marked with ^ where it is one of ``acronyms`` (None: always), so that
    "IRA" matches no "Ira"; other words in capitals are words of a heading.
    """
    pieces: list[str] = []
    index: list[int] = []
    starts: list[int] = []
    at = 0
    for token, (kind, key) in enumerate(zip(classes, keys, strict=True)):
        if kind == SMALL:
            pieces.append(" ~ ")
            index.append(token)
            starts.append(at)
            at += 3
            continue
        if kind == ACRONYM:
            marked = len(key) <= 5 if acronyms is None else key in acronyms
            piece = f" ^{key} " if marked else f" {key} "
        elif not key:
            continue
        else:
            piece = f" {key} "
        pieces.append(piece)
        index.append(token)
        starts.append(at)
        at += len(piece)
    return pieces, index, starts
