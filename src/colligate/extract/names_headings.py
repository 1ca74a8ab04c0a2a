"""Headings: every word has a capital there, so that only the rest of the text tells which are names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import replace

from colligate.extract.base import Sentence, Tokens
from colligate.extract.names_data import collectives, heads, words
from colligate.extract.names_kinds import Candidate
from colligate.extract.names_words import ACRONYM, CAPITAL, SMALL, Shapes

_LONGEST = 16  # tokens of a heading
_SMALLEST = 5  # letters of the small words that a heading may hold
_FEW = 2  # a run that stands more often than this is a name as it is
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


def settled(
    candidates: Sequence[Candidate], tokens: Tokens, small: set[str], opening: Set[int]
) -> list[Candidate]:
    """The candidates, without those that only headings have and that hold common words.

    Where a run begins or ends with a name of the text, that name is kept: "Orsan Moves" in a heading or
    a title in quotation marks, "Chasing Orsan" at the start of a sentence.
    """
    keys = Counter(candidate.key for candidate in candidates if not candidate.heading)
    common = words("name_words.txt")
    kept: list[Candidate] = []
    for candidate in candidates:
        if candidate.entry is not None or candidate.title in _TELLING or " " not in candidate.key:
            if candidate.entry or candidate.title or not candidate.heading or candidate.key in keys:
                kept.append(candidate)
            continue
        trimmed = _trimmed(candidate, keys, tokens, small, opening)
        if trimmed is not None:
            kept.append(trimmed)
            continue
        if candidate.heading and candidate.key not in keys:
            parts = [word for word in tokens.lower[candidate.first : candidate.last] if word.isalpha()]
            if any(word in collectives() for word in parts[:-1]):
                continue  # "The Armed Groups of Velk"
            if all(word in common or word in small for word in parts):
                continue
        kept.append(candidate)
    return kept


def _trimmed(
    candidate: Candidate, keys: Counter[str], tokens: Tokens, small: set[str], opening: Set[int]
) -> Candidate | None:
    """The candidate without the common word at its end or beginning; None where that leaves no known name."""
    first, last, lower = candidate.first, candidate.last, tokens.lower
    parts = candidate.key.split()
    if keys[candidate.key] > _FEW or len(parts) != last - first:
        return None
    if any(word in heads() for word in lower[first:last]):
        return None
    often = 1 if candidate.heading else _FEW + 1
    common = words("name_words.txt")
    for size in range(len(parts) - 1, 0, -1):
        key = " ".join(parts[:size])
        word = lower[first + size]
        if word in common and (candidate.heading or word in small) and keys[key] >= often:
            return replace(candidate, last=first + size, key=key, scores={})
    if lower[first] in common and (candidate.heading or (first in opening and lower[first] in small)):
        key = " ".join(parts[1:])
        if keys[key] >= often:
            return replace(candidate, first=first + 1, key=key, scores={})
    return None
