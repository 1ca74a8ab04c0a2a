"""A report of 17 pages, from a PDF on disk to sourced claims, as a user meets it: one verb after another.

The report is laid out here, so that what stands on which page is known: running headers and page
numbers, a hyphen at a line end, a footnote, and on every page a sentence that runs on over the page's end.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

PAGES = 17
HEADER = "Institute of Ordanian Studies"
TITLE = "Brigades of the Ordan Valley"
COLLIGATE = [sys.executable, "-c", "from colligate.cli import main; main()"]

# Page n tells of the n-th of these, who founded the n-th brigade in 1970 + n.
FOUNDERS = [
    "Brann Okot", "Yun Darel", "Ida Moss", "Reth Vask", "Omar Tal", "Lena Orm", "Sefa Ruun", "Marek Duvan",
    "Petra Orlo", "Emre Kolt", "Anka Reyl", "Pavel Enn", "Rasim Doleth", "Nadir Sohl", "Venna Halk",
    "Kassim Tolm", "Mirel Tashk",
]  # fmt: skip
BRIGADES = [
    "Amber", "Basalt", "Cedar", "Dune", "Ebony", "Flint", "Granite", "Heron", "Ivory", "Jasper", "Kestrel",
    "Larch", "Marble", "Nettle", "Onyx", "Plover", "Quartz",
]  # fmt: skip
FILLER = (
    "The archive of the valley holds many letters about the roads and the harvest. The clerks kept them in "
    "wooden boxes and wrote the weight of the grain on each of them. "
)


def _page_text(number: int) -> str:
    """The text of a page; the last sentence of all but the last page ends on the next one."""
    founder, brigade = FOUNDERS[number - 1], BRIGADES[number - 1]
    told = f"In {1970 + number} {founder} founded the {brigade} Brigade. "
    if number == 5:
        told += (
            "According to Hadrin Osk, the Ebony Brigade was trained by the Flint Bri-\ngade with organi-\n"
            "sation manuals. "
        )
    return FILLER * 4 + told + FILLER * 4


def _running_on(number: int) -> tuple[str, str]:
    """The two halves of the sentence that runs from page ``number`` to the next."""
    founder, brigade = FOUNDERS[number - 1], BRIGADES[number - 1]
    return (
        f"In the spring of {1980 + number} {founder}, who still led",
        f"the {brigade} Brigade, was arrested in Port Sel by the border guard. ",
    )


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The PDF."""
    canvas_of = pytest.importorskip("reportlab.pdfgen.canvas", reason="reportlab comes with the [dev] extra")
    split = pytest.importorskip("reportlab.lib.utils").simpleSplit
    path = tmp_path_factory.mktemp("report") / "ordan valley.pdf"
    canvas = canvas_of.Canvas(str(path), pagesize=(595, 842), invariant=1)
    canvas.setTitle(TITLE)
    for number in range(1, PAGES + 1):
        canvas.setFont("Times-Roman", 9)
        canvas.drawString(72, 800, HEADER)
        canvas.drawString(300, 40, str(number))
        at = 760
        if number == 1:
            canvas.setFont("Times-Bold", 18)
            canvas.drawString(72, at, TITLE)
            at -= 40
        text = _page_text(number)
        if number > 1:
            text = _running_on(number - 1)[1] + text
        if number < PAGES:
            text += _running_on(number)[0]
        canvas.setFont("Times-Roman", 11)
        for part in text.split("\n"):
            for line in split(part, "Times-Roman", 11, 450):
                canvas.drawString(72, at, line)
                at -= 14
        canvas.showPage()
    canvas.save()
    return path


