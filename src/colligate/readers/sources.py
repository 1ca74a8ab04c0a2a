"""Which files are meant by the paths a user gives: files, folders, "-" for what comes in by the pipe."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from colligate.errors import DocumentError, ReadFailure
from colligate.readers.detect import SUFFIXES

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Source:
    """One thing to read. ``name`` is what to call it: its path below the folder that was given.

    Exactly one of ``path``, ``data`` (what came by stdin) and ``error`` (it cannot be read) is set.
    """

    name: str
    path: Path | None = None
    data: bytes | None = None
    error: DocumentError | None = None


def sources(paths: Iterable[str | os.PathLike[str]], *, most_stdin: int = 256 << 20) -> Iterator[Source]:
    """The files that the paths mean, in the order given, inside a folder by name.

    From a folder come the files whose suffix is that of a readable format; hidden ones are passed over,
    and links to folders not followed, so that no loop is entered. A link to a file outside of the folder
    comes as a Source with an ``error``: whoever packed the folder would else choose what of this machine
    is copied into the case. A file or link given by itself comes whatever its name. What does not exist
    or may not be opened comes as a Source with an ``error``.
    """
    for given in paths:
        if os.fspath(given) == STDIN:
            yield _stdin(most_stdin)
            continue
        path = Path(given)
        try:
            folder = path.is_dir()
            exists = folder or path.exists()
        except OSError as error:
            yield _failed(path.name, error.strerror or "")
            continue
        if folder:
            yield from _below(path)
        elif exists:
            yield Source(path.name, path)
        else:
            yield _failed(os.fspath(given), "there is no such file")


def _below(top: Path) -> Iterator[Source]:
    # os.walk and not Path.walk (3.12); its errors come back as sources in their place.
    failed: list[OSError] = []
    inside = os.path.realpath(top)
    for folder, folders, names in os.walk(top, onerror=failed.append):
        yield from _failures(failed, top)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(folder, name)
            if not name.startswith(".") and path.suffix.lower() in SUFFIXES:
                name_below = path.relative_to(top).as_posix()
                if path.is_symlink() and not _within(os.path.realpath(path), inside):
                    yield _outside(name_below)
                else:
                    yield Source(name_below, path)
    yield from _failures(failed, top)


def _within(path: str, folder: str) -> bool:
    same_drive = os.path.splitdrive(path)[0] == os.path.splitdrive(folder)[0]
    return same_drive and os.path.commonpath([path, folder]) == folder


def _outside(name: str) -> Source:
    error = DocumentError(
        f"{name}: is a link to a file outside of the folder and was not followed",
        source=name,
        failure=ReadFailure.UNSAFE,
        hint="Give the file by its own name if you want to read it.",
    )
    return Source(name, error=error)


def _failures(failed: list[OSError], top: Path) -> Iterator[Source]:
    while failed:
        error = failed.pop(0)
        path = Path(error.filename or top)
        name = path.relative_to(top).as_posix() if path != top else top.name
        yield _failed(name, f"the folder cannot be opened: {error.strerror}")


def _failed(name: str, why: str) -> Source:
    error = DocumentError(
        f"{name}: {why}",
        source=name,
        failure=ReadFailure.NOT_READABLE,
        hint="Check that it exists and that you may read it.",
    )
    return Source(name, error=error)


def _stdin(most: int) -> Source:
    data = sys.stdin.buffer.read(most + 1)
    if len(data) > most:
        error = DocumentError(
            f"stdin: more than {most} bytes came in",
            source="stdin",
            failure=ReadFailure.TOO_LARGE,
            hint="Save it to a file and split it.",
        )
        return Source("stdin", error=error)
    return Source("stdin", data=data)
