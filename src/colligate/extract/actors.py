"""Known armed actors, state bodies and a few events as list entries. Sources: ``data/SOURCES.md``."""

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


def event_entries() -> Iterator[tuple[str, Entry]]:
    """(surface, entry) of a few events that texts name without saying what they are."""
    for name, others, *_ in rows("name_events.tsv"):
        for surface in (name, *others.split(";")):
            key = " ".join(surface.split(" ")[:2]) if surface.endswith(" attacks") else surface
            if key:
                yield key, Entry(name, "event", "events")
