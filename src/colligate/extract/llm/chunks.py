"""A document in pieces that a language model reads one by one: whole sentences, as numbered lines."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from colligate.extract.blocks import paragraphs
from colligate.extract.llm.plain import shown_text
from colligate.extract.prose import is_prose
from colligate.extract.sentences import sentence_spans
from colligate.extract.tokens import tokenize
from colligate.model import Document


@dataclass(frozen=True, slots=True)
class Line:
    """Characters ``start``-``end`` of the document as they are shown to the model: without line ends and
    control characters, so that no words of a document can look like a line of ours."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Chunk:
    """Lines that go into one request; the first is number 1 there."""

    lines: tuple[Line, ...]

    @property
    def start(self) -> int:
        return self.lines[0].start

    @property
    def end(self) -> int:
        return self.lines[-1].end

    @property
    def words(self) -> int:
        return sum(len(line.text.split()) for line in self.lines)

    def shown(self) -> str:
        """The lines with their numbers."""
        return "\n".join(f"[{number}] {line.text}" for number, line in enumerate(self.lines, 1))


def chunks_of(document: Document, most: int) -> list[Chunk]:
    """The document's prose in chunks of up to ``most`` characters. A chunk ends with a paragraph where
    that leaves it at least half full, so that who "he" is mostly stands in the same chunk."""
    starts = [start for start, _ in paragraphs(document)]
    chunks: list[Chunk] = []
    lines: list[Line] = []
    size, paragraph = 0, -1
    for line in _lines(document, most):
        inside = bisect_right(starts, line.start)
        room = most - size - len(line.text)
        if lines and (room < 0 or (inside != paragraph and size > most // 2 and room < most // 4)):
            chunks.append(Chunk(tuple(lines)))
            lines, size = [], 0
        lines.append(line)
        size += len(line.text)
        paragraph = inside
    if lines:
        chunks.append(Chunk(tuple(lines)))
    return chunks


def _lines(document: Document, most: int) -> Iterator[Line]:
    for start, end in sentence_spans(document):
        lower = tokenize(document.text, start, end).lower
        if not any(word[0].isalpha() for word in lower) or not is_prose(lower, 0, len(lower)):
            continue  # numbers, references: nothing is claimed there, and tokens cost money
        for first, last in _pieces(document.text, start, end, most):
            shown = shown_text(document.text[first:last])
            if shown:
                yield Line(first, last, shown)


def _pieces(text: str, start: int, end: int, most: int) -> Iterator[tuple[int, int]]:
    """The sentence, or pieces of it that end between two words: a table may be 1 MB on one line."""
    while end - start > most:
        cut = max(
            text.rfind(" ", start + most // 2, start + most),
            text.rfind("\n", start + most // 2, start + most),
        )
        cut = cut if cut > start else start + most
        yield start, cut
        start = cut
    yield start, end
