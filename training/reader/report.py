"""The report of a training: what the model makes of text that it has not seen, also the poor figures."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from colligate.extract.neural.calibration import Calibration
from colligate.model import SHOWN_FROM, Claim
from colligate.vocabulary import load
from colligate.workflows.restated import restated
from colligate.workflows.scoring import Scores, Share
from training.reader.crossval import (
    HeldOut,
    Row,
    decided,
    event_rows,
    fit,
    reliability,
    scores,
    tie_rows,
)

LEAST = (0.2, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7)


def report_write(
    held: Sequence[Sequence[HeldOut]],
    rows: Sequence[tuple[list[Row], list[Row]]],
    path: Path,
    *,
    distorted: Mapping[str, Sequence[HeldOut]],
) -> dict[str, Any]:
    """Writes ``path``.json and ``path``.md and gives the figures at the default confidence. ``distorted`` are
    the same documents written in other ways.

    Each part is weighed by what was fitted on the others, so that no figure is of text that anything saw;
    where there is one fold only, its even and odd documents are the parts.
    """
    if len(held) == 1:
        held = [held[0][::2], held[0][1::2]]
        rows = [(tie_rows(part), event_rows(part)) for part in held]
    weighing: dict[str, tuple[Calibration, Calibration]] = {}
    table: list[tuple[float, float, float, int]] = []
    for number, fold in enumerate(held):
        others = [row for at, row in enumerate(rows) if at != number]
        ties = fit([row for tie_rows, _ in others for row in tie_rows])
        events = fit([row for _, event_rows in others for row in event_rows])
        weighing.update({document.name: (ties, events) for document in fold})
        table += reliability(rows[number][0], ties)

    def weighed(document: HeldOut, least: float = SHOWN_FROM) -> list[Claim]:
        return decided(document, *weighing[document.name], least)

    documents = [document for fold in held for document in fold]
    lines = {
        "patterns alone": figures(documents, lambda document: restated(document.reading.claims, load())),
        **{
            f"both, from {least}": figures(documents, lambda d, least=least: weighed(d, least))
            for least in LEAST
        },
        **{f"both, {way}": figures(written, weighed) for way, written in distorted.items()},
    }
    by_document = scores(documents, weighed)
    found: dict[str, Any] = {
        "figures": lines,
        "reliability": _joined(table),
        "types": by_type(by_document),
        "documents": {name: round(score.strict.f1, 3) for name, score in by_document.items()},
    }
    path.with_suffix(".json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    path.with_suffix(".md").write_text(_markdown(found), encoding="utf-8")
    return lines[f"both, from {SHOWN_FROM}"]


def figures(held: Sequence[HeldOut], claims: Callable[[HeldOut], list[Claim]]) -> dict[str, float]:
    """Means over documents; shares over all claims."""
    found = list(scores(held, claims).values())

    def mean(of: Callable[[Scores], float]) -> float:
        return round(sum(map(of, found)) / len(found), 3)

    def share(of: Callable[[Scores], Share]) -> float:
        return round(sum(of(s).right for s in found) / max(sum(of(s).of for s in found), 1), 3)

    return {
        "tie precision": mean(lambda s: s.strict.precision.value),
        "tie recall": mean(lambda s: s.strict.recall.value),
        "tie F1": mean(lambda s: s.strict.f1),
        "lowest tie F1": round(min(s.strict.f1 for s in found), 3),
        "highest tie F1": round(max(s.strict.f1 for s in found), 3),
        "relaxed tie F1": mean(lambda s: s.relaxed.f1),
        "tie F1 without presence and enmity": mean(lambda s: s.without_presence.f1),
        "mean F1 of types": mean(lambda s: s.macro_f1),
        "explicit recall": share(lambda s: s.by_level["explicit"][0]),
        "coreference recall": share(lambda s: s.by_level["coreference"][0]),
        "inferred recall": share(lambda s: s.by_level["inferred"][0]),
        "actors in claims": mean(lambda s: s.actors.value),
        "event precision": mean(lambda s: s.events.precision.value),
        "event recall": mean(lambda s: s.events.recall.value),
        "event F1": mean(lambda s: s.events.f1),
        "stance": share(lambda s: s.stance),
        "attribution": share(lambda s: s.attribution),
        "attribution, same statement": share(lambda s: s.own_attribution),
        "year agrees": share(lambda s: s.dates),
        "year agrees, same statement": share(lambda s: s.own_dates),
        "dates unfounded": share(lambda s: s.unfounded),
    }


def by_type(found: dict[str, Scores]) -> dict[str, list[float]]:
    """Precision, recall and number of reference ties of each type, over all documents."""
    right: Counter[str] = Counter()
    made: Counter[str] = Counter()
    hit: Counter[str] = Counter()
    of: Counter[str] = Counter()
    for score in found.values():
        for name, agreement in score.by_type.items():
            right[name] += agreement.precision.right
            made[name] += agreement.precision.of
            hit[name] += agreement.recall.right
            of[name] += agreement.recall.of
    return {
        name: [round(right[name] / max(made[name], 1), 2), round(hit[name] / max(count, 1), 2), count]
        for name, count in of.most_common()
    }


def _joined(table: Sequence[tuple[float, float, float, int]]) -> list[list[float]]:
    rows = []
    for low in sorted({row[0] for row in table}):
        same = [row for row in table if row[0] == low]
        count = sum(row[3] for row in same)
        rows.append([
            low,
            round(sum(row[1] * row[3] for row in same) / count, 3),
            round(sum(row[2] * row[3] for row in same) / count, 3),
            count,
        ])  # fmt: skip
    return rows


def _markdown(found: dict[str, Any]) -> str:
    names = list(found["figures"])
    lines = ["| figure | " + " | ".join(names) + " |", "|---" * (len(names) + 1) + "|"]
    for figure in found["figures"][names[0]]:
        lines.append(f"| {figure} | " + " | ".join(str(found["figures"][n][figure]) for n in names) + " |")
    lines += ["", "| given | mean | right | claims |", "|---|---|---|---|"]
    lines += [
        f"| {low:.1f}- | {mean} | {right} | {count} |" for low, mean, right, count in found["reliability"]
    ]
    lines += ["", "| type | precision | recall | reference |", "|---|---|---|---|"]
    lines += [f"| {name} | {p} | {r} | {n} |" for name, (p, r, n) in found["types"].items()]
    lines += ["", "| text | tie F1 |", "|---|---|"]
    lines += [f"| {name} | {f1} |" for name, f1 in sorted(found["documents"].items())]
    return "\n".join(lines) + "\n"
