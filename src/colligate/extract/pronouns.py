"""Pronouns -> the actors they stand for, where one stands out; the others are left alone."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import yaml

from colligate.extract.base import Naming, Reading
from colligate.extract.discourse import (
    OBJECT,
    OBLIQUE,
    SUBJECT,
    WEIGHTS,
    Memory,
    Point,
    Scene,
    coordinations,
    scene,
)
from colligate.extract.genders import gender_of
from colligate.extract.headings import headings
from colligate.extract.insertion import insert_namings, namings_by_sentence

_BEFORE_RELATIVE = frozenset({"of", "in", "with", "to", "from", "by", "for", "under"})
_PARALLEL = 1.4  # a subject is taken up by a subject
_OFTEN = 0.25  # what was mentioned often is easier meant
_ENOUGH = 8  # times, after which more mentions add nothing
_MARGIN, _MARGIN_THING, _MARGIN_PLURAL = 1.2, 1.25, 1.5  # by how much the best must beat the next
_APPOSED = frozenset({"a", "an", "the", "his", "her", "their", "whose"})
_APPOSED_END = frozenset({",", ".", ";", "of", "to", "for", "in", "who", "and"})
_LONGEST = 300  # tokens; longer "sentences" are tables and lists, where nothing is meant by nearness
_FAR = 80.0  # a candidate weaker than this was last seen too long ago


@dataclass(frozen=True, slots=True)
class Rules:
    """``data/pronouns.yaml``: what each pronoun asks for, and the words that make "it" empty."""

    person: dict[str, str]
    thing: frozenset[str]
    plural: frozenset[str]
    relative: frozenset[str]
    possessive: frozenset[str]
    objective: frozenset[str]
    reflexive: frozenset[str]
    empty_after: frozenset[str]
    empty_verbs: frozenset[str]
    empty_links: frozenset[str]
    empty_words: frozenset[str]
    humans: frozenset[str]
    apart: frozenset[str]
    human_gender: dict[str, str]


@lru_cache(maxsize=1)
def rules() -> Rules:
    """The packaged rules."""
    text = (files("colligate.extract") / "data" / "pronouns.yaml").read_text(encoding="utf-8")
    raw = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe
    gender = dict.fromkeys(raw["male_humans"], "m") | dict.fromkeys(raw["female_humans"], "f")
    sets = {
        name: frozenset(raw[name])
        for name in (
            "thing", "plural", "relative", "possessive", "objective", "reflexive",
            "empty_after", "empty_verbs", "empty_links", "empty_words", "humans", "apart",
        )
    }  # fmt: skip
    return Rules(person=raw["person"], human_gender=gender, **sets)


class PronounStage:
    """Adds namings with form "pronoun" and the cluster of what they stand for."""

    name = "pronouns"
    needs = frozenset({"document", "tokens", "sentences", "namings", "clusters"})
    gives = frozenset({"namings"})

    def run(self, reading: Reading) -> None:
        insert_namings(reading, _Resolver(reading).resolve())


class _Resolver:
    """One document's pronouns, read from front to back."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.rules = rules()
        self.gender = [_gender(cluster) for cluster in reading.clusters]
        self._genders_told()
        self.kind = [cluster.kind for cluster in reading.clusters]
        self.made: list[Naming] = []
        self.seen = [0] * len(reading.clusters)
        self.known = {
            *self.rules.person, *self.rules.thing, *self.rules.plural, *self.rules.relative,
        }  # fmt: skip

    def resolve(self) -> list[Naming]:
        reading, lower = self.reading, self.reading.tokens.lower
        by_sentence = namings_by_sentence(reading)
        starts = {heading.start for heading in headings(reading)}
        memory = Memory()
        before: Scene | None = None
        for sentence in reading.sentences:
            if sentence.start in starts:
                memory.forget()
                before = None
                continue
            if sentence.last - sentence.first > _LONGEST:
                memory.forget()
                continue
            current = scene(reading, sentence, by_sentence[sentence.index])
            for at in range(sentence.first, sentence.last):
                if lower[at] in self.known:
                    group = self._group(before, current, at) if lower[at] in self.rules.plural else ()
                    cluster = group[0] if group else self._meant(memory, current, at)
                    if cluster >= 0:
                        self._add(current, at, cluster, group[1:])
            memory.add(current)
            before = current
            for point in current.points:
                if point.cluster >= 0:
                    self.seen[point.cluster] += 1
        return self.made

    def _add(self, current: Scene, at: int, cluster: int, also: tuple[int, ...] = ()) -> None:
        tokens = self.reading.tokens
        start, end, kind = tokens.start[at], tokens.end[at], self.kind[cluster]
        if not self.gender[cluster]:  # who was "she" once is no "he" later
            self.gender[cluster] = self.rules.person.get(tokens.lower[at]) or ""
        self.made.append(Naming(at, at + 1, start, end, kind, "pronoun", cluster, also=also))
        for point in current.points:
            if point.token == at and point.cluster < 0:
                point.cluster = cluster
                return
        # A possessive stands inside its phrase: a point of its own, weak as owners are.
        if tokens.lower[at] in self.rules.possessive:
            current.points.append(Point(-1, at, at + 1, "owner", tokens.lower[at], "PRP$", cluster))
            current.points.sort(key=lambda point: point.token)

    def _genders_told(self) -> None:
        """Learns from "Anka Reyl, a spokeswoman of X" and "spokesman Rasim Doleth" what names leave open."""
        tokens, told = self.reading.tokens, self.rules.human_gender
        for naming in self.reading.namings:
            if naming.kind != "person" or naming.form != "name" or naming.cluster < 0:
                continue
            if self.gender[naming.cluster]:
                continue
            words = [tokens.lower[naming.first - 1]] if naming.first else []
            after = tokens.lower[naming.last : naming.last + 8]
            if len(after) > 2 and after[0] == "," and after[1] in _APPOSED:
                end = next((i for i, word in enumerate(after) if i and word in _APPOSED_END), len(after))
                words += after[2:end]
            self.gender[naming.cluster] = next((told[word] for word in words if word in told), "")

    def _meant(self, memory: Memory, current: Scene, at: int) -> int:
        word = self.reading.tokens.lower[at]
        if word in self.rules.relative:
            return self._relative(current, at, word)
        if word in self.rules.reflexive:
            return self._reflexive(current, at, word)
        if word in self.rules.thing and self._empty(at, current):
            return -1
        return self._strongest(memory, current, at, word)

    # "who", "which", "whose"

    def _relative(self, current: Scene, at: int, word: str) -> int:
        """The noun right before; for "who" after "the head of Y, ..." the person before that."""
        tokens = self.reading.tokens
        end = at - 1 if at > 0 and tokens.text[at - 1] == "," else at
        comma = end != at
        if word in {"whom", "which"} and at > 0 and tokens.lower[at - 1] in _BEFORE_RELATIVE:
            end = at - 2 if at > 1 and tokens.text[at - 2] == "," else at - 1
        before = [point for point in current.points if point.last == end]
        point = next((point for point in before if point.cluster >= 0 and point.phrase >= 0), None)
        if point is None:
            return -1
        kind = self.kind[point.cluster]
        if word in {"who", "whom"}:
            if kind in {"person", "community"}:
                return point.cluster
            if kind == "organisation" and point.role != OBLIQUE:
                return point.cluster
            return self._person_before(current, point) if comma else -1
        if word == "which":
            if kind in {"organisation", "work"} and (comma or point.role != OBLIQUE):
                return point.cluster
            return point.cluster if kind == "place" and comma and self._stands_alone(point) else -1
        if kind == "person" or (point.role != OBLIQUE and kind in {"organisation", "community"}):
            return point.cluster
        return -1

    def _person_before(self, current: Scene, point: Point) -> int:
        """ "Orel Torvan, the head of Y, who": the person that the apposition describes."""
        persons = [
            p
            for p in current.points
            if p.cluster >= 0 and p.last < point.token and self.kind[p.cluster] == "person"
        ]
        if len(persons) == 1 and point.token - persons[0].last <= 8:
            between = self.reading.tokens.text[persons[0].last : point.token]
            return persons[0].cluster if between[:1] == [","] else -1
        return -1

    def _stands_alone(self, point: Point) -> bool:
        """Whether "X, which" means the place: after "in X" it may as well mean what is there."""
        return point.role != OBLIQUE or self.reading.namings[point.naming].form == "nominal"

    def _reflexive(self, current: Scene, at: int, word: str) -> int:
        gender = self.rules.person.get(word)
        for point in reversed(current.points):
            if point.token < at and point.role == SUBJECT:
                return point.cluster if point.cluster >= 0 and self._fits(point, word, gender) > 0 else -1
        return -1

    # "they" behind "X, Y and Z"

    def _group(self, before: Scene | None, current: Scene, at: int) -> tuple[int, ...]:
        """The people or bodies of the last list of subjects, where nobody else acted since; else ()."""
        for found in (current, before):
            if found is None:
                continue
            acting = [p for p in found.points if p.role == SUBJECT and p.token < at]
            lists = [group for group in coordinations(found, self.kind) if group[-1].token < at]
            if lists and len(lists[-1]) > 1:
                last = lists[-1]
                since = [p for p in acting if p.token > last[-1].token]
                acts = any(point.role == SUBJECT for point in last)
                return tuple(dict.fromkeys(p.cluster for p in last)) if acts and not since else ()
            if acting:
                return ()
        return ()

    # "he", "it", "they"

    def _strongest(self, memory: Memory, current: Scene, at: int, word: str) -> int:
        gender = self.rules.person.get(word)
        barred = self._barred(current, at, word)
        role = next((point.role for point in current.points if point.token == at), "")
        weight: dict[tuple[int, str], float] = defaultdict(float)
        roles: set[tuple[tuple[int, str], int, str]] = set()
        leading: set[int] = set()
        for point, strength in memory.earlier(current, at):
            if point.cluster in barred and point.cluster >= 0:
                continue
            fit = self._fits(point, word, gender)
            if fit <= 0:
                continue
            key = (point.cluster, "" if point.cluster >= 0 else point.word)
            if point.role == SUBJECT and strength >= WEIGHTS[SUBJECT] / 2:
                leading.add(point.cluster)
            # One role counts once a sentence, as repeating a name adds nothing.
            seen = (key, int(strength), point.role)
            if seen in roles:
                continue
            roles.add(seen)
            if role == SUBJECT and point.role == SUBJECT:
                fit *= _PARALLEL
            weight[key] += strength * fit
        for key in weight:
            if key[0] >= 0 and word not in self.rules.plural:
                weight[key] *= 1.0 + _OFTEN * math.log1p(min(self.seen[key[0]], _ENOUGH))
        ahead = self._ahead(current, at, word, gender)
        if ahead is not None:
            # "To protect his X, Y ...": who acts is Y. "In his X, Y ..." leaves more room.
            opening = self.reading.tokens.lower[current.sentence.first]
            weight[ahead.cluster, ""] += 1500.0 if opening == "to" else 400.0
            leading.add(ahead.cluster)
        if not weight:
            return -1
        ranked = sorted(weight.items(), key=lambda item: -item[1])
        (cluster, _), best = ranked[0]
        second = ranked[1][1] if len(ranked) > 1 else 0.0
        if cluster < 0 or best < _FAR or best < second * self._margin(word):
            return -1
        if gender is None and cluster not in leading:
            return -1
        return cluster

    def _margin(self, word: str) -> float:
        if word in self.rules.person:
            return _MARGIN
        return _MARGIN_PLURAL if word in self.rules.plural else _MARGIN_THING

    def _barred(self, current: Scene, at: int, word: str) -> set[int]:
        """The subject of the pronoun's own verb: "X met him" is not X."""
        if word in self.rules.possessive and not self._object_her(current, at, word):
            return set()
        role = next((point.role for point in current.points if point.token == at), "")
        if role == SUBJECT:
            return self._apart(current, at)
        if role not in {OBJECT, OBLIQUE}:
            return set()
        for point in reversed(current.points):
            if point.token < at and point.role == SUBJECT:
                return {point.cluster}
        return set()

    def _apart(self, current: Scene, at: int) -> set[int]:
        """Who stands after "with", "against" ... in the opening words before "he"."""
        opening, lower = current.sentence.first, self.reading.tokens.lower
        found: set[int] = set()
        for point in current.points:
            if (
                point.role == OBLIQUE
                and point.phrase >= 0
                and point.token < at
                and point.token - opening <= 6
            ):
                before = current.parsed.phrases[point.phrase].first - 1
                if before >= opening and lower[before] in self.rules.apart:
                    found.add(point.cluster)
        return found

    def _object_her(self, current: Scene, at: int, word: str) -> bool:
        return word == "her" and any(point.token == at for point in current.points)

    def _ahead(self, current: Scene, at: int, word: str, gender: str | None) -> Point | None:
        """ "In his memoirs, Orel Torvan ...": the subject that follows the opening phrase."""
        if word not in self.rules.possessive or at - current.sentence.first > 6:
            return None
        if any(point.cluster >= 0 and point.token < at for point in current.points):
            return None
        text = self.reading.tokens.text
        comma = next((n for n in range(at, min(at + 10, current.sentence.last)) if text[n] == ","), -1)
        if comma < 0:
            return None
        for point in current.points:
            if point.token > comma:
                fits = point.role == SUBJECT and point.cluster >= 0 and self._fits(point, word, gender) > 0
                return point if fits else None
        return None

    def _fits(self, point: Point, word: str, gender: str | None) -> float:
        """0 when the point cannot be meant, else how well its kind and number fit."""
        if gender is not None:
            return self._fits_person(point, gender)
        kind = self.kind[point.cluster] if point.cluster >= 0 else ""
        if word in self.rules.thing:
            if kind:
                return {"organisation": 1.0, "place": 0.8, "work": 0.9, "event": 0.9}.get(kind, 0.0)
            return 0.9 if point.tag == "NN" and point.word not in self.rules.humans else 0.0
        if kind:
            return {"organisation": 0.7, "community": 1.0}.get(kind, 0.0)
        return 1.0 if point.tag == "NNS" or point.word in {"we", "who", "they"} else 0.0

    def _fits_person(self, point: Point, gender: str) -> float:
        if point.cluster >= 0:
            if self.kind[point.cluster] != "person":
                return 0.0
            own = self.gender[point.cluster]
            if own and own != gender:
                return 0.0
            # In this field a person of whom nothing is said is a man nine times in ten.
            return 1.0 if own or gender == "m" else 0.5
        if point.word in self.rules.humans and point.tag != "NNS":
            own = self.rules.human_gender.get(point.word, "")
            return 0.0 if own and own != gender else 1.0
        return 0.0

    def _empty(self, at: int, current: Scene) -> bool:
        """Whether "it" points to nothing: "it is clear that", "made it possible"."""
        lower, known = self.reading.tokens.lower, self.rules
        if lower[at] != "it":
            return False
        if at and lower[at - 1] in known.empty_after:
            return True
        after = lower[at + 1 : min(at + 9, current.sentence.last)]
        if not after:
            return False
        if after[0] in known.empty_verbs:
            return True
        return after[0] in known.empty_links and any(word in known.empty_words for word in after[1:6])


def _gender(cluster: object) -> str:
    name, aliases = cluster.name, cluster.aliases  # type: ignore[attr-defined]
    for form in (name, *aliases):
        gender = gender_of(form)
        if gender:
            return gender
    return ""
