"""Where patterns and model meet: one place decides, from both scores, what is claimed and how surely.

A pattern's claim and a proposal of the model are one claim when type, actors and sentence are the
same. The pattern's wording of it is kept then (its quote and its ends, and so its id), the model adds
what it sees around it. Each claim says in its method what it rests on.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import chain

from colligate.extract.actor_book import ActorBook
from colligate.extract.attribution import attribution_for, attributions
from colligate.extract.base import Naming, Reading
from colligate.extract.neural.calibration import Calibration, Signs
from colligate.extract.neural.judging import JUDGED, Circumstances, EventProposal, Proposals, TieProposal
from colligate.extract.neural.model import ReadingModel
from colligate.model import Attribution, Basis, Claim, Event, Evidence, Mention, Party, Tie, When

# Less sure than this, it is not even kept as a suggestion.
LEAST = 0.1
LONGEST_QUOTE = 400  # characters; two ends that stand further apart are shown each in its place
# A date or a source that the model alone sees is taken from here on; where a pattern saw the claim and gave
# it none, only when the model is surer still.
DATE_SURE, DATE_SURE_AGAINST = 0.35, 0.5
SOURCE_SURE = 0.6
TIMELESS = frozenset({"national_of", "kin_of"})
PLACE_ROLES = frozenset({"place", "origin"})
Key = tuple[str, int, int, int]


@dataclass(slots=True)
class _Stated:
    """One tie in one sentence, by whom it was seen; of several proposals the surest."""

    pattern: Tie | None = None
    proposal: TieProposal | None = None


@dataclass(slots=True)
class Found:
    """A tie with all that speaks for it, before it is weighed: what training calibrates on."""

    key: Key
    stated: _Stated
    signs: Signs


class DecideStage:
    """Replaces the patterns' claims by those of both, each with its probability."""

    name = "decide"
    needs = frozenset(
        {
            "document",
            "vocabulary",
            "tokens",
            "sentences",
            "namings",
            "clusters",
            "dates",
            "speeches",
            "claims",
        }
    )
    gives = frozenset({"claims"})

    def __init__(self, model: ReadingModel) -> None:
        self._model = model
        held = model.manifest["calibration"]
        self._ties, self._events = Calibration.of(held["ties"]), Calibration.of(held["events"])

    def run(self, reading: Reading) -> None:
        if JUDGED not in reading.kept:
            return
        decider = Decider(reading, reading.kept[JUDGED], self._model.name)
        made: list[Claim] = [*decider.ties(self._ties.probability), *decider.events(self._events.probability)]
        # A sentence that stands twice makes two claims of one id: both are evidence.
        unique: dict[tuple[str, int], Claim] = {}
        for claim in made:
            place = claim.id, claim.evidence[0].start
            before = unique.get(place)
            if before is None or claim.basis.score > before.basis.score:
                unique[place] = claim
        reading.claims = sorted(
            unique.values(), key=lambda claim: (claim.evidence[0].start, claim.kind, claim.type, claim.id)
        )


def ends_another(when: When, last: int) -> bool:
    """Whether a date only ends something, and not what is told behind it, at the character ``last``: in "Orm
    led the front until 2009, when Tal took over" Tal's time begins where Orm's ends."""
    ends = when.start_earliest is None and when.start_latest is None and when.end_earliest is not None
    return ends and last > when.start


