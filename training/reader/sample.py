"""One annotated text as training sees it, whatever source it came from."""

from __future__ import annotations

from dataclasses import dataclass, field

# What a source annotates throughout: only there is the absence of a mark a sign.
NAMES, NOMINALS, TIES, EVENTS, COREFERENCE, DATES, SOURCES = (
    "names", "nominals", "ties", "events", "coreference", "dates", "sources",
)  # fmt: skip


@dataclass(slots=True)
class Mentioned:
    """A mention at characters ``start``-``end``. ``actor`` is "" where the source does not say who it is.

    ``taught``: the source marks this very span; False for one that only the program found there.
    """

    start: int
    end: int
    kind: str
    form: str
    actor: str
    taught: bool = True


@dataclass(frozen=True, slots=True)
class Stated:
    """A tie between two actors, stated at characters ``start``-``end``."""

    type: str
    subject: str
    object: str
    start: int
    end: int
    when: str = ""
    stance: str = "asserted"
    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Happened:
    """An event told at ``start``-``end``; ``exact`` where that is the trigger and no longer stretch."""

    type: str
    roles: tuple[tuple[str, tuple[str, ...]], ...]
    start: int
    end: int
    exact: bool
    when: str = ""
    stance: str = "asserted"
    by: tuple[str, ...] = ()
    outcome: str = "carried_out"


@dataclass(slots=True)
class Sample:
    """A text with its annotation. ``teaches`` names what is annotated throughout; ``types`` the ties whose
    absence is a sign (empty: all of the vocabulary). ``dates`` are (start, end, EDTF)."""

    name: str
    source: str
    text: str
    sentences: list[tuple[int, int]]
    teaches: frozenset[str]
    mentions: list[Mentioned] = field(default_factory=list)
    ties: list[Stated] = field(default_factory=list)
    events: list[Happened] = field(default_factory=list)
    dates: list[tuple[int, int, str]] = field(default_factory=list)
    types: frozenset[str] = frozenset()
