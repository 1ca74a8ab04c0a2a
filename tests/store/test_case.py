"""A case as a folder: made, opened, shared by processes, refused with a reason."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from colligate.errors import CaseBusyError, CaseError, CaseTooNewError, VocabularyError
from colligate.store.case import Case
from colligate.vocabulary.vocabulary import DEFAULT


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "river.case"


def statement(path: Path, words: str) -> None:
    connection = sqlite3.connect(path / "case.sqlite")
    with connection:
        connection.execute(words)
    connection.close()


def test_case_is_a_folder_that_a_person_understands(path: Path, shelf: Any) -> None:
    with Case.create(path) as case, case.writer() as writer:
        shelf.write(writer, 1)
    digest = shelf.id(1).removeprefix("sha256:")
    files = {str(file.relative_to(path)) for file in path.rglob("*") if file.is_file()}
    assert files == {"case.sqlite", "settings.toml", "case.lock", f"originals/{digest[:2]}/{digest}"}
    original = path / "originals" / digest[:2] / digest
    assert original.read_text() == shelf.text(1)
    assert original.stat().st_mode & 0o222 == 0


def test_reading_again_leaves_every_byte(path: Path, shelf: Any) -> None:
    with Case.create(path) as case, case.writer() as writer:
        for number in (1, 2):
            shelf.write(writer, number)
    before = (path / "case.sqlite").read_bytes()
    with Case.open(path) as case, case.writer() as writer:
        for number in (2, 1):
            shelf.write(writer, number)
    assert (path / "case.sqlite").read_bytes() == before


def test_case_moves_with_its_folder(path: Path, shelf: Any) -> None:
    with Case.create(path) as case, case.writer() as writer:
        shelf.write(writer, 1)
    moved = path.with_name("a copy – ünï #1?%41.case")
    shutil.copytree(path, moved)
    shutil.rmtree(path)
    with Case.open(moved) as case:
        assert case.view.original(shelf.id(1)) == shelf.text(1).encode()
        assert len(list(case.view.claims())) == shelf.claims


def test_open_or_create(path: Path, shelf: Any) -> None:
    assert not Case.exists(path)
    for number in (1, 2):
        with Case.open_or_create(path) as case, case.writer() as writer:
            shelf.write(writer, number)
    assert Case.exists(path)
    with Case.open(path) as case:
        assert case.view.counts().documents == 2


def test_no_case_there(path: Path, tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="no case in") as raised:
        Case.open(path)
    assert "--case" in raised.value.hint
    assert not path.exists()
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(CaseError, match="not empty"):
        Case.create(tmp_path)
    with pytest.raises(CaseError, match=r"notes\.txt"):
        Case.create(tmp_path / "notes.txt")
    assert {file.name for file in tmp_path.iterdir()} == {"notes.txt"}


def test_what_a_killed_creation_left_is_no_hindrance(path: Path) -> None:
    (path / "originals").mkdir(parents=True)
    (path / "case.sqlite.new").write_bytes(b"half a datab")
    (path / "settings.toml").write_text("")
    with Case.open_or_create(path) as case:
        assert case.view.counts().documents == 0
    assert not (path / "case.sqlite.new").exists()


def test_case_carries_its_own_vocabulary(path: Path, tmp_path: Path, shelf: Any) -> None:
    own = tmp_path / "mine.yaml"
    own.write_text(DEFAULT.read_text().replace("leader_of:", "heads:"))
    with Case.create(path, vocabulary=own) as case:
        own.unlink()
        assert "heads" in case.vocabulary.ties
        with case.writer() as writer, pytest.raises(VocabularyError, match="leader_of"):
            shelf.write(writer, 1)


def test_broken_vocabulary_makes_no_case(path: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("ties: [")
    with pytest.raises(VocabularyError):
        Case.create(path, vocabulary=tmp_path / "bad.yaml")
    assert not path.exists()


def test_broken_settings_are_named(path: Path) -> None:
    Case.create(path).close()
    (path / "settings.toml").write_text("vocabulary = ")
    with Case.open(path) as case, pytest.raises(CaseError, match=r"settings\.toml"):
        _ = case.vocabulary


# Versions and damage


def look_at_all(path: Path) -> None:
    with Case.open(path) as case:
        list(case.view.claims())
        list(case.view.actors())
        list(case.view.documents())
        case.view.search("front")


def test_case_of_a_newer_version(path: Path, shelf: Any) -> None:
    with Case.create(path) as case, case.writer() as writer:
        shelf.write(writer, 1)
    statement(path, "UPDATE alembic_version SET version_num = '9999'")
    before = (path / "case.sqlite").read_bytes()
    with pytest.raises(CaseTooNewError, match="newer") as raised:
        Case.open_or_create(path)
    assert raised.value.case == str(path)
    assert (path / "case.sqlite").read_bytes() == before


def test_file_that_is_no_case(path: Path) -> None:
    path.mkdir()
    (path / "case.sqlite").write_text("Dear diary, " * 400)
    with pytest.raises(CaseError, match="damaged or is no case") as raised:
        Case.open(path)
    assert raised.value.hint
    (path / "case.sqlite").unlink()
    statement(path, "CREATE TABLE recipes (name)")
    with pytest.raises(CaseError, match="not a database of Colligate"):
        Case.open(path)


@pytest.mark.parametrize("size", [0, 100, 5000, 40_000])
def test_database_cut_short(path: Path, shelf: Any, size: int) -> None:
    with Case.create(path) as case, case.writer() as writer:
        for number in range(3):
            shelf.write(writer, number)
    os.truncate(path / "case.sqlite", size)
    with pytest.raises(CaseError):
        look_at_all(path)


def test_database_with_pages_of_noise(path: Path, shelf: Any) -> None:
    with Case.create(path) as case, case.writer() as writer:
        for number in range(5):
            shelf.write(writer, number)
    with (path / "case.sqlite").open("r+b") as file:
        file.seek(4096 * 4)
        file.write(b"\xa5" * 4096 * 30)
    with pytest.raises(CaseError) as raised:
        look_at_all(path)
    assert str(path) in str(raised.value)


# Several processes


def test_second_writer_waits_and_is_told(path: Path, shelf: Any, fork: Any) -> None:
    Case.create(path).close()

    def hold(tell: Any) -> None:
        with Case.open(path) as case, case.writer() as writer:
            shelf.write(writer, 1)
            tell("writing")
            time.sleep(60)

    child = fork(hold)
    assert child.hear() == "writing"
    with Case.open(path, wait=0.2) as case:
        with pytest.raises(CaseBusyError, match="Another process"), case.writer():
            pass
        # Reading goes on meanwhile.
        assert case.view.counts().documents == 1
        assert len(list(case.view.claims())) == shelf.claims
        # The right to write dies with its holder.
        child.kill()
        child.heard()
        with case.writer() as writer:
            shelf.write(writer, 2)
        assert case.view.counts().documents == 2


def test_second_writer_gets_its_turn(path: Path, shelf: Any, fork: Any) -> None:
    Case.create(path).close()

    def write(first: int) -> Any:
        def work(tell: Any) -> None:
            for number in range(first, first + 5):
                with Case.open(path, wait=30) as case, case.writer() as writer:
                    shelf.write(writer, number)

        return work

    children = [fork(write(0)), fork(write(100)), fork(write(200))]
    assert [child.heard() for child in children] == [[], [], []]
    with Case.open(path) as case:
        wanted = {shelf.id(first + at) for first in (0, 100, 200) for at in range(5)}
        assert {one.id for one in case.view.documents()} == wanted
        assert len(list(case.view.claims())) == 15 * shelf.claims


def test_two_writers_in_one_process_exclude_each_other(path: Path, shelf: Any) -> None:
    with Case.create(path) as one, Case.open(path, wait=0.1) as other:
        with one.writer() as writer:
            with pytest.raises(CaseBusyError), other.writer():
                pass
            shelf.write(writer, 1)
        with other.writer() as writer:
            shelf.write(writer, 2)
        assert one.view.counts().documents == 2


def test_child_that_outlives_its_parent_does_not_keep_the_case(path: Path, shelf: Any, fork: Any) -> None:
    """A process that parses a file is forked while its parent may write; both are not the writer."""
    Case.create(path).close()

    def hold(tell: Any) -> None:
        with Case.open(path) as case, case.writer():
            grandchild = os.fork()
            if grandchild == 0:
                time.sleep(5)
                os._exit(0)
            tell(str(grandchild))
            time.sleep(60)

    child = fork(hold)
    grandchild = int(child.hear())
    child.kill()
    try:
        with Case.open(path, wait=1) as case, case.writer() as writer:
            shelf.write(writer, 1)
    finally:
        os.kill(grandchild, 9)


def test_stream_holds_no_lock(path: Path, shelf: Any) -> None:
    with Case.create(path, wait=0.2) as case, case.writer() as writer:
        for number in range(30):
            shelf.write(writer, number)
        stream = case.view.claims()
        next(stream)
        shelf.write(writer, 30)  # would be busy if the stream kept its transaction
        assert sum(1 for _ in stream) >= 30 * shelf.claims - 1


# Rights


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that other users may enter, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def nobody() -> None:
    if os.geteuid() == 0:
        os.setgid(65534)
        os.setuid(65534)


def test_case_that_may_only_be_read(open_folder: Path, shelf: Any, fork: Any) -> None:
    path = open_folder / "river.case"
    with Case.create(path) as case, case.writer() as writer:
        shelf.write(writer, 1)
        case.view.search("front")
    for file in [path, *path.rglob("*")]:
        file.chmod(0o555 if file.is_dir() else 0o444)

    def work(tell: Any) -> None:
        nobody()
        with Case.open(path) as case:
            tell(str(len(list(case.view.claims()))))
            with case.writer():
                tell("wrote")

    said = fork(work).heard()
    assert said[0] == str(shelf.claims)
    assert said[1].startswith("CaseError: The case")
    assert "may not be read or written" in said[1]
    path.chmod(0o755)
    (path / "originals").chmod(0o755)


def test_case_that_may_not_be_read(open_folder: Path, fork: Any) -> None:
    path = open_folder / "river.case"
    Case.create(path).close()

    def work(tell: Any) -> None:
        nobody()
        Case.open(path)

    (path / "case.sqlite").chmod(0)
    (said,) = fork(work).heard()
    assert said.startswith("CaseError: ")
    assert "may not be read" in said
    path.chmod(0)
    (said,) = fork(work).heard()
    assert said.startswith("CaseError: ")
    assert "may not be read" in said
    path.chmod(0o755)


def test_case_in_a_folder_without_rights(open_folder: Path, fork: Any) -> None:
    open_folder.chmod(0o555)

    def work(tell: Any) -> None:
        nobody()
        Case.create(open_folder / "new.case")

    (said,) = fork(work).heard()
    assert said.startswith("CaseError: ")
    open_folder.chmod(0o755)


# Start


def test_the_contract_is_imported_without_a_database() -> None:
    asked = "import sys, colligate.store; print('sqlalchemy' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False"


def test_a_case_is_opened_without_alembic(path: Path) -> None:
    asked = (
        "import sys; from pathlib import Path; from colligate.store.case import Case;"
        "path = Path(sys.argv[1]); Case.create(path).close(); Case.open(path).view.counts();"
        "print('alembic' in sys.modules)"
    )
    command = [sys.executable, "-c", asked, str(path)]
    found = subprocess.run(command, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False"
