"""A case in memory: for tests, for ``read`` without a case, and as the plainest reading of the contract."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime

from colligate.errors import NotFoundError, ReadFailure
from colligate.model import SHOWN_FROM, Actor, Claim, Document, Judgement
from colligate.store.base import EVERY_CLAIM, SHORTEST_PREFIX, VOUCHED, ClaimFilter, not_one_claim
from colligate.store.checking import (
    check_actors,
    check_claims,
    check_document,
    check_original,
    parties,
    printable,
)
from colligate.store.codec import reading_of
from colligate.store.fold import name_key, name_words, words
from colligate.store.grouping import Group, group_actors, group_of
from colligate.store.ledger import check_judgement, deciding, meaning, review_of
from colligate.store.matching import matches
from colligate.store.merging import merge_actors, merge_claims, with_actors
from colligate.store.paragraphs import paragraphs
from colligate.store.query import parse
from colligate.store.records import ActorSummary, Counts, DocumentSummary, Failure, Hit, Recorded, Run
from colligate.vocabulary import Vocabulary, load


@dataclass(slots=True)
class _Kept:
    """A claim and the document as it read when the claim was made."""

    claim: Claim
    reading: Document
    found: bool
    recorded_at: datetime
    program: str


@dataclass(slots=True)
class _Shelf:
    """A document and all that hangs on it."""

    document: Document
    recorded_at: datetime
    original: bytes | None = None
    sources: set[str] = field(default_factory=set)
    program: str = ""
    finished: bool = False
    claims: dict[str, _Kept] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)


@dataclass(slots=True)
class _Line:
    judgement: Judgement
    meaning: str


class MemoryStore:
    """Keeps everything in dictionaries; view and writer are the store itself."""

    def __init__(self, *, vocabulary: Vocabulary | None = None) -> None:
        self._vocabulary = vocabulary or load()
        self._shelves: dict[str, _Shelf] = {}
        self._failures: dict[str, Failure] = {}
        self._ledger: dict[str, _Line] = {}

    @property
    def view(self) -> MemoryStore:
        return self

    @contextmanager
    def writer(self) -> Iterator[MemoryStore]:
        yield self

    # Reading

    def counts(self) -> Counts:
        shelves = self._shelves.values()
        kept = [one for shelf in shelves for one in shelf.claims.values()]
        return Counts(
            documents=len(self._shelves),
            unfinished=sum(not shelf.finished for shelf in shelves),
            failures=len(self._failures),
            ties=sum(one.claim.kind == "tie" for one in kept),
            events=sum(one.claim.kind == "event" for one in kept),
            lost=sum(not one.found for one in kept),
            actors=sum(len(shelf.actors) for shelf in shelves),
            judgements=len(self._ledger),
        )

    def document(self, document: str) -> Document:
        return self._shelf(document).document

    def document_of(self, claim: str) -> Document:
        return self._found(claim)[1].reading

    def summary(self, document: str) -> DocumentSummary | None:
        shelf = self._shelves.get(document)
        return None if shelf is None else self._summary(shelf)

    def documents(self) -> Iterator[DocumentSummary]:
        yield from map(self._summary, list(self._shelves.values()))

    def original(self, document: str) -> bytes | None:
        return self._shelf(document).original

    def failures(self) -> Iterator[Failure]:
        yield from (self._failures[source] for source in sorted(self._failures))

    def claim(self, claim: str) -> Recorded:
        return self._recorded(self._found(claim)[1])

    def claims(self, where: ClaimFilter = EVERY_CLAIM) -> Iterator[Recorded]:
        for shelf in list(self._shelves.values()):
            for kept in sorted(shelf.claims.values(), key=lambda one: _place(one.claim)):
                recorded = self._recorded(kept)
                if matches(recorded, where, document=shelf.document.id):
                    yield recorded

    def count(self, where: ClaimFilter = EVERY_CLAIM) -> int:
        return sum(1 for _ in self.claims(where))

    def actors(self, *, kind: str | None = None) -> Iterator[ActorSummary]:
        placed = [(actor, shelf.document.id) for shelf, actor in self._actors()]
        by_actor: dict[str, int] = {}
        by_group: dict[Group, int] = {}
        for shelf in self._shelves.values():
            for kept in shelf.claims.values():
                named = {party.actor.id: party.actor for _, party in parties(kept.claim)}
                for actor in named:
                    by_actor[actor] = by_actor.get(actor, 0) + 1
                for group in {group_of(actor) for actor in named.values()}:
                    by_group[group] = by_group.get(group, 0) + 1
        for summary in group_actors(placed, by_actor=by_actor, by_group=by_group):
            if kind is None or summary.kind == kind:
                yield summary

    def actor(self, asked: str) -> Sequence[ActorSummary]:
        everyone = list(self.actors())
        key, sought = name_key(asked), name_words(asked).split()
        exact = [
            one
            for one in everyone
            if asked in one.ids or (key and any(name_key(form) == key for form in (one.name, *one.aliases)))
        ]
        if exact or not sought:
            return exact
        return [
            one
            for one in everyone
            if any(set(sought) <= set(name_words(form).split()) for form in (one.name, *one.aliases))
        ]

    def search(self, words_: str, *, limit: int = 20, documents: tuple[str, ...] = ()) -> Sequence[Hit]:
        query = parse(words_)
        hits: list[Hit] = []
        for shelf in self._shelves.values():
            document = shelf.document
            if documents and document.id not in documents:
                continue
            for start, end in paragraphs(document):
                text = document.text[start:end]
                folded = words(text)
                often = query.matches(folded)
                if often:
                    snippet, marks = query.snippet(text)
                    page = document.page_of(start)
                    score = often / len(folded)
                    hits.append(Hit(document.id, document.title, page, start, end, snippet, marks, score))
        return sorted(hits, key=lambda hit: -hit.score)[:limit]

    def judgements(self, about: str = "", *, withdrawn: bool = True) -> Iterator[Judgement]:
        lines = [line.judgement for line in self._ledger.values()]
        for line in sorted(lines, key=lambda one: (one.made_at, one.id)):
            if (not about or about in line.about) and (withdrawn or line.withdrawn_at is None):
                yield line

    # Writing

    def add_document(self, document: Document, *, source: str, original: bytes | None, run: Run) -> None:
        check_document(document)
        if original is not None:
            check_original(document, original, case="memory")
        self._keep(document, source=source, original=original, run=run)

    def finish_document(
        self,
        document: Document,
        *,
        claims: Sequence[Claim],
        actors: Sequence[Actor],
        run: Run,
        source: str = "",
        original: bytes | None = None,
    ) -> None:
        check_document(document)
        check_claims(document, claims, self._vocabulary)
        check_actors(actors, self._vocabulary)
        if original is not None:
            check_original(document, original, case="memory")
        merged = merge_claims(claims)
        shelf = self._keep(document, source=source, original=original, run=run)
        judged = {one for line in self._ledger.values() for one in line.judgement.about}
        before, shelf.claims = shelf.claims, {}
        for claim in merged:
            old = before.pop(claim.id, None)
            at, program = (run.at, run.program) if old is None else (old.recorded_at, old.program)
            shelf.claims[claim.id] = _Kept(claim, shelf.document, True, at, program)
        for lost in before.values():
            if lost.claim.id in judged:
                shelf.claims[lost.claim.id] = replace(lost, found=False)
        named = {party.actor.id for one in shelf.claims.values() for _, party in parties(one.claim)}
        kept = {id_: actor for id_, actor in shelf.actors.items() if id_ in named or id_ in judged}
        shelf.actors = kept | merge_actors(actors, merged)
        shelf.finished, shelf.program = True, run.program

    def fail(self, *, source: str, failure: ReadFailure, message: str, at: datetime) -> None:
        source = printable(source)
        self._failures[source] = Failure(source, failure, message, at)

    def add_judgement(self, judgement: Judgement) -> None:
        check_judgement(judgement)
        said = ""
        if len(judgement.about) == 1:
            said = meaning(self._found(judgement.about[0])[1].claim)
        else:
            known = {actor.id for _, actor in self._actors()}
            for actor in judgement.about:
                if actor not in known:
                    raise NotFoundError(f"The case has no actor {actor}.")
        self._ledger.setdefault(judgement.id, _Line(judgement, said))

    def withdraw(self, judgement: str, *, at: datetime) -> None:
        line = self._ledger.get(judgement)
        if line is None:
            raise NotFoundError(f"The ledger has no judgement {judgement}.")
        if line.judgement.withdrawn_at is None:
            line.judgement = replace(line.judgement, withdrawn_at=at)

    # Within

    def _keep(self, document: Document, *, source: str, original: bytes | None, run: Run) -> _Shelf:
        shelf = self._shelves.get(document.id)
        if shelf is None:
            document = replace(document, name=printable(document.name))
            shelf = self._shelves[document.id] = _Shelf(document, run.at)
        elif reading_of(shelf.document).id != reading_of(document).id:
            shelf.document = replace(document, name=shelf.document.name)
        if original is not None:
            shelf.original = original
        if source:
            shelf.sources.add(printable(source))
            self._failures.pop(printable(source), None)
        return shelf

    def _actors(self) -> Iterator[tuple[_Shelf, Actor]]:
        for shelf in self._shelves.values():
            for actor in shelf.actors.values():
                yield shelf, actor

    def _shelf(self, document: str) -> _Shelf:
        try:
            return self._shelves[document]
        except KeyError:
            raise NotFoundError(f"The case has no document {document}.") from None

    def _found(self, claim: str) -> tuple[_Shelf, _Kept]:
        begins = [
            (shelf, kept)
            for shelf in self._shelves.values()
            for id_, kept in shelf.claims.items()
            if id_ == claim or (len(claim) >= SHORTEST_PREFIX and id_.startswith(claim))
        ]
        if len(begins) != 1:
            raise not_one_claim(claim, len(begins))
        return begins[0]

    def _summary(self, shelf: _Shelf) -> DocumentSummary:
        return _summary(shelf, [self._recorded(kept).claim for kept in shelf.claims.values()])

    def _recorded(self, kept: _Kept) -> Recorded:
        shelf_actors = self._shelves[kept.reading.id].actors
        claim = with_actors(kept.claim, shelf_actors)
        line = deciding(
            line.judgement for line in self._ledger.values() if line.judgement.about == (claim.id,)
        )
        if line is not None:
            claim = replace(claim, review=review_of(line))
        changed = line is not None and kept.found and self._ledger[line.id].meaning != meaning(claim)
        return Recorded(claim, kept.found, changed, kept.recorded_at, kept.program)


def _place(claim: Claim) -> tuple[int, str]:
    return claim.evidence[0].start, claim.id


def _summary(shelf: _Shelf, claims: Sequence[Claim]) -> DocumentSummary:
    document = shelf.document
    kinds = [claim.kind for claim in claims if claim.basis.score >= SHOWN_FROM or claim.review in VOUCHED]
    return DocumentSummary(
        id=document.id,
        name=document.name,
        title=document.title,
        authors=document.authors,
        publisher=document.publisher,
        published=document.published,
        published_how=document.published_how,
        media_type=document.media_type,
        reader=document.reader,
        language=document.language,
        readable=document.readable,
        pages=document.page_count,
        characters=len(document.text),
        warnings=document.warnings,
        sources=tuple(sorted(shelf.sources)),
        finished=shelf.finished,
        program=shelf.program,
        recorded_at=shelf.recorded_at,
        ties=kinds.count("tie"),
        events=kinds.count("event"),
        suggestions=len(claims) - len(kinds),
    )
