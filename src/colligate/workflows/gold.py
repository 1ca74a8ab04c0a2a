"""Reference annotations of one text: PREFIX.txt and its entities, ties, events and attributions."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from colligate.errors import ClaimsFileError, NotFoundError

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class GoldEntity:
    id: str
    kind: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoldTie:
    type: str
    subject: str
    object: str
    level: str
    stance: str
    date: str
    attribution: tuple[str, ...]
    quote: str


@dataclass(frozen=True, slots=True)
class GoldEvent:
    type: str
    fillers: frozenset[str]
    quote: str


@dataclass(frozen=True, slots=True)
class Gold:
    """All of it. ``attributions`` counts only: sources are scored where they stand under a tie."""

    name: str
    text: Path
    entities: tuple[GoldEntity, ...]
    ties: tuple[GoldTie, ...]
    events: tuple[GoldEvent, ...]
    attributions: int


def gold_load(prefix: Path) -> Gold:
    """Reads ``PREFIX.txt`` and ``PREFIX.{entities,ties,events,attributions}.jsonl``.

    Raises NotFoundError for a missing file, ClaimsFileError for a line that is not an annotation.
    """
    text = _beside(prefix, ".txt")
    return Gold(
        name=prefix.name,
        text=text,
        entities=_rows(_beside(prefix, ".entities.jsonl"), _entity),
        ties=_rows(_beside(prefix, ".ties.jsonl"), _tie),
        events=_rows(_beside(prefix, ".events.jsonl"), _event),
        attributions=len(_rows(_beside(prefix, ".attributions.jsonl"), dict)),
    )


def name_folded(name: str) -> str:
    """A name as it is compared: without case, accents, apostrophes, brackets, article and spaces."""
    decomposed = unicodedata.normalize("NFKD", name)
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter)).lower()
    plain = _BRACKETED.sub(" ", _APOSTROPHE.sub("", plain))
    return _ARTICLE.sub("", _OTHER.sub(" ", plain).strip()).replace(" ", "")


_APOSTROPHE = re.compile("[‘’'`ʿʾ“”\"]")
_BRACKETED = re.compile(r"\([^)]*\)")
_OTHER = re.compile(r"[^a-z0-9]+")
_ARTICLE = re.compile(r"^(?:the|an?) ")


def _beside(prefix: Path, ending: str) -> Path:
    path = prefix.with_name(prefix.name + ending)
    if not path.is_file():
        raise NotFoundError(
            f"There is no file {path}.",
            hint="GOLD_PREFIX is the path without its endings: PREFIX.txt, PREFIX.entities.jsonl, "
            "PREFIX.ties.jsonl, PREFIX.events.jsonl and PREFIX.attributions.jsonl must all exist.",
        )
    return path


def _rows(path: Path, make: Callable[[Any], Row]) -> tuple[Row, ...]:
    rows: list[Row] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            rows.append(make(json.loads(line)))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ClaimsFileError(
                f"Line {number} of {path} is not a reference annotation ({type(error).__name__}: {error}).",
                source=str(path),
                line=number,
                hint="Each line is one JSON object with the fields of the annotation guide.",
            ) from error
    return tuple(rows)


def _entity(row: Mapping[str, Any]) -> GoldEntity:
    return GoldEntity(row["id"], row["kind"], (row["name"], *row.get("aliases", ())))


def _tie(row: Mapping[str, Any]) -> GoldTie:
    return GoldTie(
        type=row["type"],
        subject=row["subject"],
        object=row["object"],
        level=row.get("level", "explicit"),
        stance=row.get("stance", "asserted"),
        date=row.get("date", "") or "",
        attribution=tuple(row.get("attribution", ())),
        quote=row.get("quote", ""),
    )


def _event(row: Mapping[str, Any]) -> GoldEvent:
    roles: Mapping[str, Iterable[str]] = row.get("roles", {})
    fillers = frozenset(entity for entities in roles.values() for entity in entities)
    return GoldEvent(row["type"], fillers, row.get("quote", ""))
