"""The stretches of a document that a search finds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from colligate.model import Document


def paragraphs(document: Document) -> Iterator[tuple[int, int]]:
    """(start, end) of every block and of what lies between blocks; blank lines part the latter.

    Nothing but white space is left out, so that a search sees the whole text even where a reader
    found no structure.
    """
    at = 0
    for block in document.blocks:
        yield from _between(document.text, at, block.start)
        if document.text[block.start : block.end].strip():
            yield block.start, block.end
        at = max(at, block.end)
    yield from _between(document.text, at, len(document.text))


def _between(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in re.finditer(r"(?:[^\n]|\n(?![^\S\n]*\n))+", text[start:end]):
        stretch = match.group()
        if stretch.strip():
            low = start + match.start() + len(stretch) - len(stretch.lstrip())
            yield low, low + len(stretch.strip())
