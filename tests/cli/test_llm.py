"""colligate read --llm: named before it is asked, asked only with consent, told what it cost."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.extract.llm.stub import Stub, end, fails, proposes, says, serving, tie
from typer.testing import CliRunner

from colligate.cli import llm
from colligate.cli.app import app
from colligate.cli.llm import announcement
from colligate.extract.llm.options import Budget, LlmOptions, endpoint_of
from colligate.workflows.asking import AskPlan, DocumentPlan

Invoke = Callable[..., Any]
KEY = "sk-never-shown-1991"
TEXT = "Brann Okot was the shadow behind the Salt Column. Yun Darel led the Grey Front in 1991."
CLAIM = tie(
    "leader_of", end("person", "Brann Okot"), end("organisation", "Salt Column"),
    "Brann Okot was the shadow behind the Salt Column",
)  # fmt: skip


@pytest.fixture
def stub() -> Iterator[Stub]:
    with serving() as served:
        served.always = proposes(CLAIM, {**CLAIM, "quote": "never said"})
        yield served


@pytest.fixture
def read(invoke: Invoke, stub: Stub) -> Invoke:
    """Runs `colligate read own.txt --llm STUB` into the case "mine"."""
    Path("own.txt").write_text(TEXT, encoding="utf-8")

    def run(*options: str, **environment: str) -> Any:
        asked = ("--llm", stub.url, "--llm-model", "stub-1")
        return invoke("read", "own.txt", "--case", "mine", *asked, *options, **environment)

    return run


def files_that_hold(folder: Path, words: str) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and words.encode() in path.read_bytes()]


def ties(invoke: Invoke) -> list[tuple[str, str]]:
    found = json.loads(invoke("ties", "--case", "mine", "--json").stdout)
    return sorted((each["type"], each["method"].partition(":")[0]) for each in found)


def test_without_being_asked_for_nothing_is_sent(invoke: Invoke, stub: Stub) -> None:
    Path("own.txt").write_text(TEXT, encoding="utf-8")
    assert invoke("read", "own.txt", "--case", "mine", COLLIGATE_LLM_KEY=KEY).exit_code == 0
    assert stub.asked == []
    assert not (Path("mine") / "llm-replies").exists()


def test_what_goes_where_is_said_before_it_goes(read: Invoke, stub: Stub) -> None:
    result = read("--yes", "--llm-price-in", "3", "--llm-price-out", "15")
    assert result.exit_code == 0
    said = result.stderr
    assert f"{stub.url.removesuffix('/v1')} (this machine), the model stub-1" in said
    assert "17 words in 1 passages of 1 documents: own.txt" in said
    assert "cost about 0.0" in said
    assert said.index("This is sent") < said.index("asked about own.txt")


def test_the_report_counts_and_the_claims_are_in_the_case(read: Invoke, invoke: Invoke) -> None:
    result = read("--yes", "--llm-price-in", "3", "--llm-price-out", "15")
    assert "stub-1: 1 of 1 passages read, 1 requests, 0 retries" in result.stdout
    assert "100 tokens in, 50 out, cost 0.00" in result.stdout
    assert "2 claims proposed, 1 kept (1 quoted letter by letter" in result.stdout
    assert "\n  dropped 1: its quote is not in the text" in result.stdout
    assert ("leader_of", "llm") in ties(invoke)
    assert ("leader_of", "pattern") in ties(invoke)


def test_the_report_as_json(read: Invoke) -> None:
    result = read("--yes", "--json")
    wire = json.loads(result.stdout)["llm"]
    assert (wire["model"], wire["passages"], wire["kept"], wire["dropped"]) == ("stub-1", 1, 1, {"quote": 1})
    assert (wire["money"], wire["stopped"], wire["not_read"]) == (None, None, [])


def test_without_a_terminal_nothing_is_sent_without_yes(read: Invoke, invoke: Invoke, stub: Stub) -> None:
    result = read()
    assert result.exit_code == 2
    assert "17 words in 1 passages" in result.stderr
    assert "--yes" in result.stderr
    assert stub.asked == []
    assert ties(invoke) == [("leader_of", "pattern")]


@pytest.mark.parametrize(
    ("answer", "asked"), [("y\n", 1), ("Yes\n", 1), ("n\n", 0), ("\n", 0), ("", 0), ("yeah, why\n", 0)]
)
def test_in_a_terminal_the_user_decides(
    invoke: Invoke, read: Invoke, stub: Stub, monkeypatch: pytest.MonkeyPatch, answer: str, asked: int
) -> None:
    monkeypatch.setattr(llm, "at_terminal", lambda: True)
    arguments = ["read", "own.txt", "--case", "mine", "--llm", stub.url, "--llm-model", "stub-1"]
    result = CliRunner().invoke(app, arguments, input=answer)
    assert result.exit_code == 0
    assert "Send it?" in result.stderr
    assert len(stub.asked) == asked
    assert ("Nothing was sent" in result.stderr) is not bool(asked)
    assert ("leader_of", "pattern") in ties(invoke)


def test_a_second_run_sends_nothing_and_needs_no_consent(read: Invoke, stub: Stub) -> None:
    read("--yes")
    result = read()
    assert result.exit_code == 0
    assert "nothing is sent" in result.stderr
    assert len(stub.asked) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("--llm", "http://localhost/v1"),
        ("--llm-model", "m"),
        ("--yes",),
        ("--llm-budget", "5"),
        ("--llm", "localhost:8080", "--llm-model", "m"),
        ("--llm", "http://localhost/v1", "--llm-model", "two words"),
        ("--llm", "http://localhost/v1", "--llm-model", "m", "--llm-price-in", "3"),
        ("--llm", "http://localhost/v1", "--llm-model", "m", "--llm-budget-money", "3"),
        ("--llm", f"http://me:{KEY}@localhost/v1", "--llm-model", "m"),
    ],
)
def test_half_an_order_is_refused_before_anything_is_read(invoke: Invoke, arguments: tuple[str, ...]) -> None:
    Path("own.txt").write_text(TEXT, encoding="utf-8")
    result = invoke("read", "own.txt", "--case", "mine", *arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith("colligate: ")
    assert KEY not in result.stdout + result.stderr
    assert not Path("mine").exists()


def test_the_key_is_sent_and_nowhere_else(read: Invoke, stub: Stub, tmp_path: Path) -> None:
    stub.script = [fails(500, f"internal error with {KEY}")]
    stub.always = fails(401, f"Incorrect key provided: {KEY}")
    result = read("--yes", "--llm-retries", "0", COLLIGATE_LLM_KEY=KEY)
    again = read("--yes", "--json", COLLIGATE_LLM_KEY=KEY)
    assert all(asked.headers["Authorization"] == f"Bearer {KEY}" for asked in stub.asked)
    assert again.exit_code == 9
    assert "COLLIGATE_LLM_KEY" in again.stderr
    for output in (result.stdout, result.stderr, again.stdout, again.stderr):
        assert KEY not in output
    assert files_that_hold(tmp_path, KEY) == []


def test_what_is_started_later_does_not_inherit_the_key(
    read: Invoke, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLLIGATE_LLM_KEY", KEY)
    assert read("--yes").exit_code == 0
    assert "COLLIGATE_LLM_KEY" not in os.environ


def test_at_the_end_of_the_budget_the_user_is_told_how_to_go_on(
    read: Invoke, invoke: Invoke, stub: Stub
) -> None:
    result = read("--yes", "--llm-budget", "10")
    assert result.exit_code == 9
    assert "The budget of 10 tokens has no room" in result.stderr
    assert "own.txt (1 of 1 passages)" in result.stderr
    assert "run the same command again" in result.stderr
    assert stub.asked == []
    assert ties(invoke) == [("leader_of", "pattern")]


def test_a_service_s_words_cannot_rewrite_the_terminal(read: Invoke, stub: Stub) -> None:
    stub.always = fails(404, "no such model \x1b[2J\x1b]0;owned\x07\n\u202ecolligate: done")
    result = read("--yes")
    assert result.exit_code == 9
    assert "Traceback" not in result.stderr
    for character in ("\x1b", "\x07", "\u202e"):
        assert character not in result.stdout + result.stderr


def test_a_file_that_cannot_be_read_keeps_its_exit_code(invoke: Invoke, read: Invoke, stub: Stub) -> None:
    Path("empty.txt").touch()
    stub.always = says("no")
    result = invoke(
        "read", "own.txt", "empty.txt", "--case", "mine", "--llm", stub.url, "--llm-model", "stub-1", "--yes"
    )
    assert result.exit_code == 3
    assert "Not read by stub-1: own.txt" in result.stderr


def test_the_claim_says_which_model_proposed_it(read: Invoke, invoke: Invoke) -> None:
    read("--yes")
    found = json.loads(invoke("ties", "--case", "mine", "--json").stdout)
    (proposed,) = [each["id"] for each in found if each["method"].startswith("llm:")]
    result = invoke("claim", proposed, "--case", "mine", FORCE_COLOR="1")
    assert result.exit_code == 0
    assert "llm:stub-1" in result.stdout


def test_another_machine_and_an_open_line_are_named() -> None:
    plan = AskPlan((DocumentPlan("sha256:0", "own\x1b.txt", 9, 4, 1200, 5000, 900),))
    options = LlmOptions(
        endpoint=endpoint_of("http://models.example/v1", KEY), model="m", budget=Budget(tokens=0)
    )
    said = announcement(plan, options)
    assert "http://models.example (NOT this machine), the model m" in said
    assert "1,200 words in 4 passages of 1 documents" in said
    assert "not encrypted" in said
    assert "budget  none" in said
    assert "not 5 passages" in said
    assert KEY not in said
    assert "\x1b" not in said
