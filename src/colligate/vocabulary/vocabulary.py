"""Loads a vocabulary file and answers what it allows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from colligate.errors import VocabularyError

DEFAULT = Path(__file__).with_name("armed-groups.yaml")


@dataclass(frozen=True, slots=True)
class TieType:
    """A type of tie: which kinds of actor may stand at which end, and whether order matters."""

    name: str
    family: str
    subjects: frozenset[str]
    objects: frozenset[str]
    symmetric: bool = False
    means: str = ""

    def allows(self, subject_kind: str, object_kind: str) -> bool:
        return subject_kind in self.subjects and object_kind in self.objects


@dataclass(frozen=True, slots=True)
class EventType:
    """A type of event and its roles, in the vocabulary's order."""

    name: str
    roles: tuple[str, ...]
    means: str = ""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A loaded pack. Mappings keep the file's order."""

    version: int
    entity_kinds: Mapping[str, str]
    ties: Mapping[str, TieType]
    events: Mapping[str, EventType]
    outcomes: tuple[str, ...]
    stances: Mapping[str, str]


@lru_cache(maxsize=8)
def load(path: Path = DEFAULT) -> Vocabulary:
    """The vocabulary in the YAML file ``path``. Raises VocabularyError naming what is wrong."""
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise VocabularyError(f"The vocabulary {path} cannot be read: {error}") from error
    if not isinstance(raw, dict):
        raise VocabularyError(f"The vocabulary {path} is not a mapping of sections.")
    missing = {"entity_kinds", "ties", "events", "outcomes", "stances"} - raw.keys()
    if missing:
        raise VocabularyError(f"The vocabulary {path} lacks: {', '.join(sorted(missing))}.")
    kinds: dict[str, str] = raw["entity_kinds"]
    ties = {name: _tie(path, name, spec, kinds) for name, spec in raw["ties"].items()}
    events = {
        name: EventType(name, tuple(spec["roles"]), spec.get("means", ""))
        for name, spec in raw["events"].items()
    }
    return Vocabulary(int(raw.get("version", 1)), kinds, ties, events, tuple(raw["outcomes"]), raw["stances"])


def _tie(path: Path, name: str, spec: Any, kinds: Mapping[str, str]) -> TieType:
    try:
        subjects, objects = frozenset(spec["from"]), frozenset(spec["to"])
        family = spec["family"]
    except (KeyError, TypeError) as error:
        raise VocabularyError(f"{path}: the tie {name} needs family, from and to.") from error
    unknown = (subjects | objects) - kinds.keys()
    if unknown:
        raise VocabularyError(f"{path}: the tie {name} names unknown kinds {sorted(unknown)}.")
    symmetric = bool(spec.get("symmetric", False))
    return TieType(name, family, subjects, objects, symmetric, spec.get("means", ""))
