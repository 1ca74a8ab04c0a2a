"""Keeps claims and judgements. ``base`` is the contract; backends are memory and SQLite."""

from colligate.store.base import EVERY_CLAIM, ClaimFilter, Store, View, Writer
from colligate.store.records import ActorSummary, Counts, DocumentSummary, Failure, Hit, Recorded, Run

__all__ = [
    "EVERY_CLAIM",
    "ActorSummary",
    "ClaimFilter",
    "Counts",
    "DocumentSummary",
    "Failure",
    "Hit",
    "Recorded",
    "Run",
    "Store",
    "View",
    "Writer",
]
