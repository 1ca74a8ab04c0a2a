"""Tells prose from lists of references, categories and file names."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from colligate.extract.tokens import tokenize


@lru_cache(maxsize=1)
def _cues() -> tuple[dict[str, list[tuple[str, ...]]], dict[str, list[tuple[str, ...]]]]:
    """The cues of ``data/not_prose.yaml`` by their first token: those that count anywhere, at the start."""
    text = (files("colligate.extract") / "data" / "not_prose.yaml").read_text(encoding="utf-8")
    raw: dict[str, Any] = yaml.safe_load(text)
    tables: list[dict[str, list[tuple[str, ...]]]] = []
    for name in ("cues", "start"):
        table: dict[str, list[tuple[str, ...]]] = {}
        for cue in raw[name]:
            words = tuple(tokenize(cue).lower)
            table.setdefault(words[0], []).append(words)
        tables.append(table)
    return tables[0], tables[1]


def is_prose(lower: Sequence[str], first: int, last: int) -> bool:
    """Whether the tokens ``first`` to ``last`` (exclusive) of ``lower`` read as a sentence."""
    anywhere, start = _cues()
    for words in start.get(lower[first], ()) if last > first else ():
        if tuple(lower[first : first + len(words)]) == words:
            return False
    for at in range(first, last):
        for words in anywhere.get(lower[at], ()):
            if tuple(lower[at : at + len(words)]) == words:
                return False
    return True