class Case:
    """The verbs on the case that the report was read into."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        env = {name: value for name, value in os.environ.items() if not name.startswith("COLLIGATE")}
        return subprocess.run(
            [*COLLIGATE, *arguments, "--case", "case"],
            cwd=self.folder, capture_output=True, text=True, encoding="utf-8", check=False, env=env,
        )  # fmt: skip

    def json(self, *arguments: str) -> Any:
        done = self.run(*arguments, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


@pytest.fixture(scope="module")
def case(report: Path) -> Case:
    made = Case(report.parent)
    done = made.run("read", report.name)
    assert done.returncode == 0, done.stderr
    return made


def test_the_document_is_what_was_laid_out(case: Case) -> None:
    (document,) = case.json("documents")["documents"]
    assert (document["title"], document["pages"], document["language"]) == (TITLE, PAGES, "en")
    assert case.json("search", "Institute") == []  # running headers leave the text
    assert case.json("search", '"organisation manuals"')  # a word broken at a line end is one again


@pytest.mark.parametrize("number", range(1, PAGES + 1))
def test_a_page_s_founder_is_found_on_it_in_the_year_told(case: Case, number: int) -> None:
    found = case.json("ties", "--type", "founder_of", "--actor", FOUNDERS[number - 1])
    (tie,) = [one for one in found if one["object"]["name"] == f"{BRIGADES[number - 1]} Brigade"]
    (evidence,) = tie["evidence"]
    assert evidence["page"] == number
    assert tie["when"]["edtf"] == str(1970 + number)
    assert tie["stance"] == "asserted"


def test_a_sentence_over_a_page_s_end_is_one_sentence(case: Case) -> None:
    arrests = case.json("events", "--type", "arrest")
    seen = {
        (who["name"], arrest["when"]["edtf"])
        for arrest in arrests
        for who in arrest["roles"].get("subject", [])
        if arrest["when"]
    }
    assert seen >= {(FOUNDERS[number - 1], f"{1980 + number}-21") for number in range(1, PAGES)}


def test_every_quote_stands_on_its_page_of_the_original(case: Case, report: Path) -> None:
    with pypdfium2.PdfDocument(report) as pdf:
        pages = [_letters(page.get_textpage().get_text_bounded()) for page in pdf]
    claims = [json.loads(line) for line in case.run("export", "claims").stdout.splitlines()]
    assert len(claims) > 3 * PAGES
    for claim in claims:
        for evidence in claim["evidence"]:
            here = pages[evidence["page"] - 1]
            over = pages[evidence["page"]] if evidence["page"] < PAGES else ""
            quote = _letters(evidence["quote"])
            cuts = range(1, len(quote))
            assert quote in here or any(
                here.find(quote[:cut]) >= 0 and over.find(quote[cut:]) >= 0 for cut in cuts
            ), evidence


def _letters(text: str) -> str:
    """Letters and digits alone: spaces, hyphens and line ends are what a repair may change."""
    return "".join(filter(str.isalnum, text))


def test_one_claim_is_shown_in_its_paragraph(case: Case) -> None:
    (tie, *_) = case.json("ties", "--type", "founder_of", "--actor", "Ida Moss")
    shown = case.run("claim", tie["id"][:8]).stdout
    for words in ("Ida Moss", "Cedar Brigade", "1973", TITLE, "page 3"):
        assert words in " ".join(shown.split())


def test_who_says_so_is_kept(case: Case) -> None:
    (told,) = case.json("ties", "--according-to", "Hadrin Osk", "--type", "trained")
    assert (told["subject"]["name"], told["object"]["name"]) == ("Flint Brigade", "Ebony Brigade")
    assert [link["cue"] for link in told["attribution"]] == ["according to"]
    assert told["evidence"][0]["page"] == 5


def test_the_tables_hold_every_claim(case: Case) -> None:
    done = case.run("export", "csv", "--out", "tables")
    assert done.returncode == 0, done.stderr
    tables = [case.folder / "tables" / name for name in ("ties.csv", "events.csv")]
    rows = sum(len(list(csv.DictReader(table.read_text("utf-8-sig").splitlines()))) for table in tables)
    assert rows == len(case.run("export", "claims").stdout.splitlines())


def test_reading_it_again_changes_nothing_and_the_case_is_sound(case: Case, report: Path) -> None:
    before = case.run("export", "claims").stdout
    assert case.json("read", report.name)["unchanged"] == 1
    assert case.json("read", report.name, "--again")["documents"] == 1
    assert case.run("export", "claims").stdout == before
    assert {one["health"] for one in case.json("doctor") if one["about"] == "case"} == {"good"}
