"""A quote is in the text, or it is not found: no guess is made."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colligate.extract.llm.locate import Fit, Found, Passage

TEXT = (
    "Moss wrote: \u201cOkot\u2019s  men\nheld Veshti \u2013 and the sal\u00adt road\u201d. "
    "Okot held Al-Veshti."
)


def find(words: str, **more: int) -> tuple[str, Fit] | None:
    found = Passage(TEXT, 0, len(TEXT)).find(words, **more)
    return None if found is None else (TEXT[found.start : found.end], found.fit)


@pytest.mark.parametrize(
    ("words", "there", "fit"),
    [
        ("Okot held Al-Veshti", "Okot held Al-Veshti", Fit.EXACT),
        ("Okot's men held Veshti", "Okot\u2019s  men\nheld Veshti", Fit.FOLDED),
        ("\"Okot's men", "Okot\u2019s  men", Fit.FOLDED),  # a mark at the edge is the model's
        ("Veshti - and the salt road.", "Veshti \u2013 and the sal\u00adt road", Fit.FOLDED),
        ("  Moss wrote ", "Moss wrote", Fit.EXACT),
    ],
)
def test_found(words: str, there: str, fit: Fit) -> None:
    assert find(words) == (there, fit)


@pytest.mark.parametrize(
    "words",
    [
        "Okot held Veshti",  # words left out
        "okot held al-veshti",  # another case
        "Okot h",  # half a word
        "l-Veshti",
        "Moss wrote that",
        "",
        " \n",
        "\u201c\u201d",
        "\ud800",
    ],
)
def test_not_found(words: str) -> None:
    assert find(words) is None


def test_of_several_places_the_nearest_or_the_first_inside() -> None:
    text = "Okot met Moss. Moss met Okot. Okot left."
    passage = Passage(text, 0, len(text))
    assert passage.find("Okot") == Found(0, 4, Fit.EXACT)
    assert passage.find("Okot", near=26) == Found(24, 28, Fit.EXACT)
    assert passage.find("Okot", start=5) == Found(24, 28, Fit.EXACT)
    assert passage.find("Okot", start=5, end=20) is None
    assert Passage(text, 30, len(text)).find("Moss") is None


@given(st.text(alphabet="Ok ot\n\u2019'\u201c\"-\u2013\u00ad\t.", max_size=60), st.data())
def test_what_is_found_stands_there_up_to_spaces_and_marks(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    words = text[start : data.draw(st.integers(start, len(text)))]
    found = Passage(text, 0, len(text)).find(words)
    letters = [character for character in words if character.isalnum()]
    if found is not None:
        assert [character for character in text[found.start : found.end] if character.isalnum()] == letters
        assert found.start < found.end
