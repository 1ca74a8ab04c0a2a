"""The contract of a store: a small read-only half (View) and a writing half (Writer).

Most code takes a View. What holds for every backend is written here and tested once over all of
them (``tests/contract``):

- **One document, one transaction.** After ``finish_document`` returns, the document and its claims
  outlast a crash; before it returns, nothing of them is half there.
- **Reading again changes nothing**, neither a row nor a time, when the reading is the same.
- **A person's word stands.** A claim that the ledger speaks of is never deleted.
- **No claim without its words**: a claim whose quotes are not in the text is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Protocol

from colligate.errors import NotFoundError, ReadFailure
from colligate.model import Actor, Claim, Document, Held, Judgement, Review
from colligate.store.records import ActorSummary, Counts, DocumentSummary, Failure, Hit, Recorded, Run

# A person's word counts for more than a reader's doubt.
VOUCHED = frozenset({Review.ACCEPTED, Review.EDITED})
Hold = Literal[Held.HELD, Held.MAY_HAVE_HELD]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFilter:
    """Which claims. Every field narrows; an empty one does not.

    ``actors``, ``others``: ids of actors or names; a name matches an actor's name or alias up to
    case, diacritics, hyphens, spaces and apostrophes. A claim matches when any of ``actors`` is at
    an end, in a role or its place and, with ``others``, one of these is another party of it.
    ``since``, ``until``: days, both included. With ``hold`` HELD only claims whose bounds say that
    they were so on some day between; with MAY_HAVE_HELD also those that their bounds allow. A
    claim without any bound never matches a date (``When.at`` calls it no evidence).
    ``according_to``: whole words of a name in the chain of attribution, or an actor's id.
    ``min_score``: less sure claims are left out, unless a person accepted or edited them.
    ``found``: True for claims that the newest reading makes, False for those it no longer makes.
    """

    kind: Literal["tie", "event"] | None = None
    types: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    hold: Hold = Held.MAY_HAVE_HELD
    stances: tuple[str, ...] = ()
    according_to: str = ""
    documents: tuple[str, ...] = ()
    reviews: tuple[Review, ...] = ()
    min_score: float = 0.0
    found: bool | None = None


EVERY_CLAIM = ClaimFilter()


class View(Protocol):
    """Reads a case. Iterators stream: they hold no lock and no more than a page of rows at a time."""

    def counts(self) -> Counts: ...

    def document(self, document: str) -> Document:
        """The document as the newest reading left it. Raises NotFoundError."""
        ...

    def document_of(self, claim: str) -> Document:
        """The document as it read when the claim was made: the text into which the claim's offsets
        point. Differs from :meth:`document` only for claims that are no longer found.
        Raises NotFoundError.
        """
        ...

    def summary(self, document: str) -> DocumentSummary | None:
        """The document without its text; None when the case does not have it."""
        ...

    def documents(self) -> Iterator[DocumentSummary]:
        """All documents in the order in which they entered, without loading a text."""
        ...

    def original(self, document: str) -> bytes | None:
        """The original's bytes, None when they were not kept. Raises NotFoundError."""
        ...

    def failures(self) -> Iterator[Failure]:
        """The files that gave no document, by source."""
        ...

    def claim(self, claim: str) -> Recorded:
        """The claim with this id, or with the only id that begins so (6 digits at least).
        Raises NotFoundError.
        """
        ...

    def claims(self, where: ClaimFilter = EVERY_CLAIM) -> Iterator[Recorded]:
        """The claims that match: by document as they entered, then by place in the text."""
        ...

    def count(self, where: ClaimFilter = EVERY_CLAIM) -> int:
        """How many claims match."""
        ...

    def actors(self, *, kind: str | None = None) -> Iterator[ActorSummary]:
        """All actors, those with the most claims first, then by name."""
        ...

    def actor(self, asked: str) -> Sequence[ActorSummary]:
        """Who may be meant by an id, a name or an alias. Those whose name or alias is just this (up
        to case, diacritics, hyphens, spaces, apostrophes) when there are any, else those whose
        names hold all its words. Most claims first; empty when there is none.
        """
        ...

    def search(self, words: str, *, limit: int = 20, documents: tuple[str, ...] = ()) -> Sequence[Hit]:
        """The paragraphs that hold the words, best first. All words must occur; ``"a b"`` is a phrase,
        ``word*`` a beginning, ``-word`` excludes, ``OR`` between two is either. Case, diacritics
        and apostrophes do not count, and a hyphenated word is a phrase. Raises QueryError.
        """
        ...

    def judgements(self, about: str = "", *, withdrawn: bool = True) -> Iterator[Judgement]:
        """The ledger by time: about one claim or actor, and without what was withdrawn, if asked."""
        ...


class Writer(Protocol):
    """Writes a case. Each call is one transaction: done when it returns, undone when it raises.

    Every call may raise CaseBusyError, CaseFullError or CaseError.
    """

    def add_document(self, document: Document, *, source: str, original: bytes | None, run: Run) -> None:
        """Keeps the original and the text, and makes it searchable; its claims are still to come.

        Clears a failure of the same source. Raises CaseError when ``original`` is not what
        ``document.id`` was made of. Callers that have the claims at hand need only
        :meth:`finish_document`.
        """
        ...

    def finish_document(
        self,
        document: Document,
        *,
        claims: Sequence[Claim],
        actors: Sequence[Actor],
        run: Run,
        source: str = "",
        original: bytes | None = None,
    ) -> None:
        """Puts the document's reading in place of the one before.

        Claims that stay the same keep their row and recorded time; those that are no longer made
        go, unless the ledger speaks of them: then they stay, marked as not found. ``actors`` may
        hold more than the claims name. Claims with the same id (the same words twice in a text)
        become one claim with all its evidence.

        Raises QuoteError when a quote of a claim, mention or date is not what the text has there,
        VocabularyError when the case's vocabulary lacks a type, kind, role, stance or outcome;
        nothing of the document is written then.
        """
        ...

    def fail(self, *, source: str, failure: ReadFailure, message: str, at: datetime) -> None:
        """Records that a file gave no document, in place of an earlier failure of it."""
        ...

    def add_judgement(self, judgement: Judgement) -> None:
        """Adds a line to the ledger; a line with the same id is there already and stays as it is.
        Raises NotFoundError when the case lacks what it is about, ValueError when the verdict does
        not fit (accept and reject are about one claim; same, different, unsure about two actors).
        """
        ...

    def withdraw(self, judgement: str, *, at: datetime) -> None:
        """Ends a judgement; what it decided is again as if it had not been made. A second time does
        nothing. Raises NotFoundError.
        """
        ...


class Store(Protocol):
    """A place that keeps a case."""

    @property
    def view(self) -> View: ...

    def writer(self) -> AbstractContextManager[Writer]:
        """The right to write, for one process at a time; given back when the block ends.
        Raises CaseBusyError when another process keeps it for longer than a short wait.
        """
        ...


SHORTEST_PREFIX = 6
"""Digits of a claim's id that are enough to ask for it, when no other claim's id begins so."""


def not_one_claim(asked: str, found: int) -> NotFoundError:
    """The error for an id that leads to no claim, or to several."""
    if found:
        return NotFoundError(f"{found} claims have ids that begin with {asked}.", hint="Give more digits.")
    return NotFoundError(
        f"The case has no claim {asked!r}.",
        hint=f"An id is 20 digits and letters a to f; its first {SHORTEST_PREFIX} may do. "
        "`colligate ties` and `colligate events` show ids.",
    )
