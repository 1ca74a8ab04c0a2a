"""evaluate: reads an annotated text, extracts, and scores what was found against the annotations."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from colligate.extract.pipeline import Pipeline, default_pipeline, reading_actors
from colligate.model import Document, Evidence
from colligate.readers import read
from colligate.workflows.gold import Gold, gold_load
from colligate.workflows.reading import known_names
from colligate.workflows.restated import restated
from colligate.workflows.scoring import Scores, Share, actors_named, claims_score


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores of one text. ``quotes_exact`` counts quotes that are the document's text at their
    span; ``quotes_verbatim`` those that stand in the file as it is, white space folded: a reader that
    repairs a word broken by the layout changes the second and never the first. ``trained_on``: the model
    that read it had this very text among its training data. ``actors_named``: the
    reference's actors that the document was found to name at all, in claims or not.
    """

    name: str
    scores: Scores
    actors_named: Share
    quotes_exact: Share
    quotes_verbatim: Share
    words: int
    seconds: float
    trained_on: bool = False


def evaluate(prefix: Path, *, pipeline: Pipeline | None = None, min_confidence: float = 0.0) -> Evaluation:
    """Reads ``PREFIX.txt`` and scores its claims against the annotations beside it.

    ``seconds`` is the time of the extraction alone. Raises NotFoundError, ClaimsFileError,
    DocumentError.
    """
    gold = gold_load(prefix)
    document = read(gold.text, known_names=known_names)
    return document_evaluate(
        document, gold, pipeline=pipeline or default_pipeline(), min_confidence=min_confidence
    )


def document_evaluate(
    document: Document, gold: Gold, *, pipeline: Pipeline, min_confidence: float = 0.0
) -> Evaluation:
    """Scores one document that was read already."""
    started = time.perf_counter()
    reading = pipeline.extract(document)
    seconds = time.perf_counter() - started
    claims = restated(
        (claim for claim in reading.claims if claim.basis.score >= min_confidence), pipeline.vocabulary
    )
    evidence = [piece for claim in claims for piece in claim.evidence]
    return Evaluation(
        name=gold.name,
        scores=claims_score(claims, gold, pipeline.vocabulary),
        actors_named=actors_named(reading_actors(reading), gold),
        quotes_exact=Share(
            sum(document.text[piece.start : piece.end] == piece.quote for piece in evidence), len(evidence)
        ),
        quotes_verbatim=_verbatim(evidence, gold.text.read_text(encoding="utf-8")),
        words=len(document.text.split()),
        seconds=seconds,
        trained_on=document.id in pipeline.trained_on,
    )


def _verbatim(evidence: Sequence[Evidence], raw: str) -> Share:
    folded = " ".join(raw.split())
    return Share(sum(" ".join(piece.quote.split()) in folded for piece in evidence), len(evidence))
