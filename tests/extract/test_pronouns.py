import re
from importlib.resources import files
from typing import Any

import pytest
import yaml
from tests.extract.marked import marked

from colligate.extract.base import Reading
from colligate.extract.genders import gender_of
from colligate.extract.pronouns import PronounStage

_DATA = files("colligate.extract") / "data"
_EXAMPLES = yaml.safe_load((_DATA / "pronouns.yaml").read_text(encoding="utf-8"))["examples"]
_GENDERS = yaml.safe_load((_DATA / "genders.yaml").read_text(encoding="utf-8"))["examples"]
_CAST = {
    "Orel Torvan": "person", "Marek Vosk": "person", "Maria Torvan": "person",
    "Velk Column": "organisation", "Telm": "place",
}  # fmt: skip


def resolved(text: str) -> Reading:
    for name, kind in _CAST.items():
        text = re.sub(rf"\b{name}\b", f"[{name}]({kind})", text)
    reading = marked(text)
    PronounStage().run(reading)
    return reading


def meant(reading: Reading, pronoun: str) -> str:
    """The name that the first such pronoun was given, "" when none."""
    at = re.search(rf"\b{pronoun}\b", reading.document.text)
    assert at is not None
    found = [n for n in reading.namings if n.form == "pronoun" and n.start == at.start()]
    return reading.clusters[found[0].cluster].name if found else ""


@pytest.mark.parametrize("example", _EXAMPLES, ids=lambda example: str(example["text"]))
def test_a_pronoun_is_given_who_it_stands_for(example: dict[str, str]) -> None:
    assert meant(resolved(example["text"]), example["pronoun"]) == example["means"]


@pytest.mark.parametrize("example", _GENDERS, ids=lambda example: str(example["name"]))
def test_gender_of_a_name(example: dict[str, Any]) -> None:
    assert gender_of(example["name"]) == example["gender"]


def test_one_who_met_him_is_not_him() -> None:
    reading = resolved("Marek Vosk fled to Telm. Orel Torvan visited him there.")
    assert meant(reading, "him") == "Marek Vosk"


def test_two_who_fit_as_well_leave_the_pronoun_alone() -> None:
    reading = resolved("Nothing changed for Orel Torvan and for Marek Vosk. The men knew his camp.")
    assert meant(reading, "his") == ""


def test_nothing_is_carried_over_a_heading() -> None:
    reading = resolved("Orel Torvan fled.\n\nA New Beginning\n\nHe came back.")
    assert meant(reading, "He") == ""


def test_namings_stay_in_order_and_clusters_point_to_them() -> None:
    reading = resolved("Orel Torvan led the Velk Column. He armed it, and its men followed him to Telm.")
    assert [n.start for n in reading.namings] == sorted(n.start for n in reading.namings)
    for cluster in reading.clusters:
        assert all(reading.namings[at].cluster == cluster.index for at in cluster.namings)
    text = reading.document.text
    assert all(
        text[n.start : n.end].lower() in {"he", "it", "its", "him"}
        for n in reading.namings
        if n.form == "pronoun"
    )


def test_a_woman_is_known_by_what_she_is_called_beside_her_name() -> None:
    told = "[Anka Reyl](person), a spokeswoman of the Velk Column, met [Dassil](person) in Telm. "
    assert meant(resolved(told + "He left."), "He") == "Dassil"
    assert meant(resolved(told + "She left."), "She") == "Anka Reyl"
    before = "Its spokeswoman [Anka Reyl](person) visited [Dassil](person) in Telm. "
    assert meant(resolved(before + "He left."), "He") == "Dassil"


def test_a_girl_further_on_says_nothing_of_a_name() -> None:
    told = "[Anka Reyl](person), who fled with a girl, was in Telm. He stayed."
    assert meant(resolved(told), "He") == "Anka Reyl"


def test_who_was_she_once_is_no_he_later() -> None:
    told = "[Ostrand](person) wrote in her book of the Velk Column. [Dassil](person) met Ostrand in Telm. "
    assert (
        meant(resolved(told.replace("met Ostrand", "met [Ostrand](person)") + "He left."), "He") == "Dassil"
    )
    turned = told.replace("Dassil](person) met Ostrand", "Ostrand](person) met [Dassil](person)")
    assert meant(resolved(turned + "He left."), "He") == "Dassil"
