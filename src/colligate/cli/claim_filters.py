"""The options that narrow claims, shared by the verbs that list or export them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

import typer

from colligate.cli.choices import actors_meant, known
from colligate.cli.options import day_first, day_last
from colligate.errors import SettingsError

if TYPE_CHECKING:
    from colligate.store import ClaimFilter
    from colligate.store.case import Case

ActorOption: TypeAlias = Annotated[
    str | None, typer.Option("--actor", "-a", metavar="NAME", help="Claims that this actor is part of.")
]
WithOption: TypeAlias = Annotated[
    str | None, typer.Option("--with", metavar="NAME", help="... together with this one.")
]
TypeOption: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--type", "-t", metavar="TYPE", help="This type (leader_of, attack, ...). Repeatable."),
]
FromOption: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--from", metavar="DATE", help="Held or may have held at or after: 2001, 2001-05, 2001-05-12."
    ),
]
ToOption: TypeAlias = Annotated[str | None, typer.Option("--to", metavar="DATE", help="... at or before.")]
HeldOption: TypeAlias = Annotated[
    bool, typer.Option("--held", help="With dates: leave out what only may have held.")
]
StanceOption: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(metavar="STANCE", help="asserted, alleged, claimed, denied or planned. Repeatable."),
]
AccordingOption: TypeAlias = Annotated[
    str | None, typer.Option("--according-to", metavar="NAME", help="Claims with this source in their chain.")
]


def claim_filter(
    case: Case,
    *,
    kind: Literal["tie", "event"] | None,
    actor: str | None,
    other: str | None,
    types: list[str] | None,
    since: str | None,
    until: str | None,
    held: bool,
    stances: list[str] | None,
    according_to: str | None,
    min_confidence: float,
) -> ClaimFilter:
    """The filter that the options ask for.

    Raises SettingsError for a type, stance, date or pair of dates that cannot be, NotFoundError for an
    actor whom the case does not know: an empty list would look like an answer.
    """
    from colligate.model import Held  # noqa: PLC0415 - --help needs no model
    from colligate.store import ClaimFilter  # noqa: PLC0415

    first, last = day_first(since), day_last(until)
    if first is not None and last is not None and first > last:
        raise SettingsError(
            f"--from {since} is after --to {until}.", hint="Put the earlier date at --from, or leave one out."
        )
    vocabulary = case.vocabulary
    allowed = {
        "tie": list(vocabulary.ties),
        "event": list(vocabulary.events),
        None: [*vocabulary.ties, *vocabulary.events],
    }[kind]
    return ClaimFilter(
        kind=kind,
        types=known(types or (), allowed, what=f"a type of {kind or 'claim'}"),
        actors=_names(case, actor),
        others=_names(case, other),
        since=first,
        until=last,
        hold=Held.HELD if held else Held.MAY_HAVE_HELD,
        stances=known(stances or (), vocabulary.stances, what="a stance"),
        according_to=according_to or "",
        min_score=min_confidence,
    )


def _names(case: Case, asked: str | None) -> tuple[str, ...]:
    if asked is None:
        return ()
    return tuple(id_ for actor in actors_meant(case.view, asked) for id_ in actor.ids)
