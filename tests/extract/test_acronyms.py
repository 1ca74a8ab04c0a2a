import pytest

from colligate.extract.acronyms import acronyms, stands_for
from colligate.extract.base import Reading
from colligate.extract.names import NameStage
from colligate.extract.sentences import SentenceStage
from colligate.model import Document
from colligate.vocabulary import load


def pairs(text: str) -> list[tuple[str, str]]:
    made = Reading(Document("sha256:0", text, len(text), "text/plain", "test"), load())
    SentenceStage().run(made)
    NameStage().run(made)
    return [(text[long.start : long.end], short) for long, short in acronyms(made)]


@pytest.mark.parametrize(
    "text",
    [
        "The Velk Revolutionary Front (VRF) split.",
        "The VRF (Velk Revolutionary Front) split.",
        "The Velk Revolutionary Front, or VRF, split.",
        "The Velk Revolutionary Front, known as the VRF, split.",
        "The Velk Revolutionary Front (the VRF) split.",
    ],
)
def test_ways_to_define_an_acronym(text: str) -> None:
    assert pairs(text) == [("Velk Revolutionary Front", "VRF")]


@pytest.mark.parametrize(
    "text",
    [
        "The Velk Revolutionary Front (in Ordan) split.",
        "The Velk Front met the XYZ.",
        "Sadik Orsan (UN) left.",
    ],
)
def test_other_brackets_define_nothing(text: str) -> None:
    assert pairs(text) == []


@pytest.mark.parametrize(
    ("short", "long", "yes"),
    [
        ("VRF", "Velk Revolutionary Front", True),
        ("HUV", "Harakat ul-Velk", True),
        ("VRF", "Ordan Revolutionary Front", False),
        ("VX", "Velk Revolutionary Front", False),
        ("V", "Velk Front", False),
        ("LET", "Lashkar-e-Taiba", True),
    ],
)
def test_letters_stand_for_words(short: str, long: str, yes: bool) -> None:
    assert stands_for(short, long) is yes
