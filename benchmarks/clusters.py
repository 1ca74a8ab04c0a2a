"""How well mentions become actors: clusters against the annotated entities, pronouns against GUM.

    python benchmarks/clusters.py CORPUS [--half dev|test] [--names oracle|stage] [--show TEXT] [--gum]

CORPUS is the folder with the annotated texts. ``oracle`` takes the annotated names as found, so that
only the clustering is measured; ``stage`` takes those that the name stage finds. B³ is counted over
names whose annotated actor is certain from its words and line. Only totals are printed of the test half.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from colligate.extract.base import Naming, Reading
from colligate.extract.clusters import ClusterStage
from colligate.extract.nominals import NominalStage
from colligate.extract.pronouns import PronounStage
from colligate.extract.sentences import SentenceStage
from colligate.model import Document
from colligate.vocabulary import load

DEV = [
    *("report-1", "911-ch2-b", "911-ch5-a", "911-ch5-c", "911-ch6-a", "mali-war", "syria-early"),
    *("farc", "al-qaeda", "hezbollah", "fatah", "raf", "canada-a", "canada-c"),
]
TEST = [
    *("911-ch2-a", "911-ch2-c", "911-ch5-b", "911-ch6-b", "serval", "karabakh", "ltte"),
    *("shining-path", "pira", "bin-laden", "hamas", "eta", "montoneros", "canada-b"),
]


@dataclass(slots=True)
class Tally:
    """B³ sums: precision and recall mass over ``n`` mentions."""

    precision: float = 0.0
    recall: float = 0.0
    n: int = 0

    def add(self, other: Tally) -> None:
        self.precision += other.precision
        self.recall += other.recall
        self.n += other.n

    def __str__(self) -> str:
        p, r = self.precision / max(self.n, 1), self.recall / max(self.n, 1)
        return f"B3 P {p:.3f} R {r:.3f} F {2 * p * r / (p + r) if p + r else 0:.3f} (n={self.n})"


@dataclass(slots=True)
class Gold:
    """The annotated actors of one text: by each name as written, and the lines each is named on."""

    kinds: dict[str, str] = field(default_factory=dict)
    by_text: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    lines: dict[str, set[int]] = field(default_factory=dict)


def read_jsonl(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def load_gold(corpus: Path, name: str) -> Gold:
    gold = Gold()
    for row in read_jsonl(corpus / f"{name}.entities.jsonl"):
        key = str(row["id"])
        gold.kinds[key] = str(row["kind"])
        gold.lines[key] = set(row["lines"])  # type: ignore[call-overload]
        for alias in row["aliases"]:  # type: ignore[attr-defined]
            gold.by_text[" ".join(alias.split())].add(key)
    return gold


def document_of(corpus: Path, name: str) -> Document:
    text = (corpus / f"{name}.txt").read_text(encoding="utf-8")
    return Document("sha256:" + name, text, len(text), "text/plain", "benchmark", name=name)


def oracle_namings(reading: Reading, gold: Gold) -> None:
    """The annotated names that begin with a capital (after a small particle), longest first."""
    text = reading.document.text
    line_at = line_numbers(text)
    forms = sorted((form for form in gold.by_text if is_name(form)), key=len, reverse=True)
    pattern = re.compile(
        r"(?<![^\W_])(?:"
        + "|".join(r"\s+".join(map(re.escape, form.split())) for form in forms)
        + r")(?![^\W_])"
    )
    starts = {start: at for at, start in enumerate(reading.tokens.start)}
    ends = {end: at + 1 for at, end in enumerate(reading.tokens.end)}
    for match in pattern.finditer(text):
        entities = gold.by_text[" ".join(match.group().split())]
        here = {e for e in entities if line_at[match.start()] in gold.lines[e]} or entities
        if match.start() in starts and match.end() in ends:
            kind = gold.kinds[sorted(here)[0]]
            adjective = kind == "place" and match.group().endswith(
                ("ian", "ani", "ese", "ish", "can", "eli", "emi", "aqi")
            )
            reading.namings.append(
                Naming(starts[match.start()], ends[match.end()], *match.span(), kind, adjective=adjective)
            )


def is_name(form: str) -> bool:
    words = [word for word in re.split(r"[\s-]+", form) if word not in {"the", "The", "al", "el", "bin"}]
    return bool(words) and words[0][:1].isupper()


def line_numbers(text: str) -> list[int]:
    numbers, line = [], 1
    for letter in text:
        numbers.append(line)
        line += letter == "\n"
    return numbers


def b_cubed(reading: Reading, gold: Gold) -> tuple[Tally, list[str]]:
    """B³ over names with a certain annotated actor; and what went wrong, in words."""
    text = reading.document.text
    line_at = line_numbers(text)
    truth: dict[int, str] = {}
    for at, naming in enumerate(reading.namings):
        if naming.cluster < 0 or naming.form == "pronoun":
            continue
        entities = gold.by_text.get(" ".join(text[naming.start : naming.end].split()), set())
        here = {e for e in entities if line_at[naming.start] in gold.lines[e]}
        if len(here) == 1:
            truth[at] = next(iter(here))
    by_cluster: dict[int, list[int]] = defaultdict(list)
    by_truth: dict[str, list[int]] = defaultdict(list)
    for at, entity in truth.items():
        by_cluster[reading.namings[at].cluster].append(at)
        by_truth[entity].append(at)
    tally = Tally()
    for at, entity in truth.items():
        mine, theirs = by_cluster[reading.namings[at].cluster], by_truth[entity]
        both = sum(1 for other in mine if truth[other] == entity)
        tally.precision += both / len(mine)
        tally.recall += both / len(theirs)
        tally.n += 1
    wrong = []
    for cluster, members in by_cluster.items():
        entities = {truth[at] for at in members}
        if len(entities) > 1:
            mixed = reading.clusters[cluster]
            wrong.append(f"mixed: {mixed.name} {mixed.aliases} = {sorted(entities)}")
    for entity, members in by_truth.items():
        clusters = {reading.namings[at].cluster for at in members}
        if len(clusters) > 1:
            wrong.append(
                f"split: {entity}: {[(reading.clusters[c].name, reading.clusters[c].kind) for c in clusters]}"
            )
    return tally, wrong


def pointed(corpus: Path, name: str, reading: Reading, gold: Gold) -> tuple[int, int, int]:
    """Of the ends of coreference ties: how many, how many stand in the quote by name, how many more by a
    description or pronoun that was given the right actor."""
    text = reading.document.text
    folded: list[str] = []
    offsets: list[int] = []
    for at, letter in enumerate(text):
        if not letter.isspace() or (folded and folded[-1] != " "):
            folded.append(" " if letter.isspace() else letter)
            offsets.append(at)
    flat = "".join(folded)
    actors = [
        {entity for form in (cluster.name, *cluster.aliases) for entity in gold.by_text.get(form, ())}
        for cluster in reading.clusters
    ]
    ends = by_name = by_pointing = 0
    for tie in read_jsonl(corpus / f"{name}.ties.jsonl"):
        found = flat.find(str(tie["quote"]))
        if tie["level"] != "coreference" or found < 0:
            continue
        start, end = offsets[found], offsets[min(found + len(str(tie["quote"])), len(offsets) - 1)]
        inside = [n for n in reading.namings if start <= n.start < end and n.cluster >= 0]
        for entity in (tie["subject"], tie["object"]):
            ends += 1
            forms = {naming.form == "name" for naming in inside if entity in actors[naming.cluster]}
            by_name += True in forms
            by_pointing += forms == {False}
    return ends, by_name, by_pointing


def read(corpus: Path, name: str, gold: Gold, how: str) -> Reading:
    reading = Reading(document_of(corpus, name), load())
    SentenceStage().run(reading)
    if how == "oracle":
        oracle_namings(reading, gold)
    else:
        from colligate.extract.names import NameStage  # noqa: PLC0415 - only when asked for

        NameStage().run(reading)
    return reading


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--half", choices=("dev", "test"), default="dev")
    parser.add_argument("--names", choices=("oracle", "stage"), default="oracle")
    parser.add_argument("--show", default="")
    options = parser.parse_args()
    total, count = Tally(), 0
    seconds: dict[str, float] = defaultdict(float)
    ends = [0, 0, 0]
    for name in DEV if options.half == "dev" else TEST:
        gold = load_gold(options.corpus, name)
        reading = read(options.corpus, name, gold, options.names)
        for stage in (ClusterStage(), NominalStage(), PronounStage()):
            begun = time.perf_counter()
            stage.run(reading)
            seconds[stage.name] += time.perf_counter() - begun
            if stage.name == "clusters":
                tally, wrong = b_cubed(reading, gold)
        count += len(reading.tokens)
        ends = [a + b for a, b in zip(ends, pointed(options.corpus, name, reading, gold), strict=True)]
        total.add(tally)
        if options.half == "dev":
            print(f"{name:12} {tally}")
            if options.show in {name, "all"}:
                print("\n".join("    " + line for line in wrong))
    print(f"{options.half} {options.names}: {total}")
    print(f"ends of coreference ties {ends[0]}: by name {ends[1]}, by description or pronoun {ends[2]}")
    print("; ".join(f"{stage} {took / max(count, 1) * 1e6:.2f} us/token" for stage, took in seconds.items()))


if __name__ == "__main__":
    main()
