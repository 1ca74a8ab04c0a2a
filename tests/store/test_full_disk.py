"""A disk that is full: one clear error, and everything that was finished is there afterwards."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from colligate.errors import CaseFullError
from colligate.store.case import Case

resource = pytest.importorskip("resource", reason="this system has no limits on files")


def write_until_full(path: Path, shelf: Any, tell: Any) -> None:
    with Case.open(path) as case, case.writer() as writer:
        for number in range(100_000):
            shelf.write(writer, number)
            tell(str(number))


def finished_documents_are_there(path: Path, shelf: Any, told: list[str]) -> None:
    *numbers, last = told
    assert last.startswith("CaseFullError: There is no room left")
    assert len(numbers) > 3
    with Case.open(path) as case:
        kept = {one.id: one for one in case.view.documents()}
        assert {shelf.id(int(number)) for number in numbers} == kept.keys()
        assert {(one.finished, one.suggestions) for one in kept.values()} == {(True, shelf.claims)}
        for id_ in kept:
            original = case.view.original(id_)
            assert original is not None
            assert case.view.document(id_).text.encode() == original


def test_limit_on_the_size_of_files(tmp_path: Path, shelf: Any, fork: Any) -> None:
    """As a quota does, the system refuses the write with another error than a full disk."""
    path = tmp_path / "river.case"
    Case.create(path).close()

    def work(tell: Any) -> None:
        room = (path / "case.sqlite").stat().st_size + 200_000
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
        write_until_full(path, shelf, tell)

    told = fork(work).heard()
    finished_documents_are_there(path, shelf, told)
    with Case.open(path) as case, case.writer() as writer:
        shelf.write(writer, 99_999)
        assert case.view.counts().documents == len(told)


def test_original_that_does_not_fit(tmp_path: Path, shelf: Any, fork: Any) -> None:
    path = tmp_path / "river.case"
    Case.create(path).close()

    def work(tell: Any) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (400, 400))
        with Case.open(path) as case, case.writer() as writer:
            shelf.write(writer, 1)

    (said,) = fork(work).heard()
    assert said.startswith("CaseFullError: ")
    assert not [file for file in (path / "originals").rglob("*") if file.is_file()]
    with Case.open(path) as case:
        assert case.view.counts().documents == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "small"
    folder.mkdir()
    mount, unmount = shutil.which("mount"), shutil.which("umount")
    if os.geteuid() != 0 or mount is None or unmount is None:
        pytest.skip("only root can make a small disk")
    command: list[str | Path] = [mount, "-t", "tmpfs", "-o", "size=2m", "none", folder]
    made = subprocess.run(command, capture_output=True, check=False)
    if made.returncode != 0:
        pytest.skip("this system does not let a test make a small disk")
    yield folder
    subprocess.run([unmount, folder], check=True)


def test_disk_with_no_room(small_disk: Path, shelf: Any, fork: Any) -> None:
    path = small_disk / "river.case"
    Case.create(path).close()
    told = fork(lambda tell: write_until_full(path, shelf, tell)).heard()
    finished_documents_are_there(path, shelf, told)


def test_new_case_on_a_disk_with_no_room(small_disk: Path) -> None:
    free = os.statvfs(small_disk)
    (small_disk / "film.mov").write_bytes(b"\0" * (free.f_bavail * free.f_frsize - 8192))
    with pytest.raises(CaseFullError):
        Case.create(small_disk / "river.case")
    (small_disk / "film.mov").unlink()
    with Case.open_or_create(small_disk / "river.case") as case:
        assert case.view.counts().documents == 0
