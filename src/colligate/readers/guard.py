"""The parent's side: sends a file to a child and makes a document, or an error, of what comes back."""

from __future__ import annotations

import atexit
import contextlib
import hashlib
import json
import os
import select
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from colligate.errors import DocumentError, ReadFailure
from colligate.model import Document
from colligate.readers import wire
from colligate.readers.child import MEMORY, MEMORY_HINT
from colligate.readers.detect import HEAD, detect
from colligate.readers.joints import squeezed
from colligate.readers.launcher import HEADER
from colligate.readers.limits import Limits

Names = frozenset[str] | Callable[[], frozenset[str]]

FORKS = hasattr(os, "fork") and hasattr(socket, "send_fds")
_GRACE = 5.0
"""Seconds after a document's time in which the launcher must have said so."""
_BOOT = 30.0
"""Seconds that the launcher may take to start and load a format's libraries, besides the document's own."""

PATHS = "import sys, json; sys.path[:] = json.loads(sys.argv[1]);"
"""A child finds its modules where this process does, however this one was started."""


def read(
    path_or_bytes: str | os.PathLike[str] | bytes,
    *,
    name: str = "",
    limits: Limits | None = None,
    known_names: Names = frozenset(),
) -> Document:
    """The document in a file, parsed in a child process with limits.

    ``name`` is what the document is called (the file's name by default; bytes without one are "stdin").
    ``known_names`` (a set, or a function that gives it, called once) helps to mend words that a PDF broke
    at its line ends. Safe to call from several threads; each call occupies one child.
    Raises DocumentError, whose ``failure`` says why, and nothing else that the file could cause.
    """
    limits = limits or Limits()
    if isinstance(path_or_bytes, bytes):
        name = name or "stdin"
        with _held(path_or_bytes) as file:
            return _read(file, name, limits, known_names)
    path = Path(path_or_bytes)
    name = name or path.name
    try:
        with _opened(path) as file:
            return _read(file, name, limits, known_names)
    except OSError as error:
        raise DocumentError(
            f"{name}: cannot be opened ({error.strerror or type(error).__name__})",
            source=name,
            failure=ReadFailure.NOT_READABLE,
            hint="Check that the file exists and that you may read it.",
        ) from error


def _read(file: IO[bytes], name: str, limits: Limits, known_names: Names) -> Document:
    size = os.fstat(file.fileno()).st_size
    if size > limits.max_bytes:
        raise DocumentError(
            f"{name}: has {size} bytes, more than the limit of {limits.max_bytes}",
            source=name,
            failure=ReadFailure.TOO_LARGE,
            hint="Split the file, or raise the limit max_bytes.",
        )
    if size == 0:
        raise DocumentError(
            f"{name}: is empty",
            source=name,
            failure=ReadFailure.EMPTY,
            hint="Check that the file was downloaded or copied whole.",
        )
    kind = detect(os.pread(file.fileno(), HEAD, 0) if hasattr(os, "pread") else file.peek(HEAD), name)  # type: ignore[attr-defined]
    request = {"do": "read", "name": name, "limits": asdict(limits), "format": kind.value if kind else ""}
    joined = squeezed_names(known_names)
    # The parent's own digest: the child is the last one to ask which file it was.
    if FORKS:
        words, end = launcher().ask(file, request, joined, limits)
        if words is None and not end:
            # The launcher itself died, of this file or of another: the next one gets one more try.
            words, end = launcher().ask(file, request, joined, limits)
    else:
        words, end = spawn(file, request, joined, limits)
    file.seek(0)
    digest = hashlib.sha256()
    while part := file.read(1 << 20):
        digest.update(part)
    id_ = f"sha256:{digest.hexdigest()}"
    return made(words, end, id_, name, limits)


def made(words: bytes | None, end: Mapping[str, Any], id_: str, name: str, limits: Limits) -> Document:
    """The document in a child's answer, or the error that its end amounts to."""
    if words is None or end.get("late"):
        raise ended(end, name, limits)
    try:
        answer = wire.answer_of(words)
        if "document" in answer:
            return wire.document_of(answer["document"], id=id_, name=name, most=limits.max_text)
        failure, message, hint = wire.failure_of(answer["failure"])
    except wire.WireError as error:
        raise DocumentError(
            f"{name}: its reader gave an answer that makes no sense ({error})",
            source=name,
            failure=ReadFailure.CRASHED,
            hint="Handle the file with care: this is what an attack on the reader would look like.",
        ) from error
    raise DocumentError(f"{name}: {message}", source=name, failure=failure, hint=hint)


def ended(end: Mapping[str, Any], name: str, limits: Limits) -> DocumentError:
    number = int(end.get("signal") or 0)
    if end.get("late") or number == getattr(signal, "SIGXCPU", -1):
        return DocumentError(
            f"{name}: was not read within {limits.seconds:g} s",
            source=name,
            failure=ReadFailure.OUT_OF_TIME,
            hint="Raise the limit seconds if you trust the file.",
        )
    # Libraries that run out of memory abort; how much the child held tells it from other deaths.
    if int(end.get("memory") or 0) > limits.address_space * 0.4:
        return DocumentError(
            f"{name}: {MEMORY}", source=name, failure=ReadFailure.OUT_OF_MEMORY, hint=MEMORY_HINT
        )
    how = signal.Signals(number).name if number in set(signal.Signals) else "no answer"
    return DocumentError(
        f"{name}: its reader died ({how}), out of memory or on damaged content",
        source=name,
        failure=ReadFailure.CRASHED,
        hint="Open the file in its usual program and save it anew, or print it to PDF.",
    )


