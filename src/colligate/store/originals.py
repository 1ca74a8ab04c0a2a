"""The files as they came, by SHA-256. Written once, never altered."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

_PREFIX = "sha256:"
_NEW = ".new-"


class Originals:
    """The folder ``originals``: ``ab/ab12...`` holds the bytes whose digest is ``ab12...``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, document: str) -> Path:
        digest = document.removeprefix(_PREFIX)
        return self._folder / digest[:2] / digest

    def read(self, document: str) -> bytes | None:
        try:
            return self.path(document).read_bytes()
        except FileNotFoundError:
            return None

    def keep(self, document: str, data: bytes) -> None:
        """Writes the bytes so that after a crash they are there whole or not at all. Raises OSError.

        A file that has the right length is left alone: its name is the digest of what it holds.
        """
        path = self.path(document)
        with suppress(FileNotFoundError):
            if path.stat().st_size == len(data):
                return
        new_folder = not path.parent.exists()
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=_NEW, dir=self._folder)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(0o444)
            os.replace(name, path)  # noqa: PTH105 - Path.replace is the same call under a wider name
        except BaseException:
            with suppress(OSError):
                Path(name).unlink()
            raise
        sync_folder(path.parent)
        if new_folder:
            sync_folder(self._folder)

    def tidy(self) -> None:
        """Deletes what a killed writer left. For the one who has the right to write."""
        for left in self._folder.glob(f"{_NEW}*"):
            left.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Makes new names in a folder outlast a crash. Does nothing where folders cannot be opened."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
