"""News on attacks in Latin America (MUC-4, development half): who did what to whom.

usage: python -m benchmarks.muc4 [--corpus FOLDER]

The reference has templates of attacks, bombings, kidnappings, arson; each names persons and organisations
that did it, targets and victims, by the strings of the text. As in the literature on role fillers the
templates of a text are taken together: of each role the set of its actors, one of ours for one of theirs. The
texts are in small letters throughout. Writes results/muc4.json and results/muc4.md; without the data it says
so and ends with status 77.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path

from benchmarks.circumstances import SHARED, circumstances, head, row, write
from colligate.extract.pipeline import Pipeline, default_pipeline, shipped_pipeline
from colligate.model import SHOWN_FROM, Document, Event, Party
from colligate.workflows.gold import name_folded

SKIPPED = 77
KINDS = frozenset({"attack", "plot", "kidnapping", "killing", "military_operation"})
ROLES = ("persons that did it", "organisations that did it", "targets", "victims")
REFERENCE = ("PerpInd", "PerpOrg", "Target", "Victim")
Names = frozenset[str]


def told(event: Event) -> Iterable[tuple[int, Party]]:
    """Each party of an event with the number of its role above."""
    for role, parties in event.roles:
        for party in parties:
            if role in ("perpetrator", "planner", "claimed_by"):
                yield (1 if party.actor.kind == "organisation" else 0), party
            elif role == "target":
                yield 2, party
            elif role == "victim":
                yield 3, party


def ours(document: Document, pipeline: Pipeline) -> list[dict[str, Names]]:
    """Of each role our actors by id, with all their names in the text."""
    found: list[dict[str, Names]] = [{} for _ in ROLES]
    for claim in pipeline.extract(document).claims:
        if isinstance(claim, Event) and claim.type in KINDS and claim.basis.score >= SHOWN_FROM:
            for role, party in told(claim):
                names = {party.mention.quote, party.actor.name, *party.actor.aliases}
                found[role][party.actor.id] = frozenset(map(name_folded, names))
    return found


def theirs(templates: list[dict[str, object]]) -> list[list[Names]]:
    """Of each role the reference's actors."""
    found: list[list[Names]] = []
    for role in REFERENCE:
        actors = {
            frozenset(name_folded(mention[0]) for mention in actor)
            for template in templates
            for actor in template[role]  # type: ignore[attr-defined]
        }
        found.append(sorted(actors, key=sorted))
    return found


def alike(one: Names, other: Names, *, exact: bool) -> bool:
    """Whether two actors have a name in common or, unless ``exact``, a name that holds one of the other's."""
    if exact:
        return bool(one & other)
    return any(a in b or b in a for a in one for b in other if min(len(a), len(b)) > 2)


def matched(made: Iterable[Names], wanted: list[Names], *, exact: bool) -> int:
    """How many of ours have one of theirs, each taken once."""
    left, count = list(wanted), 0
    for names in made:
        hit = next((one for one in left if alike(names, one, exact=exact)), None)
        if hit is not None:
            left.remove(hit)
            count += 1
    return count


def measure(rows: list[dict[str, object]], pipeline: Pipeline) -> dict[str, dict[str, float]]:
    """Precision, recall and F1 by role and over all, for equal names and for names that hold one another."""
    counts = {(role, exact): [0, 0, 0] for role in (*ROLES, "all") for exact in (True, False)}
    for raw in rows:
        text = str(raw["doctext"]).replace("    ", "\n\n")
        document = Document("sha256:0", text, len(text), "text/plain", "muc4")
        made, wanted = ours(document, pipeline), theirs(raw["templates"])  # type: ignore[arg-type]
        for number, role in enumerate(ROLES):
            for exact in (True, False):
                hits = matched(made[number].values(), wanted[number], exact=exact)
                for name in (role, "all"):
                    count = counts[name, exact]
                    count[0] += hits
                    count[1] += len(made[number])
                    count[2] += len(wanted[number])
    found: dict[str, dict[str, float]] = {}
    for (role, exact), (hits, predicted, wanted_) in counts.items():
        precision, recall = hits / max(predicted, 1), hits / max(wanted_, 1)
        ends = " (equal)" if exact else " (one holds the other)"
        found[f"{role}{ends}"] = {
            "P": round(precision, 3),
            "R": round(recall, 3),
            "F1": round(2 * precision * recall / max(precision + recall, 1e-9), 3),
        }
    return found


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.muc4")
    parser.add_argument("--corpus", type=Path, default=SHARED / "corpus")
    path = parser.parse_args().corpus / "external" / "muc4" / "dev.json"
    if not path.is_file():
        print(f"skipped: {path} is not here")
        return SKIPPED
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    measured = circumstances(("onnxruntime", "tokenizers"))
    found = {
        "patterns alone": measure(rows, default_pipeline()),
        "both": measure(rows, shipped_pipeline(threads=2)),
    }
    lines = head("Attacks in the news (MUC-4, 200 development texts)", measured)
    lines += [
        "Who did it, targets and victims of all events of a text taken together. The reading model was not",
        "trained on these texts; it was on 73 others of the set. What the literature reports is of the test",
        "half, which is not here, and by another scorer.", "",
        row("role", "patterns P", "R", "F1", "both P", "R", "F1"), row("---", *["---:"] * 6),
    ]  # fmt: skip
    for role, plain in found["patterns alone"].items():
        lines.append(row(role, *plain.values(), *found["both"][role].values()))
    table = "\n".join(lines) + "\n"
    write("muc4", {**measured, "figures": found}, table)
    print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
