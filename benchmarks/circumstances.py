"""Under what circumstances something was measured, and where the results are written."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

from colligate import __version__
from colligate.extract.pipeline import rules_version
from colligate.workflows.pool import cores

RESULTS = Path(__file__).parent / "results"
ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
"""Texts that may not be passed on lie beside the checkout, for those who have them."""


def circumstances(packages: Sequence[str]) -> dict[str, Any]:
    """What a number depends on: code, versions, machine and how busy it was."""
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": _commit(),
        "colligate": __version__,
        "rules": rules_version(),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "cores": cores(),
        "load_before": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
        "versions": {name: version for name in packages if (version := _version(name))},
    }


def write(name: str, values: dict[str, Any], table: str) -> None:
    """Writes ``results/NAME.json`` for programs and ``results/NAME.md`` for people."""
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.json").write_text(
        json.dumps(values, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    (RESULTS / f"{name}.md").write_text(table, encoding="utf-8")


def head(title: str, measured: dict[str, Any]) -> list[str]:
    """The first lines of a page of results."""
    versions = ", ".join(f"{name} {version}" for name, version in measured["versions"].items())
    line = (
        f"Measured {measured['date']} at commit {measured['commit']} ({measured['rules']}), Python "
        f"{measured['python']}, {measured['system']}, {measured['cores']} cores, load "
        f"{measured['load_before']} when it began. {versions}."
    )
    return [f"# {title}", "", line, ""]


def row(*cells: object) -> str:
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def _commit() -> str:
    """The commit, marked when files of the program differ from it."""
    try:
        commit = _git("rev-parse", "--short=10", "HEAD")
        changed = _git("status", "--porcelain", "--", "src")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return f"{commit}, with changes" if changed else commit


def _git(*words: str) -> str:
    run = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True)
    return run.stdout.strip()


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""
