"""Descriptions -> the actors they point to: "the group", "the country", "its leader".

A description is tied to an actor only where one stands out by topic, recency and kind. What a text
or its heading is about outweighs what was named in passing.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import yaml

from colligate.extract.base import Naming, Reading
from colligate.extract.bodies import body_of
from colligate.extract.countries import country_of
from colligate.extract.headings import headings
from colligate.extract.insertion import insert_namings
from colligate.extract.roles import role_holders
from colligate.values import names

_REACH = 6  # sentences back to look for an antecedent
_NEW = 2.0  # who is named for the first time is what the next words are about
_MARGIN = 1.3  # by how much the best must beat the next
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Rules:
    """``data/nominals.yaml``."""

    groups: frozenset[str]
    named_first: frozenset[str]
    between: frozenset[str]
    fighters: frozenset[str]
    bodies: frozenset[str]
    country: frozenset[str]
    government: frozenset[str]
    articles: frozenset[str]
    not_before: frozenset[str]
    unnamed: frozenset[str]
    names_it: frozenset[str]
    never: frozenset[str]
    roles: frozenset[str]


@lru_cache(maxsize=1)
def rules() -> Rules:
    """The packaged rules."""
    text = (files("colligate.extract") / "data" / "nominals.yaml").read_text(encoding="utf-8")
    raw = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe
    return Rules(**{name: frozenset(raw[name]) for name in Rules.__slots__})


@lru_cache(maxsize=1)
def _no_groups() -> frozenset[str]:
    return frozenset(names.fold(name) for name in rules().never)


class NominalStage:
    """Adds namings with form "nominal" and the cluster of the actor they point to."""

    name = "nominals"
    needs = frozenset({"document", "tokens", "sentences", "namings", "clusters"})
    gives = frozenset({"namings"})

    def run(self, reading: Reading) -> None:
        finder = _Finder(reading)
        made = finder.find()
        insert_namings(reading, made)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A mention of a cluster: its sentence and whether it opens the sentence."""

    sentence: int
    cluster: int
    token: int
    first: bool


