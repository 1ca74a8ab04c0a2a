"""The first thing that the model adds: names and collectives that the rules do not know or misread.

Runs between the rules that find names and those that cluster them. What both see stays as the rules
have it; where they differ the surer one wins, by the margins below.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

import numpy as np

from colligate.extract.base import MOST_TOKENS, Naming, Reading
from colligate.extract.neural.model import Floats, ReadingModel
from colligate.extract.neural.pieces import Window, windows

KEPT = "neural:seen"
# A span counts from here on. Below ADD the rules' silence is believed.
ADD = 0.5
# A name of the rules that the model gives less than this, and that no list knows, is left out.
DROP = 0.02
# The model's kind replaces the rules' where it is at least this sure.
RETYPE = 0.8


@dataclass(slots=True)
class Seen:
    """What the encoder saw of a document: its windows, their vectors (as half floats: they are held until
    the claims are made), and the spans that the model finds besides names."""

    windows: list[Window]
    hidden: list[Floats]
    triggers: list[list[tuple[int, int, str, float]]] = field(default_factory=list)
    nominals: list[list[tuple[int, int, str, float]]] = field(default_factory=list)


class MentionStage:
    """Mends namings by the model's spans and keeps what the encoder saw."""

    name = "model mentions"
    needs = frozenset({"document", "tokens", "sentences", "namings"})
    gives = frozenset({"namings"})

    def __init__(self, model: ReadingModel) -> None:
        self._model = model

    def run(self, reading: Reading) -> None:
        if len(reading.tokens) > MOST_TOKENS:
            return
        text = reading.document.text
        cut = windows(text, [(s.start, s.end) for s in reading.sentences], self._model.tokenizer)
        seen = Seen(cut, [np.zeros((0, 0), np.float16)] * len(cut))
        seen.triggers = [[] for _ in cut]
        seen.nominals = [[] for _ in cut]
        mender = _Mender(reading, self._model)
        for number, hidden in self._model.encode(cut):
            scores = self._model.spans(hidden)
            mender.look(number, cut[number], scores, seen)
            seen.hidden[number] = hidden.astype(np.float16)
        mender.mend()
        reading.kept[KEPT] = seen


class _Mender:
    def __init__(self, reading: Reading, model: ReadingModel) -> None:
        self.reading = reading
        self.labels = model.labels.spans
        self.names = [n for n, label in enumerate(self.labels) if label.startswith("name:")]
        self.mentions = [n for n, label in enumerate(self.labels) if not label.startswith("trigger:")]
        self.found: list[tuple[float, int, int, str, str]] = []  # score, first, last, kind, form
        self.believed: dict[int, tuple[float, str]] = {}  # naming -> the model's score and best kind
        self.starts = [naming.start for naming in reading.namings]

    def look(self, number: int, window: Window, scores: Floats, seen: Seen) -> None:
        first, width, kind = np.nonzero(scores > 0.3)
        for at, wide, label in zip(first.tolist(), width.tolist(), kind.tolist(), strict=True):
            if window.sentences[at] != window.sentences[at + wide]:
                continue  # nothing that is named or told goes from one sentence into the next
            score = float(scores[at, wide, label])
            group, _, what = self.labels[label].partition(":")
            if group == "trigger":
                seen.triggers[number].append((at, at + wide, what, score))
                continue
            if group == "nominal" and what != "community":
                seen.nominals[number].append((at, at + wide, what, score))
                continue
            if score > ADD:
                span = self._tokens(int(window.starts[at]), int(window.ends[at + wide]))
                # Some texts that it learnt from hold the article in the name, the rules leave it out.
                if span is not None and self.reading.tokens.lower[span[0]] in ("the", "a", "an"):
                    span = (span[0] + 1, span[1]) if span[1] - span[0] > 1 else None
                if span is not None:
                    self.found.append((score, *span, what, "name" if group == "name" else "nominal"))
        low = bisect_left(self.starts, int(window.starts[1]))
        high = bisect_right(self.starts, int(window.ends[-2]))
        for index in range(low, high):
            naming = self.reading.namings[index]
            place = window.span(naming.start, naming.end)
            if place is None or place[1] - place[0] >= scores.shape[1]:
                continue
            every = scores[place[0], place[1] - place[0]]
            self.reading.namings[index].sure = float(every[self.mentions].max())
            row = every[self.names]
            best = int(row.argmax())
            self.believed[index] = float(row[best]), self.labels[self.names[best]].partition(":")[2]

    def _tokens(self, start: int, end: int) -> tuple[int, int] | None:
        """The tokens that the characters cover; None where they begin or end inside one."""
        tokens = self.reading.tokens
        first = bisect_right(tokens.start, start) - 1
        last = bisect_left(tokens.end, end)
        if first < 0 or last >= len(tokens) or first > last or tokens.start[first] != start:
            return None
        return (first, last + 1) if tokens.end[last] == end else None

    def mend(self) -> None:
        kept: list[Naming] = []
        for index, naming in enumerate(self.reading.namings):
            score, kind = self.believed.get(index, (1.0, naming.kind))
            listed = naming.source.startswith("list:")
            if naming.form == "name" and score < DROP and not listed:
                continue
            if naming.form == "name" and kind != naming.kind and score > RETYPE and not listed:
                naming.kind = kind
            kept.append(naming)
        taken = {(naming.first, naming.last) for naming in kept}
        cover: dict[int, Naming] = {}
        for naming in kept:
            for token in range(naming.first, naming.last):
                cover.setdefault(token, naming)
        tokens = self.reading.tokens
        for score, first, last, kind, form in sorted(self.found, key=lambda found: (-found[0], found[1])):
            if (first, last) in taken:
                continue
            crossed = [cover[token] for token in range(first, last) if token in cover]
            outer = [n for n in crossed if n.first <= first and last <= n.last]
            if any(
                not (n.first <= first and last <= n.last) and not (first <= n.first and n.last <= last)
                for n in crossed
            ):
                continue
            made = Naming(
                first, last, tokens.start[first], tokens.end[last - 1], kind, form=form,
                head=not outer, source="model", sure=score,
            )  # fmt: skip
            for naming in crossed:
                if first <= naming.first and naming.last <= last and naming is not made:
                    naming.head = False
            taken.add((first, last))
            kept.append(made)
            for token in range(first, last):
                cover.setdefault(token, made)
        kept.sort(key=lambda naming: (naming.first, -naming.last))
        self.reading.namings = kept
