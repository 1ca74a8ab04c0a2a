"""Lists of claims in the three shapes of output."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from colligate.cli.claims_view import (
    EVENT_HEADER,
    TIE_HEADER,
    event_row,
    events_rich,
    tie_row,
    ties_rich,
)
from colligate.cli.output import Output
from colligate.export.wire import claim_to_wire
from colligate.model import Claim, Event, Tie
from colligate.store import ClaimFilter

if TYPE_CHECKING:
    from colligate.store.case import Case
    from colligate.vocabulary import Vocabulary


def claims_list(case: Case, where: ClaimFilter, output: Output, *, limit: int | None) -> None:
    """Prints the ties or events that match. ``where.kind`` must be set."""
    most = output.limit(limit)
    claims = islice((recorded.claim for recorded in case.view.claims(where)), most)
    if output.json:
        shown = output.values(map(claim_to_wire, claims))
    elif output.rich:
        found = list(claims)
        shown = len(found)
        claims_show(found, output, case.vocabulary)
    elif where.kind == "tie":
        shown = output.rows(TIE_HEADER, (tie_row(claim) for claim in claims if isinstance(claim, Tie)))
    else:
        shown = output.rows(EVENT_HEADER, (event_row(claim) for claim in claims if isinstance(claim, Event)))
    matching = case.view.count(where) if shown == most else shown
    _suggestions_tell(case, where, matching, output)
    if matching > shown:
        output.note(f"{shown} of {matching} {where.kind}s; --limit 0 shows all.")
    elif not shown:
        every = where == ClaimFilter(kind=where.kind, min_score=where.min_score)
        output.note(f"No {where.kind}s." if every else "Nothing matches.")


def _suggestions_tell(case: Case, where: ClaimFilter, matching: int, output: Output) -> None:
    """Says how many more there would be if less sure ones were shown: none is lost in silence."""
    if where.min_score > 0:
        more = case.view.count(replace(where, min_score=0.0)) - matching
        if more:
            left_out = "suggestion is" if more == 1 else "suggestions are"
            output.note(f"{more} less sure {left_out} left out; --min-confidence 0 shows all.")


def claims_show(claims: Sequence[Claim], output: Output, vocabulary: Vocabulary) -> None:
    """Claims for a person to read, ties first."""
    width = output.console.width
    symmetric = frozenset(name for name, tie in vocabulary.ties.items() if tie.symmetric)
    ties = [claim for claim in claims if isinstance(claim, Tie)]
    events = [claim for claim in claims if isinstance(claim, Event)]
    for block in [*ties_rich(ties, symmetric=symmetric, width=width), *events_rich(events, width=width)]:
        output.show(block)
