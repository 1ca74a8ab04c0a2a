"""What became of the replies: counted, so that nothing is dropped in silence."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum


class Drop(StrEnum):
    """Why a proposed claim was not taken. The values are shown and are part of the JSON report."""

    SHAPE = "not of the shape that was asked for"
    WORD = "a type, kind, role or stance that the vocabulary lacks"
    MANY = "more claims than one reply may hold"
    QUOTE = "its quote is not in the text"
    LONG = "its quote is too long"
    END = "an end is not in its quote"
    NAMELESS = "an end stands for nobody with a name in the text"
    KINDS = "its type does not allow ends of these kinds"
    ONE = "both ends are one actor"
    TRIGGER = "the words for the event are not in its quote, or name none"
    EMPTY = "an event without participants"
    SOURCE = "its source is not in the text"


class LeftOut(StrEnum):
    """Why a part of a claim was left out and the claim taken."""

    DATE_WORDS = "words of a date that are not in the text"
    DATE_UNREAD = "a date that its words do not say"
    PARTICIPANT = "a participant who is not in the quote, or is nobody"
    ROLE = "a participant in a role that the type does not have"
    NUMBER = "a number that is not in the text"


@dataclass(slots=True)
class Tally:
    """The counts of one run, or of one document. ``known`` proposals say what a pattern or an earlier
    proposal had found. ``exact`` and ``folded`` say how the quotes of the kept ones were located."""

    proposed: int = 0
    kept: int = 0
    known: int = 0
    exact: int = 0
    folded: int = 0
    dropped: Counter[Drop] = field(default_factory=Counter)
    left_out: Counter[LeftOut] = field(default_factory=Counter)
    chunks: int = 0
    chunks_read: int = 0
    cut_off: int = 0
    garbled: int = 0

    def add(self, other: Tally) -> None:
        for name in (
            "proposed", "kept", "known", "exact", "folded", "chunks", "chunks_read", "cut_off", "garbled",
        ):  # fmt: skip
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.dropped += other.dropped
        self.left_out += other.left_out
