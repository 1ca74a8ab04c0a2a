from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from colligate.export.claims import write_claims
from colligate.extract.pipeline import default_pipeline
from colligate.readers import read
from colligate.workflows.evaluate import evaluate
from colligate.workflows.reading import known_names
from colligate.workflows.restated import restated
from colligate.workflows.scoring import Agreement, Share

GOLD = Path(__file__).parents[1] / "data" / "gold" / "velk"
CORPUS = Path(__file__).parents[3] / "shared" / "corpus"


def test_every_quote_is_exact_and_words_are_counted() -> None:
    result = evaluate(GOLD)
    assert result.quotes_exact.right == result.quotes_exact.of > 0
    assert result.words == len(GOLD.with_suffix(".txt").read_text("utf-8").split())


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the annotated corpus is not beside the checkout")
@pytest.mark.parametrize("name", ["mali-war", "911-ch5-a"])
def test_our_scores_are_those_of_the_corpus_s_scorer(name: str, tmp_path: Path) -> None:
    pipeline = default_pipeline()
    ours = evaluate(CORPUS / name, pipeline=pipeline)
    reading = pipeline.extract(read(CORPUS / f"{name}.txt", known_names=known_names))
    claims = restated(reading.claims, pipeline.vocabulary)
    with (tmp_path / "claims.jsonl").open("w", encoding="utf-8") as file:
        write_claims(claims, file)
    run = subprocess.run(
        [sys.executable, str(CORPUS / "score.py"), name, str(tmp_path / "claims.jsonl"), "--json",
         "--text", str(CORPUS / f"{name}.txt")],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    theirs = json.loads(run.stdout)
    scores = ours.scores

    def same(agreement: Agreement, reference: dict[str, float]) -> bool:
        numbers = (agreement.precision.value, agreement.recall.value, agreement.f1)
        # A name that two actors of the reference share is linked by chance there: hence the tolerance.
        return numbers == pytest.approx(tuple(reference[key] for key in ("p", "r", "f1")), abs=0.004)

    def pair(share: Share) -> list[int]:
        return [share.right, share.of]

    assert same(scores.strict, theirs["strict"])
    assert same(scores.relaxed, theirs["relaxed"])
    assert same(scores.events, theirs["events"])
    assert same(scores.without_presence, theirs["strict_without_presence_and_enmity"])
    assert pair(scores.actors) == theirs["actors_found"]
    assert pair(ours.quotes_verbatim) == theirs["quotes_verbatim"]
    assert pair(scores.stance) == pytest.approx(theirs["stance_accuracy"], abs=1)
    assert pair(scores.dates) == pytest.approx(theirs["date_year_agrees"], abs=1)
    assert pair(scores.attribution) == pytest.approx(theirs["attribution_found"], abs=1)
