"""The date rules of ``data/dates.yaml``, loaded once and compiled to regular expressions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml

# Dates already found stand in the string as one private character each, one range per category.
DATED, YEARLESS, YEARREF = 0xE000, 0xE800, 0xF000
_ANY = "[\ue000-\uf7ff]"
_YEAR = r"(?:1[4-9]|20)\d\d"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
# In the order in which they are tried.
GROUPS = ("calendar", "relative", "bare", "modified", "ranges", "open")


@dataclass(frozen=True, slots=True)
class Form:
    """One form: its expression with named groups, and the name of the maker of its date."""

    text: str
    makes: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Group:
    """Forms tried together; ``search`` names the form that fits first as the group ``f0``, ``f1``..."""

    forms: tuple[Form, ...]
    search: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Rules:
    """Word lists and compiled forms. ``words`` are all that a date may hold, ``cores`` all that start one."""

    raw: Mapping[str, Any]
    groups: Mapping[str, Group]
    words: frozenset[str]
    cores: frozenset[str]
    parts: Mapping[str, str]

    def table(self, name: str) -> Any:
        return self.raw[name]


@lru_cache(maxsize=1)
def rules() -> Rules:
    """The shipped rules."""
    text = resources.files("colligate.values").joinpath("data/dates.yaml").read_text(encoding="utf-8")
    # A missing C loader only costs time.
    raw: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    parts = {words.strip(): name for name, part in raw["parts"].items() for words in part["words"]}
    lists = _lists(raw, parts)
    groups = {name: _group(raw[name], lists) for name in GROUPS}
    return Rules(raw, groups, _words(raw), _cores(raw), parts)


def _lists(raw: Mapping[str, Any], parts: Mapping[str, str]) -> dict[str, str]:
    """Name of a placeholder -> expression for it, each word followed by one blank."""
    months, seasons, weekdays = _any_of(raw["months"]), _any_of(raw["seasons"]), _any_of(raw["weekdays"])
    units = _any_of(raw["units"])
    singular = _any_of(set(raw["units"].values()))
    dayparts = _any_of(raw["dayparts"])
    part = _any_of(parts)
    return {
        "month": months,
        "season": seasons,
        "weekday": weekdays,
        "unit": units,
        "daypart": dayparts,
        "step": f"(?:{months}|{seasons}|{weekdays}|{singular}|{dayparts})",
        "part": part,
        "part2": part,
        "count": f"(?:{_any_of(raw['counts'])}|\\d{{1,2}} )",
        "count_modifier": _any_of(raw["count_modifiers"]),
        "ordinal": _any_of(raw["ordinals"]),
        "era": _any_of([words for era in raw["eras"] for words in era["words"]]),
        "holiday": _any_of(raw["holidays"]),
        "spelled_decade": _any_of(raw["spelled_decades"]),
        "century": f"(?:{_any_of(raw['centuries'])}|(?:1[5-9]|2[01])(?:th|st) )",
        "year": f"{_YEAR} ",
        "day": f"{_DAY}(?:st|nd|rd|th)? ",
        "day2": f"{_DAY}(?:st|nd|rd|th)? ",
        "mm": r"\d\d ",
        "dd": r"\d\d ",
        "dd2": r"\d\d ",
        "yy": r"\d\d ",
        "numeric": r"\d{1,2}([./])\d{1,2}\1\d{4} ",
        "slashed": rf"{_YEAR}/(?:\d\d|\d{{4}}) ",
        "decade": r"(?:1[4-9]|20)\d0s ",
        "short_decade": r"[3-9]0s ",
        "quarter_code": r"q[1-4] ",
        "date": f"{_ANY} ",
        "date2": f"{_ANY} ",
        "yearless": "[\ue800-\uefff] ",
        "yearref": "[\uf000-\uf7ff] ",
    }


def _any_of(words: Any) -> str:
    """Longest first, so that "a couple of" wins over "a"."""
    ordered = sorted({str(word).strip() for word in words}, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word) + " " for word in ordered) + ")"


def _expression(form: str, lists: Mapping[str, str]) -> str:
    pieces = re.findall(r"\{\w+\}|[\[\]()|]|[^\s\[\]()|{}]+", form)
    turned = []
    for piece in pieces:
        if piece in _LOOKAHEADS:
            turned.append(_LOOKAHEADS[piece])
        elif piece[0] == "{":
            name = piece[1:-1]
            expression = lists[name]
            if name == "numeric":  # its back reference must count from its own group
                expression = r"(?:\d{1,2}\.\d{1,2}\.\d{4}|\d{1,2}/\d{1,2}/\d{4}) "
            turned.append(f"(?P<{name}>{expression})")
        else:
            turned.append({"[": "(?:", "]": ")?", "(": "(?:", ")": ")", "|": "|"}.get(piece) or _word(piece))
    return "".join(turned)


# "the last week" is of the document's date, "the last week of March" is not.
_LOOKAHEADS = {"!of": "(?!of )", "!date": f"(?!(?:the )?{_ANY} )"}


def _word(word: str) -> str:
    return re.escape(word) + " "


def _group(forms: list[dict[str, Any]], lists: Mapping[str, str]) -> Group:
    made = []
    for form in forms:
        expression = _expression(form["form"], lists)
        # A name may stand twice in the choices of one form; only its first place keeps it.
        seen: set[str] = set()

        def once(match: re.Match[str], seen: set[str] = seen) -> str:
            known = match.group(1) in seen
            seen.add(match.group(1))
            return "(?:" if known else match.group()

        made.append(Form(form["form"], form["makes"], re.compile(re.sub(r"\(\?P<(\w+)>", once, expression))))
    bodies = "|".join(
        f"(?P<f{index}>{re.sub(r'[(][?]P<[a-z0-9_]+>', '(?:', form.pattern.pattern)})"
        for index, form in enumerate(made)
    )
    return Group(tuple(made), re.compile(f"(?:^|(?<= ))(?:{bodies})"))


def _words(raw: Mapping[str, Any]) -> frozenset[str]:
    found: set[str] = set()
    for group in GROUPS:
        for form in raw[group]:
            found |= set(re.sub(r"\{\w+\}|!\w+|[\[\]()|]", " ", form["form"]).split())
    tables = ("months", "weekdays", "seasons", "units", "counts", "count_modifiers", "ordinals", "centuries")
    for table in (*tables, "spelled_decades", "holidays"):
        for words in raw[table]:
            found |= set(str(words).split())
    for words in (*raw["dayparts"], *(w for part in raw["parts"].values() for w in part["words"])):
        found |= set(words.split())
    for era in raw["eras"]:
        for words in era["words"]:
            found |= set(words.split())
    return frozenset(found | {f"q{quarter}" for quarter in range(1, 5)})


def _cores(raw: Mapping[str, Any]) -> frozenset[str]:
    found = {*raw["months"], *raw["seasons"], *raw["weekdays"], *raw["units"], *raw["dayparts"]}
    found |= {*raw["spelled_decades"], "century", "today", "yesterday", "then"}
    found |= {words.split()[0] for words in raw["holidays"]}
    found |= {words.split()[0] for era in raw["eras"] for words in era["words"]}
    found |= {str(year) for year in range(1400, 2100)} | {f"{year}s" for year in range(1400, 2100, 10)}
    found |= {f"{year}0s" for year in range(3, 10)} | {f"q{quarter}" for quarter in range(1, 5)}
    return frozenset(found - {"first", "second", "new", "good"}) | {"new", "world"}
