"""Actors of single documents put together by name, for a list that a person can read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from colligate.model import Actor
from colligate.store.fold import name_key
from colligate.store.records import ActorSummary

Group = tuple[str, str]
"""An actor's kind and the key of its name (of an unreadable name: its id)."""


def group_of(actor: Actor) -> Group:
    return actor.kind, name_key(actor.name) or actor.id


def group_actors(
    placed: Iterable[tuple[Actor, str]], *, by_actor: Mapping[str, int], by_group: Mapping[Group, int]
) -> list[ActorSummary]:
    """Summaries of (actor, document) pairs, those with the most claims first.

    ``by_actor`` and ``by_group`` count the claims of an actor's id and of a group.
    """
    groups: dict[Group, list[tuple[Actor, str]]] = {}
    for actor, document in placed:
        groups.setdefault(group_of(actor), []).append((actor, document))
    found = [_summary(group, members, by_actor, by_group) for group, members in groups.items()]
    return sorted(found, key=lambda one: (-one.claims, -one.documents, one.name, one.kind))


def _summary(
    group: Group,
    members: list[tuple[Actor, str]],
    by_actor: Mapping[str, int],
    by_group: Mapping[Group, int],
) -> ActorSummary:
    weight: dict[str, int] = {}
    for actor, _ in members:
        weight[actor.name] = weight.get(actor.name, 0) + by_actor.get(actor.id, 0)
    name = min(weight, key=lambda spelling: (-weight[spelling], spelling))
    forms = {form for actor, _ in members for form in (actor.name, *actor.aliases)}
    return ActorSummary(
        name=name,
        kind=group[0],
        aliases=tuple(sorted(forms - {name})),
        ids=tuple(sorted(actor.id for actor, _ in members)),
        claims=by_group.get(group, 0),
        documents=len({document for _, document in members}),
    )
