"""The chain of stages that turns a document into claims: a visible list, checked when it is built."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from colligate import __version__
from colligate.extract.base import Reading, Stage, chain_check
from colligate.model import Document
from colligate.vocabulary import Vocabulary, load


class Pipeline:
    """Runs its stages in order. Raises ValueError when built from a chain that cannot work.

    ``version`` names the rules as well as the program: a case re-reads a document when it changes.
    """

    def __init__(self, stages: Sequence[Stage], *, vocabulary: Vocabulary) -> None:
        chain_check(stages)
        self.stages = tuple(stages)
        self.vocabulary = vocabulary
        self.version = f"rules-{__version__}+{_rules_digest()}"

    def extract(self, document: Document) -> Reading:
        """The document's reading. Of a document that is not readable, it holds the document only."""
        reading = Reading(document, self.vocabulary)
        if document.readable:
            for stage in self.stages:
                stage.run(reading)
        return reading


def default_pipeline(vocabulary: Vocabulary | None = None) -> Pipeline:
    """The stages that ship with the program, in the order in which they need one another."""
    from colligate.extract.sentences import SentenceStage  # noqa: PLC0415 - stages load tables

    stages: list[Stage] = [
        SentenceStage(),
    ]
    return Pipeline(stages, vocabulary=load() if vocabulary is None else vocabulary)


@lru_cache(maxsize=1)
def _rules_digest() -> str:
    """8 hex digits over the rule files beside this module: rules are data, and change without a release."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*")):
        if path.suffix in {".yaml", ".tsv"}:
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:8]
