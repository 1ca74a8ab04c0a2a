"""A date as bounds. Nothing is invented: a bound that the text does not give stays ``None``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Held(StrEnum):
    """Whether something was so at a date."""

    HELD = "held"
    MAY_HAVE_HELD = "may_have_held"
    NO_EVIDENCE = "no_evidence"


@dataclass(frozen=True, slots=True)
class When:
    """A span of time whose start and end are each known only within bounds.

    ``start_earliest <= start_latest`` and ``end_earliest <= end_latest`` where both are given;
    a bound of ``None`` is open. A thing that happened at one point has equal start and end bounds:
    "in 1986" starts and ends somewhere between 1986-01-01 and 1986-12-31.

    ``edtf`` is the ISO 8601-2 reading of the words, ``quote`` the words themselves ("" when the
    date was given by the document and not by a phrase), ``start``/``end`` where they stand in the
    document's text (-1 when nowhere). ``basis`` names what a relative date was resolved against.
    Raises ValueError when bounds contradict each other.
    """

    edtf: str
    start_earliest: date | None = None
    start_latest: date | None = None
    end_earliest: date | None = None
    end_latest: date | None = None
    quote: str = ""
    start: int = -1
    end: int = -1
    basis: str = ""

    def __post_init__(self) -> None:
        pairs = (
            ("start_earliest", self.start_earliest, "start_latest", self.start_latest),
            ("end_earliest", self.end_earliest, "end_latest", self.end_latest),
            ("start_earliest", self.start_earliest, "end_latest", self.end_latest),
        )
        for low_name, low, high_name, high in pairs:
            if low is not None and high is not None and low > high:
                raise ValueError(f"{low_name} {low} is after {high_name} {high}")

    def at(self, day: date) -> Held:
        """Whether a thing with this date held on ``day`` (the design's principle 5)."""
        if (
            self.start_latest is not None
            and self.end_earliest is not None
            and self.start_latest <= day <= self.end_earliest
        ):
            return Held.HELD
        begun = self.start_earliest is None or self.start_earliest <= day
        not_over = self.end_latest is None or day <= self.end_latest
        known = (self.start_earliest, self.start_latest, self.end_earliest, self.end_latest)
        if begun and not_over and any(bound is not None for bound in known):
            return Held.MAY_HAVE_HELD
        return Held.NO_EVIDENCE
