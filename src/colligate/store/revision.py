"""Which version a case's tables have, and the way from an older one to ours.

A new case gets its tables straight from ``tables`` and an open case is only asked for its revision:
Alembic (a quarter of a second to import) is loaded when there is a case to bring up.
"""

from __future__ import annotations

from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import OperationalError

from colligate.store.database import Database
from colligate.store.errors import damaged, too_new
from colligate.store.sqlite import APPLICATION_ID, SqliteDatabase
from colligate.store.tables import EARLIER, REVISION, alembic_version, metadata


def make(database: SqliteDatabase) -> None:
    """Makes the tables of a new case, in one transaction."""
    with database.writing() as connection:
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
        metadata.create_all(connection)
        database.index.create(connection)
        connection.execute(insert(alembic_version), {"version_num": REVISION})


def revision_of(database: SqliteDatabase) -> str | None:
    """None when the tables are ours, else the older revision that they have.

    Raises CaseTooNewError for one that this program does not know, CaseError when it is no case.
    """
    with database.reading() as connection:
        mark = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
        if mark != APPLICATION_ID:
            raise damaged(database.name, "the file is not a database of Colligate")
        revision = _stamp(connection, database.name)
    if revision == REVISION:
        return None
    if revision not in EARLIER:
        raise too_new(database.name, revision)
    return revision


def _stamp(connection: Connection, name: str) -> str:
    try:
        revision = connection.execute(select(alembic_version.c.version_num)).scalar_one_or_none()
    except OperationalError as error:
        raise damaged(name, "it does not say which version it has") from error
    if revision is None:
        raise damaged(name, "it does not say which version it has")
    return str(revision)


def bring_up(database: Database, *, to: str = REVISION) -> None:
    """Runs the migrations up to ``to``, all of them in one transaction."""
    from alembic import command  # noqa: PLC0415 - slow to import, seldom needed
    from alembic.config import Config  # noqa: PLC0415

    with database.writing() as connection:
        config = Config()
        config.set_main_option("script_location", "colligate.store:migrations")
        config.attributes["connection"] = connection
        config.attributes["index"] = database.index
        command.upgrade(config, to)
