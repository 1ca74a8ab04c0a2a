"""colligate actor NAME: everything that the case says about one actor."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from colligate.cli.claims_view import EVENT_HEADER, KIND_STYLES, TIE_HEADER, event_row, tie_row
from colligate.cli.options import CaseOption, JsonOption, LimitOption, MinConfidenceOption, case_open
from colligate.cli.output import Output
from colligate.export.plain import line_shown
from colligate.model import SHOWN_FROM, Event, Tie

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from colligate.model import Claim
    from colligate.store import ActorSummary, View
    from colligate.vocabulary import Vocabulary


def actor(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name, an alias, or a part of one.")],
    *,
    min_confidence: MinConfidenceOption = SHOWN_FROM,
    case: CaseOption = None,
    limit: LimitOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show one actor: its names, its ties and the events that it took part in."""
    from colligate.cli.actors import actor_wire  # noqa: PLC0415 - --help stays quick
    from colligate.cli.choices import actors_meant  # noqa: PLC0415
    from colligate.export.wire import claim_to_wire  # noqa: PLC0415

    output = Output(json=as_json)
    with case_open(case) as opened:
        meant = actors_meant(opened.view, name)
        # The same name for a person and for a group, or in two documents, is shown together;
        # different names that only share a word are for the user to choose from.
        one = len({line_shown(actor.name).casefold() for actor in meant}) == 1
        most = output.limit(limit)
        ties = list(islice(_claims(opened.view, meant, "tie", min_confidence), most)) if one else []
        events = list(islice(_claims(opened.view, meant, "event", min_confidence), most)) if one else []
        if output.json:
            output.value(
                {
                    "actors": [actor_wire(actor) for actor in meant],
                    "ties": [claim_to_wire(claim) for claim in ties],
                    "events": [claim_to_wire(claim) for claim in events],
                }
            )
        elif output.rich:
            _show(meant, ties, events, output, opened.vocabulary)
        else:
            _lines(meant, ties, events, output)
    if not one:
        output.note(f"{len(meant)} actors answer to {line_shown(name)!r}.", "Give the full name of one.")
    elif most is not None and most in {len(ties), len(events)}:
        output.note(f"The first {most} ties and events; --limit 0 shows all.")


def _claims(
    view: View, meant: Sequence[ActorSummary], kind: Literal["tie", "event"], least: float
) -> Iterator[Claim]:
    from colligate.store import ClaimFilter  # noqa: PLC0415

    ids = tuple(id_ for actor in meant for id_ in actor.ids)
    return (recorded.claim for recorded in view.claims(ClaimFilter(kind=kind, actors=ids, min_score=least)))


def _lines(
    meant: Sequence[ActorSummary], ties: Sequence[Claim], events: Sequence[Claim], output: Output
) -> None:
    output.rows(
        ("name", "kind", "claims", "documents", "aliases"),
        ((a.name, a.kind, a.claims, a.documents, "; ".join(a.aliases)) for a in meant),
    )
    if ties:
        output.line()
        output.rows(TIE_HEADER, (tie_row(tie) for tie in ties if isinstance(tie, Tie)))
    if events:
        output.line()
        output.rows(EVENT_HEADER, (event_row(event) for event in events if isinstance(event, Event)))


def _show(
    meant: Sequence[ActorSummary],
    ties: Sequence[Claim],
    events: Sequence[Claim],
    output: Output,
    vocabulary: Vocabulary,
) -> None:
    from rich.text import Text  # noqa: PLC0415

    from colligate.cli.actors import actors_table  # noqa: PLC0415
    from colligate.cli.claims_list import claims_show  # noqa: PLC0415

    if not (ties or events) and len(meant) > 1:
        output.show(actors_table(meant))
        return
    for actor in meant:
        head = Text(line_shown(actor.name), style=KIND_STYLES.get(actor.kind, "bold"))
        head.append(f"  {actor.kind}, {actor.claims} claims in {actor.documents} documents", style="dim")
        output.show(head)
        if actor.aliases:
            output.show(Text(f"also written {', '.join(map(line_shown, actor.aliases))}", style="dim"))
    families: dict[str, list[Claim]] = {}
    for tie in ties:
        known = vocabulary.ties.get(tie.type)
        families.setdefault(known.family if known else "other", []).append(tie)
    if events:
        families["events"] = list(events)
    for family, claims in families.items():
        output.show(Text(f"\n{family}", style="bold underline"), Text())
        claims_show(claims, output, vocabulary)
