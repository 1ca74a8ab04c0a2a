"""What the reader of one format hands back: the draft, and what the file says of itself."""

from __future__ import annotations

from dataclasses import dataclass, field

from colligate.errors import DocumentError, ReadFailure
from colligate.model import When
from colligate.readers.draft import Draft
from colligate.readers.limits import Limits


@dataclass(slots=True)
class Parsed:
    """The result of one format's reader. ``raw`` is what origins count in: by page, 0 without pages."""

    draft: Draft
    raw: dict[int, str]
    title: str = ""
    authors: tuple[str, ...] = ()
    publisher: str = ""
    published: When | None = None
    published_how: str = ""
    warnings: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Task:
    """What a format's reader is given. ``joined`` maps squeezed known names to their spelling
    (see ``joints``); ``name`` is only for messages."""

    data: bytes
    name: str
    limits: Limits
    joined: dict[str, str] = field(default_factory=dict)

    def refuse(self, failure: ReadFailure, what: str, hint: str | None = None) -> DocumentError:
        """The error that says ``what`` is wrong with this file."""
        return DocumentError(f"{self.name}: {what}", source=self.name, failure=failure, hint=hint)
