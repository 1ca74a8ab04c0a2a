"""Counts and casualties: the examples beside the cues, and what a sentence may not be made to say."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colligate.values.numbers import Casualties, _rules, casualties, find_counts


def _examples(kind: str) -> list[Any]:
    return [
        pytest.param(text, number, id=text)
        for cue in _rules().raw[kind]
        for text, number in cue["examples"].items()
    ]


@pytest.mark.parametrize(("text", "number"), _examples("killed"))
def test_an_example_of_killed_gives_its_number(text: str, number: int | None) -> None:
    assert casualties(text).killed == number


@pytest.mark.parametrize(("text", "number"), _examples("wounded"))
def test_an_example_of_wounded_gives_its_number(text: str, number: int | None) -> None:
    assert casualties(text).wounded == number


@pytest.mark.parametrize(
    ("text", "killed", "wounded"),
    [
        ("The bomb killed 12 and wounded 30.", 12, 30),
        ("The raid left two guards dead and one injured.", 2, 1),
        ("In the attack 1 officer was killed and 3 more were wounded.", 1, 3),
        ("26 people were killed and 17 injured in Telm by gunfire.", 26, 17),
        ("They killed 16 people, including three children and a priest.", 16, None),
        ("Killing six and injuring four soldiers in Ordan, the men fled.", 6, 4),
        ("At least 9 people were killed, among them two nurses.", 9, None),
        ("Ten guards and a deserter were killed in an ambush.", 11, None),
        ("The army killed 120–140 men.", None, None),
        ("Up to 50 people were killed.", None, None),
        ("Hundreds were killed and dozens injured.", None, None),
        ("No one was killed.", 0, None),
        ("He was not killed.", None, None),
        ("The Column did not kill 12 men.", None, None),
        ("They said the plan would kill 200 people.", None, None),
        ("Two gunmen killed five guards and wounded a driver.", 5, 1),
        ("The Column has 1,200 fighters.", None, None),
        ("The blast killed 12 people in Telm and 7 in Ordan; in all 19 people were killed.", 19, None),
        ("He was killed in 2003.", None, None),
        ("The blast killed 12 and 30 were wounded.", 12, 30),
        ("They killed three and two were injured.", 3, 2),
        ("They killed\nat least\n12 people.", 12, None),
    ],
)
def test_a_sentence_gives_its_killed_and_wounded(text: str, killed: int | None, wounded: int | None) -> None:
    assert casualties(text) == Casualties(killed, wounded)


@pytest.mark.parametrize(
    ("text", "quote", "lowest", "kind"),
    [
        ("with at least 12 men", "at least 12", 12, "at_least"),
        ("more than 1,200 men", "more than 1,200", 1200, "at_least"),
        ("some 300 men", "some 300", 300, "about"),
        ("two men", "two", 2, "exact"),
        ("twenty-eight men", "twenty-eight", 28, "exact"),
        ("two hundred and five men", "two hundred and five", 205, "exact"),
        ("1.3 million people", "1.3 million", 1_300_000, "exact"),
        ("a dozen men", "a dozen", 12, "about"),
        ("between 5 and 10 men", "between 5 and 10", None, "range"),
        ("5-10 men", "5-10", None, "range"),
        ("dozens of men", "dozens", None, "vague"),
        ("up to 50 men", "up to 50", None, "about"),
    ],
)
def test_a_count_is_found_with_its_words(text: str, quote: str, lowest: int | None, kind: str) -> None:
    (count,) = find_counts(text)
    assert (text[count.start : count.end], count.lowest, count.kind) == (quote, lowest, kind)


def test_a_range_keeps_its_upper_end() -> None:
    assert find_counts("between 5 and 10 men")[0].highest == 10


@pytest.mark.parametrize(
    "text", ["AK-47", "M23", "3rd Brigade", "9/11", "12%", "version 1.2.3", "no number here"]
)
def test_what_counts_nothing_gives_nothing(text: str) -> None:
    assert find_counts(text) == []


@given(st.text(max_size=120))
def test_any_text_is_read_without_error(text: str) -> None:
    casualties(text)
    for count in find_counts(text):
        assert 0 <= count.start < count.end <= len(text)


@given(st.integers(2, 900_000))
def test_a_number_in_digits_is_itself(number: int) -> None:
    assert casualties(f"The blast killed {number:,} people and wounded {number:,} more.") == Casualties(
        number, number
    )
