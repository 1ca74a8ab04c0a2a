"""The writing half over SQL, the same for every database. Each call is one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from colligate.errors import NotFoundError, ReadFailure
from colligate.model import Actor, Claim, Document, Judgement
from colligate.store.base import not_one_claim
from colligate.store.checking import check_actors, check_claims, check_document, check_original, printable
from colligate.store.codec import claim_body
from colligate.store.database import Database
from colligate.store.errors import case_errors
from colligate.store.ledger import check_judgement, deciding, review_of
from colligate.store.merging import merge_actors, merge_claims
from colligate.store.originals import Originals
from colligate.store.records import Run
from colligate.store.sql_reading import ReadingWriter
from colligate.store.sql_view import judgement_of, recorded_of
from colligate.store.tables import actors as actors_
from colligate.store.tables import claims as claims_
from colligate.store.tables import documents, failures, judgements
from colligate.vocabulary import Vocabulary


class SqlWriter:
    """Writes a case in a database. Lives as long as the right to write does."""

    def __init__(self, database: Database, originals: Originals | None, vocabulary: Vocabulary) -> None:
        self._database = database
        self._originals = originals
        self._vocabulary = vocabulary

    def add_document(self, document: Document, *, source: str, original: bytes | None, run: Run) -> None:
        check_document(document)
        self._keep_original(document, original)
        with self._database.writing() as connection:
            ReadingWriter(connection, self._database.index, run).place(document, source=source)

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
        check_document(document)
        check_claims(document, claims, self._vocabulary)
        check_actors(actors, self._vocabulary)
        merged = merge_claims(claims)
        everyone = merge_actors(actors, merged)
        # The original first: a document in the database always has its original, and an original
        # without a document is only a file that will be there already when it is read again.
        self._keep_original(document, original)
        with self._database.writing() as connection:
            writer = ReadingWriter(connection, self._database.index, run)
            placed = writer.place(document, source=source)
            judged = writer.replace(placed, merged, everyone)
            for claim in judged:
                settle(connection, claim)
            connection.execute(
                update(documents)
                .where(
                    documents.c.number == placed.document,
                    (documents.c.finished.is_(False)) | (documents.c.program != run.program),
                )
                .values(finished=True, program=run.program)
            )

    def fail(self, *, source: str, failure: ReadFailure, message: str, at: datetime) -> None:
        source = printable(source)
        with self._database.writing() as connection:
            connection.execute(delete(failures).where(failures.c.source == source))
            row = {"source": source, "failure": failure.value, "message": message, "at": at.isoformat()}
            connection.execute(insert(failures), row)

    def add_judgement(self, judgement: Judgement) -> None:
        check_judgement(judgement)
        with self._database.writing() as connection:
            known = select(judgements.c.id).where(judgements.c.id == judgement.id)
            if connection.execute(known).one_or_none() is not None:
                return
            if len(judgement.about) == 1:
                self._add_about_claim(connection, judgement)
            else:
                for actor in judgement.about:
                    found = select(actors_.c.number).where(actors_.c.id == actor)
                    if connection.execute(found).one_or_none() is None:
                        raise NotFoundError(f"The case has no actor {actor}.")
                one, other = judgement.about
                _insert(connection, judgement, actor=one, other_actor=other)

    def withdraw(self, judgement: str, *, at: datetime) -> None:
        with self._database.writing() as connection:
            wanted = select(judgements).where(judgements.c.id == judgement)
            row = connection.execute(wanted).one_or_none()
            if row is None:
                raise NotFoundError(f"The ledger has no judgement {judgement}.")
            if row.withdrawn_at is None:
                ended = update(judgements).where(judgements.c.id == judgement)
                connection.execute(ended.values(withdrawn_at=at.isoformat()))
                if row.claim is not None:
                    settle(connection, row.claim)

    def _keep_original(self, document: Document, original: bytes | None) -> None:
        if original is None:
            return
        check_original(document, original, case=self._database.name)
        if self._originals is not None:
            with case_errors(self._database.name):
                self._originals.keep(document.id, original)

    def _add_about_claim(self, connection: Connection, judgement: Judgement) -> None:
        rows = connection.execute(select(claims_).where(claims_.c.id == judgement.about[0])).all()
        if not rows:
            raise not_one_claim(judgement.about[0], 0)
        claim = recorded_of(connection, rows)[0].claim
        body = claim_body(claim)
        _insert(connection, judgement, claim=claim.id, meaning=rows[0].meaning, judged=body)
        settle(connection, claim.id)


def settle(connection: Connection, claim: str) -> None:
    """Brings a claim's review, and whether it changed since it was judged, to what the ledger says."""
    wanted = select(judgements).where(judgements.c.claim == claim)
    lines = {row.id: row for row in connection.execute(wanted)}
    line = deciding(judgement_of(row) for row in lines.values())
    row = connection.execute(select(claims_).where(claims_.c.id == claim)).one()
    review = review_of(line).value
    changed = line is not None and row.found and lines[line.id].meaning != row.meaning
    if (row.review, row.changed) != (review, changed):
        mended = update(claims_).where(claims_.c.id == claim)
        connection.execute(mended.values(review=review, changed=changed))


def _insert(connection: Connection, judgement: Judgement, **about: str) -> None:
    ended = judgement.withdrawn_at
    row = {
        "id": judgement.id,
        "verdict": judgement.verdict.value,
        "claim": None,
        "actor": None,
        "other_actor": None,
        "by": judgement.by,
        "made_at": judgement.made_at.isoformat(),
        "reason": judgement.reason,
        "withdrawn_at": None if ended is None else ended.isoformat(),
        "meaning": "",
        "judged": "",
    }
    connection.execute(insert(judgements), {**row, **about})
