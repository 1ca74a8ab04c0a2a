"""Noted texts: annotations of real texts that stand elsewhere, by the places of their characters alone.

An annotator's notes (``training/notes.py``) are compiled into one line of JSON a text, which holds no word of
it: the file, the stretch of it and its SHA-256, and characters counted from the stretch's beginning.

    python -m training.noted NUMBERED NOTES INDEX TEXTS ... > training/noted_texts.jsonl

``NUMBERED`` and ``NOTES`` are folders; ``INDEX`` says which stretch of which file of the folders ``TEXTS``
each is.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from training.notes import NotedText, read
from training.reader.made import form_of
from training.reader.sample import Happened, Stated

# The marks of footnotes that an encyclopedia's text carries: no part of a sentence.
_GAP = re.compile(r" {4,}")
FOOTNOTE = re.compile(r"\[(?:\d{1,4}|[a-z]|note \d+|nb \d+|citation needed)\]")


def whole_text(folders: Sequence[Path], file: str) -> str | None:
    """The text of a file of one of the folders, None where none has it. ``NAME#KEY`` is the text of the line
    of a file of JSON lines whose id is KEY; runs of spaces in it part paragraphs, and become line ends."""
    name, _, key = file.partition("#")
    path = next((folder / name for folder in folders if (folder / name).is_file()), None)
    if path is None:
        return None
    whole = path.read_text(encoding="utf-8")
    if not key:
        return whole
    for line in whole.splitlines():
        if key in line:
            raw = json.loads(line)
            if key in (raw.get("docid"), raw.get("_id")):
                text: str = raw.get("doctext") or raw["text"]
                return _GAP.sub(lambda gap: "\n\n" + " " * (len(gap[0]) - 2), text)
    return None


def digest(stretch: str) -> str:
    """SHA-256 of a stretch of text."""
    return hashlib.sha256(stretch.encode()).hexdigest()


def _places(noted: NotedText, stretch: str) -> list[int]:
    """Where each character of the noted text stands in the stretch. Raises ValueError when they differ."""
    skipped = bytearray(len(stretch))
    for match in () if FOOTNOTE.search(noted.text) else FOOTNOTE.finditer(stretch):
        skipped[match.start() : match.end()] = b"\1" * len(match[0])
    places, at = [], 0
    for char in noted.text:
        if char.isspace():
            places.append(at)
            continue
        while at < len(stretch) and (skipped[at] or stretch[at] != char):
            if not skipped[at] and not stretch[at].isspace() and stretch[at].isalnum():
                raise ValueError(f"{noted.name}: the text differs near {stretch[at : at + 30]!r}")
            at += 1
        if at == len(stretch):
            raise ValueError(f"{noted.name}: the text ends before the noted one does")
        places.append(at)
        at += 1
    return places


def compiled(noted: NotedText, place: dict[str, Any], stretch: str) -> dict[str, Any]:
    """One line of the file of noted texts."""
    where = _places(noted, stretch)

    def span(start: int, end: int) -> list[int]:
        return [where[start], where[end - 1] + 1]

    # Where nothing is written large, only the list of actors says what is a name.
    small = not any(map(str.isupper, noted.text))
    listed = {form for actor, forms in noted.actors.items() if actor[0] != "c" for form in forms}

    def form(start: int, end: int) -> str:
        words = noted.text[start:end]
        return "name" if small and words in listed else form_of(words)

    return {
        "id": place["id"],
        "file": place["file"],
        "start": place["start"],
        "end": place["end"],
        "digest": digest(stretch),
        "mentions": [
            [*span(m.start, m.end), "+".join(m.ids), form(m.start, m.end)] for m in noted.mentions
        ],
        "ties": [
            [t.type, t.subject, t.object, *span(t.start, t.end), t.when, t.stance, list(t.by)]
            for t in noted.ties
        ],
        "events": [
            [e.type, {role: list(ids) for role, ids in e.roles}, *span(e.start, e.end), e.when, e.stance,
             list(e.by), e.outcome]
            for e in noted.events
        ],
    }  # fmt: skip


def stated(raw: list[Any]) -> Stated:
    """A tie of a line."""
    name, subject, target, start, end, when, stance, by = raw
    return Stated(name, subject, target, start, end, when, stance, tuple(by))


def happened(raw: list[Any]) -> Happened:
    """An event of a line."""
    name, roles, start, end, when, stance, by, outcome = raw
    held = tuple((role, tuple(ids)) for role, ids in roles.items())
    return Happened(name, held, start, end, True, when, stance, tuple(by), outcome)


def _lines(numbered: Path, notes: Path, index: Path, texts: Sequence[Path]) -> Iterator[dict[str, Any]]:
    for place in json.loads(index.read_text(encoding="utf-8")):
        path = notes / f"{place['id']}.notes"
        if path.is_file():
            noted = read(numbered / f"{place['id']}.txt", path)
            whole = whole_text(texts, place["file"])
            if whole is None:
                raise FileNotFoundError(place["file"])
            yield compiled(noted, place, whole[place["start"] : place["end"]])


def main(arguments: list[str]) -> None:
    """Prints the compiled lines."""
    numbered, notes, index, *texts = map(Path, arguments)
    for line in _lines(numbered, notes, index, texts):
        print(json.dumps(line, ensure_ascii=False, separators=(",", ":")))


if __name__ == "__main__":
    main(sys.argv[1:])
