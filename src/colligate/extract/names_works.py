"""Works that the text names in quotation marks: a book titled "…", the film called "…"."""

from __future__ import annotations

from colligate.extract.base import Naming, Tokens
from colligate.extract.names_data import words

_OPENING, _CLOSING = frozenset({"“", '"', "‘"}), frozenset({"”", '"', "’", "''"})
_LONGEST = 25


def quoted_works(tokens: Tokens) -> list[Naming]:
    """A naming of kind work for each title in quotation marks after a word of ``name_titled.txt``."""
    made: list[Naming] = []
    cues = words("name_titled.txt")
    for at, word in enumerate(tokens.lower):
        if word not in cues or at + 2 >= len(tokens) or tokens.text[at + 1] not in _OPENING:
            continue
        for end in range(at + 2, min(at + _LONGEST, len(tokens))):
            if tokens.text[end] in _CLOSING:
                last = end - 1 if tokens.text[end - 1] in {",", "."} else end
                if last > at + 2:
                    start, stop = tokens.start[at + 2], tokens.end[last - 1]
                    made.append(Naming(at + 2, last, start, stop, "work", source="quoted"))
                break
    return made
