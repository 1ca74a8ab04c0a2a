"""Words that a line end broke or joined, mended where a dictionary bears it out."""

from __future__ import annotations

import re
from collections.abc import Iterable

_DROPPED = re.compile(r"[-‐‑'’‘`ʿʾ]")


def squeeze(word: str) -> str:
    """The word without hyphens and apostrophes, in lower case: what a broken spelling still shows."""
    return _DROPPED.sub("", word).casefold()


def squeezed(names: Iterable[str]) -> dict[str, str]:
    """Every hyphenated word of the names by its squeezed form: "lashkaretaiba" -> "Lashkar-e-Taiba"."""
    found: dict[str, str] = {}
    for name in sorted(names):
        for word in name.split():
            if "-" in word[1:-1]:
                found.setdefault(squeeze(word.strip("-,.;:()")), word.strip("-,.;:()"))
    return found
