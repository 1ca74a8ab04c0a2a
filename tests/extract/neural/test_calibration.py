"""From scores to one probability."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colligate.extract.neural.calibration import Calibration, Signs

CALIBRATION = Calibration.of({"weights": {"model": 1.0, "pattern": 2.0, "type:met": -1.0}, "bias": 0.5})


def signs(model: float = 0.5, pattern: float = 0.0, type_: str = "opposed") -> Signs:
    return Signs(type_, model, pattern, across=False, best=model, times=1)


def test_probability_is_the_logistic_sum_of_the_weighed_signs() -> None:
    assert CALIBRATION.probability(signs()) == pytest.approx(1 / (1 + math.exp(-0.5)))
    assert CALIBRATION.probability(signs(pattern=0.8)) == pytest.approx(1 / (1 + math.exp(-2.1)))
    assert CALIBRATION.probability(signs(type_="met")) == pytest.approx(1 / (1 + math.exp(0.5)))


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_a_surer_model_never_makes_a_claim_less_sure(low: float, high: float, pattern: float) -> None:
    low, high = sorted((low, high))
    less = Calibration({"model": 1.0, "pattern": 2.0}, 0.0).probability(signs(low, pattern))
    more = Calibration({"model": 1.0, "pattern": 2.0}, 0.0).probability(signs(high, pattern))
    assert 0 <= less <= more <= 1
