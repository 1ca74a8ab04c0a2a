"""What a ClaimFilter asks, in plain Python: the memory store runs it, and it says what SQL must do."""

from __future__ import annotations

from colligate.model import Held, When
from colligate.store.base import VOUCHED, ClaimFilter
from colligate.store.checking import parties
from colligate.store.fold import name_key, name_words
from colligate.store.records import Recorded


def matches(recorded: Recorded, where: ClaimFilter, *, document: str) -> bool:
    """Whether the claim, which is in ``document``, passes the filter."""
    claim = recorded.claim
    return (
        (where.kind is None or claim.kind == where.kind)
        and (not where.types or claim.type in where.types)
        and (not where.stances or claim.stance in where.stances)
        and (not where.documents or document in where.documents)
        and (not where.reviews or claim.review in where.reviews)
        and (claim.basis.score >= where.min_score or claim.review in VOUCHED)
        and (where.found is None or recorded.found is where.found)
        and in_time(claim.when, where)
        and _has_parties(recorded, where)
        and _is_according_to(recorded, where.according_to)
    )


def in_time(when: When | None, where: ClaimFilter) -> bool:
    """Whether some day from ``since`` to ``until`` has the hold that is asked for."""
    if where.since is None and where.until is None:
        return True
    if when is None:
        return False
    since, until = where.since, where.until
    if where.hold is Held.HELD:
        begin, end = when.start_latest, when.end_earliest
        if begin is None or end is None or begin > end:
            return False
    else:
        begin, end = when.start_earliest, when.end_latest
        if not any((begin, when.start_latest, when.end_earliest, end)):
            return False
    begun = begin is None or until is None or begin <= until
    not_over = end is None or since is None or since <= end
    return begun and not_over


def _has_parties(recorded: Recorded, where: ClaimFilter) -> bool:
    if not where.actors and not where.others:
        return True
    named: list[set[str]] = []
    for _, party in parties(recorded.claim):
        actor = party.actor
        named.append({actor.id, *filter(None, map(name_key, (actor.name, *actor.aliases)))})
    ones = [at for at, names in enumerate(named) if not names.isdisjoint(_asked(where.actors))]
    others = [at for at, names in enumerate(named) if not names.isdisjoint(_asked(where.others))]
    if not where.others:
        return bool(ones)
    if not where.actors:
        return bool(others)
    return any(one != other for one in ones for other in others)


def _asked(names: tuple[str, ...]) -> set[str]:
    return {asked for name in names for asked in (name, name_key(name)) if asked}


def _is_according_to(recorded: Recorded, asked: str) -> bool:
    if not asked:
        return True
    words = name_words(asked)
    return any(
        asked == link.actor_id or (words and f" {words} " in f" {name_words(link.name)} ")
        for link in recorded.claim.attribution
    )
