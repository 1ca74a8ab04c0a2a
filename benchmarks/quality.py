"""Quality of patterns alone on every annotated text: ties, actors, events, sources, stance, dates, quotes.

What the reading model adds is measured where it is trained, on held-out text (results/reading-model.md).

usage: python -m benchmarks.quality [--corpus FOLDER]

Patterns are written on the development half, and nobody who writes them reads the test half: of its
texts only scores are printed. Writes results/quality.json and results/quality.md. Without the corpus
(it holds texts that may not be passed on) it says so and ends with status 77, which means "skipped".
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.circumstances import SHARED, circumstances, head, row, write
from benchmarks.names import DEVELOPMENT, TEST
from colligate.cli.evaluate import evaluation_wire
from colligate.extract.pipeline import default_pipeline
from colligate.workflows.evaluate import Evaluation, evaluate
from colligate.workflows.scoring import LEVELS

SKIPPED = 77
PACKAGES = ("sentencex", "daachorse", "pypdfium2")
STRICT_F1, STRICT_PRECISION, ACTORS = 0.30, 0.60, 0.75
"""What was to be reached on every text that the patterns were not written on."""

Measure = Callable[[Evaluation], float]
MEASURES: dict[str, Measure] = {
    "ties P": lambda e: e.scores.strict.precision.value,
    "ties R": lambda e: e.scores.strict.recall.value,
    "ties F1": lambda e: e.scores.strict.f1,
    "relaxed P": lambda e: e.scores.relaxed.precision.value,
    "relaxed R": lambda e: e.scores.relaxed.recall.value,
    "relaxed F1": lambda e: e.scores.relaxed.f1,
    "actors named": lambda e: e.actors_named.value,
    "actors in claims": lambda e: e.scores.actors.value,
    "events P": lambda e: e.scores.events.precision.value,
    "events R": lambda e: e.scores.events.recall.value,
    "events F1": lambda e: e.scores.events.f1,
    "attribution": lambda e: e.scores.attribution.value,
    "stance": lambda e: e.scores.stance.value,
    "year agrees": lambda e: e.scores.dates.value,
    "dates unfounded": lambda e: e.scores.unfounded.value,
    "quotes exact": lambda e: e.quotes_exact.value,
    **{f"recall, {level}": lambda e, level=level: e.scores.by_level[level][0].value for level in LEVELS},  # type: ignore[misc]
    **{f"relaxed, {level}": lambda e, level=level: e.scores.by_level[level][1].value for level in LEVELS},  # type: ignore[misc]
}
TABLES = (
    ("Ties", ("ties P", "ties R", "ties F1", "relaxed P", "relaxed R", "relaxed F1")),
    ("Recall of ties by level", [name for name in MEASURES if name.endswith(LEVELS)]),
    ("Actors and events", ("actors named", "actors in claims", "events P", "events R", "events F1")),
    ("What is said of a right tie", ("attribution", "stance", "year agrees", "dates unfounded")),
)  # fmt: skip
LEGEND = """
Strict: type and both ends are the reference's. Relaxed: also a neighbouring type, in either direction.
Actors named: persons and organisations of the reference that the reader found anywhere in the text;
actors in claims: those that stand at an end of a claim, as the corpus's own scorer counts.
Attribution, stance and year are asked of strictly right ties, the first and third of those for which the
reference has a source or a date. Dates unfounded: of the right ties that we date, those to which
the reference gives no date; it dates sparingly, so these are not all wrong.
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=SHARED / "corpus")
    corpus = parser.parse_args().corpus
    if not corpus.is_dir():
        print(f"No annotated texts at {corpus}: quality was not measured.", file=sys.stderr)
        return SKIPPED
    measured = circumstances(PACKAGES)
    pipeline = default_pipeline()
    halves = {
        half: [evaluate(corpus / name, pipeline=pipeline) for name in names]
        for half, names in (("development", DEVELOPMENT), ("test", TEST))
    }
    table = _page(measured, halves)
    values: dict[str, Any] = {
        **measured,
        "mean": {half: _means(evaluations) for half, evaluations in halves.items()},
        "texts": [
            {"half": half, **_untimed(evaluation_wire(evaluation))}
            for half, evaluations in halves.items()
            for evaluation in evaluations
        ],
    }
    write("quality", values, table)
    print(table)
    return 0


def _untimed(wire: dict[str, Any]) -> dict[str, Any]:
    """Without the seconds: they are no matter of quality, and the file would change with every run."""
    return {key: value for key, value in wire.items() if key != "seconds"}


def _means(evaluations: Sequence[Evaluation]) -> dict[str, float]:
    """Over texts, so that a long one counts no more than a short one."""
    return {
        name: round(sum(map(measure, evaluations)) / len(evaluations), 3)
        for name, measure in MEASURES.items()
    }


def _page(measured: dict[str, Any], halves: dict[str, list[Evaluation]]) -> str:
    lines = head("Quality", measured)
    lines += ["Means over texts:", "", row("", *halves), row("---", *("---:" for _ in halves))]
    means = {half: _means(evaluations) for half, evaluations in halves.items()}
    lines += [row(name, *(f"{means[half][name]:.3f}" for half in halves)) for name in MEASURES]
    lines += [LEGEND, "## Targets on the test half", ""]
    lines += [row("target", "texts that reach it", "lowest"), row("---", "---:", "---:")]
    for label, name, least in (
        ("strict tie F1 ≥ 0.30", "ties F1", STRICT_F1),
        ("strict tie precision ≥ 0.60", "ties P", STRICT_PRECISION),
        ("actors named ≥ 0.75", "actors named", ACTORS),
        ("actors in claims ≥ 0.75", "actors in claims", ACTORS),
        ("quotes exact 100%", "quotes exact", 1.0),
    ):
        got = [MEASURES[name](evaluation) for evaluation in halves["test"]]
        reached = sum(value >= least for value in got)
        lines.append(row(label, f"{reached} of {len(got)}", f"{min(got):.3f}"))
    for half, evaluations in halves.items():
        for title, names in TABLES:
            lines += ["", f"## {title}, {half} half", "", row("text", *names)]
            lines.append(row("---", *("---:" for _ in names)))
            lines += [
                row(evaluation.name, *(f"{MEASURES[name](evaluation):.3f}" for name in names))
                for evaluation in evaluations
            ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
