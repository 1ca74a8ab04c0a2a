"""What a person decided: about a claim, or about whether two actors are one. Kept in a ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Verdict(StrEnum):
    """A judgement on a claim (accept, reject) or on a pair of actors (same, different, unsure)."""

    ACCEPT = "accept"
    REJECT = "reject"
    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Judgement:
    """One line of the ledger. ``about`` holds one claim id, or two actor ids in sorted order.

    ``made_at`` is an aware UTC time. A judgement is never altered: ``withdrawn_at`` ends it.
    """

    id: str
    verdict: Verdict
    about: tuple[str, ...]
    by: str
    made_at: datetime
    reason: str = ""
    withdrawn_at: datetime | None = None
