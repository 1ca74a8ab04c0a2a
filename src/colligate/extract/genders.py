"""Whether a person's name is a man's or a woman's: from titles, kunyas and given names. "" is unknown."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

import yaml

from colligate.values import names


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, str], dict[str, str]]:
    text = (files("colligate.extract") / "data" / "genders.yaml").read_text(encoding="utf-8")
    raw = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe
    given: dict[str, str] = {}
    for gender, key in (("m", "male"), ("f", "female")):
        for name in raw[key].split():
            sound = names.token_sound(name)
            given[sound] = "" if given.get(sound, gender) != gender else gender
    units = dict.fromkeys(raw["male_units"], "m") | dict.fromkeys(raw["female_units"], "f")
    return given, units


@lru_cache(maxsize=20_000)
def gender_of(name: str) -> str:
    """ "m", "f" or "" for a person's name as written, its titles included."""
    given, marks = _tables()
    units, titles = names.person_units(name)
    for title in titles:
        if title in names.titles().gender:
            return names.titles().gender[title]
    for unit in units:
        if unit.tokens[0] in marks and len(unit.tokens) > 1:
            return marks[unit.tokens[0]]
    if len(units) > 1:
        return given.get(names.token_sound(units[0].tokens[0]), "")
    return ""
