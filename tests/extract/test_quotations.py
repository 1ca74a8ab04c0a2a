import pytest
from hypothesis import given
from hypothesis import strategies as st

from colligate.extract.base import Quotation
from colligate.extract.quotations import is_scare, quotation_at, quotations
from colligate.extract.tokens import tokenize
from colligate.model import Block, BlockKind, Document


def document(text: str, *, blocks: tuple[Block, ...] = ()) -> Document:
    return Document("sha256:0", text, len(text), "text/plain", "test", blocks=blocks)


def found(text: str) -> list[str]:
    return [text[q.start : q.end] for q in quotations(document(text))]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("He said “we came late” and left.", ["we came late"]),
        ('He said "we came late" and left.', ["we came late"]),
        ("He said „we came late“ and left.", ["we came late"]),
        ("Il dit «nous venons» et part.", ["nous venons"]),
        ("Er sagte »wir kommen« und ging.", ["wir kommen"]),
        ("from “two different bodies'', namely these", ["two different bodies"]),
        ("from ``two different bodies'' alone", ["two different bodies"]),
        ("He said ‘we came late’ and left.", ["we came late"]),
        ("He said 'we came late' and left.", ["we came late"]),
        ("a “large\ngroup of men” there", ["large\ngroup of men"]),
        ("(“Dawn”)", ["Dawn"]),
        ('the "snake"-like plan', ["snake"]),
        ("the so-called “Dawn”—a plan", ["Dawn"]),
        ("It said “the ‘old guard’ must go”.", ["the ‘old guard’ must go", "old guard"]),
        ("It said \"the 'old guard' must go\".", ["the 'old guard' must go", "old guard"]),
    ],
)
def test_marks_of_every_kind(text: str, quoted: list[str]) -> None:
    assert found(text) == quoted


@pytest.mark.parametrize(
    "text",
    [
        "the fighters' camp and Odar's men",
        "the fighters’ camp and Odar’s men",
        "‘Abd al-Rasul and al-Qa’ida’s men",
        "the ‘Uthman brothers’ house",
        "the '90s and Velk 's men",
        "Shi‘a towns",
    ],
)
def test_apostrophes_are_not_marks(text: str) -> None:
    assert found(text) == []


def test_a_mark_that_is_not_closed_ends_with_its_paragraph() -> None:
    assert found("He said “we came late.\n\nThe march went on, “as planned”.") == [
        "we came late.",
        "as planned",
    ]


def test_a_quotation_runs_over_a_paragraph_gap_when_its_end_comes_first() -> None:
    text = "He said “we came\n\nlate and left”. The march went on."
    assert found(text) == ["we came", "late and left"]


def test_each_paragraph_of_a_long_quotation_is_one() -> None:
    assert found("“We came late.\n\n“We left early.”") == ["We came late.", "We left early."]


def test_a_page_end_inside_a_block_does_not_end_the_quotation() -> None:
    text = "He said “we came\n\nlate” and left."
    block = Block(BlockKind.PARAGRAPH, 0, len(text))
    assert [text[q.start : q.end] for q in quotations(document(text, blocks=(block,)))] == ["we came\n\nlate"]


@pytest.mark.parametrize(
    ("text", "scare"),
    [
        ("“godfather of the march”", True),
        ("“Dawn”", True),
        ("“We left.”", False),
        ("“the men of the valley came to us at night”", False),
    ],
)
def test_terms_in_marks_are_told_from_speech(text: str, scare: bool) -> None:
    tokens = tokenize(text)
    assert is_scare(tokens, Quotation(1, len(text) - 1)) is scare


def test_the_innermost_quotation_is_found() -> None:
    text = "It said “the ‘old guard’ must go” twice."
    inner = quotation_at(quotations(document(text)), text.index("old"))
    assert inner is not None
    assert text[inner.start : inner.end] == "old guard"
    assert quotation_at(quotations(document(text)), text.index("twice")) is None


@given(st.text(alphabet="ab .,\n“”‘’\"'«»", max_size=80))
def test_quotations_lie_in_the_text_and_never_cross(text: str) -> None:
    spans = [(q.start, q.end) for q in quotations(document(text))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    for start, end in spans:
        assert not any(start < other < end < other_end for other, other_end in spans)
