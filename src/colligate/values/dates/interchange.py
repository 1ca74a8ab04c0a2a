"""EDTF (ISO 8601-2) in and out of bounds: the part of levels 0-2 that reports and annotations need."""

from __future__ import annotations

import re
from datetime import date

from colligate.model import When
from colligate.values.dates.nodes import Context, Fixed, point, season_period
from colligate.values.dates.period import (
    Period,
    century_period,
    day_period,
    decade_period,
    month_period,
    year_period,
)
from colligate.values.dates.rules import rules
from colligate.values.dates.shaped import Around, Part

_POINT = re.compile(r"(\d{4}|\d{3}X|\d\dXX)(?:-(\d\d)(?:-(\d\d))?)?([~?%]?)")


def parse_edtf(text: str) -> When | None:
    """The bounds of an EDTF date, set ("[a..b]") or interval ("a/b", "a/..", "../b"); else None.

    "2001-11~" is read by the annotation convention as the late months of 2001, 02~ as the early and 06~
    as the middle ones, which hold "about November" as well. The EDTF itself is kept as it was written.
    """
    try:
        return _read(text.strip())
    except ValueError:  # "99XX" and "0001~" reach beyond the years that a date can have
        return None


def _read(text: str) -> When | None:
    if text.startswith("[") and text.endswith("]"):
        parts = text[1:-1].split("..")
        return _set(text, *parts) if len(parts) == 2 else None
    parts = text.split("/")
    if len(parts) == 2:
        return _interval(text, *parts)
    period = _point(text)
    return When(text, *point(period).bounds) if period else None


def _point(text: str) -> Period | None:
    match = _POINT.fullmatch(text)
    if match is None:
        return None
    head, middle, day, mark = match.groups()
    period = _plain(head, middle, day)
    if period is None or mark not in ("~", "%"):
        return period
    if period.grain == "month":
        months = rules().table("part_month")
        name = next((part for part, month in months.items() if month == period.first.month), None)
        year = Fixed(year_period(period.first.year))
        shaped = (Part(year, name) if name else Around(Fixed(period))).resolve(Context())
    else:
        shaped = Around(Fixed(period)).resolve(Context())
    return shaped.period if shaped else None


def _plain(head: str, middle: str | None, day: str | None) -> Period | None:
    if head.endswith("X"):
        if middle:
            return None
        return century_period(int(head[:2]) + 1) if head.endswith("XX") else decade_period(int(head[:3]) * 10)
    year = int(head)
    if not 1 <= year < 9999:
        return None
    if middle is None:
        return year_period(year)
    number = int(middle)
    if 21 <= number <= 24 and day is None:
        seasons = rules().table("seasons")
        return season_period(year, next(name for name, spec in seasons.items() if spec["code"] == number))
    if not 1 <= number <= 12:
        return None
    month = month_period(year, number)
    if day is None:
        return month
    return day_period(date(year, number, int(day))) if 1 <= int(day) <= month.last.day else None


def _set(text: str, low: str, high: str) -> When | None:
    """One time out of a span: start and end share their bounds."""
    first, last = _point(low), _point(high)
    if (first is None and low) or (last is None and high) or (first is None and last is None):
        return None
    begin, end = first.first if first else None, last.last if last else None
    return When(text, begin, end, begin, end) if not (begin and end and begin > end) else None


def _interval(text: str, low: str, high: str) -> When | None:
    first, last = _point(low), _point(high)
    opens = ("..", "")
    if (first is None and low not in opens) or (last is None and high not in opens) or not (first or last):
        return None
    if first and last and first.first > last.last:
        return None
    return When(
        text,
        first.first if first else None, first.last if first else None,
        last.first if last else None, last.last if last else None,
    )  # fmt: skip


def period_of(when: When) -> Period | None:
    """The period that a date is about, for counting from it; None where it has no bound at all."""
    plain = _point(when.edtf.strip("[]").replace("..", "").replace("/", ""))
    known = [
        bound
        for bound in (when.start_earliest, when.start_latest, when.end_earliest, when.end_latest)
        if bound
    ]
    if not known:
        return plain
    first, last = min(known), max(known)
    if plain and plain.first == first and plain.last == last:
        return plain
    return Period(first, last, "day" if first == last else "range", when.edtf, fuzzy=True)
