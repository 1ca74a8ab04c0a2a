from __future__ import annotations

import io

import pytest

from colligate.cli.progress import ReadProgress
from colligate.errors import ReadFailure
from colligate.workflows.read import FileDone, FileFailure

DONE = FileDone("salt.txt", "Salt", 1200, 3, 4, ("two\x1b[2J pages are empty",))
FAILED = FileFailure("torn.pdf", ReadFailure.DAMAGED, "torn.pdf: is damaged", "Open it and save it anew.")


def test_without_a_terminal_there_is_a_line_for_each_file(capsys: pytest.CaptureFixture[str]) -> None:
    with ReadProgress() as progress:
        progress.begun(3)
        progress.done(DONE)
        progress.failed(FAILED)
        progress.unchanged("old.txt")
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.splitlines() == [
        "read salt.txt: 1,200 words, 3 ties, 4 events",
        "  salt.txt: two␛[2J pages are empty",
        "not read (damaged): torn.pdf: is damaged",
        "  Open it and save it anew.",
    ]


def test_in_a_terminal_a_bar_moves_and_failures_stay_above_it(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = io.StringIO()
    terminal.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    with ReadProgress() as progress:
        progress.begun(3)
        for _ in range(2):
            progress.done(DONE)
        progress.failed(FAILED)
    shown = terminal.getvalue()
    assert "3/3" in shown
    assert "2,400 words, 14 claims" in shown
    assert "not read (damaged): torn.pdf: is damaged" in shown
    assert "read salt.txt" not in shown
    assert "\x1b[2J pages" not in shown
