"""What a run has used and may still use. Estimates are marked as such; what an endpoint reports is used
where it can be true."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from colligate.extract.llm.options import Budget

# Bytes a token, of English prose with many names. Names of the field's actors are cut finer than prose.
_BYTES = 3.5
_MOST_SANE = 10_000_000


def tokens_about(text: str) -> int:
    """About how many tokens ``text`` has. No tokenizer: each model has its own."""
    return math.ceil(len(text.encode("utf-8", "replace")) / _BYTES)


@dataclass(slots=True)
class Spending:
    """Counts of one run. ``reused`` replies came out of the cache and cost nothing; ``estimated`` is
    whether some of the tokens are our estimate."""

    budget: Budget
    requests: int = 0
    retries: int = 0
    reused: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    estimated: bool = False
    _more: float = 1.0  # so many times our estimate is what the endpoint has reckoned at the most

    @property
    def tokens(self) -> int:
        return self.tokens_in + self.tokens_out

    @property
    def money(self) -> float | None:
        """In the currency of the prices; None without prices."""
        return self.budget.cost(self.tokens_in, self.tokens_out) if self.budget.priced else None

    def room_for(self, tokens_in: int, tokens_out: int) -> bool:
        """Whether a request of about so many tokens keeps the budget, whatever its reply is, up to its
        longest. An endpoint that counts more tokens than we do is believed from its first reply on."""
        budget = self.budget
        tokens_in = math.ceil(tokens_in * self._more)
        if budget.tokens and self.tokens + tokens_in + tokens_out > budget.tokens:
            return False
        if budget.money is None:
            return True
        return budget.cost(self.tokens_in + tokens_in, self.tokens_out + tokens_out) <= budget.money

    def add(self, usage: Any, *, about_in: int, about_out: int) -> None:
        """Counts one reply by what the endpoint says it used, else by our estimate."""
        told = usage if isinstance(usage, dict) else {}
        for name, key, about in (
            ("tokens_in", "prompt_tokens", about_in),
            ("tokens_out", "completion_tokens", about_out),
        ):
            value = told.get(key)
            if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < _MOST_SANE:
                value, self.estimated = about, True
            setattr(self, name, getattr(self, name) + value)
            if name == "tokens_in":
                self._more = max(self._more, value / max(about, 1))

    def add_unanswered(self, about_in: int) -> None:
        """A request without a reply may have been read, and charged for, all the same."""
        self.tokens_in += about_in
        self.estimated = True
