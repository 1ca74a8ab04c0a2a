"""The chain of stages that turns a document into claims: a visible list, checked when it is built."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from colligate import __version__
from colligate.extract.base import Reading, Stage, chain_check
from colligate.model import Actor, Document
from colligate.vocabulary import Vocabulary, load

MODEL_MANIFEST = Path(__file__).parent / "models" / "reader" / "manifest.json"

if TYPE_CHECKING:
    from colligate.extract.neural.model import ReadingModel


class Pipeline:
    """Runs its stages in order. Raises ValueError when built from a chain that cannot work.

    ``version`` names the rules as well as the program: a case re-reads a document when it changes.
    """

    def __init__(
        self,
        stages: Sequence[Stage],
        *,
        vocabulary: Vocabulary,
        trained_on: frozenset[str] = frozenset(),
    ) -> None:
        chain_check(stages)
        self.stages = tuple(stages)
        self.vocabulary = vocabulary
        self.version = rules_version()
        # Ids of documents that a model of the chain was trained on: no measure of it.
        self.trained_on = trained_on

    def extract(self, document: Document) -> Reading:
        """The document's reading. Of a document that is not readable, it holds the document only."""
        reading = Reading(document, self.vocabulary)
        if document.readable:
            for stage in self.stages:
                stage.run(reading)
        return reading


def default_pipeline(vocabulary: Vocabulary | None = None, *, model: ReadingModel | None = None) -> Pipeline:
    """The stages that ship with the program, in the order in which they need one another. Without a
    ``model`` the patterns read alone."""
    from colligate.extract.claims import ClaimStage  # noqa: PLC0415 - stages load tables
    from colligate.extract.clusters import ClusterStage  # noqa: PLC0415
    from colligate.extract.dates import DateStage  # noqa: PLC0415
    from colligate.extract.names import NameStage  # noqa: PLC0415
    from colligate.extract.nominals import NominalStage  # noqa: PLC0415
    from colligate.extract.pronouns import PronounStage  # noqa: PLC0415
    from colligate.extract.quotations import QuotationStage  # noqa: PLC0415
    from colligate.extract.sentences import SentenceStage  # noqa: PLC0415
    from colligate.extract.speeches import SpeechStage  # noqa: PLC0415

    stages: list[Stage] = [
        SentenceStage(),
        NameStage(),
        ClusterStage(),
        NominalStage(),
        PronounStage(),
        DateStage(),
        QuotationStage(),
        SpeechStage(),
        ClaimStage(),
    ]
    if model is not None:
        stages = with_model(stages, model)
    return Pipeline(
        stages,
        vocabulary=load() if vocabulary is None else vocabulary,
        trained_on=frozenset() if model is None else model.trained_on,
    )


def with_model(stages: Sequence[Stage], model: ReadingModel, *, decide: bool = True) -> list[Stage]:
    """The stages with those of the model among them: mentions behind names, judgements behind dates, and
    at the end, unless ``decide`` is False, the decision between patterns and model."""
    from colligate.extract.neural.deciding import DecideStage  # noqa: PLC0415
    from colligate.extract.neural.judging import JudgeStage  # noqa: PLC0415
    from colligate.extract.neural.mentions import MentionStage  # noqa: PLC0415

    behind: dict[str, Stage] = {"names": MentionStage(model), "dates": JudgeStage(model)}
    made: list[Stage] = []
    for stage in stages:
        made.append(stage)
        if stage.name in behind:
            made.append(behind[stage.name])
    return [*made, DecideStage(model)] if decide else made


def shipped_pipeline(
    vocabulary: Vocabulary | None = None, *, patterns_only: bool = False, threads: int = 1
) -> Pipeline:
    """The pipeline with the model that ships with the program, or without it. Raises ModelError when the
    model's files are damaged."""
    if patterns_only or not MODEL_MANIFEST.is_file():
        return default_pipeline(vocabulary)
    from colligate.extract.neural.model import packaged_model  # noqa: PLC0415 - loads onnxruntime

    return default_pipeline(vocabulary, model=packaged_model(threads))


@lru_cache(maxsize=1)
def model_version() -> str:
    """The shipped model's name and 8 hex digits over its manifest, which names every file's digest; ""
    where the package holds none. Known without loading it."""
    if not MODEL_MANIFEST.is_file():
        return ""
    raw = MODEL_MANIFEST.read_bytes()
    held = json.loads(raw)
    return f"{held['name']}-{held['version']}+{hashlib.sha256(raw).hexdigest()[:8]}"


def reading_actors(reading: Reading) -> tuple[Actor, ...]:
    """Everyone whom the document names, those whom no claim names included."""
    document = reading.document.id
    return tuple(
        Actor.of(
            document=document,
            kind=cluster.kind,
            name=cluster.name,
            aliases=tuple(sorted(set(cluster.aliases))),
        )
        for cluster in reading.clusters
    )


@lru_cache(maxsize=1)
def rules_version() -> str:
    """The program's version and 8 hex digits over the rule files beside this module: rules are data, and
    change without a release. Known without building a pipeline, which takes longer."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*")):
        if path.suffix in {".yaml", ".tsv", ".txt"}:
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
    return f"rules-{__version__}+{digest.hexdigest()[:8]}"
