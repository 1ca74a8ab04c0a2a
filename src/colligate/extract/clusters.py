"""Names -> actors: every mention of one actor in the document in one cluster.

Works on the distinct forms of names, which are few, and never compares all of them with all: forms
are looked up by country, by skeleton, by the words they begin with.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

import yaml

from colligate.extract.acronyms import acronyms
from colligate.extract.aliases import alias_pairs, listed_aliases
from colligate.extract.base import Cluster, Reading
from colligate.extract.bodies import heads, join_bodies, state_of
from colligate.extract.cluster_names import cluster_name
from colligate.extract.countries import capital_of, country_of
from colligate.extract.forms import Form, Groups, collect_forms
from colligate.extract.names_adjectives import bases
from colligate.extract.persons import join_persons, place_open_forms
from colligate.extract.renamed import in_small_letters, join_translated
from colligate.extract.shortened import heads_at_hand, join_shortened
from colligate.values import names

_DASH = re.compile("[-–‐‑]")
_SIDES = ("east", "west", "north", "south")


@lru_cache(maxsize=4)
def _rules(name: str) -> Any:
    text = (files("colligate.extract") / "data" / name).read_text(encoding="utf-8")
    return yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe


class ClusterStage:
    """Fills clusters and each name's ``cluster``. Kinds of namings may change to their form's kind."""

    name = "clusters"
    needs = frozenset({"document", "tokens", "sentences", "namings"})
    gives = frozenset({"clusters"})

    def run(self, reading: Reading) -> None:
        forms, of_naming = collect_forms(reading)
        groups = Groups(len(forms))
        definitions = _definitions(reading, forms, of_naming)
        _anchor(reading, groups, of_naming)
        _join_countries(forms, groups)
        _join_adjectives(forms, groups)
        _join_spellings(forms, groups)
        _join_full_aliases(reading, forms, groups, of_naming)
        _join_defined(forms, groups, definitions)
        _join_extended(forms, groups)
        shared = join_shortened(forms, groups)
        join_bodies(forms, groups)
        _join_known_acronyms(forms, groups)
        _join_initials(forms, groups, definitions)
        _join_attached(reading, forms, groups, of_naming)
        open_forms = join_persons(forms, groups)
        placed = place_open_forms(reading, forms, groups, open_forms, of_naming)
        _join_aliases(reading, forms, groups, of_naming, placed)
        placed |= _place_defined(reading, groups, of_naming, definitions)
        placed |= _acting_capitals(reading, forms, groups)
        placed |= heads_at_hand(reading, forms, groups, of_naming, shared)
        _fill(reading, forms, groups, of_naming, placed)


# Form -> where it is defined, each with the form that it stands for there, in order of the text.
Definitions = dict[int, list[tuple[int, int]]]


def _definitions(reading: Reading, forms: list[Form], of_naming: dict[int, int]) -> Definitions:
    """Acronyms that the text defines, and names listed under a heading as other names of it."""
    found: Definitions = defaultdict(list)
    for heading, alias in listed_aliases(reading):
        if of_naming[alias] != of_naming[heading]:
            found[of_naming[alias]].append((reading.namings[heading].start, of_naming[heading]))
    by_text = {form.text: form.index for form in forms}
    # By both ends: a nested "Velkian" begins where "Velkian Defence League" does.
    spans = {(naming.start, naming.end): at for at, naming in enumerate(reading.namings) if at in of_naming}
    for long, short in acronyms(reading):
        index, at = by_text.get(" ".join(short.split())), spans.get((long.start, long.end))
        if index is not None and at is not None and of_naming[at] != index:
            found[index].append((long.start, of_naming[at]))
    for here, after in alias_pairs(reading):
        index = of_naming[after]
        if forms[index].acronym and of_naming[here] != index:
            found[index].append((reading.namings[here].start, of_naming[here]))
    for places in found.values():
        places.sort()
    return found


def _anchor(reading: Reading, groups: Groups, of_naming: dict[int, int]) -> None:
    claimed: dict[int, set[int]] = defaultdict(set)
    for heading, alias in listed_aliases(reading):
        claimed[of_naming[heading]].add(of_naming[heading])
        claimed[of_naming[alias]].add(of_naming[heading])
    for index, anchors in claimed.items():
        if len(anchors) == 1:
            groups.anchors[index] = next(iter(anchors))
        elif index not in anchors:
            groups.loose.add(index)


def _join_full_aliases(
    reading: Reading, forms: list[Form], groups: Groups, of_naming: dict[int, int]
) -> None:
    """ "Velkian Workers' Party (Partido Velkiano)" before the acronyms, which may stand for both names."""
    for here, after in alias_pairs(reading):
        one, other = forms[of_naming[here]], forms[of_naming[after]]
        if one.kind == other.kind == "organisation" and not one.acronym and not other.acronym:
            groups.join(one.index, other.index)


def _join_defined(forms: list[Form], groups: Groups, definitions: Definitions) -> None:
    """Joins what is defined once; what is defined for two actors is left to its place in the text."""
    for index, places in definitions.items():
        join_translated(groups, [forms[long] for _, long in places])
        roots = {groups.root(long) for _, long in places}
        if len(roots) == 1:
            groups.join(index, roots.pop())
        else:
            groups.loose.add(groups.root(index))


def _place_defined(
    reading: Reading, groups: Groups, of_naming: dict[int, int], definitions: Definitions
) -> dict[int, int]:
    """Each mention of a short name with two meanings goes to the one defined last before it."""
    placed: dict[int, int] = {}
    for at, index in of_naming.items():
        if groups.root(index) in groups.loose and index in definitions:
            start = reading.namings[at].start
            before = [long for place, long in definitions[index] if place <= start]
            placed[at] = groups.root(before[-1] if before else definitions[index][0][1])
    return placed


def _join_countries(forms: list[Form], groups: Groups) -> None:
    by_country: dict[str, list[Form]] = defaultdict(list)
    for form in forms:
        if form.kind in {"place", "organisation"}:
            country = state_of(form.text)
            if country:
                form.kind = "place"
                by_country[country].append(form)
    for found in by_country.values():
        sides = {form.index: side for form in found for side in _SIDES if form.text.lower().startswith(side)}
        if len(set(sides.values())) > 1:  # the two Germanies, where the text tells them apart
            for side in set(sides.values()):
                groups.join_all(index for index, own in sides.items() if own == side)
            groups.join_all(form.index for form in found if form.index not in sides)
        else:
            groups.join_all(form.index for form in found)


def _join_adjectives(forms: list[Form], groups: Groups) -> None:
    """ "Telmaran" with "Telmar", where no list knows the place."""
    places = {form.text.lower(): form for form in forms if form.kind == "place" and not form.adjective}
    for form in forms:
        if form.adjective and form.kind == "place" and not country_of(form.text):
            place = next((places[base] for base in bases(form.text.lower()) if base in places), None)
            if place is not None:
                groups.join(place.index, form.index)


def _join_spellings(forms: list[Form], groups: Groups) -> None:
    """Forms whose words are spellings of each other, compared only within one skeleton."""
    by_letters: dict[tuple[str, str], list[Form]] = defaultdict(list)
    by_skeleton: dict[tuple[str, str], list[Form]] = defaultdict(list)
    by_swap: dict[tuple[str, str, str], list[Form]] = defaultdict(list)
    for form in forms:
        words = form.words
        letters = "".join(words)
        if not letters:
            continue
        by_letters[form.kind, letters].append(form)
        if form.kind == "person":
            continue
        by_skeleton[form.kind, " ".join(names.token_skeleton(word) for word in words)].append(form)
        if len(letters) >= 6:
            by_swap[form.kind, letters[0], "".join(sorted(letters))].append(form)
    for same in by_letters.values():
        groups.join_all(form.index for form in same)
    for near in (*by_skeleton.values(), *by_swap.values()):
        for at, form in enumerate(near):
            for other in near[at + 1 :]:
                if form.acronym or other.acronym or groups.root(form.index) == groups.root(other.index):
                    continue
                if form.kind == "place" and bool(country_of(form.text)) != bool(country_of(other.text)):
                    continue  # the names of countries are listed in all their spellings
                if names.compare(form.text, other.text, form.kind).value >= 0.9:
                    groups.join(form.index, other.index)
                    break


def _join_extended(forms: list[Form], groups: Groups) -> None:
    """ "Velk Movement" and "Velk fighters" with "Velk"; "Telm city" with "Telm"."""
    rules = heads()
    generic, members = frozenset(rules["generic"]), frozenset(rules["members"])
    continues = frozenset(rules["continues"])
    by_words: dict[tuple[str, ...], Form] = {}
    for form in forms:
        if form.kind in {"organisation", "place"} and not form.adjective:
            by_words.setdefault(form.words, form)
    for form in forms:
        words = tuple(names.fold(form.text).split())
        kept = form.words
        if form.kind in {"organisation", "community"} and len(words) > 1:
            short: Form | None = None
            if words[-1] in generic | members:
                short = by_words.get(kept[:-1])
            if short is None:
                cut = next((at for at, word in enumerate(kept) if at > 1 and word in continues), 0)
                short = by_words.get(kept[:cut]) if cut else None
            if short is not None and short.kind == "organisation" and short is not form:
                form.kind = "organisation"
                groups.join(short.index, form.index)
        elif form.kind == "place" and len(kept) > 1:
            rest = (
                kept[:-1] if kept[-1] in _TOWN else kept[2:] if kept[0] in _TOWN and kept[1] == "of" else ()
            )
            place = by_words.get(tuple(rest)) if rest else None
            if place is not None and place.kind == "place" and place is not form:
                groups.join(place.index, form.index)


_TOWN = frozenset({"city", "town", "village", "camp"})


@lru_cache(maxsize=1)
def _known_acronyms() -> dict[str, frozenset[str]]:
    """Acronym -> folded names of the bodies that use it, from the lists of known actors."""
    found: dict[str, set[str]] = defaultdict(set)
    for table in ("actors.tsv", "actors_general.tsv"):
        source = files("colligate.extract") / "data" / table
        for line in source.read_text(encoding="utf-8").splitlines():
            cells = line.split("\t")
            if line.startswith("#") or len(cells) < 4 or not cells[3]:
                continue
            full = {names.fold(name) for name in (cells[0], *cells[2].split(";")) if name}
            for acronym in cells[3].split(";"):
                found[acronym.replace(".", "")] |= full
    return {acronym: frozenset(full) for acronym, full in found.items()}


def _join_known_acronyms(forms: list[Form], groups: Groups) -> None:
    """An acronym with the one body in the text that is known by it, where the text does not say so."""
    known = _known_acronyms()
    by_fold: dict[str, Form] = {}
    for form in forms:
        if form.kind == "organisation":
            by_fold.setdefault(names.fold(form.text), form)
    for form in forms:
        if form.kind == "organisation" and form.acronym:
            full = known.get(form.text.replace(".", ""), frozenset())
            roots = {groups.root(by_fold[name].index) for name in full if name in by_fold}
            roots.discard(groups.root(form.index))
            if len(roots) == 1:
                groups.join(roots.pop(), form.index)


def _join_initials(forms: list[Form], groups: Groups, definitions: Definitions) -> None:
    """An undefined acronym of three letters or more with the one name in the text that it spells."""
    by_initials: dict[str, set[int]] = defaultdict(set)
    for form in forms:
        words = [word for word in names.fold(form.text).split() if word not in _SMALL]
        if form.kind in {"organisation", "person"} and len(words) > 2:
            by_initials["".join(word[0] for word in words)].add(groups.root(form.index))
    for form in forms:
        letters = names.fold(form.text)
        if not form.acronym or not form.text.isupper() or len(letters) < 3 or form.index in definitions:
            continue
        roots = {groups.root(index) for index in by_initials.get(letters, ())}
        if len(roots) == 1 and form.kind in {"organisation", "person"}:
            groups.join(form.index, roots.pop())


_SMALL = frozenset({"of", "the", "and", "for", "in", "e", "de", "la", "du", "del", "y"})


def _join_attached(reading: Reading, forms: list[Form], groups: Groups, of_naming: dict[int, int]) -> None:
    """A suffix that the text always hangs on one name by a dash ("VLF-PA") is no body of its own."""
    text = reading.document.text
    hung: dict[int, Counter[int]] = defaultdict(Counter)
    outer = [at for at in sorted(of_naming) if reading.namings[at].head]
    for here, after in pairwise(outer):
        one, other = reading.namings[here], reading.namings[after]
        if text[one.end : other.start] in {"-", "–", "‐", "‑"} and one.kind == other.kind == "organisation":
            hung[of_naming[after]][of_naming[here]] += 1
    for index, bodies in hung.items():
        body, times = bodies.most_common(1)[0]
        if forms[index].acronym and times >= 2 and times >= 0.8 * len(forms[index].namings):
            groups.join(body, index)
    ends: dict[str, list[Form]] = defaultdict(list)
    alone = Counter(groups.root(form.index) for form in forms)
    for form in forms:
        if form.kind == "organisation" and form.acronym and (parts := _DASH.split(form.text))[1:]:
            ends[parts[-1]].append(form)
    for form in forms:
        roots = {groups.root(other.index) for other in ends.get(form.text, ())}
        unjoined = form.kind == "organisation" and alone[groups.root(form.index)] == 1
        if form.acronym and unjoined and len(roots) == 1:
            groups.join(roots.pop(), form.index)  # the letters of a suffix, spoken of alone


def _join_aliases(
    reading: Reading, forms: list[Form], groups: Groups, of_naming: dict[int, int], placed: dict[int, int]
) -> None:
    countries = {groups.root(form.index) for form in forms if form.kind == "place" and country_of(form.text)}
    for here, after in alias_pairs(reading):
        one, other = groups.root(placed.get(here, of_naming[here])), groups.root(of_naming[after])
        if after not in placed and one not in countries and other not in countries:
            groups.join(one, other)


def _acting_capitals(reading: Reading, forms: list[Form], groups: Groups) -> dict[int, int]:
    """Mentions of a capital that stand for its state ("Islamabad denied"), with the country's root."""
    rules = _rules("nominals_capitals.yaml")
    verbs, owned, not_after = set(rules["verbs"]), set(rules["nouns_owned"]), set(rules["not_after"])
    roots = {
        state_of(form.text): groups.root(form.index)
        for form in forms
        if form.kind == "place" and state_of(form.text)
    }
    lower = reading.tokens.lower
    found: dict[int, int] = {}
    for form in forms:
        if form.kind != "place" or capital_of(form.text) not in roots:
            continue
        for at in form.namings:
            naming = reading.namings[at]
            before = lower[naming.first - 1] if naming.first else ""
            after = lower[naming.last] if naming.last < len(lower) else ""
            if after in {"'s", "’s"}:
                after = (
                    lower[naming.last + 1]
                    if naming.last + 1 < len(lower) and lower[naming.last + 1] in owned
                    else ""
                )
            elif after not in verbs:
                after = ""
            if after and before not in not_after:
                found[at] = roots[capital_of(form.text)]
    return found


def _fill(
    reading: Reading, forms: list[Form], groups: Groups, of_naming: dict[int, int], placed: dict[int, int]
) -> None:
    members: dict[int, list[int]] = defaultdict(list)
    for at in sorted(of_naming):
        members[groups.root(placed.get(at, of_naming[at]))].append(at)
    for found in sorted(members.values()):
        kinds: Counter[str] = Counter()
        texts: Counter[int] = Counter()
        for at in found:
            form = forms[of_naming[at]]
            kinds[form.kind] += 1
            texts[form.index] += 1
        kind = kinds.most_common(1)[0][0]
        anchor = groups.anchors.get(groups.root(placed.get(found[0], of_naming[found[0]])), -1)
        if anchor in texts and not forms[anchor].acronym:
            name = forms[anchor].text
        else:
            name = cluster_name(kind, [(forms[index], n) for index, n in texts.items()])
        name = in_small_letters(name, [forms[index] for index in texts])
        aliases = sorted({forms[index].text for index in texts} - {name})
        cluster = Cluster(len(reading.clusters), kind, name, aliases, found)
        reading.clusters.append(cluster)
        for at in found:
            reading.namings[at].cluster = cluster.index
            reading.namings[at].kind = kind
