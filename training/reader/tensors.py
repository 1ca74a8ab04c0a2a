"""Samples -> windows with targets: what each head should say of each window."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from colligate.extract.neural.geometry import gaps, pairs_within
from colligate.extract.neural.pieces import Window, windows
from colligate.vocabulary import load
from training.reader.labels import (
    FORMS,
    KINDS,
    NAME_CLASSES,
    NOMINAL_CLASSES,
    TRIGGER,
    WIDEST,
    role_names,
    span_classes,
)  # fmt: skip
from training.reader.sample import (
    COREFERENCE,
    DATES,
    EVENTS,
    NAMES,
    NOMINALS,
    SOURCES,
    TIES,
    Happened,
    Mentioned,
    Sample,
    Stated,
)  # fmt: skip

VOCABULARY = load()
TIE_NAMES = tuple(VOCABULARY.ties)
EVENT_NAMES = tuple(VOCABULARY.events)
STANCES = tuple(VOCABULARY.stances)
OUTCOMES = tuple(VOCABULARY.outcomes)
ROLES = role_names()
CLASSES = span_classes()
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
NO_DATE, UNKNOWN = -1, -2


@dataclass(slots=True)
class Spans:
    """Mentions of a window as pieces; ``actors`` are the ids behind each."""

    first: Ints
    last: Ints
    kind: Ints
    form: Ints
    sentence: Ints
    actors: list[frozenset[str]]
    known: npt.NDArray[np.bool_]


@dataclass(slots=True)
class ClaimTarget:
    """What is known of one claim beside its type. ``date`` indexes the window's dates, NO_DATE or UNKNOWN;
    ``sources`` indexes mentions, None where unknown; ``passed`` are mentions that say nothing either way."""

    stance: int
    date: int
    sources: frozenset[int] | None
    passed: frozenset[int]
    outcome: int = -1


@dataclass(slots=True)
class EventTarget:
    """One event: its class, the pieces that its trigger may be among, and who plays which role."""

    type: int
    low: int
    high: int
    exact: bool
    roles: dict[int, frozenset[int]]  # mention -> roles
    passed: frozenset[int]
    claim: ClaimTarget


@dataclass(slots=True)
class Item:
    """A window with its targets."""

    sample: Sample
    window: Window
    spans: Spans
    positives: list[tuple[int, int, int]] = field(default_factory=list)  # first, last, class
    passed: list[tuple[int, int]] = field(default_factory=list)  # spans that say nothing either way
    weights: Floats = field(default_factory=lambda: np.ones(len(CLASSES), np.float32))
    one: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    other: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    gap: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    ties: Floats = field(default_factory=lambda: np.zeros((0, 2 * len(TIE_NAMES)), np.float32))
    tie_mask: Floats = field(default_factory=lambda: np.zeros((0, 2 * len(TIE_NAMES)), np.float32))
    same: Floats = field(default_factory=lambda: np.zeros(0, np.float32))
    same_mask: Floats = field(default_factory=lambda: np.zeros(0, np.float32))
    claims: list[tuple[int, ClaimTarget]] = field(default_factory=list)  # pair, target
    events: list[EventTarget] = field(default_factory=list)
    dates: Ints = field(default_factory=lambda: np.zeros((0, 2), np.int64))
    reached: int = 0
    missed: int = 0


def items(sample: Sample, tokenizer: Tokenizer) -> list[Item]:
    """The windows of a sample that hold anything."""
    return [_Maker(sample, window).item() for window in windows(sample.text, sample.sentences, tokenizer)]


class _Maker:
    def __init__(self, sample: Sample, window: Window) -> None:
        self.sample, self.window = sample, window
        self.low, self.high = int(window.starts[1]), int(window.ends[-2])

    def item(self) -> Item:
        sample, window = self.sample, self.window
        spans, sources = self._spans()
        item = Item(sample, window, spans)
        self._mark_spans(item, sources)
        item.one, item.other = pairs_within(spans.first, spans.last, spans.sentence, spans.form)
        item.gap = gaps(spans.first, spans.last, spans.sentence, item.one, item.other)
        self.pair_at = {
            (int(a), int(b)): n for n, (a, b) in enumerate(zip(item.one, item.other, strict=True))
        }
        self.dates = []
        edtf = []
        for start, end, text in sample.dates:
            place = window.span(start, end)
            if place is not None:
                self.dates.append(place)
                edtf.append((start, text))
        self.edtf = edtf
        item.dates = np.array(self.dates, dtype=np.int64).reshape(-1, 2)
        self._ties(item)
        self._same(item)
        self._events(item)
        return item

    def _spans(self) -> tuple[Spans, list[Mentioned]]:
        rows: dict[tuple[int, int], tuple[Mentioned, set[str]]] = {}
        for mention in self.sample.mentions:
            if mention.start < self.low or mention.end > self.high:
                continue
            place = self.window.span(mention.start, mention.end)
            if place is None:
                continue
            held = rows.get(place)
            if held is None:
                rows[place] = (mention, {mention.actor})
            elif mention.taught == held[0].taught:
                held[1].add(mention.actor)
        order = sorted(rows, key=lambda place: (place[0], -place[1]))
        first = np.array([place[0] for place in order], dtype=np.int64)
        last = np.array([place[1] for place in order], dtype=np.int64)
        mentions = [rows[place][0] for place in order]
        return (
            Spans(
                first,
                last,
                np.array([KINDS.index(m.kind) for m in mentions], dtype=np.int64),
                np.array([FORMS.index(m.form) for m in mentions], dtype=np.int64),
                self.window.sentences[first] if len(first) else first,
                [frozenset(rows[place][1]) for place in order],
                np.array([bool(m.actor) for m in mentions], dtype=bool),
            ),
            mentions,
        )

    def _mark_spans(self, item: Item, mentions: Sequence[Mentioned]) -> None:
        teaches = self.sample.teaches
        for number, name in enumerate(CLASSES):
            if name in NAME_CLASSES:
                item.weights[number] = NAMES in teaches
            elif name in NOMINAL_CLASSES:
                item.weights[number] = 1.0 if NOMINALS in teaches else 0.0
                if name == "nominal:community" and self.sample.source == "corpus":
                    item.weights[number] = 0.3
            else:
                item.weights[number] = EVENTS in teaches
        for number, mention in enumerate(mentions):
            place = int(item.spans.first[number]), int(item.spans.last[number])
            if place[1] - place[0] >= WIDEST:
                continue
            name = f"{mention.form}:{mention.kind}"
            if mention.taught and name in CLASSES:
                item.positives.append((*place, CLASSES.index(name)))
            elif not mention.taught and mention.actor and not mention.actor.startswith("?"):
                item.passed.append(place)

    def _near(self, actor: str, start: int, end: int, sentences: tuple[int, int]) -> list[tuple[int, int]]:
        """(cost, mention) of an actor's mentions in or shortly before the stretch."""
        found = []
        spans, window = self.spans, self.window
        for number in self.by_actor.get(actor, ()):
            at = int(spans.sentence[number])
            if not sentences[0] - 2 <= at <= sentences[1]:
                continue
            low, high = int(window.starts[spans.first[number]]), int(window.ends[spans.last[number]])
            cost = max(start - high, low - end, 0)
            if not sentences[0] <= at:
                cost += 200 * (sentences[0] - at)
            found.append((cost, number))
        return found

    def _sentences_of(self, start: int, end: int) -> tuple[int, int]:
        inside = (self.window.ends > start) & (self.window.starts < end) & (self.window.starts >= 0)
        numbers = self.window.sentences[inside]
        return (int(numbers.min()), int(numbers.max())) if len(numbers) else (-9, -9)

    def _ties(self, item: Item) -> None:
        self.spans = item.spans
        self.by_actor: dict[str, list[int]] = {}
        for number, actors in enumerate(item.spans.actors):
            for actor in actors:
                self.by_actor.setdefault(actor, []).append(number)
        count = len(TIE_NAMES)
        item.ties = np.zeros((len(item.one), 2 * count), np.float32)
        item.tie_mask = np.zeros_like(item.ties)
        if TIES in self.sample.teaches:
            taught = [
                n for n, name in enumerate(TIE_NAMES) if not self.sample.types or name in self.sample.types
            ]
            item.tie_mask[:, taught] = 1
            item.tie_mask[:, [count + n for n in taught]] = 1
        for tie in self.sample.ties:
            if not (self.low <= tie.start and tie.end <= self.high):
                continue
            self._tie(item, tie, count)

    def _tie(self, item: Item, tie: Stated, count: int) -> None:
        sentences = self._sentences_of(tie.start, tie.end)
        subjects = self._near(tie.subject, tie.start, tie.end, sentences)
        objects = self._near(tie.object, tie.start, tie.end, sentences)
        best: tuple[float, int, int, int] | None = None
        kind = TIE_NAMES.index(tie.type)
        symmetric = VOCABULARY.ties[tie.type].symmetric
        for cost_one, one in subjects:
            for cost_two, two in objects:
                forward = one < two
                pair = self.pair_at.get((one, two) if forward else (two, one))
                if pair is None:
                    continue
                columns = [kind, count + kind] if symmetric else [kind if forward else count + kind]
                near = abs(int(item.spans.first[one]) - int(item.spans.first[two]))
                if min(int(item.spans.sentence[one]), int(item.spans.sentence[two])) >= sentences[0]:
                    for column in columns:
                        if not item.ties[pair, column]:
                            item.tie_mask[pair, column] = 0
                cost = cost_one + cost_two + 0.5 * near
                if best is None or cost < best[0]:
                    best = (cost, pair, one, two)
        if best is None:
            item.missed += 1
            return
        item.reached += 1
        _, pair, one, two = best
        forward = one < two
        columns = [kind, count + kind] if symmetric else [kind if forward else count + kind]
        item.ties[pair, columns] = 1
        item.tie_mask[pair, columns] = 1
        item.claims.append((pair, self._claim(tie)))

    def _claim(self, claim: Stated | Happened) -> ClaimTarget:
        sources: frozenset[int] | None = None
        passed: set[int] = set()
        if SOURCES in self.sample.teaches:
            sentences = self._sentences_of(claim.start, claim.end)
            found = set()
            for name in claim.by:
                near = self._near(name, claim.start, claim.end, sentences)
                if near:
                    found.add(min(near)[1])
                    passed.update(number for _, number in near)
            free = any(name not in self.by_actor for name in claim.by)
            sources = None if free and not found else frozenset(found)
            passed -= found
        return ClaimTarget(
            STANCES.index(claim.stance),
            self._date(claim),
            sources,
            frozenset(passed),
            OUTCOMES.index(claim.outcome)
            if isinstance(claim, Happened) and claim.outcome in OUTCOMES
            else -1,
        )

    def _date(self, claim: Stated | Happened) -> int:
        if DATES not in self.sample.teaches:
            return UNKNOWN
        if not claim.when:
            return NO_DATE
        years = _years(claim.when)
        ranked = sorted(
            (edtf != claim.when, abs(start - claim.start), number)
            for number, (start, edtf) in enumerate(self.edtf)
            if edtf == claim.when or years & _years(edtf)
        )
        return ranked[0][2] if ranked else UNKNOWN

    def _same(self, item: Item) -> None:
        actors = item.spans.actors
        item.same = np.array(
            [bool(actors[a] & actors[b]) for a, b in zip(item.one, item.other, strict=True)], np.float32
        ).reshape(-1)
        taught = COREFERENCE in self.sample.teaches
        named = item.spans.form == 0
        for_names = named[item.one] & named[item.other] if len(item.one) else np.zeros(0, bool)
        known = item.spans.known[item.one] & item.spans.known[item.other] if len(item.one) else for_names
        item.same_mask = (known if taught else known & for_names).astype(np.float32)
        # Two mentions of one actor are no tie, and what is no pair need not be learnt as one.
        item.tie_mask[item.same > 0] = 0

    def _events(self, item: Item) -> None:
        for event in self.sample.events:
            if not (self.low <= event.start and event.end <= self.high):
                continue
            place = self.window.span(event.start, event.end)
            if place is None:
                continue
            sentences = self._sentences_of(event.start, event.end)
            roles: dict[int, set[int]] = {}
            passed: set[int] = set()
            for role, actors in event.roles:
                for actor in actors:
                    near = self._near(actor, event.start, event.end, sentences)
                    if near:
                        roles.setdefault(min(near)[1], set()).add(ROLES.index(role))
                        passed.update(number for _, number in near)
            item.events.append(
                EventTarget(
                    EVENT_NAMES.index(event.type), *place, event.exact,
                    {number: frozenset(held) for number, held in roles.items()},
                    frozenset(passed - set(roles)), self._claim(event),
                )
            )  # fmt: skip


def _years(edtf: str) -> set[str]:
    return set(re.findall(r"[12]\d[\dX]{2}", edtf))


def all_items(samples: Iterable[Sample], tokenizer: Tokenizer) -> list[Item]:
    """The windows of all samples."""
    return [item for sample in samples for item in items(sample, tokenizer)]


TRIGGER_KIND = TRIGGER
