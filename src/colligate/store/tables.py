"""The tables of a case. ``migrations`` brings older cases here; a test holds the two together.

Times are ISO 8601 texts in UTC and days ISO 8601 texts: both sort as they should in every database,
and a person with a bare database tool can read them. Numbers (``number``) are for joins and never
leave the store; ids are what the rest of the program knows.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
)

REVISION = "0001"
"""The newest revision of ``migrations``; a case says which one it has."""

EARLIER: tuple[str, ...] = ()
"""Revisions that this program can bring up to REVISION."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

alembic_version = Table(
    "alembic_version",
    metadata,
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),  # as Alembic makes it
)

readings = Table(
    "readings",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", String(20), nullable=False),
    Column("text", Text, nullable=False),
    Column("layout", LargeBinary, nullable=False),  # JSON, zlib: blocks, pages, notes, the way back
    Column("about", Text, nullable=False),  # JSON: title, authors, date, language, warnings
)

documents = Table(
    "documents",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", String(80), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("reading", ForeignKey("readings.number"), nullable=False),
    Column("finished", Boolean, nullable=False),
    Column("program", Text, nullable=False),
    Column("recorded_at", String(32), nullable=False),
)

sources = Table(
    "sources",
    metadata,
    Column("source", Text, primary_key=True),
    Column("document", ForeignKey("documents.number"), primary_key=True, index=True),
)

failures = Table(
    "failures",
    metadata,
    Column("source", Text, primary_key=True),
    Column("failure", String(32), nullable=False),
    Column("message", Text, nullable=False),
    Column("at", String(32), nullable=False),
)

actors = Table(
    "actors",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", String(20), nullable=False, unique=True),
    Column("document", ForeignKey("documents.number"), nullable=False, index=True),
    Column("kind", String(64), nullable=False),
    Column("name", Text, nullable=False),
    Column("aliases", Text, nullable=False),  # JSON list
    Column("key", Text, nullable=False),  # the folded name: actors with one key are listed together
    Index(None, "kind", "key"),
)

actor_names = Table(
    "actor_names",
    metadata,
    Column("actor", ForeignKey("actors.number"), primary_key=True),
    Column("key", Text, primary_key=True, index=True),
    Column("words", Text, nullable=False),  # " lashkar e taiba ", blanks at both ends
)

claims = Table(
    "claims",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", String(20), nullable=False, unique=True),
    Column("document", ForeignKey("documents.number"), nullable=False),
    Column("reading", ForeignKey("readings.number"), nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("kind", String(8), nullable=False),
    Column("type", String(64), nullable=False, index=True),
    Column("stance", String(64), nullable=False),
    Column("method", Text, nullable=False),
    Column("score", Float, nullable=False),
    Column("start_earliest", String(10)),
    Column("start_latest", String(10)),
    Column("end_earliest", String(10)),
    Column("end_latest", String(10)),
    Column("body", Text, nullable=False),  # JSON: parties, date, place, attribution, evidence
    Column("meaning", String(20), nullable=False),  # what a person who accepts the claim accepts
    Column("found", Boolean, nullable=False),
    Column("review", String(16), nullable=False),  # follows from the ledger, kept here to be searched
    Column("changed", Boolean, nullable=False),  # so does this
    Column("recorded_at", String(32), nullable=False),
    Column("program", Text, nullable=False),
    Index(None, "document", "start", "id"),
)

parties = Table(
    "parties",
    metadata,
    Column("claim", ForeignKey("claims.number"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("role", String(32), nullable=False),
    Column("actor", ForeignKey("actors.number"), nullable=False, index=True),
)

speakers = Table(
    "speakers",
    metadata,
    Column("claim", ForeignKey("claims.number"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("words", Text, nullable=False),  # " stephen tankel ", blanks at both ends
    Column("actor_id", String(20), nullable=False),
)

judgements = Table(
    "judgements",
    metadata,
    Column("id", String(20), primary_key=True),
    Column("verdict", String(16), nullable=False),
    Column("claim", ForeignKey("claims.id"), index=True),
    Column("actor", ForeignKey("actors.id"), index=True),
    Column("other_actor", ForeignKey("actors.id"), index=True),
    Column("by", Text, nullable=False),
    Column("made_at", String(32), nullable=False),
    Column("reason", Text, nullable=False),
    Column("withdrawn_at", String(32)),
    Column("meaning", String(20), nullable=False),  # of the claim, when it was judged
    Column("judged", Text, nullable=False),  # JSON: the claim as the person saw it
)

paragraphs = Table(
    "paragraphs",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("document", ForeignKey("documents.number"), nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("page", Integer),
)
