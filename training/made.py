"""The made texts: invented paragraphs with their annotations, in the compact form of made_texts/FORMAT.md.

``python -m training.made FILE ...`` checks files and prints what is wrong, by line.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from colligate.errors import ColligateError
from colligate.vocabulary import Vocabulary, load
from training.reader.sample import Happened, Stated
from training.statements import IDS, Statements

FORMS = ("direct", "indirect", "mixed")
HEAD = re.compile(r"---\s+(\S+)(?:\s+(\S+))?\s*\Z")


@dataclass(frozen=True, slots=True)
class MadeMention:
    """Characters ``start``-``end`` of the text; ``ids`` has more than one only for a plural of several."""

    start: int
    end: int
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MadeSpeech:
    """Who says what: the cue's characters and those of the content."""

    source: str
    source_kind: str
    cue: tuple[int, int]
    content: tuple[int, int]
    form: str


@dataclass(slots=True)
class MadeText:
    """One invented text with all that was annotated in it."""

    id: str
    genre: str
    text: str = ""
    mentions: list[MadeMention] = field(default_factory=list)
    ties: list[Stated] = field(default_factory=list)
    events: list[Happened] = field(default_factory=list)
    speeches: list[MadeSpeech] = field(default_factory=list)


class Faults(list[str]):
    """What is wrong with a file, one line each."""


def read(path: Path, faults: Faults | None = None, vocabulary: Vocabulary | None = None) -> list[MadeText]:
    """The texts of one file. With ``faults`` what is wrong is added to it and the line left out; without,
    the first fault raises ValueError."""
    vocabulary = vocabulary or load()
    found: list[MadeText] = []
    lines = path.read_text(encoding="utf-8").split("\n")
    starts = [n for n, line in enumerate(lines) if HEAD.match(line)]
    for begin, end in pairwise([*starts, len(lines)]):
        found.append(_Block(path.name, begin, lines[begin:end], faults, vocabulary).read())
    return found


class _Block(Statements):
    def __init__(
        self, file: str, first: int, lines: list[str], faults: Faults | None, vocabulary: Vocabulary
    ) -> None:
        self.file, self.first, self.lines, self.faults, self.vocabulary = (
            file,
            first,
            lines,
            faults,
            vocabulary,
        )

    def _fault(self, number: int, what: str) -> None:
        message = f"{self.file}:{self.first + number + 1}: {what}"
        if self.faults is None:
            raise ValueError(message)
        self.faults.append(message)

    def read(self) -> MadeText:
        match = HEAD.match(self.lines[0])
        assert match is not None  # noqa: S101 - the caller split at such lines
        self.made = MadeText(match[1], match[2] or "")
        cut = next(
            (n for n, line in enumerate(self.lines) if n and line[:2] in ("= ", "! ", '" ')), len(self.lines)
        )
        self._text("\n".join(self.lines[1:cut]).strip())
        self.known = {name for mention in self.made.mentions for name in mention.ids}
        for number in range(cut, len(self.lines)):
            line = self.lines[number].strip()
            if not line or line.startswith("#"):
                continue
            try:
                self._line(line)
            except (ValueError, ColligateError) as error:
                self._fault(number, f"{error}: {line}")
        if not self.made.mentions:
            self._fault(0, "no mention is marked")
        return self.made

    def _text(self, marked: str) -> None:
        text: list[str] = []
        length, at = 0, 0
        stack: list[tuple[int, tuple[str, ...]]] = []
        while at < len(marked):
            char = marked[at]
            if char == "[":
                label, space, _ = marked[at + 1 : at + 60].partition(" ")
                if not space or not IDS.match(label):
                    self._fault(0, f"{self.made.id}: no id behind '[' in {marked[at : at + 30]!r}")
                    label = "p0"
                stack.append((length, tuple(label.split("+"))))
                at += len(label) + 2
            elif char == "]":
                if stack:
                    start, ids = stack.pop()
                    self.made.mentions.append(MadeMention(start, length, ids))
                else:
                    self._fault(0, f"{self.made.id}: ']' without '[' near {marked[at - 30 : at]!r}")
                at += 1
            else:
                text.append(char)
                length += 1
                at += 1
        if stack:
            self._fault(0, f"{self.made.id}: '[' is not closed: {''.join(text)[stack[-1][0] :][:30]!r}")
        self.made.text = "".join(text)
        self.made.mentions.sort(key=lambda mention: (mention.start, -mention.end))

    def _line(self, line: str) -> None:
        mark, _, rest = line.partition(" ")
        parts = [part.strip() for part in rest.split("|")]
        if mark == "=":
            self.made.ties.append(self.tie(parts))
        elif mark == "!":
            self.made.events.append(self.event(parts))
        elif mark == '"':
            self._speech(parts)
        else:
            raise ValueError('a line of annotation begins with =, ! or "')

    def place(self, words: str) -> tuple[int, int]:
        found = re.search(r"\s*#(\d+)\Z", words)
        count = int(found[1]) if found else 1
        words = words[: found.start()] if found else words
        if not words:
            raise ValueError("no words")
        at = -1
        for _ in range(count):
            at = self.made.text.find(words, at + 1)
            if at < 0:
                raise ValueError(
                    f"the text does not say {words!r}" + (f" {count} times" if count > 1 else "")
                )
        return at, at + len(words)

    def ids(self, words: str) -> tuple[str, ...]:
        found = tuple(words.split("+"))
        for one in found:
            if one not in self.known:
                raise ValueError(f"{one} is not marked in the text")
        return found

    def _speech(self, parts: list[str]) -> None:
        if len(parts) != 5:
            raise ValueError("an attribution is '\" SOURCE | source_kind | cue | content | form'")
        source = "+".join(self.ids(parts[0])) if IDS.match(parts[0]) else parts[0]
        if parts[4] not in FORMS:
            raise ValueError(f"no form {parts[4]}")
        first, dots, last = parts[3].partition(" ... ")
        start, end = self.place(first)
        if dots:
            at = self.made.text.find(last, start)
            if at < 0:
                raise ValueError(f"the text does not say {last!r} behind {first!r}")
            end = at + len(last)
        self.made.speeches.append(MadeSpeech(source, parts[1], self.place(parts[2]), (start, end), parts[4]))


def main(paths: list[str]) -> int:
    """Checks files; returns 1 when anything is wrong."""
    faults, vocabulary = Faults(), load()
    texts = [text for path in paths for text in read(Path(path), faults, vocabulary)]
    for fault in faults:
        print(fault)
    words = sum(len(text.text.split()) for text in texts)
    ties = Counter(tie.type for text in texts for tie in text.ties)
    print(
        f"{len(texts)} texts, {words} words, {sum(map(len, (t.mentions for t in texts)))} mentions, "
        f"{ties.total()} ties, {sum(len(t.events) for t in texts)} events, "
        f"{sum(len(t.speeches) for t in texts)} attributions, {len(faults)} faults"
    )
    print("ties:", ", ".join(f"{name} {count}" for name, count in ties.most_common()))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
