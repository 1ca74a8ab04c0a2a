"""Puts one document's reading in place of the one before, row by row, and writes only what differs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, Row, Table, bindparam, delete, func, insert, or_, select, update

from colligate.model import Actor, Claim, Document
from colligate.store.checking import parties as parties_of
from colligate.store.checking import printable
from colligate.store.codec import claim_body, reading_of
from colligate.store.database import SearchIndex
from colligate.store.fold import name_key, name_words, words
from colligate.store.grouping import group_of
from colligate.store.ledger import meaning
from colligate.store.paragraphs import paragraphs as paragraphs_of
from colligate.store.records import Run
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
    speakers,
)


@dataclass(frozen=True, slots=True)
class Placed:
    """The numbers of a document and of the reading that it has now."""

    document: int
    reading: int


class ReadingWriter:
    """Works within one writing transaction, which is its caller's."""

    def __init__(self, connection: Connection, index: SearchIndex, run: Run) -> None:
        self._connection = connection
        self._index = index
        self._run = run

    def place(self, document: Document, *, source: str) -> Placed:
        """The document with its text, searchable; its source named and no longer failed."""
        reading = reading_of(document)
        wanted = (
            select(documents.c.number, documents.c.reading, readings.c.id)
            .join(readings, readings.c.number == documents.c.reading)
            .where(documents.c.id == document.id)
        )
        known = self._connection.execute(wanted).one_or_none()
        if known is not None and known.id == reading.id:
            placed = Placed(known.number, known.reading)
        else:
            number = self._next(readings)
            row = {"number": number, "id": reading.id, "text": reading.text}
            row |= {"layout": reading.layout, "about": reading.about}
            self._connection.execute(insert(readings), row)
            if known is None:
                placed = Placed(self._add(document, number), number)
            else:
                placed = Placed(known.number, number)
                moved = update(documents).where(documents.c.number == known.number)
                self._connection.execute(moved.values(reading=number))
                self._drop_readings({known.reading})
            self._make_searchable(document, placed)
        if source:
            self._name(printable(source), placed)
        return placed

    def replace(self, placed: Placed, made: Sequence[Claim], everyone: Mapping[str, Actor]) -> list[str]:
        """Brings claims and actors to the new reading; returns the ids of the document's judged claims."""
        numbers = self._write_actors(placed, everyone)
        judged = self._judged(placed)
        older = self._write_claims(placed, made, numbers, judged)
        self._drop_actors(placed, everyone)
        self._drop_readings(older)
        return sorted(judged)

    # The document

    def _add(self, document: Document, reading: int) -> int:
        number = self._next(documents)
        row = {"number": number, "id": document.id, "name": printable(document.name), "reading": reading}
        row |= {"finished": False, "program": "", "recorded_at": self._run.at.isoformat()}
        self._connection.execute(insert(documents), row)
        return number

    def _make_searchable(self, document: Document, placed: Placed) -> None:
        old = select(paragraphs.c.number).where(paragraphs.c.document == placed.document)
        gone = list(self._connection.execute(old).scalars())
        self._index.remove(self._connection, gone)
        self._delete(paragraphs.c.number, gone)
        first = self._next(paragraphs)
        stretches = list(enumerate(paragraphs_of(document), first))
        rows = [
            {
                "number": number,
                "document": placed.document,
                "start": start,
                "end": end,
                "page": document.page_of(start),
            }
            for number, (start, end) in stretches
        ]
        self._insert(paragraphs, rows)
        folded = [(number, " ".join(words(document.text[start:end]))) for number, (start, end) in stretches]
        self._index.add(self._connection, folded)

    def _name(self, source: str, placed: Placed) -> None:
        row = {"source": source, "document": placed.document}
        known = select(sources).where(sources.c.source == source, sources.c.document == placed.document)
        if self._connection.execute(known).one_or_none() is None:
            self._connection.execute(insert(sources), row)
        self._connection.execute(delete(failures).where(failures.c.source == source))

    def _drop_readings(self, older: set[int]) -> None:
        """Forgets those texts that neither a document nor a kept claim stands on."""
        if not older:
            return
        unused = (
            select(readings.c.number)
            .where(readings.c.number.in_(older))
            .where(~select(claims.c.number).where(claims.c.reading == readings.c.number).exists())
            .where(~select(documents.c.number).where(documents.c.reading == readings.c.number).exists())
        )
        self._delete(readings.c.number, list(self._connection.execute(unused).scalars()))

    # Actors

    def _write_actors(self, placed: Placed, everyone: Mapping[str, Actor]) -> dict[str, int]:
        """The numbers of the reading's actors by id, and of those that the document had before."""
        had = self._connection.execute(select(actors).where(actors.c.document == placed.document)).all()
        numbers = {row.id: row.number for row in had}
        aliases = {row.id: row.aliases for row in had}
        fresh: list[dict[str, Any]] = []
        renamed: list[dict[str, Any]] = []
        names: list[dict[str, Any]] = []
        following = self._next(actors)
        for actor in everyone.values():
            listed = json.dumps(actor.aliases, ensure_ascii=False)
            if actor.id not in numbers:
                number = numbers[actor.id] = following + len(fresh)
                row = {"number": number, "id": actor.id, "document": placed.document, "kind": actor.kind}
                fresh.append(row | {"name": actor.name, "aliases": listed, "key": group_of(actor)[1]})
            elif aliases[actor.id] != listed:
                number = numbers[actor.id]
                renamed.append({"_number": number, "aliases": listed})
            else:
                continue
            names.extend(_names(number, actor))
        self._delete(actor_names.c.actor, [row["_number"] for row in renamed])
        self._update(actors, renamed)
        self._insert(actors, fresh)
        self._insert(actor_names, names)
        return numbers

    def _drop_actors(self, placed: Placed, everyone: Mapping[str, Actor]) -> None:
        """Forgets actors that the reading does not have, no kept claim names and nobody judged."""
        in_ledger = select(judgements.c.id).where(
            or_(judgements.c.actor == actors.c.id, judgements.c.other_actor == actors.c.id)
        )
        unused = (
            select(actors.c.number, actors.c.id)
            .where(actors.c.document == placed.document)
            .where(~select(parties.c.claim).where(parties.c.actor == actors.c.number).exists())
            .where(~in_ledger.exists())
        )
        gone = [row.number for row in self._connection.execute(unused) if row.id not in everyone]
        self._delete(actor_names.c.actor, gone)
        self._delete(actors.c.number, gone)

    # Claims

    def _judged(self, placed: Placed) -> set[str]:
        wanted = (
            select(claims.c.id)
            .join(judgements, judgements.c.claim == claims.c.id)
            .where(claims.c.document == placed.document)
        )
        return set(self._connection.execute(wanted).scalars())

    def _write_claims(
        self, placed: Placed, made: Sequence[Claim], numbers: Mapping[str, int], judged: set[str]
    ) -> set[int]:
        """Writes what differs; returns the older readings on which claims of the document stood."""
        wanted = select(claims).where(claims.c.document == placed.document)
        before = {row.id: row for row in self._connection.execute(wanted)}
        older = {row.reading for row in before.values()} - {placed.reading}
        fresh: list[dict[str, Any]] = []
        moved: list[dict[str, Any]] = []
        involved: list[tuple[int, Claim]] = []
        following = self._next(claims)
        for claim in made:
            row = _claim_row(claim, placed)
            old = before.pop(claim.id, None)
            if old is None:
                number = following + len(fresh)
                brought = {"recorded_at": self._run.at.isoformat(), "program": self._run.program}
                settled = {"review": "unreviewed", "changed": False}
                fresh.append({"number": number, "id": claim.id, **row, **brought, **settled})
            elif _differs(old, row):
                number = old.number
                moved.append({"_number": number, **row})
            else:
                continue
            involved.append((number, claim))
        self._forget_parties([row["_number"] for row in moved])
        self._update(claims, moved)
        self._insert(claims, fresh)
        self._insert(parties, [row for number, claim in involved for row in _parties(number, claim, numbers)])
        self._insert(speakers, [row for number, claim in involved for row in _speakers(number, claim)])
        lost = [old for old in before.values() if old.id in judged and old.found]
        self._update(claims, [{"_number": old.number, "found": False} for old in lost])
        gone = [old.number for old in before.values() if old.id not in judged]
        self._forget_parties(gone)
        self._delete(claims.c.number, gone)
        return older

    def _forget_parties(self, numbers: list[int]) -> None:
        self._delete(parties.c.claim, numbers)
        self._delete(speakers.c.claim, numbers)

    # Rows

    def _next(self, table: Table) -> int:
        """The first free number. There is one writer, so nobody else takes it meanwhile."""
        highest = self._connection.execute(select(func.max(table.c.number))).scalar_one()
        return int(highest or 0) + 1

    def _insert(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        if rows:
            self._connection.execute(insert(table), rows)

    def _update(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        if rows:
            changed = update(table).where(table.c.number == bindparam("_number"))
            self._connection.execute(changed, rows)

    def _delete(self, column: Column[Any], values: Sequence[int]) -> None:
        if values:
            gone = delete(column.table).where(column == bindparam("_value"))
            self._connection.execute(gone, [{"_value": value} for value in values])


def _claim_row(claim: Claim, placed: Placed) -> dict[str, Any]:
    when = claim.when
    bounds = (None,) * 4 if when is None else (
        when.start_earliest, when.start_latest, when.end_earliest, when.end_latest
    )  # fmt: skip
    days = [None if bound is None else bound.isoformat() for bound in bounds]
    return {
        "document": placed.document,
        "reading": placed.reading,
        "start": claim.evidence[0].start,
        "kind": claim.kind,
        "type": claim.type,
        "stance": claim.stance,
        "method": claim.basis.method,
        "score": claim.basis.score,
        "start_earliest": days[0],
        "start_latest": days[1],
        "end_earliest": days[2],
        "end_latest": days[3],
        "body": claim_body(claim),
        "meaning": meaning(claim),
        "found": True,
    }


def _differs(old: Row[Any], row: Mapping[str, Any]) -> bool:
    return any(getattr(old, name) != value for name, value in row.items())


def _parties(number: int, claim: Claim, numbers: Mapping[str, int]) -> list[dict[str, Any]]:
    return [
        {"claim": number, "position": position, "role": role, "actor": numbers[party.actor.id]}
        for position, (role, party) in enumerate(parties_of(claim))
    ]


def _speakers(number: int, claim: Claim) -> list[dict[str, Any]]:
    return [
        {
            "claim": number,
            "position": position,
            "words": f" {name_words(link.name)} ",
            "actor_id": link.actor_id,
        }
        for position, link in enumerate(claim.attribution)
    ]


def _names(number: int, actor: Actor) -> list[dict[str, Any]]:
    by_key: dict[str, str] = {}
    for form in (actor.name, *actor.aliases):
        key = name_key(form)
        if key:
            by_key.setdefault(key, f" {name_words(form)} ")
    return [{"actor": number, "key": key, "words": spelled} for key, spelled in by_key.items()]
