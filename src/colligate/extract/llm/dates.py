"""The date of a proposed claim: the words are the model's choice, what they mean is read by our own rules.

A model knows when wars ended, and would date "after the fall of the city" to a day. That is not what
the text says, so its own reading counts for one thing only: whether the date begins or ends what is
told ("led it from 1991").
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from colligate.extract.base import Reading
from colligate.extract.llm.locate import Found, Passage
from colligate.extract.llm.tally import LeftOut
from colligate.model import When
from colligate.values.dates import beginning, ending, parse, parse_edtf


def date_of(reading: Reading, proposed: Mapping[str, Any], passage: Passage, quote: Found) -> When | LeftOut:
    """The date, or why there is none."""
    low, high = neighbourhood(reading, quote)
    words = passage.find(proposed["quote"], near=quote.start, start=low, end=high)
    if words is None:
        return LeftOut.DATE_WORDS
    when = _read(reading, words)
    if when is None:
        return LeftOut.DATE_UNREAD
    told = parse_edtf(proposed["edtf"])
    if told is None:
        return when
    begun = (told.start_earliest, told.start_latest) == (when.start_earliest, when.start_latest)
    ended = (told.end_earliest, told.end_latest) == (when.end_earliest, when.end_latest)
    if begun and told.end_latest is None and when.end_latest is not None:
        return beginning(when)
    if ended and told.start_earliest is None and when.start_earliest is not None:
        return ending(when)
    return when


def neighbourhood(reading: Reading, quote: Found) -> tuple[int, int]:
    """The characters of the sentences that the quote touches, and of one more on either side."""
    sentences = reading.sentences
    if not sentences:
        return quote.start, quote.end
    first = bisect_right(sentences, quote.start, key=lambda sentence: sentence.start) - 1
    last = bisect_left(sentences, quote.end, key=lambda sentence: sentence.start)
    return (
        min(sentences[max(first - 1, 0)].start, quote.start),
        max(sentences[min(last, len(sentences) - 1)].end, quote.end),
    )


def _read(reading: Reading, words: Found) -> When | None:
    """The reading's own date that shares most of these characters, else what the words say by themselves."""
    shared = [
        (min(when.end, words.end) - max(when.start, words.start), when)
        for when in reading.dates
        if when.start < words.end and words.start < when.end
    ]
    if shared:
        most, when = max(shared, key=lambda pair: pair[0])
        if most * 2 >= min(words.end - words.start, when.end - when.start):
            return when
    alone = parse(reading.document.text[words.start : words.end])
    if alone is None or alone.start < 0:
        return None
    return replace(alone, start=alone.start + words.start, end=alone.end + words.start)
