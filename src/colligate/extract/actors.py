"""Known armed actors and state bodies as list entries. Sources: ``data/SOURCES.md``."""

from __future__ import annotations

from collections.abc import Iterator

from colligate.extract.lists import Entry
from colligate.extract.names_data import rows


def actor_entries() -> Iterator[tuple[str, Entry]]:
    """(surface, entry) of every known actor; general bodies first, for they win a shared acronym."""
    for file, source in (("actors_general.tsv", "general"), ("actors.tsv", "actors")):
        for name, kind, others, short, *_ in rows(file):
            entry = Entry(name, kind, source)
            yield name, entry
            for surface in (*others.split(";"), *short.split(";")):
                if surface:
                    yield surface, entry
