"""Countries, regions, cities and peoples as list entries. Sources: ``data/SOURCES.md``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from colligate.extract.lists import Entry
from colligate.extract.names_data import rows, words


def place_entries() -> Iterator[tuple[str, Entry]]:
    """(surface, entry) of every place, adjective and people word. ``Entry.name`` is the place meant."""
    for name, others, adjectives, people, *_ in rows("places_countries.tsv"):
        yield from _surfaces(name, others, Entry(name, "place", "country"))
        yield from _surfaces("", adjectives, Entry(name, "place", "country", adjective=True))
        yield from _surfaces("", people, Entry(name, "community", "country"))
    for name, others, adjectives, *_ in rows("places_regions.tsv"):
        yield from _surfaces(name, others, Entry(name, "place", "region"))
        meant = name.removesuffix("?")
        yield from _surfaces("", adjectives, Entry(meant, "place", "region", adjective=True))
    for name, plural, adjectives, *_ in rows("name_peoples.tsv"):
        yield from _surfaces("", plural, Entry(name, "community", "people"))
        yield from _surfaces("", adjectives, Entry(name, "community", "people", adjective=True))
    for country, cities, *_ in rows("places_cities.tsv"):
        for city in cities.split(";"):
            name = city.removesuffix("?")
            yield name, Entry(name, "place", country, sure=name == city)


def _surfaces(name: str, others: str, entry: Entry) -> Iterator[tuple[str, Entry]]:
    for surface in (name, *others.split(";")):
        if surface.endswith("?"):
            yield surface[:-1], replace(entry, name=entry.name.removesuffix("?"), sure=False)
        elif surface:
            yield surface, entry


@lru_cache(maxsize=1)
def compass() -> frozenset[str]:
    """Words that narrow a place: "northern", "upper"."""
    return words("places_compass.txt")
