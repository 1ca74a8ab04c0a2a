"""Claims that a language model proposed outlast a new reading by patterns: they were paid for.

Which models were asked about a document stands behind the rules in its ``program``:
"colligate 0.1.0 rules-... llm:NAME".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from colligate.errors import NotFoundError
from colligate.model import Claim, Document
from colligate.store import ClaimFilter, View

_MARK = "llm:"


@dataclass(frozen=True, slots=True)
class Proposed:
    """What models have proposed about one document. ``models`` are names without "llm:"."""

    claims: tuple[Claim, ...] = ()
    models: tuple[str, ...] = ()


def proposed_before(view: View, document: Document, *, but: str = "") -> Proposed:
    """The claims of models that the case has of this document and that still show their words in it;
    those of the model ``but`` are left out. When the text has changed (another reader), all are left out:
    the model's reply to the new text is in the case, or is asked for again.
    """
    summary = view.summary(document.id)
    models = models_of(summary.program) if summary is not None else ()
    if not models:
        return Proposed()
    try:
        if view.document(document.id).text != document.text:
            return Proposed()
    except NotFoundError:
        return Proposed()
    claims = (recorded.claim for recorded in view.claims(ClaimFilter(documents=(document.id,), found=True)))
    kept = tuple(
        claim
        for claim in claims
        if claim.basis.method.startswith(_MARK) and claim.basis.method != _MARK + but
    )
    return Proposed(kept, tuple(model for model in models if model != but))


def models_of(program: str) -> tuple[str, ...]:
    """The models that a document's program names."""
    return tuple(word.removeprefix(_MARK) for word in program.split() if word.startswith(_MARK))


def rules_of(program: str) -> str:
    """A document's program without its models: what decides whether patterns must read it again."""
    return " ".join(word for word in program.split(" ") if not word.startswith(_MARK))


def program_with(program: str, models: Iterable[str]) -> str:
    """The program with these models and no others."""
    return " ".join([rules_of(program), *(_MARK + model for model in sorted(set(models)))])
