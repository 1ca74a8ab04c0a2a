"""From scores to one probability: what patterns and model say of a claim, weighed on held-out text.

The weights come from ``training`` and lie beside the model's: a logistic regression over the few
features below, fitted on texts that the model had not seen. See docs/decisions for why no more.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

FLOOR = 0.01  # the score of what the model does not propose at all


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for a claim. ``model`` and ``pattern`` are scores, 0 where one of them is silent;
    ``across``: its ends stand in different sentences; ``best``: the model's best score for the same tie
    anywhere in the document; ``times``: in how many sentences somebody finds it; ``sure``: how surely its
    ends are mentions at all, the less sure of the two; ``named``: how many mentions the document has of the
    one with fewer; ``nominal`` and ``community``: whether an end is a description, or a collective."""

    type: str
    model: float
    pattern: float
    across: bool
    best: float
    times: int
    pronoun: bool = False
    sure: float = 1.0
    named: int = 1
    nominal: bool = False
    community: bool = False

    def row(self) -> dict[str, float]:
        """The features by name."""
        return {
            "model": _logit(self.model),
            "silent model": float(self.model < FLOOR),
            "pattern": self.pattern,
            "both": float(self.pattern > 0 and self.model >= 0.2),
            "best": _logit(self.best),
            "times": math.log(self.times),
            "across": float(self.across),
            "pronoun": float(self.pronoun),
            "sure": _logit(self.sure),
            "named": math.log(self.named),
            "nominal": float(self.nominal),
            "community": float(self.community),
            f"type:{self.type}": 1.0,
            f"pattern:{self.type}": self.pattern,
        }


@dataclass(frozen=True, slots=True)
class Calibration:
    """A weight for each feature; features without one count nothing."""

    weights: Mapping[str, float]
    bias: float

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> Calibration:
        return cls({str(name): float(value) for name, value in raw["weights"].items()}, float(raw["bias"]))

    def probability(self, signs: Signs) -> float:
        """How often a claim with these signs is right, 0..1."""
        total = self.bias + sum(self.weights.get(name, 0.0) * value for name, value in signs.row().items())
        return 1.0 / (1.0 + math.exp(-max(min(total, 30.0), -30.0)))


def _logit(score: float) -> float:
    score = min(max(score, FLOOR), 1 - FLOOR)
    return math.log(score / (1 - score))
