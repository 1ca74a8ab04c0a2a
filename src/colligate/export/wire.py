"""A claim as JSON and back: the shape that the design fixes, one line per claim.

What the design leaves out and a round trip needs is added beside it, never instead: ``span`` and
``form`` of a mention, ``trigger`` of an event, ``span`` and ``basis`` of a date, ``source_kind`` of a
source. A file without them loads too; offsets are then -1.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from colligate.model import (
    Actor,
    Attribution,
    Basis,
    Claim,
    Event,
    Evidence,
    Mention,
    Party,
    Review,
    Tie,
    When,
)

Wire = dict[str, Any]

_BOUNDS = ("start_earliest", "start_latest", "end_earliest", "end_latest")


def claim_to_wire(claim: Claim) -> Wire:
    """The claim as a JSON object; keys stand in the design's order."""
    wire: Wire = {"kind": claim.kind, "id": claim.id, "type": claim.type}
    if isinstance(claim, Tie):
        wire["subject"] = party_to_wire(claim.subject)
        wire["object"] = party_to_wire(claim.object)
    else:
        wire["name"] = claim.name
        wire["roles"] = {role: [party_to_wire(party) for party in parties] for role, parties in claim.roles}
    wire["when"] = None if claim.when is None else when_to_wire(claim.when)
    wire["where"] = None if claim.where is None else party_to_wire(claim.where)
    if isinstance(claim, Event):
        wire |= {"outcome": claim.outcome, "killed": claim.killed, "wounded": claim.wounded}
        wire["trigger"] = {"quote": claim.trigger.quote, **_place_of(claim.trigger)}
    wire["stance"] = claim.stance
    wire["attribution"] = [
        {"name": link.name, "id": link.actor_id, "cue": link.cue, "source_kind": link.source_kind}
        for link in claim.attribution
    ]
    wire["evidence"] = [evidence_to_wire(evidence) for evidence in claim.evidence]
    wire |= {"confidence": claim.basis.score, "method": claim.basis.method, "review": claim.review.value}
    return wire


def party_to_wire(party: Party) -> Wire:
    actor = party.actor
    return {
        "id": actor.id,
        "kind": actor.kind,
        "name": actor.name,
        "aliases": list(actor.aliases),
        "mention": party.mention.quote,
        **_place_of(party.mention),
    }


def when_to_wire(when: When) -> Wire:
    bounds = {name: _iso(getattr(when, name)) for name in _BOUNDS}
    return {
        "edtf": when.edtf,
        **bounds,
        "quote": when.quote,
        "span": [when.start, when.end],
        "basis": when.basis,
    }


def evidence_to_wire(evidence: Evidence) -> Wire:
    return {
        "document": evidence.document,
        "title": evidence.title,
        "page": evidence.page,
        "start": evidence.start,
        "end": evidence.end,
        "quote": evidence.quote,
    }


def claim_from_wire(wire: object) -> Claim:
    """The claim of a JSON object. Raises ValueError naming the field that is missing, wrong or unknown.

    Nothing is guessed and nothing dropped. The id is kept as it is: a person's edit may have changed
    what it was made from.
    """
    fields = _Fields(wire, "claim")
    kind = fields.text("kind")
    if kind not in {"tie", "event"}:
        raise ValueError(f"claim.kind is {kind!r}, not tie or event")
    common: dict[str, Any] = {
        "id": fields.text("id"),
        "type": fields.text("type"),
        "evidence": tuple(_evidence(item) for item in fields.items("evidence")),
        "stance": fields.text("stance"),
        "attribution": tuple(_attribution(item) for item in fields.items("attribution")),
        "when": _when(fields.take("when")),
        "where": None if (where := fields.take("where")) is None else _party(where, "where"),
        "basis": Basis(fields.text("method"), fields.number("confidence")),
        "review": Review(fields.text("review")),
    }
    if not common["id"]:
        raise ValueError("claim.id is empty")
    if not common["evidence"]:
        raise ValueError("claim.evidence is empty")
    claim: Claim
    if kind == "tie":
        subject = _party(fields.take("subject"), "subject")
        claim = Tie(subject=subject, object=_party(fields.take("object"), "object"), **common)
    else:
        claim = Event(
            name=fields.text("name"),
            roles=_roles(fields.take("roles")),
            trigger=_trigger(fields.take("trigger", default={})),
            outcome=fields.text("outcome"),
            killed=fields.count("killed"),
            wounded=fields.count("wounded"),
            **common,
        )
    fields.finish()
    return claim


