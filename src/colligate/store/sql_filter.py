"""A ClaimFilter as SQL. ``matching.matches`` says the same in Python, and a test holds them together."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select

from colligate.model import Held
from colligate.store.base import VOUCHED, ClaimFilter
from colligate.store.fold import name_key, name_words
from colligate.store.tables import actor_names, actors, claims, documents, parties, speakers


def conditions(where: ClaimFilter) -> list[ColumnElement[bool]]:
    """The conditions on ``claims``, to be joined by AND."""
    found: list[ColumnElement[bool]] = []
    if where.kind is not None:
        found.append(claims.c.kind == where.kind)
    if where.types:
        found.append(claims.c.type.in_(where.types))
    if where.stances:
        found.append(claims.c.stance.in_(where.stances))
    if where.documents:
        asked = select(documents.c.number).where(documents.c.id.in_(where.documents))
        found.append(claims.c.document.in_(asked))
    if where.reviews:
        found.append(claims.c.review.in_([review.value for review in where.reviews]))
    if where.min_score > 0:
        vouched = claims.c.review.in_([review.value for review in sorted(VOUCHED)])
        found.append(or_(claims.c.score >= where.min_score, vouched))
    if where.found is not None:
        found.append(claims.c.found.is_(where.found))
    found.extend(_in_time(where))
    found.extend(_has_parties(where))
    if where.according_to:
        found.append(_is_according_to(where.according_to))
    return found


def _in_time(where: ClaimFilter) -> Iterable[ColumnElement[bool]]:
    if where.since is None and where.until is None:
        return
    if where.hold is Held.HELD:
        begin, end = claims.c.start_latest, claims.c.end_earliest
        yield begin.is_not(None)
        yield end.is_not(None)
        yield begin <= end
    else:
        begin, end = claims.c.start_earliest, claims.c.end_latest
        bounds = (begin, claims.c.start_latest, claims.c.end_earliest, end)
        yield or_(*(bound.is_not(None) for bound in bounds))
    if where.until is not None:
        yield or_(begin.is_(None), begin <= where.until.isoformat())
    if where.since is not None:
        yield or_(end.is_(None), end >= where.since.isoformat())


def _has_parties(where: ClaimFilter) -> Iterable[ColumnElement[bool]]:
    # IN over the few claims of an actor and not EXISTS over all claims: the index is on parties.actor.
    if where.actors and where.others:
        one, other = parties.alias(), parties.alias()
        yield claims.c.number.in_(
            select(one.c.claim)
            .join(other, and_(other.c.claim == one.c.claim, other.c.position != one.c.position))
            .where(one.c.actor.in_(_numbers(where.actors)), other.c.actor.in_(_numbers(where.others)))
        )
    elif where.actors or where.others:
        asked = _numbers(where.actors or where.others)
        yield claims.c.number.in_(select(parties.c.claim).where(parties.c.actor.in_(asked)))


def _numbers(asked: tuple[str, ...]) -> Select[tuple[int]]:
    keys = [key for key in map(name_key, asked) if key]
    named = select(actor_names.c.actor).where(actor_names.c.key.in_(keys))
    return select(actors.c.number).where(or_(actors.c.id.in_(asked), actors.c.number.in_(named)))


def _is_according_to(asked: str) -> ColumnElement[bool]:
    words = name_words(asked)
    named = speakers.c.words.like(f"% {words} %") if words else false()
    return exists(
        select(speakers.c.claim).where(
            speakers.c.claim == claims.c.number, or_(speakers.c.actor_id == asked, named)
        )
    )
