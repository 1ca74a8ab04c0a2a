"""A document as read: its text, its structure, and the way back to the original's page and characters."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from enum import StrEnum

from colligate.model.when import When


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters ``start`` to ``end`` (exclusive) of a text. Raises ValueError when reversed."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}-{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


class BlockKind(StrEnum):
    """What a stretch of the text is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    QUOTATION = "quotation"
    TABLE_ROW = "table_row"
    CAPTION = "caption"
    FOOTNOTE = "footnote"


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the text. ``level`` is 1-6 for headings, else 0. Blocks never overlap."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """Page ``number`` (1-based) begins at ``start`` in the text; ``label`` is what is printed on it.

    A paragraph that runs over a page end lies on both pages: pages cut the text, blocks do not. Notes
    stand after the body, so a page that has notes comes a second time, where they begin.
    """

    number: int
    start: int
    end: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note, kept after the body in ``Document.text`` (``start``-``end``), and the place of its mark.

    ``mark_at`` is the character of the body after which the mark stood; -1 when none was found.
    """

    mark: str
    start: int
    end: int
    mark_at: int = -1


@dataclass(frozen=True, slots=True)
class Origin:
    """Text ``start``-``end`` came from ``source_start``-``source_end`` of page ``page`` of the original.

    ``page`` is 1-based, 0 for formats without pages, where source offsets count in the decoded file
    (or, for formats that are not text, in the extracted raw text). ``repair`` is "" for text taken
    over letter by letter (both lengths are equal then), else the name of the repair.
    """

    start: int
    end: int
    page: int
    source_start: int
    source_end: int
    repair: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader makes of a file.

    ``id`` is "sha256:" and the digest of the original's bytes. ``text`` holds the body, then the
    footnotes from ``body_end`` on; everything else points into it by character offsets.
    ``readable`` is False when the language is one that the extraction cannot read: the text is
    stored and searchable, and no claims are made. ``reader`` names the reader and its version.
    """

    id: str
    text: str
    body_end: int
    media_type: str
    reader: str
    name: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    publisher: str = ""
    published: When | None = None
    published_how: str = ""
    language: str = ""
    readable: bool = True
    blocks: tuple[Block, ...] = ()
    pages: tuple[Page, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    origins: tuple[Origin, ...] = field(default=(), repr=False)
    warnings: tuple[str, ...] = ()

    @property
    def page_count(self) -> int:
        """How many pages the original has; 0 for formats without pages."""
        return max((page.number for page in self.pages), default=0)

    def page_of(self, offset: int) -> int | None:
        """The 1-based page on which the character stands, None for formats without pages."""
        if not self.pages:
            return None
        at = bisect_right(self.pages, offset, key=lambda page: page.start) - 1
        return self.pages[max(at, 0)].number

    def block_of(self, offset: int) -> Block | None:
        """The block that holds the character, or None between blocks."""
        at = bisect_right(self.blocks, offset, key=lambda block: block.start) - 1
        if at >= 0 and offset < self.blocks[at].end:
            return self.blocks[at]
        return None

    def origins_of(self, span: Span) -> tuple[Origin, ...]:
        """Where the characters of ``span`` come from, in order; repairs keep their own piece."""
        at = max(bisect_right(self.origins, span.start, key=lambda origin: origin.start) - 1, 0)
        found: list[Origin] = []
        for origin in self.origins[at:]:
            if origin.start >= span.end:
                break
            if origin.end <= span.start:
                continue
            if origin.repair:
                found.append(origin)
                continue
            start, end = max(origin.start, span.start), min(origin.end, span.end)
            shift = origin.source_start - origin.start
            found.append(Origin(start, end, origin.page, start + shift, end + shift))
        return tuple(found)
