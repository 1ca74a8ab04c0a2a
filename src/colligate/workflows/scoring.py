"""How well claims agree with reference annotations. Pure: claims and annotations in, numbers out.

A predicted tie counts when its ends are the reference's actors, under any of their names, and its
type is the reference's (strict) or that or an accepted neighbour of it, in either direction
(relaxed). The same triple predicted twice counts once. Order is ignored for symmetric types.
Stance, sources and dates are asked of every claim that is strictly right.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from colligate.model import Actor, Claim, Event, Party, Tie, statements
from colligate.vocabulary import Vocabulary
from colligate.workflows.gold import Gold, GoldEvent, GoldTie, name_folded

Key = tuple[str, str, str]

# Types that careful annotators use for one another.
NEIGHBOURS: tuple[frozenset[str], ...] = tuple(
    frozenset(types.split())
    for types in (
        "leader_of member_of founder_of affiliated_with part_of",
        """allied_with trained_with fought_alongside operated_with supported sheltered met
        associated_with affiliated_with endorsed""",
        "active_in relocated_to national_of",
        "supported sponsored financed sheltered trained",
        "directed recruited trained leader_of",
        "defected_to split_from merged_into member_of affiliated_with",
    )
)
_ALIKE_EVENTS = frozenset({"attack", "plot", "killing"})
LEVELS = ("explicit", "coreference", "inferred")


@dataclass(frozen=True, slots=True)
class Share:
    """``right`` of ``of``. The share of nothing is 0."""

    right: int
    of: int

    @property
    def value(self) -> float:
        return self.right / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Agreement:
    """Precision over what was predicted, recall over what the reference holds."""

    precision: Share
    recall: Share

    @property
    def f1(self) -> float:
        p, r = self.precision.value, self.recall.value
        return 2 * p * r / (p + r) if p + r else 0.0


@dataclass(frozen=True, slots=True)
class Scores:
    """Everything measured on one text. ``by_level`` holds (strict, relaxed) recall.

    ``unfounded``: of the strictly right ties with a date, those to which the reference gives none.
    ``attribution`` and ``dates`` ask whether the reference has our source or year at any statement of the
    tie; ``own_attribution`` and ``own_dates`` only where the reference's statement is ours: one quote holds
    the other.
    """

    strict: Agreement
    relaxed: Agreement
    without_presence: Agreement
    by_level: Mapping[str, tuple[Share, Share]]
    by_type: Mapping[str, Agreement]
    actors: Share
    events: Agreement
    stance: Share
    attribution: Share
    dates: Share
    unfounded: Share
    own_attribution: Share
    own_dates: Share

    @property
    def macro_f1(self) -> float:
        """The mean F1 over the types with five reference ties or more."""
        counted = [agreement.f1 for agreement in self.by_type.values() if agreement.recall.of >= 5]
        return sum(counted) / len(counted) if counted else 0.0


def claims_score(claims: Sequence[Claim], gold: Gold, vocabulary: Vocabulary) -> Scores:
    """Scores the claims of one text."""
    linker = _Linker(gold)
    symmetric = frozenset(name for name, tie in vocabulary.ties.items() if tie.symmetric)
    ties = _TieScorer(gold.ties, linker, symmetric)
    for claim in claims:
        if isinstance(claim, Tie):
            ties.add(claim)
    presence = frozenset({"active_in", "opposed"})
    every = frozenset(key[0] for key in ties.reference) | ties.made.keys()
    return Scores(
        strict=ties.agreement(every),
        relaxed=Agreement(
            Share(ties.relaxed_right, ties.made.total()), Share(len(ties.relaxed_hit), len(ties.reference))
        ),
        without_presence=ties.agreement(every - presence),
        by_level={level: ties.level(level) for level in LEVELS},
        by_type={name: ties.agreement({name}) for name in ties.types()},
        actors=_actors(claims, gold, linker),
        events=_events([claim for claim in claims if isinstance(claim, Event)], gold.events, linker),
        stance=Share(ties.stance_right, ties.matched),
        attribution=Share(ties.sources_right, ties.sourced),
        dates=Share(ties.dates_right, ties.dated),
        unfounded=Share(ties.unfounded, ties.given),
        own_attribution=Share(ties.own_sources_right, ties.own_sourced),
        own_dates=Share(ties.own_dates_right, ties.own_dated),
    )


def verdicts(claims: Sequence[Claim], gold: Gold, vocabulary: Vocabulary) -> list[bool]:
    """Whether each claim is right: of a tie type and both ends, of an event type and words or parties."""
    linker = _Linker(gold)
    symmetric = frozenset(name for name, tie in vocabulary.ties.items() if tie.symmetric)
    ties = _TieScorer(gold.ties, linker, symmetric)
    found = []
    for claim in claims:
        if isinstance(claim, Tie):
            found.append(ties.exact(claim) is not None)
        else:
            found.append(_events([claim], gold.events, linker).precision.value > 0)
    return found


class _Linker:
    """Which of the reference's actors a predicted party is: the name decides, else mention and aliases."""

    def __init__(self, gold: Gold) -> None:
        self.ids: dict[str, set[str]] = defaultdict(set)
        for entity in gold.entities:
            for name in entity.names:
                if folded := name_folded(name):
                    self.ids[folded].add(entity.id)

    def of_name(self, name: str) -> set[str]:
        return self.ids.get(name_folded(name), set())

    def of_party(self, party: Party) -> set[str]:
        by_name = self.of_name(party.actor.name)
        if by_name:
            return by_name
        others = (party.mention.quote, *party.actor.aliases)
        return set().union(*(self.of_name(name) for name in others))

    def of_source(self, name: str) -> set[str]:
        """A source is an actor or, where it is none, its own folded name."""
        folded = name_folded(name)
        return self.ids.get(folded, {folded})


