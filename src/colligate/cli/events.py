"""colligate events: the events of a case, each with its quote, date, stance and source."""

from __future__ import annotations

from colligate.cli.claim_filters import (
    AccordingOption,
    ActorOption,
    FromOption,
    HeldOption,
    StanceOption,
    ToOption,
    TypeOption,
    WithOption,
    claim_filter,
)
from colligate.cli.options import CaseOption, JsonOption, LimitOption, MinConfidenceOption, case_open
from colligate.cli.output import Output
from colligate.model import SHOWN_FROM


def events(
    *,
    actor: ActorOption = None,
    type_: TypeOption = None,
    with_: WithOption = None,
    from_: FromOption = None,
    to: ToOption = None,
    held: HeldOption = False,
    stance: StanceOption = None,
    according_to: AccordingOption = None,
    min_confidence: MinConfidenceOption = SHOWN_FROM,
    case: CaseOption = None,
    limit: LimitOption = None,
    as_json: JsonOption = False,
) -> None:
    """List events: what happened, who took part, when and where, with the words that say so."""
    from colligate.cli.claims_list import claims_list  # noqa: PLC0415

    with case_open(case) as opened:
        where = claim_filter(
            opened,
            kind="event",
            actor=actor,
            other=with_,
            types=type_,
            since=from_,
            until=to,
            held=held,
            stances=stance,
            according_to=according_to,
            min_confidence=min_confidence,
        )
        claims_list(opened, where, Output(json=as_json), limit=limit)
