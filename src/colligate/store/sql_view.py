"""The reading half over SQL, the same for every database."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, or_, select, tuple_

from colligate.errors import NotFoundError, ReadFailure
from colligate.model import SHOWN_FROM, Actor, Document, Judgement, Verdict
from colligate.store.base import EVERY_CLAIM, SHORTEST_PREFIX, VOUCHED, ClaimFilter, not_one_claim
from colligate.store.codec import ClaimRow, claim_of, document_of, when_of
from colligate.store.database import Database
from colligate.store.errors import case_errors
from colligate.store.fold import name_key, name_words
from colligate.store.grouping import group_actors
from colligate.store.originals import Originals
from colligate.store.query import parse
from colligate.store.records import ActorSummary, Counts, DocumentSummary, Failure, Hit, Recorded
from colligate.store.sql_filter import conditions
from colligate.store.tables import (
    actor_names,
    actors,
    claims,
    documents,
    failures,
    judgements,
    paragraphs,
    parties,
    readings,
    sources,
)

AnyRow: TypeAlias = Row[*tuple[Any, ...]]

_PAGE = 500  # rows that a stream holds; a reading transaction lasts no longer than to fetch them


class SqlView:
    """Reads a case in a database. Each call, and each page of a stream, is one short transaction."""

    def __init__(self, database: Database, originals: Originals | None) -> None:
        self._database = database
        self._originals = originals

    def counts(self) -> Counts:
        with self._database.reading() as connection:

            def number(table: Any, *where: ColumnElement[bool]) -> int:
                return connection.execute(select(func.count()).select_from(table).where(*where)).scalar_one()

            return Counts(
                documents=number(documents),
                unfinished=number(documents, documents.c.finished.is_(False)),
                failures=number(failures),
                ties=number(claims, claims.c.kind == "tie"),
                events=number(claims, claims.c.kind == "event"),
                lost=number(claims, claims.c.found.is_(False)),
                actors=number(actors),
                judgements=number(judgements),
            )

    # Documents

    def document(self, document: str) -> Document:
        wanted = _document_rows().where(documents.c.id == document)
        with self._database.reading() as connection:
            row = connection.execute(wanted).one_or_none()
        if row is None:
            raise _no_document(document)
        return _document(row)

    def document_of(self, claim: str) -> Document:
        id_ = self.claim(claim).claim.id
        wanted = (
            select(documents.c.id, documents.c.name, readings.c.text, readings.c.layout, readings.c.about)
            .join(claims, claims.c.document == documents.c.number)
            .join(readings, readings.c.number == claims.c.reading)
            .where(claims.c.id == id_)
        )
        with self._database.reading() as connection:
            return _document(connection.execute(wanted).one())

    def summary(self, document: str) -> DocumentSummary | None:
        with self._database.reading() as connection:
            found = _summaries(connection, documents.c.id == document)
        return found[0][1] if found else None

    def documents(self) -> Iterator[DocumentSummary]:
        last = 0
        while True:
            with self._database.reading() as connection:
                page = _summaries(connection, documents.c.number > last)
            for number, summary in page:
                last = number
                yield summary
            if len(page) < _PAGE:
                return

    def original(self, document: str) -> bytes | None:
        if self.summary(document) is None:
            raise _no_document(document)
        if self._originals is None:
            return None
        with case_errors(self._database.name):
            return self._originals.read(document)

    def failures(self) -> Iterator[Failure]:
        with self._database.reading() as connection:
            rows = connection.execute(select(failures).order_by(failures.c.source)).all()
        for row in rows:
            at = datetime.fromisoformat(row.at)
            yield Failure(row.source, ReadFailure(row.failure), row.message, at)

    # Claims

    def claim(self, claim: str) -> Recorded:
        wanted = claims.c.id == claim
        if SHORTEST_PREFIX <= len(claim) < 20 and claim.isalnum():
            # A range and not LIKE, which SQLite does not look up in an index; ids are hex digits.
            wanted = or_(wanted, and_(claims.c.id >= claim, claims.c.id < claim + "g"))
        with self._database.reading() as connection:
            rows = connection.execute(select(claims).where(wanted).limit(10)).all()
            if len(rows) != 1:
                raise not_one_claim(claim, len(rows))
            return _recorded(rows, _named_actors(connection, rows))[0]

    def claims(self, where: ClaimFilter = EVERY_CLAIM) -> Iterator[Recorded]:
        place = (claims.c.document, claims.c.start, claims.c.id)
        wanted = select(claims).where(*conditions(where)).order_by(*place).limit(_PAGE)
        after: tuple[int, int, str] | None = None
        while True:
            page = wanted if after is None else wanted.where(tuple_(*place) > after)
            with self._database.reading() as connection:
                rows = connection.execute(page).all()
                found = _recorded(rows, _named_actors(connection, rows))
            yield from found
            if len(rows) < _PAGE:
                return
            after = (rows[-1].document, rows[-1].start, rows[-1].id)

    def count(self, where: ClaimFilter = EVERY_CLAIM) -> int:
        wanted = select(func.count()).select_from(claims).where(*conditions(where))
        with self._database.reading() as connection:
            return connection.execute(wanted).scalar_one()

    # Actors

    def actors(self, *, kind: str | None = None) -> Iterator[ActorSummary]:
        wanted = [] if kind is None else [actors.c.kind == kind]
        with self._database.reading() as connection:
            found = _groups(connection, *wanted)
        yield from found

    def actor(self, asked: str) -> Sequence[ActorSummary]:
        named = select(actor_names.c.actor).where(actor_names.c.key == name_key(asked))
        just_this = or_(actors.c.id == asked, actors.c.number.in_(named))
        words = name_words(asked).split()
        with self._database.reading() as connection:
            found = _groups(connection, _in_group_of(just_this))
            if found or not words:
                return found
            with_words = select(actor_names.c.actor).where(
                *(actor_names.c.words.like(f"% {word} %") for word in words)
            )
            return _groups(connection, _in_group_of(actors.c.number.in_(with_words)))

    # Search, ledger

    def search(self, words: str, *, limit: int = 20, documents: tuple[str, ...] = ()) -> Sequence[Hit]:
        query = parse(words)
        with self._database.reading() as connection:
            best = self._database.index.find(connection, query, limit=limit, documents=documents)
            places = _paragraphs(connection, [number for number, _ in best])
            texts = _texts(connection, {place.reading for place in places.values()})
        hits: list[Hit] = []
        for number, score in best:
            place = places[number]
            text, title = texts[place.reading]
            snippet, marks = query.snippet(text[place.start : place.end])
            hits.append(
                Hit(place.id, title, place.page, place.start, place.end, snippet, marks, float(score))
            )
        return hits

    def judgements(self, about: str = "", *, withdrawn: bool = True) -> Iterator[Judgement]:
        wanted = select(judgements).order_by(judgements.c.made_at, judgements.c.id)
        if about:
            columns = (judgements.c.claim, judgements.c.actor, judgements.c.other_actor)
            wanted = wanted.where(or_(*(column == about for column in columns)))
        if not withdrawn:
            wanted = wanted.where(judgements.c.withdrawn_at.is_(None))
        with self._database.reading() as connection:
            lines = [judgement_of(row) for row in connection.execute(wanted)]
        yield from lines


def judgement_of(row: AnyRow) -> Judgement:
    """The line of the ledger in a row of ``judgements``."""
    about = tuple(one for one in (row.claim, row.actor, row.other_actor) if one is not None)
    ended = None if row.withdrawn_at is None else datetime.fromisoformat(row.withdrawn_at)
    made = datetime.fromisoformat(row.made_at)
    return Judgement(row.id, Verdict(row.verdict), about, row.by, made, row.reason, ended)


def recorded_of(connection: Connection, rows: Sequence[AnyRow]) -> list[Recorded]:
    """The claims in rows of ``claims``."""
    return _recorded(rows, _named_actors(connection, rows))


def _no_document(document: str) -> NotFoundError:
    return NotFoundError(f"The case has no document {document}.")


def _document_rows() -> Select[Any]:
    return select(
        documents.c.id, documents.c.name, readings.c.text, readings.c.layout, readings.c.about
    ).join(readings, readings.c.number == documents.c.reading)


def _document(row: AnyRow) -> Document:
    about = json.loads(row.about)
    return document_of(id=row.id, name=row.name, text=row.text, layout=row.layout, about=about)


def _summaries(connection: Connection, where: ColumnElement[bool]) -> list[tuple[int, DocumentSummary]]:
    rows = connection.execute(
        select(documents, readings.c.about)
        .join(readings, readings.c.number == documents.c.reading)
        .where(where)
        .order_by(documents.c.number)
        .limit(_PAGE)
    ).all()
    numbers = [row.number for row in rows]
    vouched = claims.c.review.in_([review.value for review in sorted(VOUCHED)])
    shown = or_(claims.c.score >= SHOWN_FROM, vouched)
    counted: dict[tuple[int, str], int] = {}
    for row in connection.execute(
        select(claims.c.document, claims.c.kind, shown.label("shown"), func.count().label("many"))
        .where(claims.c.document.in_(numbers))
        .group_by(claims.c.document, claims.c.kind, shown)
    ):
        key = row.document, row.kind if row.shown else "suggestion"
        counted[key] = counted.get(key, 0) + row.many
    named: dict[int, list[str]] = {}
    for row in connection.execute(select(sources).where(sources.c.document.in_(numbers))):
        named.setdefault(row.document, []).append(row.source)
    return [(row.number, _summary(row, named.get(row.number, []), counted)) for row in rows]


def _summary(row: AnyRow, named: list[str], counted: dict[tuple[int, str], int]) -> DocumentSummary:
    about = json.loads(row.about)
    return DocumentSummary(
        id=row.id,
        name=row.name,
        title=about["title"],
        authors=tuple(about["authors"]),
        publisher=about["publisher"],
        published=None if about["published"] is None else when_of(about["published"]),
        published_how=about["published_how"],
        media_type=about["media_type"],
        reader=about["reader"],
        language=about["language"],
        readable=about["readable"],
        pages=about["pages"],
        characters=about["characters"],
        warnings=tuple(about["warnings"]),
        sources=tuple(sorted(named)),
        finished=row.finished,
        program=row.program,
        recorded_at=datetime.fromisoformat(row.recorded_at),
        ties=counted.get((row.number, "tie"), 0),
        events=counted.get((row.number, "event"), 0),
        suggestions=counted.get((row.number, "suggestion"), 0),
    )


def _named_actors(connection: Connection, rows: Sequence[AnyRow]) -> dict[str, Actor]:
    """The actors that the claims name, by id."""
    if not rows:
        return {}
    in_claims = select(parties.c.actor).where(parties.c.claim.in_([row.number for row in rows]))
    wanted = select(actors.c.id, actors.c.kind, actors.c.name, actors.c.aliases)
    found = connection.execute(wanted.where(actors.c.number.in_(in_claims)))
    return {row.id: actor_of(row) for row in found}


def actor_of(row: AnyRow) -> Actor:
    """The actor in a row of ``actors``."""
    return Actor(row.id, row.kind, row.name, tuple(json.loads(row.aliases)))


def _recorded(rows: Sequence[AnyRow], named: dict[str, Actor]) -> list[Recorded]:
    return [
        Recorded(
            claim_of(
                ClaimRow(row.id, row.kind, row.type, row.stance, row.method, row.score, row.review, row.body),
                named,
            ),
            row.found,
            row.changed,
            datetime.fromisoformat(row.recorded_at),
            row.program,
        )
        for row in rows
    ]


def _in_group_of(wanted: ColumnElement[bool]) -> ColumnElement[bool]:
    group = tuple_(actors.c.kind, actors.c.key)
    return group.in_(select(actors.c.kind, actors.c.key).where(wanted))


def _groups(connection: Connection, *where: ColumnElement[bool]) -> list[ActorSummary]:
    rows = connection.execute(
        select(actors.c.id, actors.c.kind, actors.c.name, actors.c.aliases, documents.c.id.label("in_"))
        .join(documents, documents.c.number == actors.c.document)
        .where(*where)
    )
    placed = [(actor_of(row), row.in_) for row in rows]
    many = func.count(parties.c.claim.distinct())
    counted = select(many.label("many")).join(actors, actors.c.number == parties.c.actor).where(*where)
    by_actor = connection.execute(counted.add_columns(actors.c.id).group_by(actors.c.id))
    by_group = connection.execute(
        counted.add_columns(actors.c.kind, actors.c.key).group_by(actors.c.kind, actors.c.key)
    )
    return group_actors(
        placed,
        by_actor={row.id: row.many for row in by_actor},
        by_group={(row.kind, row.key): row.many for row in by_group},
    )


def _paragraphs(connection: Connection, numbers: list[int]) -> dict[int, AnyRow]:
    rows = connection.execute(
        select(paragraphs, documents.c.id, documents.c.reading)
        .join(documents, documents.c.number == paragraphs.c.document)
        .where(paragraphs.c.number.in_(numbers))
    )
    return {row.number: row for row in rows}


def _texts(connection: Connection, numbers: set[int]) -> dict[int, tuple[str, str]]:
    rows = connection.execute(select(readings).where(readings.c.number.in_(numbers)))
    return {row.number: (row.text, json.loads(row.about)["title"]) for row in rows}
