"""Runs a command and watches it: wall time, processor time and peak memory of all its processes.

Linux only (it reads /proc). ``resource`` alone does not do: the processes that do the work are started
by helpers (a fork server, a launcher), whose children's times do not come back to the caller.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
_EVERY = 0.1


@dataclass(frozen=True, slots=True)
class Watched:
    """``cpu``: user and system seconds of all processes; ``memory``: peak resident MB of the first
    process alone (the one that the user started), ``together``: the highest sum over all of them."""

    wall: float
    cpu: float
    memory: float
    together: float
    output: str


@dataclass(slots=True)
class _Seen:
    own: float = 0.0
    of_children: float = 0.0
    resident: int = 0


def watched(command: Sequence[str]) -> Watched:
    """Runs the command to its end. Raises CalledProcessError when it fails."""
    begun = time.perf_counter()
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        seen: dict[int, _Seen] = {}
        parents: dict[int, int] = {process.pid: 0}
        together = peak = 0.0
        while process.poll() is None:
            now = _look(seen, parents)
            together = max(together, now)
            peak = max(peak, _peak(process.pid))
            time.sleep(_EVERY)
        wall = time.perf_counter() - begun
        output = process.stdout.read() if process.stdout else ""
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, output)
    return Watched(wall, _cpu(seen, parents), peak, together, output)


def _look(seen: dict[int, _Seen], parents: dict[int, int]) -> float:
    """Takes in what all descendants have used so far. Gives their resident MB together."""
    rows: dict[int, list[str]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                # After the name, which may hold blanks: state, parent, ... (man 5 proc).
                line = (entry / "stat").read_text("ascii", "replace")
                rows[int(entry.name)] = line.rpartition(")")[2].split()
    fresh = True
    while fresh:
        fresh = False
        for pid, row in rows.items():
            if pid not in parents and int(row[1]) in parents:
                parents[pid], fresh = int(row[1]), True
    total = 0
    for pid in parents.keys() & rows.keys():
        row, one = rows[pid], seen.setdefault(pid, _Seen())
        one.own = max(one.own, (int(row[11]) + int(row[12])) / _TICK)
        one.of_children = max(one.of_children, (int(row[13]) + int(row[14])) / _TICK)
        one.resident = int(row[21]) * 4096
        total += one.resident
    return total / 1e6


def _cpu(seen: dict[int, _Seen], parents: dict[int, int]) -> float:
    """Every process once: what its parent was told when it ended, or else what was last seen of it.

    A process that waits for its children is told their whole time; readers live for milliseconds, and
    looking at them now and then would miss most of it.
    """
    children: dict[int, list[int]] = {}
    for pid, parent in parents.items():
        children.setdefault(parent, []).append(pid)

    def used(pid: int) -> float:
        one = seen.get(pid, _Seen())
        below = sum(used(child) for child in children.get(pid, ()))
        return one.own + max(below, one.of_children)

    return sum(used(pid) for pid, parent in parents.items() if parent == 0)


def _peak(pid: int) -> float:
    with contextlib.suppress(OSError, IndexError, ValueError):
        for line in Path(f"/proc/{pid}/status").read_text("ascii", "replace").splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1]) * 1024 / 1e6
    return 0.0
