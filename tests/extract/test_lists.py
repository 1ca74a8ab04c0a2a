import pytest

from colligate.extract.lists import Entry, NameList, list_key
from colligate.extract.names import known_names
from colligate.extract.names_words import shapes
from colligate.extract.tokens import tokenize


def matched(names: list[str], text: str) -> list[str]:
    tokens = tokenize(text)
    listed = NameList([(name, Entry(name, "organisation", "test")) for name in names])
    return [
        text[tokens.start[m.first] : tokens.end[m.last - 1]] for m in listed.matches(tokens, shapes(tokens))
    ]


@pytest.mark.parametrize(
    ("listed", "written"),
    [
        ("Harakat ul-Velk", "Harakat-al-Velk"),
        ("Harakat ul-Velk", "Harakat ulVelk"),
        ("al-Velka", "Al Velka"),
        ("al-Velka", "alVelka"),
        ("Jamaat Orsán", "Jama’at Orsan"),
        ("Velkaeda", "Velkaida"),
        ("Mujahideen of Velk", "Mujahidin of Velk"),
        ("VLF", "VLF"),
        ("V.L.F.", "VLF"),
        ("Velk Front", "VELK FRONT"),
    ],
)
def test_spellings_of_one_name_match(listed: str, written: str) -> None:
    assert matched([listed], f"men of {written} came") == [written]


@pytest.mark.parametrize(
    ("listed", "text"),
    [
        ("VLF", "a vlf radio and a Vlf one"),
        ("Velk Front", "the velk front and the Velk front"),
        ("Velk", "the Velkan men of Unvelk"),
        ("Velk Front", "in Velk. Front men came"),
    ],
)
def test_other_words_do_not_match(listed: str, text: str) -> None:
    assert matched([listed], text) == []


def test_the_longest_name_wins() -> None:
    assert matched(["Velk", "Velk Front", "Front"], "the Velk Front") == ["Velk Front"]


def test_a_name_with_small_words_is_not_listed() -> None:
    assert matched(["men who Velk"], "boys and Velk") == []


def test_the_article_before_a_match_belongs_to_it() -> None:
    assert matched(["Velka"], "men of al-Velka came") == ["al-Velka"]


def test_keys_of_plain_and_awkward_names_agree() -> None:
    assert list_key("Mazar Sharan") == list_key("Mazar-Sharan") == list_key("mazar".title() + " Sharān")


def test_the_shipped_list_is_built_once() -> None:
    assert known_names() is known_names()
    assert len(known_names()) > 5_000
