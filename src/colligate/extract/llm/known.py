"""What has been found already: a model's proposal that a pattern, or another proposal, made before."""

from __future__ import annotations

from colligate.model import Claim, Event, Tie
from colligate.vocabulary import Vocabulary

_Key = tuple[str, ...]


class Known:
    """Claims by what they say. Two say the same when type and ends agree (of an event: its trigger) and
    their quotes overlap: the same statement, quoted at another length."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._places: dict[_Key, list[tuple[int, int]]] = {}
        self._ids: set[str] = set()

    def add(self, claim: Claim) -> None:
        self._ids.add(claim.id)
        self._places.setdefault(self._key(claim), []).extend(_places(claim))

    def has(self, claim: Claim) -> bool:
        if claim.id in self._ids:
            return True
        mine = _places(claim)[0]
        return any(start < mine[1] and mine[0] < end for start, end in self._places.get(self._key(claim), ()))

    def _key(self, claim: Claim) -> _Key:
        if isinstance(claim, Event):
            return ("event", claim.type)
        ends = [claim.subject.actor.id, claim.object.actor.id]
        tie = self._vocabulary.ties.get(claim.type)
        if tie is not None and tie.symmetric:
            ends.sort()
        return ("tie", claim.type, *ends)


def _places(claim: Claim) -> list[tuple[int, int]]:
    if isinstance(claim, Tie):
        return [(evidence.start, evidence.end) for evidence in claim.evidence]
    return [(claim.trigger.start, claim.trigger.end)]
