"""Where output goes and what shape it takes: data to stdout, words about the work to stderr.

In a terminal, tables and colour; in a pipe or file, one tab-separated line per row under a header, so
that nothing is wrapped or cut; with --json, JSON.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from colligate.cli.edge import tell
from colligate.export.plain import json_text, line_shown

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

Item = TypeVar("Item")

TERMINAL_LIMIT = 50


class Output:
    """The two streams of one run of a verb."""

    def __init__(self, *, json: bool = False) -> None:
        self.json = json

    @cached_property
    def console(self) -> Console:
        """stdout. Nothing is highlighted by guess, and square brackets in a name stay brackets."""
        from rich.console import Console  # noqa: PLC0415 - pipes and JSON never need it

        return Console(file=sys.stdout, highlight=False, markup=False, emoji=False)

    @property
    def rich(self) -> bool:
        """Whether a person looks at it: a terminal, or FORCE_COLOR."""
        if self.json:
            return False
        return bool(os.environ.get("FORCE_COLOR")) or (
            sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
        )

    def limit(self, asked: int | None) -> int | None:
        """How many rows to show; None for all."""
        if asked is None:
            return TERMINAL_LIMIT if self.rich else None
        return asked or None

    def value(self, value: object) -> None:
        """One JSON value."""
        sys.stdout.write(json_text(value, indent=2) + "\n")

    def values(self, values: Iterable[object]) -> int:
        """A JSON array, one element per line, written as they come. Returns how many."""
        written = 0
        for value in values:
            sys.stdout.write(("[\n" if written == 0 else ",\n") + json_text(value))
            written += 1
        sys.stdout.write("\n]\n" if written else "[]\n")
        return written

    def show(self, *renderables: RenderableType, wrap: bool = True) -> None:
        """Rich text to the terminal; with ``wrap`` off, long lines run on."""
        self.console.print(*renderables, soft_wrap=not wrap)

    def line(self, text: str = "", *, indent: int = 0, style: str = "") -> None:
        """One line; ``style`` is for a terminal only."""
        shown = " " * indent + line_shown(text)
        if self.rich and style:
            from rich.text import Text  # noqa: PLC0415

            self.show(Text(shown, style=style), wrap=False)
        else:
            sys.stdout.write(shown + "\n")

    def title(self, text: str) -> None:
        """A heading between two parts of a long output."""
        self.line()
        self.line(text, style="bold underline")

    def rows(self, header: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
        """Tab-separated lines under a header; a cell never holds a tab or a line end. Returns how many."""
        sys.stdout.write("\t".join(header) + "\n")
        written = 0
        for row in rows:
            cells = ("" if cell is None else line_shown(str(cell)) for cell in row)
            sys.stdout.write("\t".join(cells) + "\n")
            written += 1
        return written

    def note(self, message: str, hint: str = "") -> None:
        """Words about the work, to stderr."""
        tell(message, hint)


def shortened(items: Iterable[Item], limit: int | None) -> tuple[list[Item], bool]:
    """The first ``limit`` items, and whether there are more."""
    iterator = iter(items)
    taken = list(iterator) if limit is None else list(islice(iterator, limit))
    return taken, next(iterator, None) is not None
