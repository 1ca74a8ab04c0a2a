"""Which language a text is in, and whether the extraction reads it."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from importlib.resources import files
from typing import Any

READABLE = frozenset({"en"})
"""Languages from which claims are extracted. Others are stored and searchable."""

_SAMPLE = 1000
_SAMPLES = 5
_LEAST = 150
"""Letters below which a guess is no better than none, unless they are of another script than ours."""


def language_of(text: str) -> tuple[str, dict[str, float]]:
    """The ISO 639-1 code of the text's main language ("" for too few letters), and the share of each
    language among samples taken evenly over the text. Of a short text only a clear case of another
    language than English gets a code."""
    if not _enough(text[: 20 * _LEAST]):
        code = by_small_words(text[: 20 * _LEAST])
        return code, {code: 1.0} if code else {}
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


_SMALL_SHARE = 0.2
"""Least share of a short text's words that are small words of a language; names alone hold fewer."""


def by_small_words(text: str) -> str:
    """The language whose small words a short text holds, two different ones at least and none of English;
    "" when no language is clearly ahead."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    held = {code: len(small.intersection(words)) for code, small in small_words().items()}
    if held.pop("en"):
        return ""
    (code, most), (_, second) = Counter(held).most_common(2)
    share = sum(word in small_words()[code] for word in words) / max(len(words), 1)
    return code if most >= 2 and most > second and share >= _SMALL_SHARE else ""


@cache
def small_words() -> dict[str, frozenset[str]]:
    """The small words of each language in ``languages.yaml``."""
    import yaml  # noqa: PLC0415 - the launcher loads it before it forks

    text = files("colligate.readers").joinpath("languages.yaml").read_text(encoding="utf-8")
    return {code: frozenset(line.split()) for code, line in yaml.safe_load(text)["words"].items()}


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
