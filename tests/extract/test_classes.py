import pytest

from colligate.extract.classes import load, regular_lemma, word_classes


def classes(sentence: str, *names: str) -> list[tuple[str, str]]:
    words = sentence.split()
    tags = word_classes(words, [word.casefold() for word in words], [word in names for word in words])
    return list(zip(words, tags, strict=True))


@pytest.mark.parametrize(
    ("sentence", "word", "tag"),
    [
        ("The attack was planned by the group .", "attack", "NN"),
        ("Velk announced plans to attack the base .", "attack", "VB"),
        ("The group , founded by Velk in 1986 , fled .", "founded", "VBN"),
        ("He founded the group in 1986 .", "founded", "VBD"),
        ("They used the money to fund Velk .", "fund", "VB"),
    ],
)
def test_the_neighbours_decide_what_a_word_is(sentence: str, word: str, tag: str) -> None:
    assert dict(classes(sentence, "Velk"))[word] == tag


def test_a_name_is_a_name_whatever_its_letters() -> None:
    assert dict(classes("Attack met Velk .", "Attack", "Velk"))["Attack"] == "NNP"


def test_no_words_have_no_classes() -> None:
    assert word_classes([], [], []) == []


@pytest.mark.parametrize(
    ("form", "base"),
    [
        ("ambushed", "ambush"), ("planning", "plan"), ("besieged", "besiege"), ("denied", "deny"),
        ("organised", "organise"), ("attacks", "attack"), ("overran", "overrun"), ("fled", "flee"),
        ("expelled", "expel"), ("settled", "settle"), ("led", "lead"),
    ],
)  # fmt: skip
def test_verb_forms_lead_to_their_base(form: str, base: str) -> None:
    assert load().lemma(form) == base


def test_a_word_that_is_no_verb_form_stays() -> None:
    assert regular_lemma("us") == "us"
