"""Keeps claims and judgements. ``base`` is the contract; ``memory`` and ``case`` (SQLite) keep it.

``Case`` is not imported here: it loads SQLAlchemy, and ``colligate --help`` must not wait for that.
"""

from colligate.store.base import EVERY_CLAIM, VOUCHED, ClaimFilter, Store, View, Writer
from colligate.store.records import ActorSummary, Counts, DocumentSummary, Failure, Hit, Recorded, Run

__all__ = [
    "EVERY_CLAIM",
    "VOUCHED",
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
