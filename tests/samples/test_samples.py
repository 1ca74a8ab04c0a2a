"""The sample reports: complete, the same bytes on every build, and as awkward as they promise to be."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pypdfium2
import pytest

from colligate.samples import sample_files
from colligate.vocabulary import load

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "training" / "samples"
EXPECTED = ROOT / "src" / "colligate" / "samples" / "expected.md"
SOURCE_OF = {
    "ridge-and-river.pdf": "ridge-and-river.md",
    "panel-report.docx": "panel-report.md",
    "who-leads.html": "who-leads.md",
}


def source_text(name: str) -> str:
    """The report's text without marks, markup and front matter, white space folded."""
    text = (SOURCES / SOURCE_OF[name]).read_text(encoding="utf-8").split("---\n", 2)[2]
    return " ".join(re.sub(r"\[\^\d+\]:?|\*", "", text).split())


def tables() -> list[tuple[str, list[dict[str, str]]]]:
    """The tables of expected.md: (heading, rows as mappings from the header)."""
    found: list[tuple[str, list[dict[str, str]]]] = []
    for section in EXPECTED.read_text(encoding="utf-8").split("\n## ")[1:]:
        lines = [line for line in section.splitlines() if line.startswith("|")]
        cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
        if cells:
            rows = [dict(zip(cells[0], row, strict=True)) for row in cells[2:]]
            found.append((section.splitlines()[0], rows))
    return found


def test_every_sample_is_there() -> None:
    assert [path.name for path in sample_files()] == list(SOURCE_OF)
    assert all(path.is_file() and path.stat().st_size > 1000 for path in sample_files())


def test_the_build_gives_the_committed_bytes(tmp_path: Path) -> None:
    pytest.importorskip("reportlab", reason="reportlab comes with the [dev] extra")
    script = ROOT / "training" / "build_samples.py"
    subprocess.run([sys.executable, str(script), str(tmp_path)], check=True)
    for path in sample_files():
        built = tmp_path / path.name
        if path.suffix == ".pdf":  # compressed streams differ between versions of zlib: compare the text
            assert pages(built) == pages(path)
        elif path.suffix == ".docx":
            assert parts(built) == parts(path)
        else:
            assert built.read_bytes() == path.read_bytes()


def pages(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist() if name.startswith("word/document")}


def test_the_pdf_is_as_awkward_as_a_real_one() -> None:
    _, *body = pages(sample_files()[0])
    lines = [page.splitlines() for page in body]
    assert len({page[0] for page in lines}) == 1, "a running header"
    assert [page[1] for page in lines] == ["2", "3", "4"], "page numbers"
    assert any("\ufffe" in line for page in lines for line in page), "words broken at line ends"
    assert any(re.search(r"”\.\d$|”\.\d ", line) for page in lines for line in page), "marks of notes"
    body_ends = [[line for line in page if not re.match(r"\d ", line)][-1] for page in lines[:-1]]
    assert any(not end.endswith((".", "”")) for end in body_ends), "a sentence over a page end"


def test_the_docx_has_footnotes_and_a_table() -> None:
    with zipfile.ZipFile(sample_files()[1]) as package:
        assert b"CLS/2005/88" in package.read("word/footnotes.xml")
        body = package.read("word/document.xml")
    assert b"<w:footnoteReference" in body
    assert b"<w:tbl>" in body


def test_the_html_hides_what_must_not_be_read() -> None:
    page = sample_files()[2].read_text(encoding="utf-8")
    assert 'name="author" content="Tobin Arrel"' in page
    assert "display:none" in page
    assert "1871" not in source_text("who-leads.html")


@pytest.mark.parametrize("name", SOURCE_OF)
def test_lengths(name: str) -> None:
    assert 700 <= len(source_text(name).split()) <= 1100


def test_expected_words_stand_in_the_reports() -> None:
    checked = 0
    for heading, rows in tables():
        for row in rows:
            name = row.get("report") or heading.removeprefix("Ties: ")
            if "words" in row:
                assert row["words"] in source_text(name), row["words"]
                checked += 1
    assert checked > 60


def test_expected_types_are_the_vocabularys() -> None:
    vocabulary = load()
    kinds = {}
    for heading, rows in tables():
        if heading == "Actors":
            kinds = {row["name"]: row["kind"] for row in rows}
            assert set(kinds.values()) <= vocabulary.entity_kinds.keys()
        elif heading.startswith("Ties"):
            for row in rows:
                tie = vocabulary.ties[row["type"]]
                assert row["stance"] in vocabulary.stances
                assert kinds[row["subject"]] in tie.subjects
                if row["object"]:
                    assert kinds[row["object"]] in tie.objects, row
        elif heading == "Events":
            for row in rows:
                assert row["outcome"] in vocabulary.outcomes
                assert row["stance"] in vocabulary.stances
                if row["who"]:
                    assert row["who"].split(":")[0] in vocabulary.events[row["type"]].roles


def test_actors_are_named_in_the_reports() -> None:
    text = " ".join(source_text(name) for name in SOURCE_OF)
    for heading, rows in tables():
        if heading == "Actors":
            for row in rows:
                for name in [row["name"], *filter(None, row["also written"].split("; "))]:
                    assert name in text or name.lower() in text.lower(), name


def test_no_invented_name_is_a_real_place_or_a_known_actor() -> None:
    data = ROOT / "src" / "colligate" / "extract" / "data"
    real: set[str] = set()
    for path in [*data.glob("places_c*.tsv"), *data.glob("places_regions.tsv"), *data.glob("actors*.tsv")]:
        rows = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
        real |= {name.strip(" ?").casefold() for row in rows for name in re.split(r"[\t;]", row)}
    assert len(real) > 10_000
    [actors] = [rows for heading, rows in tables() if heading == "Actors"]
    names = {name for row in actors for name in (row["name"], *row["also written"].split("; ")) if name}
    words = {word for row in actors if row["kind"] in ("person", "place") for word in row["name"].split()}
    assert not {name for name in names | words if name[0].isupper() and name.casefold() in real}
