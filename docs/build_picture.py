"""The picture of the output in README: what ``colligate demo`` prints, as SVG by rich's own export."""

from __future__ import annotations

import io
import os
import re
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
    shown = done.stdout.split("Try next")[0]
    screen = Text.from_ansi("$ colligate demo\n" + re.sub(r"\b\d+\.\d+ s\b", "0.5 s", shown))
    screen.rstrip()
    console.print(screen)
    # A fixed id keeps the file the same from build to build; rich otherwise hashes the content.
    drawn = console.export_svg(title="colligate demo", unique_id="colligate")
    # rich names fonts on a server; a picture of an offline program asks nobody for anything.
    drawn = re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL)
    return {DOCS / "images" / "demo.svg": drawn}
