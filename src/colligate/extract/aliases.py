"""Other names that the text itself gives: "X, also known as Y", "X (Y)", a line "Also known as: Y, Z"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from colligate.extract.base import Naming, Reading
from colligate.extract.headings import headings

_WIDEST = 70
_QUOTES = re.compile("[\"“”„«»‘’']")
_OPENING = re.compile(r"^\s*[,(]?\s*(?:and |or )?(?:the |is |was |were |are |is also |was also )?")
_CLOSING = re.compile(r"(?:^|\s)(?:the|as|by|a|an)?\s*$")
_LINKED = frozenset({"organisation", "person", "community"})


@lru_cache(maxsize=1)
def _rules() -> Any:
    text = (files("colligate.extract") / "data" / "alias_cues.yaml").read_text(encoding="utf-8")
    return yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe


@lru_cache(maxsize=1)
def _cues() -> frozenset[str]:
    return frozenset(" ".join(_QUOTES.sub("", cue).split()) for cue in _rules()["cues"])


def is_alias_cue(between: str) -> bool:
    """Whether the words between two names say that the second is another name of the first."""
    plain = " ".join(_QUOTES.sub("", between.lower()).split())
    plain = plain.lstrip(",(–—- ").strip()
    if plain in _cues():
        return True
    for article in (" the", " as", " as the", ":"):
        if plain.endswith(article) and plain.removesuffix(article).rstrip() in _cues():
            return True
    return plain.rstrip(",: ") in _cues()


def alias_pairs(reading: Reading) -> Iterator[tuple[int, int]]:
    """Pairs of namings that the text gives as names of one actor."""
    text = reading.document.text
    outer = [at for at, naming in enumerate(reading.namings) if naming.form == "name" and naming.head]
    for here, after in zip(outer, outer[1:], strict=False):
        one, other = reading.namings[here], reading.namings[after]
        gap = other.start - one.end
        if not 0 < gap <= _WIDEST or one.adjective or other.adjective or not _same_sort(one, other):
            continue
        between = text[one.end : other.start]
        if (_bracketed(between, text, other) and not _enumerated(text, one)) or is_alias_cue(between):
            yield here, after
    yield from _lines(reading)


def _same_sort(one: Naming, other: Naming) -> bool:
    return one.kind == other.kind or (
        one.kind in _LINKED and other.kind in _LINKED and "person" not in (one.kind, other.kind)
    )


def _bracketed(between: str, text: str, other: Naming) -> bool:
    """`X (Y)`, `X ("Y")`, `X (the Y, ...)`: the bracket opens right after X and Y is first in it."""
    opened = _QUOTES.sub("", between).strip().lower()
    if opened not in {"(", "( the", "(the", "(:", "(,"} or other.kind == "place":
        return False
    rest = _QUOTES.sub("", text[other.end : other.end + 3]).lstrip()
    return rest[:1] in {")", ",", ";", "/", "]"}


def _enumerated(text: str, one: Naming) -> bool:
    return text[max(one.start - 1, 0) : one.start] == "("


def _lines(reading: Reading) -> Iterator[tuple[int, int]]:
    """The heading's name with each name on the line below it that begins "Also known as:"."""
    text = reading.document.text
    starts = tuple(_rules()["line_starts"])
    lowered = text.lower()
    if not any(start in lowered for start in starts):
        return
    named = [heading for heading in headings(reading) if heading.naming >= 0]
    at = 0
    for heading in named:
        line_start = heading.end
        while line_start < len(text) and text[line_start] in "\n\r \t":
            line_start += 1
        if not lowered.startswith(starts, line_start):
            continue
        line_end = text.find("\n", line_start)
        line_end = len(text) if line_end < 0 else line_end
        while at < len(reading.namings) and reading.namings[at].start < line_start:
            at += 1
        while at < len(reading.namings) and reading.namings[at].start < line_end:
            naming = reading.namings[at]
            if naming.head and naming.form == "name" and not naming.adjective and naming.kind != "place":
                yield heading.naming, at
            at += 1
