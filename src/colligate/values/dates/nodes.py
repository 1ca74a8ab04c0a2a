"""What the words of a date say, before the context is known: small trees that resolve to bounds."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeAlias

from colligate.values.dates.period import (
    Period,
    day_period,
    decade_period,
    edtf_high,
    edtf_low,
    hull,
    month_period,
    months_on,
    moved,
    unit_period,
    year_period,
)
from colligate.values.dates.rules import rules

Bounds: TypeAlias = tuple[date | None, date | None, date | None, date | None]
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Context:
    """What relative words point to: the last dated point of the text, and the document's date."""

    text: Period | None = None
    document: Period | None = None


@dataclass(frozen=True, slots=True)
class Resolved:
    """Bounds in the order of ``When``, and the period they are about (the year of "since 1996").

    ``basis`` is "" for a date that needs no context, "text", "document" or "era:NAME".
    """

    edtf: str
    bounds: Bounds
    period: Period
    basis: str = ""


def point(period: Period, basis: str = "") -> Resolved:
    """Something at one time within ``period``, or through some of it: nothing more is known."""
    bounds = (period.first, period.last, period.first, period.last)
    return Resolved(period.edtf, bounds, period, basis)


class Node:
    """A date as written. ``yearless`` ones take their year from elsewhere; :meth:`in_year` gives it."""

    __slots__ = ()

    @property
    def yearless(self) -> bool:
        return False

    def in_year(self, year: int) -> Node:  # noqa: ARG002 - a dated node keeps its own year
        return self

    def resolve(self, context: Context) -> Resolved | None:
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Fixed(Node):
    """A period that needs nothing more."""

    period: Period
    basis: str = ""

    def resolve(self, context: Context) -> Resolved | None:  # noqa: ARG002
        return point(self.period, self.basis)


@dataclass(frozen=True, slots=True)
class Calendar(Node):
    """A month, a day (or days ``day``-``day2``) of a month, or a season; ``year`` may be missing."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    day2: int | None = None
    season: str = ""
    winter_end: int | None = None

    @property
    def yearless(self) -> bool:
        return self.year is None

    def in_year(self, year: int) -> Node:
        return self if self.year is not None else replace(self, year=year)

    def resolve(self, context: Context) -> Resolved | None:
        if self.year is not None:
            return self._dated(self.year, "")
        for anchor, basis in ((context.text, "text"), (context.document, "document")):
            if anchor is not None:
                year = self._year_near(anchor, backwards=basis == "document")
                return None if year is None else self._dated(year, basis)
        return None

    def _year_near(self, anchor: Period, *, backwards: bool) -> int | None:
        """The year that the context gives: of the anchor's year, or of the turn of the year beside it."""
        if not anchor.finer_than_decade:
            return None
        month = self.month or rules().table("seasons")[self.season]["first"][0]
        if backwards:  # a report speaks of what has been: the last such month before its date
            return anchor.last.year - (month > anchor.last.month)
        year = anchor.last.year
        if anchor.grain in ("year", "decade") or anchor.first.year != anchor.last.year:
            return year
        # A story moves on: after November comes the January of the next year. A step back of fewer than
        # seven months is a look back within the year.
        return year + 1 if anchor.first.month - month >= 7 else year

    def _dated(self, year: int, basis: str) -> Resolved | None:
        if self.season:
            return point(season_period(year, self.season, winter_end=self.winter_end), basis)
        if self.month is None:
            return point(year_period(year), basis)
        if self.day is None:
            return point(month_period(year, self.month), basis)
        length = calendar.monthrange(year, self.month)[1]
        if self.day > length or (self.day2 or 0) > length:
            return None
        first = date(year, self.month, self.day)
        if self.day2 is None:
            return point(day_period(first), basis)
        last = date(year, self.month, self.day2)
        if last <= first:
            return None
        period = Period(first, last, "range", f"{first}/{last}")
        return Resolved(period.edtf, (first, first, last, last), period, basis)


@dataclass(frozen=True, slots=True)
class Holiday(Node):
    """A named day or feast, in a year or in the context's."""

    name: str
    year: int | None = None

    @property
    def yearless(self) -> bool:
        return self.year is None

    def in_year(self, year: int) -> Node:
        return replace(self, year=year)

    def resolve(self, context: Context) -> Resolved | None:
        if self.year is not None:
            period = holiday_period(self.name, self.year)
            return point(period) if period else None
        anchor = context.text
        if anchor is None or not anchor.finer_than_decade or anchor.first.year != anchor.last.year:
            return None
        period = holiday_period(self.name, anchor.first.year)
        return point(period, "text") if period else None


@dataclass(frozen=True, slots=True)
class Either(Node):
    """One of two dates; also the union of two parts of one ("mid- to late 1990s")."""

    low: Node
    high: Node

    @property
    def yearless(self) -> bool:
        return self.low.yearless and self.high.yearless

    def in_year(self, year: int) -> Node:
        return Either(self.low.in_year(year), self.high.in_year(year))

    def resolve(self, context: Context) -> Resolved | None:
        pair = _both(self.low, self.high, context)
        if pair is None:
            return None
        low, high = pair
        if low.period.first > high.period.last:
            return None
        first, last = low.period.first, max(low.period.last, high.period.last)
        a, b = edtf_low(low.edtf), edtf_high(high.edtf)
        grain = "range" if a != b else low.period.grain
        return point(Period(first, last, grain, a if a == b else f"[{a}..{b}]", fuzzy=True), low.basis)