class Decider:
    """Decides over one reading's claims and proposals."""

    def __init__(self, reading: Reading, proposals: Proposals, model: str) -> None:
        self.reading, self.proposals, self.model = reading, proposals, model
        self.book = ActorBook(reading)
        self._namings = {(naming.start, naming.end): naming for naming in reading.namings}
        self._first = [sentence.start for sentence in reading.sentences]
        self._spoken: dict[tuple[int, int], tuple[str, str]] = {}  # a speaker's place -> cue and kind
        for speech in reading.speeches:
            if speech.naming >= 0:
                naming = reading.namings[speech.naming]
                self._spoken.setdefault((naming.start, naming.end), (speech.cue, speech.source_kind))

    def _sentence(self, place: int) -> int:
        return max(bisect_right(self._first, place) - 1, 0)

    # ties

    def found(self) -> list[Found]:
        """Every tie that patterns or model see, once a sentence, with its signs."""
        ties: defaultdict[Key, _Stated] = defaultdict(_Stated)
        clusters = self.book.clusters()
        symmetric = {name for name, tie in self.reading.vocabulary.ties.items() if tie.symmetric}

        def key_of(name: str, one: int, two: int, sentence: int) -> Key:
            if name in symmetric and one > two:
                one, two = two, one
            return name, one, two, sentence

        for claim in self.reading.claims:
            if isinstance(claim, Tie):
                one, two = clusters[claim.subject.actor.id], clusters[claim.object.actor.id]
                at = self._sentence(max(claim.subject.mention.start, claim.object.mention.start))
                ties[key_of(claim.type, one, two, at)].pattern = claim
        for proposal in self.proposals.ties:
            subject, target = proposal.subject, proposal.object
            at = self._sentence(max(subject.start, target.start))
            for one in _clusters(subject):
                for two in _clusters(target):
                    kinds = self.reading.clusters[one].kind, self.reading.clusters[two].kind
                    if one == two or not self.reading.vocabulary.ties[proposal.type].allows(*kinds):
                        continue
                    stated = ties[key_of(proposal.type, one, two, at)]
                    if stated.proposal is None or stated.proposal.score < proposal.score:
                        stated.proposal = proposal
        best: dict[tuple[str, int, int], float] = {}
        times: dict[tuple[str, int, int], int] = {}
        for key, stated in ties.items():
            score = stated.proposal.score if stated.proposal else 0.0
            best[key[:3]] = max(best.get(key[:3], 0.0), score)
            times[key[:3]] = times.get(key[:3], 0) + (score >= 0.2 or stated.pattern is not None)
        return [
            Found(key, stated, self._signs(key, stated, best[key[:3]], max(times[key[:3]], 1)))
            for key, stated in ties.items()
        ]

    def _signs(self, key: Key, stated: _Stated, best: float, times: int) -> Signs:
        across, ends = False, self._ends(stated)
        if stated.proposal is not None:
            across = self._sentence(ends[0].start) != self._sentence(ends[1].start)
        actors = [self.reading.clusters[cluster] for cluster in key[1:3]]
        return Signs(
            key[0],
            stated.proposal.score if stated.proposal else 0.0,
            stated.pattern.basis.score if stated.pattern else 0.0,
            across,
            best,
            times,
            pronoun=any(end.form == "pronoun" for end in ends),
            sure=min((end.sure for end in ends), default=1.0),
            named=max(min(len(actor.namings) for actor in actors), 1),
            nominal=any(end.form == "nominal" for end in ends),
            community=any(actor.kind == "community" for actor in actors),
        )

    def _ends(self, stated: _Stated) -> list[Naming]:
        if stated.proposal is not None:
            return [stated.proposal.subject, stated.proposal.object]
        if stated.pattern is None:
            return []
        places = (
            (end.mention.start, end.mention.end) for end in (stated.pattern.subject, stated.pattern.object)
        )
        return [self._namings[place] for place in places if place in self._namings]

    def ties(self, probability: Callable[[Signs], float]) -> Iterable[Tie]:
        """The ties that are sure enough to be kept, as suggestions at least."""
        for found in self.found():
            score = probability(found.signs)
            if score < LEAST:
                continue
            stated = found.stated
            basis = Basis(self._method(stated.pattern, stated.proposal), round(score, 3))
            if stated.pattern is not None:
                yield self._with_model(stated.pattern, stated.proposal, basis)
            elif stated.proposal is not None:
                yield self._tie(found.key, stated.proposal, basis)

    def _method(self, pattern: Tie | Event | None, proposal: TieProposal | EventProposal | None) -> str:
        parts = []
        if pattern is not None:
            parts.append(f"{pattern.basis.method} {pattern.basis.score:.2f}")
        if proposal is not None:
            place = proposal.focus if isinstance(proposal, TieProposal) else (proposal.start, proposal.end)
            word = " ".join(self.reading.document.text[place[0] : place[1]].split())
            parts.append(f"model:{self.model} {proposal.score:.2f} {word!r}")
        return "; ".join(parts)

    def _with_model(self, pattern: Tie, proposal: TieProposal | None, basis: Basis) -> Tie:
        if proposal is None or proposal.around is None:
            return replace(pattern, basis=basis)
        around, shown = proposal.around, pattern.evidence[0]
        last = max(pattern.subject.mention.start, pattern.object.mention.start)
        return replace(
            pattern,
            basis=basis,
            stance=self._stance(pattern.stance, around),
            when=pattern.when
            or (None if pattern.type in TIMELESS else self._when(around, last, DATE_SURE_AGAINST)),
            attribution=pattern.attribution
            or self._attribution(around, shown.start, shown.end, proposal.focus[0]),
        )

    def _tie(self, key: Key, proposal: TieProposal, basis: Basis) -> Tie:
        subject, target = proposal.subject, proposal.object
        evidence = self._evidence([subject, target], proposal.focus)
        around = proposal.around
        assert around is not None  # noqa: S101 - every proposal is judged with its circumstances
        one, two = key[1], key[2]
        if one not in _clusters(subject):
            one, two = two, one
        return Tie.of(
            proposal.type, self.book.party(subject, one), self.book.party(target, two), evidence,
            stance=self._stance("asserted", around),
            attribution=self._attribution(
                around, evidence[0].start, evidence[0].end, self._said(evidence[0], proposal.focus, target)
            ),
            when=None
            if proposal.type in TIMELESS
            else self._when(around, max(subject.start, target.start)),
            basis=basis,
        )  # fmt: skip

    # events

    def events(self, probability: Callable[[Signs], float]) -> Iterable[Event]:
        """The events of both; where their triggers are one, the one with more parties, by the surer roles."""
        left: defaultdict[int, list[Event]] = defaultdict(list)  # by sentence: a trigger stands in one
        for claim in self.reading.claims:
            if isinstance(claim, Event):
                left[self._sentence(claim.trigger.start)].append(claim)
        for proposal in self.proposals.events:
            event = self._event(proposal)
            if event is None:
                continue
            near = left[self._sentence(proposal.start)]
            pattern = next((e for e in near if _one_event(e, proposal)), None)
            if pattern is not None:
                near.remove(pattern)
                event = _merged(pattern, event, self.reading.vocabulary.events[pattern.type].roles)
            score = probability(
                Signs(
                    proposal.type,
                    proposal.score,
                    pattern.basis.score if pattern else 0.0,
                    False,
                    proposal.score,
                    1,
                )
            )
            if score >= LEAST:
                yield replace(event, basis=Basis(self._method(pattern, proposal), round(score, 3)))
        for pattern in chain.from_iterable(left.values()):
            score = probability(Signs(pattern.type, 0.0, pattern.basis.score, False, 0.0, 1))
            if score >= LEAST:
                yield replace(pattern, basis=Basis(self._method(pattern, None), round(score, 3)))

    def _event(self, proposal: EventProposal) -> Event | None:
        roles: dict[str, tuple[Party, ...]] = {}
        namings: list[Naming] = []
        for role in self.reading.vocabulary.events[proposal.type].roles:
            parties: dict[int, Party] = {}
            for naming, _score in sorted(proposal.roles.get(role, ()), key=lambda pair: -pair[1]):
                if role in PLACE_ROLES and naming.kind != "place":
                    continue
                for cluster in _clusters(naming):
                    if cluster not in parties:
                        parties[cluster] = self.book.party(naming, cluster)
                        namings.append(naming)
            if parties:
                roles[role] = tuple(parties.values())
        if not roles or set(roles) <= PLACE_ROLES:
            return None
        around = proposal.around
        text = self.reading.document.text
        place = (proposal.start, proposal.end)
        near = [n for n in namings if self._sentence(n.start) == self._sentence(place[0])]
        start = min([place[0], *(n.start for n in near)])
        end = max([place[1], *(n.end for n in near)])
        where = roles.get("place", ())
        return Event.of(
            proposal.type, Mention(*place, text[place[0] : place[1]], "trigger"), roles,
            self.book.evidence(start, end, namings),
            outcome=around.outcome, stance=self._stance("asserted", around),
            attribution=self._attribution(around, start, end, place[0]),
            when=self._when(around, place[0]), where=where[0] if where else None,
        )  # fmt: skip

    @staticmethod
    def _said(evidence: Evidence, focus: tuple[int, int], target: Naming) -> int:
        """The place of a tie in the text: the word looked at, where that is in the quote."""
        return focus[0] if evidence.start <= focus[0] < evidence.end else target.start

    # what both share

    def _evidence(self, ends: list[Naming], focus: tuple[int, int]) -> tuple[Evidence, ...]:
        low, high = sorted(ends, key=lambda naming: naming.start)
        start, end = low.start, max(naming.end for naming in ends)
        sentence = self.reading.sentences[self._sentence(high.start)]
        if sentence.start <= focus[0] and focus[1] <= sentence.end:
            start, end = min(start, focus[0]), max(end, focus[1])
        if end - start <= LONGEST_QUOTE or self._sentence(low.start) == self._sentence(high.start):
            return self.book.evidence(start, end, ends)
        first = min(high.start, focus[0]) if sentence.start <= focus[0] < sentence.end else high.start
        last = max(high.end, focus[1]) if sentence.start < focus[1] <= sentence.end else high.end
        shown = self.book.evidence(first, last, ends)
        there = Evidence.of(self.reading.document, low.start, low.end)
        return shown if there in shown else (*shown, there)

    def _stance(self, ruled: str, around: Circumstances) -> str:
        return around.stance if ruled == "asserted" and around.stance_score > 0.5 else ruled

    def _when(self, around: Circumstances, last: int, least: float = DATE_SURE) -> When | None:
        """The date that the model sees for a claim whose words go on to the character ``last``."""
        if around.date < 0 or around.date_score < least:
            return None
        when = self.reading.dates[around.date]
        return None if ends_another(when, last) else when

    def _attribution(self, around: Circumstances, start: int, end: int, said: int) -> tuple[Attribution, ...]:
        """The chain of the speeches that hold the character ``said`` of the evidence; where there is none,
        those whom the model takes for the sources."""
        token = max(bisect_right(self.reading.tokens.start, said) - 1, 0)
        told = attribution_for(self.reading, start, end, trigger=token)
        if told:
            return attributions(told, self.book.speaker)
        made: dict[str, Attribution] = {}
        for naming, score in around.sources:
            if score < SOURCE_SURE or naming.cluster < 0:
                continue
            actor = self.book.actor(naming.cluster)
            if actor.id not in made:
                cue, kind = self._spoken.get((naming.start, naming.end), ("", "insider"))
                made[actor.id] = Attribution(actor.name, cue, kind, actor.id)
        return tuple(made.values())


def _clusters(naming: Naming) -> tuple[int, ...]:
    return tuple(cluster for cluster in (naming.cluster, *naming.also) if cluster >= 0)


def _one_event(event: Event, proposal: EventProposal) -> bool:
    close = event.type == proposal.type or {event.type, proposal.type} <= {"attack", "plot", "killing"}
    return close and event.trigger.start < proposal.end and proposal.start < event.trigger.end


def _merged(pattern: Event, event: Event, allowed: tuple[str, ...]) -> Event:
    """The pattern's event with the roles that only the model fills; ``allowed`` are those of its type, for
    the model may see a killing where the pattern sees an attack."""
    held, more = dict(pattern.roles), dict(event.roles)
    roles = {role: held.get(role) or more.get(role, ()) for role in allowed}
    return replace(
        pattern, roles=tuple((role, parties) for role, parties in roles.items() if parties),
        when=pattern.when or event.when, where=pattern.where or event.where,
        attribution=pattern.attribution or event.attribution,
        stance=event.stance if pattern.stance == "asserted" else pattern.stance,
    )  # fmt: skip
