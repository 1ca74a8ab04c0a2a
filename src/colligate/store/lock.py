"""The right to write to a case: one process at a time, given back when the process dies.

POSIX record locks and not ``flock``: a child that was forked to parse a file inherits an ``flock``
and would keep the case locked after its parent was killed; a record lock belongs to the process.
The price is that they do not hold within one process, which the table below makes good.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from colligate.store.errors import busy, from_os

_held: dict[tuple[int, str], bool] = {}
_guard = threading.Lock()
_STEP = 0.02


@contextmanager
def write_lock(path: Path, *, case: str, wait: float) -> Iterator[None]:
    """Holds the lock file ``path`` within the block. Raises CaseBusyError after ``wait`` seconds."""
    key = (os.getpid(), str(path.resolve()))
    deadline = time.monotonic() + wait
    while not _claim(key):
        _pause(deadline, case)
    try:
        try:
            file = path.open("a+b")
        except OSError as error:
            raise from_os(error, case) from error
        with file:
            while not _lock(file):
                _pause(deadline, case)
            yield
    finally:
        with _guard:
            _held.pop(key, None)


def _claim(key: tuple[int, str]) -> bool:
    with _guard:
        if _held.get(key):
            return False
        _held[key] = True
        return True


def _pause(deadline: float, case: str) -> None:
    if time.monotonic() >= deadline:
        raise busy(case)
    time.sleep(_STEP)


if os.name == "nt":  # pragma: no cover - the same on Windows, where the lock is on the first byte
    import msvcrt

    def _lock(file: IO[bytes]) -> bool:
        file.seek(0)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        except OSError:
            return False
        return True
else:
    import fcntl

    def _lock(file: IO[bytes]) -> bool:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            return False
        return True
