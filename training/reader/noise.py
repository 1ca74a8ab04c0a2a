"""Other texts from one: with other names, misspelt, or run together, and the same annotation.

A model that has read a name in forty sentences learns the name; one that has read forty names in its place
learns the sentence. All functions are pure but for the random generator that they are given.
"""

from __future__ import annotations

import random
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from training.reader.sample import Mentioned, Sample

_RAW = yaml.safe_load(Path(__file__).with_name("noise.yaml").read_text(encoding="utf-8"))
PARTICLES = frozenset(_RAW["particles"])
SPELLINGS: tuple[tuple[str, str], ...] = tuple((one, two) for one, two in _RAW["spellings"])
ENDINGS = ("ese", "ish", "ians", "ian", "ans", "an", "is", "i")
LONGEST_ABBREVIATION = 5
_WORD = re.compile(r"[^\W\d_]+")
Edit = tuple[int, int, str]


def rewritten(sample: Sample, edits: Iterable[Edit]) -> Sample:
    """The sample with stretches of its text replaced, and every place in it moved along. Edits that overlap
    an earlier one are left out."""
    kept: list[Edit] = []
    for edit in sorted(edits):
        if not kept or edit[0] >= kept[-1][1]:
            kept.append(edit)
    text: list[str] = []
    starts, ends, shifts = [], [], []
    at = shift = 0
    for start, end, new in kept:
        text += [sample.text[at:start], new]
        starts.append(start)
        ends.append(end)
        shifts.append(shift)
        shift += len(new) - (end - start)
        at = end
    text.append(sample.text[at:])
    shifts.append(shift)

    def place(char: int, *, closing: bool) -> int:
        number = bisect_right(starts, char if not closing else char - 1) - 1
        if number < 0:
            return char
        start, end, new = kept[number]
        if char >= end:
            return char + shifts[number + 1]
        # Inside of what was replaced: its edge.
        return start + shifts[number] + (len(new) if closing else 0)

    def both(start: int, end: int) -> tuple[int, int]:
        return place(start, closing=False), place(end, closing=True)

    return Sample(
        name=sample.name,
        source=sample.source,
        text="".join(text),
        sentences=[both(*span) for span in sample.sentences],
        teaches=sample.teaches,
        mentions=[
            Mentioned(*both(m.start, m.end), m.kind, m.form, m.actor, m.taught) for m in sample.mentions
        ],
        ties=[
            replace(t, start=both(t.start, t.end)[0], end=both(t.start, t.end)[1]) for t in sample.ties
        ],
        events=[
            replace(e, start=both(e.start, e.end)[0], end=both(e.start, e.end)[1]) for e in sample.events
        ],
        dates=[(*both(start, end), when) for start, end, when in sample.dates],
        types=sample.types,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Names:
    """Words of names by kind and build, from which other names are drawn."""

    pools: dict[tuple[str, str], tuple[str, ...]]
    common: frozenset[str]

    @classmethod
    def of(cls, samples: Sequence[Sample]) -> Names:
        """All words of the samples' names that are written small nowhere."""
        small: Counter[str] = Counter()
        for sample in samples:
            small.update(word for word in _WORD.findall(sample.text) if word.islower())
        common = frozenset(word for word, count in small.items() if count > 1)
        pools: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for sample in samples:
            for mention in sample.mentions:
                if mention.form == "name" and mention.taught:
                    for word in _WORD.findall(sample.text[mention.start : mention.end]):
                        if swappable(word, common):
                            pools[mention.kind, build(word)].add(word)
        return cls({key: tuple(sorted(words)) for key, words in pools.items()}, common)


def swappable(word: str, common: frozenset[str]) -> bool:
    """Whether a word of a name is a name: written large, and no word of the language."""
    return len(word) > 1 and word[0].isupper() and word.casefold() not in common | PARTICLES


def build(word: str) -> str:
    """How a word is written: AAA for an abbreviation, Aaa with the ending of a people's name, or Aaa."""
    if word.isupper() and len(word) <= LONGEST_ABBREVIATION:
        return "AAA"
    ending = next((end for end in ENDINGS if word.casefold().endswith(end)), "")
    return f"Aaa{ending}"


def swapped(sample: Sample, names: Names, rng: random.Random, share: float = 0.7) -> Sample:
    """The sample with a ``share`` of its names' words replaced by words of other names of that kind and
    build, each by the same one throughout."""
    chosen: dict[str, str] = {}
    edits: dict[tuple[int, int], str] = {}
    for mention in sample.mentions:
        if mention.form != "name":
            continue
        for match in _WORD.finditer(sample.text, mention.start, mention.end):
            word = match[0]
            if not swappable(word, names.common):
                continue
            new = chosen.get(word.casefold())
            if new is None:
                pool = names.pools.get((mention.kind, build(word)), ())
                new = rng.choice(pool) if pool and rng.random() < share else word
                chosen[word.casefold()] = new
            if new != word:
                edits[match.span()] = new.upper() if build(word) != "AAA" and word.isupper() else new
    return rewritten(sample, ((*span, new) for span, new in edits.items()))


def misspelt(sample: Sample, rng: random.Random, share: float = 0.3) -> Sample:
    """The sample with a ``share`` of its names written as another hand would."""
    edits: list[Edit] = []
    for mention in sample.mentions:
        if mention.form == "name" and mention.kind != "work" and rng.random() < share:
            words = sample.text[mention.start : mention.end]
            usual = [(one, two) for one, two in SPELLINGS if one in words]
            if usual:
                one, two = rng.choice(usual)
                at = mention.start + words.index(one)
                edits.append((at, at + len(one), two))
    return rewritten(sample, edits)


def run_together(sample: Sample, rng: random.Random, share: float = 0.02) -> Sample:
    """The sample with a ``share`` of the spaces between words lost, as out of a badly set PDF."""
    return rewritten(
        sample,
        (
            (match.start() + 1, match.end() - 1, "")
            for match in re.finditer(r"[a-z] +[A-Za-z]", sample.text)
            if rng.random() < share
        ),
    )


def varied(sample: Sample, names: Names, rng: random.Random) -> Sample:
    """The sample as one epoch sees it: as it is, or with other names, and now and then badly written."""
    if sample.source not in ("corpus", "noted"):
        return sample
    if rng.random() < 0.6:
        sample = swapped(sample, names, rng)
    luck = rng.random()
    if luck < 0.08:
        return misspelt(sample, rng)
    return run_together(sample, rng) if luck < 0.12 else sample
