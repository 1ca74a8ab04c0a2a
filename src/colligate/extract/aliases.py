"""Other names that the text itself gives: "X, also known as Y", "X (Y)", a line "Also known as: Y, Z"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

import yaml

from colligate.extract.base import Naming, Reading
from colligate.extract.headings import headings

_WIDEST = 70
_QUOTES = re.compile("[\"“”„«»‘’']")
_EMPTY = re.compile(r"\([\s;,:]*\)")
_JOINTS = frozenset({",", "and", "or", ";", "/", ", and", ", or", "; and", "; or", ";,"})


@lru_cache(maxsize=1)
def _rules() -> Any:
    text = (files("colligate.extract") / "data" / "alias_cues.yaml").read_text(encoding="utf-8")
    return yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe


@lru_cache(maxsize=1)
def _cues() -> frozenset[str]:
    return frozenset(" ".join(_QUOTES.sub("", cue).split()).rstrip(":") for cue in _rules()["cues"])


def is_alias_cue(between: str) -> bool:
    """Whether the words between two names say that the second is another name of the first."""
    plain = _plain(between)
    for tail in ("", " the", " as", " as the", ":"):
        if plain.endswith(tail) and plain.removesuffix(tail).rstrip(" ,:") in _cues():
            return True
    return False


def _plain(between: str) -> str:
    text = _QUOTES.sub("", _EMPTY.sub(" ", between.lower()))
    return " ".join(text.split()).lstrip("),;(—–:- ").strip()


def alias_pairs(reading: Reading) -> Iterator[tuple[int, int]]:
    """Pairs of namings that the text gives as names of one actor: the first name, another name."""
    text = reading.document.text
    outer = [at for at, naming in enumerate(reading.namings) if naming.form == "name" and naming.head]
    anchor, bracket = -1, False
    for here, after in pairwise(outer):
        one, other = reading.namings[here], reading.namings[after]
        linked = anchor if anchor >= 0 else here
        between = text[one.end : other.start]
        if len(between) > _WIDEST or one.adjective or other.adjective or not _same_sort(one, other):
            anchor = -1
            continue
        bracket = (bracket and ")" not in between) or "(" in between
        if (
            is_alias_cue(between)
            or _bracketed(between, text, one, other)
            or (anchor >= 0 and _goes_on(between, bracket=bracket))
        ):
            yield linked, after
            anchor = linked
        else:
            anchor, bracket = -1, False


def _same_sort(one: Naming, other: Naming) -> bool:
    if one.kind == other.kind:
        return one.kind != "place"
    return {one.kind, other.kind} <= {"organisation", "community"}


def _bracketed(between: str, text: str, one: Naming, other: Naming) -> bool:
    """`X (Y)`, `X ("Y")`, `X (the Y, ...)`: the bracket opens right after X and Y is first in it."""
    opened = " ".join(_QUOTES.sub("", _EMPTY.sub(" ", between)).split()).lower()
    if opened not in {"(", "( the", "(the", "(,", ") (", ")("} or other.kind == "place":
        return False
    rest = _QUOTES.sub("", text[other.end : other.end + 6]).lstrip()
    if rest.startswith("and "):  # "the Velk Movement (VLF and Orsan Wing)" lists whom it is made of
        return _shares_initials(text[other.start : other.end], text[one.start : one.end])
    return rest[:1] in {")", ",", ";", "/", "]"} or rest.startswith("or ")


def _shares_initials(short: str, long: str) -> bool:
    """Whether at least half of an acronym's letters begin words of the name, in whatever language's order.
    A name that is no acronym needs none."""
    letters = [c for c in short.casefold() if c.isalpha()]
    if " " in short or not short.isupper():
        return True
    initials = {word[0] for word in re.split(r"[\W_]+", long.casefold()) if word}
    return 2 * sum(letter in initials for letter in letters) >= len(letters)


def _goes_on(between: str, *, bracket: bool) -> bool:
    """Whether a list of other names goes on: by any joint inside a bracket, else by "or" only."""
    joint = " ".join(_QUOTES.sub("", between.lower()).replace("the ", "").split())
    return joint in (_JOINTS if bracket else {"or", "/"})


def listed_aliases(reading: Reading) -> Iterator[tuple[int, int]]:
    """(naming of a heading, naming) for other names in the heading's line and in a line "Also known as:".

    Nothing in texts without such lines. In a text with them every heading that is a name claims itself.
    """
    text = reading.document.text
    starts = tuple(_rules()["line_starts"])
    lowered = text.lower()
    if not any(start in lowered for start in starts):
        return
    at = 0
    for heading in headings(reading):
        if heading.naming < 0 or reading.namings[heading.naming].kind == "place":
            continue
        line_start = heading.end
        while line_start < len(text) and text[line_start] in "\n\r \t":
            line_start += 1
        end = heading.end
        if lowered.startswith(starts, line_start):
            end = text.find("\n", line_start)
            end = len(text) if end < 0 else end
        while at < len(reading.namings) and reading.namings[at].start < heading.start:
            at += 1
        while at < len(reading.namings) and reading.namings[at].start < end:
            naming = reading.namings[at]
            cue = line_start <= naming.start < line_start + 5
            if (
                naming.head
                and not cue
                and naming.form == "name"
                and not naming.adjective
                and naming.kind != "place"
            ):
                yield heading.naming, at
            at += 1
