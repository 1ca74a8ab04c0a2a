"""Texts with their mentions marked: "[Orsan Velk](person) leads the [Amber Column](organisation)"."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from colligate.extract.base import Cluster, Naming, Reading
from colligate.extract.sentences import SentenceStage
from colligate.model import Document
from colligate.vocabulary import load

_MARK = re.compile(r"\[([^\]]+)\]\((person|organisation|community|place|work|event)( adjective)?\)")


def marked(say: str) -> Reading:
    """The reading of a marked text: sentences cut, mentions and clusters as marked.

    Mentions of the same words are one actor. "[Ordanian](place adjective)" marks a demonym.
    A mention whose first letter is small is a nominal ("[villagers](community)").
    """
    text, spans, at = "", [], 0
    for match in _MARK.finditer(say):
        text += say[at : match.start()]
        spans.append((len(text), len(text) + len(match[1]), match[2], bool(match[3])))
        text += match[1]
        at = match.end()
    text += say[at:]
    document = Document(
        id="sha256:0", text=text, body_end=len(text), media_type="text/plain", reader="test/1"
    )
    reading = Reading(document, load())
    SentenceStage().run(reading)
    clusters: dict[str, int] = {}
    for start, end, kind, adjective in spans:
        words = text[start:end]
        if words not in clusters:
            clusters[words] = len(reading.clusters)
            reading.clusters.append(Cluster(clusters[words], kind, words))
        first = bisect_right(reading.tokens.start, start) - 1
        last = bisect_left(reading.tokens.start, end)
        form = "name" if words[0].isupper() else "nominal"
        reading.namings.append(
            Naming(first, last, start, end, kind, form, clusters[words], adjective=adjective)
        )
    return reading
