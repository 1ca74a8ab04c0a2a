"""What a worker does with one file: bytes to document to claims. Never raises; a failure is a result."""

from __future__ import annotations

import contextlib
import gc
import hashlib
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path

from colligate.errors import ColligateError, DocumentError, ReadFailure
from colligate.extract.actors import actor_entries
from colligate.extract.base import MOST_TOKENS
from colligate.extract.pipeline import (
    Pipeline,
    model_version,
    reading_actors,
    rules_version,
    shipped_pipeline,
)
from colligate.model import Actor, Claim, Document, bytes_id
from colligate.readers import READER, Limits, read
from colligate.readers.guard import FORKS, launcher
from colligate.vocabulary import Vocabulary


def known_names() -> frozenset[str]:
    """The names of known actors: what a word broken at a line end may be mended to."""
    return frozenset(surface for surface, _ in actor_entries())


@dataclass(frozen=True, slots=True)
class FileTask:
    """One file to read. ``source`` is its name as the case keeps it; what came by a pipe is in ``data``."""

    source: str
    path: Path = Path()
    data: bytes | None = None

    @property
    def size(self) -> int:
        """In bytes; 0 when the file cannot be looked at."""
        if self.data is not None:
            return len(self.data)
        try:
            return self.path.stat().st_size
        except OSError:
            return 0

    def original(self) -> bytes:
        """The bytes. Raises OSError."""
        return self.path.read_bytes() if self.data is None else self.data

    def digest(self) -> str:
        """The id that its document has or will have, without holding the whole file. Raises OSError,
        also for a named pipe or a device: opening one may wait for ever.
        """
        if self.data is not None:
            return bytes_id(self.data)
        if not self.path.is_file():
            raise OSError(0, "it is no regular file")
        with self.path.open("rb") as file:
            return "sha256:" + hashlib.file_digest(file, "sha256").hexdigest()


@dataclass(frozen=True, slots=True)
class Extracted:
    """A document and what was found in it. ``words`` are those that white space parts."""

    document: Document
    claims: tuple[Claim, ...]
    actors: tuple[Actor, ...]
    words: int


@dataclass(frozen=True, slots=True)
class Unread:
    """Why a file gave no document."""

    failure: ReadFailure
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class TooLong:
    """The text is too long to be extracted in the process that was asked, which nobody could stop."""


@contextlib.contextmanager
def bounded(memory: int) -> Iterator[None]:
    """Lets this process hold ``memory`` bytes of addresses at most, on systems that can; 0 for no bound.

    Inside, what asks for more gets a MemoryError. Only the soft limit is lowered, so that it can be
    raised again.
    """
    if not memory or find_spec("resource") is None:
        yield
        return
    import resource  # noqa: PLC0415 - Windows has none

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    bound = min((memory, *(limit for limit in (soft, hard) if limit != resource.RLIM_INFINITY)))
    resource.setrlimit(resource.RLIMIT_AS, (bound, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


@dataclass(slots=True)
class FileReading:
    """The work on one file. ``memory`` bounds the address space while claims are extracted, in bytes, and
    ``most_here`` the characters of a text that is extracted at all, ``most_claims`` what may be found in it
    (whoever stores it holds about 5 kB a claim); 0 for no bound. ``patterns_only`` leaves the reading model
    out; ``threads`` are those it computes with, which never change what it finds.

    It goes to the workers without its pipeline, which each builds at its first file: the tables of the
    stages are larger than what they were loaded from.
    """

    vocabulary: Vocabulary
    limits: Limits
    memory: int = 0
    most_here: int = 0
    most_claims: int = 0
    patterns_only: bool = False
    threads: int = 1
    _pipeline: Pipeline | None = field(default=None, repr=False)

    def __call__(self, task: FileTask) -> Extracted | Unread | TooLong:
        if self._pipeline is None:
            self._prepare()
        try:
            document = read(
                task.path if task.data is None else task.data, name=task.source, limits=self.limits
            )
        except DocumentError as error:
            return Unread(error.failure, str(error), error.hint)
        if self.most_here and len(document.text) > self.most_here:
            return TooLong()
        try:
            with bounded(self.memory):
                found = self._extracted(document)
            if self.most_claims and len(found.claims) > self.most_claims:
                return Unread(
                    ReadFailure.TOO_LARGE,
                    f"{task.source}: makes {len(found.claims)} claims; the limit is {self.most_claims}.",
                    "Split the file.",
                )
            return found
        except MemoryError:
            return Unread(
                ReadFailure.OUT_OF_MEMORY,
                f"{task.source}: the memory did not suffice for what is said in it.",
                "Split the file.",
            )
        except ColligateError as error:
            return Unread(ReadFailure.CRASHED, f"{task.source}: {error}", error.hint)
        except Exception as error:  # noqa: BLE001 - one document must not cost its neighbours
            frame = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{Path(frame.filename).name}:{frame.lineno}"
            return Unread(
                ReadFailure.CRASHED,
                f"{task.source}: the extraction failed ({type(error).__name__} at {where}).",
                "This is a fault of the program: please report that line, and the file if you may share it.",
            )

    def __reduce__(self) -> tuple[type[FileReading], tuple[Vocabulary, Limits, int, int, int, bool, int]]:
        return FileReading, (
            self.vocabulary, self.limits, self.memory, self.most_here, self.most_claims,
            self.patterns_only, self.threads,
        )  # fmt: skip

    def program(self) -> str:
        """Names everything that decides what is found: a document read by the same need not be read again."""
        model = "" if self.patterns_only else model_version()
        return " ".join(filter(None, (rules_version(), model, READER)))

    @property
    def pipeline(self) -> Pipeline:
        if self._pipeline is None:
            self._pipeline = shipped_pipeline(
                self.vocabulary, patterns_only=self.patterns_only, threads=self.threads
            )
        return self._pipeline

    def _prepare(self) -> None:
        """Loads the stages' tables, which they do at their first text, while the reader's process starts:
        half a second less for whoever reads a single report."""
        if FORKS:
            launcher()
        words = "Brann Okot led the Salt Column in 1991."
        self.pipeline.extract(Document("", words, len(words), "text/plain", ""))
        # The tables stay: looking through them at every collection would cost a twentieth of the time.
        gc.collect()
        gc.freeze()

    def _extracted(self, document: Document) -> Extracted:
        reading = self.pipeline.extract(document)
        if len(reading.tokens) > MOST_TOKENS and not self.patterns_only:
            warning = "is too long for the reading model; patterns alone read it"
            document = replace(document, warnings=(*document.warnings, warning))
        return Extracted(
            document=document,
            claims=tuple(reading.claims),
            actors=reading_actors(reading),
            words=len(document.text.split()),
        )
