"""Zip containers (DOCX, EPUB), looked over before any of their content reaches a parser."""

from __future__ import annotations

import io
import zipfile
import zlib

from colligate.errors import ReadFailure
from colligate.readers.parsed import Task

MOST_ENTRIES = 20_000
MOST_RATIO = 200
"""Times that a part may grow when unpacked. Word's own XML reaches 20 to 50."""
SMALL = 4 << 20
"""Bytes below which a part may grow as it likes: a page of spaces is no bomb."""

_XML = (".xml", ".rels", ".opf", ".ncx", ".xhtml", ".html", ".htm", ".vml")
_UNSAFE_HINT = (
    "The file is built to harm its reader. Do not open it elsewhere; ask whoever sent it for a clean copy."
)


def opened(task: Task, *, doctypes: bool) -> zipfile.ZipFile:
    """The container, safe to read. ``doctypes``: whether its XML may have one (EPUB's may, Word's never do).

    Raises DocumentError for a damaged zip, locked parts, names that lead out of it (``../``), parts that
    unpack to more than the limit or than is plausible, and XML that declares entities.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(task.data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise task.refuse(
            ReadFailure.DAMAGED, "is a damaged or cut-off file", "Get the file anew from its source."
        ) from error
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise task.refuse(ReadFailure.UNSAFE, f"holds {len(entries)} parts", _UNSAFE_HINT)
    total = 0
    for entry in entries:
        name = entry.filename.replace("\\", "/")
        if name.startswith("/") or ":" in name.split("/")[0] or ".." in name.split("/"):
            raise task.refuse(
                ReadFailure.UNSAFE, "holds a part whose name leads out of the file", _UNSAFE_HINT
            )
        if entry.flag_bits & 1:
            raise task.refuse(
                ReadFailure.ENCRYPTED, "is locked with a password", "Remove the password, and read it again."
            )
        total += entry.file_size
        if entry.file_size > SMALL and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
            raise task.refuse(ReadFailure.UNSAFE, "unpacks to many times its size (a zip bomb)", _UNSAFE_HINT)
    if total > task.limits.max_unpacked:
        raise task.refuse(
            ReadFailure.TOO_LARGE,
            f"unpacks to {total} bytes, more than the limit of {task.limits.max_unpacked}",
            "Raise the limit max_unpacked if you trust the file.",
        )
    for entry in entries:
        if entry.filename.lower().endswith(_XML):
            _check_xml(task, part(task, archive, entry.filename), doctypes=doctypes)
    return archive


def part(task: Task, archive: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of one part. Raises DocumentError when they cannot be unpacked."""
    try:
        return archive.read(name)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        KeyError,
        OSError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise task.refuse(
            ReadFailure.DAMAGED,
            "is damaged: a part of it cannot be unpacked",
            "Get the file anew from its source.",
        ) from error


def _check_xml(task: Task, data: bytes, *, doctypes: bool) -> None:
    # Entities can pull in files of this machine or grow without end. Also looked for in UTF-16.
    for word in ("<!ENTITY", "<!DOCTYPE") if not doctypes else ("<!ENTITY",):
        if any(word.encode(encoding) in data for encoding in ("ascii", "utf-16-le", "utf-16-be")):
            raise task.refuse(
                ReadFailure.UNSAFE, "declares XML entities, which no such file needs", _UNSAFE_HINT
            )