@dataclass(frozen=True, slots=True)
class Range(Node):
    """From one date to another; ``whole`` when it lasted so ("from - to"), else some time "between"."""

    low: Node
    high: Node
    whole: bool = True

    @property
    def yearless(self) -> bool:
        return self.low.yearless and self.high.yearless

    def in_year(self, year: int) -> Node:
        return Range(self.low.in_year(year), self.high.in_year(year), self.whole)

    def resolve(self, context: Context) -> Resolved | None:
        pair = _both(self.low, self.high, context)
        if pair is None:
            return None
        low, high = pair
        first, last = low.period.first, high.period.last
        if first > last or low.period.first > high.period.first:
            return None
        edtf = f"{edtf_low(low.edtf)}/{edtf_high(high.edtf)}"
        period = Period(first, last, "range", edtf, low.period.fuzzy or high.period.fuzzy)
        if not self.whole:
            return point(period, low.basis)
        return Resolved(edtf, (first, low.period.last, high.period.first, last), period, low.basis)


@dataclass(frozen=True, slots=True)
class OfYear(Node):
    """ "November of that year"."""

    child: Node
    year: Node

    def resolve(self, context: Context) -> Resolved | None:
        year = self.year.resolve(context)
        if year is None or year.period.grain != "year":
            return None
        inner = self.child.in_year(year.period.first.year).resolve(context)
        return replace(inner, basis=year.basis) if inner else None


@dataclass(frozen=True, slots=True)
class Open(Node):
    """A date that one side of is open. ``kind``: see :data:`_OPENINGS`."""

    kind: str
    child: Node

    @property
    def yearless(self) -> bool:
        return self.child.yearless

    def in_year(self, year: int) -> Node:
        return replace(self, child=self.child.in_year(year))

    def resolve(self, context: Context) -> Resolved | None:
        inner = self.child.resolve(context)
        return None if inner is None else opened(inner, self.kind)


def opened(inner: Resolved, kind: str) -> Resolved:
    """``inner`` with a side opened. Crisp periods are left out of before and after, fuzzy ones kept in:
    "before 2001" ends with 2000, "before late 2001" may well be October. "_in" kinds keep all of it
    ("after his arrest in 2003" may be in 2003)."""
    period = inner.period
    low, high = edtf_low(inner.edtf), edtf_high(inner.edtf)
    include = period.fuzzy or kind.endswith("_in")
    first, last = period.first, period.last
    if kind == "since":
        return Resolved(f"{low}/..", (first, last, None, None), period, inner.basis)
    if kind == "since_at_least":
        return Resolved(f"{low}/..", (None, last, None, None), period, inner.basis)
    if kind == "until":
        return Resolved(f"../{high}", (None, None, first, last), period, inner.basis)
    if kind == "until_at_least":
        return Resolved(f"../{high}", (None, None, first, None), period, inner.basis)
    if kind == "by":
        return Resolved(f"[..{high}]", (None, last, None, None), period, inner.basis)
    if kind == "as_of":
        return Resolved(inner.edtf, (None, last, first, None), period, inner.basis)
    if kind in ("before", "before_in"):
        edge = last if include else first - _DAY
        return Resolved(f"[..{low}]", (None, edge, None, edge), period, inner.basis)
    edge = first if include else last + _DAY
    shown = high if kind == "after" else low
    return Resolved(f"[{shown}..]", (edge, None, edge, None), period, inner.basis)


def _both(low: Node, high: Node, context: Context) -> tuple[Resolved, Resolved] | None:
    """The two ends; the first is the context of the second."""
    a = low.resolve(context)
    if a is None:
        return None
    b = high.resolve(Context(a.period, context.document))
    return None if b is None else (a, b)


def season_period(year: int, season: str, *, winter_end: int | None = None) -> Period:
    """A season of a year. A winter named by one year may be its first or its last months."""
    spec = rules().table("seasons")[season]
    edtf = f"{year:04}-{spec['code']}"
    (month, day), (last_month, last_day) = spec["first"], spec["last"]
    if spec["code"] != 24:
        return Period(date(year, month, day), date(year, last_month, last_day), "season", edtf)
    start = date(year, month, day) if winter_end else date(year, 1, 1)
    return Period(start, date(year + 1, last_month, last_day), "season", edtf)


def holiday_period(name: str, year: int) -> Period | None:
    """The days of a feast in a year; None where the year holds none or two of them."""
    from colligate.values.dates.period import easter, islamic_days  # noqa: PLC0415 - rarely needed

    spec = rules().table("holidays")[name]
    if spec["rule"] == "fixed":
        first = date(year, *spec["at"])
        last = date(year, *spec.get("to", spec["at"]))
        return day_period(first) if first == last else hull(first, last, "day")
    if spec["rule"] == "easter":
        return day_period(easter(year) + timedelta(days=spec["after"]))
    days = islamic_days(year, *spec["at"])
    if len(days) != 1:
        return None
    margin = timedelta(days=2)
    return hull(days[0] - margin, days[0] + timedelta(days=spec["days"] - 1) + margin, "day", fuzzy=True)


__all__ = [
    "Bounds", "Calendar", "Context", "Either", "Fixed", "Holiday", "Node", "OfYear", "Open", "Range",
    "Resolved", "decade_period", "holiday_period", "months_on", "moved", "opened", "point", "season_period",
    "unit_period",
]  # fmt: skip
