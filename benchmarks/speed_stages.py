"""Words per second and peak memory of each stage of the extraction, and of the store.

Processor time of one process, so that neighbours on the machine disturb it little. Peak memory is what
the stage allocates over what was there when it began, on the largest text, measured in a second pass.
"""

from __future__ import annotations

import tempfile
import time
import tracemalloc
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from colligate.extract.base import Reading
from colligate.extract.pipeline import Pipeline, default_pipeline, reading_actors
from colligate.model import Document, bytes_id
from colligate.store import Run
from colligate.store.case import Case


def stages(texts: Sequence[str]) -> dict[str, Any]:
    """By stage: seconds, words per second, share of the whole, peak MB."""
    pipeline = default_pipeline()
    pipeline.extract(_document("Brann Okot led the Salt Column in 1991."))  # loads the tables
    seconds = dict.fromkeys([*(stage.name for stage in pipeline.stages), "store"], 0.0)
    words = sum(len(text.split()) for text in texts)
    with tempfile.TemporaryDirectory() as folder, Case.create(Path(folder) / "case") as case:
        for text in texts:
            reading = Reading(_document(text), pipeline.vocabulary)
            for stage in pipeline.stages:
                seconds[stage.name] += _took(lambda stage=stage, reading=reading: stage.run(reading))  # type: ignore[misc]
            seconds["store"] += _took(lambda reading=reading: _store(case, reading))  # type: ignore[misc]
    whole = sum(seconds.values())
    memory = _memory(pipeline, max(texts, key=len))
    return {
        "words": words,
        "words_per_second": round(words / whole),
        "stages": {
            name: {
                "seconds": round(took, 2),
                "words_per_second": round(words / max(took, 1e-9)),
                "share": round(took / whole, 3),
                "peak_mb": memory[name],
            }
            for name, took in seconds.items()
        },
    }


def _took(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def _memory(pipeline: Pipeline, text: str) -> dict[str, float]:
    peaks: dict[str, float] = {}
    reading = Reading(_document(text), pipeline.vocabulary)
    with tempfile.TemporaryDirectory() as folder, Case.create(Path(folder) / "case") as case:
        steps: list[tuple[str, Callable[[], object]]] = [
            (stage.name, lambda stage=stage: stage.run(reading))  # type: ignore[misc]
            for stage in pipeline.stages
        ]
        steps.append(("store", lambda: _store(case, reading)))
        tracemalloc.start()
        for name, work in steps:
            before = tracemalloc.get_traced_memory()[0]
            tracemalloc.reset_peak()
            work()
            peaks[name] = round((tracemalloc.get_traced_memory()[1] - before) / 1e6, 1)
        tracemalloc.stop()
    return peaks


def _store(case: Case, reading: Reading) -> None:
    original = reading.document.text.encode()
    with case.writer() as writer:
        writer.finish_document(
            reading.document,
            claims=reading.claims,
            actors=reading_actors(reading),
            run=Run(program="benchmark", at=datetime(2000, 1, 1, tzinfo=UTC)),
            source="text.txt",
            original=original,
        )


def _document(text: str) -> Document:
    return Document(bytes_id(text.encode()), text, len(text.split()), "text/plain", "benchmark")
