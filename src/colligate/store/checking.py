"""What a claim must show before it is stored: its words, and types that the vocabulary has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from colligate.errors import CaseError, DocumentError, QuoteError, ReadFailure, VocabularyError
from colligate.model import Actor, Claim, Document, Event, Mention, Party, Tie, When, bytes_id
from colligate.store.codec import reading_of
from colligate.vocabulary import Vocabulary


def check_claims(document: Document, claims: Sequence[Claim], vocabulary: Vocabulary) -> None:
    """Raises QuoteError or VocabularyError at the first claim that may not be stored."""
    for claim in claims:
        for evidence in claim.evidence:
            if evidence.document != document.id:
                raise QuoteError(
                    document=document.id,
                    start=evidence.start,
                    end=evidence.end,
                    quote=evidence.quote,
                    found=f"(evidence from {evidence.document})",
                )
            evidence.check(document.text)
        for mention in _mentions(claim):
            _check_words(document, mention.start, mention.end, mention.quote)
        if claim.when is not None and claim.when.start >= 0:
            _check_when(document, claim.when)
        _check_types(claim, vocabulary)


def check_document(document: Document) -> None:
    """Raises DocumentError when the text or a field holds halves of characters, which no file can keep."""
    try:
        reading_of(document)
    except UnicodeEncodeError as error:
        raise DocumentError(
            f"The text read from {printable(document.name) or document.id} is not valid Unicode.",
            source=printable(document.name),
            failure=ReadFailure.DAMAGED,
        ) from error


def printable(name: str) -> str:
    """A file's name as text that can be stored: bytes that are no UTF-8 become \\udc.. escapes."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def check_actors(actors: Sequence[Actor], vocabulary: Vocabulary) -> None:
    """Raises VocabularyError at an actor of a kind that the vocabulary lacks."""
    for actor in actors:
        if actor.kind not in vocabulary.entity_kinds:
            raise _unknown("kind of actor", actor.kind, vocabulary.entity_kinds)


def check_original(document: Document, original: bytes, *, case: str) -> None:
    """Raises CaseError unless the document's id is the digest of these bytes."""
    if bytes_id(original) != document.id:
        raise CaseError(
            f"The original given for {document.name or document.id} is not the file it was read from.",
            case=case,
            hint="The file changed while it was read; read it again.",
        )


def parties(claim: Claim) -> Iterator[tuple[str, Party]]:
    """Everyone in a claim with the part they have: subject, object, a role, or where."""
    if isinstance(claim, Tie):
        yield "subject", claim.subject
        yield "object", claim.object
    else:
        for role, filled in claim.roles:
            for party in filled:
                yield role, party
    if claim.where is not None:
        yield "where", claim.where


def _mentions(claim: Claim) -> Iterator[Mention]:
    for _, party in parties(claim):
        yield party.mention
    if isinstance(claim, Event):
        yield claim.trigger


def _check_words(document: Document, start: int, end: int, quote: str) -> None:
    found = document.text[start:end] if start >= 0 else ""
    if found != quote:
        raise QuoteError(document=document.id, start=start, end=end, quote=quote, found=found)


def _check_when(document: Document, when: When) -> None:
    _check_words(document, when.start, when.end, when.quote)


def _check_types(claim: Claim, vocabulary: Vocabulary) -> None:
    if claim.stance not in vocabulary.stances:
        raise _unknown("stance", claim.stance, vocabulary.stances)
    if isinstance(claim, Tie):
        tie = vocabulary.ties.get(claim.type)
        if tie is None:
            raise _unknown("type of tie", claim.type, vocabulary.ties)
        if not tie.allows(claim.subject.actor.kind, claim.object.actor.kind):
            raise VocabularyError(
                f"The vocabulary has no {claim.type} from {claim.subject.actor.kind} "
                f"to {claim.object.actor.kind}."
            )
    else:
        event = vocabulary.events.get(claim.type)
        if event is None:
            raise _unknown("type of event", claim.type, vocabulary.events)
        for role, _ in claim.roles:
            if role not in event.roles:
                raise _unknown(f"role of {claim.type}", role, event.roles)
        if claim.outcome not in vocabulary.outcomes:
            raise _unknown("outcome", claim.outcome, vocabulary.outcomes)
    for _, party in parties(claim):
        if party.actor.kind not in vocabulary.entity_kinds:
            raise _unknown("kind of actor", party.actor.kind, vocabulary.entity_kinds)


def _unknown(what: str, value: str, known: Iterable[str]) -> VocabularyError:
    return VocabularyError(
        f"The case's vocabulary has no {what} called {value!r}.",
        hint=f"It has: {', '.join(known)}.",
    )
