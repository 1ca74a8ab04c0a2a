from __future__ import annotations

import pytest

from colligate.model import BlockKind
from colligate.readers import read_unguarded

WRAPPED = """ 1. The Northern Front and its
friends abroad

The Northern Front grew out of a council of elders that met in the hills of Tellaria in
the spring of 1991. Its first leader was Osman Tarrin, a teacher, who had come back from
the coast two years before and who kept the council together.
In later years the Front was led by his brother. He said that the Front would never
 give up the hills, and that
its men would stay. Those who left joined the Army of the Coast, as many of them had
friends there from before the war.
"""


def test_wrapped_lines_become_paragraphs_of_single_spaces() -> None:
    document = read_unguarded(WRAPPED.encode(), name="a.txt")
    kinds = [(block.kind, document.text[block.start : block.end]) for block in document.blocks]
    assert kinds[0] == (BlockKind.HEADING, "1. The Northern Front and its friends abroad")
    assert kinds[1][1].startswith(
        "The Northern Front grew out of a council of elders that met in the hills of Tellaria in the spring"
    )
    assert kinds[1][1].endswith("kept the council together.")
    assert kinds[2][1].startswith("In later years the Front was led")
    assert "would never give up the hills, and that its men would stay." in kinds[2][1]


def test_letters_of_a_text_file_stay_as_they_are() -> None:
    text = "The men of Harakat-eTellar met Osman,Tarrin in\nthe hills. It was a cease-\nfire and no peace."
    document = read_unguarded(text.encode(), name="a.txt")
    assert "".join(document.text.split()) == "".join(text.split())


def test_one_paragraph_a_line_with_headings_lists_and_tables() -> None:
    text = (
        "Northern Front\n\nThe Northern Front was an armed group in Tellaria, founded in 1991 "
        "by teachers.[1]\n\n"
        "== Split ==\n\nIn 1999 the Front split.[2]\n\n-   Osman Tarrin stayed.\n-   Adam Marsh left.\n\n"
        "| leader | Osman Tarrin |\n| --- | --- |\n\nSee also\n\nThe coast is far away from the hills.\n\n"
        "[1] Marsh, The Long Road, p. 4.\n\n[2]\n\n[3] Tarrin, Memoirs."
    )
    document = read_unguarded(text.encode(), name="front.txt")
    kinds = [block.kind.value for block in document.blocks]
    assert kinds == [
        "heading", "paragraph", "heading", "paragraph", "list_item", "list_item", "table_row", "heading",
        "paragraph", "footnote", "footnote",
    ]  # fmt: skip
    assert document.title == "Northern Front"
    assert document.blocks[2].level == 1
    assert [document.text[b.start : b.end] for b in document.blocks[4:6]] == [
        "Osman Tarrin stayed.",
        "Adam Marsh left.",
    ]
    first, last = document.footnotes
    assert document.text[first.start : first.end] == "Marsh, The Long Road, p. 4."
    assert document.text[: first.mark_at + 1].endswith("founded in 1991 by teachers.")
    assert (last.mark, last.mark_at) == ("3", -1)
    assert document.text[: document.body_end].endswith("from the hills.")


def test_short_names_over_their_descriptions_are_headings() -> None:
    long = "It was formed in the north of Tellaria after the war and grew to many men. " * 3
    text = f"Coast Brigade\nAlso known as: Brigade of the Coast, CB\n{long}\n\nHill League\n{long}\n"
    document = read_unguarded(text.encode(), name="groups.txt")
    headings = [document.text[b.start : b.end] for b in document.blocks if b.kind is BlockKind.HEADING]
    assert headings == ["Coast Brigade", "Hill League"]


def test_form_feeds_part_pages_and_running_lines_leave_the_text() -> None:
    pages = [
        f"Tellaria Institute Report {n}\n\nThe council met in the year of page {word} and the "
        "men of the hills were\n"
        f"there for a long while, since the talks of page {word} went on and on without\nan end "
        "that anyone in the room could see or\n"
        for n, word in enumerate(["one", "two", "three", "four"], 1)
    ]
    document = read_unguarded("\f".join(pages).encode(), name="a.txt")
    assert "Tellaria Institute" not in document.text
    assert [page.number for page in document.pages] == [1, 2, 3, 4]
    assert [page.label for page in document.pages] == ["1", "2", "3", "4"]
    assert document.page_of(document.text.index("page three")) == 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_encodings(encoding: str) -> None:
    text = (
        "Émile Tarrin of the “Front” – said nothing. The council went home after that long day in the hills."
    )
    assert read_unguarded(text.encode(encoding), name="a.txt").text == text


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_single_byte_encodings_are_read_with_a_warning(encoding: str) -> None:
    text = (
        "Émile Tarrín sat in the café of Señor Muñoz in the old town. The déjà vu of the council went on. "
        * 4
    )
    document = read_unguarded(text.encode(encoding), name="a.txt")
    assert document.text == text.strip()
    assert any("cp1252" in warning for warning in document.warnings)


def test_broken_utf8_keeps_the_rest() -> None:
    good = "Émile Tarrin sat in the café. The council – as ever – went on without him for a while. " * 5
    data = bytearray(good.encode())
    data[data.index("é".encode(), 60)] = 0xFF
    document = read_unguarded(bytes(data), name="a.txt")
    assert document.text.count("Émile Tarrin") == 5
    assert "\ufffd" in document.text
    assert any("damaged characters" in warning for warning in document.warnings)


def test_nul_bytes_and_marks_of_direction_leave_the_text() -> None:
    document = read_unguarded("Osman\x00 Tar\u200brin led\u200f the Front.\x00".encode(), name="a.txt")
    assert document.text == "Osman Tarrin led the Front."
    assert any("control characters" in warning for warning in document.warnings)


def test_a_megabyte_on_one_line_is_one_paragraph() -> None:
    text = "The council of the hills met and parted. " * 25_000
    document = read_unguarded(text.encode(), name="a.txt")
    assert document.text == text.strip()
    assert len(document.blocks) == 1


def test_a_language_that_is_not_read_is_stored_and_reported() -> None:
    text = (
        "Der Rat der Hügel kam im Frühling des Jahres in der alten Stadt zusammen und beschloss nichts. " * 5
    )
    document = read_unguarded(text.encode(), name="a.txt")
    assert (document.language, document.readable) == ("de", False)
    assert document.text == text.strip()
    assert any("cannot read" in warning for warning in document.warnings)


def test_a_text_in_two_languages_says_so() -> None:
    english = (
        "The council of the hills met in the spring of the year and decided nothing at all in the end. " * 30
    )
    german = (
        "Der Rat der Hügel kam im Frühling des Jahres in der alten Stadt zusammen und beschloss nichts. " * 20
    )
    document = read_unguarded((english + "\n\n" + german).encode(), name="a.txt")
    assert (document.language, document.readable) == ("en", True)
    assert any("another language (de)" in warning for warning in document.warnings)


def test_the_title_of_a_file_without_one_is_its_name() -> None:
    assert read_unguarded(b"the council met.", name="Hill_League report.txt").title == "Hill League report"
