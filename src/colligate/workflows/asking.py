"""ask: a language model reads what patterns have read, and what holds up joins their claims.

A second pass over documents that are in the case already, in this process: whatever happens to it, the
claims of patterns are there; how much text would leave the machine is known before any does; and the
workers that parse files neither have a network nor see the key. Documents are stored one by one; the
right to write is held only for that.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Protocol

from colligate.extract.base import Reading
from colligate.extract.llm.asker import Asker, Stop
from colligate.extract.llm.cache import ReplyCache
from colligate.extract.llm.chunks import chunks_of
from colligate.extract.llm.client import Client
from colligate.extract.llm.cost import Spending, tokens_about
from colligate.extract.llm.options import LlmOptions
from colligate.extract.llm.schema import reply_schema
from colligate.extract.llm.stage import LlmStage
from colligate.extract.llm.tally import Tally
from colligate.extract.pipeline import Pipeline, model_version, reading_actors, shipped_pipeline
from colligate.model import Document
from colligate.store import Run
from colligate.store.case import Case
from colligate.store.errors import case_errors
from colligate.vocabulary import Vocabulary
from colligate.workflows.model_claims import program_with, proposed_before
from colligate.workflows.pool import Died, Pool
from colligate.workflows.reading import bounded

REPLIES = "llm-replies"
"""The folder of a case that keeps what models have answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskLimits:
    """For reading a document once more, as in ReadOptions: a text of more than ``most_here`` characters is
    read by a worker, which may take ``seconds`` and hold ``memory`` bytes of addresses."""

    seconds: float = 600.0
    memory: int = 3 << 30
    most_here: int = 1 << 20


@dataclass(frozen=True, slots=True)
class DocumentPlan:
    """One document: its passages, those that must be sent, and how many words these hold."""

    id: str
    name: str
    passages: int
    to_send: int
    words: int
    tokens_in: int
    tokens_out: int


@dataclass(frozen=True, slots=True)
class AskPlan:
    """What asking would send. Tokens are estimates."""

    documents: tuple[DocumentPlan, ...]

    @property
    def sent(self) -> tuple[DocumentPlan, ...]:
        return tuple(document for document in self.documents if document.to_send)

    @property
    def to_send(self) -> int:
        return sum(document.to_send for document in self.documents)

    @property
    def passages(self) -> int:
        return sum(document.passages for document in self.documents)

    @property
    def words(self) -> int:
        return sum(document.words for document in self.documents)

    @property
    def tokens_in(self) -> int:
        return sum(document.tokens_in for document in self.documents)

    @property
    def tokens_out(self) -> int:
        return sum(document.tokens_out for document in self.documents)


@dataclass(frozen=True, slots=True)
class NotAsked:
    """A document of which ``passages`` of ``of`` were not read by the model."""

    name: str
    passages: int
    of: int


@dataclass(frozen=True, slots=True)
class AskReport:
    """What a run did. ``stopped`` says why it ended early, None when it did not."""

    documents: int
    tally: Tally
    spending: Spending
    unread: tuple[NotAsked, ...]
    stopped: Stop | None


class AskProgress(Protocol):
    """Told as the run goes on, in this process."""

    def begun(self, passages: int) -> None: ...
    def passage(self) -> None: ...
    def done(self, name: str, tally: Tally) -> None: ...
    def skipped(self, name: str, why: str) -> None: ...


