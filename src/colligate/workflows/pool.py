"""Worker processes that may die without taking their neighbours along.

Not ``concurrent.futures``: one dead worker breaks its whole pool, and it does not say which task
killed it. Here each worker has its own pipe and at most two tasks in hand, so the task that was being
done is known, memory stays bounded, and whoever asks for results slowly slows the workers down.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
import time
import types
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from typing import Generic, TypeVar, cast

Task = TypeVar("Task")
Result = TypeVar("Result")

_IN_HAND = 2  # one being done, one waiting, so that a worker never idles while its result is stored


@dataclass(frozen=True, slots=True)
class Died:
    """A task whose worker ended before it was done. ``out_of_time``: it was stopped for taking too long."""

    out_of_time: bool


class Pool(Generic[Task, Result]):
    """Does ``work`` on tasks in ``workers`` processes; both must be picklable.

    ``seconds`` bounds one task. Use as a context manager: leaving ends the workers at once.
    """

    def __init__(
        self, work: Callable[[Task], Result], *, workers: int, seconds: float, preload: str = ""
    ) -> None:
        self._work = work
        self._seconds = seconds
        self._context = _context(preload)
        self._workers = [_Worker[Task, Result](self._context, work) for _ in range(workers)]

    def __enter__(self) -> Pool[Task, Result]:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.end()

    def run(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Result | Died]]:
        """Each task with its result, in the order in which they are done. Takes tasks as it needs them."""
        waiting = iter(tasks)
        again: deque[Task] = deque()
        while True:
            for _ in range(_IN_HAND):  # round by round: no worker gets its second before all have one
                for worker in self._workers:
                    if len(worker.tasks) < _IN_HAND and (task := _next(again, waiting)) is not None:
                        worker.give(task)
            busy = {worker.pipe: worker for worker in self._workers if worker.tasks}
            if not busy:
                return
            for pipe in wait(list(busy), timeout=1.0):
                worker = busy.pop(cast(Connection, pipe))
                try:
                    yield worker.take()
                except (EOFError, OSError):
                    yield self._replace(worker, again, out_of_time=False)
            now = time.monotonic()
            for worker in busy.values():
                if now - worker.since > self._seconds:
                    yield self._replace(worker, again, out_of_time=True)

    def _replace(
        self, worker: _Worker[Task, Result], again: deque[Task], *, out_of_time: bool
    ) -> tuple[Task, Died]:
        worker.end()
        lost, *untouched = worker.tasks
        again.extend(untouched)
        self._workers[self._workers.index(worker)] = _Worker(self._context, self._work)
        return lost, Died(out_of_time)


def cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Worker(Generic[Task, Result]):
    def __init__(self, context: BaseContext, work: Callable[[Task], Result]) -> None:
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, work), daemon=False)  # type: ignore[attr-defined]
        with _without_main():
            self.process.start()
        theirs.close()  # or the pipe would stay open when the worker dies, and nobody would notice
        self.tasks: deque[Task] = deque()
        self.since = 0.0

    def give(self, task: Task) -> None:
        if not self.tasks:
            self.since = time.monotonic()
        self.tasks.append(task)
        with contextlib.suppress(OSError):  # it died; the next take says so
            self.pipe.send(task)

    def take(self) -> tuple[Task, Result]:
        """The task that is done and its result. Raises EOFError when the worker died over it."""
        result: Result = self.pipe.recv()
        self.since = time.monotonic()
        return self.tasks.popleft(), result

    def end(self) -> None:
        self.pipe.close()
        self.process.kill()
        self.process.join()


def _serve(pipe: Connection, work: Callable[[Task], Result]) -> None:
    """A worker's life: until the pipe closes, which it also does when the parent is killed."""
    # Ctrl-C goes to every process of the terminal; the parent alone decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    while True:
        try:
            task = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            pipe.send(work(task))
        except BaseException:  # noqa: BLE001 - a traceback on stderr helps nobody; the parent tells
            os._exit(70)


def _end_with_parent() -> None:
    """Ends this worker when the parent is killed: over a long document it would work on for nobody."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(70)


@contextlib.contextmanager
def _without_main() -> Iterator[None]:
    """Hides the main module while a process starts, which else would import it: whoever calls us from a
    script without a ``__main__`` guard would start his script once more in every worker."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _context(preload: str) -> BaseContext:
    """A fork server where there is one: its children start quickly and inherit neither the parent's
    database connection nor its threads, as they would from a plain fork."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    if preload:
        context.set_forkserver_preload([preload])
    return context


def _next(again: deque[Task], waiting: Iterator[Task]) -> Task | None:
    return again.popleft() if again else next(waiting, None)
