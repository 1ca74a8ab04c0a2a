"""Names that small words complete: "Velk valley", "northern Velk", "Lebanese civil war", "Orsan regime".

The words and the part that each plays are data: ``data/name_small.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from colligate.extract.base import Naming, Tokens
from colligate.extract.gazetteer import compass
from colligate.extract.names_data import rows
from colligate.extract.names_words import HYPHEN, Shapes

_YEAR = re.compile(r"(?:1[89]|20)\d\d")


@lru_cache(maxsize=1)
def small_words() -> dict[tuple[str, str], str]:
    """(part, word) -> the kind of the name that the word completes."""
    return {(row[1], row[0]): row[2] for row in rows("name_small.tsv")}


def grown(tokens: Tokens, shape: Shapes, namings: Sequence[Naming]) -> list[Naming]:
    """The namings, with the small words taken in that complete them.

    What stood inside ("Velk" in "Velk valley") is found again as a nested mention by the caller.
    """
    made: list[Naming] = []
    for naming in namings:
        if naming.form != "name":
            made.append(naming)
            continue
        event = _event(tokens, shape, naming, made)
        made.append(event or _completed(tokens, naming))
    return made


def _spanned(tokens: Tokens, naming: Naming, first: int, last: int, kind: str) -> Naming:
    if (first, last) == (naming.first, naming.last):
        return naming
    start, end = tokens.start[first], tokens.end[last - 1]
    return replace(
        naming, first=first, last=last, start=start, end=end, kind=kind, adjective=False, source="grown"
    )


def _event(tokens: Tokens, shape: Shapes, naming: Naming, before: list[Naming]) -> Naming | None:
    """ "Lebanese civil war", "the 2006 Velk war", "Velk-Ordan war" (takes the first of the pair away)."""
    lower, last, first = tokens.lower, naming.last, naming.first
    if not (naming.kind == "place" or (naming.kind == "community" and naming.adjective)):
        return None
    if last + 1 < len(tokens) and ("middle", lower[last]) in small_words():
        last += 1
    if last >= len(tokens) or ("after_land", lower[last]) not in small_words():
        return None
    pair = before[-1] if before and first > 0 and shape.classes[first - 1] == HYPHEN else None
    if pair is not None and pair.last == first - 1 and pair.kind in {"place", "organisation"}:
        first = before.pop().first
    if first > 0 and _YEAR.fullmatch(tokens.text[first - 1]):
        first -= 1
    return _spanned(tokens, naming, first, last + 1, "event")


def _completed(tokens: Tokens, naming: Naming) -> Naming:
    lower, table = tokens.lower, small_words()
    first, last, kind = naming.first, naming.last, naming.kind
    if naming.adjective or kind not in {"place", "person", "organisation", "event"}:
        return naming
    after = lower[last] if last < len(tokens) else ""
    article = first > 0 and lower[first - 1] == "the"
    if kind in {"place", "organisation"} and ("after_any", after) in table:
        return _spanned(tokens, naming, first, last + 1, table["after_any", after])
    if kind == "event" and ("after_land", after) in table:  # "9/11 attacks"
        return _spanned(tokens, naming, first, last + 1, kind)
    if kind == "person" and ("after_person", after) in table:
        return _spanned(tokens, naming, first, last + 1, table["after_person", after])
    # "Khaldan camp" tells that Khaldan is a place; "the Orsan base" may be a person's.
    if ("after_place", after) in table and (kind == "place" or (kind == "person" and not article)):
        kind = table["after_place", after]
        last += 1
    if (kind == "place" and first > 0 and lower[first - 1] in compass()) or (
        kind == "event" and first > 0 and _YEAR.fullmatch(tokens.text[first - 1])
    ):
        first -= 1
    elif kind in {"place", "person"} and first > 1 and lower[first - 1] == "of":
        told = table.get(("before_of", lower[first - 2]))
        kind, first = (told, first - 2) if told else (kind, first)
    return _spanned(tokens, naming, first, last, kind)
