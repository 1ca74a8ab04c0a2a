"""The picture of the output in README: what ``colligate demo`` prints, as SVG by rich's own export."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

DOCS = Path(__file__).parent
WIDTH = 110


def picture() -> dict[Path, str]:
    """The SVG by its path."""
    with tempfile.TemporaryDirectory(prefix="colligate-docs-") as folder:
        program = str(Path(sys.executable).with_name("colligate"))
        coloured = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
        coloured |= {"FORCE_COLOR": "1", "COLUMNS": str(WIDTH), "TERM": "xterm-256color"}
        done = subprocess.run(
            [program, "demo", "--case", "demo-case"], cwd=folder, env=coloured, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, check=True, encoding="utf-8",
        )  # fmt: skip
    console = Console(record=True, width=WIDTH, file=io.StringIO())
    console.print(Text.from_ansi(f"$ colligate demo\n{done.stdout}"))
    # A fixed id keeps the file the same from build to build; rich otherwise hashes the content.
    return {DOCS / "images" / "demo.svg": console.export_svg(title="colligate demo", unique_id="colligate")}
