"""Real texts, where they lie beside the checkout: nothing of them may be lost or altered."""

from __future__ import annotations

from pathlib import Path

import pytest

from colligate.readers import read_unguarded

SHARED = Path(__file__).parents[3] / "shared"
# The half of the corpus that may be looked at.
NAMES = [
    "report-1",
    "911-ch2-b",
    "911-ch5-a",
    "mali-war",
    "syria-early",
    "farc",
    "al-qaeda",
    "raf",
    "canada-a",
]

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the annotated corpus is not beside the checkout"),
]


@pytest.mark.parametrize("name", NAMES)
def test_every_block_stands_in_the_file_verbatim(name: str) -> None:
    data = (SHARED / "corpus" / f"{name}.txt").read_bytes()
    document = read_unguarded(data, name=f"{name}.txt")
    folded = " ".join(data.decode().split())
    # Cells of a table lose the bars between their rows; everything else is word for word.
    missing = [block for block in document.blocks if document.text[block.start : block.end] not in folded]
    assert missing == []
    kept = sum(map(str.isalnum, document.text))
    assert kept == sum(map(str.isalnum, folded))


def test_a_report_taken_out_of_its_pdf_has_paragraphs_again() -> None:
    document = read_unguarded((SHARED / "corpus" / "report-1.txt").read_bytes(), name="report-1.txt")
    kinds = [block.kind.value for block in document.blocks]
    assert (kinds.count("heading"), kinds.count("paragraph")) == (2, 18)


def test_two_columns_are_read_one_after_the_other() -> None:
    data = (SHARED / "texts" / "knowledgenet_paper_two_column.pdf").read_bytes()
    document = read_unguarded(data, name="a.pdf")
    headings = [document.text[b.start : b.end] for b in document.blocks if b.kind.value == "heading"]
    numbered = [heading for heading in headings if heading[:1].isdecimal() and "." not in heading.split()[0]]
    assert [heading.split()[0] for heading in numbered] == [str(n) for n in range(1, len(numbered) + 1)]
    assert len(document.footnotes) >= 9
    assert all(note.mark_at >= 0 for note in document.footnotes)
