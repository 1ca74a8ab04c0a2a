"""A process killed at any moment loses no finished document and leaves nothing half done.

What this shows is that the case survives the death of the process. That it survives the loss of
power rests on ``synchronous=FULL`` and on the disk keeping its word; no test of ours can pull the plug.
"""

from __future__ import annotations

import random
import sqlite3
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from colligate.store import ClaimFilter
from colligate.store.case import Case

KILLS = 200
WAL_SAFE = (3, 51, 3)
WAL_UNSAFE = (3, 40, 1)


def database_is_sound(path: Path) -> None:
    connection = sqlite3.connect(path / "case.sqlite")
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.execute("INSERT INTO search(search) VALUES ('integrity-check')")
    connection.close()


def pace_of_a_document(tmp_path: Path, shelf: Any) -> float:
    """Seconds that one takes to be written here and now: the kills are spread over that time."""
    with Case.create(tmp_path / "paced") as case, case.writer() as writer:
        shelf.write(writer, 0)
        begun = time.perf_counter()
        for number in range(1, 5):
            shelf.write(writer, number)
        return (time.perf_counter() - begun) / 4


@pytest.mark.slow
@pytest.mark.parametrize(
    ("version", "kills"), [(WAL_UNSAFE, KILLS), (WAL_SAFE, 60)], ids=["rollback journal", "write-ahead log"]
)
def test_killed_many_times(
    tmp_path: Path,
    shelf: Any,
    fork: Any,
    monkeypatch: pytest.MonkeyPatch,
    version: tuple[int, int, int],
    kills: int,
) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
    path = tmp_path / "river.case"
    Case.create(path).close()
    pace = pace_of_a_document(tmp_path, shelf)
    chance = random.Random(20240501)
    promised: set[int] = set()
    following = 0
    in_the_middle = 0
    for kill in range(kills):

        def work(tell: Any, first: int = following) -> None:
            with Case.open(path) as case, case.writer() as writer:
                tell("ready")
                for number in range(first, first + 100):
                    shelf.write(writer, number)
                    tell(str(number))

        child = fork(work)
        assert child.hear() == "ready"
        said = [child.hear() for _ in range(chance.randrange(3))]
        time.sleep(chance.uniform(0, pace))
        child.kill()
        told = list(map(int, [*said, *child.heard()]))
        promised.update(told)
        in_the_middle += any((path / f"case.sqlite-{end}").exists() for end in ("journal", "wal"))
        # One more may be stored than was told: the process died between the two.
        whole = following + len(told)
        with Case.open(path) as case:
            kept = {one.id: one for one in case.view.documents()}
            assert {shelf.id(number) for number in promised} <= kept.keys()
            assert kept.keys() <= {shelf.id(number) for number in range(whole + 1)}
            assert {(one.finished, one.suggestions) for one in kept.values()} <= {(True, shelf.claims)}
            for number in [*told, whole][-2:]:
                if shelf.id(number) in kept:
                    text = case.view.document(shelf.id(number)).text
                    found = list(case.view.claims(ClaimFilter(documents=(shelf.id(number),))))
                    assert [one.claim for one in found] == shelf.ties(case.view.document(shelf.id(number)))
                    assert case.view.original(shelf.id(number)) == text.encode()
                    assert len(case.view.search(f"Rill{number}x3")) == 1
            following = len(kept)
            # The document that was cut short is written again, by the next child, as if for the first time.
            assert kept.keys() == {shelf.id(number) for number in range(following)}
        if kill % 20 == 0:
            database_is_sound(path)
    database_is_sound(path)
    assert len(promised) > kills / 2, "the children were killed before they could write"
    assert in_the_middle > kills / 20, "no child was killed within a transaction"


@pytest.mark.slow
def test_killed_while_a_reading_is_replaced(tmp_path: Path, shelf: Any, fork: Any) -> None:
    """A document shows the old reading or the new one, whole, whenever the process dies."""
    path = tmp_path / "river.case"
    with Case.create(path) as case, case.writer() as writer:
        shelf.write(writer, 0)
    first = shelf.document(0)
    shorter = replace(first, reader="plain 2", title="other")
    pace = pace_of_a_document(tmp_path, shelf)
    chance = random.Random(7)
    seen = set()
    for _ in range(50):

        def work(tell: Any) -> None:
            with Case.open(path) as case, case.writer() as writer:
                tell("ready")
                while True:
                    writer.finish_document(shorter, claims=shelf.ties(shorter)[:5], actors=[], run=shelf.run)
                    tell("shorter")
                    writer.finish_document(first, claims=shelf.ties(first), actors=[], run=shelf.run)
                    tell("first")

        child = fork(work)
        assert child.hear() == "ready"
        # Paced by what the child has done, not by the clock alone: on a loaded machine that is too short.
        for _ in range(chance.randrange(3)):
            child.hear()
        time.sleep(chance.uniform(0, pace))
        child.kill()
        child.heard()
        with Case.open(path) as case:
            (summary,) = case.view.documents()
            claims = [one.claim for one in case.view.claims()]
            document = case.view.document(summary.id)
            seen.add(document.reader)
            assert claims == (shelf.ties(first) if document == first else shelf.ties(shorter)[:5])
            assert document in (first, shorter)
    assert seen == {"plain 1", "plain 2"}
    database_is_sound(path)


@pytest.mark.slow
def test_killed_while_the_case_is_made(tmp_path: Path, shelf: Any, fork: Any) -> None:
    begun = time.perf_counter()
    Case.create(tmp_path / "paced").close()
    pace = time.perf_counter() - begun
    chance = random.Random(11)
    unfinished = 0
    for kill in range(50):
        path = tmp_path / f"{kill}.case"

        def work(tell: Any, path: Path = path) -> None:
            tell("ready")
            Case.create(path).close()

        child = fork(work)
        assert child.hear() == "ready"
        time.sleep(chance.uniform(0, pace))
        child.kill()
        child.heard()
        unfinished += path.exists() and not (path / "case.sqlite").exists()
        with Case.open_or_create(path) as case, case.writer() as writer:
            shelf.write(writer, 1)
            assert case.view.counts().documents == 1
    assert unfinished, "no child was killed while it made the case"


def test_original_is_there_whole_or_not_at_all(tmp_path: Path, shelf: Any) -> None:
    """What a killed write leaves lies under another name, and goes with the next writer."""
    path = tmp_path / "river.case"
    with Case.create(path) as case:
        digest = shelf.id(1).removeprefix("sha256:")
        folder = path / "originals" / digest[:2]
        folder.mkdir()
        (path / "originals" / ".new-left").write_bytes(b"half")
        (folder / digest).write_bytes(b"cut")  # as a disk that lost its last writes might show it
        with case.writer() as writer:
            shelf.write(writer, 1)
        assert case.view.original(shelf.id(1)) == shelf.text(1).encode()
    left = {str(file.relative_to(path / "originals")) for file in (path / "originals").rglob("*")}
    assert left == {digest[:2], f"{digest[:2]}/{digest}"}
