"""colligate evaluate GOLD_PREFIX: how well the reader does on a text that people annotated."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from colligate.cli.options import JsonOption, MinConfidenceOption
from colligate.cli.output import Output
from colligate.model import SHOWN_FROM

if TYPE_CHECKING:
    from collections.abc import Sequence

    from colligate.workflows.evaluate import Evaluation
    from colligate.workflows.scoring import Agreement, Share

_HEADER = (
    "text", "ties_p", "ties_r", "ties_f1", "relaxed_f1", "actors", "events_f1",
    "stance", "sources", "dates", "quotes_exact",
)  # fmt: skip


def evaluate(
    prefixes: Annotated[
        list[Path],
        typer.Argument(
            metavar="GOLD_PREFIX...",
            help="Path of the annotations without endings: PREFIX.txt, PREFIX.ties.jsonl and so on.",
        ),
    ],
    *,
    patterns_only: Annotated[
        bool, typer.Option("--patterns-only", help="Score the patterns alone, without the reading model.")
    ] = False,
    min_confidence: MinConfidenceOption = SHOWN_FROM,
    as_json: JsonOption = False,
) -> None:
    """Score the reader against annotated texts: ties, actors, events, dates, sources, stances."""
    from colligate.extract.pipeline import shipped_pipeline  # noqa: PLC0415 - --help stays quick
    from colligate.workflows.evaluate import evaluate as run  # noqa: PLC0415

    output = Output(json=as_json)
    pipeline = shipped_pipeline(patterns_only=patterns_only)
    results = [run(prefix, pipeline=pipeline, min_confidence=min_confidence) for prefix in prefixes]
    known = [result.name for result in results if result.trained_on]
    if known:
        output.note(
            f"The reading model was trained on {', '.join(known)}: with it, these figures say little.",
            "Score with --patterns-only, or a text that it has not seen.",
        )
    if output.json:
        output.value([evaluation_wire(result) for result in results])
    elif output.rich:
        _show(results, output)
    else:
        output.rows(_HEADER, map(_row, results))
        for result in results:
            output.line()
            output.rows(("text", "type", "p", "r", "f1", "reference"), _type_rows(result))
            output.line()
            output.rows(
                ("text", "level", "strict_recall", "relaxed_recall", "reference"), _level_rows(result)
            )


def evaluation_wire(result: Evaluation) -> dict[str, Any]:
    """The evaluation as JSON; shares as the pair [right, of]."""
    scores = result.scores
    return {
        "text": result.name,
        "ties": {
            "predicted": scores.strict.precision.of,
            "reference": scores.strict.recall.of,
            "strict": _agreement(scores.strict),
            "relaxed": _agreement(scores.relaxed),
            "strict_without_presence_and_enmity": _agreement(scores.without_presence),
            "macro_f1_over_types": round(scores.macro_f1, 3),
            "recall_by_level": {
                level: {"strict": _pair(strict), "relaxed": _pair(relaxed)}
                for level, (strict, relaxed) in scores.by_level.items()
            },
            "by_type": {name: _agreement(agreement) for name, agreement in scores.by_type.items()},
        },
        "actors_found": _pair(scores.actors),
        "actors_named": _pair(result.actors_named),
        "events": _agreement(scores.events),
        "stance": _pair(scores.stance),
        "attribution": _pair(scores.attribution),
        "dates": _pair(scores.dates),
        "dates_unfounded": _pair(scores.unfounded),
        "quotes_exact": _pair(result.quotes_exact),
        "quotes_verbatim": _pair(result.quotes_verbatim),
        "words": result.words,
        "seconds": round(result.seconds, 3),
    }


def _agreement(agreement: Agreement) -> dict[str, Any]:
    return {
        "p": round(agreement.precision.value, 3),
        "r": round(agreement.recall.value, 3),
        "f1": round(agreement.f1, 3),
        "right": agreement.precision.right,
        "predicted": agreement.precision.of,
        "found": agreement.recall.right,
        "reference": agreement.recall.of,
    }


def _pair(share: Share) -> list[int]:
    return [share.right, share.of]


def _row(result: Evaluation) -> tuple[str, ...]:
    scores = result.scores
    numbers = (
        scores.strict.precision.value,
        scores.strict.recall.value,
        scores.strict.f1,
        scores.relaxed.f1,
        scores.actors.value,
        scores.events.f1,
    )
    shares = (scores.stance, scores.attribution, scores.dates, result.quotes_exact)
    return (result.name, *(f"{number:.3f}" for number in numbers), *map(_share, shares))


def _share(share: Share) -> str:
    return f"{share.value:.3f}" if share.of else "-"


def _type_rows(result: Evaluation) -> list[tuple[object, ...]]:
    return [
        (
            result.name,
            name,
            _share(agreement.precision),
            _share(agreement.recall),
            f"{agreement.f1:.3f}",
            agreement.recall.of,
        )
        for name, agreement in result.scores.by_type.items()
    ]


def _level_rows(result: Evaluation) -> list[tuple[object, ...]]:
    return [
        (result.name, level, _share(strict), _share(relaxed), strict.of)
        for level, (strict, relaxed) in result.scores.by_level.items()
    ]


def _show(results: Sequence[Evaluation], output: Output) -> None:
    from rich.table import Table  # noqa: PLC0415 - pipes need no rich

    def table(header: tuple[str, ...], rows: Sequence[Sequence[object]], title: str) -> Table:
        made = Table(box=None, header_style="dim", title=title, title_justify="left", title_style="bold")
        for column, name in enumerate(header):
            made.add_column(name.replace("_", " "), justify="left" if column == 0 else "right")
        for row in rows:
            made.add_row(*map(str, row))
        return made

    output.show(table(_HEADER, [_row(result) for result in results], ""), "")
    for result in results:
        by_type = [row[1:] for row in _type_rows(result)]
        by_level = [row[1:] for row in _level_rows(result)]
        name = result.name
        output.show(
            table(("type", "p", "r", "f1", "reference"), by_type, f"{name}: ties by type, strict"), ""
        )
        output.show(
            table(("level", "strict", "relaxed", "reference"), by_level, f"{name}: recall by level"), ""
        )
