"""One name in two languages, in capitals and in small letters."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from colligate.extract.forms import Form, Groups
from colligate.values import names

_STEM = 4  # letters that "Revolutionary" and "Revolucionarias" share at least
_SHARED = 2  # words of one name that must have their like in the other


@lru_cache(maxsize=1)
def _small_words() -> tuple[frozenset[str], frozenset[str]]:
    text = (files("colligate.extract") / "data" / "name_languages.yaml").read_text(encoding="utf-8")
    raw: Any = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe
    return frozenset(raw["english"]), frozenset(raw["other"])


def translated(one: str, other: str) -> bool:
    """Whether one long name is English, the other is not, and two words or more begin alike in both."""
    english, foreign = _small_words()
    left, right = set(names.fold(one).split()), set(names.fold(other).split())
    if bool(left & foreign) == bool(right & foreign) or (left & foreign and left & english - foreign):
        return False
    stems = {word[:_STEM] for word in right if len(word) >= _STEM}
    return len({word[:_STEM] for word in left if len(word) >= _STEM} & stems) >= _SHARED


def join_translated(groups: Groups, forms: Sequence[Form]) -> None:
    """Joins the long names of one acronym that are each other's translations or differ in a dash's tail."""
    for at, form in enumerate(forms):
        for other in forms[at + 1 :]:
            short, long = sorted((form.words, other.words), key=len)
            longer = form.text if form.words == long else other.text
            tail = len(short) > 1 and long[: len(short)] == short and "\u2014" in longer
            if tail or translated(form.text, other.text):
                groups.join(form.index, other.index)


def in_small_letters(name: str, forms: Sequence[Form]) -> str:
    """The name as ``forms`` also write it, where ``name`` is in capitals and no acronym; else as it is.

    The same words, or, where a dash hangs a tail on them, the words before the dash.
    """
    if not name.isupper() or " " not in name:
        return name
    for wanted in (name, name.partition("\u2014")[0]):
        for form in forms:
            if form.named and not form.text.isupper() and names.fold(form.text) == names.fold(wanted):
                return form.text
    return name
