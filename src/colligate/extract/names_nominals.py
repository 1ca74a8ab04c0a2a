"""Names that small words end or begin ("Velk valley", "northern Velk"), and collectives without a
name of their own ("foreign fighters", "Malian army")."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from colligate.extract.base import Naming, Sentence, Tokens
from colligate.extract.gazetteer import compass
from colligate.extract.lists import Match
from colligate.extract.names_data import collectives, words
from colligate.extract.names_words import HYPHEN, Shapes

_YEAR = re.compile(r"(?:1[89]|20)\d\d")
# Small place nouns that belong to the name before them; "province" and "city" do not change what is named.
_PLACE_NOUNS = frozenset({"camp", "camps", "mosque", "airport", "prison", "valley", "mountains", "barracks", "hotel",
                          "river", "peninsula", "base", "strip", "border"})  # fmt: skip
_EVENT_NOUNS = frozenset({"war", "wars", "conflict", "revolution", "uprising", "rebellion", "insurgency", "attacks",
                          "attack", "bombing", "bombings", "massacre", "siege", "coup", "invasion", "withdrawal",
                          "occupation", "intifada", "genocide", "elections", "jihad"})  # fmt: skip
_EVENT_MIDDLE = frozenset(
    {"civil", "proxy", "terror", "terrorist", "armed", "embassy", "independence", "border"}
)


_SIEGES = frozenset(
    {"battle", "siege", "fall", "storming", "bombing", "invasion", "occupation", "assassination"}
)
# "Velki's network" has its leader's name; "the Velk cell" its place's.
_AFTER_PERSON = {"network": "organisation", "regime": "organisation", "government": "organisation",
                 "faction": "organisation", "clan": "community", "family": "community", "forces": "organisation"}  # fmt: skip


def grown(
    tokens: Tokens, shape: Shapes, namings: Sequence[Naming], by_first: Mapping[int, Match]
) -> list[Naming]:
    """The namings, with small words taken in that complete them: "Velk camp", "northern Mali",
    "Lebanese civil war". What stood inside is found again as a nested mention by the caller."""
    made: list[Naming] = []
    lower, size = tokens.lower, len(tokens)
    for naming in namings:
        first, last, kind = naming.first, naming.last, naming.kind
        if naming.form != "name":
            made.append(naming)
            continue
        if kind in {"place", "community"} and last < size:
            end = last + (lower[last] in _EVENT_MIDDLE)
            if end < size and lower[end] in _EVENT_NOUNS and (kind == "place" or naming.adjective):
                pair = made[-1] if made and shape.classes[first - 1] == HYPHEN else None
                if pair is not None and pair.last == first - 1 and pair.kind in {"place", "organisation"}:
                    first = made.pop().first  # "the Velk-Ordan war"
                if first > 0 and _YEAR.fullmatch(tokens.text[first - 1]):
                    first -= 1
                made.append(replace(naming, first=first, start=tokens.start[first], last=end + 1,
                                    end=tokens.end[end], kind="event", adjective=False, source="grown"))  # fmt: skip
                continue
        if (
            last < size
            and lower[last] in _PLACE_NOUNS
            and not naming.adjective
            and kind in {"place", "person"}
        ):
            if first == 0 or lower[first - 1] != "the" or kind == "place":
                last += 1
                kind = "place"
        if (kind == "place" and not naming.adjective and first > 0 and lower[first - 1] in compass()) or (kind == "event" and first > 0 and _YEAR.fullmatch(tokens.text[first - 1])):
            first -= 1
        elif (
            kind in {"place", "person"}
            and first > 1
            and lower[first - 1] == "of"
            and lower[first - 2] in _SIEGES
        ):
            first -= 2
            kind = "event"
        elif last < size and kind == "person" and lower[last] in _AFTER_PERSON:
            kind = _AFTER_PERSON[lower[last]]
            last += 1
        elif (
            last < size
            and lower[last] == "cell"
            and kind in {"organisation", "place"}
            and not naming.adjective
        ):
            kind = "organisation"
            last += 1
        if (first, last) != (naming.first, naming.last):
            naming = replace(naming, first=first, last=last, start=tokens.start[first], end=tokens.end[last - 1],
                             kind=kind, source="grown")  # fmt: skip
        made.append(naming)
    return made


def nominals(
    tokens: Tokens, shape: Shapes, sentences: Sequence[Sentence], namings: Sequence[Naming]
) -> list[Naming]:
    """Collectives: a head such as "fighters" with the adjectives and demonyms before it.

    After a country's adjective some heads name a body ("Malian army": organisation) or the state
    itself ("Malian government": place); elsewhere they are communities.
    """
    table, modifiers, lower = collectives(), words("name_modifiers.txt"), tokens.lower
    ends = {head.rsplit(" ", 1)[-1] for head in table}
    by_last = {naming.last: naming for naming in namings if naming.form == "name"}
    covered = {at for naming in namings for at in range(naming.first, naming.last)}
    opening = {sentence.first for sentence in sentences}
    made: list[Naming] = []
    for at, word in enumerate(lower):
        if word not in ends or at in covered:
            continue
        first = at
        for length in (3, 2, 1):
            head = " ".join(lower[at - length + 1 : at + 1]) if at >= length else word
            if head in table:
                first = at - head.count(" ")
                break
        if first == at and word not in table:
            continue
        if at + 1 < len(lower) and (
            f"{word} {lower[at + 1]}" in table or (lower[at + 1] in table and word in modifiers)
        ):
            continue
        alone, modified, national = table[" ".join(lower[first : at + 1])]
        kind, land, blocked = alone, False, False
        while first > 0 and first not in opening:
            before = first - 1
            naming = by_last.get(first)
            if naming is not None:
                if naming.adjective or naming.kind in {"place", "community"}:
                    land = True
                    first, kind = naming.first, national
                    continue
                blocked = True
                break
            if before > 1 and shape.classes[before - 1] == HYPHEN and before - 1 not in covered:
                if f"{lower[before - 2]}-{lower[before]}" not in modifiers:
                    break
                before -= 2
            elif lower[before] not in modifiers or before in covered:
                break
            first = before
            kind = national if land else modified
        if blocked or not kind:
            continue
        made.append(Naming(first, at + 1, tokens.start[first], tokens.end[at], kind, form="nominal",
                           source=f"nominal:{word}"))  # fmt: skip
    return made
