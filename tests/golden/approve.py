"""Approve what is found in the sample reports: `python -m tests.golden.approve` from the project's root.

Prints what changed against the approved files, line by line, and writes it. Read every line of it
beside the report before you commit: a golden file is worth what the reading was worth. `--dry-run`
prints and writes nothing.
"""

from __future__ import annotations

import sys
from difflib import unified_diff
from pathlib import Path

from tests.golden.listing import golden_files, listing


def changes(found: str, approved: Path) -> str:
    """The lines that differ, without context; "" when none does."""
    before = approved.read_text("utf-8").splitlines() if approved.exists() else []
    lines = unified_diff(before, found.splitlines(), "approved", "found now", lineterm="", n=0)
    return "\n".join(line for line in lines if not line.startswith("@@"))


def main(arguments: list[str]) -> None:
    """Writes the files, or with ``--dry-run`` only shows what would change."""
    for report, approved in golden_files().items():
        found = listing(report)
        changed = changes(found, approved)
        sys.stdout.write(f"{report.name}: {changed or 'as approved'}\n\n")
        if changed and "--dry-run" not in arguments:
            approved.write_text(found, "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
