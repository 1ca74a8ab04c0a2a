"""Names that small words end or begin ("Velk valley", "northern Velk"), and collectives without a
name of their own ("foreign fighters", "Malian army")."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from colligate.extract.base import Naming, Sentence, Tokens
from colligate.extract.gazetteer import compass
from colligate.extract.lists import Match
from colligate.extract.names_data import collectives, words
from colligate.extract.names_words import HYPHEN, Shapes

# Small place nouns that belong to the name before them; "province" and "city" do not change what is named.
_PLACE_NOUNS = frozenset({"camp", "camps", "mosque", "airport", "prison", "valley", "mountains", "barracks", "hotel",
                          "river", "peninsula", "base", "strip", "border"})  # fmt: skip
_EVENT_NOUNS = frozenset({"war", "wars", "conflict", "revolution", "uprising", "rebellion", "insurgency", "attacks",
                          "attack", "bombing", "bombings", "massacre", "siege", "coup", "invasion", "withdrawal",
                          "occupation", "intifada", "genocide", "elections", "jihad"})  # fmt: skip
_EVENT_MIDDLE = frozenset({"civil", "proxy", "terror", "terrorist", "armed", "embassy", "independence", "border"})


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
                made.append(replace(naming, last=end + 1, end=tokens.end[end], kind="event", adjective=False,
                                    source="grown"))  # fmt: skip
                continue
        if last < size and lower[last] in _PLACE_NOUNS and not naming.adjective and kind in {"place", "person"}:
            if first == 0 or lower[first - 1] != "the" or kind == "place":
                last += 1
                kind = "place"
        if kind == "place" and not naming.adjective and first > 0 and lower[first - 1] in compass():
            first -= 1
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
    by_last = {naming.last: naming for naming in namings if naming.form == "name"}
    covered = {at for naming in namings for at in range(naming.first, naming.last)}
    opening = {sentence.first for sentence in sentences}
    made: list[Naming] = []
    for at, word in enumerate(lower):
        if word not in table or at in covered:
            continue
        pair = f"{lower[at - 1]} {word}" if at > 0 else ""
        alone, national = table.get(pair, table[word])
        first = at - 1 if pair in table else at
        if (next_pair := f"{word} {lower[at + 1]}" if at + 1 < len(lower) else "") and next_pair in table:
            continue
        country, modified, blocked = False, False, False
        while first > 0 and first not in opening:
            before = first - 1
            naming = by_last.get(first)
            if naming is not None:
                if naming.adjective or (naming.kind in {"place", "community"} and naming.first == before):
                    country = country or naming.kind == "place"
                    first, modified = naming.first, True
                    continue
                blocked = naming.kind in {"organisation", "person"}
                break
            if lower[before] in modifiers and before not in covered:
                first, modified = before, True
                continue
            if shape.classes[before] == HYPHEN and before > 1 and lower[before - 1] in modifiers:
                first, modified = before - 1, True
                continue
            break
        kind = national if country else alone
        if not country and modified and not alone and national:
            kind = "community"
        if blocked or not kind:
            continue
        made.append(Naming(first, at + 1, tokens.start[first], tokens.end[at], kind, form="nominal",
                           source=f"nominal:{word}"))  # fmt: skip
    return made
