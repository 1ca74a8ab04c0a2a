"""Counts in prose: "at least 12", "more than 1,200", "between 5 and 10", and the killed and wounded.

The words and cues are data: ``values/data/numbers.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Count:
    """A number of things at ``start``-``end``, modifier included.

    ``lowest`` is what the words support at the least: 12 for "at least 12" and "about 12", None for
    "dozens", "up to 12" and a range. ``kind``: exact, at_least, about, range or vague; ``highest`` is
    the upper end of a range.
    """

    start: int
    end: int
    lowest: int | None
    kind: str
    highest: int | None = None


@dataclass(frozen=True, slots=True)
class Casualties:
    """The lowest numbers that a sentence supports; None where it supports none."""

    killed: int | None = None
    wounded: int | None = None


def find_counts(text: str) -> list[Count]:
    """Every count of ``text``, in order: digits, number words, ranges and vague words.

    A four-digit number may be a year; that is for :mod:`colligate.values.dates` to say.
    """
    return [count for match in _rules().count.finditer(text) if (count := _count(match)) is not None]


def casualties(text: str) -> Casualties:
    """The killed and wounded of one sentence. Groups side by side are summed ("three officers and a
    driver"), those named by "including" are not; of several tellings the highest counts, so that
    nobody is counted twice. What is longer than any sentence (a table without full stops) is read for
    its first 4,000 characters only.
    """
    rules = _rules()
    text = text[:_LONGEST]
    if not rules.stems.search(text):
        return Casualties()
    flat = re.sub(r"\s", " ", text)
    lower = flat.lower()
    killed = [value for cue in rules.killed if cue.possible(lower) for value in _tolls(cue.form, flat)]
    wounded = [value for cue in rules.wounded if cue.possible(lower) for value in _tolls(cue.form, flat)]
    return Casualties(max(killed, default=None), max(wounded, default=None))


@dataclass(frozen=True, slots=True)
class _Cue:
    """A cue's form, and the words of which one of each group must be there for it to fit.

    Its expression takes 10 ms to compile and most cues are rare: it is made when its words are there.
    """

    form: str
    words: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, form: str) -> _Cue:
        bare = re.sub(r"\[[^\]]*\]|\{\w+\}", " ", form)
        groups = re.findall(r"\(([^)]*)\)|(\w+)", bare)
        return cls(form, tuple(tuple((several or one).split("|")) for several, one in groups))

    def possible(self, lower: str) -> bool:
        return all(any(word in lower for word in group) for group in self.words)


@dataclass(frozen=True, slots=True)
class _Rules:
    raw: Mapping[str, Any]
    count: re.Pattern[str]
    item: re.Pattern[str]
    unreal: re.Pattern[str]
    active: re.Pattern[str]
    stems: re.Pattern[str]
    killed: tuple[_Cue, ...]
    wounded: tuple[_Cue, ...]
    lists: Mapping[str, str]


_FLAGS = re.IGNORECASE
_LONGEST = 4000
_DIGITS = r"\d{1,3}(?:,\d{3}){1,4}|\d{1,12}(?:\.\d{1,6})?"
_AUXILIARY = r"(?:(?:was|were|are|is|had been|have been|has been|being|be)(?: \w+ly)?)"
# What may follow a participle that has no auxiliary: the end of its clause, not the verb's own object.
_CLOSING = r"(?=\s*(?:[,.;:)]|$|in\b|on\b|at\b|by\b|and\b|when\b|after\b|during\b|from\b|as\b|while\b))"


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    text = resources.files("colligate.values").joinpath("data/numbers.yaml").read_text(encoding="utf-8")
    raw: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    word = _any([*raw["digits"], *raw["tens"], *raw["scales"]])
    spelled = rf"(?:(?:a|an) )?{word}(?:[ -]{word}|(?:(?<=hundred)|(?<=thousand)) and {word}){{0,8}}"
    number = rf"(?:(?:{_DIGITS})(?: (?:hundred|thousand|million|billion|dozen))?|{spelled})"
    modifier = _any([word for words in raw["modifiers"].values() for word in words])
    vague = _any(raw["vague"])
    count = (
        rf"(?<![\w.,$€£/-])(?:between (?P<low>{number}) and (?P<high>{number})"
        rf"|(?:(?P<modifier>{modifier}) )?(?P<one>{number})(?:\s?(?:-|–|to) ?(?P<to>{number}))?"
        rf"|(?:{modifier} )?(?P<vague>{vague}))(?![\w%/]|[.,]\d|-\w)"
    )
    who_stops = _any(raw["who_stops"])
    who = rf"(?: (?!{who_stops}\b)(?!\d)[\w'’.-]+){{0,6}}"
    bare = re.sub(r"\?P<\w+>", "?:", count)
    between = rf"(?:(?!{who_stops}\b)[\w'’-]+ ){{0,3}}?"
    person = rf"(?:an?|one|the|his|her|their) {between}{_any(raw['persons'])}(?![\w-])"
    not_year = r"(?!(?:19|20)\d\d\b(?!,\d))"
    one = rf"(?:{not_year}{bare}|{person}|{_any(raw['nobody'])})"
    joiner = r"(?:, and |, | and | as well as )"
    loose = rf"(?! ?(?:{_AUXILIARY}\b|wounded|injured|hurt|dead|killed|died))"
    tail = rf"(?: (?:of|from|in|or|at) (?!\d)[\w'’.-]+(?: (?!{who_stops}\b)(?!\d)[\w'’-]+){{0,3}})?"
    first, more = rf"(?:only |another |just )?{one}{who}", rf"{joiner}{one}{who}"
    lists = {
        # Lists are bounded, so that a megabyte without a full stop costs no more than its length.
        # Before its verb a list may run up to it; after it, "and two were wounded" begins a new clause.
        "count}": rf"(?P<toll>{first}(?:{more}{loose}){{0,5}})",
        "count} ": rf"(?P<toll>{first}(?:{more}){{0,5}}){tail} ",
        "lives}": rf"(?P<toll>(?:only |just )?{bare})",
        "be}": _AUXILIARY,
        "closing}": _CLOSING,
    }
    return _Rules(
        raw,
        re.compile(count, _FLAGS),
        re.compile(rf"{count}|(?P<person>{person})|(?P<nobody>{_any(raw['nobody'])})", _FLAGS),
        re.compile(rf"(?:{_any(raw['unreal'])}|n['’]t)(?: \w+ly)? $", _FLAGS),
        re.compile(rf"\b{_any(raw['active'])} $", _FLAGS),
        re.compile("|".join(raw["stems"]), _FLAGS),
        tuple(_Cue.of(cue["form"]) for cue in raw["killed"]),
        tuple(_Cue.of(cue["form"]) for cue in raw["wounded"]),
        lists,
    )


def _any(words: Sequence[str]) -> str:
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"


@lru_cache(maxsize=64)
def _pattern(form: str) -> re.Pattern[str]:
    """A cue as an expression: its words as they stand, one blank between them, [x] may be missing."""
    turned = re.sub(r" \[([^\]]+)\]", r"(?: (?:\1))?", form).replace("(", "(?:").replace("(?:?:", "(?:")
    turned = turned.replace(" {closing}", "{closing}")
    for name, expression in sorted(_rules().lists.items(), reverse=True):
        turned = turned.replace("{" + name, expression)
    return re.compile(rf"(?<![\w-]){turned}(?!\w)", _FLAGS)


def _tolls(form: str, flat: str) -> list[int]:
    """What each place that the cue fits supports; places that support no number are left out."""
    rules = _rules()
    found = []
    for match in _pattern(form).finditer(flat):
        if rules.unreal.search(flat[max(0, match.start() - 24) : match.start()]):
            continue
        values = [_value(item) for item in rules.item.finditer(match.group("toll"))]
        if rules.active.search(flat[max(0, match.start() - 16) : match.start()]):
            values = values[-1:]  # "killed 12 and 30 were wounded": the first count has its verb already
        known = [value for value in values if value is not None]
        if known:
            found.append(sum(known))
    return found


def _value(item: re.Match[str]) -> int | None:
    if item["person"]:
        return 1
    if item["nobody"]:
        return 0
    count = _count(item)
    return count.lowest if count else None


def _count(match: re.Match[str]) -> Count | None:
    start, end = match.span()
    if match["low"]:
        return Count(start, end, None, "range", _number(match["high"]))
    if match["vague"]:
        return Count(start, end, None, "vague")
    if not match["one"]:
        return None
    value = _number(match["one"])
    if match["to"]:
        return Count(start, end, None, "range", _number(match["to"]))
    words = (match["modifier"] or "").lower()
    modifiers = _rules().raw["modifiers"]
    kind = next((name for name, known in modifiers.items() if words in known), "exact")
    if value is None or words in _rules().raw["no_lowest"]:
        return Count(start, end, None, kind, value)
    return Count(start, end, value, "about" if kind == "exact" and "dozen" in match["one"].lower() else kind)


def _number(words: str) -> int | None:
    """The value of digits or number words: "1,200", "1.3 million", "two hundred and five", "a dozen"."""
    raw = _rules().raw
    total, group = 0, 0.0
    for word in re.split(r"[ -]+", words.lower()):
        if word in raw["scales"]:
            scale = raw["scales"][word]
            group = (group or 1) * scale
            if scale >= 1000:
                total, group = total + round(group), 0.0
        elif word in raw["digits"] or word in raw["tens"]:
            group += raw["digits"].get(word, raw["tens"].get(word, 0))
        elif word not in ("a", "an", "and"):
            group += float(word.replace(",", ""))
    return total + round(group)
