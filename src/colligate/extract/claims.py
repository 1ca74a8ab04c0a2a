"""The last stage: clauses meet rules, and every match becomes a claim that shows its words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace

from colligate.extract.actor_book import ActorBook
from colligate.extract.attribution import attribution_for, attributions
from colligate.extract.base import Naming, Reading, Sentence
from colligate.extract.countries import country_of
from colligate.extract.dating import date_for
from colligate.extract.matching import Match, Matcher
from colligate.extract.parties import Ref
from colligate.extract.phrases import parse
from colligate.extract.prose import is_prose
from colligate.extract.rules import GivesEvent, RuleBook, rules_for
from colligate.extract.stance import outcome_of, stance_of
from colligate.extract.words import end_weights, word_lists
from colligate.model import Attribution, Basis, Event, Evidence, Mention, Party, Tie, When
from colligate.values.dates import beginning, ending
from colligate.values.numbers import casualties, find_counts

LONGEST = 250  # tokens; the longest real sentence of the annotated texts has about 150
# Ends reached by a long way (an owner's owner, a pronoun) make weaker claims; below this, none.
LEAST_SCORE = 0.35
# These do not begin or end with the date that stands beside them.
TIMELESS = frozenset({"national_of", "kin_of"})
# A country's name stands for its state, its land or its people: the first reading is a guess.
STATE_WEIGHT = 0.8
# Events in which people are killed and wounded; an attack that did not come about is a plot.
BLOODY = frozenset({"attack", "killing", "military_operation", "plot"})
UNDONE = frozenset({"foiled", "failed", "dropped"})


PLACE_ROLES = frozenset({"place", "origin"})
WORK_ROLES = frozenset({"work", "subject"})
PASSIVE_ROLES = frozenset({"target", "victim", "subject", "trainee", "instrument", "work"})
# Of more names in one list than this, not each is tied to each.
MOST_SIDES = 4
End = tuple[Ref, Naming]


class ClaimStage:
    """Fills claims."""

    name = "claims"
    needs = frozenset(
        {"document", "vocabulary", "tokens", "sentences", "namings", "clusters", "dates", "speeches"}
    )
    gives = frozenset({"claims"})

    def __init__(self, book: RuleBook | None = None) -> None:
        self._book = book

    def run(self, reading: Reading) -> None:
        book = self._book or rules_for(reading.vocabulary)
        reading.claims = ClaimMaker(reading, book).claims()


@dataclass(slots=True)
class _Circumstances:
    """What holds for every claim of one match, worked out when its first claim is made."""

    match: Match
    sentence: Sentence
    stance: str = ""
    attribution: tuple[Attribution, ...] = ()


class ClaimMaker:
    """Makes the claims of one reading. Each is made once per sentence, by its best rule."""

    def __init__(self, reading: Reading, book: RuleBook) -> None:
        self.reading = reading
        self.matcher = Matcher(reading, book)
        self._book = ActorBook(reading)
        self._acting: dict[int, bool] = {}
        self._weights = end_weights()
        self._buildings = word_lists()["buildings"]
        self._houses = word_lists()["houses"]
        self._standing = word_lists()["standing_words"]
        self._becoming = word_lists()["becoming_words"]
        self._ties: dict[tuple[str, int, int, int], Tie] = {}
        self._events: dict[tuple[str, int], Event] = {}

    def claims(self) -> list[Tie | Event]:
        """All claims, in order of the text."""
        starts = [naming.first for naming in self.reading.namings]
        lower = self.reading.tokens.lower
        for sentence in self.reading.sentences:
            low = bisect_left(starts, sentence.first)
            high = bisect_left(starts, sentence.last)
            if low == high or not is_prose(lower, sentence.first, sentence.last):
                continue
            for piece in self._pieces(sentence):
                inside = [n for n in range(low, high) if piece.first <= starts[n] < piece.last]
                for match in self.matcher.matches(parse(self.reading, piece, inside)):
                    self._make(_Circumstances(match, sentence))
            self._count(sentence)
        made: list[Tie | Event] = [*self._ties.values(), *self._events.values()]
        unique = {claim.id: claim for claim in made}
        return sorted(unique.values(), key=lambda claim: (claim.evidence[0].start, claim.kind, claim.type))

    def _pieces(self, sentence: Sentence) -> Iterator[Sentence]:
        """The sentence, or pieces of it where it is no sentence (a table, a list, 1 MB on one line).

        Finding arguments costs the square of the length; pieces end at a comma or semicolon if they can.
        """
        tokens, first = self.reading.tokens, sentence.first
        while sentence.last - first > LONGEST:
            cut = first + LONGEST
            marks = [
                n for n in range(cut, first + LONGEST // 2, -1) if tokens.lower[n - 1] in (";", ",", "|")
            ]
            cut = marks[0] if marks else cut
            yield Sentence(sentence.index, first, cut, tokens.start[first], tokens.end[cut - 1])
            first = cut
        yield Sentence(sentence.index, first, sentence.last, tokens.start[first], sentence.end)

    def _make(self, circumstances: _Circumstances) -> None:
        match = circumstances.match
        if any(not match.arguments.get(name) for name in match.rule.needs):
            return
        for tie in match.rule.ties:
            subjects = self._ends(match.arguments.get(tie.subject, []))
            objects = self._ends(match.arguments.get(tie.object, []))
            if tie.object in match.rule.land:
                objects = [end for end in objects if not self._acts(end[1])]
            if tie.subject == tie.object or (tie.mutual and not objects):
                if len({end[1].cluster for end in subjects}) > MOST_SIDES:
                    continue  # who of a long list is tied to whom, no sentence says
                pairs = [(a, b) for a in subjects for b in subjects if a is not b]
            else:
                pairs = [(a, b) for a in subjects for b in objects]
            for subject, target in pairs:
                self._tie(tie.type, subject, target, circumstances)
        for name in match.rule.presence:
            for subject in self._ends(match.arguments.get(name, [])):
                for place in self._ends(match.places):
                    self._presence(subject, place, circumstances)
        if match.rule.event is not None:
            self._event(match.rule.event, circumstances)

    def _ends(self, refs: list[Ref]) -> list[End]:
        """The mentions behind the refs; a plural that stands for several actors counts once for each."""
        ends: list[End] = []
        for ref in refs:
            naming = self.reading.namings[ref.naming]
            ends.append((ref, naming))
            for cluster in naming.also:
                kind = self.reading.clusters[cluster].kind
                ends.append((ref, replace(naming, cluster=cluster, kind=kind, also=())))
        return ends

    def _presence(self, subject: End, place: End, circumstances: _Circumstances) -> None:
        """Being where something happened; what was planned or denied shows nobody there."""
        if self._settle(circumstances).stance not in ("planned", "denied"):
            self._tie("active_in", subject, place, circumstances)

    def _settle(self, circumstances: _Circumstances) -> _Circumstances:
        if not circumstances.stance:
            match, tokens = circumstances.match, self.reading.tokens
            start, end = tokens.start[match.first], tokens.end[match.last - 1]
            found, _ = stance_of(self.reading, start, end, match.head)
            circumstances.stance = match.rule.stance or found
            chain = attribution_for(self.reading, start, end, trigger=match.head)
            circumstances.attribution = attributions(chain, self._book.speaker)
        return circumstances

    def _tie(self, type_name: str, subject: End, target: End, circumstances: _Circumstances) -> bool:
        one, two = subject[1], target[1]
        tie_type = self.reading.vocabulary.ties.get(type_name)
        if tie_type is None or one.cluster == two.cluster or one.cluster < 0 or two.cluster < 0:
            return False
        if not tie_type.allows(one.kind, two.kind) or not self._acts(one):
            return False
        if tie_type.family == "conflict" and not self._targetable(two):
            return False
        rule = circumstances.match.rule
        told = bool(rule.roles or rule.owned) or type_name == "national_of"
        if tie_type.family == "place" and two.adjective and not told:
            return False
        if type_name == "active_in":
            told = told or (bool(rule.beside) and one.form == "name")
            if self._settle(circumstances).stance in ("planned", "denied") and not told:
                return False  # where somebody means to be, nobody is seen
            if one.kind == "organisation" and self.reading.tokens.lower[one.last - 1] in self._houses:
                return False  # an embassy or a shrine stands in its town, and does nothing there
        if tie_type.family not in ("place", "conflict") and not self._acts(two):
            return False
        score = circumstances.match.rule.score * subject[0].weight * target[0].weight
        score *= self._weight(one) * self._weight(two)
        if one.kind == "place" and tie_type.family != "place":
            score *= STATE_WEIGHT
        if score < LEAST_SCORE:
            return False
        ends = (one.cluster, two.cluster)
        if tie_type.symmetric:
            ends = (min(ends), max(ends))
        key = (type_name, *ends, circumstances.sentence.index)
        before = self._ties.get(key)
        if before is not None:
            # Two rules read one tie off one sentence: a denial that one of them sees is not dropped.
            denied, before_denied = self._settle(circumstances).stance == "denied", before.stance == "denied"
            if before_denied > denied or (before_denied == denied and before.basis.score >= score):
                return True
        match = circumstances.match
        self._ties[key] = Tie.of(
            type_name, self._book.party(one), self._book.party(two), self._evidence(match, [one, two]),
            stance=self._settle(circumstances).stance, attribution=circumstances.attribution,
            when=None if type_name in TIMELESS else self._when(match, [one, two]),
            basis=Basis("pattern:" + match.rule.name, round(score, 3)),
        )  # fmt: skip
        return True

    def _weight(self, naming: Naming) -> float:
        bare = naming.last - naming.first == 1
        if bare and naming.first and self.reading.tokens.lower[naming.first - 1] in ("the", "these", "those"):
            bare = False  # "the rebels" are known to the text, "rebels" may be any
        return self._weights[naming.kind, naming.form, bare]

    def _acts(self, naming: Naming) -> bool:
        """Whether a mention can act: of places only states do ("Telm attacked" is a misreading)."""
        if naming.kind != "place" or naming.adjective:
            return True
        known = self._acting.get(naming.cluster)
        if known is None:
            cluster = self.reading.clusters[naming.cluster]
            known = any(country_of(name) for name in (cluster.name, *cluster.aliases)) or any(
                # What has an adjective of its own ("Telmian forces") is a land, listed or not.
                self.reading.namings[number].adjective
                for number in cluster.namings
            )
            self._acting[naming.cluster] = known
        return known

    def _targetable(self, naming: Naming) -> bool:
        """Whether a mention can be an enemy: a state, or a building, but no town."""
        last = self.reading.tokens.lower[naming.last - 1]
        return self._acts(naming) or last in self._buildings

    def _event(self, gives: GivesEvent, circumstances: _Circumstances) -> None:
        match = circumstances.match
        allowed = self.reading.vocabulary.events[gives.type].roles
        roles: dict[str, tuple[Party, ...]] = {}
        used: list[Naming] = []
        for role in allowed:
            refs = [
                ref
                for name, argument in gives.roles
                if name == role
                for ref in match.arguments.get(argument, [])
            ]
            if role == "place" and not refs:
                refs = match.places
            namings = _distinct(naming for _, naming in self._ends(refs) if self._fills(role, naming))
            if namings:
                roles[role] = tuple(self._book.party(naming) for naming in namings)
                used += namings
        if not roles or set(roles) == {"place"}:
            return
        stance = self._settle(circumstances).stance
        outcome = gives.outcome or outcome_of(self.reading, circumstances.sentence, match.head, gives.type)
        kind = gives.type
        undone = stance == "planned" or outcome in UNDONE
        if undone and kind in ("attack", "killing") and "plot" in self.reading.vocabulary.events:
            kind = "plot"
            if "victim" in roles:
                roles["target"] = (*roles.get("target", ()), *roles.pop("victim"))
        if "planner" in roles and "perpetrator" in roles:
            # Who planned it need not have carried it out.
            planners = {party.actor.id for party in roles["planner"]}
            roles["perpetrator"] = tuple(p for p in roles["perpetrator"] if p.actor.id not in planners)
        key = (kind, match.head)
        before = self._events.get(key)
        if before is not None and len(before.parties()) >= len(used):
            return
        tokens, text = self.reading.tokens, self.reading.document.text
        start, end = tokens.start[match.first], tokens.end[match.last - 1]
        place = roles.get("place", ())
        self._events[key] = Event.of(
            kind, Mention(start, end, text[start:end], "trigger"), roles,
            self._evidence(match, used)[:1],
            outcome=outcome, stance=stance, attribution=circumstances.attribution,
            when=self._when(match, used), where=place[0] if place else None,
            basis=Basis("pattern:" + match.rule.name, match.rule.score),
        )  # fmt: skip

    def _count(self, sentence: Sentence) -> None:
        """Gives the killed and wounded of a sentence to one of its events, so that none counts twice."""
        events = []
        # Backwards, for this sentence's are the last: a look through all would be one for each sentence.
        for key, event in reversed(self._events.items()):
            if key[1] < sentence.first:
                break
            if key[0] in BLOODY:
                events.append((key, event))
        if not events:
            return
        events.reverse()
        text = self.reading.document.text[sentence.start : sentence.end]
        toll = casualties(text)
        if toll.killed is None and toll.wounded is None:
            return
        told = toll.killed if toll.killed is not None else toll.wounded
        at = next((count.start for count in find_counts(text) if count.lowest == told), 0) + sentence.start
        key, event = min(events, key=lambda pair: abs(pair[1].trigger.start - at))
        self._events[key] = replace(event, killed=toll.killed, wounded=toll.wounded)

    def _fills(self, role: str, naming: Naming) -> bool:
        """Whether a mention can play a role: events play none, works are written, only states act."""
        if role in PLACE_ROLES:
            return naming.kind == "place" and not naming.adjective
        if naming.kind == "event" or (naming.kind == "work" and role not in WORK_ROLES):
            return False
        return role in PASSIVE_ROLES or self._acts(naming)

    def _when(self, match: Match, ends: list[Naming]) -> When | None:
        first = min([match.first, *(naming.first for naming in ends)])
        last = max([match.last, *(naming.last for naming in ends)])
        rule = match.rule
        # "In 1998 X, the emir of Y, fled": the year is the flight's. "Emir of Y since 1998" is dated.
        low, high = min(naming.first for naming in ends), max([match.head, *(n.last for n in ends)])
        between = set(self.reading.tokens.lower[low:high])
        told_in_passing = bool(rule.owned) or (bool(rule.roles) and not between & self._standing)
        when = date_for(self.reading, first, last, match.head, nominal=told_in_passing)
        if when is None:
            return None
        if rule.dates == "beginning" or (rule.roles and between & self._becoming):
            return beginning(when)
        return ending(when) if rule.dates == "ending" else when

    def _evidence(self, match: Match, ends: list[Naming]) -> tuple[Evidence, ...]:
        """The shortest stretch that holds the trigger and the ends, then where pronouns got their names."""
        tokens = self.reading.tokens
        start = min([tokens.start[match.first], *(naming.start for naming in ends)])
        end = max([tokens.end[match.last - 1], *(naming.end for naming in ends)])
        return self._book.evidence(start, end, ends)


def _distinct(namings: object) -> list[Naming]:
    found: dict[int, Naming] = {}
    for naming in namings:  # type: ignore[attr-defined]
        if naming.cluster >= 0:
            found.setdefault(naming.cluster, naming)
    return list(found.values())
