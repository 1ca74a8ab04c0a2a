from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from colligate.errors import ReadFailure
from colligate.readers import sources


def test_folders_in_order_without_hidden_files_and_loops(tmp_path: Path) -> None:
    for name in ("b.txt", "a.pdf", ".hidden.txt", "photo.png", "deep/c.md", "deep/.git/d.txt", "deep/B.HTML"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    (tmp_path / "deep" / "loop").symlink_to(tmp_path, target_is_directory=True)
    found = list(sources([tmp_path]))
    assert [one.name for one in found] == ["a.pdf", "b.txt", "deep/B.HTML", "deep/c.md"]
    assert all(one.path is not None and one.path.exists() for one in found)


def test_files_come_as_given_whatever_their_suffix(tmp_path: Path) -> None:
    for name in ("z", "a.log"):
        (tmp_path / name).write_text("x")
    assert [one.name for one in sources([tmp_path / "z", tmp_path / "a.log"])] == ["z", "a.log"]


def test_what_is_missing_is_a_failure_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    gone, there = sources([tmp_path / "gone.txt", tmp_path / "a.txt"])
    assert gone.error is not None
    assert gone.error.failure is ReadFailure.NOT_READABLE
    assert there.error is None


def test_stdin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"text")))
    (one,) = sources(["-"])
    assert (one.name, one.data) == ("stdin", b"text")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"text")))
    (one,) = sources(["-"], most_stdin=3)
    assert one.error is not None
    assert one.error.failure is ReadFailure.TOO_LARGE


def test_a_link_out_of_the_folder_is_not_followed_and_one_given_by_name_is(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("x")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("x")
    (folder / "b.txt").symlink_to(folder / "a.txt")
    (folder / "c.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "d.txt").symlink_to(folder / "d.txt")
    (folder / "e.txt").symlink_to("../secret.txt")
    found = {one.name: one for one in sources([folder])}
    assert [name for name, one in found.items() if one.error is None] == ["a.txt", "b.txt", "d.txt"]
    errors = [found[name].error for name in ("c.txt", "e.txt")]
    assert [error.failure for error in errors if error is not None] == [ReadFailure.UNSAFE] * 2
    (by_name,) = sources([folder / "c.txt"])
    assert by_name.path is not None

    (tmp_path / "door").symlink_to(folder, target_is_directory=True)
    assert [one.name for one in sources([tmp_path / "door"]) if one.error is None] == [
        "a.txt",
        "b.txt",
        "d.txt",
    ]
