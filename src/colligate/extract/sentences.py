"""Blocks -> sentences. A sentence never crosses a block, and may cross a page end."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from colligate.extract.base import Reading, Sentence
from colligate.extract.tokens import tokenize
from colligate.model import Document

_BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")


class SentenceStage:
    """Fills tokens and sentences."""

    name = "sentences"
    needs = frozenset({"document"})
    gives = frozenset({"tokens", "sentences"})

    def run(self, reading: Reading) -> None:
        text = reading.document.text
        tokens = tokenize(text)
        reading.tokens = tokens
        for start, end in sentence_spans(reading.document):
            first, last = bisect_left(tokens.start, start), bisect_left(tokens.start, end)
            if last > first:
                index = len(reading.sentences)
                reading.sentences.append(
                    Sentence(index, first, last, tokens.start[first], tokens.end[last - 1])
                )


def sentence_spans(document: Document) -> Iterator[tuple[int, int]]:
    """Character spans of the sentences, in order, without gaps inside a block."""
    from sentencex import segment  # noqa: PLC0415 - loads its language tables at import

    text = document.text
    for start, end in _block_spans(document):
        # Line ends inside a block are layout; made spaces of the same length, offsets stay.
        flat = text[start:end].replace("\n", " ")
        at = 0
        for sentence in segment("en", flat):
            found = flat.index(sentence, at)
            at = found + len(sentence)
            yield start + found, start + at


def _block_spans(document: Document) -> Iterator[tuple[int, int]]:
    if document.blocks:
        for block in document.blocks:
            yield block.start, block.end
        return
    at = 0
    for gap in _BLANK_LINES.finditer(document.text):
        if gap.start() > at:
            yield at, gap.start()
        at = gap.end()
    if at < len(document.text):
        yield at, len(document.text)
