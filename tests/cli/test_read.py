"""colligate read, demo and evaluate, on the sample texts."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Invoke = Callable[..., Any]
DATA = Path(__file__).parents[1] / "data"
REPORT = str(DATA / "salt_and_stone.txt")


def test_reading_tells_the_sum_on_stdout_and_the_rest_on_stderr(invoke: Invoke) -> None:
    result = invoke("read", REPORT, "--case", "mine")
    assert result.exit_code == 0
    assert result.stdout.startswith("1 read: ")
    assert len(result.stdout.splitlines()) == 1
    assert "salt_and_stone.txt" in result.stderr


def test_a_second_reading_changes_nothing(invoke: Invoke) -> None:
    invoke("read", REPORT, "--case", "mine")
    result = invoke("read", REPORT, "--case", "mine", "--json")
    wire = json.loads(result.stdout)
    assert (wire["documents"], wire["unchanged"], wire["failures"]) == (0, 1, [])


def test_without_an_option_the_case_is_the_variable_s_else_here(
    invoke: Invoke, case_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert str(case_folder) in invoke("read", REPORT).stderr
    monkeypatch.delenv("COLLIGATE_CASE")
    assert "The case is case;" in invoke("read", REPORT).stderr
    assert Path("case").is_dir()
    assert "Salt Column" in invoke("actors").stdout


def test_a_file_that_cannot_be_read_costs_an_exit_code_and_nothing_else(invoke: Invoke) -> None:
    Path("empty\x1b[2J.txt").touch()
    result = invoke("read", REPORT, "empty\x1b[2J.txt", "absent.pdf", "--case", "mine", "--json")
    assert result.exit_code == 3
    wire = json.loads(result.stdout)
    assert wire["documents"] == 1
    assert sorted(failure["failure"] for failure in wire["failures"]) == ["empty", "not_readable"]
    assert "not read (empty)" in result.stderr
    assert "\x1b" not in result.stdout + result.stderr


def test_an_own_vocabulary_goes_into_a_new_case(invoke: Invoke) -> None:
    Path("mine.yaml").write_text("ties: {}", encoding="utf-8")
    result = invoke("read", REPORT, "--case", "mine", "--vocabulary", "mine.yaml")
    assert result.exit_code == 5
    assert "entity_kinds" in result.stderr


def test_the_demo_shows_what_was_found_and_where_it_lies(invoke: Invoke) -> None:
    result = invoke("demo")
    assert result.exit_code == 0
    assert "3 read" in result.stdout
    assert "demo-case" in result.stdout
    assert Path("demo-case").is_dir()
    for part in ("Documents", "Actors", "Some ties", "disagree", "Try next"):
        assert part in result.stdout
    commands = [line.strip() for line in result.stdout.splitlines() if line.startswith("  colligate ")]
    assert len(commands) == 6
    assert invoke("demo", "--json").exit_code == 0


def test_the_demo_leaves_a_case_of_ones_own_alone(invoke: Invoke) -> None:
    Path("own.txt").write_text("Brann Okot led the Salt Column in 1991.", "utf-8")
    assert invoke("read", "own.txt", "--case", "own").exit_code == 0
    result = invoke("demo", "--case", "own")
    assert result.exit_code == 6
    assert "documents of your own" in result.stderr
    (document,) = json.loads(invoke("documents", "--case", "own", "--json").stdout)["documents"]
    assert document["sources"] == ["own.txt"]


def test_the_demo_s_next_commands_work(invoke: Invoke) -> None:
    import shlex

    lines = invoke("demo").stdout.splitlines()
    commands = [shlex.split(line)[1:] for line in lines if line.startswith("  colligate ")]
    for command in commands[:-1]:  # the last names a file of the user's own
        result = invoke(*command)
        assert (command, result.exit_code) == (command, 0)
        assert result.stdout or "--out" in command


def test_evaluate_prints_numbers_and_json(invoke: Invoke) -> None:
    gold = str(DATA / "gold" / "velk")
    header, row = invoke("evaluate", gold).stdout.splitlines()[:2]
    assert row.split("\t")[0] == "velk"
    assert len(header.split("\t")) == len(row.split("\t"))
    (wire,) = json.loads(invoke("evaluate", gold, "--json").stdout)
    assert wire["ties"]["reference"] == 4
    assert wire["quotes_exact"][0] == wire["quotes_exact"][1]
    assert "velk" in invoke("evaluate", gold, FORCE_COLOR="1").stdout


@pytest.mark.parametrize("verb", ["actors", "ties", "events", "documents", "export"])
def test_an_empty_case_gives_empty_lists(invoke: Invoke, verb: str) -> None:
    Path("nothing").mkdir()
    invoke("read", "nothing", "--case", "empty")
    arguments = ("export", "claims") if verb == "export" else (verb,)
    result = invoke(*arguments, "--case", "empty")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) <= 1


def test_a_folder_without_reports_is_told(invoke: Invoke, tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "a.png").touch()
    result = invoke("read", "pictures", "--case", "mine")
    assert result.exit_code == 0
    assert "There is nothing to read in pictures" in result.stderr
    assert ".pdf" in result.stderr
