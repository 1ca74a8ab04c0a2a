"""The word lists behind name finding, read from ``data`` on first use. Researchers may read and edit them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

DATA = files("colligate.extract") / "data"


def rows(name: str) -> Iterator[list[str]]:
    """The fields of each line of a tab-separated list; lines that begin with # are comments."""
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("# "):
            yield [*line.split("\t"), "", "", "", ""]


@lru_cache(maxsize=16)
def words(name: str) -> frozenset[str]:
    """A list of one word a line, as a set."""
    return frozenset(row[0] for row in rows(name))


@lru_cache(maxsize=1)
def heads() -> dict[str, str]:
    """Word of a capitalised name -> the kind that it speaks for: "front" -> "organisation"."""
    return {row[0]: row[1] for row in rows("name_heads.tsv")}


@lru_cache(maxsize=1)
def particles() -> dict[str, str]:
    """Particle -> where it may stand: "inside" a name, at its start too ("both"), or only hyphenated."""
    return {row[0]: row[1] for row in rows("particles.tsv")}


@lru_cache(maxsize=1)
def titles() -> dict[tuple[str, ...], bool]:
    """Title as lower-case tokens -> whether it belongs to the name ("Mullah") or is cut off ("President")."""
    from colligate.extract.tokens import tokenize  # noqa: PLC0415 - tokens import base only; kept lazy

    return {tuple(tokenize(row[0]).lower): row[1] == "keep" for row in rows("titles.tsv")}


@lru_cache(maxsize=1)
def contexts() -> dict[tuple[str, str], tuple[tuple[str, float], ...]]:
    """(position, word) -> ((kind, weight), ...), the table by which a name's kind is decided."""
    table: dict[tuple[str, str], list[tuple[str, float]]] = {}
    for position, listed, kind, weight, *_ in rows("name_contexts.tsv"):
        for word in listed.split():
            table.setdefault((position, word), []).append((kind, float(weight)))
    return {key: tuple(value) for key, value in table.items()}


@lru_cache(maxsize=1)
def collectives() -> dict[str, tuple[str, str, str]]:
    """Collective head ("fighters", "security forces") -> its kind alone, after an adjective, and after
    a country or people; "" where it makes no naming."""
    return {
        row[0]: (row[1].replace("-", ""), row[2].replace("-", ""), row[3].replace("-", ""))
        for row in rows("name_collectives.tsv")
    }
