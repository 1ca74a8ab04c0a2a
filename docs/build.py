"""Makes the generated part of the documentation: reference pages, outputs of commands, the picture.

    python docs/build.py            # writes what changed, names it
    python docs/build.py --check    # writes nothing; exit status 1 when something would change

A command of a page that does not do what the page says is named, and the exit status is 1.

Reference pages come from the program's own tables (the Typer app, the vocabulary, the error tree).
Outputs in ``console`` blocks come from running the commands (build_console.py). Nothing here is
imported by the package.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from build_console import pages_filled
from build_picture import picture
from build_reference import reference_pages

DOCS = Path(__file__).parent


def main() -> int:
    parser = argparse.ArgumentParser(description="Make the generated part of the documentation.")
    parser.add_argument("--check", action="store_true", help="write nothing, fail when a page is stale")
    check = parser.parse_args().check
    failed: list[str] = []
    wanted = {**reference_pages(), **pages_filled(failed.append), **picture()}
    stale = [path for path, text in wanted.items() if not path.exists() or path.read_text("utf-8") != text]
    for path in stale:
        sys.stderr.write(f"{'stale' if check else 'written'}: {path.relative_to(DOCS.parent)}\n")
        if not check:
            path.parent.mkdir(exist_ok=True)
            path.write_text(wanted[path], encoding="utf-8", newline="\n")
    sys.stderr.writelines(f"failed: {message}\n" for message in failed)
    return 1 if failed or (check and stale) else 0


if __name__ == "__main__":
    sys.exit(main())
