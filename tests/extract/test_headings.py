from tests.extract.marked import marked

from colligate.extract.base import Reading
from colligate.extract.headings import headings


def _found(reading: Reading) -> list[tuple[str, bool]]:
    text = reading.document.text
    return [(text[h.start : h.end], h.naming >= 0) for h in headings(reading)]


def test_short_lines_after_a_blank_line_are_headings_and_a_name_fills_some() -> None:
    reading = marked(
        "[Velk Column](organisation) (VC)\nIt grew in the hills.\n\nLater Years\nIt moved.\n\n"
        "The [Azure Band](organisation)\nIt split."
    )
    assert _found(reading) == [("Velk Column (VC)", True), ("Later Years", False), ("The Azure Band", True)]


def test_a_sentence_is_no_heading() -> None:
    assert _found(marked("The [Velk Column](organisation) grew.\n\nIt fought on.")) == []
