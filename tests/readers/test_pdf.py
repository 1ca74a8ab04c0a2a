from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import pytest

from colligate.errors import DocumentError, ReadFailure
from colligate.model import Block, BlockKind, Document, Span
from colligate.readers import read_unguarded

MakePdf = Callable[..., bytes]


def column(x: float, top: float, lines: list[str], *, step: float = 14) -> list[tuple[float, float, str]]:
    """Lines one below the other."""
    return [(x, top - step * at, line) for at, line in enumerate(lines)]


def said(document: Document, block: Block) -> str:
    return document.text[block.start : block.end]


def bodies(document: Document) -> list[str]:
    return [said(document, block) for block in document.blocks if block.kind is BlockKind.PARAGRAPH]


LONG = [
    "The council of the hills met in the spring of the year and the men of",
    "the Northern Front came down to hear what the elders had to say on it.",
    "Osman Tarrin spoke first and at length, of the war and of those who had",
]


def test_running_lines_and_page_numbers_leave_the_text(make_pdf: MakePdf) -> None:
    pages = [
        [
            (72, 800, "Tellaria Institute - Report"),
            *column(72, 760, [f"On page {word} the story goes on.", *LONG[:2]]),
            (300, 30, f"- {number} -"),
        ]
        for number, word in enumerate(["one", "two", "three", "four"], 11)
    ]
    document = read_unguarded(make_pdf(pages), name="a.pdf")
    assert "Tellaria Institute" not in document.text
    assert "- 1" not in document.text
    assert [(page.number, page.label) for page in document.pages] == [
        (1, "11"),
        (2, "12"),
        (3, "13"),
        (4, "14"),
    ]
    assert document.page_of(document.text.index("On page three")) == 3


def test_a_sentence_over_a_page_end_is_one_sentence(make_pdf: MakePdf) -> None:
    pages = [
        [*column(72, 760, LONG), (300, 30, "1")],
        [*column(72, 760, ["gone before. Nobody answered him.", "Then they parted."]), (300, 30, "2")],
        [*column(72, 760, LONG[:2]), (300, 30, "3")],
    ]
    document = read_unguarded(make_pdf(pages), name="a.pdf")
    assert "of those who had gone before. Nobody answered him." in document.text
    assert document.page_of(document.text.index("gone before")) == 2
    at = document.text.index("who had gone")
    assert {origin.page for origin in document.origins_of(Span(at, at + 12))} == {1, 2}


def test_two_columns_are_read_one_after_the_other(make_pdf: MakePdf) -> None:
    left = [f"left line number {n} of the text that" for n in range(10)]
    right = [f"right line number {n} of the text that" for n in range(10)]
    document = read_unguarded(make_pdf([[*column(60, 760, left), *column(320, 760, right)]]), name="a.pdf")
    assert document.text.index("left line number 9") < document.text.index("right line number 0")


def test_words_cut_at_line_ends_are_mended_by_the_documents_own_words(make_pdf: MakePdf) -> None:
    lines = [
        "The govern-",
        "ment of Tellaria met the men of Harakat-e-",
        "Tellar in the north, and Harakat-e-Tellar met the strong-",
        "willed elders of the hills, whose strong-willed sons were alTarrin and",
        "others. Every man of al-Tarrin came, Osman,Bin Tarrin said to al-Tarrin.",
    ]
    document = read_unguarded(make_pdf([column(72, 760, lines)]), name="a.pdf")
    assert document.text == (
        "The government of Tellaria met the men of Harakat-e-Tellar in the north, and "
        "Harakat-e-Tellar met the "
        "strong-willed elders of the hills, whose strong-willed sons were al-Tarrin and others. Every man of "
        "al-Tarrin came, Osman, Bin Tarrin said to al-Tarrin."
    )
    repairs = {origin.repair for origin in document.origins}
    assert {"line end", "missing hyphen", "missing space"} <= repairs


def test_known_names_mend_what_the_document_writes_once(make_pdf: MakePdf) -> None:
    data = make_pdf(
        [column(72, 760, ["The men of Lashkar-eTellar came down to the coast in the spring of it."])]
    )
    assert "Lashkar-eTellar" in read_unguarded(data, name="a.pdf").text
    mended = read_unguarded(data, name="a.pdf", joined={"lashkaretellar": "Lashkar-e-Tellar"})
    assert "Lashkar-e-Tellar" in mended.text


def test_footnotes_stand_after_the_body_and_know_their_marks(make_pdf: MakePdf) -> None:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    page = [
        *column(72, 760, [*LONG[:2], "Tarrin led the Front for many years after that"]),
        (72 + stringWidth("Tarrin led the Front for many years after that", "Helvetica", 11), 736, "1", 6),
        *column(72, 700, ["Another paragraph stands here below it, and goes on.", *LONG]),
        (72, 80, "1", 6),
        (77, 76, "Marsh, The Long Road, p. 4.", 8),
    ]
    document = read_unguarded(make_pdf([page, column(72, 760, LONG)]), name="a.pdf")
    (note,) = document.footnotes
    assert document.text[note.start : note.end] == "Marsh, The Long Road, p. 4."
    assert note.mark == "1"
    assert document.text[: note.mark_at + 1].endswith("for many years after that")
    assert note.start >= document.body_end
    assert document.page_of(note.start) == 1
    assert [page.number for page in document.pages] == [1, 2, 1]
    assert document.page_count == 2


def test_headings_by_size_and_paragraphs_by_gaps(make_pdf: MakePdf) -> None:
    page = [
        (72, 780, "The Front and its Friends", 20),
        (72, 740, "Origins", 14),
        *column(72, 715, [*LONG[:2], "And that was all."]),
        *column(72, 650, ["A second paragraph of the same chapter begins here and goes", "on for a while."]),
    ]
    document = read_unguarded(make_pdf([page]), name="a.pdf")
    headings = [(said(document, b), b.level) for b in document.blocks if b.kind is BlockKind.HEADING]
    assert headings == [("The Front and its Friends", 1), ("Origins", 2)]
    assert len(bodies(document)) == 2
    assert document.title == "The Front and its Friends"


def test_metadata_and_dates(make_pdf: MakePdf) -> None:
    data = make_pdf(
        [[*column(72, 760, ["March 2012", *LONG])]], title="The Front", author="Adam Marsh; Ida Tarrin"
    )
    document = read_unguarded(data, name="a.pdf")
    assert document.title == "The Front"
    assert document.authors == ("Adam Marsh", "Ida Tarrin")
    assert document.published is not None
    assert (document.published.start_earliest, document.published.end_latest) == (
        date(2012, 3, 1),
        date(2012, 3, 31),
    )
    assert document.published_how == "printed on the first page"


def test_a_scan_says_that_ocr_is_needed() -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawImage(ImageReader(Image.new("L", (200, 280), 200)), 0, 0, 595, 842)
    canvas.showPage()
    canvas.save()
    with pytest.raises(DocumentError, match="holds pictures") as caught:
        read_unguarded(out.getvalue(), name="scan.pdf")
    assert caught.value.failure is ReadFailure.NEEDS_OCR
    assert "OCR" in caught.value.hint


def test_scanned_pages_among_others_are_named(make_pdf: MakePdf) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawString(72, 760, LONG[0])
    canvas.showPage()
    canvas.drawImage(ImageReader(Image.new("L", (200, 280), 200)), 0, 0, 595, 842)
    canvas.showPage()
    canvas.save()
    document = read_unguarded(out.getvalue(), name="a.pdf")
    assert any("Page 2 of 2" in warning and "OCR" in warning for warning in document.warnings)
