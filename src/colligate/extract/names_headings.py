"""Headings: every word has a capital there, so that only the rest of the text tells which are names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from colligate.extract.base import Sentence, Tokens
from colligate.extract.names_data import collectives, words
from colligate.extract.names_kinds import Candidate
from colligate.extract.names_words import ACRONYM, CAPITAL, SMALL, Shapes

_LONGEST = 16  # tokens of a heading
_SMALLEST = 5  # letters of the small words that a heading may hold
_TELLING = frozenset({"title", "keep_title"})
_STOPS = frozenset({".", "!", "?", ":", ";", "|", "•"})


def heading_end(tokens: Tokens, shape: Shapes, sentence: Sentence) -> int:
    """One past the heading that the sentence is or begins with; its first token where it has none.

    A heading that ran into the text under it ends before a capital opener: "Emergency Rule After the".
    """
    openers, first = words("name_openers.txt"), sentence.first
    capitals = 0
    for at in range(first, min(sentence.last, first + _LONGEST)):
        kind, text = shape.classes[at], tokens.text[at]
        if kind == CAPITAL and at > first + 1 and tokens.lower[at] in openers and capitals > 1:
            return at if shape.classes[at - 1] in (CAPITAL, ACRONYM) else first
        if kind in (CAPITAL, ACRONYM):
            capitals += 1
        elif text in _STOPS or (kind == SMALL and len(text) >= _SMALLEST and text not in openers):
            return first
    if sentence.last - first > _LONGEST or capitals == 0:
        return first
    return sentence.last


def settled(candidates: Sequence[Candidate], tokens: Tokens, small: set[str]) -> list[Candidate]:
    """The candidates, without those that only headings have and that hold common words.

    Where a heading's run begins with a name of the text ("Orsan Moves North"), that name is kept.
    """
    if not any(candidate.heading for candidate in candidates):
        return list(candidates)
    keys = {candidate.key for candidate in candidates if not candidate.heading}
    common = words("name_words.txt")
    kept: list[Candidate] = []
    for candidate in candidates:
        if (
            not candidate.heading
            or candidate.entry is not None
            or candidate.key in keys
            or candidate.title in _TELLING
        ):
            kept.append(candidate)
            continue
        parts = [word for word in tokens.lower[candidate.first : candidate.last] if word.isalpha()]
        if any(word in collectives() for word in parts[:-1]):
            continue  # "The Armed Groups of Velk"
        plain = [word in common or word in small for word in parts]
        if not any(plain) and len(parts) > 1:
            kept.append(candidate)
            continue
        for last in range(candidate.last - 1, candidate.first, -1):
            key = candidate.key.rsplit(" ", candidate.last - last)[0]
            if key in keys and len(key.split()) == last - candidate.first:
                kept.append(replace(candidate, last=last, key=key, scores={}))
                break
        else:
            if len(parts) > 1 and not all(plain):
                kept.append(candidate)
    return kept
