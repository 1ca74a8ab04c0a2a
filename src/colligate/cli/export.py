"""colligate export claims|csv: the case's claims as a file."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from colligate.cli.options import CaseOption, MinConfidenceOption, case_open
from colligate.cli.output import Output
from colligate.export.plain import line_shown
from colligate.model import SHOWN_FROM

if TYPE_CHECKING:
    from collections.abc import Iterator


class Format(StrEnum):
    CLAIMS = "claims"
    CSV = "csv"


def export(
    what: Annotated[Format, typer.Argument(help="claims: JSON Lines. csv: a table for a spreadsheet.")],
    *,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Write here, not to stdout. For csv, a folder gets ties.csv and events.csv.",
            show_default=False,
        ),
    ] = None,
    min_confidence: MinConfidenceOption = SHOWN_FROM,
    case: CaseOption = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="With --out: print what was written as JSON.")
    ] = False,
) -> None:
    """Write the claims of a case, in a stable order; with --min-confidence 0 also what is only suggested."""
    from colligate.export.claims import write_claims  # noqa: PLC0415 - --help stays quick
    from colligate.export.csv import write_claims_csv, write_folder_csv  # noqa: PLC0415
    from colligate.store import ClaimFilter  # noqa: PLC0415

    output = Output(json=as_json)
    with case_open(case) as opened:
        claims = (recorded.claim for recorded in opened.view.claims(ClaimFilter(min_score=min_confidence)))
        if what is Format.CSV and out is not None and (out.is_dir() or not out.suffix):
            with _errors_of(out):
                written = sum(write_folder_csv(claims, out, opened.vocabulary))
        else:
            write = write_claims if what is Format.CLAIMS else write_claims_csv
            with _opened(out, mark=what is Format.CSV) as file:
                written = write(claims, file)
    if out is not None:
        if output.json:
            output.value({"written": written, "to": str(out)})
        else:
            output.note(f"{written} claims written to {line_shown(str(out))}.")


@contextmanager
def _opened(out: Path | None, *, mark: bool) -> Iterator[TextIO]:
    """stdout, or a new file that takes its place only when it is whole.

    ``mark``: with a byte order mark, without which Excel takes UTF-8 for the system's code page.
    """
    if out is None:
        yield sys.stdout
        return
    encoding = "utf-8-sig" if mark else "utf-8"
    if out.exists() and not out.is_file():  # /dev/stdout, a named pipe: written to, never replaced
        with _errors_of(out), out.open("w", encoding=encoding, newline="") as file:
            yield file
        return
    out = out.resolve()  # a link stays a link; what it leads to is replaced
    part = out.with_name(out.name + ".part")
    with _errors_of(out):
        try:
            with part.open("w", encoding=encoding, newline="") as file:
                yield file
            part.replace(out)
        finally:
            part.unlink(missing_ok=True)


@contextmanager
def _errors_of(out: Path) -> Iterator[None]:
    from colligate.errors import SettingsError  # noqa: PLC0415

    try:
        yield
    except OSError as error:
        raise SettingsError(
            f"Nothing could be written to {line_shown(str(out))}: {error.strerror or error}.",
            hint="Name another place with --out, or leave it out to write to stdout.",
        ) from error
