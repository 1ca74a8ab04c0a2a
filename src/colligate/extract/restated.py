"""The very last stage: a tie that a document states more than once is one claim with all the evidence.

Statements are one when type, ends, stance and source are the same and their dates do not differ: a statement
without a date goes with the next dated one. Who says so, and when it was so, is never mixed: the same tie by
another source, denied, or of another year stays a claim of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from colligate.extract.base import Reading
from colligate.model import SHOWN_FROM, Claim, Evidence, Tie
from colligate.vocabulary import Vocabulary

Key = tuple[str, str, str, str, tuple[str, ...]]


class RestatedStage:
    """Puts restatements together. What is less sure than what is shown stays by itself, for review."""

    name = "restated"
    needs = frozenset({"vocabulary", "claims"})
    gives = frozenset({"claims"})

    def run(self, reading: Reading) -> None:
        reading.claims = restated(reading.claims, reading.vocabulary)


def restated(claims: Iterable[Claim], vocabulary: Vocabulary, least: float = SHOWN_FROM) -> list[Claim]:
    """The claims, ties that are at least ``least`` sure put together where they say the same; in order of the
    text. A claim keeps the id of its first statement."""
    ties: defaultdict[Key, list[Tie]] = defaultdict(list)
    made: list[Claim] = []
    for claim in claims:
        if isinstance(claim, Tie) and claim.basis.score >= least:
            ties[_key(claim, vocabulary)].append(claim)
        else:
            made.append(claim)
    for alike in ties.values():
        made += (_one(statements) for statements in _by_date(sorted(alike, key=_place)))
    return sorted(made, key=lambda claim: (claim.evidence[0].start, claim.kind, claim.type, claim.id))


def _key(tie: Tie, vocabulary: Vocabulary) -> Key:
    one, two = tie.subject.actor.id, tie.object.actor.id
    if vocabulary.ties[tie.type].symmetric and one > two:
        one, two = two, one
    return tie.type, one, two, tie.stance, tuple(link.name for link in tie.attribution)


def _place(tie: Tie) -> tuple[int, str]:
    return tie.evidence[0].start, tie.id


def _by_date(statements: list[Tie]) -> list[list[Tie]]:
    """Statements of one date together, each without a date beside the dated one that stands nearest to it."""
    dated: dict[str, list[Tie]] = {}
    for tie in statements:
        if tie.when is not None:
            dated.setdefault(tie.when.edtf, []).append(tie)
    if not dated:
        return [statements]
    firsts = {edtf: alike[0].evidence[0].start for edtf, alike in dated.items()}
    for tie in statements:
        if tie.when is None:
            at = tie.evidence[0].start
            dated[min(firsts, key=lambda edtf: (abs(firsts[edtf] - at), firsts[edtf]))].append(tie)
    return [sorted(alike, key=_place) for alike in dated.values()]


def _one(statements: list[Tie]) -> Tie:
    first = statements[0]
    if len(statements) == 1:
        return first
    surest = max(statements, key=lambda tie: tie.basis.score)
    evidence: dict[Evidence, None] = dict.fromkeys(place for tie in statements for place in tie.evidence)
    return replace(
        first,
        evidence=tuple(evidence),
        when=next((tie.when for tie in statements if tie.when is not None), None),
        where=next((tie.where for tie in statements if tie.where is not None), None),
        basis=surest.basis,
    )
