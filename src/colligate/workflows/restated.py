"""A tie that a document states more than once is one claim with the words of every statement as its evidence.

Statements are one when type, ends, stance, source and place are the same and their dates do not differ; one
without a date goes with the dated ones where the document gives the tie one date only. Who says so, and
when it was so, is never mixed: the same tie by another source, denied, or of another year stays a claim of
its own. Unnamed sources ("residents") are never taken for one another.

Put together when a reading is stored, and not before: only there is it known what a person said of a claim.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from colligate.model import SHOWN_FROM, Basis, Claim, Evidence, Review, Tie
from colligate.store import VOUCHED, ClaimFilter, View
from colligate.vocabulary import Vocabulary

Key = tuple[str, ...]


def reviewed(view: View, document: str) -> dict[str, Review]:
    """What persons said of the document's claims, by the claim's id."""
    said = (Review.ACCEPTED, Review.REJECTED, Review.EDITED)
    found = view.claims(ClaimFilter(documents=(document,), reviews=said))
    return {recorded.claim.id: recorded.claim.review for recorded in found}


def restated(
    claims: Iterable[Claim],
    vocabulary: Vocabulary,
    reviews: Mapping[str, Review] | None = None,
    least: float = SHOWN_FROM,
) -> list[Claim]:
    """The claims, ties that are at least ``least`` sure put together where they say the same; in order of the
    text. A claim is its first statement, or the first that gives the date: its words, its id. Of the claims
    in ``reviews`` none is put under another: what a person rejected stands alone, and what a person accepted
    comes first."""
    said = reviews or {}
    ties: defaultdict[Key, list[Tie]] = defaultdict(list)
    made: list[Claim] = []
    for claim in claims:
        sure = claim.basis.score >= least or said.get(claim.id) in VOUCHED
        if isinstance(claim, Tie) and sure and said.get(claim.id) is not Review.REJECTED:
            ties[_key(claim, vocabulary)].append(claim)
        else:
            made.append(claim)
    for alike in ties.values():
        for statements in _by_date(sorted(alike, key=_place)):
            known = [tie for tie in statements if tie.id in said]
            dated = [tie for tie in statements if tie.when is not None]
            head = [*known, *dated, *statements][0]
            made.append(_one(head, [tie for tie in statements if tie not in known[1:]]))
            made += known[1:]
    return sorted(made, key=lambda claim: (claim.evidence[0].start, claim.kind, claim.type, claim.id))


def _key(tie: Tie, vocabulary: Vocabulary) -> Key:
    one, two = tie.subject.actor.id, tie.object.actor.id
    if vocabulary.ties[tie.type].symmetric and one > two:
        one, two = two, one
    sources = [link.actor_id for link in tie.attribution]
    # Nobody knows whether "residents" here are the "residents" there.
    alone = "" if all(sources) else tie.id
    place = "" if tie.where is None else tie.where.actor.id
    return (tie.type, one, two, tie.stance, place, alone, *sources)


def _place(tie: Tie) -> tuple[int, str]:
    return tie.evidence[0].start, tie.id


def _by_date(statements: list[Tie]) -> list[list[Tie]]:
    """Statements of one date together; those without a date with them where there is one date only."""
    dated: dict[str, list[Tie]] = {}
    for tie in statements:
        dated.setdefault("" if tie.when is None else tie.when.edtf, []).append(tie)
    return [statements] if len(dated.keys() - {""}) < 2 else list(dated.values())


def _one(head: Tie, statements: list[Tie]) -> Tie:
    if len(statements) == 1:
        return head
    ordered = [head, *(tie for tie in statements if tie is not head)]
    evidence: dict[Evidence, None] = dict.fromkeys(place for tie in ordered for place in tie.evidence)
    score = max(tie.basis.score for tie in statements)
    return replace(
        head,
        evidence=tuple(evidence),
        when=next((tie.when for tie in ordered if tie.when is not None), None),
        basis=Basis(f"{head.basis.method}; stated {len(statements)} times", score),
    )
