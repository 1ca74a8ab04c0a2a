"""In the child process: give up rights, read one file, answer. Where there are no forks, all of the child."""

from __future__ import annotations

import contextlib
import json
import math
import os
import sys
from collections.abc import Callable, Mapping
from typing import Any

from colligate.errors import DocumentError, ReadFailure
from colligate.readers import wire
from colligate.readers.limits import Limits

MEMORY = "needs more memory than its child process may take"
MEMORY_HINT = "Raise the limit address_space if you trust the file."
# Made beforehand: when memory has run out there is none to make it with.
_OUT_OF_MEMORY = wire.failure_bytes(ReadFailure.OUT_OF_MEMORY, MEMORY, MEMORY_HINT)

# Audit events, by their beginnings.
_REFUSED = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.spawn",
    "os.startfile",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.mkdir",
    "os.chmod",
    "os.chown",
    "os.link",
    "os.symlink",
    "os.truncate",
    "os.putenv",
    "shutil.",
    "ftplib.",
    "http.",
    "smtplib.",
    "urllib.",
    "webbrowser.",
    "ctypes.dlopen",
)


def answer(data: bytes, *, name: str, limits: Limits, joined: Mapping[str, str]) -> bytes:
    """Reads the file and gives the answer to send: a document or a typed failure. Raises nothing."""
    try:
        from colligate.readers.parse import read_unguarded  # noqa: PLC0415 - preloaded in a forked child

        return wire.document_bytes(read_unguarded(data, name=name, limits=limits, joined=joined))
    except DocumentError as error:
        # The parent puts the file's name in front.
        return wire.failure_bytes(error.failure, str(error).removeprefix(f"{name}: "), error.hint)
    except MemoryError:
        return _OUT_OF_MEMORY
    except RecursionError:
        return wire.failure_bytes(ReadFailure.DAMAGED, "is nested too deeply to be read", "")
    except Exception as error:  # noqa: BLE001 - a parser's bug is this file's failure, never the run's
        return wire.failure_bytes(
            ReadFailure.CRASHED,
            f"broke its reader ({type(error).__name__})",
            "The file is probably damaged. Please report it if other programs open it.",
        )


def confine(limits: Limits) -> None:
    """Takes from this process, for good, what the reading of a file does not need.

    Everywhere: Python code can open no socket, start no program and write no file (audit hook). On
    POSIX: no core dump, no file may grow, memory (where the system keeps that limit) and processor
    time are bounded. A parser taken over by its input can evade the audit hook, not the others; the
    network is shut off from it by :func:`colligate.readers.launcher.without_network` where Linux allows.
    """
    with contextlib.suppress(ImportError):
        import resource  # noqa: PLC0415 - POSIX only

        seconds = math.ceil(limits.seconds)
        for kind, soft, hard in (
            (resource.RLIMIT_CORE, 0, 0),
            (resource.RLIMIT_FSIZE, 0, 0),
            (resource.RLIMIT_CPU, seconds, seconds + 1),
            (resource.RLIMIT_AS, limits.address_space, limits.address_space),
        ):
            # macOS refuses RLIMIT_AS; an administrator may have set less than we ask for.
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(kind, (soft, hard))
    sys.addaudithook(_audit)


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open":
        mode, flags = arguments[1], arguments[2]
        writes = isinstance(mode, str) and any(letter in mode for letter in "wax+")
        writes = writes or (isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)))
        if writes and arguments[0] != os.devnull:
            raise PermissionError("a document's reader may not write files")
    elif event.startswith(_REFUSED):
        raise PermissionError(f"a document's reader may not do this: {event}")


def main() -> None:
    """A child of its own: a JSON line of what to do on stdin, then the file; the answer on stdout."""
    source = sys.stdin.buffer
    request = json.loads(source.readline())
    limits = Limits(**request["limits"])
    write: Callable[[bytes], int] = sys.stdout.buffer.write
    data = source.read()
    preload(request["format"])
    confine(limits)
    write(answer(data, name=request["name"], limits=limits, joined=request["joined"]))
    sys.stdout.buffer.flush()
    os._exit(0)


def preload(media_type: str) -> None:
    """Imports what the reader of a format needs, while files may still be opened and memory is free."""
    from colligate.readers.detect import Format  # noqa: PLC0415
    from colligate.readers.parse import warm  # noqa: PLC0415

    warm(Format(media_type) if media_type else Format.TEXT)


if __name__ == "__main__":
    main()
