"""Stretches of the calendar within which something happened, and the arithmetic on them."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

GRAINS = ("day", "week", "month", "season", "range", "year", "decade", "century")


@dataclass(frozen=True, slots=True)
class Period:
    """Some time from ``first`` to ``last``, both included.

    ``grain`` is the calendar unit that the words name; "range" is anything that is not one unit.
    ``fuzzy`` marks periods whose edges are a convention ("late 2001") and not the calendar's.
    """

    first: date
    last: date
    grain: str
    edtf: str
    fuzzy: bool = False

    @property
    def finer_than_decade(self) -> bool:
        return self.grain not in ("decade", "century") and self.last.year - self.first.year <= 2


def day_period(day: date) -> Period:
    return Period(day, day, "day", day.isoformat())


def month_period(year: int, month: int) -> Period:
    last = calendar.monthrange(year, month)[1]
    return Period(date(year, month, 1), date(year, month, last), "month", f"{year:04}-{month:02}")


def year_period(year: int) -> Period:
    return Period(date(year, 1, 1), date(year, 12, 31), "year", f"{year:04}")


def decade_period(year: int) -> Period:
    """The ten years that begin with ``year`` (1980)."""
    return Period(date(year, 1, 1), date(year + 9, 12, 31), "decade", f"{year // 10}X")


def century_period(number: int) -> Period:
    """The 20th century: 1901-2000, as historians count; EDTF has only 19XX for it."""
    first = (number - 1) * 100
    return Period(date(first + 1, 1, 1), date(first + 100, 12, 31), "century", f"{number - 1}XX")


def unit_period(day: date, unit: str) -> Period:
    """The month, year or decade that holds ``day``."""
    if unit == "day":
        return day_period(day)
    if unit == "month":
        return month_period(day.year, day.month)
    if unit == "decade":
        return decade_period(day.year // 10 * 10)
    return year_period(day.year)


def months_on(day: date, months: int) -> date:
    """``day`` moved by whole months; the 31st becomes the last day of a shorter month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def moved(day: date, count: int, unit: str) -> date:
    """``day`` moved by ``count`` units (negative: back). ValueError, OverflowError past year 9999."""
    if unit in ("day", "week"):
        return day + timedelta(days=count * (7 if unit == "week" else 1))
    return months_on(day, count * {"month": 1, "year": 12, "decade": 120}[unit])


def hull(first: date, last: date, unit: str, *, fuzzy: bool = False) -> Period:
    """From ``first`` to ``last``, written in EDTF as one of the ``unit``s between the two."""
    width = {"day": 10, "month": 7, "year": 4}[unit]
    low, high = first.isoformat()[:width], last.isoformat()[:width]
    return Period(first, last, "range", low if low == high else f"[{low}..{high}]", fuzzy)


def edtf_low(edtf: str) -> str:
    """The earlier end of an EDTF set or interval; a plain date is its own end."""
    return edtf.strip("[]").split("..")[0].split("/")[0]


def edtf_high(edtf: str) -> str:
    """The later end."""
    return edtf.strip("[]").split("..")[-1].split("/")[-1]


def easter(year: int) -> date:
    """Western Easter Sunday (the anonymous Gregorian computus)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def islamic_days(year: int, month: int, day: int) -> list[date]:
    """The days of the Gregorian ``year`` on which the tabular Islamic calendar shows ``month``/``day``.

    Mostly one, sometimes two. The sighted calendar differs by up to two days.
    """
    found = []
    for islamic_year in range((year - 622) * 33 // 32 - 1, (year - 622) * 33 // 32 + 3):
        days = day + (59 * (month - 1) + 1) // 2 + (islamic_year - 1) * 354 + (3 + 11 * islamic_year) // 30
        at = date.fromordinal(227014 + days)  # 1 Muharram 1 is 16 July 622 (Julian)
        if at.year == year:
            found.append(at)
    return found
