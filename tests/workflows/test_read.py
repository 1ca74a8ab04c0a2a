from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from colligate.errors import ReadFailure
from colligate.model import SHOWN_FROM, Review, Verdict
from colligate.readers import Limits
from colligate.store import ClaimFilter
from colligate.store.case import Case
from colligate.store.ledger import judgement
from colligate.vocabulary import load
from colligate.workflows.read import FileDone, FileFailure, ReadOptions, read
from colligate.workflows.reading import Extracted, FileReading, FileTask, Unread

DATA = Path(__file__).parents[1] / "data"
REPORT = DATA / "salt_and_stone.txt"


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with Case.create(tmp_path / "case") as made:
        yield made


class Watching:
    def __init__(self) -> None:
        self.files = 0
        self.told: list[tuple[str, str]] = []

    def begun(self, files: int) -> None:
        self.files = files

    def unchanged(self, source: str) -> None:
        self.told.append(("unchanged", source))

    def done(self, file: FileDone) -> None:
        self.told.append(("done", file.source))

    def failed(self, file: FileFailure) -> None:
        self.told.append((file.failure.value, file.source))


def snapshot(case: Case) -> list[object]:
    return [list(case.view.claims()), list(case.view.documents()), list(case.view.actors())]


def test_a_report_becomes_claims_that_show_their_words(case: Case) -> None:
    report = read([REPORT], case)
    assert (report.documents, report.unchanged, report.failures) == (1, 0, ())
    assert report.ties > 0
    assert report.words == len(REPORT.read_text("utf-8").split())
    claims = [recorded.claim for recorded in case.view.claims()]
    assert len(claims) == report.ties + report.events + report.suggestions
    for claim in claims:
        for evidence in claim.evidence:
            evidence.check(case.view.document_of(claim.id).text)


def test_reading_again_changes_nothing(case: Case) -> None:
    read([REPORT], case)
    before = snapshot(case)
    watching = Watching()
    report = read([REPORT], case, progress=watching)
    assert (report.documents, report.unchanged) == (0, 1)
    assert watching.told == [("unchanged", REPORT.name)]
    assert snapshot(case) == before


def test_reading_again_on_demand_keeps_claims_and_their_times(case: Case) -> None:
    read([REPORT], case)
    before = list(case.view.claims())
    report = read([REPORT], case, options=ReadOptions(again=True))
    assert (report.documents, report.unchanged) == (1, 0)
    assert list(case.view.claims()) == before


AGAIN = """Hana Brel leads the Ember League. She was born in Oshmar.

The town is calm. The Ember League is led by Hana Brel.
"""


def test_a_tie_stated_twice_is_one_claim_and_what_a_person_said_of_it_stands(
    case: Case, tmp_path: Path
) -> None:
    (tmp_path / "again.txt").write_text(AGAIN, encoding="utf-8")
    read([tmp_path / "again.txt"], case)

    def leads() -> list[tuple[str, int, Review]]:
        found = case.view.claims(ClaimFilter(types=("leader_of",), min_score=SHOWN_FROM))
        return [(one.claim.id, len(one.claim.evidence), one.claim.review) for one in found]

    ((first, count, _),) = leads()
    assert count == 2
    with case.writer() as writer:
        writer.add_judgement(judgement(Verdict.ACCEPT, first, by="ada", at=datetime.now(UTC)))
    read([tmp_path / "again.txt"], case, options=ReadOptions(again=True))
    assert leads() == [(first, 2, Review.ACCEPTED)]
    with case.writer() as writer:
        writer.add_judgement(judgement(Verdict.REJECT, first, by="ada", at=datetime.now(UTC)))
    read([tmp_path / "again.txt"], case, options=ReadOptions(again=True))
    (rejected, second) = leads()
    assert rejected == (first, 1, Review.REJECTED)
    assert second[1:] == (1, Review.UNREVIEWED)


def test_the_same_bytes_under_another_name_are_one_document(case: Case, tmp_path: Path) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_bytes(REPORT.read_bytes())
    read([REPORT], case)
    read([copy], case)
    (document,) = case.view.documents()
    assert set(document.sources) == {REPORT.name, "copy.txt"}


