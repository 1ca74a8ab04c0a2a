"""The word lists of ``data/clause_words.yaml``, as frozen sets."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml


@lru_cache(maxsize=1)
def word_lists() -> dict[str, frozenset[str]]:
    """Each list by its name; words in their base form."""
    raw: dict[str, Any] = yaml.load(
        (files("colligate.extract") / "data" / "clause_words.yaml").read_text(encoding="utf-8"),
        Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader),
    )
    return {name: frozenset(words) for name, words in raw.items() if name != "examples"}


def noun_base(word: str) -> str:
    """The singular of a plural noun, by its ending ("bombings" -> "bombing", "armies" -> "army")."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


_IRREGULAR = {
    "men": "man", "gunmen": "gunman", "policemen": "policeman", "militiamen": "militiaman", "children": "child",
    "women": "woman", "thieves": "thief", "wives": "wife", "lives": "life", "chiefs": "chief",
    "countrymen": "countryman", "tribesmen": "tribesman", "spokesmen": "spokesman", "series": "series",
}  # fmt: skip
