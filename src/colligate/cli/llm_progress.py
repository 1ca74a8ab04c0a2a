"""How asking a language model looks while it goes on: a bar in a terminal, a line per document."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from colligate.cli.edge import tell
from colligate.export.plain import line_shown

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

    from colligate.extract.llm.tally import Tally


class BarOfPassages:
    """Keeps workflows.asking's AskProgress. A context manager: leaving takes the bar away."""

    def __init__(self, *, bar: bool | None = None) -> None:
        self._bar = sys.stderr.isatty() if bar is None else bar
        self._bars: Bars | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> BarOfPassages:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bars is not None:
            self._bars.stop()

    def begun(self, passages: int) -> None:
        if not self._bar or passages < 2:
            return
        from rich.console import Console  # noqa: PLC0415 - only for a bar
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn  # noqa: PLC0415

        self._bars = Progress(
            "asking", BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
            console=Console(file=sys.stderr), transient=True, auto_refresh=False,
        )  # fmt: skip
        self._task = self._bars.add_task("", total=passages)
        self._bars.start()

    def passage(self) -> None:
        if self._bars is not None and self._task is not None:
            self._bars.update(self._task, advance=1, refresh=True)

    def done(self, name: str, tally: Tally) -> None:
        self._tell(
            f"asked about {line_shown(name)}: {tally.chunks_read} of {tally.chunks} passages read, "
            f"{tally.kept} claims kept, {tally.dropped.total()} dropped"
        )

    def skipped(self, name: str, why: str) -> None:
        self._tell(f"not asked about {line_shown(name)}: {why}")

    def _tell(self, message: str) -> None:
        if self._bars is None:
            tell(message)
        else:
            self._bars.console.print(message, markup=False, highlight=False, soft_wrap=True)
