"""Dates that point to another date: of the text ("that year"), or of the document ("last year")."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from colligate.values.dates.nodes import Calendar, Context, Node, Resolved, point, season_period
from colligate.values.dates.period import (
    Period,
    day_period,
    edtf_low,
    hull,
    month_period,
    moved,
    unit_period,
    year_period,
)
from colligate.values.dates.rules import rules

_RANK = {"day": 0, "week": 1, "month": 2, "season": 3, "year": 4, "decade": 5}


@dataclass(frozen=True, slots=True)
class Same(Node):
    """ "That year", "the same day"; ``half`` is "later" or "earlier" for the part after or before."""

    unit: str
    half: str = ""

    def resolve(self, context: Context) -> Resolved | None:
        anchor = context.text
        if anchor is None:
            return None
        period = _unit_of(anchor, self.unit)
        if period is None or not self.half or period.grain == anchor.grain:
            return point(period, "text") if period else None
        if self.half == "later":
            edtf = f"[{edtf_low(anchor.edtf)}..{period.edtf}]"
            return point(Period(anchor.first, period.last, "range", edtf), "text")
        edtf = f"[{period.edtf}..{edtf_low(anchor.edtf)}]"
        return point(Period(period.first, anchor.last, "range", edtf), "text")


@dataclass(frozen=True, slots=True)
class Then(Node):
    """The date spoken of: "since then"."""

    def resolve(self, context: Context) -> Resolved | None:
        return point(context.text, "text") if context.text else None


@dataclass(frozen=True, slots=True)
class SameNamed(Node):
    """ "That May", "that summer": in the year spoken of."""

    child: Calendar

    def resolve(self, context: Context) -> Resolved | None:
        year = _unit_of(context.text, "year") if context.text else None
        if year is None:
            return None
        inner = self.child.in_year(year.first.year).resolve(context)
        return point(inner.period, "text") if inner else None


@dataclass(frozen=True, slots=True)
class Step(Node):
    """One unit, month, season or weekday on (+1), back (-1) or here (0), from the text or the document.

    ``what`` is a unit ("year") or a named month, season or weekday.
    """

    what: str
    direction: int
    base: str = "text"

    def resolve(self, context: Context) -> Resolved | None:
        anchor = context.text if self.base == "text" else context.document
        if anchor is None:
            return None
        period = self._unit(anchor) if self.what in _RANK else self._named(anchor)
        return point(period, self.base) if period else None

    def _unit(self, anchor: Period) -> Period | None:
        if self.what == "week":
            return self._week(anchor)
        here = _unit_of(anchor, self.what)
        if here is None:
            return None
        if here.grain == "decade":
            return unit_period(moved(here.first, self.direction, "decade"), "decade")
        return unit_period(moved(here.first, self.direction, self.what), self.what)

    def _week(self, anchor: Period) -> Period | None:
        if anchor.grain != "day":
            return None
        day = anchor.first
        if self.direction == 0:
            return hull(day - timedelta(days=6), day + timedelta(days=6), "day")
        low, high = sorted((day + timedelta(days=self.direction), day + timedelta(days=13 * self.direction)))
        return hull(low, high, "day")

    def _named(self, anchor: Period) -> Period | None:
        tables = rules().raw
        if self.what in tables["weekdays"]:
            return self._weekday(anchor, tables["weekdays"][self.what])
        if anchor.grain not in ("day", "month", "season", "year") and not anchor.finer_than_decade:
            return None
        month = tables["months"].get(self.what)
        start = month or tables["seasons"][self.what]["first"][0]
        year = anchor.last.year
        if self.direction == 0:
            pass
        elif anchor.grain == "year" and self.base == "document":
            if self.direction > 0:
                return None
            low, high = self._in(year - 1, month), self._in(year, month)  # which of the two is not said
            unit = "month" if month else "day"
            return hull(low.first, high.last, unit)
        elif anchor.grain == "year":
            year += self.direction
        elif self.direction > 0:
            year += start <= anchor.last.month
        else:
            year -= start >= anchor.first.month
        return self._in(year, month)

    def _in(self, year: int, month: int | None) -> Period:
        return month_period(year, month) if month else season_period(year, self.what)

    def _weekday(self, anchor: Period, weekday: int) -> Period | None:
        if anchor.grain != "day":
            return None
        day = anchor.first
        if self.direction > 0:
            return day_period(day + timedelta(days=(weekday - day.weekday() - 1) % 7 + 1))
        back = (day.weekday() - weekday) % 7
        nearest = day - timedelta(days=back)
        if self.direction == 0:
            return day_period(nearest)
        # "last Friday" on a Monday may be three or ten days ago.
        return hull(nearest - timedelta(days=7), nearest - timedelta(days=0 if back else 7), "day")


@dataclass(frozen=True, slots=True)
class Shift(Node):
    """``low`` to ``high`` units after (``sign`` 1) or before (-1) the date of the text, the document
    or ``origin``. The result is as fine as the unit: a year after 11 September 2001 is 2002."""

    low: int
    high: int
    unit: str
    sign: int
    base: str = "text"
    origin: Node | None = None

    def resolve(self, context: Context) -> Resolved | None:
        anchor, basis = self._anchor(context)
        if anchor is None or _RANK.get(anchor.grain, 4) > 4:
            return None
        near, far = sorted((self.sign * max(self.low, 0), self.sign * self.high))
        first, last = moved(anchor.first, near, self.unit), moved(anchor.last, far, self.unit)
        period = self._snapped(anchor, first, last)
        return point(period, basis) if period else None

    def _anchor(self, context: Context) -> tuple[Period | None, str]:
        if self.origin is not None:
            inner = self.origin.resolve(context)
            return (inner.period, inner.basis) if inner else (None, "")
        return (context.text if self.base == "text" else context.document), self.base

    def _snapped(self, anchor: Period, first: date, last: date) -> Period | None:
        if self.unit == "decade":
            around = Period(date(first.year - 1, 1, 1), date(last.year + 1, 12, 31), "range", "", fuzzy=True)
            middle = year_period((first.year + last.year) // 2)
            return Period(around.first, around.last, "range", f"{middle.edtf}~", fuzzy=True)
        if self.unit == "year":
            if first.year == last.year:
                return year_period(first.year)
            return hull(date(first.year, 1, 1), date(last.year, 12, 31), "year")
        if self.unit == "month":
            if (first.year, first.month) == (last.year, last.month):
                return month_period(first.year, first.month)
            return hull(first.replace(day=1), month_period(last.year, last.month).last, "month")
        if anchor.grain in ("year", "decade", "century"):
            return None
        if self.unit == "week" and first == last:
            margin = timedelta(days=3)
            return Period(first - margin, last + margin, "range", f"{first}~", fuzzy=True)
        return day_period(first) if first == last else hull(first, last, "day")


@dataclass(frozen=True, slots=True)
class Past(Node):
    """ "Over the past three years", counted back from the document's date."""

    low: int
    high: int
    unit: str

    def resolve(self, context: Context) -> Resolved | None:
        document = context.document
        if document is None or document.grain not in ("day", "month", "year"):
            return None
        first, last = moved(document.first, -self.high, self.unit), document.last
        width = {"year": 4, "decade": 4, "month": 7}.get(self.unit, 10)
        if width > len(document.edtf):
            return None
        edtf = f"{first.isoformat()[:width]}/{last.isoformat()[:width]}"
        return point(Period(first, last, "range", edtf, fuzzy=True), "document")