class _TieScorer:
    """Counts over the ties of one text, one predicted tie after the other."""

    def __init__(self, ties: Iterable[GoldTie], linker: _Linker, symmetric: frozenset[str]) -> None:
        self.linker = linker
        self.symmetric = symmetric
        self.reference: dict[Key, list[GoldTie]] = defaultdict(list)
        self.types_of_pair: dict[frozenset[str], set[str]] = defaultdict(set)
        for tie in ties:
            key = self.key(tie.type, tie.subject, tie.object)
            self.reference[key].append(tie)
            self.types_of_pair[frozenset(key[1:])].add(tie.type)
        self.seen: set[Key] = set()
        self.strict_hit: set[Key] = set()
        self.relaxed_hit: set[Key] = set()
        self.made: Counter[str] = Counter()
        self.right: Counter[str] = Counter()
        self.relaxed_right = self.matched = self.stance_right = 0
        self.sourced = self.sources_right = self.dated = self.dates_right = self.given = self.unfounded = 0
        self.own_sourced = self.own_sources_right = self.own_dated = self.own_dates_right = 0

    def key(self, type_: str, subject: str, object_: str) -> Key:
        if type_ in self.symmetric:
            subject, object_ = sorted((subject, object_))
        return type_, subject, object_

    def _pairs(self, tie: Tie) -> list[tuple[str, str]]:
        return [
            (subject, object_)
            for subject in sorted(self.linker.of_party(tie.subject))
            for object_ in sorted(self.linker.of_party(tie.object))
        ]

    def exact(self, tie: Tie) -> Key | None:
        """The reference's key of the tie, None where the reference has none."""
        keys = (self.key(tie.type, *pair) for pair in self._pairs(tie))
        return next((key for key in keys if key in self.reference), None)

    def add(self, tie: Tie) -> None:
        signature = self.key(
            tie.type, name_folded(tie.subject.actor.name), name_folded(tie.object.actor.name)
        )
        first = signature not in self.seen
        self.seen.add(signature)
        self.made[tie.type] += first
        pairs = self._pairs(tie)
        exact = self.exact(tie)
        if exact is not None:
            self.right[tie.type] += first
            self.strict_hit.add(exact)
            self._details(tie, self.reference[exact])
        near = [
            (type_, subject, object_)
            for subject, object_ in pairs
            for type_ in self.types_of_pair.get(frozenset((subject, object_)), ())
            if type_ == tie.type or any({type_, tie.type} <= alike for alike in NEIGHBOURS)
        ]
        self.relaxed_right += first and bool(near)
        for type_, subject, object_ in near:
            both_ways = {self.key(type_, subject, object_), self.key(type_, object_, subject)}
            self.relaxed_hit |= both_ways & self.reference.keys()

    def _details(self, tie: Tie, references: list[GoldTie]) -> None:
        self.matched += 1
        self.stance_right += any(tie.stance == reference.stance for reference in references)
        if any(reference.attribution for reference in references):
            self.sourced += 1
            self.sources_right += self._same_source(tie, references)
        dated = any(reference.date for reference in references)
        if tie.when is not None:
            self.given += 1
            self.unfounded += not dated
        if dated:
            self.dated += 1
            self.dates_right += _same_year(tie, references)
        quotes = [name_folded(evidence.quote) for evidence in statements(tie)[0]]
        own = [
            reference
            for reference in references
            if (theirs := name_folded(reference.quote)) and any(theirs in q or q in theirs for q in quotes)
        ]
        if any(reference.attribution for reference in own):
            self.own_sourced += 1
            self.own_sources_right += self._same_source(tie, own)
        if any(reference.date for reference in own):
            self.own_dated += 1
            self.own_dates_right += _same_year(tie, own)

    def _same_source(self, tie: Tie, references: list[GoldTie]) -> bool:
        ours = set().union(*(self.linker.of_source(link.name) for link in tie.attribution))
        theirs = {source for reference in references for source in reference.attribution}
        return bool(ours & (theirs | set(map(name_folded, theirs))))

    def types(self) -> list[str]:
        """The reference's types, the most frequent first."""
        return [name for name, _ in Counter(key[0] for key in self.reference).most_common()]

    def agreement(self, types: Iterable[str]) -> Agreement:
        of_types = set(types)
        keys = {key for key in self.reference if key[0] in of_types}
        return Agreement(
            Share(sum(self.right[name] for name in of_types), sum(self.made[name] for name in of_types)),
            Share(len(keys & self.strict_hit), len(keys)),
        )

    def level(self, level: str) -> tuple[Share, Share]:
        keys = {key for key, ties in self.reference.items() if any(tie.level == level for tie in ties)}
        return Share(len(keys & self.strict_hit), len(keys)), Share(len(keys & self.relaxed_hit), len(keys))


