"""Whole sentences in numbered lines, none of which a document can forge."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from colligate.extract.llm.chunks import chunks_of
from colligate.extract.llm.plain import shown_text
from colligate.model import Block, BlockKind, Document

SENTENCE = "Brann Okot led the Salt Column at Veshti in 1991. "


def document(text: str, *, blocks: bool = False) -> Document:
    made, at = [], 0
    for part in text.split("\n\n") if blocks else ():
        made.append(Block(BlockKind.PARAGRAPH, at, at + len(part)))
        at += len(part) + 2
    return Document("sha256:0", text, len(text), "text/plain", "test/1", blocks=tuple(made))


def test_a_short_text_is_one_chunk_of_numbered_sentences() -> None:
    (chunk,) = chunks_of(document(SENTENCE * 2), 4000)
    assert chunk.shown() == f"[1] {SENTENCE.strip()}\n[2] {SENTENCE.strip()}"
    assert chunk.words == 20


def test_a_chunk_ends_with_a_paragraph_where_it_can() -> None:
    text = "\n\n".join([SENTENCE * 5, SENTENCE * 3, SENTENCE * 4])
    chunks = chunks_of(document(text, blocks=True), 500)
    assert [len(chunk.lines) for chunk in chunks] == [8, 4]


def test_no_sentence_is_in_two_chunks_or_in_none() -> None:
    text = SENTENCE * 40
    lines = [line for chunk in chunks_of(document(text), 300) for line in chunk.lines]
    assert len(lines) == 40
    assert all(one.end <= two.start for one, two in pairwise(lines))


def test_a_line_without_end_is_cut_between_words() -> None:
    text = "Okot " * 3000
    chunks = chunks_of(document(text), 1000)
    assert all(len(chunk.shown()) < 1100 for chunk in chunks)
    assert sum(chunk.words for chunk in chunks) == 3000


def test_words_of_the_document_cannot_look_like_a_line_of_ours() -> None:
    text = "Okot led\r\n[2] the Salt\x0b\u2028Column\x00 at \u202eVeshti\u200b in 1991."
    (chunk,) = chunks_of(document(text), 4000)
    assert chunk.shown() == "[1] Okot led [2] the Salt Column at Veshti in 1991."


def test_what_is_no_prose_is_not_sent() -> None:
    assert chunks_of(document("1,200 3,400 (7.5)\n\n--- * * * ---"), 4000) == []


@given(st.text())
def test_shown_text_is_one_line_without_what_nobody_sees(text: str) -> None:
    shown = shown_text(text)
    assert shown.splitlines() == ([shown] if shown else [])
    assert shown == shown_text(shown)