class _Finder:
    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.rules = rules()
        self.lower = reading.tokens.lower
        self.first_tokens = [sentence.first for sentence in reading.sentences]
        self.covered: dict[int, int] = {}
        self.seen: list[_Seen] = []
        for at, naming in enumerate(reading.namings):
            for token in range(naming.first, naming.last):
                self.covered.setdefault(token, at)
        self.count = [0] * len(reading.clusters)
        self.named: set[int] = set()
        opened = -1
        for naming in reading.namings:
            if (
                naming.cluster < 0
                or naming.form == "pronoun"
                or (naming.form != "name" and self._bare(naming))
            ):
                continue
            self.count[naming.cluster] += 1
            if naming.form == "name":
                self.named.add(naming.cluster)
            sentence = self._sentence(naming.first)
            before = self.lower[max(naming.first - 3, 0) : naming.first]
            joined = bool(self.seen) and self.seen[-1].first and ("and" in before or "or" in before)
            first = sentence != opened or (joined and self.seen[-1].sentence == sentence)
            self.seen.append(_Seen(sentence, naming.cluster, naming.first, first))
            opened = sentence
        self.introduced = {seen.cluster: seen.token for seen in reversed(self.seen)}
        self._unnamed_add()
        self.seen_tokens = [seen.token for seen in self.seen]
        self.heads = [self._head(index) for index in range(len(reading.clusters))]
        self.sections = self._sections()
        self.topic = self._topic()
        self.holders = role_holders(reading, self.rules.roles)

    def _unnamed_add(self) -> None:
        """Unnamed groups ("another militia") are mentions too: of nobody, -1."""
        known, lower = self.rules, self.lower
        for at, word in enumerate(lower):
            if word not in known.groups and word.removesuffix("s") not in known.groups:
                continue
            back = at - 1
            while back > 0 and at - back < 4 and lower[back] not in known.unnamed | known.articles:
                back -= 1
            if back > 0 and lower[back] in known.unnamed and lower[back - 1] not in known.names_it:
                self.seen.append(_Seen(self._sentence(at), -1, at, False))
        self.seen.sort(key=lambda seen: seen.token)

    def _sentence(self, token: int) -> int:
        return max(bisect_right(self.first_tokens, token) - 1, 0)

    def _bare(self, naming: Naming) -> bool:
        return naming.last - naming.first == 1

    def _head(self, index: int) -> frozenset[str]:
        """The nouns of ``named_first`` that a cluster's names have."""
        cluster = self.reading.clusters[index]
        if cluster.kind != "organisation":
            return frozenset()
        words = {word.lower() for name in (cluster.name, *cluster.aliases) for word in _WORD.findall(name)}
        return frozenset(words & self.rules.named_first)

    def _sections(self) -> list[tuple[int, int]]:
        """(token, cluster) of headings that are an actor's name, where a text has several."""
        found = [
            (
                bisect_left(self.reading.tokens.start, heading.start),
                self.reading.namings[heading.naming].cluster if heading.naming >= 0 else -1,
            )
            for heading in headings(self.reading)
        ]
        found = [(token, cluster) for token, cluster in found if cluster < 0 or self._group(cluster)]
        return found if len({cluster for _, cluster in found if cluster >= 0}) > 2 else []

    def _topic(self) -> int:
        """The group that the text is about: named early, and half again as often as any other."""
        if self.sections:
            return -1
        counts = [(n, cluster) for cluster, n in enumerate(self.count) if self._group(cluster)]
        counts.sort(reverse=True)
        if not counts or counts[0][0] < 3:
            return -1
        if len(counts) > 1 and counts[0][0] < 1.5 * counts[1][0]:
            return -1
        opened = next(seen.sentence for seen in self.seen if seen.cluster == counts[0][1])
        return counts[0][1] if opened < max(4, len(self.reading.sentences) // 10) else -1

    def _group(self, cluster: int) -> bool:
        """Whether a cluster is an organisation and no state body."""
        if cluster < 0 or self.reading.clusters[cluster].kind != "organisation":
            return False
        found = self.reading.clusters[cluster]
        if cluster not in self.named:
            return False
        if names.fold(found.name) in _no_groups() or any(
            body_of(form)[0] for form in (found.name, *found.aliases[:8])
        ):
            return False
        words = _WORD.findall(found.name.lower())
        return not {words[0], words[-1]} & _STATE_HEADS if words else False

    # finding

    def find(self) -> list[Naming]:
        made: list[Naming] = []
        nouns = self.rules.groups | self.rules.fighters | self.rules.bodies | self.rules.country
        nouns |= self.rules.government | self.rules.roles
        for at, word in enumerate(self.lower):
            if word not in nouns or self.reading.tokens.text[at][0].isupper():
                continue
            held = self.covered.get(at)
            if held is not None and (
                self.reading.namings[held].form == "name" or not self._bare(self.reading.namings[held])
            ):
                continue
            first = self._opening(at)
            if first < 0:
                continue
            cluster = self._meant(first, at, word)
            if cluster < 0:
                continue
            if held is not None:
                self._move(self.reading.namings[held], cluster)
                continue
            tokens = self.reading.tokens
            made.append(
                Naming(
                    first, at + 1, tokens.start[first], tokens.end[at], self.reading.clusters[cluster].kind,
                    "nominal", cluster, source=f"definite:{word}",
                )
            )  # fmt: skip
        return made

    def _move(self, naming: Naming, cluster: int) -> None:
        naming.cluster = cluster
        naming.kind = self.reading.clusters[cluster].kind
        naming.source = "definite:" + naming.source

    def _opening(self, at: int) -> int:
        """The token of the article (or "its") that opens the description, -1 when there is none."""
        start = self.first_tokens[self._sentence(at)]
        back = at - 1
        while back > start and self.lower[back] in self.rules.between and back not in self.covered:
            back -= 1
        if back < start:
            return -1
        after = self.lower[at + 1] if at + 1 < len(self.lower) else ""
        if after in self.rules.not_before or (at + 1 in self.covered and after != "'s"):
            return -1
        word = self.lower[back]
        if word in self.rules.articles:
            return back
        role = self.lower[at] in self.rules.roles
        held = self.covered.get(back)
        if role and held is not None:  # "the Velk Column leader"
            opened = self.reading.namings[held].first - 1
            return opened if opened >= start and self.lower[opened] in self.rules.articles else -1
        return back if role and word in {"its", "their", "'s", "’s"} else -1

    def _meant(self, first: int, at: int, word: str) -> int:
        known = self.rules
        if word in known.roles:
            return self._holder(first, at, word)
        after = self.lower[at + 1] if at + 1 < len(self.lower) else ""
        # A noun right after makes ours a modifier: "the party headquarters".
        if after in _MODIFIED or after in known.groups:
            return -1
        if word in known.country:
            return self._country(at) if word != "state" else -1
        if word in known.government:
            return self._country(at)
        if word in known.groups and word not in known.named_first:
            return self._strongest(at, self._group)
        if word in known.groups | known.bodies:
            return self._strongest(at, lambda c: word in self.heads[c], reach=12)
        if word in known.fighters:
            return -1
        return -1

    def _strongest(self, at: int, fits: Callable[[int], bool], *, reach: int = _REACH) -> int:
        """The cluster that stands out among those that fit, -1 when none does."""
        here = self._sentence(at)
        weight: dict[int, float] = {}
        last = bisect_right(self.seen_tokens, at - 1)
        for seen in reversed(self.seen[:last]):
            distance = here - seen.sentence
            if distance > reach:
                break
            if seen.cluster >= 0 and not fits(seen.cluster):
                continue
            gain = (2.0 if seen.first else 1.2) / (1.0 + distance)
            if distance <= 1 and self.introduced.get(seen.cluster) == seen.token:
                gain += _NEW
            weight[seen.cluster] = max(weight.get(seen.cluster, 0.0), gain)
        for cluster in weight.keys() - {-1}:
            weight[cluster] += 0.15 * math.log1p(self.count[cluster])
        section = self._section(at)
        for cluster, gain in ((section, 3.0), (self.topic, 2.0)):
            if cluster >= 0 and fits(cluster):
                weight[cluster] = weight.get(cluster, 0.0) + gain
        if not weight:
            return -1
        ranked = sorted(weight.items(), key=lambda item: -item[1])
        if len(ranked) > 1 and ranked[0][1] < _MARGIN * ranked[1][1]:
            return -1
        return ranked[0][0]  # -1 where an unnamed one is nearest

    def _section(self, at: int) -> int:
        place = bisect_right(self.sections, (at, 1 << 60)) - 1
        return self.sections[place][1] if place >= 0 else -1

    def _country(self, at: int) -> int:
        def state(cluster: int) -> bool:
            found = self.reading.clusters[cluster]
            return found.kind == "place" and bool(country_of(found.name))

        return self._strongest(at, state, reach=2)

    def _holder(self, first: int, at: int, word: str) -> int:
        """Who the text says holds the role in the body that "its" or "X's" stands for."""
        after = at + 1
        if after in self.covered or (
            after < len(self.lower) and self.lower[after] in {",", "("} and after + 1 in self.covered
        ):
            return -1
        if self.lower[first] not in {"its", "their"}:
            held = self.covered.get(first - 1 if self.lower[first] in {"'s", "’s"} else first + 1)
            body = self.reading.namings[held].cluster if held is not None else -1
        else:
            body = self._strongest(first, self._group, reach=1)
        if body < 0:
            return -1
        persons = {person for token, person in self.holders.get((body, word), ())}
        return persons.pop() if len(persons) == 1 else -1


_STATE_HEADS = frozenset(
    [
        "court",
        "university",
        "embassy",
        "ministry",
        "police",
        "bureau",
        "agency",
        "council",
        "commission",
        "department",
        "office",
        "newspaper",
        "college",
        "school",
        "bank",
        "company",
    ]
)
_MODIFIED = frozenset(
    [
        "headquarters",
        "leader",
        "leaders",
        "leadership",
        "member",
        "members",
        "official",
        "officials",
        "spokesman",
        "congress",
        "conference",
        "line",
        "forces",
        "officer",
        "officers",
        "commander",
        "structure",
    ]
)
