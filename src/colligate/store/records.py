"""What a case hands out: light rows about documents, failures, claims, actors and search hits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from colligate.errors import ReadFailure
from colligate.model import Claim, When


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the program over files. ``program`` names it and its version ("colligate 0.1.0",
    with the models it used); ``at`` is an aware UTC time, the *recorded* time of what is new.
    """

    program: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """A document without its text.

    ``sources`` are the file names it came from, sorted. ``finished`` is False between
    ``add_document`` and ``finish_document``: its claims are not in yet. ``program`` is of the run
    that finished it ("" before that), so that a caller can leave out what it has read already.
    ``characters`` counts the text with its footnotes; ``pages`` is 0 for formats without pages.
    ``ties`` and ``events`` count the claims that are sure enough to be shown or that a person accepted,
    ``suggestions`` the others.
    """

    id: str
    name: str
    title: str
    authors: tuple[str, ...]
    publisher: str
    published: When | None
    published_how: str
    media_type: str
    reader: str
    language: str
    readable: bool
    pages: int
    characters: int
    warnings: tuple[str, ...]
    sources: tuple[str, ...]
    finished: bool
    program: str
    recorded_at: datetime
    ties: int
    events: int
    suggestions: int


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that gave no document: why, and when it was tried last. One per source."""

    source: str
    failure: ReadFailure
    message: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Recorded:
    """A claim and what the case knows about it.

    ``claim.review`` follows from the ledger. ``found`` is False when the newest reading of the
    document no longer makes the claim and only a person's judgement keeps it. ``changed`` is True
    when the reader says something else under this id than what the deciding judgement was about
    (another date, stance, attribution); the judged words stay in the ledger's line.
    ``recorded_at`` is when the claim entered the case, ``program`` what brought it.
    """

    claim: Claim
    found: bool
    changed: bool
    recorded_at: datetime
    program: str


@dataclass(frozen=True, slots=True)
class ActorSummary:
    """All actors of one kind whose names fold to the same key, over all documents of the case.

    The same name is not yet the same actor: who is who is decided in ``resolve``. ``name`` is the
    spelling with the most claims, ``aliases`` all others, sorted; ``ids`` the documents' own
    actors, sorted. ``claims`` counts claims that have one of them at an end, in a role or as the
    place; ``documents`` those that name them.
    """

    name: str
    kind: str
    aliases: tuple[str, ...]
    ids: tuple[str, ...]
    claims: int
    documents: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A paragraph that answers a search: characters ``start``-``end`` of the document's text.

    ``snippet`` is the part of it to show, ``marks`` the found words as (start, end) in the
    snippet. ``page`` is 1-based, None for formats without pages. Higher ``score`` is better; it
    compares hits of one search only.
    """

    document: str
    title: str
    page: int | None
    start: int
    end: int
    snippet: str
    marks: tuple[tuple[int, int], ...]
    score: float


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a case holds. ``lost`` are judged claims that the newest reading no longer makes."""

    documents: int
    unfinished: int
    failures: int
    ties: int
    events: int
    lost: int
    actors: int
    judgements: int
