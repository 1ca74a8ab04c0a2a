"""Runs the commands of the pages and puts what they print under them.

A page is Markdown. In a ``console`` block a line that begins with ``$ `` is a command; the lines below
it are its output, and are replaced. Comments before a block steer it:

    <!-- status: 3 -->                 the last command of the block ends with this status (else 0)
    <!-- id: ties --type merged_into --> the id in the block's commands is taken from the first claim
                                       that this `colligate ... --json` lists, so that a page never
                                       shows an id that is gone
    <!-- head: 12 -->                  show this many lines of output, then "..."
    <!-- not run -->                   shown as written, for the reason that the page gives

Each page has a folder of its own with the sample reports under ``reports/``; blocks of one page share
it. ``python`` blocks run there too, one after the other, in one process per page.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from shutil import copy

from colligate.samples import sample_files

DOCS = Path(__file__).parent
ROOT = DOCS.parent
BLOCK = re.compile(
    r"(?P<steer>(?:<!-- [^\n]*? -->\n)*)```(?P<language>console|python)\n(?P<body>.*?)```", re.S
)
WIDTH = 100


class SnippetError(Exception):
    """A command or snippet of a page did not do what the page says."""


@dataclass
class Page:
    """A page while its blocks run. ``folder`` is where they run."""

    path: Path
    folder: Path
    python: str = ""
    environment: dict[str, str] = field(default_factory=dict)


def page_paths() -> list[Path]:
    """README and every page with blocks that run, in order."""
    return [ROOT / "README.md", *sorted(p for p in DOCS.rglob("*.md") if "decisions" not in p.parts)]


def pages_filled(complain: Callable[[str], object]) -> dict[Path, str]:
    """Each page with fresh output. What fails goes to ``complain``, and its page stays as it is."""
    filled: dict[Path, str] = {}
    for path in page_paths():
        if BLOCK.search(path.read_text(encoding="utf-8")):
            try:
                filled[path] = page_filled(path)
            except SnippetError as error:
                complain(str(error))
    return filled


def page_filled(path: Path) -> str:
    """The page's text with fresh output under every command."""
    with tempfile.TemporaryDirectory(prefix="colligate-docs-") as folder:
        page = Page(path, Path(folder))
        prepare(page)
        return BLOCK.sub(lambda match: block_filled(page, match), path.read_text(encoding="utf-8"))


def prepare(page: Page) -> None:
    """The folder as the pages expect it: the sample reports under reports/, a quiet environment."""
    (page.folder / "reports").mkdir()
    for sample in sample_files():
        copy(sample, page.folder / "reports")
    keep = {name: os.environ[name] for name in ("HOME", "LANG", "TMPDIR") if name in os.environ}
    page.environment = {
        **keep,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "COLUMNS": str(WIDTH),
        "FORCE_COLOR": "1",  # what a person sees in a terminal; the colours are taken out again below
        "LC_ALL": "C.UTF-8",
        "TERM": "xterm-256color",
    }


def block_filled(page: Page, match: re.Match[str]) -> str:
    """One block with fresh output; a ``python`` block is run and left as it is."""
    steer, body = match["steer"], match["body"]
    if "<!-- not run -->" in steer:
        return match[0]
    if match["language"] == "python":
        page.python += body + "\n"
        done = run(page, [sys.executable, "-W", "error", "-c", page.python])
        if done.returncode:
            raise SnippetError(f"{page.path}: a python block fails:\n{body}\n{done.stdout}")
        return match[0]
    status = re.search(r"<!-- status: (\d+) -->", steer)
    head = re.search(r"<!-- head: (\d+) -->", steer)
    wanted = int(status[1]) if status else 0
    commands = [line[2:] for line in body.splitlines() if line.startswith("$ ")]
    fresh_id = claim_id(page, steer)
    lines: list[str] = []
    for at, command in enumerate(commands):
        written = re.sub(r"\b[0-9a-f]{8,20}\b", fresh_id, command) if fresh_id else command
        variable = re.fullmatch(r"export (\w+)=(\S+)", written)
        if variable:  # each command has a shell of its own
            page.environment[variable[1]] = variable[2]
        done = run(page, ["bash", "-c", written])
        due = wanted if at == len(commands) - 1 else 0
        if done.returncode != due:
            said = f"ended with {done.returncode}, not {due}:\n{done.stdout}"
            raise SnippetError(f"{page.path}: {written!r} {said}")
        shown = tidied(page, done.stdout)
        if head and len(shown) > int(head[1]):
            shown = [*shown[: int(head[1])], "..."]
        lines += [f"$ {written}", *shown]
    return f"{steer}```console\n" + "\n".join(lines) + "\n```"


def claim_id(page: Page, steer: str) -> str:
    """The id, as pages show it, of the first claim that the steering comment lists; "" without one."""
    wanted = re.search(r"<!-- id: (.+?) -->", steer)
    if not wanted:
        return ""
    done = run(page, ["bash", "-c", f"colligate {wanted[1]} --json"], apart=True)
    found = re.search(r'"id": ?"([0-9a-f]{8,20})"', done.stdout)
    if not found:
        raise SnippetError(
            f"{page.path}: `colligate {wanted[1]}` lists no claim:\n{done.stdout}{done.stderr}"
        )
    return found[1][:8]


def run(page: Page, command: list[str], *, apart: bool = False) -> subprocess.CompletedProcess[str]:
    """Runs in the page's folder; standard error joins standard output, in order, unless ``apart``."""
    return subprocess.run(
        command, cwd=page.folder, env=page.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE if apart else subprocess.STDOUT,
        text=True, timeout=300, check=False, encoding="utf-8",
    )  # fmt: skip


def tidied(page: Page, output: str) -> list[str]:
    """The lines without colours and what differs between two runs: the folder, times of day, durations."""
    output = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", output)
    output = output.replace(str(page.folder.resolve()), "~").replace(str(page.folder), "~")
    output = re.sub(r"\b\d+\.\d+ ?m?s\b|\b\d+ m?s\b", "0.5 s", output)
    return [line.rstrip() for line in output.rstrip().splitlines()]
