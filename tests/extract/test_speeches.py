from typing import Any

import pytest

from colligate.extract.base import Cluster, Naming, Reading
from colligate.extract.pipeline import default_pipeline
from colligate.extract.quotations import QuotationStage
from colligate.extract.sentences import SentenceStage
from colligate.extract.speech_cues import load, noun_forms, read, verb_forms
from colligate.extract.speeches import SpeechStage
from colligate.model import Document
from colligate.vocabulary import load as vocabulary

ACTORS: dict[str, list[str]] = read("speech_examples.yaml")["actors"]


def reading_of(text: str) -> Reading:
    """The text read up to its speeches, the invented actors named."""
    reading = Reading(Document("sha256:0", text, len(text), "text/plain", "test"), vocabulary())
    SentenceStage().run(reading)
    names = {tuple(name.lower().split()): (kind, name) for kind, rows in ACTORS.items() for name in rows}
    at = 0
    lower = reading.tokens.lower
    while at < len(lower):
        size = next((n for n in (3, 2, 1) if tuple(lower[at : at + n]) in names), 0)
        if not size:
            at += 1
            continue
        kind, name = names[tuple(lower[at : at + size])]
        cluster = next((c for c in reading.clusters if c.name == name), None)
        if cluster is None:
            cluster = Cluster(len(reading.clusters), kind, name)
            reading.clusters.append(cluster)
        tokens = reading.tokens
        start, end = tokens.start[at], tokens.end[at + size - 1]
        reading.namings.append(Naming(at, at + size, start, end, kind, cluster=cluster.index))
        at += size
    QuotationStage().run(reading)
    SpeechStage().run(reading)
    return reading


def examples() -> list[Any]:
    rows: list[dict[str, str]] = []
    for family in read("speech_verbs.yaml")["families"].values():
        rows += family["examples"]
    rows += read("speech_phrases.yaml")["examples"]
    return [pytest.param(row, id=row["text"]) for row in rows]


def said(text: str) -> list[tuple[str, str, str]]:
    reading = reading_of(text)
    return [(s.speaker, " ".join(text[s.start : s.end].split()), s.stance) for s in reading.speeches]


@pytest.mark.parametrize("row", examples())
def test_the_examples_of_the_cue_files(row: dict[str, str]) -> None:
    found = said(row["text"])
    assert any(
        speaker == row["S"] and content.startswith(row["C"]) and stance == row["stance"]
        for speaker, content, stance in found
    ), found


def test_every_family_has_an_example() -> None:
    families = read("speech_verbs.yaml")["families"]
    assert all(family["examples"] for family in families.values())


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("deny", {"deny", "denies", "denied", "denying"}),
        ("argue", {"argue", "argues", "argued", "arguing"}),
        ("admit", {"admit", "admits", "admited", "admiting", "admitted", "admitting"}),
    ],
)
def test_forms_of_verbs(lemma: str, forms: set[str]) -> None:
    assert verb_forms(lemma) == forms


def test_forms_of_nouns() -> None:
    assert noun_forms("agency") == {"agency", "agencies"}
    assert noun_forms("spokesman") == {"spokesman", "spokesmen"}


def test_the_cues_load_once() -> None:
    assert load() is load()


def test_a_description_speaks_for_whom_it_means() -> None:
    text = "The Dune Guard was founded in 2009. Later the group claimed responsibility for the bombing."
    speeches = (
        default_pipeline().extract(Document("sha256:0", text, len(text), "text/plain", "test")).speeches
    )
    assert [speech.speaker for speech in speeches] == ["Dune Guard"]


def test_a_description_that_means_nobody_named_speaks_by_its_words() -> None:
    text = "Rain fell. The group claimed responsibility for the bombing."
    speeches = (
        default_pipeline().extract(Document("sha256:0", text, len(text), "text/plain", "test")).speeches
    )
    assert [speech.speaker for speech in speeches] == ["group"]
