"""Folding, queries and paragraphs: the parts of a search."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colligate.errors import QueryError
from colligate.model import Block, BlockKind, Document
from colligate.store.fold import name_key, name_words, spans, words
from colligate.store.paragraphs import paragraphs
from colligate.store.query import parse


@pytest.mark.parametrize(
    "spelled",
    ["al-Nahr", "Al Nahr", "AL-NAHR", "alNahr", "al‑Nahr", "‘al-Nahr’", "ʿAl-Náhr", "al-Na\u0301hr"],
)
def test_spellings_of_one_name_have_one_key(spelled: str) -> None:
    assert name_key(spelled) == "alnahr"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Qa'ida’s Ömer’s group's O'Rahilly", ["qaida", "omer", "group", "orahilly"]),
        ("Jama'at-ul_Nahr", ["jamaat", "ul", "nahr"]),
        ("1999–2004, §5", ["1999", "2004", "5"]),
        ("Łódź Ærø STRASSE Straße", ["lodz", "aero", "strasse", "strasse"]),
        ("Война войны́", ["воина", "воины"]),
        ("الجَيْش", ["الجيش"]),
        ("½ ' … —", ["12"]),
        ("", []),
    ],
)
def test_words_of_the_index(text: str, folded: list[str]) -> None:
    assert words(text) == folded


def test_name_keeps_its_last_s() -> None:
    assert name_words("People's Front") == "peoples front"


@given(st.text())
def test_words_stand_where_they_are_said_to(text: str) -> None:
    placed = list(spans(text))
    assert [word for word, _, _ in placed] == words(text)
    for word, start, end in placed:
        assert 0 <= start < end <= len(text)
        assert word.replace("ß", "ss").isalnum()
        assert words(text[start:end]) == [word]
    assert all(one[2] <= other[1] for one, other in pairwise(placed))


@given(st.text())
def test_any_query_is_understood_or_refused_by_name(text: str) -> None:
    refused: QueryError | None = None
    try:
        assert parse(text).all_of
    except QueryError as error:
        refused = error
    assert refused is None or (refused.query == text and refused.hint)


@given(st.text(alphabet="ab -'\"*OR", max_size=20), st.text(alphabet="ab' -\n", max_size=60))
def test_marks_are_found_where_the_query_matches(asked: str, text: str) -> None:
    try:
        query = parse(asked)
    except QueryError:
        return
    if query.matches(words(text)):
        marks = query.marks(text)
        assert marks
        assert all(start < end for start, end in marks)
        snippet, inside = query.snippet(text)
        assert inside
        assert snippet in text


@given(
    st.lists(st.text("ab \n", max_size=12), max_size=6),
    st.lists(st.booleans(), min_size=6, max_size=6),
)
def test_no_word_is_outside_of_all_paragraphs(parts: list[str], marked: list[bool]) -> None:
    blocks, text = [], ""
    for part, is_block in zip(parts, marked, strict=False):
        if is_block and part:
            blocks.append(Block(BlockKind.PARAGRAPH, len(text), len(text) + len(part)))
        text += part
    document = Document("sha256:x", text, len(text), "text/plain", "plain", blocks=tuple(blocks))
    found = list(paragraphs(document))
    assert all(one[1] <= other[0] for one, other in pairwise(found))
    covered = set().union(*(range(start, end) for start, end in found)) if found else set()
    assert {at for at, letter in enumerate(text) if not letter.isspace()} <= covered


def test_text_without_blocks_is_parted_at_blank_lines() -> None:
    text = "\n One\ntwo. \n \t\n\n\nThree.\n"
    document = Document("sha256:x", text, len(text), "text/plain", "plain")
    assert [text[start:end] for start, end in paragraphs(document)] == ["One\ntwo.", "Three."]
