"""SQLite: the engine, its pragmas, the choice of journal, and the FTS5 index."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, create_engine, event, text
from sqlalchemy.pool import QueuePool

from colligate.errors import CaseError
from colligate.store.database import SearchIndex
from colligate.store.errors import case_errors
from colligate.store.query import Query, Term

APPLICATION_ID = 0x436F6C67
"""Marks a database file as a case ("Colg")."""

BUSY_SECONDS = 5.0
"""How long a call waits for another process's transaction."""

# The WAL-reset bug (3.7.0 to 3.51.2; sqlite.org/wal.html#walresetbug) can lose committed pages when two
# connections write and checkpoint at the same moment. It is fixed from 3.51.3 on and in two backports.
_WAL_FIXED = (3, 51, 3)
_WAL_BACKPORTS = {(3, 44): 6, (3, 50): 7}


def wal_is_safe(version: tuple[int, int, int]) -> bool:
    """Whether a SQLite of this version keeps what it has committed to a write-ahead log."""
    backport = _WAL_BACKPORTS.get(version[:2])
    return version >= _WAL_FIXED or (backport is not None and version[2] >= backport)


def journal_mode() -> str:
    """The journal for cases that this process writes: a write-ahead log where it is safe."""
    return "wal" if wal_is_safe(sqlite3.sqlite_version_info[:3]) else "delete"


_PATIENCE = {"wal": 0, "delete": 500}  # milliseconds to wait for readers to be gone


class SqliteDatabase:
    """One database file. Connections are pooled; transactions are begun by hand.

    pysqlite's own handling would begin a transaction only at the first INSERT, and never an
    IMMEDIATE one: two writers could then both read, and one of them fail at its first write.
    """

    def __init__(self, path: Path, *, name: str, create: bool = False, busy: float = BUSY_SECONDS) -> None:
        self.name = name
        self.index: SearchIndex = Fts5()
        self.path = path
        # A URI for SQLite and not one for SQLAlchemy, which would undo the quoting of "%" and "#".
        uri = f"{path.absolute().as_uri()}?mode={'rwc' if create else 'rw'}"
        self._engine = create_engine(
            "sqlite+pysqlite://",
            creator=lambda: sqlite3.connect(uri, uri=True, timeout=busy, check_same_thread=False),
            poolclass=QueuePool,
        )
        event.listen(self._engine, "connect", _prepare)
        event.listen(self._engine, "begin", _begin)

    @property
    def engine(self) -> Engine:
        return self._engine

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with case_errors(self.name, self.path), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        with (
            case_errors(self.name, self.path),
            self._engine.execution_options(colligate_writing=True).begin() as connection,
        ):
            yield connection

    def begin_writing(self) -> None:
        """Puts the file into :func:`journal_mode`.

        A log that is not safe here must go before this process writes; one that would be safe is
        done without while somebody reads.
        """
        self._set_journal(journal_mode())

    def end_writing(self) -> None:
        """Puts the file back to a rollback journal, unless somebody reads just now.

        A case at rest is then one file: it can be copied, and read where nothing may be written,
        which a write-ahead log does not allow.
        """
        with suppress(CaseError):
            self._set_journal("delete")

    def _set_journal(self, wanted: str) -> None:
        self._engine.dispose()  # the change needs the only connection, and idle ones count
        with case_errors(self.name, self.path):
            raw = self._engine.raw_connection()
            try:
                cursor = raw.cursor()
                if cursor.execute("PRAGMA journal_mode").fetchone()[0] != wanted:
                    cursor.execute(f"PRAGMA busy_timeout={_PATIENCE[wanted]}")
                    with suppress(sqlite3.OperationalError) if wanted == "wal" else nullcontext():
                        cursor.execute(f"PRAGMA journal_mode={wanted}")
            finally:
                raw.invalidate()  # its busy_timeout is not the others'

    def close(self) -> None:
        self._engine.dispose()


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.close()


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get("colligate_writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


_FIND = text(
    "SELECT search.rowid, -bm25(search) FROM search"
    " JOIN paragraphs ON paragraphs.number = search.rowid"
    " JOIN documents ON documents.number = paragraphs.document"
    " WHERE search MATCH :query AND (:everywhere OR documents.id IN :documents)"
    " ORDER BY bm25(search), search.rowid LIMIT :limit"
).bindparams(bindparam("documents", expanding=True))


class Fts5:
    """Paragraphs as folded words. The table keeps them, although the text is stored already: an index
    without content can be told to forget a paragraph only by repeating its words exactly, and the
    folding may have changed since.

    The ``ascii`` tokenizer cuts at blanks and takes every other letter as it is: the words are cut
    and folded by ``fold``, for all backends alike.
    """

    def create(self, connection: Connection) -> None:
        connection.exec_driver_sql("CREATE VIRTUAL TABLE search USING fts5(words, tokenize='ascii')")

    def add(self, connection: Connection, paragraphs: Sequence[tuple[int, str]]) -> None:
        if paragraphs:
            connection.exec_driver_sql("INSERT INTO search(rowid, words) VALUES (?, ?)", list(paragraphs))

    def remove(self, connection: Connection, paragraphs: Sequence[int]) -> None:
        if paragraphs:
            connection.exec_driver_sql("DELETE FROM search WHERE rowid = ?", [(one,) for one in paragraphs])

    def find(
        self, connection: Connection, query: Query, *, limit: int, documents: Sequence[str]
    ) -> list[tuple[int, float]]:
        values = {"query": fts5_expression(query), "everywhere": not documents, "limit": limit}
        rows = connection.execute(_FIND, {**values, "documents": list(documents)})
        return [(number, score) for number, score in rows]


def fts5_expression(query: Query) -> str:
    """The query in FTS5's language. Words are letters and digits only, so nothing needs escaping."""
    clauses = ["(" + " OR ".join(map(_term, terms)) + ")" for terms in query.all_of]
    wanted = " AND ".join(clauses)
    if not query.none_of:
        return wanted
    return f"({wanted}) NOT (" + " OR ".join(map(_term, query.none_of)) + ")"


def _term(term: Term) -> str:
    return '"' + " ".join(term.words) + '"' + ("*" if term.prefix else "")
