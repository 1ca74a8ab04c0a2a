"""The second thing that the model adds: it judges every pair of mentions that stand near each other.

From the judgements come proposals: ties between two mentions and events with their roles, each with
the words it rests on. What becomes of them is decided in ``deciding``.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

import numpy as np

from colligate.extract.base import Naming, Reading
from colligate.extract.neural.geometry import gaps, pairs_within, where
from colligate.extract.neural.meant import drop_open, give_meanings, open_mentions
from colligate.extract.neural.mentions import KEPT, Seen
from colligate.extract.neural.model import Floats, Ints, Judged, ReadingModel
from colligate.extract.neural.pieces import Window

LEAST_TIE = 0.05  # below, a tie is not even a suggestion
LEAST_EVENT = 0.3
LEAST_ROLE = 0.4
EVENT_REACH = 2  # sentences between a trigger and who plays a role


@dataclass(slots=True)
class Circumstances:
    """What the model says around a claim. ``date`` indexes ``reading.dates``, -1 for none; ``sources``
    are namings with their scores."""

    stance: str
    stance_score: float
    outcome: str
    date: int
    date_score: float
    sources: list[tuple[Naming, float]]


@dataclass(slots=True)
class TieProposal:
    """A tie between two namings; ``focus`` are the characters of the word looked at most. A naming that was
    left open in the end has no cluster, and what is proposed of it comes to nothing."""

    type: str
    subject: Naming
    object: Naming
    score: float
    focus: tuple[int, int]
    around: Circumstances | None = None


@dataclass(slots=True)
class EventProposal:
    """An event: the characters of its trigger and who plays which role."""

    type: str
    start: int
    end: int
    score: float
    roles: dict[str, list[tuple[Naming, float]]]
    around: Circumstances


@dataclass(slots=True)
class Proposals:
    """All that the model proposes for one document."""

    ties: list[TieProposal] = field(default_factory=list)
    events: list[EventProposal] = field(default_factory=list)
    same: dict[tuple[int, int], float] = field(default_factory=dict)


JUDGED = "neural:proposals"


class JudgeStage:
    """Judges all pairs of mentions, says whom open pronouns and descriptions stand for, and keeps what the
    model proposes for the stage that decides."""

    name = "model judgements"
    needs = frozenset({"document", "vocabulary", "tokens", "sentences", "namings", "clusters", "dates"})
    gives = frozenset({"namings"})

    def __init__(self, model: ReadingModel) -> None:
        self._model = model

    def run(self, reading: Reading) -> None:
        seen: Seen | None = reading.kept.pop(KEPT, None)
        if seen is None:
            return
        open_mentions(reading, seen)
        proposals = judge(reading, self._model, seen)
        give_meanings(reading, proposals.same)
        drop_open(reading)
        reading.kept[JUDGED] = proposals


def judge(reading: Reading, model: ReadingModel, seen: Seen) -> Proposals:
    """What the model proposes for a reading whose mentions are found and clustered."""
    proposals = Proposals()
    starts = [naming.start for naming in reading.namings]
    dates = [when.start for when in reading.dates]
    for number, window in enumerate(seen.windows):
        low, high = int(window.starts[1]), int(window.ends[-2])
        held = range(bisect_left(starts, low), bisect_left(starts, high))
        _Window(reading, model, proposals, window, seen.hidden[number].astype(np.float32)).judge(
            held, seen.triggers[number], range(bisect_left(dates, low), bisect_left(dates, high))
        )
    return proposals


class _Window:
    def __init__(
        self, reading: Reading, model: ReadingModel, proposals: Proposals, window: Window, hidden: Floats
    ) -> None:
        self.reading, self.model, self.proposals = reading, model, proposals
        self.window, self.hidden = window, hidden

    def judge(self, held: range, triggers: list[tuple[int, int, str, float]], dates: range) -> None:
        labels = self.model.labels
        rows: dict[tuple[int, int], int] = {}
        for index in held:
            naming = self.reading.namings[index]
            place = self.window.span(naming.start, naming.end)
            if place is not None and naming.kind in labels.kinds:
                rows.setdefault(place, index)
        places = sorted(rows, key=lambda place: (place[0], -place[1]))
        self.namings = [rows[place] for place in places]
        fired = _best(triggers)
        if not places:
            return
        every = [*places, *((first, last) for first, last, _, _ in fired)]
        self.first = np.array([place[0] for place in every], np.int64)
        self.last = np.array([place[1] for place in every], np.int64)
        self.sentence = self.window.sentences[self.first]
        count = len(places)
        kinds = [labels.kinds.index(self._naming(row).kind) for row in range(count)]
        forms = [labels.forms.index(self._naming(row).form) for row in range(count)]
        kind = np.array([*kinds, *[len(labels.kinds)] * len(fired)], np.int64)
        form = np.array([*forms, *[0] * len(fired)], np.int64)
        one, other = pairs_within(self.first[:count], self.last[:count], self.sentence[:count], form[:count])
        ones, others = [one], [other]
        at = len(one)
        self.told: list[tuple[int, Ints]] = []
        for number in range(len(fired)):
            me = count + number
            near = np.nonzero(np.abs(self.sentence[:count] - self.sentence[me]) <= EVENT_REACH)[0]
            ones.append(np.full(len(near) + 1, me))
            others.append(np.concatenate([[me], near]))
            self.told.append((at, near))
            at += len(near) + 1
        self.one = np.concatenate(ones).astype(np.int64)
        self.other = np.concatenate(others).astype(np.int64)
        if not len(self.one):
            return
        gap = gaps(self.first, self.last, self.sentence, self.one, self.other)
        seen = where(self.first, self.last, self.one, self.other, self.window.sentences)
        judged = self.model.pairs(
            self.hidden, self.first, self.last, kind, form, self.one, self.other, gap, seen
        )
        self._date_rows(dates)
        self._same(judged, len(one))
        claims = self._ties(judged, len(one))
        events = self._events(judged, fired)
        self._around(judged, claims, events, count)

    def _naming(self, row: int) -> Naming:
        return self.reading.namings[self.namings[row]]

    def _date_rows(self, dates: range) -> None:
        self.dates: list[int] = []
        places = []
        for index in dates:
            when = self.reading.dates[index]
            place = self.window.span(when.start, when.end)
            if place is not None:
                self.dates.append(index)
                places.append(place)
        self.date_places = np.array(places, np.int64).reshape(-1, 2)

    def _same(self, judged: Judged, count: int) -> None:
        for row in np.nonzero(judged.same[:count] > 0.3)[0].tolist():
            ends = self.namings[int(self.one[row])], self.namings[int(self.other[row])]
            self.proposals.same[ends] = float(judged.same[row])

    def _ties(self, judged: Judged, count: int) -> list[tuple[int, TieProposal]]:
        ties = self.model.labels.ties
        vocabulary = self.reading.vocabulary.ties
        made: list[tuple[int, TieProposal]] = []
        scores = judged.ties[:count]
        for row, column in zip(*(found.tolist() for found in np.nonzero(scores > LEAST_TIE)), strict=True):
            name = ties[column % len(ties)]
            tie = vocabulary.get(name)
            if tie is None:
                continue
            ends = int(self.one[row]), int(self.other[row])
            score = float(scores[row, column])
            if column >= len(ties):
                if tie.symmetric:
                    continue  # said once, by the mean of both
                ends = ends[1], ends[0]
            elif tie.symmetric:
                score = (score + float(scores[row, column + len(ties)])) / 2
            subject, target = self._naming(ends[0]), self._naming(ends[1])
            # What an open mention is, is known only when it is known whom it stands for.
            if min(subject.cluster, target.cluster) >= 0 and not tie.allows(subject.kind, target.kind):
                continue
            piece = int(judged.focus[row])
            focus = int(self.window.starts[piece]), int(self.window.ends[piece])
            made.append((row, TieProposal(name, subject, target, score, focus)))
        return made

    def _events(
        self, judged: Judged, fired: list[tuple[int, int, str, float]]
    ) -> list[tuple[int, EventProposal]]:
        labels, vocabulary = self.model.labels, self.reading.vocabulary.events
        made = []
        for (first, last, name, score), (at, near) in zip(fired, self.told, strict=True):
            kind = vocabulary.get(name)
            if kind is None or score < LEAST_EVENT:
                continue
            roles: dict[str, list[tuple[Naming, float]]] = {}
            for offset, mention in enumerate(near.tolist()):
                row = judged.roles[at + 1 + offset]
                for column in np.nonzero(row > LEAST_ROLE)[0].tolist():
                    role = labels.roles[column]
                    if role in kind.roles:
                        roles.setdefault(role, []).append((self._naming(mention), float(row[column])))
            start, end = int(self.window.starts[first]), int(self.window.ends[last])
            around = Circumstances("asserted", 0.0, "carried_out", -1, 0.0, [])
            made.append((at, EventProposal(name, start, end, score, roles, around)))
        return made

    def _around(
        self,
        judged: Judged,
        ties: list[tuple[int, TieProposal]],
        events: list[tuple[int, EventProposal]],
        count: int,
    ) -> None:
        claims: list[tuple[int, TieProposal | EventProposal]] = [*ties, *events]
        if not claims:
            return
        distinct = sorted({row for row, _ in claims})
        rows = np.array(distinct, np.int64)
        middle = np.maximum(self.first[self.one[rows]], self.first[self.other[rows]])
        # The graph wants one date at least; what is said of this one is not looked at.
        dates = self.date_places if self.dates else np.zeros((1, 2), np.int64)
        stances, outcomes, dated, sources = self.model.circumstances(
            judged.pairs[rows], self.hidden, dates, self._gaps(middle, dates[:, 0], dates[:, 1]),
            judged.spans[:count], self._gaps(middle, self.first[:count], self.last[:count]),
        )  # fmt: skip
        labels = self.model.labels
        made: dict[int, Circumstances] = {}
        for place, row in enumerate(distinct):
            stance, outcome = int(stances[place].argmax()), int(outcomes[place].argmax())
            best = int(dated[place].argmax()) if self.dates else len(dates)
            date = self.dates[best] if best < len(self.dates) else -1
            told = [
                (self._naming(mention), float(sources[place, mention]))
                for mention in np.nonzero(sources[place] > 0.4)[0].tolist()
            ]
            made[row] = Circumstances(
                labels.stances[stance], float(stances[place, stance]), labels.outcomes[outcome],
                date, float(dated[place, best]) if self.dates else 1.0, told,
            )  # fmt: skip
        for row, tie in ties:
            tie.around = made[row]
            self.proposals.ties.append(tie)
        for row, event in events:
            event.around = made[row]
            self.proposals.events.append(event)

    def _gaps(self, middle: Ints, first: Ints, last: Ints) -> Ints:
        rows = len(middle)
        all_first = np.concatenate([middle, first])
        all_last = np.concatenate([middle, last])
        one = np.repeat(np.arange(rows), len(first)).reshape(rows, len(first))
        other = np.tile(np.arange(len(first)) + rows, (rows, 1))
        return gaps(all_first, all_last, self.window.sentences[all_first], one, other)


def _best(triggers: list[tuple[int, int, str, float]]) -> list[tuple[int, int, str, float]]:
    """Of triggers of one class that share a piece, the surest."""
    kept: list[tuple[int, int, str, float]] = []
    for trigger in sorted(triggers, key=lambda found: -found[3]):
        if all(trigger[2] != other[2] or trigger[1] < other[0] or other[1] < trigger[0] for other in kept):
            kept.append(trigger)
    return sorted(kept)
