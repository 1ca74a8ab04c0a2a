"""The way back to the original: what every reader must keep, whatever the file."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from colligate.errors import DocumentError
from colligate.model import Document, Span
from colligate.readers import Limits
from colligate.readers.parse import parse

WORDS = st.sampled_from(
    [
        "The",
        "council",
        "of",
        "the",
        "hills",
        "met",
        "Osman",
        "Tarrin",
        "in",
        "1999.",
        "And",
        "said:",
        "“no”,",
        "al-Tarrin",
        "strong-",
        "willed",
        "Émile",
        "é",
        "\u200b",
        "[1]",
        "12",
        "==",
        "*",
        "-",
        "|",
        "#",
        ">",
        "**",
        "_x_",
        "<p>",
        "</p>",
        "<sup>1</sup>",
        "&amp;",
        "\x00",
        "\ufeff",
        "fi",
        "ﬁn",
        "men,Bin",
        "\u2028",
        "\xa0",
        "\x0c",
    ]
)
TEXTS = st.lists(
    st.tuples(WORDS, st.sampled_from([" ", "\n", "\r\n", "\n\n", "  ", "\t", "", "\f"])),
    min_size=1,
    max_size=120,
).map(lambda pairs: "".join(word + gap for word, gap in pairs))


def check(document: Document, raw: dict[int, str]) -> None:
    """Raises AssertionError unless the document's places fit its text and the raw text."""
    covered = 0
    for origin in document.origins:
        assert covered <= origin.start < origin.end <= len(document.text)
        # Only the parting of two blocks has no origin.
        assert document.text[covered : origin.start].strip("\n") == ""
        covered = origin.end
        assert 0 <= origin.source_start <= origin.source_end <= len(raw[origin.page])
        if not origin.repair:
            assert (
                document.text[origin.start : origin.end]
                == raw[origin.page][origin.source_start : origin.source_end]
            )
    assert document.text[covered:].strip("\n") == ""
    last = 0
    for block in document.blocks:
        assert last <= block.start < block.end
        assert document.text[block.start : block.end].strip() == document.text[block.start : block.end]
        assert "\n" not in document.text[block.start : block.end]
        last = block.end
    assert document.body_end <= len(document.text)
    for note in document.footnotes:
        assert document.body_end <= note.start <= note.end <= len(document.text)
        assert -1 <= note.mark_at < document.body_end
    pages = [document.page_of(at) or 0 for at in range(document.body_end)]
    assert pages == sorted(pages)


@given(TEXTS, st.sampled_from(["a.txt", "a.md", "a.html"]))
@settings(max_examples=200, deadline=None)
def test_every_piece_leads_back(text: str, name: str) -> None:
    data = f"<html><body>{text}</body></html>" if name == "a.html" else text
    try:
        document, raw = parse(data.encode(), name=name, limits=Limits(), joined={})
    except DocumentError:
        return
    check(document, raw)


@given(
    st.lists(
        st.lists(st.lists(WORDS, min_size=1, max_size=9), min_size=1, max_size=12), min_size=1, max_size=4
    )
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_piece_of_a_pdf_leads_back(
    make_pdf: Callable[..., bytes], pages: list[list[list[str]]]
) -> None:
    data = make_pdf(
        [[(72, 780 - 14 * at, " ".join(words)) for at, words in enumerate(lines)] for lines in pages]
    )
    try:
        document, raw = parse(data, name="a.pdf", limits=Limits(), joined={})
    except DocumentError:
        return
    check(document, raw)


@given(
    st.binary(max_size=400), st.sampled_from(["a.txt", "a.pdf", "a.docx", "a.epub", "a.html", "a.md", "a"])
)
@settings(max_examples=150, deadline=None)
def test_any_bytes_give_a_document_or_a_typed_error(data: bytes, name: str) -> None:
    try:
        document, raw = parse(data, name=name, limits=Limits(), joined={})
    except DocumentError:
        return
    check(document, raw)


def test_a_quote_leads_to_its_characters_in_the_file() -> None:
    text = "  The council met\nin the   hills of Tellaria.\n"
    document, _ = parse(text.encode(), name="a.txt", limits=Limits(), joined={})
    at = document.text.index("hills")
    (origin,) = document.origins_of(Span(at, at + 5))
    assert text[origin.source_start : origin.source_end] == "hills"


@pytest.mark.parametrize("words", ["a", "The council met.", "a b\nc d"])
def test_reading_twice_gives_the_same(words: str) -> None:
    once = parse(words.encode(), name="a.txt", limits=Limits(), joined={})
    assert once == parse(words.encode(), name="a.txt", limits=Limits(), joined={})
