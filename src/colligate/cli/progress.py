"""How a long read looks while it goes on: a bar on stderr in a terminal, one line per file elsewhere."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TYPE_CHECKING

from colligate.cli.edge import tell
from colligate.export.plain import line_shown, text_shown

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

    from colligate.workflows.read import FileDone, FileFailure


class ReadProgress:
    """Keeps workflows.read's Progress. A context manager: leaving takes the bar away."""

    def __init__(self, *, bar: bool | None = None) -> None:
        self._bar = sys.stderr.isatty() if bar is None else bar
        self._bars: Bars | None = None
        self._task: TaskID | None = None
        self._words = self._claims = 0

    def __enter__(self) -> ReadProgress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bars is not None:
            self._bars.stop()

    def begun(self, files: int) -> None:
        if not self._bar or files < 2:
            return
        from rich.console import Console  # noqa: PLC0415 - only for a bar
        from rich.progress import (  # noqa: PLC0415
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
        )

        self._bars = Progress(
            TextColumn("reading"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.fields[found]}", style="dim", markup=False),
            console=Console(file=sys.stderr),
            transient=True,
            auto_refresh=False,  # no thread beside the one that writes to the case
        )
        self._task = self._bars.add_task("", total=files, found="")
        self._bars.start()

    def unchanged(self, source: str) -> None:  # noqa: ARG002 - the report counts them
        self._step()

    def done(self, file: FileDone) -> None:
        self._words += file.words
        self._claims += file.ties + file.events
        if self._bars is None:
            found = f"{file.words:,} words, {file.ties} ties, {file.events} events"
            tell(f"read {line_shown(file.source)}: {found}")
        for warning in file.warnings:
            self._tell(f"  {line_shown(file.source)}: {line_shown(warning)}")
        self._step()

    def failed(self, file: FileFailure) -> None:
        message = line_shown(file.message)
        if line_shown(file.source) not in message:
            message = f"{line_shown(file.source)}: {message}"
        self._tell(f"not read ({file.failure.value}): {message}", file.hint)
        self._step()

    def _step(self) -> None:
        if self._bars is not None and self._task is not None:
            found = f"{self._words:,} words, {self._claims:,} claims"
            self._bars.update(self._task, advance=1, found=found, refresh=True)

    def _tell(self, message: str, hint: str = "") -> None:
        if self._bars is None:
            tell(message, hint)
            return
        lines = [message, f"  {text_shown(hint)}"] if hint else [message]
        self._bars.console.print(*lines, sep="\n", markup=False, highlight=False, soft_wrap=True)
