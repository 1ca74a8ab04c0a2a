"""The choice of journal, and the settings of every connection."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from colligate.store.case import Case
from colligate.store.query import parse
from colligate.store.sqlite import fts5_expression, journal_mode, wal_is_safe


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 7, 0), False),
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 4), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 52, 0), True),
        ((4, 0, 0), True),
    ],
)
def test_write_ahead_log_only_where_it_keeps_what_it_took(version: tuple[int, int, int], safe: bool) -> None:
    assert wal_is_safe(version) is safe


def test_connections_are_durable_and_strict(tmp_path: Path) -> None:
    with Case.create(tmp_path / "case") as case, case.writer():
        database = case._database
        for wanted in (database.reading, database.writing):
            with wanted() as connection:
                values = [
                    connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
                    for name in ("synchronous", "foreign_keys", "journal_mode")
                ]
            assert values == [2, 1, journal_mode()]


def mode_of(path: Path) -> str:
    connection = sqlite3.connect(path / "case.sqlite")
    (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
    connection.close()
    return str(mode)


def test_case_at_rest_is_one_file_whatever_journal_it_is_written_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shelf: Any
) -> None:
    path = tmp_path / "case"
    for number, (version, mode) in enumerate([((3, 51, 3), "wal"), ((3, 40, 1), "delete")]):
        monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
        with Case.open_or_create(path) as case:
            with case.writer() as writer:
                shelf.write(writer, number)
                assert mode_of(path) == mode
                assert case.view.counts().documents == number + 1
            assert mode_of(path) == "delete"
        assert [file.name for file in path.glob("case.sqlite*")] == ["case.sqlite"]


def test_log_that_is_not_safe_here_goes_before_the_first_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A case comes from a SQLite with the fix, in the middle of its work, to one without it."""
    path = tmp_path / "case"
    Case.create(path).close()
    connection = sqlite3.connect(path / "case.sqlite")
    connection.execute("PRAGMA journal_mode=wal")
    connection.close()
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 40, 1))
    with Case.open(path) as case, case.writer():
        assert mode_of(path) == "delete"


def test_reader_in_the_way_of_a_log_costs_the_log_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shelf: Any
) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 51, 3))
    path = tmp_path / "case"
    with Case.create(path) as case, Case.open(path) as other, other._database.reading() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM documents").scalar_one()
        with case.writer():
            assert mode_of(path) == "delete"
    with Case.open(path) as case, case.writer() as writer:
        shelf.write(writer, 1)
        assert mode_of(path) == "wal"


@pytest.mark.parametrize(
    ("words", "expression"),
    [
        ("omar tal", '("omar") AND ("tal")'),
        ("al-Qa'ida", '("al qaida")'),
        ('"Omar Tal" OR riv*', '("omar tal" OR "riv"*)'),
        ("front -port -sel", '(("front")) NOT ("port" OR "sel")'),
        ("NEAR(a b) AND {x}:y ^z", '("near a") AND ("b") AND ("and") AND ("x y") AND ("z")'),
    ],
)
def test_query_becomes_an_expression_with_nothing_of_the_users_own(words: str, expression: str) -> None:
    assert fts5_expression(parse(words)) == expression
