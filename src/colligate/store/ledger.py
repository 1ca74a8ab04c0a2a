"""What follows from the ledger of judgements: a pure function of its lines, in any order."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from colligate.model import Claim, Judgement, Review, Tie, Verdict, When, content_id
from colligate.store.checking import parties

_REVIEWS = {Verdict.ACCEPT: Review.ACCEPTED, Verdict.REJECT: Review.REJECTED}


def judgement(verdict: Verdict, *about: str, by: str, at: datetime, reason: str = "") -> Judgement:
    """A new line for the ledger with its id; two actor ids are put in order. ``at`` is aware, in UTC."""
    ids = tuple(sorted(about))
    made = content_id("judgement", verdict.value, ids, by, at.isoformat(), reason)
    return Judgement(made, verdict, ids, by, at, reason)


def check_judgement(line: Judgement) -> None:
    """Raises ValueError when the verdict does not fit what it is about, or the time has no zone."""
    wanted = 1 if line.verdict in _REVIEWS else 2
    if len(line.about) != wanted or len(set(line.about)) != wanted:
        raise ValueError(f"a judgement {line.verdict} is about {wanted} id(s), not {line.about}")
    if line.about != tuple(sorted(line.about)):
        raise ValueError(f"the ids of a judgement stand in order: {line.about}")
    if line.made_at.tzinfo is None:
        raise ValueError("the time of a judgement needs its zone")


def deciding(lines: Iterable[Judgement]) -> Judgement | None:
    """Of the lines about one claim, the one that decides: the latest that was not withdrawn.

    Two lines of the same moment are told apart by their ids, so that the order of rows never counts.
    """
    standing = [line for line in lines if line.withdrawn_at is None and line.verdict in _REVIEWS]
    return max(standing, key=lambda line: (line.made_at, line.id), default=None)


def review_of(line: Judgement | None) -> Review:
    """The review that a deciding line gives."""
    return Review.UNREVIEWED if line is None else _REVIEWS[line.verdict]


def meaning(claim: Claim) -> str:
    """A hash of what a claim says, without where it stands in the text and how it was found.

    A person who accepts a claim accepts this. It changes with the parties, date, place, stance,
    outcome and chain of attribution; not with offsets, pages, scores, or other spellings of an actor.
    """
    said: list[object] = [
        claim.kind,
        claim.type,
        claim.stance,
        [[role, party.actor.kind, party.actor.name] for role, party in parties(claim)],
        [[link.name, link.source_kind] for link in claim.attribution],
        _bounds(claim.when),
    ]
    if not isinstance(claim, Tie):
        said += [claim.outcome, claim.killed, claim.wounded]
    return content_id(*said)


def _bounds(when: When | None) -> list[str] | None:
    if when is None:
        return None
    return [str(b) for b in (when.start_earliest, when.start_latest, when.end_earliest, when.end_latest)]
