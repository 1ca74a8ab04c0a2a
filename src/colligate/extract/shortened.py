"""Short forms of a body's longer name: "Central Board", "the Council", "Water Board", "the Front"."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from functools import lru_cache

from colligate.extract.base import Reading
from colligate.extract.bodies import heads
from colligate.extract.countries import country_of
from colligate.extract.forms import Form, Groups
from colligate.extract.names_data import heads as head_nouns
from colligate.values import names

_AT_HAND = 40  # namings that three sentences may hold


def join_shortened(forms: list[Form], groups: Groups) -> dict[int, set[int]]:
    """ "Central Board" with the one "Central Board of Velk", "al-Velka" with "Jabhat al-Velka".

    Returns the head nouns that stand alone and that several bodies share ("the Front"), with these.
    """
    rules = heads()
    of_lands = frozenset(rules["of_lands"])
    cuts, institutions = frozenset(rules["cut_before"]), frozenset(rules["institutions"])
    longer: dict[tuple[str, ...], set[int]] = defaultdict(set)
    shared: dict[int, set[int]] = {}
    bodies = [form for form in forms if form.kind == "organisation" and not form.adjective]
    lands = {names.fold(form.text) for form in forms if form.kind == "place"}
    for form in bodies:
        words = form.words
        for at in range(1, len(words)):
            if (words[at] in cuts and at > 1) or (words[at] in institutions and at == 1 == len(words) - 1):
                longer[words[:at]].add(groups.root(form.index))
        if len(words) > 1 and len(words[-1]) > 4 and " al " in f" {names.fold(form.text)}":
            longer["al", words[-1]].add(groups.root(form.index))
        land = form.text.split()[0]
        if len(words) > 2 and words[-1] in of_lands and (names.fold(land) in lands or country_of(land)):
            longer[words[1:]].add(groups.root(form.index))  # "Water Board" of the "Velkian Water Board"
        if len(words) > 1 and form.text[0].isupper():
            for word in {words[0], words[-1]} & _head_nouns():
                if word == words[-1] or words[1] in cuts:
                    longer["the", word].add(groups.root(form.index))
    for form in bodies:
        if not form.named and form.text.istitle() and form.text.lower() in _head_nouns():
            roots = longer.get(("the", form.words[0]), set())
            if len(roots) == 1:  # "the Council", where one body in the text is called so
                groups.join(form.index, next(iter(roots)))
            elif roots:
                shared[form.index] = roots
            continue
        key = ("al", *form.words) if names.fold(form.text).startswith("al ") else form.words
        roots = longer.get(key, set()) - {groups.root(form.index)}
        if len(roots) == 1 and not form.acronym and not country_of(form.text):
            groups.join(form.index, next(iter(roots)))
    return shared


def heads_at_hand(
    reading: Reading,
    forms: list[Form],
    groups: Groups,
    of_naming: dict[int, int],
    shared: dict[int, set[int]],
) -> dict[int, int]:
    """ "the Front" -> the one Front that this sentence or the two before it speak of."""
    placed: dict[int, int] = {}
    starts = [sentence.start for sentence in reading.sentences]
    for index, bodies in shared.items():
        roots = {groups.root(body) for body in bodies}
        for at in forms[index].namings:
            start = reading.namings[at].start
            begin = starts[max(bisect_right(starts, start) - 3, 0)]
            near = {
                groups.root(of_naming[other])
                for other in range(max(at - _AT_HAND, 0), at)
                if other in of_naming and reading.namings[other].start >= begin
            }
            if len(near & roots) == 1:
                placed[at] = next(iter(near & roots))
    return placed


@lru_cache(maxsize=1)
def _head_nouns() -> frozenset[str]:
    return frozenset(word for word, kind in head_nouns().items() if kind == "organisation")
