"""The command line: parse, call a workflow, print."""

from __future__ import annotations


def main() -> None:
    """Entry point of the ``colligate`` command. Ends the process with one of cli/exit_codes.py."""
    from colligate.cli.app import app  # noqa: PLC0415 - `import colligate.cli` alone stays free
    from colligate.cli.edge import streams_prepare  # noqa: PLC0415

    streams_prepare()
    app(prog_name="colligate")
