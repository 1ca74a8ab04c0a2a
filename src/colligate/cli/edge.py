"""The one place where errors become messages and exit codes. No traceback gets past it."""

from __future__ import annotations

import errno
import functools
import os
import platform
import sys
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import ParamSpec

import typer

from colligate import __version__
from colligate.errors import ColligateError
from colligate.export.plain import line_shown, text_shown

Options = ParamSpec("Options")

INTERRUPTED = 130
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def guarded(verb: Callable[Options, int | None]) -> Callable[Options, None]:
    """The verb as the command line runs it: errors told, the exit code set from what it returns."""

    @functools.wraps(verb)
    def run(*args: Options.args, **kwargs: Options.kwargs) -> None:
        try:
            code = verb(*args, **kwargs)
            sys.stdout.flush()
        except ColligateError as error:
            tell(f"colligate: {text_shown(str(error))}", error.hint)
            code = error.exit_code
        except KeyboardInterrupt:
            tell("colligate: stopped. Every finished document is in the case.")
            code = INTERRUPTED
        except BrokenPipeError:
            # The reader of our output went away (`| head`): nothing failed, and nobody listens.
            _stdout_silence()
            code = 0
        except (typer.Exit, typer.Abort):
            raise
        except OSError as error:
            if error.errno in _NO_ROOM and not error.filename:
                # Only writing to an open file gives this error without a name, and the case's files
                # have errors of their own.
                tell(
                    "colligate: the output could not be written: there is no room left.",
                    "Make room where stdout goes, or send it elsewhere. The case is as it was.",
                )
                _stdout_silence()
            else:
                tell(*_unforeseen(error))
            code = ColligateError.exit_code
        except Exception as error:  # noqa: BLE001 - the edge
            tell(*_unforeseen(error))
            code = ColligateError.exit_code
        raise typer.Exit(code or 0)

    return run


def tell(message: str, hint: str = "") -> None:
    """A message to stderr, and what to do next below it."""
    text = f"{message}\n  {text_shown(hint)}\n" if hint else f"{message}\n"
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except OSError:
        pass  # stderr is gone as well; the exit code still tells


def streams_prepare() -> None:
    """Makes stdout and stderr take any text: what their encoding lacks is shown as an escape."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def error_log_folder() -> Path:
    """Where details of unforeseen errors go: the user's cache folder by the platform's custom."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "colligate" / "errors"


def _unforeseen(error: Exception) -> tuple[str, str]:
    kind = type(error).__name__
    try:
        details = f"details: {line_shown(str(_details_write(error)))}"
        report = (
            "Please open an issue with that file: it holds line numbers of the program, no document text."
        )
    except OSError:
        details = "its details could not be written down."
        report = "Please open an issue and name the command that you ran."
    return f"colligate: an unforeseen error ({kind}); {details}", f"What was stored is safe. {report}"


def _details_write(error: BaseException) -> Path:
    """Writes where the error arose. Its message and values stay out: they may quote a document."""
    now = datetime.now(UTC)
    lines = [
        f"colligate {__version__}",
        f"python {platform.python_version()} on {platform.platform()}",
        f"time {now.isoformat(timespec='seconds')}",
    ]
    link: BaseException | None = error
    while link is not None:
        lines.append(f"{type(link).__module__}.{type(link).__name__}")
        lines += [
            f"  {frame.filename}:{frame.lineno} in {frame.name}"
            for frame in traceback.extract_tb(link.__traceback__)
        ]
        link = link.__cause__ or link.__context__
    folder = error_log_folder()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{now:%Y%m%dT%H%M%S%f}.log"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _stdout_silence() -> None:
    """Points stdout at nothing, or the interpreter complains of the broken pipe as it ends."""
    try:
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, sys.stdout.fileno())
    except (OSError, ValueError):
        pass  # stdout is no real file (a test's buffer): nothing will complain
