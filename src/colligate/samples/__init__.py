"""Three invented reports that ship with the package: what ``colligate demo`` reads.

Every person, group and place in them is invented. Their sources are in ``training/samples``.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

NAMES = ("ridge-and-river.pdf", "panel-report.docx", "who-leads.html")


def sample_files() -> tuple[Path, ...]:
    """The sample reports on disk, in the order of their dates.

    Paths and not streams, because readers take files: a package inside a zip file is not supported.
    """
    folder = Path(str(files(__name__)))
    return tuple(folder / name for name in NAMES)