def _same_year(tie: Tie, references: list[GoldTie]) -> bool:
    ours = _years(tie.when.edtf) if tie.when is not None else set()
    return any(ours & _years(reference.date) for reference in references)


def _years(edtf: str) -> set[str]:
    return set(re.findall(r"[12]\d[\dX]{2}", edtf))


def actors_named(actors: Iterable[Actor], gold: Gold) -> Share:
    """Persons and organisations of the reference among all actors that the document was found to name."""
    linker = _Linker(gold)
    core = {entity.id for entity in gold.entities if entity.kind in {"person", "organisation"}}
    named = (linker.of_name(name) for actor in actors for name in (actor.name, *actor.aliases))
    return Share(len(core & set().union(*named)), len(core))


def _actors(claims: Iterable[Claim], gold: Gold, linker: _Linker) -> Share:
    """Persons and organisations of the reference that stand in any claim."""
    core = {entity.id for entity in gold.entities if entity.kind in {"person", "organisation"}}
    found: set[str] = set()
    for claim in claims:
        for party in (claim.subject, claim.object) if isinstance(claim, Tie) else claim.parties():
            found |= linker.of_party(party)
    return Share(len(found & core), len(core))


def _events(events: Sequence[Event], reference: Sequence[GoldEvent], linker: _Linker) -> Agreement:
    """An event counts when its type agrees and it is told by the same words: one quote holds the
    other, or they share a participant and a good part of their letters, or two participants."""
    quotes = [name_folded(event.quote) for event in reference]
    used: set[int] = set()
    right = 0
    for event in events:
        fillers = set().union(*(linker.of_party(party) for party in event.parties()))
        quote = name_folded(" ".join(evidence.quote for evidence in event.evidence))
        alike = [
            index
            for index, candidate in enumerate(reference)
            if _same_type(event.type, candidate.type)
            and _same_event(fillers, quote, candidate.fillers, quotes[index])
        ]
        if alike:
            right += 1
            fresh = [index for index in alike if index not in used]
            used.add(fresh[0] if fresh else alike[-1])
    return Agreement(Share(right, len(events)), Share(len(used), len(reference)))


def _same_type(one: str, other: str) -> bool:
    return one == other or {one, other} <= _ALIKE_EVENTS


def _same_event(ours: set[str], our_quote: str, theirs: frozenset[str], their_quote: str) -> bool:
    shared = len(ours & theirs)
    contained = their_quote in our_quote or our_quote in their_quote
    if shared:  # four pieces of four letters in common, cut from the beginning as the reference scorer does
        pieces = set(re.findall("....", our_quote)) & set(re.findall("....", their_quote))
        return shared >= 2 or contained or len(pieces) > 3
    return bool(our_quote) and contained
