"""Where the paragraphs of a document stand: a sentence and a quotation end with theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from colligate.model import Document

_BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")


def paragraphs(document: Document) -> Iterator[tuple[int, int]]:
    """Character spans of the blocks; of a document without blocks, of what blank lines part."""
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
