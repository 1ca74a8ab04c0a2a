"""What a service says it used counts where it can be true; else our estimate does."""

from __future__ import annotations

from typing import Any

import pytest

from colligate.extract.llm.cost import Spending, tokens_about
from colligate.extract.llm.options import Budget


def test_tokens_are_estimated_by_bytes() -> None:
    assert tokens_about("") == 0
    assert tokens_about("Brann Okot led the Salt Column.") == 9
    assert tokens_about("\ud800") == 1


@pytest.mark.parametrize(
    "usage",
    [
        None, "many", [], {}, {"prompt_tokens": "12", "completion_tokens": None},
        {"prompt_tokens": -5, "completion_tokens": -5}, {"prompt_tokens": 10**12, "completion_tokens": 1.5},
        {"prompt_tokens": True, "completion_tokens": 0},
    ],
)  # fmt: skip
def test_a_usage_that_cannot_be_true_is_estimated(usage: Any) -> None:
    spending = Spending(Budget())
    spending.add(usage, about_in=40, about_out=20)
    assert (spending.tokens_in, spending.tokens_out, spending.estimated) == (40, 20, True)


def test_a_usage_is_summed() -> None:
    spending = Spending(Budget(price_in=10.0, price_out=20.0))
    for _ in range(2):
        spending.add({"prompt_tokens": 300, "completion_tokens": 100}, about_in=1, about_out=1)
    assert (spending.tokens_in, spending.tokens_out, spending.estimated) == (600, 200, False)
    assert spending.money == pytest.approx(0.01)
    assert Spending(Budget()).money is None


def test_room() -> None:
    spending = Spending(Budget(tokens=100))
    assert spending.room_for(60, 40)
    assert not spending.room_for(60, 41)
    assert Spending(Budget(tokens=0)).room_for(10**9, 10**9)