class Asking:
    """One run over one case. Raises LanguageModelError when the extra ``[llm]`` is not installed.

    ``pause`` waits between two tries of a request.
    """

    def __init__(
        self,
        case: Case,
        options: LlmOptions,
        *,
        limits: AskLimits | None = None,
        pause: Callable[[float], object] = time.sleep,
    ) -> None:
        self._case = case
        self._options = options
        self._limits = limits or AskLimits()
        self._client = Client(options)
        self._schema = reply_schema(case.vocabulary)
        cache = ReplyCache(case.path / REPLIES)
        self._asker = Asker(options, self._schema, self._client, cache=cache, pause=pause)
        self._stage = LlmStage(self._asker, case.vocabulary)
        self._pipelines: dict[bool, Pipeline] = {}

    def __enter__(self) -> Asking:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def plan(self, documents: Sequence[str]) -> AskPlan:
        """What would be sent about these documents of the case. Sends nothing. Raises CaseError."""
        with case_errors(str(self._case.path)):
            plans = (self._planned(document) for document in documents)
            return AskPlan(tuple(plan for plan in plans if plan is not None and plan.passages))

    def ask(self, plan: AskPlan, progress: AskProgress) -> AskReport:
        """Asks about the planned documents and stores what holds up. A model that cannot be asked is told
        in the report, not raised. Raises CaseError."""
        progress.begun(plan.passages)
        stage = self._stage
        stage.after_chunk = progress.passage
        unread: list[NotAsked] = []
        documents = 0
        for planned in plan.documents:
            stage.tally, total = Tally(), stage.tally
            document = self._case.view.document(planned.id)
            reading = self._reading(document)
            if reading is None:
                progress.skipped(planned.name, "its reading by patterns could not be repeated")
            else:
                with case_errors(str(self._case.path)):
                    stage.run(reading)
                if stage.tally.chunks_read:
                    self._store(reading, whole=stage.tally.chunks_read == stage.tally.chunks)
                    documents += 1
                    progress.done(planned.name, stage.tally)
            missing = planned.passages - stage.tally.chunks_read
            if missing:
                unread.append(NotAsked(planned.name, missing, planned.passages))
            total.add(stage.tally)
            stage.tally = total
        return AskReport(documents, stage.tally, self._asker.spending, tuple(unread), self._asker.stopped)

    def _planned(self, document: str) -> DocumentPlan | None:
        found = self._case.view.document(document)
        if not found.readable:
            return None
        chunks = chunks_of(found, self._options.chunk)
        waiting = self._stage.waiting(found, chunks)
        schema = tokens_about(str(self._schema))
        requests = (self._stage.request(found, chunk) for chunk in waiting)
        return DocumentPlan(
            id=document,
            name=found.name or found.title,
            passages=len(chunks),
            to_send=len(waiting),
            words=sum(chunk.words for chunk in waiting),
            tokens_in=sum(
                schema + sum(tokens_about(message["content"]) for message in request) for request in requests
            ),
            # Ties and events take about as much room as the text that tells of them.
            tokens_out=sum(tokens_about(chunk.shown()) for chunk in waiting),
        )

    def _store(self, reading: Reading, *, whole: bool) -> None:
        """Puts the model's claims in place of those that it made before; where it has not read all of the
        text this time, beside them."""
        view, document = self._case.view, reading.document
        model = self._options.model
        before = proposed_before(view, document, but=model if whole else "")
        summary = view.summary(document.id)
        program = "" if summary is None else summary.program
        run = Run(program=program_with(program, [*before.models, model]), at=datetime.now(UTC))
        with self._case.writer() as writer:
            writer.finish_document(
                document,
                claims=(*reading.claims, *before.claims),
                actors=reading_actors(reading),
                run=run,
            )

    def _pipeline(self, *, patterns_only: bool) -> Pipeline:
        if patterns_only not in self._pipelines:
            self._pipelines[patterns_only] = shipped_pipeline(
                self._case.vocabulary, patterns_only=patterns_only
            )
        return self._pipelines[patterns_only]

    def _reading(self, document: Document) -> Reading | None:
        """The reading that the case has, once more: it keeps claims and actors, not every mention."""
        summary = self._case.view.summary(document.id)
        patterns_only = summary is None or model_version() not in summary.program.split()
        if len(document.text) <= self._limits.most_here:
            return self._pipeline(patterns_only=patterns_only).extract(document)
        work = DocumentReading(self._case.vocabulary, self._limits.memory, patterns_only)
        # One document at a time: a pool measures the time of its tasks while it is asked for results, and
        # nobody asks while a model thinks.
        with Pool[Document, Reading](work, workers=1, seconds=self._limits.seconds) as pool:
            for _, result in pool.run([document]):
                return None if isinstance(result, Died) else result
        return None


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """What a worker does with a long document."""

    vocabulary: Vocabulary
    memory: int
    patterns_only: bool

    def __call__(self, document: Document) -> Reading:
        pipeline = shipped_pipeline(self.vocabulary, patterns_only=self.patterns_only)
        with bounded(self.memory):
            reading = pipeline.extract(document)
        return replace(reading, kept={})  # what stages kept for one another is large
