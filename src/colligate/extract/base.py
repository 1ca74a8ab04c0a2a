"""The workspace that stages fill, and the contract that a stage keeps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from colligate.model import Claim, Document, When
from colligate.vocabulary import Vocabulary

# A document of more tokens is read by patterns alone: what the model's encoder sees of it would fill half a
# gigabyte, and take minutes in which nobody can tell whether the program still works.
MOST_TOKENS = 500_000


@dataclass(slots=True)
class Tokens:
    """The document's tokens as parallel lists; ``text[i]`` stands at ``start[i]``-``end[i]``.

    Parallel lists and not objects: a pass over 100,000 tokens costs a fifth of what it costs over
    token objects. ``lower`` is the case-folded text with curly apostrophes made straight.
    """

    text: list[str] = field(default_factory=list)
    lower: list[str] = field(default_factory=list)
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.text)


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens ``first`` to ``last`` (exclusive), characters ``start`` to ``end`` (exclusive)."""

    index: int
    first: int
    last: int
    start: int
    end: int


@dataclass(slots=True)
class Naming:
    """One mention in the text: tokens ``first``-``last`` (exclusive) and characters ``start``-``end``.

    ``kind`` is an entity kind of the vocabulary. ``form`` is "name", "nominal" ("the group") or
    "pronoun". ``cluster`` indexes ``Reading.clusters``; -1 while undecided. ``adjective`` marks
    demonyms ("Pakistani") that stand for a place without naming it as a noun. ``also`` holds further
    clusters of a plural that stands for several ("they" behind "X, Y and Z"). ``head`` marks
    nested mentions: False for a mention inside a longer one ("Kabul" in "University of Kabul"). ``sure`` is
    how surely the reading model sees a mention in these very words, 1 where it was not asked.
    """

    first: int
    last: int
    start: int
    end: int
    kind: str
    form: str = "name"
    cluster: int = -1
    adjective: bool = False
    head: bool = True
    source: str = ""
    also: tuple[int, ...] = ()
    sure: float = 1.0


@dataclass(slots=True)
class Cluster:
    """All mentions of one actor in the document. ``name`` is its fullest form as written."""

    index: int
    kind: str
    name: str
    aliases: list[str] = field(default_factory=list)
    namings: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words in quotation marks (``start``-``end`` inside the marks) and the speech they belong to."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Speech:
    """Somebody says something: who (``speaker``), by which cue, and the characters of what is said.

    ``naming`` indexes ``Reading.namings``, -1 when the speaker is no actor ("media reports").
    ``form``: direct, indirect or mixed. Speeches nest: one whose content holds another is outer.
    """

    speaker: str
    source_kind: str
    cue: str
    start: int
    end: int
    form: str
    naming: int = -1
    stance: str = "asserted"


@dataclass(slots=True)
class Reading:
    """One document on its way through the stages. Lists are in order of the text.

    ``kept`` holds what was worked out of tokens and sentences and is asked for again, so that the
    next stage need not work it out anew; what depends on namings has them in its key.
    """

    document: Document
    vocabulary: Vocabulary
    tokens: Tokens = field(default_factory=Tokens)
    sentences: list[Sentence] = field(default_factory=list)
    namings: list[Naming] = field(default_factory=list)
    clusters: list[Cluster] = field(default_factory=list)
    quotations: list[Quotation] = field(default_factory=list)
    dates: list[When] = field(default_factory=list)
    speeches: list[Speech] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    kept: dict[object, Any] = field(default_factory=dict, repr=False, compare=False)


class Stage(Protocol):
    """One step. ``needs`` and ``gives`` are names of Reading's fields; the chain is checked when built."""

    @property
    def name(self) -> str: ...
    @property
    def needs(self) -> frozenset[str]: ...
    @property
    def gives(self) -> frozenset[str]: ...

    def run(self, reading: Reading) -> None:
        """Fills the fields in ``gives``. Never alters the document."""


def chain_check(stages: Sequence[Stage], given: Iterable[str] = ("document", "vocabulary")) -> None:
    """Raises ValueError when a stage needs what no earlier stage gives."""
    have = set(given)
    for stage in stages:
        missing = stage.needs - have
        if missing:
            raise ValueError(f"stage {stage.name} needs {sorted(missing)}, which nothing before it gives")
        have |= stage.gives
