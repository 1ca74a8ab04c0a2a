"""Bounds -> the words a reader expects: "early 1980s", "late 2001", "since 1996"."""

from __future__ import annotations

import calendar
import re
from dataclasses import replace

from colligate.model import When
from colligate.values.dates.interchange import parse_edtf

_SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
_PARTS = {"02": "early", "06": "mid-", "11": "late"}
_POINT = re.compile(r"(\d{4}|\d{3}X|\d\dXX)(?:-(\d\d)(?:-(\d\d))?)?([~?%]?)")
_ORDINALS = {1: "st", 2: "nd", 3: "rd"}


def render(when: When) -> str:
    """``when`` in English. EDTF that is not of the supported part is given back as it stands.

    ``parse(render(when))`` has the EDTF of ``when``; bounds narrower than EDTF can say show as
    "early", "mid-" or "late" where they are just that part ("198X" of 1980-1983: "early 1980s").
    """
    text = when.edtf
    if text.startswith("["):
        low, _, high = text.strip("[]").partition("..")
        if not high:
            return f"after {_point(low)}" if _excludes(when, low) else f"no earlier than {_point(low)}"
        if not low:
            return (
                f"before {_point(high)}"
                if when.end_latest and _ends_before(when, high)
                else f"by {_point(high)}"
            )
        return f"{_point(low)} or {_point(high)}"
    low, slash, high = text.partition("/")
    if slash:
        if high == "..":
            return f"since {_point(low)}"
        if low == "..":
            return f"until {_point(high)}"
        between = when.start_earliest == when.end_earliest and when.start_latest == when.end_latest
        return (
            f"between {_point(low)} and {_point(high)}"
            if between
            else f"from {_point(low)} to {_point(high)}"
        )
    as_of = when.start_earliest is None and when.end_latest is None and when.start_latest is not None
    return f"as of {_point(text)}" if as_of else _narrow(when) or _point(text)


def _narrow(when: When) -> str:
    """The part of a decade or century that the bounds are, "" when they are all of it."""
    if "X" not in when.edtf or when.start_earliest is None or when.end_latest is None:
        return ""
    from colligate.values.dates.finding import parse  # noqa: PLC0415 - the two know each other

    for part in ("early", "mid-", "late"):
        words = f"{part}{'' if part.endswith('-') else ' '}{_point(when.edtf)}"
        read = parse(words)
        if read and (read.start_earliest, read.end_latest) == (when.start_earliest, when.end_latest):
            return words
    return ""


def _excludes(when: When, edge: str) -> bool:
    period = parse_edtf(edge)
    if period is None or when.start_earliest is None or period.end_latest is None:
        return False
    return when.start_earliest > period.end_latest


def _ends_before(when: When, edge: str) -> bool:
    period = parse_edtf(edge)
    if period is None or when.end_latest is None or period.start_earliest is None:
        return False
    return when.end_latest < period.start_earliest


def _point(text: str) -> str:
    match = _POINT.fullmatch(text)
    if match is None:
        return text
    head, middle, day, mark = match.groups()
    if mark in ("?", "%"):
        return f"perhaps {_point(text[:-1] + ('~' if mark == '%' else ''))}"
    if mark == "~" and middle in _PARTS and day is None:
        part = _PARTS[middle]
        return f"{part}{'' if part.endswith('-') else ' '}{head}"
    words = _plain(head, middle, day)
    return f"around {words}" if mark == "~" else words


def _plain(head: str, middle: str | None, day: str | None) -> str:
    if head.endswith("XX"):
        number = int(head[:2]) + 1
        ending = "th" if number in (11, 12, 13) else _ORDINALS.get(number % 10, "th")
        return f"the {number}{ending} century"
    if head.endswith("X"):
        return f"{head[:3]}0s"
    if middle is None:
        return head
    if middle == "24":
        return f"winter {head}"
    if middle in _SEASONS:
        return f"{_SEASONS[middle]} {head}"
    month = calendar.month_name[int(middle)]
    return f"{int(day)} {month} {head}" if day else f"{month} {head}"


def beginning(when: When) -> When:
    """The open span of a thing that began at ``when``: "became leader in 1986" lasts from 1986 on.

    A date that already leaves its end open, or gives both ends apart, stays as it is.
    """
    if when.start_earliest != when.end_earliest or when.start_latest != when.end_latest:
        return when
    edtf = f"{when.edtf}/.." if _POINT.fullmatch(when.edtf) else when.edtf
    return replace(when, edtf=edtf, end_earliest=None, end_latest=None)


def ending(when: When) -> When:
    """The open span of a thing that ended at ``when``: "left the group in 1990" lasts until 1990."""
    if when.start_earliest != when.end_earliest or when.start_latest != when.end_latest:
        return when
    edtf = f"../{when.edtf}" if _POINT.fullmatch(when.edtf) else when.edtf
    return replace(when, edtf=edtf, start_earliest=None, start_latest=None)
