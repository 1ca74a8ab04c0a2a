"""Sentences of invented text, and every example of the abbreviations file."""

import pytest

from colligate.extract.base import Reading
from colligate.extract.names_data import rows
from colligate.extract.sentences import SentenceStage, sentence_spans
from colligate.model import Block, BlockKind, Document
from colligate.vocabulary import load


def document(text: str, *, blocks: tuple[Block, ...] = ()) -> Document:
    return Document("sha256:0", text, len(text), "text/plain", "test", blocks=blocks)


def sentences(text: str) -> list[str]:
    return [" ".join(text[start:end].split()) for start, end in sentence_spans(document(text))]


@pytest.mark.parametrize(
    ("example", "rule"), [(row[2], f"{row[0]} {row[1]}") for row in rows("abbreviations.tsv")]
)
def test_abbreviations_do_as_their_examples_say(example: str, rule: str) -> None:
    expected = [part.strip() for part in example.split("|")]
    assert sentences(" ".join(expected)) == expected, rule


@pytest.mark.parametrize(
    "expected",
    [
        ["J. M. Orsan met Gen. Velki."],
        ["Strikes against U.S. officials stopped.", "The anti-U.S. jihad went on."],
        ["It was “a large camp.", "Two groups trained there.", "Velki led both.”", "They left in May."],
        ["The group hides (it fled in 1998.", "Orsan stayed.)", "Then it came back."],
        ["764 men came.", "12 of them left."],
        ["Orsan left Velk in 1999.", "His men stayed."],
        ["It was over ... and he knew it."],
        ["Was it Orsan?", "Nobody knew!", "The men left."],
        ["He said no. 17 was his.", "Orsan agreed."],
    ],
)
def test_sentences_of_reports(expected: list[str]) -> None:
    assert sentences(" ".join(expected)) == expected


def test_an_acronym_cut_in_two_by_a_lost_hyphen_stays_whole() -> None:
    assert sentences("He preached antiU.S. hatred in Velk.") == ["He preached antiU.S. hatred in Velk."]


def test_a_sentence_runs_over_line_and_page_ends_but_not_over_blocks() -> None:
    text = "Orsan led the\nColumn.\nIt grew\n\nA heading\n\nIt split."
    assert sentences(text) == ["Orsan led the Column.", "It grew", "A heading", "It split."]


def test_blocks_of_the_document_bound_the_sentences() -> None:
    text = "A heading Orsan left."
    blocks = (Block(BlockKind.HEADING, 0, 9, 1), Block(BlockKind.PARAGRAPH, 10, len(text)))
    assert [text[s:e].strip() for s, e in sentence_spans(document(text, blocks=blocks))] == [
        "A heading",
        "Orsan left.",
    ]


def test_the_stage_gives_sentences_over_all_tokens_without_gaps() -> None:
    reading = Reading(document("Gen. Orsan left. He came back.\n\nThe men stayed."), load())
    SentenceStage().run(reading)
    assert [(s.first, s.last) for s in reading.sentences] == [(0, 5), (5, 9), (9, 13)]
    assert reading.sentences[0].end == len("Gen. Orsan left.")
    assert [s.index for s in reading.sentences] == [0, 1, 2]
    assert len(reading.tokens) == 13


def test_text_without_words_gives_no_sentence() -> None:
    reading = Reading(document(" \n\n \n"), load())
    SentenceStage().run(reading)
    assert reading.sentences == []


def test_what_has_no_full_stop_for_too_long_is_cut_behind_a_mark() -> None:
    # Semicolons are rarer than commas here, and part more.
    text = " ".join("Velm; " if number % 90 == 0 else "Orsan, Taro" for number in range(1, 3000))
    reading = Reading(document(text), load())
    SentenceStage().run(reading)
    assert max(sentence.last - sentence.first for sentence in reading.sentences) <= 400
    joints = [
        (one.last, two.first) for one, two in zip(reading.sentences, reading.sentences[1:], strict=False)
    ]
    assert joints
    assert all(last == first for last, first in joints)  # no token is lost
    assert {reading.tokens.text[last - 1] for last, _ in joints} == {";"}
    assert reading.sentences[-1].last == len(reading.tokens)


def test_words_without_any_mark_are_cut_all_the_same() -> None:
    reading = Reading(document("Orsan left " * 1000), load())
    SentenceStage().run(reading)
    assert [sentence.last - sentence.first for sentence in reading.sentences] == [400] * 5
