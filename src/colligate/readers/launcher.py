"""The process that forks: single-threaded, its libraries loaded once, one child for each document.

Why not fork from the program itself: it has threads (progress bars), and a lock held by one of them at
the moment of the fork would hang the child for ever. Why not start a fresh interpreter for each
document: that costs 0.3 to 0.6 s of imports; a fork of this process costs a few milliseconds.

The launcher never looks into a file. It gets a request and two descriptors (the file, and the socket to
answer on) over a socket from the parent, forks, and kills the child when its time is over. When the
parent is gone, so are the launcher and its children.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import json
import os
import select
import signal
import socket
import struct
import sys
import time
from dataclasses import dataclass
from typing import Any

from colligate.readers import child
from colligate.readers.limits import Limits

HEADER = struct.Struct("!cQ")
"""Before every frame of an answer: its kind (D: the child's words, X: how it ended) and its length."""
REQUEST_MOST = 64 * 1024

CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 1, 4, 38


@dataclass(slots=True)
class Running:
    """A child at work. ``reply`` is the socket on which the launcher says how it ended."""

    reply: socket.socket
    deadline: float
    late: bool = False


class Launcher:
    """Serves requests until the parent's end of ``control`` closes."""

    def __init__(self, control: socket.socket) -> None:
        self.control = control
        self.running: dict[int, Running] = {}
        self.joined: dict[str, str] = {}
        self.loaded: set[str] = set()

    def serve(self) -> None:
        wake, waker = os.pipe()
        os.set_blocking(waker, False)
        os.set_blocking(wake, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(waker, warn_on_full_buffer=False)
        while True:
            deadlines = [one.deadline for one in self.running.values() if not one.late]
            wait = max(0.0, min(deadlines) - time.monotonic()) if deadlines else None
            ready, _, _ = select.select([self.control.fileno(), wake], [], [], wait)
            if wake in ready:
                with contextlib.suppress(BlockingIOError):
                    os.read(wake, 4096)
            self._reap()
            self._expire()
            if self.control.fileno() in ready and not self._take():
                break
        for pid in self.running:
            os.kill(pid, signal.SIGKILL)

    def _take(self) -> bool:
        message, descriptors, _, _ = socket.recv_fds(self.control, REQUEST_MOST, 2)
        if not message:
            return False
        request = json.loads(message)
        if request["do"] == "names":
            with os.fdopen(descriptors[0], "rb") as names:
                self.joined = json.loads(names.read())
        else:
            self._fork(request, *descriptors)
        self.control.sendall(b".")
        return True

    def _fork(self, request: dict[str, Any], data: int, reply: int) -> None:
        media_type = request["format"]
        if media_type not in self.loaded:
            child.preload(media_type)
            self.loaded.add(media_type)
            # What is loaded never goes: kept out of collections, its pages stay shared with the children.
            gc.collect()
            gc.freeze()
        limits = Limits(**request["limits"])
        pid = os.fork()
        if pid == 0:
            self._be_child(request["name"], limits, data, reply)
        os.close(data)
        self.running[pid] = Running(socket.socket(fileno=reply), time.monotonic() + limits.seconds)

    def _be_child(self, name: str, limits: Limits, data: int, reply: int) -> None:
        """Never returns."""
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
            _prctl(_PR_SET_DUMPABLE, 0)
            self.control.close()
            for other in self.running.values():
                other.reply.close()
            with os.fdopen(data, "rb") as file:
                content = file.read()
            # A child's life is one document: what it leaves in cycles goes with it.
            gc.disable()
            child.confine(limits)
            words = child.answer(content, name=name, limits=limits, joined=self.joined)
            sent = memoryview(HEADER.pack(b"D", len(words)) + words)
            while sent:
                sent = sent[os.write(reply, sent) :]
        finally:
            # No cleaning up: what a broken parser left in memory must not be run on the way out.
            os._exit(0)

    def _reap(self) -> None:
        while self.running:
            try:
                pid, status, usage = os.wait4(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            one = self.running.pop(pid, None)
            if one is None:
                continue
            # ru_maxrss is in KiB on Linux, in bytes on macOS.
            unit = 1 if sys.platform == "darwin" else 1024
            end = json.dumps(
                {
                    "signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0,
                    "late": one.late,
                    "memory": usage.ru_maxrss * unit,
                }
            ).encode()
            with contextlib.suppress(OSError), one.reply as reply:
                reply.setblocking(False)
                reply.sendall(HEADER.pack(b"X", len(end)) + end)

    def _expire(self) -> None:
        now = time.monotonic()
        for pid, one in self.running.items():
            if one.deadline <= now and not one.late:
                one.late = True
                os.kill(pid, signal.SIGKILL)


def without_network() -> bool:
    """Moves this process, and all it forks, to a network of its own that has no connection at all.

    Linux only, and only where the system lets a program make namespaces: False elsewhere. Done once
    here and not in each child, where it would cost more than the fork.
    """
    if not sys.platform.startswith("linux"):
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    return bool(libc.unshare(CLONE_NEWNET) == 0 or libc.unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0)


def _prctl(option: int, value: int) -> None:
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(option, int(value), 0, 0, 0)


def main(descriptor: int) -> None:
    """The launcher's whole life. ``descriptor`` is its end of the socket to the parent."""
    # Ctrl-C is the parent's business: it closes the socket, which ends the launcher.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)
    without_network()
    # What every format needs is loaded while the parent is still busy with its own tables.
    child.preload("")
    Launcher(socket.socket(fileno=descriptor)).serve()
