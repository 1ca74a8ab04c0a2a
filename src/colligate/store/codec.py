"""Claims and readings as JSON in a row, and back, with nothing lost.

Actors are written by id and put in again on reading, so that a name stands in one place. Keys are
whole words: a case must make sense to a person who opens it with a bare database tool.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from colligate.model import (
    Actor,
    Attribution,
    Basis,
    Block,
    BlockKind,
    Claim,
    Document,
    Event,
    Evidence,
    Footnote,
    Mention,
    Origin,
    Page,
    Party,
    Review,
    Tie,
    When,
    content_id,
)

_dump: Callable[[Any], str] = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def claim_body(claim: Claim) -> str:
    """All of a claim but its id, type, stance, basis and review, which have columns of their own."""
    body: dict[str, Any] = {}
    if isinstance(claim, Tie):
        body["subject"], body["object"] = _party(claim.subject), _party(claim.object)
    else:
        body["name"] = claim.name
        body["trigger"] = _mention(claim.trigger)
        body["roles"] = [[role, [_party(party) for party in filled]] for role, filled in claim.roles]
        body["outcome"] = claim.outcome
        body["killed"], body["wounded"] = claim.killed, claim.wounded
    if claim.where is not None:
        body["where"] = _party(claim.where)
    if claim.when is not None:
        body["when"] = when_list(claim.when)
    if claim.attribution:
        body["attribution"] = [[a.name, a.cue, a.source_kind, a.actor_id] for a in claim.attribution]
    body["evidence"] = [[e.document, e.title, e.start, e.end, e.quote, e.page] for e in claim.evidence]
    return _dump(body)


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """The columns of a claim that are not in its body."""

    id: str
    kind: str
    type: str
    stance: str
    method: str
    score: float
    review: str
    body: str


def claim_of(row: ClaimRow, actors: Mapping[str, Actor]) -> Claim:
    """The claim of a row; ``actors`` holds those that it names, by id."""
    body = json.loads(row.body)
    where = _party_of(body["where"], actors) if "where" in body else None
    when = when_of(body["when"]) if "when" in body else None
    attribution = tuple(Attribution(*link) for link in body.get("attribution", ()))
    evidence = tuple(Evidence(*one) for one in body["evidence"])
    basis, review = Basis(row.method, row.score), Review(row.review)
    if row.kind == "tie":
        subject, object_ = _party_of(body["subject"], actors), _party_of(body["object"], actors)
        return Tie(
            row.id, row.type, subject, object_, evidence, row.stance, attribution, when, where, basis, review
        )
    roles = tuple((role, tuple(_party_of(one, actors) for one in filled)) for role, filled in body["roles"])
    return Event(
        row.id, row.type, body["name"], roles, evidence, Mention(*body["trigger"]), body["outcome"],
        body["killed"], body["wounded"], row.stance, attribution, when, where, basis, review,
    )  # fmt: skip


def _mention(mention: Mention) -> list[Any]:
    return [mention.start, mention.end, mention.quote, mention.form]


def _party(party: Party) -> list[Any]:
    return [party.actor.id, *_mention(party.mention)]


def _party_of(row: list[Any], actors: Mapping[str, Actor]) -> Party:
    return Party(actors[row[0]], Mention(*row[1:]))


def when_list(when: When) -> list[Any]:
    bounds = (when.start_earliest, when.start_latest, when.end_earliest, when.end_latest)
    days = [bound.isoformat() if bound else None for bound in bounds]
    return [when.edtf, *days, when.quote, when.start, when.end, when.basis]


def when_of(row: list[Any]) -> When:
    edtf, *days, quote, start, end, basis = row
    s1, s2, e1, e2 = (date.fromisoformat(day) if day else None for day in days)
    return When(edtf, s1, s2, e1, e2, quote, start, end, basis)


@dataclass(frozen=True, slots=True)
class Reading:
    """A document's text and structure as one reader made them. ``id`` is a hash of both."""

    id: str
    text: str
    layout: bytes
    about: str


def reading_of(document: Document) -> Reading:
    """The reading in a document. The file's name is no part of it: one file may have many."""
    about = _dump(
        {
            "title": document.title,
            "authors": document.authors,
            "publisher": document.publisher,
            "published": None if document.published is None else when_list(document.published),
            "published_how": document.published_how,
            "media_type": document.media_type,
            "reader": document.reader,
            "language": document.language,
            "readable": document.readable,
            "pages": document.page_count,
            "characters": len(document.text),
            "warnings": document.warnings,
        }
    )
    layout = _dump(
        {
            "body_end": document.body_end,
            "blocks": [[b.kind.value, b.start, b.end, b.level] for b in document.blocks],
            "pages": [[p.number, p.start, p.end, p.label] for p in document.pages],
            "footnotes": [[f.mark, f.start, f.end, f.mark_at] for f in document.footnotes],
            "origins": [
                [o.start, o.end, o.page, o.source_start, o.source_end, o.repair] for o in document.origins
            ],
        }
    )
    # Compressed: the way back to the original's characters is ten times as long as the text of a bad PDF.
    packed = zlib.compress(layout.encode(), 1)
    return Reading(content_id("reading", document.text, about, layout), document.text, packed, about)


def document_of(*, id: str, name: str, text: str, layout: bytes, about: Mapping[str, Any]) -> Document:  # noqa: A002
    """The document of a stored reading."""
    parts = json.loads(zlib.decompress(layout))
    return Document(
        id=id,
        text=text,
        body_end=parts["body_end"],
        media_type=about["media_type"],
        reader=about["reader"],
        name=name,
        title=about["title"],
        authors=tuple(about["authors"]),
        publisher=about["publisher"],
        published=None if about["published"] is None else when_of(about["published"]),
        published_how=about["published_how"],
        language=about["language"],
        readable=about["readable"],
        blocks=tuple(Block(BlockKind(kind), *rest) for kind, *rest in parts["blocks"]),
        pages=tuple(Page(*one) for one in parts["pages"]),
        footnotes=tuple(Footnote(*one) for one in parts["footnotes"]),
        origins=tuple(Origin(*one) for one in parts["origins"]),
        warnings=tuple(about["warnings"]),
    )
