"""The text of a reply -> claims as they were proposed, each of the right shape. What is not is counted."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from colligate.extract.llm.schema import ABSENT, Schema, event_schema, misfit, tie_schema
from colligate.extract.llm.tally import Drop
from colligate.vocabulary import Vocabulary

MOST_CLAIMS = 200
# A schema's place that a word of the vocabulary fills; elsewhere a misfit is one of shape.
_WORDS = re.compile(r"(^|\.)(type|kind|role|stance|outcome|source_kind)$")
_LISTS = ("ties", "events")
_THOUGHTS = "</think>"


@dataclass(slots=True)
class Proposals:
    """What a reply proposes. ``whole`` is False where the reply was cut off or garbled and only the claims
    that were complete were taken; ``usable`` is False where it held no list of claims at all."""

    ties: list[dict[str, Any]] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)
    dropped: Counter[Drop] = field(default_factory=Counter)
    whole: bool = True
    usable: bool = True


class ReplyReader:
    """Reads replies in one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._schemas = {"ties": tie_schema(vocabulary), "events": event_schema(vocabulary)}

    def read(self, content: str) -> Proposals:
        """The proposals of one reply. Never raises: a reply is whatever the endpoint sent."""
        found = Proposals()
        raw = _json_of(content)
        if raw is None:
            found.whole = False
            raw = {name: items for name in _LISTS if (items := list(_salvaged(content, name)))}
        lists = {name: raw.get(name, []) for name in _LISTS}
        found.usable = bool(raw.keys() & set(_LISTS)) and all(
            isinstance(each, list) for each in lists.values()
        )
        if not found.usable:
            return found
        room = MOST_CLAIMS
        for name, taken in (("ties", found.ties), ("events", found.events)):
            for item in lists[name][:room]:
                claim, wrong = self._claim(item, self._schemas[name])
                if claim is None:
                    found.dropped[wrong] += 1
                else:
                    taken.append(claim)
            found.dropped[Drop.MANY] += max(len(lists[name]) - room, 0)
            room = max(room - len(lists[name]), 0)
        found.dropped += Counter()  # leaves out what is 0
        return found

    def _claim(self, item: Any, schema: Schema) -> tuple[dict[str, Any] | None, Drop]:
        if not isinstance(item, dict):
            return None, Drop.SHAPE
        known = schema["properties"]
        claim = {key: list(value) if value == () else value for key, value in ABSENT.items() if key in known}
        claim |= item
        wrong = misfit(claim, schema)
        if wrong:
            return None, Drop.WORD if _WORDS.search(wrong) else Drop.SHAPE
        return claim, Drop.SHAPE


def _json_of(content: str) -> dict[str, Any] | None:
    """The JSON object that the reply is, or that stands in it behind thoughts or in a fence."""
    text = content.rpartition(_THOUGHTS)[2]
    start, end = text.find("{"), text.rfind("}")
    if start < 0 or end < start:
        return None
    value = _loaded(text[start : end + 1])
    return value if isinstance(value, dict) else None


def _loaded(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):  # also for numbers of a million digits, and a million brackets
        return None


def _salvaged(content: str, name: str) -> Iterator[Any]:
    """The items of the list ``name`` that are complete, of JSON that is cut off or broken further on."""
    opened = re.compile(rf'"{name}"\s*:\s*\[').search(content)
    if opened is None:
        return
    decoder, at = json.JSONDecoder(), opened.end()
    while at < len(content):
        while at < len(content) and content[at] in " \t\r\n,":
            at += 1
        if at == len(content) or content[at] != "{":
            return
        try:
            item, at = decoder.raw_decode(content, at)
        except (ValueError, RecursionError):
            return
        yield item
