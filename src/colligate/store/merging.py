"""One reading made ready to store: each claim once, each actor once, in an order that is always the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from colligate.model import Actor, Claim, Evidence, Party, Review, Tie
from colligate.store.checking import parties


def merge_claims(claims: Iterable[Claim]) -> list[Claim]:
    """Claims with the same id become the surest of them with the evidence of all, by place in the text.

    A sentence that stands twice in a document says the same thing once, in two places; what stands there by
    another source, in another stance or of another date lends no evidence. The review of a reader's claim is
    dropped: only the ledger reviews.
    """
    by_id: dict[str, Claim] = {}
    for claim in claims:
        known = by_id.get(claim.id)
        if known is None:
            by_id[claim.id] = claim
        else:
            surer = claim if claim.basis.score > known.basis.score else known
            alike = _circumstances(known) == _circumstances(claim)
            by_id[claim.id] = replace(surer, evidence=_evidence(surer, known, claim)) if alike else surer
    fresh = (
        claim if claim.review is Review.UNREVIEWED else replace(claim, review=Review.UNREVIEWED)
        for claim in by_id.values()
    )
    return sorted(fresh, key=lambda claim: (claim.evidence[0].start, claim.id))


def _circumstances(claim: Claim) -> tuple[object, ...]:
    return claim.stance, claim.attribution, claim.when and claim.when.edtf


def _evidence(surer: Claim, *others: Claim) -> tuple[Evidence, ...]:
    """The surer claim's own evidence stays first: its mentions stand there."""
    own = set(surer.evidence)
    more = {evidence for other in others for evidence in other.evidence} - own
    return surer.evidence + tuple(sorted(more, key=lambda evidence: (evidence.start, evidence.end)))


def merge_actors(actors: Sequence[Actor], claims: Iterable[Claim]) -> dict[str, Actor]:
    """The actors that the reading lists and those that its claims name, by id; aliases are united."""
    by_id: dict[str, Actor] = {}
    for actor in actors:
        _add(by_id, actor)
    for claim in claims:
        for _, party in parties(claim):
            _add(by_id, party.actor)
    return dict(sorted(by_id.items()))


def _add(by_id: dict[str, Actor], actor: Actor) -> None:
    known = by_id.setdefault(actor.id, actor)
    if known is not actor and known.aliases != actor.aliases:
        by_id[actor.id] = replace(known, aliases=tuple(sorted({*known.aliases, *actor.aliases})))


def with_actors(claim: Claim, actors: Mapping[str, Actor]) -> Claim:
    """The claim with each party's actor as the document has it now (its aliases may have grown)."""
    if all(actors.get(party.actor.id, party.actor) == party.actor for _, party in parties(claim)):
        return claim
    where = None if claim.where is None else _known(claim.where, actors)
    if isinstance(claim, Tie):
        subject, object_ = _known(claim.subject, actors), _known(claim.object, actors)
        return replace(claim, where=where, subject=subject, object=object_)
    roles = tuple((role, tuple(_known(party, actors) for party in filled)) for role, filled in claim.roles)
    return replace(claim, where=where, roles=roles)


def _known(party: Party, actors: Mapping[str, Actor]) -> Party:
    return replace(party, actor=actors.get(party.actor.id, party.actor))
