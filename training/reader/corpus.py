"""The annotated corpus as samples: where each annotation stands is found anew from its lines and quote."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from colligate.extract.base import Reading
from colligate.extract.pipeline import Pipeline
from colligate.readers import read_unguarded
from colligate.workflows.gold import name_folded
from training.reader.sample import (
    DATES,
    EVENTS,
    NAMES,
    SOURCES,
    TIES,
    Happened,
    Mentioned,
    Sample,
    Stated,
)  # fmt: skip


def corpus_names(folder: Path) -> list[str]:
    """The annotated texts of a folder, by name."""
    return sorted(path.name.removesuffix(".ties.jsonl") for path in folder.glob("*.ties.jsonl"))


def corpus_sample(folder: Path, name: str, pipeline: Pipeline) -> Sample:
    """One text with its annotation and, untaught, the mentions that the program's rules find in it."""
    document = read_unguarded((folder / f"{name}.txt").read_bytes(), name=f"{name}.txt")
    reading = pipeline.extract(document)
    found = _Found(folder, name, reading)
    return Sample(
        name=name,
        source="corpus",
        text=document.text,
        sentences=[(sentence.start, sentence.end) for sentence in reading.sentences],
        teaches=frozenset({NAMES, TIES, EVENTS, DATES, SOURCES}),
        mentions=found.mentions(),
        ties=list(found.ties()),
        events=list(found.events()),
        dates=[(when.start, when.end, when.edtf) for when in reading.dates],
    )


def _load(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


class _Found:
    def __init__(self, folder: Path, name: str, reading: Reading) -> None:
        self.reading = reading
        self.text = reading.document.text
        self.entities = _load(folder / f"{name}.entities.jsonl")
        self.stated = _load(folder / f"{name}.ties.jsonl")
        self.happened = _load(folder / f"{name}.events.jsonl")
        self.kinds = {entity["id"]: entity["kind"] for entity in self.entities}
        self._folded, self._places = _fold(self.text)
        raw = (folder / f"{name}.txt").read_text(encoding="utf-8").split("\n")
        self._lines = self._line_places(raw)

    def _line_places(self, raw: list[str]) -> list[tuple[int, int]]:
        """Where each line of the file stands in the folded text (the reader may have joined lines)."""
        places, at = [], 0
        for line in raw:
            words = " ".join(line.split())
            found = self._folded.find(words[:40], at) if words else at
            if found < 0 or found > at + 3000:
                found = at
            at = found + len(words)
            places.append((found, at))
        return places

    def mentions(self) -> list[Mentioned]:
        spans: dict[tuple[int, int], Mentioned] = {}
        for entity in self.entities:
            named = [entity["name"], *entity["aliases"]]
            for alias in sorted({" ".join(a.split()) for a in named if a.strip()}, key=len, reverse=True):
                for start, end in self._standing(alias, entity["lines"]):
                    mention = Mentioned(start, end, entity["kind"], _form(alias), entity["id"])
                    spans.setdefault((start, end), mention)
        kept = _outermost(spans.values())
        taken = {(mention.start, mention.end) for mention in kept}
        links = self._links()
        for naming in self.reading.namings:
            if naming.cluster < 0 or (naming.start, naming.end) in taken:
                continue
            for cluster in (naming.cluster, *naming.also):
                actor = links[cluster] or f"?{cluster}"
                kept.append(Mentioned(naming.start, naming.end, naming.kind, naming.form, actor, False))
        kept.sort(key=lambda mention: (mention.start, -mention.end))
        return kept

    def _standing(self, alias: str, lines: list[int]) -> Iterator[tuple[int, int]]:
        pattern = re.compile(rf"(?<!\w){re.escape(alias)}(?!\w)")
        seen = set()
        for line in lines:
            if not 0 < line <= len(self._lines):
                continue
            low, high = self._lines[line - 1]
            for match in pattern.finditer(self._folded, max(low - 2, 0), high + 2):
                place = self._places[match.start()], self._places[match.end() - 1] + 1
                if place not in seen:
                    seen.add(place)
                    yield place

    def _links(self) -> list[str]:
        """Each cluster's entity by its names, "" where none fits: the same folding as the scorer's."""
        index: dict[str, str] = {}
        for entity in self.entities:
            for alias in (entity["name"], *entity["aliases"]):
                index.setdefault(name_folded(alias), entity["id"])
        return [
            next((index[name_folded(n)] for n in (c.name, *c.aliases) if name_folded(n) in index), "")
            for c in self.reading.clusters
        ]

    def _quote(self, words: str, lines: list[int]) -> tuple[int, int] | None:
        words = " ".join(words.split())
        low = self._lines[min(lines[0], len(self._lines)) - 1][0] if lines else 0
        at = self._folded.find(words, max(low - 50, 0)) if words else -1
        at = self._folded.find(words) if at < 0 and words else at
        return (self._places[at], self._places[at + len(words) - 1] + 1) if at >= 0 else None

    def ties(self) -> Iterator[Stated]:
        for tie in self.stated:
            place = self._quote(tie["quote"], tie["lines"])
            if place is not None:
                yield Stated(
                    tie["type"], tie["subject"], tie["object"], *place, tie["date"], tie["stance"],
                    tuple(tie["attribution"]),
                )  # fmt: skip

    def events(self) -> Iterator[Happened]:
        for event in self.happened:
            place = self._quote(event["quote"], event["lines"])
            if place is not None:
                roles = tuple((role, tuple(ids)) for role, ids in event["roles"].items() if ids)
                yield Happened(
                    event["type"], roles, *place, False, event["date"], event["stance"],
                    tuple(event["attribution"]), event["outcome"],
                )  # fmt: skip


def _fold(text: str) -> tuple[str, list[int]]:
    """White space folded, and where each remaining character stands in the text."""
    letters: list[str] = []
    places: list[int] = []
    for at, char in enumerate(text):
        if char.isspace():
            if letters and letters[-1] != " ":
                letters.append(" ")
                places.append(at)
        else:
            letters.append(char)
            places.append(at)
    return "".join(letters), places


def _form(alias: str) -> str:
    return "name" if any(word[:1].isupper() for word in alias.split()) else "nominal"


def _outermost(mentions: Any) -> list[Mentioned]:
    """Of two marks of one actor, one inside the other, the longer; marks of different actors may nest."""
    kept: list[Mentioned] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if any(
            other.end >= mention.end and other.actor == mention.actor
            for other in reversed(kept[-12:])
            if other.end > mention.start
        ):
            continue
        kept.append(mention)
    return kept
