"""read: files on disk to claims in a case.

Files are read and extracted by worker processes; this process stores, one transaction per document,
and keeps no document afterwards. So a folder of any size needs little memory here, and whatever stops
the run leaves every finished document in the case.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from colligate import __version__
from colligate.errors import QuoteError, ReadFailure, VocabularyError
from colligate.model import SHOWN_FROM, bytes_id
from colligate.readers import Limits, sources
from colligate.store import Run, View, Writer
from colligate.store.case import Case
from colligate.workflows.model_claims import program_with, proposed_before, rules_of
from colligate.workflows.pool import Died, Pool, cores
from colligate.workflows.reading import Extracted, FileReading, FileTask, TooLong, Unread
from colligate.workflows.restated import restated, reviewed


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """``workers``: processes beside this one; 0 for one per core, or none when the files are few and small;
    1 for none. ``again``: read also what was read by this very
    program. ``seconds`` bounds reading and extraction of one file together and ``memory`` the address
    space of extraction, in bytes; a text of more than ``most_here`` characters is extracted by a worker
    whatever ``workers`` says, for only a worker can be stopped. A document of more than ``most_claims`` is
    a failure. ``patterns_only`` leaves the reading model out.
    """

    limits: Limits = field(default_factory=Limits)
    workers: int = 0
    again: bool = False
    seconds: float = 600.0
    memory: int = 3 << 30
    most_here: int = 1 << 20
    most_claims: int = 100_000
    patterns_only: bool = False


@dataclass(frozen=True, slots=True)
class FileFailure:
    """A file that gave no document."""

    source: str
    failure: ReadFailure
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class FileDone:
    """A file that was read: what was found in it. ``suggestions`` are claims too unsure to be shown."""

    source: str
    title: str
    words: int
    ties: int
    events: int
    warnings: tuple[str, ...]
    suggestions: int = 0


@dataclass(frozen=True, slots=True)
class ReadReport:
    """What a run did. ``unchanged`` files had been read by the same program before. ``ids`` are those of
    all documents that the files are, in the order in which they were done. ``ties`` and ``events`` are those
    that are shown; ``suggestions`` are kept for review."""

    case: Path
    documents: int
    unchanged: int
    failures: tuple[FileFailure, ...]
    ties: int
    events: int
    words: int
    seconds: float
    ids: tuple[str, ...] = ()
    suggestions: int = 0


class Progress(Protocol):
    """Told as the run goes on. Called in this process, between two documents."""

    def begun(self, files: int) -> None: ...
    def unchanged(self, source: str) -> None: ...
    def done(self, file: FileDone) -> None: ...
    def failed(self, file: FileFailure) -> None: ...


class Silent:
    """Progress that nobody watches."""

    def begun(self, files: int) -> None: ...
    def unchanged(self, source: str) -> None: ...
    def done(self, file: FileDone) -> None: ...
    def failed(self, file: FileFailure) -> None: ...


def read(
    paths: Sequence[Path],
    case: Case,
    *,
    options: ReadOptions | None = None,
    progress: Progress | None = None,
) -> ReadReport:
    """Reads the files and folders into the case; a path "-" is standard input.

    A file that cannot be read becomes a failure in the report and in the case. Raises CaseError when
    the case cannot be written; what was stored before stays.
    """
    options = options or ReadOptions()
    started = time.perf_counter()
    found = list(sources(paths))
    tasks = [
        FileTask(source.name, source.path or Path(), source.data) for source in found if source.error is None
    ]
    work = FileReading(
        case.vocabulary, options.limits, memory=options.memory, most_claims=options.most_claims,
        patterns_only=options.patterns_only,
    )  # fmt: skip
    run = Run(program=f"colligate {__version__} {work.program()}", at=datetime.now(UTC))
    tally = _Tally(case, run, progress or Silent())
    tally.progress.begun(len(found))
    with case.writer() as writer:
        for source in found:
            if (error := source.error) is not None:
                tally.fail(writer, source.name, Unread(error.failure, str(error), error.hint))
        todo = (task for task in tasks if options.again or not tally.known(task))
        for task, result in _results(tasks, todo, work, options):
            tally.take(writer, task, result)
    return tally.report(time.perf_counter() - started)


def _results(
    tasks: Sequence[FileTask], todo: Iterable[FileTask], work: FileReading, options: ReadOptions
) -> Iterator[tuple[FileTask, Extracted | Unread | Died]]:
    alone = _small(tasks) if options.workers == 0 else options.workers == 1
    workers = min(options.workers or cores(), len(tasks))
    if alone or workers == 0:
        here = FileReading(
            work.vocabulary, work.limits, most_here=options.most_here, most_claims=work.most_claims,
            patterns_only=work.patterns_only, threads=cores() if options.workers == 0 else 1,
        )  # fmt: skip
        for task in todo:
            result = here(task)
            if isinstance(result, TooLong):
                yield from _by_workers([task], work, 1, options)
            else:
                yield task, result
        return
    yield from _by_workers(todo, work, workers, options)


def _by_workers(
    todo: Iterable[FileTask], work: FileReading, workers: int, options: ReadOptions
) -> Iterator[tuple[FileTask, Extracted | Unread | Died]]:
    with Pool[FileTask, Extracted | Unread | TooLong](
        work, workers=workers, seconds=options.seconds, preload="colligate.workflows.reading"
    ) as pool:
        for task, result in pool.run(todo):
            # A worker has no bound of characters, so that nothing is too long for it.
            yield task, Died(out_of_time=False) if isinstance(result, TooLong) else result


def _small(tasks: Sequence[FileTask]) -> bool:
    """Whether starting workers would take longer than the work."""
    return len(tasks) <= 2 or sum(task.size for task in tasks) < _SMALL_BYTES


_SMALL_BYTES = 300_000


class _Tally:
    """Stores results as they come and counts them."""

    def __init__(self, case: Case, run: Run, progress: Progress) -> None:
        self.case = case
        self.view: View = case.view
        self.run = run
        self.progress = progress
        self.failures: list[FileFailure] = []
        self.ids: dict[str, None] = {}
        self.documents = self.unchanged = self.ties = self.events = self.words = self.suggestions = 0

    def known(self, task: FileTask) -> bool:
        """Whether the case has this very file under this name, read by this very program."""
        try:
            summary = self.view.summary(task.digest())
        except OSError:
            return False  # the reader will say what is wrong with it
        if summary is None or not summary.finished or rules_of(summary.program) != self.run.program:
            return False
        if task.source not in summary.sources:
            return False
        self.ids[summary.id] = None
        self.unchanged += 1
        self.progress.unchanged(task.source)
        return True

    def take(self, writer: Writer, task: FileTask, result: Extracted | Unread | Died) -> None:
        match result:
            case Extracted():
                self._store(writer, task, result)
            case Unread():
                self.fail(writer, task.source, result)
            case Died(out_of_time=True):
                failure = ReadFailure.OUT_OF_TIME
                self.fail(
                    writer, task.source, Unread(failure, f"{task.source}: took too long and was stopped.")
                )
            case Died():
                message = f"{task.source}: the process that read it died; all others went on."
                self.fail(writer, task.source, Unread(ReadFailure.CRASHED, message))

    def report(self, seconds: float) -> ReadReport:
        return ReadReport(
            case=self.case.path,
            documents=self.documents,
            unchanged=self.unchanged,
            failures=tuple(self.failures),
            ties=self.ties,
            events=self.events,
            words=self.words,
            seconds=seconds,
            ids=tuple(self.ids),
            suggestions=self.suggestions,
        )

    def _store(self, writer: Writer, task: FileTask, result: Extracted) -> None:
        try:
            original = task.original()
            if bytes_id(original) != result.document.id:
                raise OSError("it changed while it was being read")
            proposed = proposed_before(self.view, result.document)
            claims = restated(
                result.claims, self.case.vocabulary, reviewed(self.view, result.document.id)
            )  # fmt: skip
            writer.finish_document(
                result.document,
                claims=(*claims, *proposed.claims),
                actors=result.actors,
                run=replace(self.run, program=program_with(self.run.program, proposed.models)),
                source=task.source,
                original=original,
            )
        except OSError as error:
            message = f"{task.source}: could not be read a second time to be kept: {error.strerror or error}."
            self.fail(writer, task.source, Unread(ReadFailure.NOT_READABLE, message))
            return
        except (QuoteError, VocabularyError) as error:
            # The store refuses a claim that lacks its words or its type: a fault of a rule, which
            # must not cost the other documents.
            message = f"{task.source}: what was found in it is refused: {error}"
            self.fail(writer, task.source, Unread(ReadFailure.CRASHED, message, error.hint))
            return
        self.ids[result.document.id] = None
        self.documents += 1
        shown = [claim for claim in claims if claim.basis.score >= SHOWN_FROM]
        ties = sum(claim.kind == "tie" for claim in shown)
        events = len(shown) - ties
        suggestions = len(claims) - len(shown)
        self.suggestions += suggestions
        self.ties += ties
        self.events += events
        self.words += result.words
        document = result.document
        self.progress.done(
            FileDone(task.source, document.title, result.words, ties, events, document.warnings, suggestions)
        )

    def fail(self, writer: Writer, source: str, unread: Unread) -> None:
        writer.fail(source=source, failure=unread.failure, message=unread.message, at=datetime.now(UTC))
        failure = FileFailure(source, unread.failure, unread.message, unread.hint)
        self.failures.append(failure)
        self.progress.failed(failure)
