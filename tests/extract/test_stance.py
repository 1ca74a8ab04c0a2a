from typing import Any

import pytest

from colligate.extract.base import Reading
from colligate.extract.sentences import SentenceStage
from colligate.extract.speech_cues import read
from colligate.extract.stance import outcome_of, sentence_of, stance_of
from colligate.model import Document
from colligate.vocabulary import load as vocabulary


def starred(text: str) -> tuple[Reading, int]:
    """The text without its stars, read up to its sentences, and the token that stood in stars."""
    before, word, after = text.split("*")
    plain = before + word + after
    reading = Reading(Document("sha256:0", plain, len(plain), "text/plain", "test"), vocabulary())
    SentenceStage().run(reading)
    return reading, reading.tokens.start.index(len(before))


def examples(name: str, answer: str, otherwise: str) -> list[Any]:
    rows = []
    for group in read(name)["groups"].values():
        rows += [(text, group[answer]) for text in group["governs"]]
        rows += [(text, otherwise) for text in group["spares"]]
    return [pytest.param(text, expected, id=text) for text, expected in rows]


@pytest.mark.parametrize(("text", "stance"), examples("stance_cues.yaml", "stance", "asserted"))
def test_the_examples_of_the_stance_cues(text: str, stance: str) -> None:
    reading, trigger = starred(text)
    start, end = reading.tokens.start[trigger], reading.tokens.end[trigger]
    assert stance_of(reading, start, end, trigger)[0] == stance


@pytest.mark.parametrize(("text", "outcome"), examples("stance_outcomes.yaml", "outcome", "carried_out"))
def test_the_examples_of_the_outcomes(text: str, outcome: str) -> None:
    reading, trigger = starred(text)
    assert outcome_of(reading, sentence_of(reading, trigger), trigger, "attack") == outcome


def test_a_plot_without_a_word_on_its_end_is_open() -> None:
    reading, trigger = starred("The *plot* against Velk began in 1999.")
    assert outcome_of(reading, sentence_of(reading, trigger), trigger, "plot") == "unknown"


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The Ordan Front did not attack Karsia but *bombed* Velk.", "asserted"),
        ("The Ordan Front did not *attack* Karsia but bombed Velk.", "denied"),
        ("Odar reportedly did not *meet* Moreth.", "denied"),
        ("Odar is believed to have *planned* the raid.", "alleged"),
        ("Odar is said to have planned to *raid* Velk.", "planned"),
    ],
)
def test_of_several_cues_the_one_that_governs_wins(text: str, stance: str) -> None:
    reading, trigger = starred(text)
    start, end = reading.tokens.start[trigger], reading.tokens.end[trigger]
    assert stance_of(reading, start, end, trigger)[0] == stance


def test_the_cue_is_named() -> None:
    reading, trigger = starred("Odar reportedly *met* Moreth.")
    assert stance_of(reading, 0, 27, trigger) == ("alleged", "reportedly")
    reading, trigger = starred("Odar *met* Moreth.")
    assert stance_of(reading, 0, 16, trigger) == ("asserted", "")
