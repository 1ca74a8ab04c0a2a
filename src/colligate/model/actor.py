"""Actors as one document names them. Who is who across documents is decided later, in ``resolve``."""

from __future__ import annotations

from dataclasses import dataclass

from colligate.model.identity import content_id


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of the text that names or points to an actor. ``form``: name, nominal or pronoun."""

    start: int
    end: int
    quote: str
    form: str = "name"


@dataclass(frozen=True, slots=True)
class Actor:
    """All mentions of one actor in one document.

    ``kind`` is one of the vocabulary's entity kinds. ``name`` is the fullest name as written,
    ``aliases`` every other surface form of it that the document uses, as written, sorted.
    """

    id: str
    kind: str
    name: str
    aliases: tuple[str, ...] = ()

    @classmethod
    def of(cls, *, document: str, kind: str, name: str, aliases: tuple[str, ...] = ()) -> Actor:
        """The actor with its id: a hash of the document, the kind and the name."""
        return cls(content_id("actor", document, kind, name), kind, name, aliases)


@dataclass(frozen=True, slots=True)
class Party:
    """An actor at the end of a tie or in a role of an event, and the mention that put it there."""

    actor: Actor
    mention: Mention
