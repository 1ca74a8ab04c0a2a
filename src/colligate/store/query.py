"""The words of a search, understood once for every backend."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from colligate.errors import QueryError
from colligate.store.fold import spans, words

_PIECE = re.compile(r'-?"[^"]*"\*?|\S+')
_SNIPPET = 300  # characters; about four lines of a terminal
_SYNTAX = 'Words must all occur; "a b" is a phrase, word* a beginning, -word excludes, OR is either.'


@dataclass(frozen=True, slots=True)
class Term:
    """Words in a row; with ``prefix`` the last one may go on."""

    words: tuple[str, ...]
    prefix: bool = False

    def found_at(self, text: Sequence[str]) -> list[int]:
        """The positions of ``text`` (folded words) at which the term begins."""
        head, last, size = self.words[:-1], self.words[-1], len(self.words)
        return [
            at
            for at in range(len(text) - size + 1)
            if tuple(text[at : at + size - 1]) == head
            and (text[at + size - 1] == last or (self.prefix and text[at + size - 1].startswith(last)))
        ]


@dataclass(frozen=True, slots=True)
class Query:
    """``all_of``: each entry lists terms of which one must occur; ``none_of`` must not occur."""

    all_of: tuple[tuple[Term, ...], ...]
    none_of: tuple[Term, ...] = ()

    def matches(self, text: Sequence[str]) -> int:
        """How often its terms occur in the folded words, 0 when the query does not match."""
        if any(term.found_at(text) for term in self.none_of):
            return 0
        found = [sum(len(term.found_at(text)) for term in terms) for terms in self.all_of]
        return sum(found) if all(found) else 0

    def marks(self, text: str) -> list[tuple[int, int]]:
        """The characters of ``text`` at which terms occur, in order and without overlap."""
        placed = list(spans(text))
        folded = [word for word, _, _ in placed]
        hits = {
            (placed[at][1], placed[at + len(term.words) - 1][2])
            for terms in self.all_of
            for term in terms
            for at in term.found_at(folded)
        }
        marks: list[tuple[int, int]] = []
        for start, end in sorted(hits):
            if marks and start < marks[-1][1]:
                marks[-1] = (marks[-1][0], max(end, marks[-1][1]))
            else:
                marks.append((start, end))
        return marks

    def snippet(self, text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
        """The part of a paragraph around the first mark, and the marks in it."""
        marks = self.marks(text)
        if not marks:
            return text[:_SNIPPET], ()
        if len(text) <= _SNIPPET:
            return text, tuple(marks)
        first = marks[0][0]
        start = max(0, min(first - _SNIPPET // 3, len(text) - _SNIPPET))
        if start:
            start = text.find(" ", start, first) + 1 or start
        end = start + _SNIPPET
        if end < len(text):
            cut = text.rfind(" ", marks[0][1], end)
            end = cut if cut > 0 else max(end, marks[0][1])
        inside = tuple((low - start, high - start) for low, high in marks if high <= end)
        return text[start:end], inside


def parse(query: str) -> Query:
    """What a user typed. Raises QueryError when it says nothing or cannot be understood."""
    straight = query.replace("“", '"').replace("”", '"')
    if straight.count('"') % 2:
        raise QueryError(
            f"The search {query!r} has a quotation mark without its partner.", query=query, hint=_SYNTAX
        )
    all_of: list[list[Term]] = []
    none_of: list[Term] = []
    either = False
    for piece in _PIECE.findall(straight):
        if piece == "OR":
            if not all_of or either:
                raise QueryError(
                    f"In the search {query!r}, OR has no word before it.", query=query, hint=_SYNTAX
                )
            either = True
            continue
        term = Term(tuple(words(piece)), prefix=piece.endswith("*"))
        if not term.words:
            continue
        if piece.startswith("-"):
            none_of.append(term)
        elif either:
            all_of[-1].append(term)
        else:
            all_of.append([term])
        either = False
    if either:
        raise QueryError(f"In the search {query!r}, OR has no word after it.", query=query, hint=_SYNTAX)
    if not all_of:
        raise QueryError(f"The search {query!r} names no word to look for.", query=query, hint=_SYNTAX)
    return Query(tuple(map(tuple, all_of)), tuple(none_of))
