"""Claims that cannot both be so, found by plain comparison of a case's claims.

Three kinds: two leaders of one organisation at one time; two dates for one founding, split or merger;
a tie that one source states and another denies. Both sides are shown; nothing is decided.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from colligate.model import Actor, Claim, Tie, When
from colligate.values.names import compare, fold

_ONCE = frozenset({"founder_of", "split_from", "merged_into", "defected_to", "succeeded"})


@dataclass(frozen=True, slots=True)
class Disagreement:
    """``about`` in words; ``one`` and ``other`` are the two sides. ``rank``: lower is plainer."""

    about: str
    one: Tie
    other: Tie
    rank: int


def disagreements(claims: Iterable[Claim]) -> list[Disagreement]:
    """Pairs of ties at odds, the plainest first, one for each matter.

    Who is the same actor is judged by names alone; people whose names may be one are taken for one.
    """
    names = _Names()
    by_object: dict[str, list[Tie]] = defaultdict(list)
    by_ends: dict[tuple[str, str, str], list[Tie]] = defaultdict(list)
    for claim in claims:
        if not isinstance(claim, Tie) or claim.stance == "planned":
            continue
        subject, object_ = names.key(claim.subject.actor), names.key(claim.object.actor)
        by_ends[claim.type, subject, object_].append(claim)
        if claim.type == "leader_of" and claim.stance != "denied":
            by_object[object_].append(claim)
    found = [*_of_leaders(by_object.values()), *_of_the_same(by_ends.values())]
    plainest: dict[str, Disagreement] = {}
    for one in sorted(found, key=lambda one: one.rank):
        plainest.setdefault(one.about, one)
    return list(plainest.values())


def _of_leaders(groups: Iterable[list[Tie]]) -> Iterator[Disagreement]:
    for ties in groups:
        for one, other in combinations(ties, 2):
            if _sources(one) == _sources(other) or _may_be_one(one.subject.actor, other.subject.actor):
                continue
            about = f"who led {one.object.actor.name}"
            if one.when is None or other.when is None:
                yield Disagreement(about, one, other, rank=3)
            elif _overlap(one.when, other.when):
                yield Disagreement(about, one, other, rank=1)


def _of_the_same(groups: Iterable[list[Tie]]) -> Iterator[Disagreement]:
    for ties in groups:
        for one, other in combinations(ties, 2):
            about = f"{one.type.replace('_', ' ')}: {one.subject.actor.name} and {one.object.actor.name}"
            if one.type in _ONCE and _apart(one.when, other.when):
                yield Disagreement(f"the date of {about}", one, other, rank=0)
            elif (one.stance == "denied") != (other.stance == "denied"):
                yield Disagreement(f"whether {about}", one, other, rank=2)


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


def _may_be_one(one: Actor, other: Actor) -> bool:
    """Also where only the last word is shared: rather one man in two spellings than two rivals."""
    return any(
        compare(name, another, one.kind).value > 0 or fold(name).split()[-1:] == fold(another).split()[-1:]
        for name in (one.name, *one.aliases)
        for another in (other.name, *other.aliases)
    )


def _sources(tie: Tie) -> tuple[str, ...]:
    return (tie.evidence[0].document, *(link.name for link in tie.attribution))


def _overlap(one: When, other: When) -> bool:
    """Whether some day may lie in both spans."""
    return _not_after(one.start_earliest, other.end_latest) and _not_after(
        other.start_earliest, one.end_latest
    )


def _apart(one: When | None, other: When | None) -> bool:
    """Whether two dates of something that happened once have no day in common. A span that is open
    ("since 2005") dates what followed, and says nothing here."""
    if one is None or other is None:
        return False
    bounds = (one.start_earliest, one.end_latest, other.start_earliest, other.end_latest)
    return None not in bounds and not _overlap(one, other)


def _not_after(first: date | None, second: date | None) -> bool:
    return first is None or second is None or first <= second
