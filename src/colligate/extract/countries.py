"""Which country a name or an adjective stands for: "U.S.", "American" and "Washington" (when it acts)."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from colligate.values import names

_ADJECTIVE_ALSO = {"us": "United States"}


@lru_cache(maxsize=1)
def _table() -> dict[str, str]:
    """Folded name, adjective or people's name -> the country's first name in the table."""
    found: dict[str, str] = {}
    text = (files("colligate.extract") / "data" / "places_countries.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        country, others, adjectives = (*line.split("\t"), "", "", "")[:3]
        for name in (country, *others.split(";"), *adjectives.split(";")):
            if name:
                found.setdefault(names.fold(name), country)
    for short, country in _ADJECTIVE_ALSO.items():
        found.setdefault(short, country)
    return found


@lru_cache(maxsize=1)
def _capitals() -> dict[str, str]:
    text = (files("colligate.values") / "data" / "name_capitals.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {names.fold(capital): country for capital, country in rows}


def country_of(name: str) -> str:
    """The country that ``name`` or adjective ``name`` stands for; "" when none."""
    return _table().get(names.fold(name), "")


def capital_of(name: str) -> str:
    """The country whose capital ``name`` is; "" when none."""
    return _capitals().get(names.fold(name), "")
