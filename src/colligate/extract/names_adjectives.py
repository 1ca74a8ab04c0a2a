"""Adjectives of places that no list knows: "Kelmaran police" tells that Kelmar is a place.

The endings are data: ``data/name_adjectives.tsv``. A word is such an adjective where the text uses it
as one, before a small noun, and either names the place that it is made of or uses it as nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from colligate.extract.base import Tokens
from colligate.extract.names_data import collectives, contexts, rows, words
from colligate.extract.names_kinds import Candidate
from colligate.extract.names_pools import Pools
from colligate.extract.names_words import CAPITAL, SMALL, Shapes

_SHORTEST = 4
_TOLD = 4.0  # what one use as an adjective says for the kind of the place
_ARTICLES = frozenset({"a", "an", "the", "former", "other", "some", "senior"})


@lru_cache(maxsize=1)
def _endings() -> tuple[tuple[str, str, str], ...]:
    return tuple((row[0], row[1].strip("-"), row[4]) for row in rows("name_adjectives.tsv"))


@lru_cache(maxsize=1)
def _all_endings() -> tuple[str, ...]:
    return tuple({ending for ending, _, _ in _endings()})


def bases(word: str) -> Iterator[str]:
    """The places of which the lower-case word may be the adjective: "kelmaran" -> "kelmara", "kelmar"."""
    for ending, of, _ in _endings():
        if word.endswith(ending) and len(word) - len(ending) + len(of) >= _SHORTEST:
            yield word[: -len(ending)] + of


def place_adjectives(
    candidates: Sequence[Candidate], pools: Pools, tokens: Tokens, shape: Shapes
) -> dict[str, str]:
    """Key of each adjective -> the kind that it speaks of: place, or community ("Sorvani elders").

    The pools of the places that they are made of learn that these are places.
    """
    uses: dict[str, list[str]] = defaultdict(list)
    written: dict[str, str] = {}
    for candidate in candidates:
        at = candidate.first
        if candidate.last - at != 1:
            continue
        word = tokens.lower[at]
        written[word] = candidate.key
        if (
            candidate.entry is None
            and shape.classes[at] == CAPITAL
            and word.endswith(_all_endings())
            and len(word) > _SHORTEST
            and word not in words("name_words.txt")
        ):
            uses[word].append(_use(tokens, shape, at))
    found: dict[str, str] = {}
    for word, seen in uses.items():
        told = [use for use in seen if use]
        key = written[word]
        if 2 * len(told) <= len(seen) or pools.named(key):
            continue
        base = next((of for of in bases(word) if of in written and not any(uses.get(of, ()))), "")
        if base and not pools.named(written[base]):
            pools.scores[written[base]]["place"] += _TOLD * len(told)
        else:
            alone = {how for ending, _, how in _endings() if word.endswith(ending)}
            if "any" not in alone and not ("people" in alone and "people" in told):
                continue
        kind = "community" if not base and told.count("people") * 2 >= len(told) else "place"
        found[key] = kind
    return found


def _use(tokens: Tokens, shape: Shapes, at: int) -> str:
    """What the word at ``at`` is used for: "state" ("Kelmaran police"), "people" ("Sorvani elders",
    "among the Sorvani"), "noun" ("a Kelmaran port"); "" where it is no adjective."""
    lower = tokens.lower
    after = lower[at + 1] if at + 1 < len(lower) else ""
    before = lower[at - 1] if at else ""
    for kind, _ in contexts().get(("after_adjective", after), ()):
        return "state" if kind == "place" else "people"
    if after in collectives():
        return "state"
    ends = not after.isalpha() or after in words("name_openers.txt")  # "among the Sorvani, who", "had"
    if ends and before == "the" and at > 1 and lower[at - 2] in {"among", "of", "by", "with"}:
        return "people"
    follows = (
        at + 1 < len(lower) and shape.classes[at + 1] == SMALL and after not in words("name_openers.txt")
    )
    return "noun" if follows and before in _ARTICLES and ("after", after) not in contexts() else ""
