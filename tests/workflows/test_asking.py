"""A model reads what patterns have read: stored beside it, resumed after a stop, kept at the next reading."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from tests.extract.llm.stub import Stub, end, fails, proposes, says, serving, tie

from colligate.errors import CaseFullError
from colligate.extract.llm.options import Budget, LlmOptions
from colligate.extract.llm.tally import Tally
from colligate.model import Claim
from colligate.store.case import Case
from colligate.workflows.asking import REPLIES, Asking, AskLimits, AskReport
from colligate.workflows.model_claims import models_of, program_with, rules_of
from colligate.workflows.read import ReadOptions, read

FIRST = "Nobody moved a sack of salt without a nod from Brann Okot and the Salt Column. "
OTHER = "Brann Okot was the shadow behind the Salt Column, and the Salt Column his whole life. "
CLAIM = tie("leader_of", end("person", "Brann Okot"), end("organisation", "Salt Column"), OTHER.strip())
# By patterns alone: what the reading model would see of these words changes with its weights.
PLAIN = ReadOptions(patterns_only=True)
AGAIN = ReadOptions(again=True, workers=1, patterns_only=True)


@dataclass
class Watch:
    """Progress that is kept, and that stops the run when told to."""

    told: list[str] = field(default_factory=list)
    at_passage: Callable[[int], None] = lambda _: None
    passages: int = 0

    def begun(self, passages: int) -> None:
        self.told.append(f"begun {passages}")

    def passage(self) -> None:
        self.passages += 1
        self.at_passage(self.passages)

    def done(self, name: str, tally: Tally) -> None:
        self.told.append(f"{name}: {tally.kept}")

    def skipped(self, name: str, why: str) -> None:
        self.told.append(f"{name} skipped: {why}")


@pytest.fixture
def stub() -> Iterator[Stub]:
    with serving() as served:
        served.always = proposes(CLAIM)
        yield served


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    (tmp_path / "one.txt").write_text("\n\n".join([FIRST * 6, OTHER, FIRST * 6]), encoding="utf-8")
    (tmp_path / "two.txt").write_text("Yun Darel led the Grey Front in 1991.", encoding="utf-8")
    with Case.create(tmp_path / "case") as made:
        yield made


def reading(case: Case, options: ReadOptions | None = None) -> tuple[str, ...]:
    folder = case.path.parent
    return read([folder / "one.txt", folder / "two.txt"], case, options=options or PLAIN).ids


def asked(
    case: Case, options: LlmOptions, watch: Watch | None = None, limits: AskLimits | None = None
) -> AskReport:
    documents = reading(case)
    with Asking(case, options, limits=limits, pause=lambda _: None) as asking:
        return asking.ask(asking.plan(documents), watch or Watch())


def small(stub: Stub, **fields: Any) -> LlmOptions:
    """Options that cut the first text into several passages."""
    return stub.options(chunk=400, **fields)


def claims(case: Case, method: str = "") -> list[Claim]:
    found = (recorded.claim for recorded in case.view.claims())
    return [claim for claim in found if claim.basis.method.startswith(method)]


def test_the_plan_says_how_much_would_be_sent_and_sends_nothing(case: Case, stub: Stub) -> None:
    documents = reading(case)
    with Asking(case, small(stub)) as asking:
        plan = asking.plan(documents)
    assert stub.asked == []
    assert [document.name for document in plan.documents] == ["one.txt", "two.txt"]
    text = case.path.parent / "one.txt"
    assert plan.words == len(text.read_text().split()) + 8
    assert plan.to_send == plan.passages > 3
    assert 0 < plan.tokens_out < plan.tokens_in


def test_claims_of_a_model_stand_beside_those_of_patterns(case: Case, stub: Stub) -> None:
    reading(case)
    before = claims(case)
    watch = Watch()
    report = asked(case, small(stub), watch)
    assert report.stopped is None
    assert report.unread == ()
    assert (report.documents, report.tally.kept) == (2, 1)
    assert watch.told == [f"begun {len(stub.asked)}", "one.txt: 1", "two.txt: 0"]
    (proposed,) = claims(case, "llm:stub-1")
    assert [claim for claim in claims(case) if claim != proposed] == before


def test_a_second_run_sends_nothing_and_changes_nothing(case: Case, stub: Stub) -> None:
    asked(case, small(stub))
    before, requests = claims(case), len(stub.asked)
    with Asking(case, small(stub)) as asking:
        plan = asking.plan(reading(case))
        assert (plan.to_send, plan.words, plan.tokens_in) == (0, 0, 0)
        report = asking.ask(plan, Watch())
    assert len(stub.asked) == requests == report.spending.reused
    assert report.spending.tokens == 0
    assert claims(case) == before


def test_a_run_that_was_stopped_goes_on_without_paying_twice(case: Case, stub: Stub) -> None:
    def stop(passages: int) -> None:
        if passages == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        asked(case, small(stub), Watch(at_passage=stop))
    assert len(stub.asked) == 2
    assert claims(case, "pattern:")
    report = asked(case, small(stub))
    assert report.spending.reused == 2
    passages = [each.passage for each in stub.asked]
    assert len(passages) == len(set(passages)) == report.tally.chunks


def test_at_the_end_of_the_budget_what_is_there_is_kept_and_the_rest_is_named(case: Case, stub: Stub) -> None:
    room = Budget(tokens=16_000)
    stub.always = says(json.dumps({"ties": [CLAIM], "events": []}), tokens=(6000, 500))
    report = asked(case, small(stub, budget=room, reply_tokens=1000))
    assert report.stopped is not None
    assert report.stopped.budget
    assert report.spending.tokens <= 16_000
    left = sum(one.passages for one in report.unread)
    assert left == report.tally.chunks - report.tally.chunks_read > 0
    # Each run has its own budget: what was asked before costs nothing.
    for _ in range(10):
        report = asked(case, small(stub, budget=room, reply_tokens=1000))
        if report.stopped is None:
            break
    assert report.unread == ()
    assert len({each.passage for each in stub.asked}) == len(stub.asked)
    assert len(claims(case, "llm:")) == 1


def test_an_unfinished_run_takes_nothing_away(case: Case, stub: Stub) -> None:
    asked(case, small(stub))
    for reply in (case.path / REPLIES).rglob("*.json"):
        reply.unlink()
    stub.script = [proposes()]
    stub.always = fails(401)
    report = asked(case, small(stub))
    assert report.stopped is not None
    assert len(claims(case, "llm:stub-1")) == 1


def test_a_service_that_is_not_there_costs_only_its_claims(case: Case) -> None:
    with serving() as gone:
        options = gone.options(retries=1)
    report = asked(case, options)
    assert report.stopped is not None
    assert "could not be reached" in report.stopped.message
    assert [(one.name, one.passages) for one in report.unread] == [("one.txt", 1), ("two.txt", 1)]
    assert claims(case)


def test_what_a_model_proposed_outlasts_the_next_reading_by_patterns(case: Case, stub: Stub) -> None:
    asked(case, small(stub))
    before = claims(case)
    read_again = read([case.path.parent / "one.txt", case.path.parent / "two.txt"], case, options=AGAIN)
    assert read_again.documents == 2
    assert claims(case) == before
    unchanged = read([case.path.parent / "one.txt"], case, options=PLAIN)
    assert unchanged.unchanged == 1


def test_two_models_stand_side_by_side(case: Case, stub: Stub) -> None:
    asked(case, small(stub))
    one = tie("founder_of", end("person", "Brann Okot"), end("organisation", "Salt Column"), OTHER.strip())
    stub.always = proposes(one)
    asked(case, small(stub, model="stub-2"))
    assert {claim.basis.method for claim in claims(case, "llm:")} == {"llm:stub-1", "llm:stub-2"}
    stub.always = proposes()
    for reply in (case.path / REPLIES).rglob("*.json"):
        reply.unlink()
    asked(case, small(stub, model="stub-2"))
    assert {claim.basis.method for claim in claims(case, "llm:")} == {"llm:stub-1"}


def test_a_long_text_is_read_again_by_a_worker(case: Case, stub: Stub) -> None:
    report = asked(case, small(stub), limits=AskLimits(most_here=10))
    assert report.tally.kept == 1
    assert len(claims(case, "llm:")) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="only there is the memory of a worker bounded")
def test_a_text_that_no_worker_can_read_again_is_left_out(case: Case, stub: Stub) -> None:
    watch = Watch()
    report = asked(case, small(stub), watch, limits=AskLimits(most_here=10, memory=1 << 20))
    assert [line for line in watch.told if "skipped" in line]
    assert report.unread
    assert claims(case)


def test_a_full_disk_is_told_as_the_case_s(case: Case, stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "no room")

    reading(case)
    monkeypatch.setattr("colligate.extract.llm.cache.os.replace", full)
    with pytest.raises(CaseFullError):
        asked(case, small(stub))
    assert claims(case)


def test_a_text_in_another_language_is_not_sent(tmp_path: Path, stub: Stub) -> None:
    words = (
        "Die Kolonne wurde von ihrem Anführer an die Küste geführt, und niemand hat es je bestritten. " * 8
    )
    (tmp_path / "german.txt").write_text(words, encoding="utf-8")
    with Case.create(tmp_path / "case") as made:
        ids = read([tmp_path / "german.txt"], made).ids
        assert len(ids) == 1
        with Asking(made, stub.options()) as asking:
            assert asking.plan(ids).documents == ()


def test_garbled_replies_leave_the_passage_for_the_next_run(case: Case, stub: Stub) -> None:
    stub.script = [says("no")]
    report = asked(case, small(stub))
    assert report.stopped is None
    assert [(one.name, one.passages) for one in report.unread] == [("one.txt", 1)]
    assert asked(case, small(stub)).unread == ()


def test_a_program_and_its_models() -> None:
    program = program_with("colligate 1.0 rules-1.0+ab txt/1", ["b/model:7b", "a", "a"])
    assert program == "colligate 1.0 rules-1.0+ab txt/1 llm:a llm:b/model:7b"
    assert models_of(program) == ("a", "b/model:7b")
    assert rules_of(program) == "colligate 1.0 rules-1.0+ab txt/1"
    assert program_with(program, []) == rules_of(program)
