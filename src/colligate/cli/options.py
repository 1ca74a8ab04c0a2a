"""Options that several verbs share, and the case that they mean."""

from __future__ import annotations

import calendar
import os
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from colligate.errors import CaseError, SettingsError

if TYPE_CHECKING:
    from colligate.store.case import Case

CASE_VARIABLE = "COLLIGATE_CASE"
DEFAULT_CASE = Path("case")

CaseOption: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--case",
        metavar="DIR",
        help=f"The case's folder. Without it: ${CASE_VARIABLE}, else ./{DEFAULT_CASE}.",
        show_default=False,
    ),
]
MinConfidenceOption: TypeAlias = Annotated[
    float,
    typer.Option(
        "--min-confidence",
        min=0.0,
        max=1.0,
        metavar="P",
        help="Only claims that the reader gives this probability or more; 0 for its suggestions, too.",
    ),
]
JsonOption: TypeAlias = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]
LimitOption: TypeAlias = Annotated[
    int | None,
    typer.Option(
        "--limit",
        "-n",
        min=0,
        metavar="N",
        help="Show N at most, 0 for all. Without it: 50 in a terminal, else all.",
        show_default=False,
    ),
]


def case_path(given: Path | None) -> Path:
    """The case that is meant: the option, else the variable, else ./case."""
    if given is not None:
        return given
    return Path(os.environ.get(CASE_VARIABLE) or DEFAULT_CASE)


def case_open(given: Path | None) -> Case:
    """Opens the case that is meant. Raises CaseError with a way out when it is not there."""
    from colligate.store.case import Case  # noqa: PLC0415 - the store loads SQLAlchemy

    path = case_path(given)
    if not path.exists():
        raise CaseError(
            f"There is no case at {path}.",
            case=str(path),
            hint="Make one with `colligate read FILES...`, or name another with --case DIR "
            f"or ${CASE_VARIABLE}. `colligate demo` makes one from sample reports.",
        )
    return Case.open(path)


def day_first(text: str | None) -> date | None:
    """The first day of "2001", "2001-05" or "2001-05-12". Raises SettingsError for anything else."""
    return None if text is None else _day(text, last=False)


def day_last(text: str | None) -> date | None:
    """The last day of it."""
    return None if text is None else _day(text, last=True)


def _day(text: str, *, last: bool) -> date:
    match = re.fullmatch(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", text.strip())
    try:
        if match is None:
            raise ValueError(text)
        year, month, day = (int(part) if part else 0 for part in match.groups())
        month = month or (12 if last else 1)
        return date(year, month, day or (calendar.monthrange(year, month)[1] if last else 1))
    except ValueError as error:  # calendar's IllegalMonthError is one, too
        raise SettingsError(
            f"{text!r} is not a date.", hint="Write a year, month or day: 2001, 2001-05 or 2001-05-12."
        ) from error