class Client:
    """A launcher process and the socket to it. One for each process that reads; threads share it."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            code = f"{PATHS} from colligate.readers.launcher import main; main(int(sys.argv[2]))"
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter, no outside word in the command
                [sys.executable, "-c", code, json.dumps(sys.path), str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                # One thread for numpy's library: a process with threads must not fork.
                env={
                    **os.environ,
                    "OPENBLAS_NUM_THREADS": "1",
                    "OMP_NUM_THREADS": "1",
                    "MKL_NUM_THREADS": "1",
                },
            )
        self._control = ours
        self._lock = threading.Lock()
        self._names: int | None = None

    def ask(
        self, file: IO[bytes], request: Mapping[str, Any], joined: Mapping[str, str], limits: Limits
    ) -> tuple[bytes | None, dict[str, Any]]:
        """The child's words (None when it left none) and how it ended."""
        ours, theirs = socket.socketpair()
        with ours:
            try:
                with theirs, self._lock:
                    self._tell(joined)
                    message = json.dumps(request).encode("ascii")
                    self._send(message, [file.fileno(), theirs.fileno()])
            except OSError:
                self.close()
                return None, {}
            most = limits.max_text * 8 + (64 << 20)
            return _frames(ours, time.monotonic() + limits.seconds + _GRACE, most)

    def _tell(self, joined: Mapping[str, str]) -> None:
        """Gives the launcher the names, once for each table of them."""
        if not joined and self._names is None:
            return
        if self._names != id(joined):
            with _held(json.dumps(joined).encode("ascii")) as table:
                self._send(b'{"do": "names"}', [table.fileno()])
            self._names = id(joined)

    def _send(self, message: bytes, descriptors: list[int]) -> None:
        self._control.settimeout(_BOOT)
        socket.send_fds(self._control, [message], descriptors)
        if self._control.recv(1) != b".":
            raise BrokenPipeError

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def close(self) -> None:
        """Ends the launcher and whatever it has running."""
        self._control.close()
        with contextlib.suppress(OSError):
            self._process.kill()
        self._process.wait()


def _frames(reply: socket.socket, deadline: float, most: int) -> tuple[bytes | None, dict[str, Any]]:
    """Reads frames until the launcher has closed its end."""
    words: bytes | None = None
    held = bytearray()
    while True:
        left = deadline - time.monotonic()
        ready, _, _ = select.select([reply], [], [], max(left, 0.0))
        if not ready:
            return None, {"late": True}
        part = reply.recv(1 << 20)
        if not part:
            return words, {}
        held += part
        while len(held) >= HEADER.size:
            kind, length = HEADER.unpack_from(held)
            if length > most:
                return None, {"signal": 0}
            if len(held) < HEADER.size + length:
                break
            frame = bytes(held[HEADER.size : HEADER.size + length])
            del held[: HEADER.size + length]
            if kind == b"D":
                words = frame
            else:
                end = json.loads(frame)
                return words, end if isinstance(end, dict) else {}


def spawn(
    file: IO[bytes], request: Mapping[str, Any], joined: Mapping[str, str], limits: Limits
) -> tuple[bytes | None, dict[str, Any]]:
    """Where there is no fork (Windows): a fresh interpreter for each document, killed when it is late."""
    code = f"{PATHS} from colligate.readers.child import main; main()"
    with subprocess.Popen(  # noqa: S603 - our own interpreter, and nothing of the file's in the command
        [sys.executable, "-c", code, json.dumps(sys.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        head = json.dumps({**request, "joined": dict(joined)}).encode("ascii") + b"\n"
        file.seek(0)
        try:
            words, _ = process.communicate(head + file.read(), timeout=limits.seconds + 1)
        except subprocess.TimeoutExpired:
            process.kill()
            return None, {"late": True}
        return words or None, {"signal": max(-process.returncode, 0)}


_client: Client | None = None
_owner = 0
_starting = threading.Lock()


def launcher() -> Client:
    """This process's launcher, started when it is first needed, and again should it have died."""
    global _client, _owner
    with _starting:
        if _client is None or _owner != os.getpid() or not _client.alive:
            _client, _owner = Client(), os.getpid()
        return _client


def stop() -> None:
    """Ends this process's launcher; the next read starts another."""
    global _client  # noqa: PLW0603
    with _starting:
        if _client is not None and _owner == os.getpid():
            _client.close()
        _client = None


atexit.register(stop)

_squeezed: dict[int, tuple[Names, dict[str, str]]] = {}


def squeezed_names(known_names: Names) -> dict[str, str]:
    """The names as the mending of words needs them, made once for each set or function given."""
    kept = _squeezed.get(id(known_names))
    if kept is None:
        names = known_names() if callable(known_names) else known_names
        # The names themselves are kept too, so that their id stays theirs.
        kept = _squeezed[id(known_names)] = (known_names, squeezed(names))
    return kept[1]


def _opened(path: Path) -> IO[bytes]:
    """The file, never waiting: a named pipe or a device would hang the run."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError(0, "it is no regular file")
    return path.open("rb")


def _held(data: bytes) -> IO[bytes]:
    """The bytes as a file that is nowhere on the disk where the system can do that."""
    file: IO[bytes]
    if hasattr(os, "memfd_create"):
        file = os.fdopen(os.memfd_create("colligate"), "w+b")
    else:
        file = tempfile.TemporaryFile()  # noqa: SIM115 - handed to the caller, who closes it
    file.write(data)
    file.flush()
    file.seek(0)
    return file
