"""From the words of a form to the date they make. One function per "makes" of ``data/dates.yaml``."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TypeAlias

from colligate.values.dates.nodes import Calendar, Either, Fixed, Holiday, Node, OfYear, Open, Range
from colligate.values.dates.period import (
    Period,
    century_period,
    day_period,
    decade_period,
    hull,
    month_period,
)
from colligate.values.dates.relative import Lasting, Past, Same, SameNamed, Shift, Step, Then
from colligate.values.dates.rules import rules
from colligate.values.dates.shaped import Around, Daypart, Part, Perhaps, Slice

# Words of the form's placeholders, and the dates that stood at {date}, {yearless}...
Words: TypeAlias = Mapping[str, str]
Nodes: TypeAlias = Mapping[str, Node]
Maker: TypeAlias = Callable[[Words, Nodes], Node | None]


def _number(word: str) -> int:
    digits = re.match(r"\d+", word)
    return int(digits.group()) if digits else 0


def _year(words: Words) -> int | None:
    return int(words["year"]) if "year" in words else None


def _month(words: Words) -> int:
    return int(rules().table("months")[words["month"]])


def _calendar(words: Words, _: Nodes) -> Node | None:
    if "mm" in words:
        return _checked(int(words["year"]), int(words["mm"]), int(words["dd"]))
    month = _month(words) if "month" in words else None
    day = _number(words["day"]) if "day" in words else None
    if month and day and day > (29 if month == 2 else 30 if month in (4, 6, 9, 11) else 31):
        return None
    return Calendar(_year(words), month, day)


def _checked(year: int, month: int, day: int) -> Node | None:
    if not 1 <= month <= 12:
        return None
    length = month_period(year, month).last.day
    return Calendar(year, month, day) if 1 <= day <= length else None


def _days(words: Words, _: Nodes) -> Node | None:
    first, last = _number(words["day"]), _number(words["day2"])
    return Calendar(_year(words), _month(words), first, last) if first < last <= 31 else None


def _numeric(words: Words, _: Nodes) -> Node | None:
    """Day and month in either order, where only one order is possible (or both are the same day)."""
    if "numeric" in words:
        a, b, year = (int(number) for number in re.split(r"[./]", words["numeric"]))
    else:
        a, b, year = int(words["dd"]), int(words["dd2"]), int(words["year"])
    if not 1400 <= year < 2100:
        return None
    if a <= 12 and b <= 12 and a != b:
        return None
    day, month = (a, b) if b <= 12 else (b, a)
    return _checked(year, month, day)


def _short_range(words: Words, _: Nodes) -> Node | None:
    if "slashed" in words:
        first, second = words["slashed"].split("/")
        year, end = int(first), int(second) if len(second) == 4 else int(first[:2] + second)
    else:
        year, short = int(words["year"]), int(words["yy"])
        end = year // 100 * 100 + short
        # "2012-05" can only be a month; "2001-09" is a span of years in prose and holds the month as well.
        if end <= year and 1 <= short <= 12:
            return Calendar(year, short)
    if end == year // 100 * 100 and year % 100 == 99:
        end += 100
    return Range(Calendar(year), Calendar(end)) if year < end <= year + 99 else None


def _winter(words: Words, _: Nodes) -> Node | None:
    season = rules().table("seasons")[words["season"]]
    if "slashed" in words:
        first, short = words["slashed"].split("/")
    else:
        first, short = words["year"], words["yy"]
    if season["code"] != 24 or (int(first) + 1) % 100 != int(short) % 100:
        return None
    return Calendar(int(first), season=words["season"], winter_end=int(first) + 1)


def _season(words: Words, _: Nodes) -> Node | None:
    return Calendar(_year(words), season=words["season"])


def _era(words: Words, _: Nodes) -> Node | None:
    for era in rules().table("eras"):
        if words["era"] in era["words"]:
            first, last, basis = era["first"], era["last"], f"era:{era['name']}"
            if first == last:
                return Fixed(day_period(first), basis)
            return Fixed(Period(first, last, "range", f"{first}/{last}"), basis)
    return None


def _holiday(words: Words, _: Nodes) -> Node | None:
    return Holiday(words["holiday"], _year(words))


def _quarter(words: Words, _: Nodes) -> Node | None:
    year, quarter = int(words["year"]), int(words["quarter_code"][1])
    first, last = month_period(year, 3 * quarter - 2).first, month_period(year, 3 * quarter).last
    return Fixed(hull(first, last, "month"))


def _decade(words: Words, _: Nodes) -> Node | None:
    year = int(words["decade"][:4])
    if year % 100 == 0 and year < 2000:  # "the 1900s" may be ten years or a hundred: the longer holds both
        century = century_period(year // 100 + 1)
        return Fixed(
            Period(
                century.first.replace(year=year),
                century.last.replace(year=year + 99),
                "century",
                century.edtf,
            )
        )
    return Fixed(decade_period(year))


def _short_decade(words: Words, _: Nodes) -> Node | None:
    return Fixed(decade_period(1900 + int(words["short_decade"][:2])))


def _spelled_decade(words: Words, _: Nodes) -> Node | None:
    return Fixed(decade_period(rules().table("spelled_decades")[words["spelled_decade"]]))


def _century(words: Words, _: Nodes) -> Node | None:
    return Fixed(
        century_period(rules().table("centuries").get(words["century"]) or _number(words["century"]))
    )


def _unit(words: Words) -> str:
    return str(rules().table("units")[words["unit"]])


def _step_unit(words: Words) -> str:
    word = words.get("step") or words.get("daypart") or _unit(words)
    return "day" if word in rules().table("dayparts") else word


def _same(words: Words, _: Nodes) -> Node | None:
    return Same(_unit(words))


def _same_part(words: Words, _: Nodes) -> Node | None:
    return Same(_unit(words), "later" if words[""].startswith("later") else "earlier")


def _same_month(words: Words, _: Nodes) -> Node | None:
    if "season" in words:
        return SameNamed(Calendar(season=words["season"]))
    return SameNamed(Calendar(month=_month(words)))


def _step(direction: int, base: str) -> Maker:
    return lambda words, _: Step(_step_unit(words), direction, base)


def _count(words: Words) -> tuple[int, int]:
    """Lowest and highest count; one where no count is written."""
    word = words.get("count", "one")
    low, high = rules().table("counts").get(word) or (_number(word), _number(word))
    down, up = rules().table("count_modifiers").get(words.get("count_modifier"), (0, 0))
    return max(low + down, 0), high + up


def _shift(sign: int, base: str) -> Maker:
    def make(words: Words, nodes: Nodes) -> Node | None:
        low, high = _count(words)
        return Shift(low, high, _unit(words), sign, base, nodes.get("date"))

    return make


def _past(words: Words, _: Nodes) -> Node | None:
    low, high = _count(words)
    return Past(low, high, _unit(words))


def _of_year(_: Words, nodes: Nodes) -> Node | None:
    return OfYear(nodes["yearless"], nodes["yearref"])


def _part(words: Words, nodes: Nodes) -> Node | None:
    return Part(nodes["date"], rules().parts[words["part"]])


def _parts(words: Words, nodes: Nodes) -> Node | None:
    low, high = rules().parts[words["part"]], rules().parts[words["part2"]]
    return Either(Part(nodes["date"], low), Part(nodes["date"], high))


def _slice(words: Words, nodes: Nodes) -> Node | None:
    ordinal = rules().table("ordinals")[words["ordinal"]]
    unit = re.search(
        r"half|third(?= of)|quarter|week|weekend|fortnight|trimester|semester|day|month|year",
        _after_ordinal(words),
    )
    if unit is None:
        return None
    plural = unit.group() + "s" in words[""].split()
    count = _count(words)[0] if "count" in words else 0 if plural else 1
    return Slice(nodes["date"], ordinal, unit.group(), count)


def _after_ordinal(words: Words) -> str:
    return words[""].split(words["ordinal"], 1)[1]


def _daypart(words: Words, nodes: Nodes) -> Node | None:
    name = "night" if "night" in words[""].split() else "day"
    return Daypart(nodes["date"], name)


def _lasting(*, within: bool) -> Maker:
    def make(words: Words, nodes: Nodes) -> Node | None:
        low, high = _count(words)
        return Lasting(nodes["date"], low, high, _unit(words), within)

    return make


def _within(words: Words, nodes: Nodes) -> Node | None:
    return _lasting(within=True)(words, nodes)


def _pair(words: Words, nodes: Nodes, *, whole: bool) -> Node | None:  # noqa: ARG001
    low, high = sharing(nodes["date"], nodes["date2"])
    return Range(low, high, whole)


def _either(_: Words, nodes: Nodes) -> Node | None:
    return Either(*sharing(nodes["date"], nodes["date2"]))


def sharing(low: Node, high: Node) -> tuple[Node, Node]:
    """The two with the year that one of them names: "from March to May 2002"."""
    if low.yearless and not high.yearless and (year := _named_year(high)):
        return low.in_year(year), high
    if high.yearless and not low.yearless and (year := _named_year(low)):
        return low, high.in_year(year)
    return low, high


def _named_year(node: Node) -> int | None:
    if isinstance(node, Calendar):
        return node.year if node.month or node.season else None
    child = getattr(node, "child", None)
    return _named_year(child) if isinstance(child, Node) else None


def _between(_: Words, nodes: Nodes) -> Node | None:
    return Range(*sharing(nodes["date"], nodes["date2"]), whole=False)


def _from_to(words: Words, nodes: Nodes) -> Node | None:
    return _pair(words, nodes, whole=True)


def _between_one(_: Words, nodes: Nodes) -> Node | None:
    node = nodes["date"]
    return Range(node.low, node.high, whole=False) if isinstance(node, Range) else node


def _open(kind: str) -> Maker:
    return lambda _, nodes: Open(kind, nodes["date"])


def _from(_: Words, nodes: Nodes) -> Node | None:
    """ "From 2003" is open, "from 12 to 15 May" and "from 1996-2001" are not."""
    node = nodes["date"]
    spans = isinstance(node, Range) or (isinstance(node, Calendar) and node.day2 is not None)
    return node if spans else Open("since", node)


def _wrap(made: Callable[[Node], Node]) -> Maker:
    return lambda _, nodes: made(nodes["date"])


def _unit_shift(sign: int) -> Maker:
    return lambda words, nodes: Shift(
        1, 1, _unit(words) if "unit" in words else "day", sign, "text", nodes["date"]
    )


MAKERS: Mapping[str, Maker] = {
    "calendar": _calendar,
    "days": _days,
    "numeric": _numeric,
    "short_range": _short_range,
    "winter": _winter,
    "season": _season,
    "era": _era,
    "holiday": _holiday,
    "quarter": _quarter,
    "decade": _decade,
    "short_decade": _short_decade,
    "spelled_decade": _spelled_decade,
    "century": _century,
    "nothing": lambda _words, _nodes: None,
    "same": _same,
    "same_part": _same_part,
    "same_night": lambda _words, _nodes: Same("day"),
    "same_month": _same_month,
    "next": _step(1, "text"),
    "previous": _step(-1, "text"),
    "last": _step(-1, "document"),
    "this": _step(0, "document"),
    "upcoming": _step(1, "document"),
    "today": lambda _words, _nodes: Step("day", 0, "document"),
    "yesterday": lambda _words, _nodes: Step("day", -1, "document"),
    "weekday": lambda words, _nodes: Step(words["weekday"], 0, "document"),
    "then": lambda _words, _nodes: Then(),
    "later": _shift(1, "text"),
    "earlier": _shift(-1, "text"),
    "ago": _shift(-1, "document"),
    "past": _past,
    "of_year": _of_year,
    "same_date": _between_one,
    "plain": _wrap(lambda node: node),
    "part": _part,
    "parts": _parts,
    "slice": _slice,
    "daypart": _daypart,
    "around": _wrap(Around),
    "perhaps": _wrap(Perhaps),
    "after_date": _shift(1, "text"),
    "before_date": _shift(-1, "text"),
    "unit_after": _unit_shift(1),
    "unit_before": _unit_shift(-1),
    "within": _within,
    "within_after": _within,
    "lasting": _lasting(within=False),
    "from_to": _from_to,
    "between": _between,
    "either": _either,
    "since": _open("since"),
    "since_at_least": _open("since_at_least"),
    "until": _open("until"),
    "until_at_least": _open("until_at_least"),
    "by": _open("by"),
    "before": _open("before"),
    "after": _open("after"),
    "from": _from,
    "from_inclusive": _open("from_inclusive_in"),
    "as_of": _open("as_of"),
}