class _Fields:
    """The fields of one JSON object, taken one by one; what nobody took is an error."""

    def __init__(self, wire: object, name: str) -> None:
        if not isinstance(wire, Mapping):
            raise ValueError(f"{name} is not a JSON object")
        self.left = dict(wire)
        self.name = name

    def take(self, key: str, **default: object) -> Any:
        if key in self.left:
            return self.left.pop(key)
        if "default" in default:
            return default["default"]
        raise ValueError(f"{self.name}.{key} is missing")

    def text(self, key: str, **default: object) -> str:
        value: str = self._of(str, key, default)
        return value

    def number(self, key: str) -> float:
        value = self.take(key)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise ValueError(f"{self.name}.{key} is not a number from 0 to 1")
        return float(value)

    def count(self, key: str) -> int | None:
        value = self.take(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise ValueError(f"{self.name}.{key} is not a whole number")
        return value

    def offset(self, key: str) -> int:
        value = self.count(key)
        if value is None:
            raise ValueError(f"{self.name}.{key} is null")
        return value

    def items(self, key: str) -> list[Any]:
        value: list[Any] = self._of(list, key, {})
        return value

    def span(self) -> tuple[int, int]:
        value = self.take("span", default=[-1, -1])
        if not (isinstance(value, list) and len(value) == 2 and all(type(item) is int for item in value)):
            raise ValueError(f"{self.name}.span is not two whole numbers")
        return value[0], value[1]

    def finish(self) -> None:
        if self.left:
            raise ValueError(f"{self.name} has unknown fields: {', '.join(sorted(map(str, self.left)))}")

    def _of(self, kind: type, key: str, default: dict[str, object]) -> Any:
        value = self.take(key, **default)
        if not isinstance(value, kind):
            raise ValueError(f"{self.name}.{key} is not a {'list' if kind is list else 'text'}")
        return value


def _party(wire: object, name: str) -> Party:
    fields = _Fields(wire, name)
    aliases = tuple(fields.items("aliases"))
    if not all(isinstance(alias, str) for alias in aliases):
        raise ValueError(f"{name}.aliases is not a list of texts")
    actor = Actor(fields.text("id"), fields.text("kind"), fields.text("name"), aliases)
    start, end = fields.span()
    mention = Mention(start, end, fields.text("mention"), fields.text("form", default="name"))
    fields.finish()
    return Party(actor, mention)


def _roles(wire: object) -> tuple[tuple[str, tuple[Party, ...]], ...]:
    if not isinstance(wire, Mapping):
        raise ValueError("claim.roles is not a JSON object")
    for role, parties in wire.items():
        if not isinstance(parties, list):
            raise ValueError(f"claim.roles.{role} is not a list")
    return tuple((role, tuple(_party(item, role) for item in parties)) for role, parties in wire.items())


def _trigger(wire: object) -> Mention:
    fields = _Fields(wire, "trigger")
    start, end = fields.span()
    trigger = Mention(start, end, fields.text("quote", default=""), fields.text("form", default="name"))
    fields.finish()
    return trigger


def _when(wire: object) -> When | None:
    if wire is None:
        return None
    fields = _Fields(wire, "when")
    bounds = {name: _date(fields.take(name), name) for name in _BOUNDS}
    start, end = fields.span()
    when = When(
        fields.text("edtf"),
        **bounds,
        quote=fields.text("quote", default=""),
        start=start,
        end=end,
        basis=fields.text("basis", default=""),
    )
    fields.finish()
    return when


def _attribution(wire: object) -> Attribution:
    fields = _Fields(wire, "attribution")
    link = Attribution(
        fields.text("name"),
        fields.text("cue"),
        fields.text("source_kind", default="unnamed"),
        fields.text("id", default=""),
    )
    fields.finish()
    return link


def _evidence(wire: object) -> Evidence:
    fields = _Fields(wire, "evidence")
    evidence = Evidence(
        document=fields.text("document"),
        title=fields.text("title"),
        page=fields.count("page"),
        start=fields.offset("start"),
        end=fields.offset("end"),
        quote=fields.text("quote"),
    )
    fields.finish()
    return evidence


def _place_of(mention: Mention) -> Wire:
    return {"span": [mention.start, mention.end], "form": mention.form}


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _date(value: object, name: str) -> date | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise ValueError(f"when.{name} is not a text")
    return date.fromisoformat(value)
