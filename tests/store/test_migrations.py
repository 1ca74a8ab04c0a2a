"""Old cases are brought up, and a migrated case has the very tables of a new one."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

import colligate.store.case as case_module
from colligate.store import revision
from colligate.store.case import Case
from colligate.store.sqlite import APPLICATION_ID, SqliteDatabase
from colligate.store.tables import EARLIER, REVISION


def script() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", "colligate.store:migrations")
    return ScriptDirectory.from_config(config)


def schema(path: Path) -> dict[str, str]:
    connection = sqlite3.connect(path)
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    connection.close()
    return {name: re.sub(r'[\s"]+', "", sql) for name, sql in rows}


def test_revisions_are_one_line_and_we_know_them_all() -> None:
    line = [one.revision for one in script().walk_revisions()]
    assert line[0] == REVISION
    assert set(line[1:]) == set(EARLIER)


def test_migrated_tables_are_the_tables_of_a_new_case(tmp_path: Path) -> None:
    Case.create(tmp_path / "new").close()
    database = SqliteDatabase(tmp_path / "old.sqlite", name="old", create=True)
    revision.bring_up(database)
    database.close()
    new, migrated = schema(tmp_path / "new" / "case.sqlite"), schema(tmp_path / "old.sqlite")
    assert migrated.keys() == new.keys()
    for name, statement in new.items():
        assert sorted(migrated[name]) == sorted(statement), name


def test_older_case_is_brought_up_when_it_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no older release: an empty database stands for the case of one."""
    path = tmp_path / "river.case"
    Case.create(path).close()
    (path / "case.sqlite").unlink()
    connection = sqlite3.connect(path / "case.sqlite")
    with connection:
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
    connection.close()
    monkeypatch.setattr(case_module, "revision_of", _revision_or_none)
    with Case.open(path) as case:
        assert case.view.counts().documents == 0
    monkeypatch.undo()
    Case.open(path).close()


def _revision_or_none(database: SqliteDatabase) -> str | None:
    connection = sqlite3.connect(database.path)
    found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    connection.close()
    return None if found else "0000"


def test_migration_that_fails_leaves_the_case_as_it_was(tmp_path: Path, shelf: Any) -> None:
    path = tmp_path / "river.case"
    with Case.create(path) as case, case.writer() as writer:
        shelf.write(writer, 1)
    connection = sqlite3.connect(path / "case.sqlite")
    with connection:
        connection.execute("DELETE FROM alembic_version")
    before = (path / "case.sqlite").read_bytes()
    connection.close()
    database = SqliteDatabase(path / "case.sqlite", name=str(path))
    with pytest.raises(Exception, match="already exists"):
        revision.bring_up(database)  # makes tables that are there
    database.close()
    assert (path / "case.sqlite").read_bytes() == before
