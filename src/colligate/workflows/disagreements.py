"""Claims that cannot both be so, found by plain comparison of a case's claims.

Three kinds: two leaders of one organisation at one time; two dates for one founding, split or merger;
a tie that one source states and another denies. Both sides are shown; nothing is decided.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from colligate.model import Actor, Claim, Tie, When
from colligate.values.names import fold

_ONCE = frozenset({"founder_of", "split_from", "merged_into", "defected_to", "succeeded"})


@dataclass(frozen=True, slots=True)
class Disagreement:
    """``about`` in words; ``one`` and ``other`` are the two sides."""

    about: str
    one: Tie
    other: Tie


def disagreements(claims: Iterable[Claim]) -> Iterator[Disagreement]:
    """Pairs of ties at odds, in the order of the claims. Who is the same actor is judged by names only."""
    names = _Names()
    by_object: dict[str, list[Tie]] = defaultdict(list)
    by_ends: dict[tuple[str, str, str], list[Tie]] = defaultdict(list)
    for claim in claims:
        if not isinstance(claim, Tie):
            continue
        subject, object_ = names.key(claim.subject.actor), names.key(claim.object.actor)
        by_ends[claim.type, subject, object_].append(claim)
        if claim.type == "leader_of" and claim.stance != "denied":
            by_object[object_].append(claim)
    for ties in by_object.values():
        for one, other in combinations(ties, 2):
            if names.key(one.subject.actor) == names.key(other.subject.actor):
                continue
            if _sources(one) != _sources(other) and _present(one) and _present(other):
                yield Disagreement(f"who leads {one.object.actor.name}", one, other)
    for (type_, _, _), ties in by_ends.items():
        for one, other in combinations(ties, 2):
            ends = f"{one.subject.actor.name} and {one.object.actor.name}"
            if type_ in _ONCE and _apart(one.when, other.when):
                yield Disagreement(f"the date of {type_.replace('_', ' ')}, {ends}", one, other)
            elif (one.stance == "denied") != (other.stance == "denied"):
                yield Disagreement(f"{type_.replace('_', ' ')}, {ends}", one, other)


class _Names:
    """One key for all names of an actor: the key of whichever of its names was met first."""

    def __init__(self) -> None:
        self._keys: dict[tuple[str, str], str] = {}

    def key(self, actor: Actor) -> str:
        names = [(actor.kind, fold(name)) for name in (actor.name, *actor.aliases)]
        known = next((self._keys[name] for name in names if name in self._keys), names[0][1])
        for name in names:
            self._keys.setdefault(name, known)
        return known


def _sources(tie: Tie) -> tuple[str, ...]:
    return (tie.evidence[0].document, *(link.name for link in tie.attribution))


def _present(tie: Tie) -> bool:
    """Whether the tie is told as lasting: without a date, or with a span that is not over."""
    return tie.when is None or tie.when.end_latest is None


def _apart(one: When | None, other: When | None) -> bool:
    """Whether the bounds of the two beginnings have no day in common."""
    if one is None or other is None:
        return False
    bounds = (one.start_earliest, one.start_latest, other.start_earliest, other.start_latest)
    if any(bound is None for bound in bounds):
        return False
    first, last, other_first, other_last = (bound for bound in bounds if bound is not None)
    return last < other_first or other_last < first
