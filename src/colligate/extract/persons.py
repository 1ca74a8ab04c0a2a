"""Which forms of persons' names are one person: full names first, then the short ones.

A short form that fits one person joins it; one that fits several is decided mention by mention, for
the person most at hand. Names are compared only with names that share a unit's skeleton.
"""

from __future__ import annotations

import math
from collections import defaultdict

from colligate.extract.base import Reading
from colligate.extract.forms import Form, Groups
from colligate.values import names

_SAME, _SHORT = 0.9, 0.7
_MANY = 40  # a short name that more persons than this may bear says nothing
_CAP = 200  # names compared with one name at most
# A given name that is on its own in too many texts to stand for whoever bears it.
_NEVER_ALONE = frozenset({"muhammad", "ali", "isa", "musa", "abdullah", "jesus", "god", "allah"})


def join_persons(forms: list[Form], groups: Groups) -> dict[int, list[int]]:
    """Joins the forms of one person. Returns the forms that fit several persons, with those (roots)."""
    index = _Index()
    members: dict[int, list[Form]] = defaultdict(list)
    open_forms: dict[int, list[int]] = {}
    known = names.titles().words
    persons = [form for form in forms if form.kind == "person" and set(form.words) - known - {"blind"}]
    # "Sayyid Velk" before "Velk", which may be short for him.
    persons.sort(key=lambda form: (-len(names.person_units(form.text)[0]), not _first_named(form)))
    for form in persons:
        fits: dict[int, float] = {}
        for other in index.near(form):
            score = names.compare(form.text, other.text, "person").value
            root = groups.root(other.index)
            if score > fits.get(root, 0.0) and not _titles_clash(form, members[root], score):
                fits[root] = score
        best = max(fits.values(), default=0.0)
        single = len(names.person_units(form.text)[0]) == 1
        level = _SHORT if single or best < _SAME else _SAME
        chosen = [root for root, score in fits.items() if score >= level]
        if not chosen and single:
            chosen = _by_given_name(form, fits, members)
        if 1 < len(chosen) <= _MANY:
            open_forms[form.index] = chosen
            continue
        if len(chosen) == 1:
            groups.join(chosen[0], form.index)
            root = groups.root(form.index)
            if root != chosen[0]:
                members[root] = members.pop(chosen[0])
        members[groups.root(form.index)].append(form)
        index.add(form)
    return {at: sorted({groups.root(root) for root in roots}) for at, roots in open_forms.items()}


class _Index:
    """Forms by the keys of their units. Full names are looked up by their last unit, or by their first two,
    so that a thousand men called Ahmad are never compared with one another."""

    def __init__(self) -> None:
        self._by_last: dict[str, list[Form]] = defaultdict(list)
        self._by_pair: dict[str, list[Form]] = defaultdict(list)
        self._by_any: dict[str, list[Form]] = defaultdict(list)

    def add(self, form: Form) -> None:
        units = names.person_units(form.text)[0]
        for key in _keys(units[-1]):
            self._by_last[key].append(form)
        if len(units) > 1:
            self._by_pair[f"{units[0].key} {units[1].key}"].append(form)
        for unit in units:
            for key in _keys(unit):
                self._by_any[key].append(form)

    def near(self, form: Form) -> list[Form]:
        """The forms that may be the same person's, in the order in which they came; none where too many."""
        units = names.person_units(form.text)[0]
        found: dict[int, Form] = {}
        for key in _keys(units[-1]):
            found.update((other.index, other) for other in self._by_last.get(key, ()))
        if len(units) > 1:
            pair = self._by_pair.get(f"{units[0].key} {units[1].key}", ())
            found.update((other.index, other) for other in pair)
            for key in _keys(units[0]):
                turned = self._by_last.get(key, ())
                found.update((other.index, other) for other in turned if len(turned) <= _MANY)
        else:
            for key in _keys(units[0]):
                bearers = self._by_any.get(key, ())
                found.update((other.index, other) for other in bearers if len(bearers) <= _MANY)
        return [found[at] for at in sorted(found)][:_CAP]


def _keys(unit: names.Unit) -> set[str]:
    """What a unit is looked up by: itself, and the name in "Abd al-X", "bin X", "Abu X" and "al-X"."""
    keys = {unit.key}
    if unit.form in {"servant", "son", "kunya"}:
        keys.add(names.token_skeleton(unit.tokens[-1]))
    if unit.article:
        keys.add(names.token_skeleton("al" + unit.tokens[-1]))
    return keys


def _by_given_name(form: Form, fits: dict[int, float], members: dict[int, list[Form]]) -> list[int]:
    """The one person who bears the name as a given name; it must sound the same: "Time" is no "Tommy"."""
    unit = names.person_units(form.text)[0][0]
    if len(fits) != 1 or unit.form == "initial" or names.token_sound(unit.tokens[-1]) in _ALONE_SOUNDS:
        return []
    ((root, score),) = fits.items()
    sound = names.token_sound(unit.tokens[-1])
    heard = any(names.token_sound(word) == sound for other in members[root] for word in other.words)
    return [root] if score >= 0.4 and heard else []


_ALONE_SOUNDS = frozenset(names.token_sound(word) for word in _NEVER_ALONE)


def _titles_clash(form: Form, others: list[Form], score: float) -> bool:
    """ "King Orvan" is nobody whose family name is Orvan, unless he is called king elsewhere."""
    if score >= _SAME and len(names.person_units(form.text)[0]) > 1:
        return False
    royal = (form.titles & names.titles().given) | _first_named(form)
    return bool(royal) and not any(other.titles & royal for other in others)


def _first_named(form: Form) -> frozenset[str]:
    """The title inside a name that may as well be a given name: "Sayyid Velk" is not Hasan Velk, unless the
    text calls him Sayyid Hasan Velk."""
    return names.titles().also_given.intersection(names.person_units(form.text)[1])


def place_open_forms(
    reading: Reading,
    forms: list[Form],
    groups: Groups,
    open_forms: dict[int, list[int]],
    of_naming: dict[int, int],
) -> dict[int, int]:
    """Naming -> root, for each mention of a form that fits several persons."""
    if not open_forms:
        return {}
    count: dict[int, int] = defaultdict(int)
    titled: dict[int, set[str]] = defaultdict(set)
    for form in forms:
        if form.index not in open_forms:
            count[groups.root(form.index)] += len(form.namings)
            titled[groups.root(form.index)] |= form.titles
    sentence_of = _sentence_numbers(reading)
    seen: dict[int, int] = {}
    chosen_before: dict[int, int] = {}
    placed: dict[int, int] = {}
    for at in sorted(of_naming):
        index = of_naming[at]
        if forms[index].kind != "person":
            continue
        here = sentence_of[at]
        if index not in open_forms:
            seen[groups.root(index)] = here
            continue
        titles = forms[index].titles

        def weight(root: int, here: int = here, index: int = index, titles: set[str] = titles) -> float:
            near = 3.0 / (1.0 + (here - seen[root]) / 2.0) if root in seen else -0.5
            again = 1.0 if chosen_before.get(index) == root else 0.0
            return near + again + 0.6 * math.log1p(count[root]) + (1.0 if titles & titled[root] else 0.0)

        root = max(open_forms[index], key=weight)
        placed[at] = root
        chosen_before[index] = root
        seen[root] = here
    return placed


def _sentence_numbers(reading: Reading) -> list[int]:
    """For each naming the number of its sentence."""
    numbers: list[int] = []
    sentences, at = reading.sentences, 0
    for naming in reading.namings:
        while at + 1 < len(sentences) and sentences[at + 1].start <= naming.start:
            at += 1
        numbers.append(at)
    return numbers
