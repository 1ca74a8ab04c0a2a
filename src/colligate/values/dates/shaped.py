"""Dates cut out of a date: its early part, its second half, around it, its night."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta

from colligate.values.dates.nodes import Context, Node, Resolved, point
from colligate.values.dates.period import Period, hull, month_period, months_on
from colligate.values.dates.rules import rules


@dataclass(frozen=True, slots=True)
class Shaped(Node):
    """A date made of one other date."""

    child: Node

    @property
    def yearless(self) -> bool:
        return self.child.yearless

    def in_year(self, year: int) -> Node:
        return replace(self, child=self.child.in_year(year))

    def resolve(self, context: Context) -> Resolved | None:
        inner = self.child.resolve(context)
        if inner is None:
            return None
        period = self.shape(inner.period)
        return None if period is None else point(period, inner.basis)

    def shape(self, period: Period) -> Period | None:
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Part(Shaped):
    """Early, middle, late, beginning or end of a period, as ``part_bounds`` cuts it."""

    name: str = "early"

    def shape(self, period: Period) -> Period | None:
        if period.grain == "day":
            return period
        cuts = rules().table("part_bounds").get(period.grain)
        if cuts is None or period.fuzzy:
            return None
        low, high = cuts[self.name]
        first = period.first
        if cuts["unit"] == "year":
            base = first.year - (1 if period.grain == "century" else 0)
            return Period(date(base + low, 1, 1), date(base + high, 12, 31), "range", period.edtf, fuzzy=True)
        if cuts["unit"] == "month":
            edtf = f"{period.edtf[:4]}-{rules().table('part_month')[self.name]:02}~"
            last = month_period(first.year, high).last
            return Period(date(first.year, low, 1), last, "range", edtf, fuzzy=True)
        edtf = f"{period.edtf}~"
        if cuts["unit"] == "day":
            last = first.replace(day=min(high, calendar.monthrange(first.year, first.month)[1]))
            return Period(first.replace(day=low), last, "range", edtf, fuzzy=True)
        third = ((period.last - first).days + 1) // 3
        start = first + timedelta(days=third * (low - 1))
        end = period.last if high == 3 else first + timedelta(days=third * high - 1)
        return Period(start, end, "range", edtf, fuzzy=True)


@dataclass(frozen=True, slots=True)
class Around(Shaped):
    """About a date: a day give or take three days, a month a month, a year a year, a decade two years."""

    def shape(self, period: Period) -> Period | None:
        edtf = period.edtf if period.edtf.endswith(("~", "]")) else f"{period.edtf}~"
        if period.grain == "day":
            margin = timedelta(days=3)
            return Period(period.first - margin, period.last + margin, "range", edtf, fuzzy=True)
        months = {"month": 1, "season": 1, "year": 12, "decade": 24}.get(period.grain)
        if months is None:
            return period
        last = months_on(period.last, months)
        if period.grain != "season":
            last = month_period(last.year, last.month).last
        return Period(months_on(period.first, -months), last, "range", edtf, fuzzy=True)


@dataclass(frozen=True, slots=True)
class Perhaps(Shaped):
    """A date that the text doubts: EDTF's question mark, the bounds stay."""

    def shape(self, period: Period) -> Period | None:
        mark = "" if period.edtf.endswith(("?", "]", "~")) else "?"
        return replace(period, edtf=period.edtf + mark)


@dataclass(frozen=True, slots=True)
class Daypart(Shaped):
    """A morning or a night of a day; a night may run into the next day."""

    name: str = "night"

    def shape(self, period: Period) -> Period | None:
        if period.grain != "day":
            return None
        if self.name == "night":
            return Period(period.first, period.last + timedelta(days=1), "range", period.edtf, fuzzy=True)
        return period


@dataclass(frozen=True, slots=True)
class Slice(Shaped):
    """The ``ordinal``-th (negative: from the end) run of ``count`` units of a period. Count 0: a few."""

    ordinal: int = 1
    unit: str = "half"
    count: int = 1

    def shape(self, period: Period) -> Period | None:
        if period.fuzzy:
            return None
        months = {"year": 12, "decade": 120, "century": 1200}.get(period.grain)
        parts = {"half": 2, "semester": 2, "third": 3, "trimester": 3, "quarter": 4}.get(self.unit)
        if parts and months:
            return self._months(period, months, months // parts)
        if parts and period.grain == "month":
            return self._days(period, ((period.last - period.first).days + 2) // parts)
        if self.unit in ("week", "fortnight", "day"):
            size = {"week": 7, "fortnight": 14, "day": 1}[self.unit] * (
                self.count or (7, 2)[self.unit == "week"]
            )
            return self._days(period, size) if period.grain in ("month", "year") else None
        if self.unit == "month" and period.grain == "year":
            return self._months(period, 12, self.count or 4)
        if self.unit == "year" and months and months > 12:
            return self._months(period, months, 12 * (self.count or 4))
        return None

    def _months(self, period: Period, months: int, size: int) -> Period | None:
        at = (self.ordinal - 1) * size if self.ordinal > 0 else months + self.ordinal * size
        if at < 0 or at + size > months:
            return None
        first = months_on(period.first, at)
        last = months_on(period.first, at + size) - timedelta(days=1)
        return hull(first, last, "year" if size % 12 == 0 else "month")

    def _days(self, period: Period, size: int) -> Period | None:
        length = (period.last - period.first).days + 1
        at = (self.ordinal - 1) * size if self.ordinal > 0 else length + self.ordinal * size
        if at < 0 or at >= length:
            return None
        first = period.first + timedelta(days=at)
        return hull(first, min(first + timedelta(days=size - 1), period.last), "day")
