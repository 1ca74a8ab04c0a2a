"""The made texts as samples."""

from __future__ import annotations

import re
from pathlib import Path

from colligate.extract.base import Reading
from colligate.extract.pipeline import Pipeline
from colligate.model import Document
from training.made import MadeText, read
from training.reader.sample import (
    COREFERENCE,
    DATES,
    EVENTS,
    NAMES,
    NOMINALS,
    SOURCES,
    TIES,
    Mentioned,
    Sample,
)  # fmt: skip
from training.statements import KINDS

_WORDS = """he him his himself she her hers herself it its itself they them their theirs themselves who whom
whose which that we us our ours i me my mine you your this these those both another others"""
PRONOUNS = frozenset(_WORDS.split())
_ARTICLE = re.compile(r"(?:[Tt]he|[Aa]n?)\s+(?=\S)")
ALL = frozenset({NAMES, NOMINALS, TIES, EVENTS, COREFERENCE, DATES, SOURCES})


def made_samples(folder: Path, pipeline: Pipeline) -> list[Sample]:
    """All texts of the folder's files; raises ValueError at the first fault."""
    return [
        made_sample(text, pipeline)
        for path in sorted(folder.glob("*.txt"))
        for text in read(path)
    ]  # fmt: skip


def made_sample(made: MadeText, pipeline: Pipeline) -> Sample:
    """One made text; sentences and dates are found by the program."""
    reading = read_plainly(made.id, made.text, pipeline)
    mentions = []
    for mention in made.mentions:
        words = made.text[mention.start : mention.end]
        form = form_of(words)
        start = mention.start + (without_article(words) if form == "name" else 0)
        mentions += [Mentioned(start, mention.end, KINDS[one[0]], form, one) for one in mention.ids]
    return Sample(
        name=made.id,
        source="made",
        text=made.text,
        sentences=[(sentence.start, sentence.end) for sentence in reading.sentences],
        teaches=ALL,
        mentions=mentions,
        ties=made.ties,
        events=made.events,
        dates=[(when.start, when.end, when.edtf) for when in reading.dates],
    )


def read_plainly(name: str, text: str, pipeline: Pipeline) -> Reading:
    """What the program reads in a text that comes from no file."""
    return pipeline.extract(Document(f"sha256:{name}", text, len(text), "text/plain", "training"))


def without_article(words: str) -> int:
    """How many characters the article takes before a name: rules and reference texts leave it out, annotators
    do not always."""
    article = _ARTICLE.match(words)
    return article.end() if article else 0


def form_of(words: str) -> str:
    """name, nominal or pronoun, by how the words are written."""
    if words.casefold() in PRONOUNS:
        return "pronoun"
    inner = re.sub(r"^(?:The|A|An|His|Her|Its|Their|Some|Many|Several|Both)\b", "", words)
    return "name" if re.search(r"(?<![\w'])[^\W\d_a-z]", inner) else "nominal"
