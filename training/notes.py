"""Notes: the annotation of a real text that stays where it is, sentence by sentence, in a compact form.

An annotator reads a text whose sentences are numbered ("[12] ...") and writes a file of notes beside it, as
``training/NOTES.md`` tells. ``python -m training.notes TEXT NOTES ...`` checks them and says what is
wrong, by line.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from colligate.errors import ColligateError
from colligate.vocabulary import load
from training.made import Faults, MadeMention
from training.reader.sample import Happened, Stated
from training.statements import IDS, Statements

ACTOR = re.compile(r"([pgclwe]\d+)\s+(\S.*)\Z")
SENTENCE = re.compile(r"\[(\d+)\] (.*)\Z")


@dataclass(slots=True)
class NotedText:
    """A text with its notes; places are characters of ``text``, the sentences joined by one space or, where a
    paragraph ends, by an empty line."""

    name: str
    text: str
    sentences: list[tuple[int, int]]
    actors: dict[str, list[str]] = field(default_factory=dict)
    mentions: list[MadeMention] = field(default_factory=list)
    ties: list[Stated] = field(default_factory=list)
    events: list[Happened] = field(default_factory=list)


def numbered(path: Path) -> NotedText:
    """The text of a file of numbered sentences."""
    text, spans, paragraph = "", [], False
    for line in path.read_text(encoding="utf-8").splitlines():
        match = SENTENCE.match(line)
        if match is None:
            paragraph = True
            continue
        if text:
            text += "\n\n" if paragraph else " "
        paragraph = False
        spans.append((len(text), len(text) + len(match[2])))
        if int(match[1]) != len(spans):
            raise ValueError(f"{path.name}: sentence {match[1]} stands where {len(spans)} is expected")
        text += match[2]
    return NotedText(path.stem, text, spans)


def read(text: Path, notes: Path, faults: Faults | None = None) -> NotedText:
    """A text with its notes. With ``faults`` what is wrong is added to it and the line left out; without, the
    first fault raises ValueError."""
    return _Notes(numbered(text), notes, faults).read()


class _Notes(Statements):
    def __init__(self, noted: NotedText, path: Path, faults: Faults | None) -> None:
        self.noted, self.path, self.faults = noted, path, faults
        self.vocabulary = load()
        self.at = 0  # the sentence, counted from 1

    def read(self) -> NotedText:
        marks: list[MadeMention] = []
        for number, raw in enumerate(self.path.read_text(encoding="utf-8").splitlines(), 1):
            line = raw.strip()
            if not line or line.startswith("#"):
                continue
            try:
                self._line(line, marks)
            except (ValueError, ColligateError) as error:
                message = f"{self.path.name}:{number}: {error}: {line}"
                if self.faults is None:
                    raise ValueError(message) from error
                self.faults.append(message)
        self._names(marks)
        return self.noted

    def _line(self, line: str, marks: list[MadeMention]) -> None:
        mark, _, rest = line.partition(" ")
        parts = [part.strip() for part in rest.split("|")]
        if re.fullmatch(r"@\d+", mark):
            self.at = int(mark[1:])
            if not 0 < self.at <= len(self.noted.sentences):
                raise ValueError("there is no such sentence")
        elif mark == "~":
            for part in rest.split(" ; "):
                words, equal, ids = part.strip().rpartition("=")
                if not equal or not IDS.match(ids.strip()):
                    raise ValueError(f"{part!r} is not 'words=id'")
                marks.append(MadeMention(*self.place(words.strip()), self.ids(ids.strip())))
        elif mark == "=":
            self.noted.ties.append(self.tie(parts))
        elif mark == "!":
            self.noted.events.append(self.event(parts))
        elif ACTOR.match(line):
            match = ACTOR.match(line)
            assert match is not None  # noqa: S101 - just matched
            names = [name.strip() for name in match[2].split("|") if name.strip()]
            self.noted.actors.setdefault(match[1], []).extend(names)
            missing = [name for name in names if not self._standing(name)]
            if missing:
                raise ValueError(f"the text does not name {missing}")
        else:
            raise ValueError("a line begins with an id, @, ~, = or !")

    def place(self, words: str) -> tuple[int, int]:
        if not self.at:
            raise ValueError("no sentence yet: write @NUMBER first")
        low, high = self.noted.sentences[self.at - 1]
        found = re.search(r"\s*#(\d+)\Z", words)
        count = int(found[1]) if found else 1
        words = words[: found.start()] if found else words
        if not words:
            raise ValueError("no words")
        edge = r"(?<!\w)" if words[0].isalnum() else ""
        tail = r"(?!\w)" if words[-1].isalnum() else ""
        places = [
            match.start()
            for match in re.finditer(edge + re.escape(words) + tail, self.noted.text[low:high])
        ]  # fmt: skip
        if not 0 < count <= len(places):
            raise ValueError(f"sentence {self.at} does not say {words!r}" + (f" {count} times" * (count > 1)))
        return low + places[count - 1], low + places[count - 1] + len(words)

    def ids(self, words: str) -> tuple[str, ...]:
        found = tuple(words.split("+"))
        for one in found:
            if one not in self.noted.actors:
                raise ValueError(f"{one} is not in the list of actors")
        return found

    def _standing(self, name: str) -> list[tuple[int, int]]:
        edge = r"(?<!\w)" if name[0].isalnum() else ""
        tail = r"(?!\w)" if name[-1].isalnum() else ""
        return [match.span() for match in re.finditer(edge + re.escape(name) + tail, self.noted.text)]

    def _names(self, marks: list[MadeMention]) -> None:
        """Names stand wherever they are written, unless they are a part of a longer name of the same actor or
        a mark says who is meant there."""
        taken = {(mark.start, mark.end): mark for mark in marks}
        named = sorted(
            ((len(name), name, actor) for actor, names in self.noted.actors.items() for name in names),
            reverse=True,
        )
        for _, name, actor in named:
            for start, end in self._standing(name):
                over = (mark for mark in taken.values() if mark.start <= start and end <= mark.end)
                if any(actor in mark.ids or (mark.start, mark.end) == (start, end) for mark in over):
                    continue
                taken[start, end] = MadeMention(start, end, (actor,))
        self.noted.mentions = sorted(taken.values(), key=lambda mark: (mark.start, -mark.end))


def main(paths: list[str]) -> int:
    """Checks pairs of text and notes; returns 1 when anything is wrong."""
    status = 0
    for text, notes in zip(paths[::2], paths[1::2], strict=True):
        faults = Faults()
        noted = read(Path(text), Path(notes), faults)
        for fault in faults:
            print(fault)
        words, ties = len(noted.text.split()), Counter(tie.type for tie in noted.ties)
        print(
            f"{noted.name}: {words} words, {len(noted.actors)} actors, {len(noted.mentions)} mentions, "
            f"{ties.total()} ties (one in {words / max(ties.total(), 1):.0f} words), "
            f"{len(noted.events)} events, {len(faults)} faults"
        )
        status |= bool(faults)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
