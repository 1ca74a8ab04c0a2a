"""Claims as rows for a spreadsheet: ties.csv and events.csv, or both in one table."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TextIO

from colligate.export.plain import line_shown
from colligate.model import Claim, Event, Party, Tie, When, statements
from colligate.vocabulary import Vocabulary

_ENDS = ("subject", "subject_kind", "object", "object_kind")
_HAPPENING = ("name", "outcome", "killed", "wounded")
_COMMON = (
    "date", "start_earliest", "start_latest", "end_earliest", "end_latest", "date_words",
    "place", "stance", "according_to", "quote", "stated_again", "document", "page",
    "confidence", "method", "review", "id",
)  # fmt: skip
TIE_COLUMNS = ("type", *_ENDS, *_COMMON)
CLAIM_COLUMNS = ("kind", "type", *_ENDS, "participants", *_HAPPENING, *_COMMON)


def event_columns(vocabulary: Vocabulary) -> tuple[str, ...]:
    """The columns of events.csv: one for each role that the vocabulary knows, in its order.

    A role named like another column ("place") shares that column.
    """
    roles = dict.fromkeys(role for event in vocabulary.events.values() for role in event.roles)
    return ("type", *_HAPPENING, *(role for role in roles if role not in _COMMON), *_COMMON)


def write_claims_csv(claims: Iterable[Claim], out: TextIO) -> int:
    """Ties and events in one table with a ``kind`` column. Returns the number of rows."""
    return _write(claims, CLAIM_COLUMNS, out)


def write_folder_csv(claims: Iterable[Claim], folder: Path, vocabulary: Vocabulary) -> tuple[int, int]:
    """Writes ties.csv and events.csv into ``folder`` in one pass. Returns (ties, events).

    With a byte order mark, without which Excel takes UTF-8 for the system's code page.
    """
    folder.mkdir(parents=True, exist_ok=True)
    columns = event_columns(vocabulary)
    ties = events = 0
    with (
        (folder / "ties.csv").open("w", encoding="utf-8-sig", newline="") as tie_file,
        (folder / "events.csv").open("w", encoding="utf-8-sig", newline="") as event_file,
    ):
        tie_rows, event_rows = csv.writer(tie_file), csv.writer(event_file)
        tie_rows.writerow(TIE_COLUMNS)
        event_rows.writerow(columns)
        for claim in claims:
            if isinstance(claim, Tie):
                tie_rows.writerow(_cells(claim, TIE_COLUMNS))
                ties += 1
            else:
                event_rows.writerow(_cells(claim, columns))
                events += 1
    return ties, events


def cell(value: object) -> str:
    """The value as a cell that no spreadsheet runs as a formula.

    A text that begins with = + - or @ gets an apostrophe in front, which spreadsheets take for
    "this is text". Line ends inside become spaces: a row is one line.
    """
    if value is None:
        return ""
    text = line_shown(str(value))
    return "'" + text if text.startswith(_FORMULA) else text


_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def _write(claims: Iterable[Claim], columns: Sequence[str], out: TextIO) -> int:
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(columns)
    written = 0
    for claim in claims:
        rows.writerow(_cells(claim, columns))
        written += 1
    return written


def _cells(claim: Claim, columns: Sequence[str]) -> list[str]:
    row = _common(claim)
    if isinstance(claim, Tie):
        row |= {
            "subject": claim.subject.actor.name,
            "subject_kind": claim.subject.actor.kind,
            "object": claim.object.actor.name,
            "object_kind": claim.object.actor.kind,
        }
    else:
        row |= _happening(claim)
    return [cell(row.get(column)) for column in columns]


def _happening(event: Event) -> dict[str, object]:
    roles = {role: _names(parties) for role, parties in event.roles}
    row: dict[str, object] = dict(roles)
    row |= {
        "name": event.name,
        "participants": "; ".join(f"{role}: {names}" for role, names in roles.items()),
        "outcome": event.outcome,
        "killed": event.killed,
        "wounded": event.wounded,
    }
    if event.where is not None:
        row["place"] = event.where.actor.name
    return row


def _common(claim: Claim) -> dict[str, object]:
    when = claim.when or When("")
    first = claim.evidence[0]
    return {
        "kind": claim.kind,
        "id": claim.id,
        "type": claim.type,
        "date": when.edtf,
        "start_earliest": when.start_earliest,
        "start_latest": when.start_latest,
        "end_earliest": when.end_earliest,
        "end_latest": when.end_latest,
        "date_words": when.quote,
        "place": claim.where.actor.name if claim.where is not None else None,
        "stance": claim.stance,
        "according_to": " > ".join(link.name for link in claim.attribution),
        "quote": " [...] ".join(evidence.quote for evidence in statements(claim)[0]),
        "stated_again": " | ".join(evidence.quote for evidence in statements(claim)[1]),
        "document": first.title or first.document,
        "page": first.page,
        "confidence": round(claim.basis.score, 3),
        "method": claim.basis.method,
        "review": claim.review.value,
    }


def _names(parties: Iterable[Party]) -> str:
    return " | ".join(party.actor.name for party in parties)
