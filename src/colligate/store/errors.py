"""Turns what SQLite and the file system say into the errors of a case. Nothing else of theirs gets out."""

from __future__ import annotations

import errno
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from colligate.errors import CaseBusyError, CaseError, CaseFullError, CaseTooNewError

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NO_RIGHTS = {errno.EACCES, errno.EPERM, errno.EROFS}


@contextmanager
def case_errors(case: str, database: Path | None = None) -> Iterator[None]:
    """Within the block, database and file errors become CaseErrors that name the folder ``case``."""
    try:
        yield
    except DBAPIError as error:
        raise _from_sqlite(error.orig, case, database) from error
    except sqlite3.Error as error:
        raise _from_sqlite(error, case, database) from error
    except SQLAlchemyError as error:
        raise CaseError(f"The case {case} could not be used: {error}", case=case) from error
    except OSError as error:
        raise from_os(error, case) from error


def from_os(error: OSError, case: str) -> CaseError:
    """The case's error for a file error."""
    if error.errno in _FULL:
        return full(case)
    if error.errno in _NO_RIGHTS:
        return no_rights(case)
    if error.errno in (errno.EEXIST, errno.ENOTDIR):
        return CaseError(
            f"The case {case} could not be used: a file stands where its folder should be.",
            case=case,
            hint="A case is a folder. Name another with --case, or move the file away.",
        )
    return CaseError(f"The case {case} could not be used: {error.strerror or error}.", case=case)


def full(case: str) -> CaseFullError:
    return CaseFullError(
        f"There is no room left on the disk, or within the quota, of the case {case}.",
        case=case,
        hint="Make room and read the same files again: finished documents are saved and are not read twice.",
    )


def busy(case: str) -> CaseBusyError:
    return CaseBusyError(
        f"Another process is writing to the case {case}.",
        case=case,
        hint="Wait until it is done, or stop it, and try again. Reading from the case is possible meanwhile.",
    )


def no_rights(case: str) -> CaseError:
    return CaseError(
        f"The case {case} may not be read or written by this user.",
        case=case,
        hint="Change the rights of the folder and of the files in it, or copy the case to a folder of yours.",
    )


def damaged(case: str, why: str) -> CaseError:
    return CaseError(
        f"The database of the case {case} is damaged or is no case: {why}.",
        case=case,
        hint="Put a copy of the case in its place, or read the files in its `originals` into a new case.",
    )


def _from_sqlite(error: BaseException | None, case: str, database: Path | None) -> CaseError:
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL}:
        return busy(case)
    if code == sqlite3.SQLITE_FULL or (code == sqlite3.SQLITE_IOERR and _is_full(database)):
        return full(case)
    if code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
        return damaged(case, str(error))
    if code in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}:
        return no_rights(case)
    return CaseError(f"The database of the case {case} could not be used: {error}.", case=case)


def _is_full(database: Path | None) -> bool:
    """Whether the disk, a quota or a limit on files refuses what a commit needs.

    SQLite calls a reached quota an input/output error, like a broken disk, so the same write is
    tried beside the database: as far out as its end, in a file that goes away at once.
    """
    if database is None:
        return False
    try:
        size = database.stat().st_size
        with tempfile.TemporaryFile(dir=database.parent) as probe:
            probe.seek(size)
            probe.write(b"\0" * (1 << 20))
            probe.flush()
            os.fsync(probe.fileno())
    except OSError as error:
        return error.errno in _FULL
    return False


def no_case(case: str) -> CaseError:
    return CaseError(
        f"There is no case in {case}.",
        case=case,
        hint="Name the folder of a case with --case, or make one with `colligate read FILES... --case DIR`.",
    )


def not_empty(case: str) -> CaseError:
    return CaseError(
        f"A new case cannot be made in {case}: the folder is not empty.",
        case=case,
        hint="Name a folder that is empty or does not exist yet.",
    )


def too_new(case: str, revision: str) -> CaseTooNewError:
    return CaseTooNewError(
        f"The case {case} was written by a newer Colligate (its tables are at {revision}).",
        case=case,
        hint="Install the newest Colligate; this one would not understand all that is in the case.",
    )
