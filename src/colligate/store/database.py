"""What every database backend gives to the view and the writer: connections, and a search index."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from sqlalchemy import Connection

from colligate.store.query import Query


class SearchIndex(Protocol):
    """The one part of the tables that each database has in its own way."""

    def create(self, connection: Connection) -> None:
        """Makes the index's own tables."""
        ...

    def add(self, connection: Connection, paragraphs: Sequence[tuple[int, str]]) -> None:
        """Takes in (paragraph's number, its folded words with blanks between)."""
        ...

    def remove(self, connection: Connection, paragraphs: Sequence[int]) -> None: ...

    def find(
        self, connection: Connection, query: Query, *, limit: int, documents: Sequence[str]
    ) -> list[tuple[int, float]]:
        """(paragraph's number, score) of the best matches, best first; higher scores are better."""
        ...


class Database(Protocol):
    """Connections to one case. Errors of the driver come out as CaseErrors."""

    name: str
    """The case, as errors name it."""

    index: SearchIndex

    def reading(self) -> AbstractContextManager[Connection]:
        """A connection in a transaction that sees one state of the case."""
        ...

    def writing(self) -> AbstractContextManager[Connection]:
        """A connection in a transaction that no other writer shares, committed when the block ends."""
        ...
