"""colligate doctor: is everything there, and is the case whole?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from colligate.cli.options import CaseOption, JsonOption, case_open, case_path
from colligate.cli.output import Output
from colligate.export.plain import line_shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from colligate.workflows.doctor import Finding

_STYLES = {"good": "green", "weak": "yellow", "bad": "bold red"}


def doctor(*, case: CaseOption = None, as_json: JsonOption = False) -> int:
    """Check the installation and, if there is one, the case: every quote against its document."""
    from colligate.errors import CaseError  # noqa: PLC0415 - --help stays quick
    from colligate.workflows.doctor import Health, case_check, installation_check  # noqa: PLC0415

    output = Output(json=as_json)
    findings = list(installation_check())
    path = case_path(case)
    checked: list[Finding] = []
    if case is not None or path.exists():
        with case_open(case) as opened:
            checked = list(case_check(opened.view))
    if output.json:
        wires = [
            {"about": about, "what": one.what, "health": one.health.value, "found": one.found}
            for about, group in (("installation", findings), ("case", checked))
            for one in group
        ]
        output.values(wires)
    else:
        _show("installation", findings, output)
        if checked:
            _show(f"case {path}", checked, output)
        else:
            output.note(f"There is no case at {line_shown(str(path))}; only the installation was checked.")
    bad = Health.BAD in {one.health for one in [*findings, *checked]}
    return CaseError.exit_code if bad else 0


def _show(title: str, findings: Sequence[Finding], output: Output) -> None:
    if not output.rich:
        output.rows(
            (line_shown(title), "health", "found"), ((f.what, f.health.value, f.found) for f in findings)
        )
        return
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table.grid(padding=(0, 2))
    for finding in findings:
        mark = {"good": "✓", "weak": "~", "bad": "✗"}[finding.health.value]
        style = _STYLES[finding.health.value]
        table.add_row(
            Text(mark, style=style), Text(finding.what, style="bold"), Text(line_shown(finding.found))
        )
    output.show(Text(line_shown(title), style="bold underline"), table, "")
