"""The claim: the waist of the program. A claim that cannot show its words cannot be made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile
from typing import Any, TypeAlias

from colligate.errors import QuoteError
from colligate.model.actor import Mention, Party
from colligate.model.document import Document
from colligate.model.identity import content_id
from colligate.model.when import When


class Review(StrEnum):
    """What a person decided about a claim."""

    UNREVIEWED = "unreviewed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    EDITED = "edited"


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words under a claim. ``quote`` is the document's text at ``start``-``end``, always.

    Make it with :meth:`of`, which checks. ``page`` is 1-based, None for formats without pages.
    """

    document: str
    title: str
    start: int
    end: int
    quote: str
    page: int | None = None

    def __post_init__(self) -> None:
        if not (0 <= self.start < self.end and len(self.quote) == self.end - self.start):
            raise QuoteError(
                document=self.document, start=self.start, end=self.end, quote=self.quote, found=""
            )

    @classmethod
    def of(cls, document: Document, start: int, end: int, quote: str | None = None) -> Evidence:
        """The evidence at a span. Raises QuoteError when ``quote`` is given and is not what stands there."""
        found = document.text[start:end]
        if not found or (quote is not None and quote != found):
            raise QuoteError(document=document.id, start=start, end=end, quote=quote or "", found=found)
        return cls(document.id, document.title, start, end, found, document.page_of(start))

    def check(self, text: str) -> None:
        """Raises QuoteError unless ``text`` (of the same document) holds the quote at the span."""
        found = text[self.start : self.end]
        if found != self.quote:
            raise QuoteError(
                document=self.document,
                start=self.start,
                end=self.end,
                quote=self.quote,
                found=found,
            )


@dataclass(frozen=True, slots=True)
class Attribution:
    """One link of the chain of who says so. ``actor_id`` is "" for a speaker who is not an actor.

    ``name`` is as the text puts it: unnamed speakers ("U.S. officials") stay unnamed.
    ``source_kind``: scholar, journalist, insider, group, state, media, document or unnamed.
    """

    name: str
    cue: str
    source_kind: str = "unnamed"
    actor_id: str = ""


# A claim at least this sure is shown; what is less sure is kept as a suggestion for review. At this bound the
# claims shown together are right as often as those of patterns alone were, and more of what is said is there.
SHOWN_FROM = 0.35


@dataclass(frozen=True, slots=True)
class Basis:
    """How a claim came about and how sure the reader is. ``score``, in 0..1, is a
    calibrated probability where the reading model took part, else what the pattern is worth by itself.

    ``method`` is "pattern:NAME", "model:NAME", "llm:NAME" (a language model) or "person:NAME".
    """

    method: str
    score: float


@dataclass(frozen=True, slots=True)
class Tie:
    """Subject -> object, of a type of the vocabulary. Attribution is outermost first."""

    id: str
    type: str
    subject: Party
    object: Party
    evidence: tuple[Evidence, ...]
    stance: str = "asserted"
    attribution: tuple[Attribution, ...] = ()
    when: When | None = None
    where: Party | None = None
    basis: Basis = Basis("", 0.0)
    review: Review = Review.UNREVIEWED

    kind = "tie"

    def __post_init__(self) -> None:
        _require_evidence(self.evidence)

    @classmethod
    def of(
        cls,
        type: str,  # noqa: A002 - the field's word
        subject: Party,
        object: Party,  # noqa: A002
        evidence: tuple[Evidence, ...],
        *,
        stance: str = "asserted",
        attribution: tuple[Attribution, ...] = (),
        when: When | None = None,
        where: Party | None = None,
        basis: Basis = Basis("", 0.0),
    ) -> Tie:
        """A tie with its id. See :func:`claim_id` for what the id rests on."""
        ends: list[Any] = [_end(subject), _end(object)]
        return cls(
            claim_id("tie", type, evidence, ends), type, subject, object, evidence,
            stance, attribution, when, where, basis,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, was planned or is denied, with its roles as the vocabulary names them.

    ``killed`` and ``wounded`` are the lowest numbers that the text supports ("at least 12" is 12,
    "dozens" is None). ``trigger`` is where the word stands that names the event.
    """

    id: str
    type: str
    name: str
    roles: tuple[tuple[str, tuple[Party, ...]], ...]
    evidence: tuple[Evidence, ...]
    trigger: Mention
    outcome: str = "unknown"
    killed: int | None = None
    wounded: int | None = None
    stance: str = "asserted"
    attribution: tuple[Attribution, ...] = ()
    when: When | None = None
    where: Party | None = None
    basis: Basis = Basis("", 0.0)
    review: Review = Review.UNREVIEWED

    kind = "event"

    def __post_init__(self) -> None:
        _require_evidence(self.evidence)

    @classmethod
    def of(
        cls,
        type: str,  # noqa: A002 - the field's word
        trigger: Mention,
        roles: Mapping[str, tuple[Party, ...]],
        evidence: tuple[Evidence, ...],
        *,
        name: str = "",
        outcome: str = "unknown",
        killed: int | None = None,
        wounded: int | None = None,
        stance: str = "asserted",
        attribution: tuple[Attribution, ...] = (),
        when: When | None = None,
        where: Party | None = None,
        basis: Basis = Basis("", 0.0),
    ) -> Event:
        """An event with its id. Empty roles are left out; roles keep the vocabulary's order."""
        filled = tuple((role, parties) for role, parties in roles.items() if parties)
        _require_evidence(evidence)
        # Roles stay out of the id: a reader that finds one more participant must not orphan a review.
        ends: list[Any] = [trigger.quote, trigger.start - evidence[0].start]
        return cls(
            claim_id("event", type, evidence, ends), type, name, filled, evidence, trigger,
            outcome, killed, wounded, stance, attribution, when, where, basis,
        )  # fmt: skip

    def parties(self) -> tuple[Party, ...]:
        """Everyone in any role, in order."""
        return tuple(party for _, parties in self.roles for party in parties)


Claim: TypeAlias = Tie | Event


def statements(claim: Claim) -> tuple[tuple[Evidence, ...], tuple[Evidence, ...]]:
    """The places of the statement that the claim was made from - its words, and where a pronoun's name
    stands - and the places where the document states it again."""
    first, *rest = claim.evidence
    if isinstance(claim, Event):
        return claim.evidence, ()
    names = {
        name
        for end in (claim.subject, claim.object)
        for name in (end.actor.name, end.mention.quote, *end.actor.aliases)
    }
    own = [first, *takewhile(lambda evidence: evidence.quote in names, rest)]
    return tuple(own), tuple(one for one in claim.evidence if one not in own and one.quote not in names)


def claim_id(kind: str, type: str, evidence: tuple[Evidence, ...], ends: list[Any]) -> str:  # noqa: A002
    """The id of a claim: its kind, type, document, quote (white space folded) and ends
    (of an event: its trigger) as written.

    Offsets, date, stance and score are left out, so that a better reader which moves or dates a
    claim keeps its id, and with it what a person decided.
    """
    _require_evidence(evidence)
    first = evidence[0]
    return content_id(kind, type, first.document, " ".join(first.quote.split()), ends)


def _end(party: Party) -> list[str]:
    end = [party.actor.kind, " ".join(party.mention.quote.split())]
    # "He" says nothing by itself: read as another actor it is another claim, with another id.
    return end if party.mention.form == "name" else [*end, party.actor.name]


def _require_evidence(evidence: tuple[Evidence, ...]) -> None:
    if not evidence:
        raise QuoteError(document="", start=0, end=0, quote="", found="")
