"""colligate actors: everyone that the case names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from colligate.cli.claims_view import KIND_STYLES
from colligate.cli.options import CaseOption, JsonOption, LimitOption, case_open
from colligate.cli.output import Output, shortened
from colligate.export.plain import line_shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.table import Table

    from colligate.store import ActorSummary


def actors(
    *,
    kind: Annotated[
        str | None,
        typer.Option(help="Only persons, organisations, communities, places, works or events."),
    ] = None,
    case: CaseOption = None,
    limit: LimitOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the actors of a case, those with the most claims first."""
    from colligate.cli.choices import known  # noqa: PLC0415

    output = Output(json=as_json)
    with case_open(case) as opened:
        kinds = opened.vocabulary.entity_kinds
        wanted = None if kind is None else known([_singular(kind)], kinds, what="a kind of actor")[0]
        found, more = shortened(opened.view.actors(kind=wanted), output.limit(limit))
        if output.json:
            output.values(actor_wire(actor) for actor in found)
        elif output.rich:
            output.show(actors_table(found))
        else:
            rows = ((a.name, a.kind, a.claims, a.documents, "; ".join(a.aliases)) for a in found)
            output.rows(("name", "kind", "claims", "documents", "aliases"), rows)
        if not found:
            output.note("No actors.")
        if more:
            output.note(f"The first {len(found)} actors; --limit 0 shows all.")


def actor_wire(actor: ActorSummary) -> dict[str, Any]:
    return {
        "name": actor.name,
        "kind": actor.kind,
        "aliases": list(actor.aliases),
        "ids": list(actor.ids),
        "claims": actor.claims,
        "documents": actor.documents,
    }


def actors_table(found: Sequence[ActorSummary]) -> Table:
    """Names in full, aliases as far as there is room."""
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=None, header_style="dim", pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("name", overflow="fold", max_width=48)
    table.add_column("kind")
    table.add_column("claims", justify="right")
    table.add_column("docs", justify="right")
    table.add_column("also written", overflow="fold", ratio=1)
    for actor in found:
        table.add_row(
            Text(line_shown(actor.name), style=KIND_STYLES.get(actor.kind, "")),
            Text(actor.kind, style="dim"),
            str(actor.claims),
            str(actor.documents),
            Text(_aliases(actor), style="dim"),
        )
    return table


def _aliases(actor: ActorSummary) -> str:
    """As many as fit on two lines or so; `colligate actor NAME` shows all."""
    shown = ", ".join(map(line_shown, actor.aliases[:_ALIASES]))
    rest = len(actor.aliases) - _ALIASES
    return f"{shown} and {rest} more" if rest > 0 else shown


_ALIASES = 6


def _singular(kind: str) -> str:
    """People write `--kind persons` as well."""
    plural = kind.strip().lower()
    return "community" if plural == "communities" else plural.removesuffix("s")