def test_files_that_cannot_be_read_are_failures_and_their_neighbours_are_read(
    case: Case, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_bytes(REPORT.read_bytes())
    (folder / "empty.txt").write_bytes(b"")
    (folder / "name\nwith a line end.md").write_bytes((DATA / "grey_front.md").read_bytes())
    watching = Watching()
    report = read([folder, tmp_path / "absent.txt"], case, progress=watching)
    assert report.documents == 2
    assert {(Path(one.source).name, one.failure) for one in report.failures} == {
        ("empty.txt", ReadFailure.EMPTY),
        ("absent.txt", ReadFailure.NOT_READABLE),
    }
    assert watching.files == len(watching.told) == 4
    assert {failure.source for failure in case.view.failures()} == {one.source for one in report.failures}


def test_workers_find_what_one_process_finds(case: Case, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    text = REPORT.read_text("utf-8")
    for number in range(5):
        (folder / f"{number}.txt").write_text(f"Report number {number}.\n\n" + text, "utf-8")
    with_workers = read([folder], case, options=ReadOptions(workers=2))
    with Case.create(tmp_path / "alone") as other:
        alone = read([folder], other, options=ReadOptions(workers=1))
        assert {one.claim.id for one in case.view.claims()} == {one.claim.id for one in other.view.claims()}
    assert with_workers.documents == alone.documents == 5
    assert (with_workers.ties, with_workers.events) == (alone.ties, alone.events)


def test_a_fault_of_a_stage_is_a_failure_of_its_document(monkeypatch: pytest.MonkeyPatch) -> None:
    work = FileReading(load(), Limits())

    class Broken:
        name = "broken"
        needs = frozenset({"document"})
        gives = frozenset({"claims"})

        def run(self, reading: object) -> None:
            raise KeyError("Brann Okot")

    monkeypatch.setattr(work.pipeline, "stages", (Broken(),))
    result = work(FileTask(REPORT.name, REPORT))
    assert isinstance(result, Unread)
    assert result.failure is ReadFailure.CRASHED
    assert "KeyError at test_read.py" in result.message
    assert "Brann" not in result.message


def test_a_text_in_another_language_is_stored_without_claims(case: Case, tmp_path: Path) -> None:
    text = (
        "Die Gruppe wurde im Jahr 1984 von einem früheren Lehrer gegründet. Sie kämpfte zehn Jahre lang "
        "gegen die Regierung und wurde dann von ihrem eigenen Anführer aufgelöst. Niemand weiß, warum."
    )
    (tmp_path / "bericht.txt").write_text(text, "utf-8")
    report = read([tmp_path / "bericht.txt"], case)
    assert (report.documents, report.ties, report.events) == (1, 0, 0)
    (document,) = case.view.documents()
    assert not document.readable
    assert case.view.search("Lehrer")


def test_what_goes_to_a_worker_comes_back_without_its_tables() -> None:
    work = FileReading(load(), Limits())
    assert isinstance(work(FileTask(REPORT.name, REPORT)), Extracted)
    assert len(pickle.dumps(work)) < 100_000
    assert pickle.loads(pickle.dumps(work)).program() == work.program()  # noqa: S301 - our own bytes


def test_standard_input_is_a_document(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    with REPORT.open(encoding="utf-8") as file:
        monkeypatch.setattr("sys.stdin", file)
        report = read([Path("-")], case)
    assert report.documents == 1
    (document,) = case.view.documents()
    assert document.sources == ("stdin",)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_named_pipe_in_the_folder_holds_nothing_up(case: Case, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    os.mkfifo(folder / "a.txt")
    (folder / "b.txt").write_bytes(REPORT.read_bytes())
    report = read([folder], case)
    assert [(one.source, one.failure) for one in report.failures] == [("a.txt", ReadFailure.NOT_READABLE)]
    assert report.documents == 1


def test_a_long_text_is_stopped_where_no_workers_were_asked_for(case: Case, tmp_path: Path) -> None:
    long = tmp_path / "long.txt"
    long.write_text("Brann Okot led the Salt Column in 1991. " * 20_000, "utf-8")
    options = ReadOptions(workers=1, seconds=0.5, most_here=100_000)
    report = read([long, REPORT], case, options=options)
    assert [(one.source, one.failure) for one in report.failures] == [("long.txt", ReadFailure.OUT_OF_TIME)]
    assert report.documents == 1


@pytest.mark.skipif(sys.platform != "linux", reason="the system does not bound a process's addresses")
def test_a_text_that_needs_too_much_memory_is_one_failure(case: Case, tmp_path: Path) -> None:
    long = tmp_path / "long.txt"
    long.write_text("Brann Okot led the Salt Column in 1991. " * 20_000, "utf-8")
    options = ReadOptions(workers=1, memory=1, most_here=100_000)
    report = read([long, REPORT], case, options=options)
    assert [(one.source, one.failure) for one in report.failures] == [("long.txt", ReadFailure.OUT_OF_MEMORY)]
    assert report.documents == 1


def test_a_long_text_is_read_by_a_worker_as_it_would_be_here(case: Case, tmp_path: Path) -> None:
    report = read([REPORT], case, options=ReadOptions(workers=1, most_here=100))
    with Case.create(tmp_path / "other") as other:
        here = read([REPORT], other, options=ReadOptions(workers=1))
        assert {one.claim.id for one in case.view.claims()} == {one.claim.id for one in other.view.claims()}
    assert (report.documents, report.ties) == (1, here.ties)


@pytest.mark.parametrize("most_here", [0, 100])
def test_a_document_of_too_many_claims_is_one_failure(case: Case, most_here: int) -> None:
    options = ReadOptions(workers=1, most_claims=2, most_here=most_here)
    report = read([REPORT], case, options=options)
    assert [one.failure for one in report.failures] == [ReadFailure.TOO_LARGE]
    assert list(case.view.claims()) == []
