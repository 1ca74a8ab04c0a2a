"""Held-out text: what a model makes of documents it was not trained on, and what its scores are worth."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from colligate.extract.base import Reading
from colligate.extract.neural.calibration import Calibration, Signs
from colligate.extract.neural.deciding import Decider
from colligate.extract.neural.judging import JUDGED
from colligate.extract.neural.model import ReadingModel
from colligate.extract.pipeline import Pipeline, default_pipeline, with_model
from colligate.model import Claim
from colligate.readers import read_unguarded
from colligate.vocabulary import Vocabulary, load
from colligate.workflows.gold import Gold, gold_load
from colligate.workflows.restated import restated
from colligate.workflows.scoring import Scores, claims_score, verdicts


@dataclass(slots=True)
class HeldOut:
    """One document as a model reads it, before anything is decided."""

    name: str
    reading: Reading
    decider: Decider
    gold: Gold


def undecided(model: ReadingModel, vocabulary: Vocabulary) -> Pipeline:
    """The pipeline up to where patterns and model are put together."""
    plain = default_pipeline(vocabulary).stages
    return Pipeline(with_model(plain, model, decide=False), vocabulary=vocabulary)


def written_small(text: str) -> str:
    """The text without capitals, letter for letter."""
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


def in_capitals(text: str) -> str:
    """The text in capitals, letter for letter."""
    return "".join(high if len(high := letter.upper()) == 1 else letter for letter in text)


def held_out(
    folder: Path, names: Iterable[str], model: ReadingModel, *, written: Callable[[str], str] = str
) -> list[HeldOut]:
    """Reads documents with a model that has not seen them, as they are or ``written`` in another way that
    keeps every letter in its place."""
    vocabulary = load()
    pipeline = undecided(model, vocabulary)
    found = []
    for name in names:
        document = read_unguarded((folder / f"{name}.txt").read_bytes(), name=f"{name}.txt")
        reading = pipeline.extract(replace(document, text=written(document.text)))
        decider = Decider(reading, reading.kept[JUDGED], model.name)
        found.append(HeldOut(name, reading, decider, gold_load(folder / name)))
    return found


Row = tuple[Signs, bool]


Decide = Callable[[Decider, Callable[[Signs], float]], Iterable[Claim]]


def tie_rows(held: Iterable[HeldOut]) -> list[Row]:
    """The signs of every tie that anybody sees, and whether it is right."""
    return _rows(held, Decider.ties)


def event_rows(held: Iterable[HeldOut]) -> list[Row]:
    """The same for events."""
    return _rows(held, Decider.events)


def _rows(held: Iterable[HeldOut], decide: Decide) -> list[Row]:
    rows: list[Row] = []
    for document in held:
        signs: list[Signs] = []

        def note(found: Signs, into: list[Signs] = signs) -> float:
            into.append(found)
            return 1.0

        claims = list(decide(document.decider, note))
        rows += zip(signs, verdicts(claims, document.gold, load()), strict=True)
    return rows


def fit(rows: Sequence[Row], *, penalty: float = 3.0, rounds: int = 60) -> Calibration:
    """Logistic regression by Newton's method. ``penalty`` holds the weights of rare features small."""
    featured = [signs.row() for signs, _ in rows]
    names = sorted({name for row in featured for name in row})
    at = {name: number for number, name in enumerate(names)}
    x = np.zeros((len(rows), len(names) + 1))
    x[:, -1] = 1.0
    for number, row in enumerate(featured):
        for name, value in row.items():
            x[number, at[name]] = value
    y = np.array([right for _, right in rows], dtype=float)
    w = np.zeros(x.shape[1])
    hold = np.full(x.shape[1], penalty)
    hold[-1] = 1e-3
    for _ in range(rounds):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        gradient = x.T @ (p - y) + hold * w
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.diag(hold)
        step = np.linalg.solve(hessian, gradient)
        w -= step
        if np.abs(step).max() < 1e-6:
            break
    return Calibration({name: round(float(w[at[name]]), 4) for name in names}, round(float(w[-1]), 4))


def decided(held: HeldOut, ties: Calibration, events: Calibration, least: float) -> list[Claim]:
    """The claims of one document at least as sure as ``least``."""
    made: list[Claim] = [*held.decider.ties(ties.probability), *held.decider.events(events.probability)]
    return restated((claim for claim in made if claim.basis.score >= least), load())


def scores(held: Sequence[HeldOut], claims: Callable[[HeldOut], list[Claim]]) -> dict[str, Scores]:
    """Each document's scores."""
    return {document.name: claims_score(claims(document), document.gold, load()) for document in held}


def reliability(rows: Sequence[Row], calibration: Calibration) -> list[tuple[float, float, float, int]]:
    """(lower bound, mean probability, share right, number) by tenths of probability."""
    probabilities = np.array([calibration.probability(signs) for signs, _ in rows])
    right = np.array([verdict for _, verdict in rows], dtype=float)
    table = []
    for tenth in range(10):
        inside = (probabilities >= tenth / 10) & (probabilities < (tenth + 1) / 10 + (tenth == 9))
        if inside.any():
            table.append(
                (
                    tenth / 10,
                    float(probabilities[inside].mean()),
                    float(right[inside].mean()),
                    int(inside.sum()),
                )
            )
    return table
