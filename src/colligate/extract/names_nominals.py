"""Collectives without a name of their own: "foreign fighters", "Malian army", "security forces".

The heads and what they are, alone, after an adjective and after a country, are data:
``data/name_collectives.tsv``; the words that may stand between are ``data/name_modifiers.txt``.
"""

from __future__ import annotations

from collections.abc import Sequence

from colligate.extract.base import Naming, Sentence, Tokens
from colligate.extract.names_data import collectives, words
from colligate.extract.names_words import HYPHEN, Shapes

_LONGEST = 8
_POSSESSIVES = frozenset({"'s", "'"})


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
        following = lower[at + 1] if at + 1 < len(lower) else ""
        if f"{word} {following}" in table:
            continue
        inner = following in table and word in modifiers  # "Malian army officers" holds "Malian army"
        alone, modified, national = table[" ".join(lower[first : at + 1])]
        kind, land, blocked = alone, False, False
        while first > 0 and first not in opening and at - first < _LONGEST:
            before = first - 1
            naming = by_last.get(first)
            if naming is None and lower[before] in _POSSESSIVES:
                owner = by_last.get(before)
                if owner is not None and owner.kind == "place":  # "Mali's security forces"
                    first, kind = owner.first, national
                break
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
        if blocked or not kind or (inner and kind != "organisation"):
            continue
        made.append(
            Naming(
                first,
                at + 1,
                tokens.start[first],
                tokens.end[at],
                kind,
                form="nominal",
                head=not inner,
                source=f"nominal:{word}",
            )
        )
    return made
