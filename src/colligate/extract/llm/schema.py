"""The shape of a reply: sent along as a JSON schema, and checked here whatever the endpoint promises."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from colligate.vocabulary import Vocabulary

Schema = dict[str, Any]

SOURCE_KINDS = ("scholar", "journalist", "insider", "group", "state", "media", "document", "unnamed")
# Bounds of our own, beside the schema: many endpoints refuse schemas that state lengths.
LONGEST_TEXT = 2000
MOST_ITEMS = 40
# What a claim may leave out, and what its absence says.
ABSENT: Mapping[str, Any] = {
    "line": 0, "when": None, "where": None, "attribution": (), "outcome": "unknown", "killed": None,
    "wounded": None,
}  # fmt: skip


def tie_schema(vocabulary: Vocabulary) -> Schema:
    """One tie."""
    end = _end(vocabulary)
    return _object(
        {
            "type": _one_of(vocabulary.ties),
            "line": {"type": "integer"},
            "quote": {"type": "string"},
            "subject": end,
            "object": end,
            "stance": _one_of(vocabulary.stances),
            "attribution": {"type": "array", "items": _link()},
            "when": _or_null(_when()),
        }
    )


def event_schema(vocabulary: Vocabulary) -> Schema:
    """One event. Roles are a list, since a strict schema has no open mappings."""
    end = _end(vocabulary)
    roles = dict.fromkeys(role for event in vocabulary.events.values() for role in event.roles)
    return _object(
        {
            "type": _one_of(vocabulary.events),
            "line": {"type": "integer"},
            "quote": {"type": "string"},
            "trigger": {"type": "string"},
            "roles": {"type": "array", "items": _object({"role": _one_of(roles), **end["properties"]})},
            "where": _or_null(end),
            "outcome": _one_of(vocabulary.outcomes),
            "killed": {"type": ["integer", "null"]},
            "wounded": {"type": ["integer", "null"]},
            "stance": _one_of(vocabulary.stances),
            "attribution": {"type": "array", "items": _link()},
            "when": _or_null(_when()),
        }
    )


def reply_schema(vocabulary: Vocabulary) -> Schema:
    """The whole reply: ties and events of one chunk."""
    return _object(
        {
            "ties": {"type": "array", "items": tie_schema(vocabulary)},
            "events": {"type": "array", "items": event_schema(vocabulary)},
        }
    )


def misfit(value: Any, schema: Schema, at: str = "") -> str:
    """Where ``value`` is not as the schema says ("subject.kind"), "" when it is. Every key is needed and
    no other is allowed."""
    here = at or "."
    if "anyOf" in schema:
        misfits = [misfit(value, choice, at) for choice in schema["anyOf"]]
        return "" if "" in misfits else misfits[0]
    kinds = schema.get("type", "string")
    if not any(_is_a(value, kind) for kind in ([kinds] if isinstance(kinds, str) else kinds)):
        return here
    if "enum" in schema and value not in schema["enum"]:
        return here
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        return here
    inside: list[tuple[str, Any, Schema]] = []
    if isinstance(value, list):
        inside = [(at, item, schema["items"]) for item in value]
        if len(value) > MOST_ITEMS:
            return here
    elif isinstance(value, dict):
        known = schema["properties"]
        if value.keys() != known.keys():
            return here
        inside = [(f"{at}.{key}".lstrip("."), value[key], known[key]) for key in known]
    return next((wrong for place, item, each in inside if (wrong := misfit(item, each, place))), "")


def _is_a(value: Any, kind: str) -> bool:
    if kind == "null":
        return value is None
    if kind == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, {"string": str, "array": list, "object": dict}[kind])


def _end(vocabulary: Vocabulary) -> Schema:
    return _object(
        {
            "kind": _one_of(vocabulary.entity_kinds),
            "mention": {"type": "string"},
            "name": {"type": "string"},
        }
    )


def _link() -> Schema:
    return _object(
        {"name": {"type": "string"}, "cue": {"type": "string"}, "source_kind": _one_of(SOURCE_KINDS)}
    )


def _when() -> Schema:
    return _object({"edtf": {"type": "string"}, "quote": {"type": "string"}})


def _object(properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _one_of(names: Iterable[str]) -> Schema:
    return {"type": "string", "enum": list(names)}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}
