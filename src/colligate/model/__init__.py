"""The nouns of the field as frozen dataclasses: documents, actors, claims, dates, judgements.

Standard library only; every other room may import this one.
"""

from colligate.model.actor import Actor, Mention, Party
from colligate.model.claim import (
    SHOWN_FROM,
    Attribution,
    Basis,
    Claim,
    Event,
    Evidence,
    Review,
    Tie,
    statements,
)
from colligate.model.document import Block, BlockKind, Document, Footnote, Origin, Page, Span
from colligate.model.identity import bytes_id, content_id
from colligate.model.judgement import Judgement, Verdict
from colligate.model.when import Held, When

__all__ = [
    "SHOWN_FROM",
    "Actor",
    "Attribution",
    "Basis",
    "Block",
    "BlockKind",
    "Claim",
    "Document",
    "Event",
    "Evidence",
    "Footnote",
    "Held",
    "Judgement",
    "Mention",
    "Origin",
    "Page",
    "Party",
    "Review",
    "Span",
    "Tie",
    "Verdict",
    "When",
    "bytes_id",
    "content_id",
    "statements",
]
