"""The loss of one batch of windows: every head against what the source teaches, the rest left out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional

from colligate.extract.neural.geometry import gaps, where
from colligate.extract.neural.pieces import CAPITAL, LOWER, OPENING, PLAIN
from training.reader.labels import TRIGGER, WIDEST
from training.reader.network import Encoder, Heads, Pairs
from training.reader.tensors import CLASSES, EVENT_NAMES, NO_DATE, ROLES, VOCABULARY, EventTarget, Item

MASK = 103
FIRST_TRIGGER = CLASSES.index(f"trigger:{EVENT_NAMES[0]}")
# Weight of each head in the sum; a loss is a mean over what is found in the batch, so these are shares.
WEIGHTS = {
    "spans": 1.0,
    "ties": 1.0,
    "same": 0.3,
    "stance": 0.2,
    "date": 0.3,
    "source": 0.3,
    "roles": 0.5,
    "outcome": 0.1,
}
_ALLOWED = torch.tensor(
    [[float(role in VOCABULARY.events[event].roles) for role in ROLES] for event in EVENT_NAMES]
)


def pad(items: Sequence[Item], rng: np.random.Generator | None) -> tuple[Tensor, Tensor]:
    """Ids and cases of a batch. With ``rng`` some actors are hidden and some spelling is taken away."""
    length = max(len(item.window) for item in items)
    ids = np.zeros((len(items), length), np.int64)
    cases = np.zeros((len(items), length), np.int64)
    for number, item in enumerate(items):
        size = len(item.window)
        ids[number, :size] = item.window.ids
        cases[number, :size] = item.window.cases
        if rng is None:
            continue
        _unspell(cases[number], rng.random())
        hidden: dict[str, bool] = {}
        for at, actors in enumerate(item.spans.actors):
            if item.spans.form[at] != 0:
                continue
            name = min(actors)
            if hidden.setdefault(name, rng.random() < 0.12):
                ids[number, item.spans.first[at] : item.spans.last[at] + 1] = MASK
    return torch.from_numpy(ids), torch.from_numpy(cases)


def _unspell(cases: npt.NDArray[np.int64], luck: float) -> None:
    """Takes from some windows what their spelling tells: as if all were written in capitals, or small."""
    if luck < 0.06:
        cases[:] = PLAIN
    elif luck < 0.12:
        cases[(cases >= CAPITAL) & (cases <= OPENING)] = LOWER


class Losses:
    """Computes the losses of windows from the encoder's output."""

    def __init__(self, encoder: Encoder, heads: Heads) -> None:
        self.encoder, self.heads = encoder, heads

    def batch(self, items: Sequence[Item], rng: np.random.Generator, *, latent: bool) -> dict[str, Tensor]:
        """Mean losses by head. ``latent``: events without a marked trigger take part, by the best guess."""
        ids, cases = pad(items, rng)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            hidden = self.encoder(ids, cases)
        hidden = hidden.float()
        sums: dict[str, list[Tensor]] = {name: [] for name in WEIGHTS}
        counts = dict.fromkeys(WEIGHTS, 0.0)
        for number, item in enumerate(items):
            self._window(hidden[number, : len(item.window)], item, sums, counts, latent)
        return {
            name: torch.stack(found).sum() / max(counts[name], 1.0)
            for name, found in sums.items()
            if found
        }  # fmt: skip

    def _window(
        self,
        hidden: Tensor,
        item: Item,
        sums: dict[str, list[Tensor]],
        counts: dict[str, float],
        latent: bool,
    ) -> None:
        heads = self.heads
        scores = heads.spans(hidden)
        triggers = self._spans(scores, item, sums, counts, latent)
        spans = item.spans
        count = len(spans.first)
        if not count:
            return
        places = [place for place, _ in triggers]
        first = np.concatenate([spans.first, [p[0] for p in places]]).astype(np.int64)
        last = np.concatenate([spans.last, [p[1] for p in places]]).astype(np.int64)
        kind = np.concatenate([spans.kind, [TRIGGER] * len(places)]).astype(np.int64)
        form = np.concatenate([spans.form, [0] * len(places)]).astype(np.int64)
        sentence = item.window.sentences[first]
        # Pairs: mentions with each other, then each trigger with itself and with the mentions near it.
        one, other = [item.one], [item.other]
        told: list[tuple[int, EventTarget, np.ndarray]] = []
        size = len(item.one)
        for number, (_, event) in enumerate(triggers):
            me = count + number
            near = np.nonzero(np.abs(spans.sentence - sentence[me]) <= 2)[0].astype(np.int64)
            one.append(np.concatenate([[me], np.full(len(near), me)]))
            other.append(np.concatenate([[me], near]))
            told.append((size, event, near))
            size += 1 + len(near)
        one_, other_ = np.concatenate(one).astype(np.int64), np.concatenate(other).astype(np.int64)
        if not len(one_):
            return
        gap = gaps(first, last, sentence, one_, other_)
        seen = where(first, last, one_, other_, item.window.sentences)
        t = torch.from_numpy
        vectors = heads.span_vectors(hidden, t(first), t(last), t(kind), t(form))
        pairs, _ = heads.pair_vectors(hidden, vectors, Pairs(t(one_), t(other_), t(gap), t(seen)))
        self._pairs(pairs[: len(item.one)], item, sums, counts)
        claims = [(at, target) for at, target in item.claims]
        for at, event, near in told:
            targets = torch.zeros(len(near), len(ROLES))
            mask = _ALLOWED[event.type].repeat(len(near), 1)
            for row, mention in enumerate(near):
                for role in event.roles.get(int(mention), ()):
                    targets[row, role] = 1
                if int(mention) in event.passed:
                    mask[row] = 0
            logits = heads.roles(pairs[at + 1 : at + 1 + len(near)])
            loss = functional.binary_cross_entropy_with_logits(logits, targets, reduction="none") * mask
            sums["roles"].append(loss.sum())
            counts["roles"] += float(targets.sum())
            claims.append((at, event.claim))
        self._claims(claims, pairs, hidden, vectors[:count], item, sums, counts)

    def _spans(
        self,
        scores: Tensor,
        item: Item,
        sums: dict[str, list[Tensor]],
        counts: dict[str, float],
        latent: bool,
    ) -> list[tuple[tuple[int, int], EventTarget]]:
        """Adds the loss of the span head and gives the triggers, found or marked."""
        targets = torch.zeros_like(scores)
        mask = torch.from_numpy(item.weights).expand_as(scores).clone()
        for first, last, kind in item.positives:
            targets[first, last - first, kind] = 1
            mask[first, last - first, kind] = 1
        for first, last in item.passed:
            mask[first, last - first if last - first < WIDEST else 0, :FIRST_TRIGGER] = 0
        triggers: list[tuple[tuple[int, int], EventTarget]] = []
        for event in item.events:
            kind = FIRST_TRIGGER + event.type
            if event.exact:
                if event.high - event.low < WIDEST:
                    targets[event.low, event.high - event.low, kind] = 1
                    mask[event.low, event.high - event.low, kind] = 1
                    triggers.append(((event.low, event.high), event))
                continue
            with torch.no_grad():
                guess = scores[event.low : event.high + 1, :3, kind].clone()
                for width in (1, 2):  # a trigger ends inside the stretch
                    guess[max(len(guess) - width, 0) :, width] = -100
                for low in (place[0] - event.low for place, _ in triggers):
                    if 0 <= low < len(guess):
                        guess[low, :] -= 3  # two events seldom share a word
                best = int(guess.argmax())
            place = (event.low + best // 3, event.low + best // 3 + best % 3)
            mask[event.low : event.high + 1, :, kind] = 0
            if latent:
                targets[place[0], place[1] - place[0], kind] = 1
                mask[place[0], place[1] - place[0], kind] = 0.5
                triggers.append((place, event))
        loss = functional.binary_cross_entropy_with_logits(scores, targets, reduction="none") * mask
        sums["spans"].append(loss.sum())
        counts["spans"] += float(targets.sum())
        return triggers

    def _pairs(
        self, pairs: Tensor, item: Item, sums: dict[str, list[Tensor]], counts: dict[str, float]
    ) -> None:
        if not len(pairs):
            return
        targets = torch.from_numpy(item.ties)
        loss = functional.binary_cross_entropy_with_logits(self.heads.ties(pairs), targets, reduction="none")
        sums["ties"].append((loss * torch.from_numpy(item.tie_mask)).sum())
        counts["ties"] += float(item.ties.sum())
        if item.same_mask.any():
            same = torch.from_numpy(item.same)
            loss = functional.binary_cross_entropy_with_logits(
                self.heads.same(pairs)[:, 0], same, reduction="none"
            )
            sums["same"].append((loss * torch.from_numpy(item.same_mask)).sum())
            counts["same"] += float((item.same * item.same_mask).sum())

    def _claims(
        self, claims: list, pairs: Tensor, hidden: Tensor, spans: Tensor, item: Item,
        sums: dict[str, list[Tensor]], counts: dict[str, float],
    ) -> None:  # fmt: skip
        if not claims:
            return
        heads = self.heads
        rows = pairs[[at for at, _ in claims]]
        stance = torch.tensor([target.stance for _, target in claims])
        sums["stance"].append(functional.cross_entropy(heads.stances(rows), stance, reduction="sum"))
        counts["stance"] += len(claims)
        outcome = torch.tensor([target.outcome for _, target in claims])
        if (outcome >= 0).any():
            sums["outcome"].append(
                functional.cross_entropy(heads.outcomes(rows), outcome, ignore_index=-1, reduction="sum")
            )
            counts["outcome"] += float((outcome >= 0).sum())
        middle = self._middles(claims, item)
        dated = [n for n, (_, target) in enumerate(claims) if target.date >= NO_DATE]
        if dated and len(item.dates):
            gap = self._gaps(item, middle[dated], item.dates[:, 0], item.dates[:, 1])
            scores = heads.date_scores(rows[dated], hidden, torch.from_numpy(item.dates), gap)
            truth = torch.tensor(
                [claims[n][1].date if claims[n][1].date >= 0 else len(item.dates) for n in dated]
            )
            sums["date"].append(functional.cross_entropy(scores, truth, reduction="sum"))
            counts["date"] += len(dated)
        sourced = [n for n, (_, target) in enumerate(claims) if target.sources is not None]
        if sourced:
            gap = self._gaps(item, middle[sourced], item.spans.first, item.spans.last)
            scores = heads.source_scores(rows[sourced], spans, gap)
            truth = torch.zeros_like(scores)
            mask = torch.ones_like(scores)
            for row, n in enumerate(sourced):
                target = claims[n][1]
                truth[row, list(target.sources or ())] = 1
                mask[row, list(target.passed)] = 0
            loss = functional.binary_cross_entropy_with_logits(scores, truth, reduction="none") * mask
            sums["source"].append(loss.sum())
            counts["source"] += len(sourced)

    def _middles(self, claims: list, item: Item) -> np.ndarray:
        """Whence a claim's dates and sources are measured: its second mention or its trigger."""
        size = len(item.one)
        places = []
        starts = [event.low for event in item.events]
        for at, target in claims:
            if at < size:
                places.append(max(item.spans.first[item.one[at]], item.spans.first[item.other[at]]))
            else:
                own = next((e.low for e in item.events if e.claim is target), starts[0])
                places.append(own)
        return np.array(places, dtype=np.int64)

    @staticmethod
    def _gaps(item: Item, middle: np.ndarray, first: np.ndarray, last: np.ndarray) -> Tensor:
        rows = len(middle)
        all_first = np.concatenate([middle, first])
        all_last = np.concatenate([middle, last])
        sentence = item.window.sentences[all_first]
        one = np.repeat(np.arange(rows), len(first)).reshape(rows, len(first))
        other = np.tile(np.arange(len(first)) + rows, (rows, 1))
        return torch.from_numpy(gaps(all_first, all_last, sentence, one, other))
