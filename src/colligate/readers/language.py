"""Which language a text is in, and whether the extraction reads it."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Any

READABLE = frozenset({"en"})
"""Languages from which claims are extracted. Others are stored and searchable."""

_SAMPLE = 1000
_SAMPLES = 5
_LEAST = 150
"""Letters below which a guess is no better than none, unless they are of another script than ours."""


def language_of(text: str) -> tuple[str, dict[str, float]]:
    """The ISO 639-1 code of the text's main language ("" for too few letters), and the share of each
    language among samples taken evenly over the text."""
    if not _enough(text[: 20 * _LEAST]):
        return "", {}
    step = max(len(text) // _SAMPLES, _SAMPLE)
    votes: Counter[str] = Counter()
    for start in range(0, len(text), step):
        sample = text[start : start + _SAMPLE]
        if _enough(sample):
            votes[identifier().classify(sample)[0]] += 1
    if not votes:
        return "", {}
    total = sum(votes.values())
    return votes.most_common(1)[0][0], {code: count / total for code, count in votes.items()}


def _enough(sample: str) -> bool:
    letters = sum(map(str.isalpha, sample))
    if letters >= _LEAST:
        return True
    foreign = sum(1 for character in sample if character > "\u024f" and character.isalpha())
    return foreign * 2 > letters >= 20


@cache
def identifier() -> Any:
    """The model of py3langid, loaded once."""
    import py3langid  # noqa: PLC0415 - 0.1 s to import, and loads its model

    return py3langid
