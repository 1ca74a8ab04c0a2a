"""The verbs, in the order in which a newcomer meets them."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from colligate import __version__
from colligate.cli.actor import actor
from colligate.cli.actors import actors
from colligate.cli.claim import claim
from colligate.cli.demo import demo
from colligate.cli.doctor import doctor
from colligate.cli.documents import documents
from colligate.cli.edge import guarded
from colligate.cli.evaluate import evaluate
from colligate.cli.events import events
from colligate.cli.export import export
from colligate.cli.read import read
from colligate.cli.search import search
from colligate.cli.ties import ties

app = typer.Typer(
    name="colligate",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Data goes to stdout, words about the work to stderr. Every verb takes --json.",
)

_START, _LOOK, _TAKE, _CARE = "Start", "Look", "Take along", "Take care"
for _verb, _panel in (
    (demo, _START),
    (read, _START),
    (documents, _LOOK),
    (actors, _LOOK),
    (actor, _LOOK),
    (ties, _LOOK),
    (events, _LOOK),
    (claim, _LOOK),
    (search, _LOOK),
    (export, _TAKE),
    (evaluate, _CARE),
    (doctor, _CARE),
):
    app.command(_verb.__name__, rich_help_panel=_panel)(guarded(_verb))


def _version(asked: bool) -> None:
    if asked:
        sys.stdout.write(f"colligate {__version__}\n")
        raise typer.Exit


@app.callback()
def colligate(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Reads reports on armed groups and binds what they say into one sourced, dated network.

    Every claim shows the words it rests on, who says so, and when it was true.
    """
