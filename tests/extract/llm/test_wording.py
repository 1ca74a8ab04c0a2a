"""Names, descriptions and deeds by their form."""

from __future__ import annotations

import pytest

from colligate.extract.llm.locate import Fit, Found, Passage
from colligate.extract.llm.wording import deed, new_name, pointing_form, without_possessive


def named(words: str, text: str) -> str:
    found = Passage(text, 0, len(text)).find(words)
    assert found is not None
    name = new_name(text, found)
    return "" if name is None else text[name.start : name.end]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Zed Harrow", "Zed Harrow"),
        ("the Army of the South", "Army of the South"),
        ("Orsan al-Velki", "Orsan al-Velki"),
        ("Yaral bin Okot", "Yaral bin Okot"),
        ("313 Brigade", "313 Brigade"),
        ("J. Okot", "J. Okot"),
        ("U.S. Guard", "U.S. Guard"),
        ("Second Column", "Second Column"),
    ],
)
def test_names(words: str, name: str) -> None:
    assert named(words, f"They met {words} there.") == name


@pytest.mark.parametrize(
    "words",
    [
        "rebels", "the men of Harrow", "Harrow fled", "to Zed Harrow", "Veshti, killing Harrow", "1994",
        "Veshti. According", "\u201cSalt Column\u201d", "the", "<b>Moss</b>", "http://elsewhere.example/A",
        "A " * 11 + "B",
    ],
)  # fmt: skip
def test_what_is_no_name(words: str) -> None:
    assert named(words, f"They met {words} there.") == ""


def test_the_capital_of_a_sentence_makes_no_name() -> None:
    assert named("Later", "It was over. Later they left.") == ""
    assert named("Later", "They fought for Later in vain.") == "Later"


@pytest.mark.parametrize(
    ("words", "form"),
    [
        ("he", "pronoun"), ("Their", "pronoun"), ("who", "pronoun"), ("the group", "nominal"),
        ("its founder", "nominal"), ("Okot's men", "nominal"), ("fled", ""), ("arrest in May", ""), ("", ""),
        ("the 12", ""),
    ],
)  # fmt: skip
def test_what_can_point_to_somebody(words: str, form: str) -> None:
    assert pointing_form(words) == form


@pytest.mark.parametrize(
    ("words", "names_one"),
    [("raided", True), ("Attack", True), ("set up", True), ("the", False), ("12", False), ("x " * 9, False)],
)
def test_deeds(words: str, names_one: bool) -> None:
    assert deed(words) is names_one


@pytest.mark.parametrize(
    ("words", "bare"), [("Okot's", "Okot"), ("rebels'", "rebels"), ("camp", "camp"), ("'s", "'s")]
)
def test_the_possessive_is_no_part_of_a_name(words: str, bare: str) -> None:
    text = f"There {words} men stood."
    found = without_possessive(text, Found(6, 6 + len(words), Fit.EXACT))
    assert text[found.start : found.end] == bare
