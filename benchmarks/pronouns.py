"""How often a pronoun is given the right actor: against the coreference annotations of GUM.

    python benchmarks/pronouns.py GUM_FOLDER [--genres bio,news] [--show N]

Names are those annotated (a mention whose head is a proper noun), so that only the pronouns are
measured. Precision: of the pronouns that were given an actor, how many are of its chain. Recall: of the
pronouns whose chain holds a name, how many were given it.
"""

from __future__ import annotations

import argparse
import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from colligate.extract.base import Cluster, Naming, Reading
from colligate.extract.pronouns import PronounStage, rules
from colligate.extract.sentences import SentenceStage
from colligate.model import Document
from colligate.vocabulary import load

_ENTITY = re.compile(r"\((\d+)-([a-z]+)-[^()]*(\))?|(\d+)\)")
_KINDS = {"person": "person", "organization": "organisation", "place": "place"}


@dataclass(slots=True)
class Chains:
    """One document: its text, and mentions as (start, end, chain, type, head is a proper noun)."""

    text: str = ""
    mentions: list[tuple[int, int, str, str, bool]] = field(default_factory=list)


def read_conllu(path: Path) -> list[Chains]:
    made: list[Chains] = []
    rows: list[list[str]] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("# newdoc"):
            made.append(Chains())
        elif line.startswith("# newpar"):
            made[-1].text += "\n\n"
        elif line and line[0] != "#":
            rows.append(line.split("\t"))
        elif not line and rows:
            _sentence(made[-1], rows)
            rows = []
    return made


def _sentence(chains: Chains, rows: list[list[str]]) -> None:
    spans: dict[str, tuple[int, int]] = {}
    words = [row for row in rows if row[0].isdigit()]
    glued: dict[str, tuple[str, str]] = {}
    for row in rows:
        if "-" in row[0]:
            first, last = row[0].split("-")
            glued[first] = (last, row[1] + ("" if "SpaceAfter=No" in row[9] else " "))
    inside_until = ""
    for row in words:
        start = len(chains.text)
        if row[0] in glued:
            inside_until, written = glued[row[0]]
            chains.text += written
            spans[row[0]] = (start, start + len(row[1]))
        elif inside_until and int(row[0]) <= int(inside_until):
            end = len(chains.text.rstrip())
            spans[row[0]] = (max(end - len(row[1]), 0), end)
        else:
            inside_until = ""
            chains.text += row[1] + ("" if "SpaceAfter=No" in row[9] else " ")
            spans[row[0]] = (start, start + len(row[1]))
    open_: dict[str, list[tuple[int, str]]] = {}
    for at, row in enumerate(words):
        found = re.search(r"Entity=([^|]+)", row[9])
        for match in _ENTITY.finditer(found.group(1) if found else ""):
            if match.group(1):
                open_.setdefault(match.group(1), []).append((at, match.group(2)))
            key = match.group(1) if match.group(3) else match.group(4)
            if key and open_.get(key):
                begun, kind = open_[key].pop()
                inner = words[begun : at + 1]
                numbers = {word[0] for word in inner}
                head = next((word for word in inner if word[6] not in numbers), inner[0])
                span = (spans[inner[0][0]][0], spans[inner[-1][0]][1])
                chains.mentions.append((*span, key, kind, head[3] == "PROPN" and len(inner) <= 6))


def reading_of(chains: Chains) -> Reading:
    text = chains.text.rstrip()
    reading = Reading(Document("sha256:gum", text, len(text), "text/plain", "benchmark"), load())
    SentenceStage().run(reading)
    starts, ends = reading.tokens.start, reading.tokens.end
    of_chain: dict[str, int] = {}
    for start, end, chain, kind, proper in sorted(chains.mentions, key=lambda m: (m[0], -m[1])):
        if not proper or kind not in _KINDS:
            continue
        first, last = bisect_left(starts, start), bisect_left(ends, end) + 1
        if first >= len(starts) or last > len(ends) or starts[first] != start or ends[last - 1] != end:
            continue
        inner = text[start:end]
        cluster = of_chain.setdefault(chain, len(reading.clusters))
        if cluster == len(reading.clusters):
            reading.clusters.append(Cluster(cluster, _KINDS[kind], inner))
        elif inner != reading.clusters[cluster].name and inner not in reading.clusters[cluster].aliases:
            reading.clusters[cluster].aliases.append(inner)
        nested = bool(reading.namings) and reading.namings[-1].end >= end
        reading.clusters[cluster].namings.append(len(reading.namings))
        reading.namings.append(
            Naming(first, last, start, end, _KINDS[kind], cluster=cluster, head=not nested, source=chain)
        )
    return reading


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--genres", default="academic,bio,news,voyage,court")
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--sort", default="")
    options = parser.parse_args()
    right: Counter[str] = Counter()
    given: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    for path in sorted(options.folder.glob("GUM_*.conllu")):
        if path.name.split("_")[1] not in options.genres.split(","):
            continue
        for chains in read_conllu(path):
            reading = reading_of(chains)
            chain_of = {naming.cluster: naming.source for naming in reading.namings}
            truth = {(start, end): chain for start, end, chain, _, _ in chains.mentions}
            PronounStage().run(reading)
            made = {(n.start, n.end): n.cluster for n in reading.namings if n.form == "pronoun"}
            for at, word in enumerate(reading.tokens.lower):
                sort = sort_of(word)
                span = (reading.tokens.start[at], reading.tokens.end[at])
                if not sort:
                    continue
                chain = truth.get(span, "")
                if sort != "relative":
                    wanted[sort] += chain in chain_of.values()
                if span in made and (chain or sort != "relative"):
                    given[sort] += 1
                    fine = chain_of[made[span]] == chain
                    right[sort] += fine
                    if not fine and options.show > 0 and options.sort in {"", sort}:
                        options.show -= 1
                        around = reading.document.text[max(span[0] - 200, 0) : span[1] + 40]
                        print(f"{word} -> {reading.clusters[made[span]].name}: {around!r}")
    for sort in given:
        print(
            f"{sort:9} precision {right[sort] / given[sort]:.3f} ({given[sort]} given)"
            + (f" recall {right[sort] / wanted[sort]:.3f} (of {wanted[sort]})" if wanted[sort] else "")
        )


def sort_of(word: str) -> str:
    table = rules()
    if word in table.person:
        return "person"
    if word in table.thing:
        return "thing"
    if word in table.plural:
        return "plural"
    return "relative" if word in table.relative else ""


if __name__ == "__main__":
    main()