@dataclass(frozen=True, slots=True)
class Lasting(Node):
    """``count`` units from a date on: "over two years from 2001". ``within`` is only some time of it."""

    origin: Node
    low: int
    high: int
    unit: str
    within: bool = False

    def resolve(self, context: Context) -> Resolved | None:
        inner = self.origin.resolve(context)
        if inner is None:
            return None
        start = inner.period
        end_first, end_last = moved(start.first, self.low, self.unit), moved(start.last, self.high, self.unit)
        width = min(10 if self.unit in ("day", "week") else 7, len(start.edtf.rstrip("~?")))
        low, high = start.first.isoformat()[:width], end_last.isoformat()[:width]
        if self.within:
            period = Period(start.first, end_last, "range", f"[{low}..{high}]")
            return point(period, inner.basis)
        period = Period(start.first, end_last, "range", f"{low}/{high}")
        return Resolved(period.edtf, (start.first, start.last, end_first, end_last), period, inner.basis)


def _unit_of(anchor: Period, unit: str) -> Period | None:
    """The unit that holds the anchor; None when the anchor is coarser than it, or runs over its edge."""
    if unit == "day" and anchor.grain != "day":
        return None
    if unit == "week":
        return Step("week", 0).resolve(Context(anchor)).period if anchor.grain == "day" else None  # type: ignore[union-attr]
    low, high = unit_period(anchor.first, unit), unit_period(anchor.last, unit)
    if low == high and anchor.first >= low.first and anchor.last <= low.last:
        return low
    # A span of years ("from 2003 to 2005") points with its end; a season over New Year does not point.
    return high if anchor.grain == "range" and unit == "year" and "/" in anchor.edtf else None
