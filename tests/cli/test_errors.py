"""What goes wrong is told in words, with a way out and the exit code of the table."""

from __future__ import annotations

import errno
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from colligate import errors
from colligate.cli.edge import guarded
from colligate.cli.exit_codes import EXIT_CODES

Invoke = Callable[..., Any]

WRONG = (
    (("ties", "--case", "nowhere"), 6, "There is no case at nowhere"),
    (("read", "x.txt", "--case", "file.txt"), 6, "a file stands where its folder should be"),
    (("doctor", "--case", "nowhere"), 6, "There is no case at nowhere"),
    (("actor", "Bran Okott"), 7, "Did you mean: Brann Okot"),
    (("actor", "Okor"), 7, "Brann Okot"),
    (("actor", "zzzz"), 7, "`colligate actors`"),
    (("ties", "--actor", "zzzz"), 7, "zzzz"),
    (("claim", "0000000"), 7, "'0000000'"),
    (("claim", ""), 7, "''"),
    (("ties", "--type", "leader"), 2, "Did you mean: leader_of"),
    (("ties", "--stance", "surely"), 2, "One of: asserted"),
    (("ties", "--from", "spring"), 2, "2001-05"),
    (("ties", "--to", "2001-13"), 2, "2001-13"),
    (("ties", "--from", "2005", "--to", "2001"), 2, "--from 2005 is after --to 2001"),
    (("events", "--type", "leader_of"), 2, "is not a type of event"),
    (("actors", "--kind", "ghost"), 2, "ghost"),
    (("evaluate", "gold/none"), 7, "none.txt"),
    (("export", "claims", "--out", "no/such/folder/claims.jsonl"), 2, "claims.jsonl"),
    (("ties", "--no-such-option"), 2, "no-such-option"),
    (("no-such-verb",), 2, "no-such-verb"),
)


@pytest.mark.parametrize(("arguments", "code", "words"), WRONG, ids=lambda value: str(value)[:40])
def test_an_error_is_told_on_stderr(
    invoke: Invoke, arguments: tuple[str, ...], code: int, words: str
) -> None:
    Path("file.txt").write_text("no folder", encoding="utf-8")
    result = invoke(*arguments)
    assert result.exit_code == code
    assert words in re.sub(r"\s+", " ", result.stderr)
    assert result.stdout == ""
    assert "Traceback" not in result.stderr


def test_names_of_the_user_are_shown_and_not_obeyed(invoke: Invoke) -> None:
    assert "\x1b" not in invoke("actor", "x\x1b[2Jy").stderr


def _error_classes(root: type[errors.ColligateError]) -> Iterator[type[errors.ColligateError]]:
    yield root
    for one in root.__subclasses__():
        yield from _error_classes(one)


def test_the_table_of_exit_codes_covers_every_error() -> None:
    codes = [one.code for one in EXIT_CODES]
    assert len(codes) == len(set(codes))
    assert {one.exit_code for one in _error_classes(errors.ColligateError)} <= set(codes)


def _run(raises: BaseException) -> Any:
    app = typer.Typer()

    def verb() -> None:
        raise raises

    app.command()(guarded(verb))
    return CliRunner().invoke(app, [])


def test_ctrl_c_ends_with_130_and_a_reassuring_line() -> None:
    result = _run(KeyboardInterrupt())
    assert result.exit_code == 130
    assert "Every finished document is in the case" in result.stderr


def test_a_reader_that_went_away_is_no_error() -> None:
    result = _run(BrokenPipeError())
    assert (result.exit_code, result.stderr) == (0, "")


def test_an_output_without_room_is_told_as_that() -> None:
    result = _run(OSError(errno.ENOSPC, "No space left on device"))
    assert result.exit_code == 1
    assert "no room left" in result.stderr


def test_an_unforeseen_error_leaves_a_file_without_the_document_s_words(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    result = _run(KeyError("Brann Okot"))
    assert result.exit_code == 1
    assert "KeyError" in result.stderr
    assert "Brann" not in result.stderr
    assert "Traceback" not in result.stderr
    (written,) = tmp_path.rglob("*.log")
    details = written.read_text(encoding="utf-8")
    assert "builtins.KeyError" in details
    assert "test_errors.py" in details
    assert "Brann" not in details


def test_an_unforeseen_error_is_told_also_where_nothing_can_be_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "cache").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("sys.platform", "linux")
    result = _run(ZeroDivisionError())
    assert result.exit_code == 1
    assert "could not be written down" in result.stderr
