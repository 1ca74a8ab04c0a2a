"""A case: a folder with the originals, one SQLite database and its settings.

with Case.open_or_create(Path("sahel.case")) as case:
    with case.writer() as writer:
        writer.finish_document(document, claims=claims, actors=actors, run=run,
                               source="report.pdf", original=data)
    for recorded in case.view.claims(ClaimFilter(kind="tie")): ...
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType

from colligate.store.base import View, Writer
from colligate.vocabulary import Vocabulary


class Case:
    """An open case. Reading needs no lock; :meth:`writer` takes the one right to write."""

    path: Path

    @classmethod
    def open(cls, path: Path) -> Case:
        """The case in the folder ``path``. Raises CaseError (no case there, damaged, no rights),
        CaseTooNewError, CaseBusyError.
        """
        raise NotImplementedError

    @classmethod
    def create(cls, path: Path, *, vocabulary: Path | None = None) -> Case:
        """A new case in ``path``, which must be absent or empty. A vocabulary file is copied into it,
        so that the case stays whole when it is sent on. Raises CaseError, VocabularyError.
        """
        raise NotImplementedError

    @classmethod
    def open_or_create(cls, path: Path, *, vocabulary: Path | None = None) -> Case:
        """The case in ``path``, made when there is none yet."""
        raise NotImplementedError

    @property
    def vocabulary(self) -> Vocabulary:
        """The vocabulary that the case's claims are checked against."""
        raise NotImplementedError

    @property
    def view(self) -> View:
        raise NotImplementedError

    def writer(self) -> AbstractContextManager[Writer]:
        """See ``Store.writer``."""
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError

    def __enter__(self) -> Case:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
