"""What a single line looks like: a heading, a list item, a table row, the beginning of a note.

The patterns are held in ``shapes.yaml`` with examples, which the tests run.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

_FIGURE_ENDS = frozenset("0123456789%)Aaos–-")
"""Last characters of what the shape "figure" matches: most lines are told by theirs."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind of line. ``pattern`` has a group ``text`` for what belongs into the document's text,
    and for notes a group ``mark``, for marked headings a group ``level`` whose length is the level."""

    name: str
    pattern: re.Pattern[str]
    examples: tuple[str, ...]
    others: tuple[str, ...]


@cache
def shapes() -> dict[str, Shape]:
    """All shapes by name, from ``shapes.yaml``."""
    table = yaml.safe_load(files("colligate.readers").joinpath("shapes.yaml").read_text(encoding="utf-8"))
    return {
        name: Shape(name, re.compile(row["pattern"]), tuple(row["examples"]), tuple(row.get("others", ())))
        for name, row in table.items()
    }


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {name: shape.pattern for name, shape in shapes().items()}


def match(name: str, line: str) -> re.Match[str] | None:
    """The line as shape ``name``, None when it is not."""
    return _patterns()[name].match(line)


def ends_sentence(line: str) -> bool:
    """Whether the line could be the last of a sentence: final punctuation, then at most closing marks."""
    return match("sentence_end", line[-12:]) is not None


def title_like(line: str) -> bool:
    """Whether a line that stands alone reads as a heading: short, no final punctuation; or a year."""
    if match("year_heading", line):
        return True
    words = line.split()
    return (
        0 < len(words) <= 14
        and len(line) <= 100
        and match("no_heading_end", line) is None
        and (line.endswith("?") or not ends_sentence(line))
        and match("heading_start", line) is not None
        and any(character.isalpha() for character in line)
    )


def figures_row(line: str) -> bool:
    """Whether the line is a row of a table: a few words, then three figures or more."""
    if line[-1:] not in _FIGURE_ENDS:
        return False
    tokens = line.split()
    figures = 0
    while figures < len(tokens) - 1 and match("figure", tokens[-1 - figures]):
        figures += 1
    return figures >= 3 and figures * 2 >= len(tokens) - 3


def contents_line(line: str) -> bool:
    """Whether the line is one of a table of contents: a title, a row of dots, a page."""
    return ("..." in line or ". . ." in line) and match("contents_line", line) is not None
