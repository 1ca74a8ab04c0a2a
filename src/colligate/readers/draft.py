"""A document under construction: text grows at the end, and every piece remembers where it is from."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from colligate.model import Block, BlockKind, Footnote, Origin, Page

SEPARATOR = "\n\n"
"""Between two blocks of the text. Only this text has no origin."""

# White space that is not one plain space, and characters that nobody sees. Zero-width joiners and
# non-joiners stay: Persian and Indic spelling needs them.
_SPACE = r"[\s\x1c-\x1f]"
_UNSEEN = (
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069"
    r"\ufeff\ufffe\uffff]"
)
_IRREGULAR = re.compile(
    rf"(?:{_SPACE}|{_UNSEEN})*(?:{_SPACE}{_SPACE}|[^\S ]|{_UNSEEN})(?:{_SPACE}|{_UNSEEN})*"
)
_COMPOSED = re.compile(r"[\ufb00-\ufb06]|[^\W\d_][\u0300-\u036f]+")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


class Draft:
    """Collects text, origins, blocks, pages and notes. ``length`` is the text's length so far."""

    def __init__(self) -> None:
        self.length = 0
        self.origins: list[Origin] = []
        self.blocks: list[Block] = []
        self.pages: list[Page] = []
        self.footnotes: list[Footnote] = []
        self.body_end = 0
        self._parts: list[str] = []
        self._last = ""
        self._opened = -1
        # The growing tail of the last letter-by-letter piece: [start, end, page, source_start, source_end].
        self._run: list[int] | None = None

    def text(self) -> str:
        """The text so far."""
        return "".join(self._parts)

    def open(self) -> None:
        """Begins a block, parted from what stands before it."""
        if self.length and self._last != SEPARATOR:
            self._append(SEPARATOR)
        self._opened = self.length

    def close(self, kind: BlockKind, level: int = 0) -> Block | None:
        """Ends the block; one that got no text leaves no trace but the parting, and gives None."""
        start, self._opened = self._opened, -1
        self._trim()
        if self.length == start:
            return None
        block = Block(kind, start, self.length, level)
        self.blocks.append(block)
        return block

    @property
    def block_start(self) -> int:
        """Where the open block began."""
        return self._opened

    @property
    def ends_in_space(self) -> bool:
        """Whether a space would be one too many: after another, and at the beginning of a block."""
        return self._last[-1:] == " " or self.length == self._opened

    def copy(self, raw: str, page: int, start: int, end: int) -> None:
        """Takes ``raw[start:end]`` of ``page`` over letter by letter."""
        if start >= end:
            return
        run = self._run
        if run is not None and run[1] == self.length and run[2] == page and run[4] == start:
            run[1] += end - start
            run[4] = end
        else:
            self._settle()
            self._run = [self.length, self.length + end - start, page, start, end]
        self._append(raw[start:end])

    def put(self, text: str, page: int, start: int, end: int, repair: str) -> None:
        """Writes ``text`` in place of source characters ``start``-``end``; ``repair`` says why."""
        if not text:
            return
        self._settle()
        self.origins.append(Origin(self.length, self.length + len(text), page, start, end, repair))
        self._append(text)

    def fold(self, raw: str, page: int, start: int, end: int, *, letters: bool = False) -> None:
        """Takes ``raw[start:end]`` over with white space folded to single spaces, unseen characters left out.

        White space at the very beginning and end of the range stays a single space when there is any.
        With ``letters``, ligatures are spelt out and combining marks composed (NFC), as repairs.
        """
        if self.ends_in_space:
            start += len(raw[start:end]) - len(raw[start:end].lstrip())
        piece = raw[start:end]
        if "  " not in piece and piece.isprintable():
            # Most lines are; a look at them costs a tenth of the search below.
            self._copied(raw, page, start, end, letters)
            return
        at = start
        for found in _IRREGULAR.finditer(raw, start, end):
            self._copied(raw, page, at, found.start(), letters)
            if not self.ends_in_space and any(map(str.isspace, found.group())):
                self.put(" ", page, found.start(), found.end(), "white space")
            at = found.end()
        self._copied(raw, page, at, end, letters)

    def finish(self) -> tuple[Origin, ...]:
        """All origins, in the order of the text."""
        self._settle()
        return tuple(self.origins)

    def _copied(self, raw: str, page: int, start: int, end: int, letters: bool) -> None:
        if letters and not raw[start:end].isascii():
            for found in _COMPOSED.finditer(raw, start, end):
                form: Literal["NFC", "NFKC"] = "NFKC" if "\ufb00" <= found.group() <= "\ufb06" else "NFC"
                whole = unicodedata.normalize(form, found.group())
                if whole != found.group():
                    self.copy(raw, page, start, found.start())
                    self.put(whole, page, found.start(), found.end(), "letters")
                    start = found.end()
        self.copy(raw, page, start, end)

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self._last = text
        self.length += len(text)

    def _trim(self) -> None:
        """Takes white space off the end, and out of the piece that it came with."""
        spare = len(self._last) - len(self._last.rstrip(" "))
        if not spare or self._last == SEPARATOR:
            return
        self._settle()
        self._parts[-1] = self._last = self._last[:-spare]
        self.length -= spare
        last = self.origins.pop()
        if last.start < self.length:
            source_end = last.source_end if last.repair else last.source_end - spare
            kept = Origin(last.start, self.length, last.page, last.source_start, source_end, last.repair)
            self.origins.append(kept)

    def _settle(self) -> None:
        if self._run is not None:
            start, end, page, source_start, source_end = self._run
            self.origins.append(Origin(start, end, page, source_start, source_end))
            self._run = None


def without_surrogates(text: str) -> str:
    """The text with lone surrogates made U+FFFD, one for one: no encoding can store them."""
    return _SURROGATE.sub("\ufffd", text) if _SURROGATE.search(text) else text
