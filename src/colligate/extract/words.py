"""The word lists of ``data/clause_words.yaml``, as frozen sets."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BOOL = "tag:yaml.org,2002:bool"


class _WordLoader(_Base):  # type: ignore[misc]
    """Reads "on", "off", "yes" and "no" as the words they are; YAML 1.1 makes truth values of them."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML's name for the table
        first: [(tag, form) for tag, form in rows if tag != _BOOL]
        for first, rows in _Base.yaml_implicit_resolvers.items()
    }


_WordLoader.add_implicit_resolver(_BOOL, re.compile("^(?:true|false)$"), list("tf"))


def yaml_of_words(text: str) -> Any:
    """What a YAML text of words and rules holds. Raises yaml.YAMLError."""
    return yaml.load(text, Loader=_WordLoader)  # noqa: S506 - a safe loader


@lru_cache(maxsize=1)
def word_lists() -> dict[str, frozenset[str]]:
    """Each list by its name; words in their base form."""
    text = (files("colligate.extract") / "data" / "clause_words.yaml").read_text(encoding="utf-8")
    raw: dict[str, Any] = yaml_of_words(text)
    return {
        name: frozenset(words)
        for name, words in raw.items()
        if isinstance(words, list) and name != "examples"
    }


@lru_cache(maxsize=1)
def _irregular_plurals() -> dict[str, str]:
    text = (files("colligate.extract") / "data" / "noun_plurals.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {row[0]: row[1] for row in rows}


@lru_cache(maxsize=1)
def end_weights() -> dict[tuple[str, str, bool], float]:
    """The table of ``data/end_weights.yaml`` by (kind, form, one word)."""
    text = (files("colligate.extract") / "data" / "end_weights.yaml").read_text(encoding="utf-8")
    rows: list[dict[str, Any]] = yaml_of_words(text)
    table: dict[tuple[str, str, bool], float] = {}
    for kind in ("person", "organisation", "community", "place", "work", "event"):
        for form in ("name", "nominal", "pronoun"):
            for one in (True, False):
                fits = {"kind": kind, "form": form, "words": "one" if one else "more"}
                table[kind, form, one] = next(
                    row["weight"]
                    for row in rows
                    if all(row.get(key, value) == value for key, value in fits.items())
                )
    return table


@lru_cache(maxsize=1 << 15)
def noun_base(word: str) -> str:
    """The singular of a plural noun, by its ending ("bombings" -> "bombing", "armies" -> "army")."""
    irregular = _irregular_plurals().get(word)
    if irregular is not None:
        return irregular
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
