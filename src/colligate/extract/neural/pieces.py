"""Text -> windows of word pieces, the form in which the encoder reads it.

A window is a run of whole sentences that together have at most ``MOST`` pieces; no window shares a
piece with another. Training and reading cut by this one function, so that both see the same.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from tokenizers import Encoding, Tokenizer

MOST = 254  # pieces in a window beside the two marks at its ends; two windows make a batch of 512
CLS, SEP = 101, 102

# What the spelling says, which the uncased pieces do not: an input feature of each piece.
PLAIN, LOWER, CAPITAL, UPPER, MIXED, OPENING, FIGURE, MARK = range(8)
CASES = 8
# A window most of whose letters are capitals (old wire reports, headings) tells nothing by them.
_SHOUTED = 0.6

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces of one stretch of text, the marks at both ends included.

    ``ids`` and ``cases`` have one entry a piece; ``starts`` and ``ends`` are characters of the
    document (-1 at the marks); ``sentences`` numbers each piece's sentence in the document.
    """

    ids: Ints
    cases: Ints
    starts: Ints
    ends: Ints
    sentences: Ints

    def __len__(self) -> int:
        return len(self.ids)

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """First and last piece (inclusive) of the characters ``start``-``end``, None if elsewhere."""
        body_starts, body_ends = self.starts[1:-1], self.ends[1:-1]
        first = int(np.searchsorted(body_ends, start, side="right"))
        last = int(np.searchsorted(body_starts, end, side="left")) - 1
        if first > last or first >= len(body_starts) or body_starts[first] >= end:
            return None
        if start < body_starts[0] or end > body_ends[-1]:
            return None
        return first + 1, last + 1


def windows(
    text: str, sentences: Sequence[tuple[int, int]], tokenizer: Tokenizer, most: int = MOST
) -> list[Window]:
    """The windows of a text whose sentences stand at the given characters, in order."""
    made: list[Window] = []
    held: list[tuple[int, Encoding]] = []
    size = 0
    encodings = tokenizer.encode_batch(
        [text[start:end] for start, end in sentences], add_special_tokens=False
    )
    for number, encoding in enumerate(encodings):
        length = len(encoding)
        if held and size + length > most:
            made.extend(_window(text, sentences, held, most))
            held, size = [], 0
        held.append((number, encoding))
        size += length
    if held:
        made.extend(_window(text, sentences, held, most))
    return made


def _window(
    text: str, sentences: Sequence[tuple[int, int]], held: Iterable[tuple[int, Encoding]], most: int
) -> list[Window]:
    ids: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    numbers: list[int] = []
    for number, encoding in held:
        offset = sentences[number][0]
        ids += encoding.ids
        for start, end in encoding.offsets:
            starts.append(start + offset)
            ends.append(end + offset)
        numbers += [number] * len(encoding)
    made = []
    for at in range(0, len(ids), most):  # more than one only where a single sentence is longer
        part = slice(at, at + most)
        made.append(
            Window(
                np.array([CLS, *ids[part], SEP], dtype=np.int64),
                np.array([PLAIN, *_cases(text, starts[part], ends[part], numbers[part]), PLAIN], np.int64),
                np.array([-1, *starts[part], -1], dtype=np.int64),
                np.array([-1, *ends[part], -1], dtype=np.int64),
                np.array([numbers[part][0], *numbers[part], numbers[part][-1]], dtype=np.int64),
            )
        )
    return made


def _cases(text: str, starts: list[int], ends: list[int], numbers: list[int]) -> list[int]:
    low, high = starts[0], ends[-1]
    stretch = text[low:high]
    upper = sum(map(str.isupper, stretch))
    lower = sum(map(str.islower, stretch))
    if upper > _SHOUTED * (upper + lower):
        return [PLAIN] * len(starts)
    found = []
    opened = -1  # the sentence whose first word was seen
    for start, end, number in zip(starts, ends, numbers, strict=True):
        piece = text[start:end]
        opens = number != opened and piece[:1].isalnum()
        opened = number if opens else opened
        found.append(_case(piece, opens))
    return found


def _case(piece: str, opens: bool) -> int:
    if piece.islower():
        return LOWER
    if piece.isupper() and len(piece) > 1:
        return UPPER
    if piece[:1].isupper():
        return OPENING if opens else CAPITAL if piece[1:].islower() or len(piece) == 1 else MIXED
    if any(map(str.isdigit, piece)):
        return FIGURE
    return MIXED if any(map(str.isalpha, piece)) else MARK


def window_at(starts: Sequence[int], place: int) -> int:
    """The number of the window that holds the character ``place``, given each window's first character."""
    return max(bisect_right(starts, place) - 1, 0)
