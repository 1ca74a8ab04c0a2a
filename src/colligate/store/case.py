"""A case: a folder with the originals, one SQLite database and its settings.

with Case.open_or_create(Path("sahel.case")) as case:
    with case.writer() as writer:
        writer.finish_document(document, claims=claims, actors=actors, run=run,
                               source="report.pdf", original=data)
    for recorded in case.view.claims(ClaimFilter(kind="tie")): ...
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType

from colligate.errors import CaseError
from colligate.store.base import View, Writer
from colligate.store.errors import case_errors, no_case, not_empty
from colligate.store.lock import write_lock
from colligate.store.originals import Originals, sync_folder
from colligate.store.revision import bring_up, make, revision_of
from colligate.store.sql_view import SqlView
from colligate.store.sql_writer import SqlWriter
from colligate.store.sqlite import BUSY_SECONDS, SqliteDatabase
from colligate.vocabulary import Vocabulary, load
from colligate.vocabulary.vocabulary import DEFAULT

DATABASE, ORIGINALS, SETTINGS, LOCK = "case.sqlite", "originals", "settings.toml", "case.lock"
VOCABULARY = "vocabulary.yaml"
_UNFINISHED = "case.sqlite.new"
_OURS = {DATABASE, ORIGINALS, SETTINGS, LOCK, VOCABULARY, _UNFINISHED, _UNFINISHED + "-journal"}


class Case:
    """An open case. Reading needs no lock; :meth:`writer` takes the one right to write.

    ``wait`` is how many seconds a call waits for another process before it gives up.
    """

    def __init__(self, path: Path, database: SqliteDatabase, *, wait: float) -> None:
        self.path = path
        self._database = database
        self._originals = Originals(path / ORIGINALS)
        self._wait = wait
        self._vocabulary: Vocabulary | None = None

    @classmethod
    def exists(cls, path: Path) -> bool:
        """Whether there is a case in the folder, of any version and in any state."""
        with suppress(OSError):
            return (path / DATABASE).is_file()
        return False

    @classmethod
    def open(cls, path: Path, *, wait: float = BUSY_SECONDS) -> Case:
        """The case in the folder ``path``, brought up to this version when it is older.

        Raises CaseError (no case there, damaged, no rights), CaseTooNewError, CaseBusyError.
        """
        name = str(path)
        with case_errors(name):
            if not (path / DATABASE).exists():
                raise no_case(name)
        database = SqliteDatabase(path / DATABASE, name=name, busy=wait)
        try:
            if revision_of(database) is not None:
                with write_lock(path / LOCK, case=name, wait=wait):
                    bring_up(database)
        except BaseException:
            database.close()
            raise
        return cls(path, database, wait=wait)

    @classmethod
    def create(cls, path: Path, *, vocabulary: Path | None = None, wait: float = BUSY_SECONDS) -> Case:
        """A new case in ``path``, which must be absent or empty. A vocabulary file is copied into it,
        so that the case stays whole when it is sent on. Raises CaseError, VocabularyError.
        """
        name = str(path)
        words = None
        if vocabulary is not None:
            load(vocabulary)  # a vocabulary that cannot be read must not leave half a case behind
            words = vocabulary.read_bytes()
        with case_errors(name):
            path.mkdir(parents=True, exist_ok=True)
            if {entry.name for entry in path.iterdir()} - _OURS or (path / DATABASE).exists():
                raise not_empty(name)
            with write_lock(path / LOCK, case=name, wait=wait):
                if not (path / DATABASE).exists():
                    _fill(path, name, words)
        return cls.open(path, wait=wait)

    @classmethod
    def open_or_create(
        cls, path: Path, *, vocabulary: Path | None = None, wait: float = BUSY_SECONDS
    ) -> Case:
        """The case in ``path``, made when there is none yet; ``vocabulary`` counts only then."""
        if cls.exists(path):
            return cls.open(path, wait=wait)
        return cls.create(path, vocabulary=vocabulary, wait=wait)

    @property
    def vocabulary(self) -> Vocabulary:
        """The vocabulary that the case's claims are checked against."""
        if self._vocabulary is None:
            self._vocabulary = load(self.vocabulary_path)
        return self._vocabulary

    @property
    def vocabulary_path(self) -> Path:
        """The file of it: the case's own, or the default pack."""
        try:
            settings = tomllib.loads((self.path / SETTINGS).read_text(encoding="utf-8"))
            named = settings.get("vocabulary", "")
        except FileNotFoundError:
            named = ""
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise CaseError(
                f"The settings {self.path / SETTINGS} cannot be read: {error}",
                case=str(self.path),
                hint="Mend the file, or delete it to have the settings of a new case.",
            ) from error
        return self.path / str(named) if named else DEFAULT

    @property
    def view(self) -> View:
        return SqlView(self._database, self._originals)

    @contextmanager
    def writer(self) -> Iterator[Writer]:
        """See ``Store.writer``."""
        vocabulary = self.vocabulary
        with write_lock(self.path / LOCK, case=str(self.path), wait=self._wait):
            self._database.begin_writing()
            with case_errors(str(self.path)):
                self._originals.tidy()
            try:
                yield SqlWriter(self._database, self._originals, vocabulary)
            finally:
                self._database.end_writing()

    def close(self) -> None:
        self._database.close()

    def __enter__(self) -> Case:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _fill(path: Path, name: str, vocabulary: bytes | None) -> None:
    """Makes what a case holds. The database gets its name last: a folder with it is a whole case."""
    (path / ORIGINALS).mkdir(exist_ok=True)
    if vocabulary is not None:
        (path / VOCABULARY).write_bytes(vocabulary)
    own = f'vocabulary = "{VOCABULARY}"\n' if vocabulary is not None else ""
    explained = "# Settings of this case. vocabulary: a file in this folder; without it, the default pack.\n"
    (path / SETTINGS).write_text(explained + own, encoding="utf-8")
    for leftover in (_UNFINISHED, _UNFINISHED + "-journal"):
        (path / leftover).unlink(missing_ok=True)
    database = SqliteDatabase(path / _UNFINISHED, name=name, create=True)
    try:
        make(database)
    finally:
        database.close()
    (path / _UNFINISHED).replace(path / DATABASE)
    sync_folder(path)
