"""All mentions with one spelling share their clues; a surname learns from the full name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from colligate.extract.aliases import is_alias_cue
from colligate.extract.base import Tokens
from colligate.extract.names_data import contexts
from colligate.extract.names_kinds import Candidate

_WIDEST = 8  # tokens between a name and another name of the same actor


@dataclass(slots=True)
class Pools:
    """Key -> kind -> sum of weights; key -> mentions; keys that a fuller or untitled name backs, and
    keys that are words of a person's full name or follow a title, and words of longer names."""

    scores: dict[str, dict[str, float]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(float))
    )
    counts: Counter[str] = field(default_factory=Counter)
    backed: set[str] = field(default_factory=set)
    certain: set[str] = field(default_factory=set)
    inner: set[str] = field(default_factory=set)

    def named(self, key: str) -> bool:
        """Whether the text names it as a person: by a title, a given name, or inside a full name."""
        return key in self.certain

    def kind(self, key: str, *, but: str = "") -> tuple[str, float]:
        """The kind that most speaks for, and how much; ("person", 0.0) where nothing does. Never ``but``."""
        scores = {kind: weight for kind, weight in self.scores[key].items() if kind != but}
        best = max(scores, key=lambda kind: scores[kind], default="person")
        return best, scores.get(best, 0.0)


def pooled(candidates: Sequence[Candidate], tokens: Tokens) -> Pools:
    """The pools of a document's candidates."""
    pools = Pools()
    for candidate in candidates:
        pools.counts[candidate.key] += 1
        scores = pools.scores[candidate.key]
        for kind, weight in candidate.scores.items():
            scores[kind] += weight
    parts = _parts_of_persons(pools)
    _neighbours_tell(pools, candidates, tokens)
    for key, weight in parts.items():
        if key in pools.scores:
            pools.scores[key]["person"] += weight
    pools.inner = {part for key in pools.scores if " " in key for part in key.split()}
    pools.certain = set(parts) | {candidate.key for candidate in candidates if candidate.title}
    pools.backed = set(parts) | {candidate.key for candidate in candidates if not candidate.title}
    return pools


def _parts_of_persons(pools: Pools) -> dict[str, float]:
    """Words of persons' full names -> how much they speak for a person; the last word most."""
    parts: dict[str, float] = {}
    for key in pools.scores:
        keys = key.split()
        kind, weight = pools.kind(key)
        if len(keys) > 1 and kind == "person" and weight >= 1:
            for part in keys[:-1]:
                parts[part] = max(parts.get(part, 0.0), 2.0)
            parts[keys[-1]] = 4.0
    return parts


def _neighbours_tell(pools: Pools, candidates: Sequence[Candidate], tokens: Tokens) -> None:
    """In "Velk, Kabul and Ordan" the known name tells the kind of those beside it, and in "Sons of the
    Telm, also known as Zadar" that of the other name."""
    table = contexts()
    for left, right in pairwise(candidates):
        gap = right.first - left.last
        if not 0 < gap < _WIDEST:
            continue
        between = tokens.lower[left.last : right.first]
        if gap < 3 and all(word in {",", "and", "or"} for word in between):
            clue = "beside"
        elif is_alias_cue(" ".join(between)) or (between == ["("] and right.last - right.first > 1):
            clue = "alias"
        else:
            continue
        for known, other in ((left, right), (right, left)):
            kind, weight = pools.kind(known.key)
            if (
                weight >= 4 * pools.counts[known.key]
                and pools.kind(other.key)[1] < 4 * pools.counts[other.key]
            ):
                for told, more in table.get(("feature", f"{clue}_{kind}"), ()):
                    pools.scores[other.key][told] += more
