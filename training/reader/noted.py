"""The noted texts as samples: annotations that say where, and the texts that they speak of, joined."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from colligate.extract.pipeline import Pipeline
from colligate.model import Document
from training.made import KINDS
from training.noted import FOOTNOTE, digest, happened, stated
from training.reader.made import ALL, form_of, without_article
from training.reader.noise import rewritten
from training.reader.sample import Mentioned, Sample

_WORD = re.compile(r"[a-z]+")
# Two texts are of one document where this share of runs of so many words is in both.
RUN, SHARED = 8, 0.2


def noted_samples(lines: Path, texts: Path, pipeline: Pipeline) -> list[Sample]:
    """All noted texts whose file is in the folder ``texts``. Raises ValueError when a file is not the one
    that was noted."""
    found = []
    for line in lines.read_text(encoding="utf-8").splitlines():
        raw = json.loads(line)
        path = texts / raw["file"]
        if path.is_file():
            stretch = path.read_text(encoding="utf-8")[raw["start"] : raw["end"]]
            if digest(stretch) != raw["digest"]:
                raise ValueError(f"{path} is not the text that was noted as {raw['id']}")
            found.append(noted_sample(raw, stretch, pipeline))
    return found


def same_document(text: str, other: str) -> bool:
    """Whether a good part of ``text`` stands in ``other`` too: what is held out of training is held out with
    the rest of its document."""
    words, others = _WORD.findall(text.casefold()), " ".join(_WORD.findall(other.casefold()))
    probes = [" ".join(words[at : at + RUN]) for at in range(0, max(len(words) - RUN, 1), RUN * 3)]
    return sum(probe in others for probe in probes) > SHARED * len(probes)


def noted_sample(raw: dict[str, Any], stretch: str, pipeline: Pipeline) -> Sample:
    """One noted text; sentences and dates are found by the program."""
    mentions = []
    for start, end, ids in raw["mentions"]:
        words = stretch[start:end]
        form = form_of(words)
        first = start + (without_article(words) if form == "name" else 0)
        mentions += [Mentioned(first, end, KINDS[one[0]], form, one) for one in ids.split("+")]
    plain = rewritten(
        Sample(
            name=f"{raw['file']}#{raw['id']}",
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
    document = Document(
        id=f"sha256:{raw['id']}",
        text=plain.text,
        body_end=len(plain.text),
        media_type="text/plain",
        reader="noted",
    )
    reading = pipeline.extract(document)
    plain.sentences = [(sentence.start, sentence.end) for sentence in reading.sentences]
    plain.dates = [(when.start, when.end, when.edtf) for when in reading.dates]
    return plain
