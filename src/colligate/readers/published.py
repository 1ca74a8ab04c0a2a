"""When a document was published, and how that was found. Bounds only: a printed "March 2012" has no day."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib.resources import files

import yaml

from colligate.model import When

_ISO = re.compile(r"\s*(\d{4})(?:-(\d{2})(?:-(\d{2})(?!\d))?)?(?![\d-])")
_PDF = re.compile(r"\s*(?:D:)?(\d{4})(\d{2})?(\d{2})?")
FIRST_YEAR = 1450
"""Nothing that is read here was printed before: an earlier year is a misreading."""


def span(year: int, month: int | None = None, day: int | None = None, *, quote: str = "") -> When | None:
    """The day, month or year as bounds; None for a date that no calendar has."""
    try:
        low = date(year, month or 1, day or 1)
        high = low if day else date(year, month or 12, monthrange(year, month or 12)[1])
    except ValueError:
        return None
    if year < FIRST_YEAR:
        return None
    edtf = f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")
    return When(edtf, low, high, low, high, quote=quote)


def iso(value: str) -> When | None:
    """An ISO 8601 date at the beginning of ``value`` ("2012-03", "2012-03-01T10:00Z"), None for others."""
    found = _ISO.match(value.replace("T", " ").replace("/", "-"))
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    return span(year or 0, month, day)


def pdf(value: str) -> When | None:
    """A date as PDFs write it ("D:20120301093000Z"), None for others."""
    found = _PDF.match(value)
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    return span(year or 0, month, day)


@cache
def table() -> tuple[dict[str, int], list[re.Pattern[str]]]:
    """Months by each of their names, and the patterns of printed dates, from ``published.yaml``."""
    rules = yaml.safe_load(files("colligate.readers").joinpath("published.yaml").read_text(encoding="utf-8"))
    months = {form.lower(): number for number, forms in rules["months"].items() for form in forms}
    names = "|".join(sorted(map(re.escape, months), key=len, reverse=True))
    patterns = [
        re.compile(row["pattern"].replace("MONTH", f"(?P<month>{names})"), re.IGNORECASE)
        for row in rules["printed"]
    ]
    return months, patterns


def printed(lines: Iterable[str]) -> When | None:
    """The first line that is nothing but a date, or a date after a word such as "Published"."""
    months, patterns = table()
    for line in lines:
        text = " ".join(line.split())
        if len(text) > 120:
            continue
        for pattern in patterns:
            found = pattern.search(text)
            if found is None:
                continue
            parts = found.groupdict()
            month = months[parts["month"].lower()] if parts.get("month") else None
            if parts.get("number"):
                month = int(parts["number"])
            day = int(parts["day"]) if parts.get("day") else None
            when = span(int(parts["year"]), month, day, quote=found.group().strip())
            if when is not None:
                return when
    return None
