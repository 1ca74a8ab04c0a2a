"""Reads a sample's source: front matter, then a small part of Markdown.

``## `` headings, paragraphs of one line, ``| table | rows |``, ``*italics*``, ``[^1]`` marks and
``[^1]: `` notes. A whole Markdown library would be one more dependency for five constructs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

MARK = re.compile(r"\[\^(\d+)\]")


@dataclass(frozen=True)
class Source:
    """One sample. ``blocks`` are (kind, text) in order; kind is heading, paragraph or row."""

    title: str
    subtitle: str
    author: str
    publisher: str
    series: str
    date: date
    blocks: tuple[tuple[str, str], ...]
    notes: dict[str, str]


def read_source(path: Path) -> Source:
    """The source in ``path``. Raises KeyError when the front matter lacks a field."""
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    meta = dict(line.split(": ", 1) for line in front.strip().splitlines())
    blocks: list[tuple[str, str]] = []
    notes: dict[str, str] = {}
    for line in filter(None, map(str.strip, body.splitlines())):
        note = re.match(r"\[\^(\d+)\]: (.+)", line)
        if note:
            notes[note[1]] = note[2]
        elif line.startswith("## "):
            blocks.append(("heading", line[3:]))
        elif line.startswith("|"):
            blocks.append(("row", line.strip("|")))
        else:
            blocks.append(("paragraph", line))
    return Source(
        meta["title"],
        meta["subtitle"],
        meta["author"],
        meta["publisher"],
        meta.get("series", ""),
        date.fromisoformat(meta["date"]),
        tuple(blocks),
        notes,
    )


def printed_date(day: date) -> str:
    """14 March 2005, whatever the machine's locale."""
    months = "January February March April May June July August September October November December"
    return f"{day.day} {months.split()[day.month - 1]} {day.year}"
