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
# A given name that is on its own in too many texts to stand for whoever bears it.
_NEVER_ALONE = frozenset({"muhammad", "ali", "isa", "musa", "abdullah", "jesus", "god", "allah"})


def join_persons(forms: list[Form], groups: Groups) -> dict[int, list[int]]:
    """Joins the forms of one person. Returns the forms that fit several persons, with those (roots)."""
    index: dict[str, list[Form]] = defaultdict(list)
    members: dict[int, list[Form]] = defaultdict(list)
    open_forms: dict[int, list[int]] = {}
    known = names.titles().words
    persons = [form for form in forms if form.kind == "person" and set(form.words) - known - {"blind"}]
    persons.sort(key=lambda form: -len(names.person_units(form.text)[0]))
    for form in persons:
        fits = _fits(form, index, groups)
        fits = {root: score for root, score in fits.items() if not _titles_clash(form, members[root], score)}
        best = max(fits.values(), default=0.0)
        single = len(names.person_units(form.text)[0]) == 1
        level = _SHORT if single or best < _SAME else _SAME
        chosen = [root for root, score in fits.items() if score >= level]
        if not chosen and single:
            chosen = _by_given_name(form, fits)
        if len(chosen) > 1:
            open_forms[form.index] = chosen
            continue
        if chosen:
            groups.join(chosen[0], form.index)
            root = groups.root(form.index)
            if root != chosen[0]:
                members[root] = members.pop(chosen[0])
        root = groups.root(form.index)
        members[root].append(form)
        for key in _keys(form):
            index[key].append(form)
    return {at: sorted({groups.root(root) for root in roots}) for at, roots in open_forms.items()}


def _keys(form: Form) -> set[str]:
    """What a form is looked up by: its units, the names in "Abd al-X" and "al-X", written apart or joined."""
    keys: set[str] = set()
    for unit in names.person_units(form.text)[0]:
        keys.add(unit.key)
        if unit.form == "servant":
            keys.add(names.token_skeleton(unit.tokens[-1]))
        if unit.article:
            keys.add(names.token_skeleton("al" + unit.tokens[-1]))
    return keys


def _fits(form: Form, index: dict[str, list[Form]], groups: Groups) -> dict[int, float]:
    fits: dict[int, float] = {}
    tried: set[int] = set()
    for key in _keys(form):
        for other in index.get(key, ()):
            if other.index in tried:
                continue
            tried.add(other.index)
            score = names.compare(form.text, other.text, "person").value
            root = groups.root(other.index)
            if score > fits.get(root, 0.0):
                fits[root] = score
    return fits


def _by_given_name(form: Form, fits: dict[int, float]) -> list[int]:
    unit = names.person_units(form.text)[0][0]
    if len(fits) != 1 or unit.form == "initial" or names.token_sound(unit.tokens[-1]) in _ALONE_SOUNDS:
        return []
    ((root, score),) = fits.items()
    return [root] if score >= 0.4 else []


_ALONE_SOUNDS = frozenset(names.token_sound(word) for word in _NEVER_ALONE)


def _titles_clash(form: Form, others: list[Form], score: float) -> bool:
    """ "King Orvan" is nobody whose family name is Orvan, unless he is called king elsewhere."""
    if score >= _SAME and len(names.person_units(form.text)[0]) > 1:
        return False
    royal = form.titles & names.titles().given
    return bool(royal) and not any(other.titles & royal for other in others)


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
