"""Passages -> draft: what HTML, EPUB, DOCX and Markdown have in common once their markup is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from colligate.model import BlockKind, Footnote
from colligate.readers.draft import Draft


@dataclass(frozen=True, slots=True)
class Call:
    """A note's mark in the text: ``mark`` as printed, ``target`` the note's key, ``at`` in the raw text."""

    mark: str
    target: str
    at: int


@dataclass(slots=True)
class Passage:
    """One block of the text. ``spans`` are the characters of the raw text that belong to it.

    ``note`` is the key of the note that the passage is (or is a part of), "" for the body.
    ``outside``: it stands in the furniture of a web page, such as a menu; ``linked``: which share of
    its characters are links. ``kept`` is False for what is not the document's own text.
    """

    kind: BlockKind
    level: int = 0
    spans: list[tuple[int, int]] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    note: str = ""
    outside: bool = False
    linked: float = 0.0
    kept: bool = True

    def add(self, start: int, end: int) -> None:
        """Appends raw characters, as one span with what stands right before."""
        if self.spans and self.spans[-1][1] == start:
            self.spans[-1] = (self.spans[-1][0], end)
        elif start < end:
            self.spans.append((start, end))

    def text(self, raw: str) -> str:
        """The passage's characters, white space as it is."""
        return "".join(raw[start:end] for start, end in self.spans)

    def trim(self, raw: str) -> None:
        """Takes white space off both ends."""
        while self.spans:
            start, end = self.spans[0]
            start += len(raw[start:end]) - len(raw[start:end].lstrip())
            if start < end:
                self.spans[0] = (start, end)
                break
            del self.spans[0]
        while self.spans:
            start, end = self.spans[-1]
            end = start + len(raw[start:end].rstrip())
            if start < end:
                self.spans[-1] = (start, end)
                break
            del self.spans[-1]

    def drop_lead(self, count: int) -> None:
        """Takes the first ``count`` characters off."""
        while self.spans and count > 0:
            start, end = self.spans[0]
            taken = min(count, end - start)
            count -= taken
            if start + taken < end:
                self.spans[0] = (start + taken, end)
            else:
                del self.spans[0]


def draft_of(passages: Sequence[Passage], raw: str, *, letters: bool = True) -> Draft:
    """The body's passages, then the notes in the order of their first marks, each tied to its mark."""
    draft = Draft()
    calls: dict[str, tuple[str, int]] = {}
    for passage in passages:
        if passage.kept and not passage.note:
            _write(draft, passage, raw, calls, letters)
    draft.body_end = draft.length
    notes: dict[str, list[Passage]] = {}
    for passage in passages:
        if passage.note:
            notes.setdefault(passage.note, []).append(passage)
    for key in sorted(notes, key=lambda key: calls.get(key, ("", draft.body_end))[1]):
        mark, mark_at = calls.get(key, ("", -1))
        start = -1
        for passage in notes[key]:
            passage.kind, passage.level = BlockKind.FOOTNOTE, 0
            begun = _write(draft, passage, raw, {}, letters)
            start = begun if start < 0 else start
        if start >= 0:
            draft.footnotes.append(Footnote(mark, start, draft.length, mark_at))
    return draft


def _write(draft: Draft, passage: Passage, raw: str, calls: dict[str, tuple[str, int]], letters: bool) -> int:
    """Writes one passage and notes where its calls stand. The start of its block, -1 for an empty one."""
    passage.trim(raw)
    if not passage.spans:
        return -1
    draft.open()
    waiting = sorted(passage.calls, key=lambda call: call.at)
    for first, end in passage.spans:
        start = first
        while waiting and waiting[0].at <= end:
            draft.fold(raw, 0, start, max(waiting[0].at, start), letters=letters)
            start = max(waiting[0].at, start)
            _called(draft, waiting.pop(0), calls)
        draft.fold(raw, 0, start, end, letters=letters)
    for call in waiting:
        _called(draft, call, calls)
    made = draft.close(passage.kind, passage.level)
    return -1 if made is None else made.start


def _called(draft: Draft, call: Call, calls: dict[str, tuple[str, int]]) -> None:
    if call.target:
        calls.setdefault(call.target, (call.mark, max(draft.length - 1, 0)))


def found_title(draft: Draft) -> str:
    """The text of the heading that the document begins with, else ""."""
    first = draft.blocks[0] if draft.blocks else None
    if first is None or first.kind is not BlockKind.HEADING:
        return ""
    return draft.text()[first.start : first.end]
