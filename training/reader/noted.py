"""The noted texts as samples: annotations that say where, and the texts that they speak of, joined."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from colligate.extract.base import Reading
from colligate.extract.pipeline import Pipeline
from colligate.workflows.gold import name_folded
from training.noted import FOOTNOTE, digest, happened, stated, whole_text
from training.reader.made import ALL, read_plainly, without_article
from training.reader.noise import rewritten
from training.reader.sample import Mentioned, Sample
from training.statements import KINDS

_WORD = re.compile(r"[a-z]+")
# Two texts are of one document where this share of runs of so many words is in both.
RUN, SHARED = 8, 0.2


def noted_samples(lines: Path, folders: Sequence[Path], pipeline: Pipeline) -> list[Sample]:
    """All noted texts whose file is in one of the folders. Raises ValueError when a file is not the one
    that was noted."""
    found = []
    for line in lines.read_text(encoding="utf-8").splitlines():
        raw = json.loads(line)
        whole = whole_text(folders, raw["file"])
        if whole is not None:
            stretch = whole[raw["start"] : raw["end"]]
            if digest(stretch) != raw["digest"]:
                raise ValueError(f"{raw['file']} is not the text that was noted as {raw['id']}")
            found.append(noted_sample(raw, stretch, pipeline))
    return found


def same_document(text: str, other: str) -> bool:
    """Whether a good part of one text stands in the other: noted texts of a document of which a part is held
    out of training are held out with it."""
    one, two = (" ".join(_WORD.findall(each.casefold())) for each in (text, other))
    return _stands_in(one, two) or _stands_in(two, one)


def _stands_in(text: str, other: str) -> bool:
    words = text.split()
    probes = [" ".join(words[at : at + RUN]) for at in range(0, len(words) - RUN + 1, RUN * 3)]
    return bool(probes) and sum(probe in other for probe in probes) > SHARED * len(probes)


def noted_sample(raw: dict[str, Any], stretch: str, pipeline: Pipeline) -> Sample:
    """One noted text; sentences and dates are found by the program."""
    mentions = []
    for start, end, ids, form in raw["mentions"]:
        words = stretch[start:end]
        first = start + (without_article(words) if form == "name" else 0)
        mentions += [Mentioned(first, end, KINDS[one[0]], form, one) for one in ids.split("+")]
    plain = rewritten(
        Sample(
            name=f"{raw['file']}@{raw['id']}",
            source="noted",
            text=stretch,
            sentences=[],
            teaches=ALL,
            mentions=mentions,
            ties=[stated(tie) for tie in raw["ties"]],
            events=[happened(event) for event in raw["events"]],
        ),
        ((match.start(), match.end(), "") for match in FOOTNOTE.finditer(stretch)),
    )
    reading = read_plainly(raw["id"], plain.text, pipeline)
    plain.sentences = [(sentence.start, sentence.end) for sentence in reading.sentences]
    plain.dates = [(when.start, when.end, when.edtf) for when in reading.dates]
    plain.mentions = sorted(
        [*plain.mentions, *_unmarked(plain, reading)], key=lambda mention: (mention.start, -mention.end)
    )
    return plain


def _unmarked(plain: Sample, reading: Reading) -> Iterator[Mentioned]:
    """What the program's rules find beside what was noted: the pairs that the model will have to judge."""
    index: dict[str, str] = {}
    for mention in plain.mentions:
        if mention.form == "name":
            index.setdefault(name_folded(plain.text[mention.start : mention.end]), mention.actor)
    links = [
        next((index[name_folded(n)] for n in (c.name, *c.aliases) if name_folded(n) in index), "")
        for c in reading.clusters
    ]
    taken = {(mention.start, mention.end) for mention in plain.mentions}
    for naming in reading.namings:
        if naming.cluster >= 0 and (naming.start, naming.end) not in taken:
            for cluster in (naming.cluster, *naming.also):
                actor = links[cluster] or f"?{cluster}"
                yield Mentioned(naming.start, naming.end, naming.kind, naming.form, actor, taught=False)
