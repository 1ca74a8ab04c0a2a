"""Quality of attribution and stance on annotated texts, with the reference's own names as mentions.

usage: python benchmarks/attribution.py [--corpus DIR] [--half development|test] [--misses N] [--extras N]

An attribution of the reference is found when a speech overlaps its lines and has the same source
(equal or containing once case, marks and articles are folded, or an alias of the same actor; sources
that neither names are one). A speech is right when it meets such an attribution, several may meet one.
The stance of a tie is asked for at the first finite verb of its quote that is no cue itself, else at
its first verb, else at its first noun: about where a pattern would ask.
On the test half only sums are printed.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from colligate.extract.base import Cluster, Naming, Reading, Speech
from colligate.extract.classes import word_classes
from colligate.extract.quotations import QuotationStage
from colligate.extract.sentences import SentenceStage
from colligate.extract.speech_cues import NOBODY, UNQUOTED
from colligate.extract.speech_cues import load as speech_cues
from colligate.extract.speeches import SpeechStage
from colligate.extract.stance import load, stance_of
from colligate.model import Document
from colligate.vocabulary import load as vocabulary

DEVELOPMENT = (
    "report-1 911-ch2-b 911-ch5-a 911-ch5-c 911-ch6-a mali-war syria-early farc al-qaeda hezbollah fatah "
    "raf canada-a canada-c"
)
TEST = (
    "911-ch2-a 911-ch2-c 911-ch5-b 911-ch6-b serval karabakh ltte shining-path pira bin-laden hamas eta "
    "montoneros canada-b"
)
Rows = list[dict[str, Any]]


def rows(path: Path) -> Rows:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    plain = re.sub(r"[‘’'`ʿʾ“”\"]", "", plain)
    return re.sub(r"^(the|a|an) ", "", re.sub(r"[^a-z0-9]+", " ", plain).strip())


def reading_of(text: str, entities: Rows) -> Reading:
    """The text with the reference's names as namings: longest match, on word boundaries."""
    reading = Reading(Document("sha256:0", text, len(text), "text/plain", "bench"), vocabulary())
    SentenceStage().run(reading)
    owner: dict[str, int] = {}
    for entity in entities:
        cluster = Cluster(len(reading.clusters), entity["kind"], entity["name"], list(entity["aliases"]))
        reading.clusters.append(cluster)
        for alias in [entity["name"], *entity["aliases"]]:
            owner.setdefault(" ".join(alias.split()), cluster.index)
    names = sorted(owner, key=len, reverse=True)
    pattern = re.compile(
        r"(?<!\w)(?:" + "|".join(r"\s+".join(map(re.escape, name.split())) for name in names) + r")(?!\w)"
    )
    tokens = reading.tokens
    for match in pattern.finditer(text):
        index = owner[" ".join(match.group().split())]
        first, last = bisect_left(tokens.start, match.start()), bisect_left(tokens.start, match.end())
        if first < last:
            kind = reading.clusters[index].kind
            reading.namings.append(Naming(first, last, match.start(), match.end(), kind, cluster=index))
    return reading


class Lines:
    """Line numbers of a text (1-based) to characters and back."""

    def __init__(self, text: str) -> None:
        self.starts = [0, *(m.end() for m in re.finditer("\n", text))]
        self.size = len(text)

    def span(self, lines: list[int]) -> tuple[int, int]:
        end = self.starts[lines[1]] if lines[1] < len(self.starts) else self.size
        return self.starts[lines[0] - 1], end


def same(reading: Reading, speech: Speech, gold: dict[str, Any], names: dict[str, set[str]]) -> bool:
    nobody = gold["source"].lower().startswith(("unnamed", "quotation without", "general opinion"))
    if speech.speaker in {NOBODY, UNQUOTED}:
        return nobody or (gold["source_kind"] == "unnamed" and speech.cue in {"", gold["cue"].lower()})
    mine = {folded(speech.speaker)}
    if speech.naming >= 0:
        cluster = reading.clusters[reading.namings[speech.naming].cluster]
        mine |= {folded(name) for name in [cluster.name, *cluster.aliases]}
    theirs = names.get(folded(gold["source"]), set()) | {folded(gold["source"])}
    if mine & theirs:
        return True
    return any(a and b and (f" {a} " in f" {b} " or f" {b} " in f" {a} ") for a in mine for b in theirs)


def quote_at(text: str, span: tuple[int, int], quote: str) -> tuple[int, int] | None:
    pattern = r"\s*".join(map(re.escape, quote.split()))
    match = re.compile(pattern).search(text, span[0], span[1])
    return match.span() if match else None


def trigger(reading: Reading, start: int, end: int, kind: str) -> int:
    """The first verb of the quote that is no auxiliary, else its middle token."""
    first, last = bisect_left(reading.tokens.start, start), bisect_left(reading.tokens.start, end)
    at = max(bisect_right(reading.sentences, first, key=lambda s: s.first) - 1, 0)
    sentence = reading.sentences[at]
    named = [False] * (sentence.last - sentence.first)
    for naming in reading.namings:
        for k in range(max(naming.first, sentence.first), min(naming.last, sentence.last)):
            named[k - sentence.first] = True
    lower = reading.tokens.lower[sentence.first : sentence.last]
    classes = word_classes(reading.tokens.text[sentence.first : sentence.last], lower, named)
    span = range(first, min(last, sentence.last))
    tag = {k: classes[k - sentence.first] for k in span}
    verbs = [
        k
        for k in span
        if tag[k] in {"VB", "VBD", "VBG", "VBN", "VBP", "VBZ"}
        and lower[k - sentence.first] not in AUXILIARIES
    ]
    # A cue ("planned", "said") carries only ties of saying and directing where another verb follows it.
    cues = set() if kind in SAYING else {*load().cues, *speech_cues().verbs}
    verbs = [k for k in verbs if lower[k - sentence.first] not in cues] or verbs[-1:]
    finite = [k for k in verbs if tag[k] in {"VBD", "VBZ", "VBP"}]
    nouns = [k for k in span if tag[k] in {"NN", "NNS"} and not named[k - sentence.first]]
    return (finite or verbs or nouns or [(first + last) // 2])[0]


SAYING = {"directed", "statement", "fatwa", "plot", "endorsed", "recruited"}
AUXILIARIES = {"was", "were", "is", "are", "be", "been", "had", "has", "have", "did", "does", "do"}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path(__file__).parents[2] / "shared" / "corpus")
    parser.add_argument("--half", choices=("development", "test"), default="development")
    parser.add_argument("--text", default="", help="only this text of the development half")
    parser.add_argument("--misses", type=int, default=0)
    parser.add_argument("--extras", type=int, default=0)
    parser.add_argument("--wrong", type=int, default=0, help="stances that differ")
    parser.add_argument("--cues", type=int, default=0, help="stance cues with most errors")
    args = parser.parse_args()
    if not args.corpus.is_dir():
        print(f"No corpus at {args.corpus}.", file=sys.stderr)
        return 2
    shown = args.half == "development"
    found_sum = gold_sum = right_sum = made_sum = 0
    confusion: Counter[tuple[str, str]] = Counter()
    events: Counter[tuple[str, str]] = Counter()
    by_cue: Counter[str] = Counter()
    wrong_cue: Counter[str] = Counter()
    by_stance_cue: dict[str, Counter[bool]] = defaultdict(Counter)
    seconds, words, kinds = 0.0, 0, Counter[bool]()
    misses: list[str] = []
    extras: list[str] = []
    wrong: list[str] = []
    for name in (DEVELOPMENT if shown else TEST).split():
        if args.text and shown and name != args.text:
            continue
        text = (args.corpus / f"{name}.txt").read_text(encoding="utf-8")
        entities = rows(args.corpus / f"{name}.entities.jsonl")
        gold = rows(args.corpus / f"{name}.attributions.jsonl")
        reading = reading_of(text, entities)
        begun = time.perf_counter()
        QuotationStage().run(reading)
        SpeechStage().run(reading)
        seconds += time.perf_counter() - begun
        words += len(text.split())
        names: dict[str, set[str]] = {}
        for e in entities:
            forms = {folded(x) for x in [e["id"], e["name"], *e["aliases"]]}
            for form in forms:
                names.setdefault(form, set()).update(forms)
        lines = Lines(text)
        spans = [lines.span(row["lines"]) for row in gold]
        met: set[int] = set()
        right = 0
        for speech in reading.speeches:
            hits = {
                g
                for g, (start, end) in enumerate(spans)
                if speech.start < end and start < speech.end and same(reading, speech, gold[g], names)
            }
            by_cue[speech.cue.lower()[:30]] += 1
            if hits:
                right += 1
                kinds[any(gold[g]["source_kind"] == speech.source_kind for g in hits)] += 1
            else:
                wrong_cue[speech.cue.lower()[:30]] += 1
                content = " ".join(text[speech.start : speech.end].split())[:110]
                extras.append(f"{name} {speech.speaker!r} {speech.source_kind} [{speech.cue}] {content}")
            met |= hits
        for g, row in enumerate(gold):
            if g not in met:
                misses.append(f"{name} {row['lines']} {row['source']!r} [{row['cue']}] {row['content'][:90]}")
        found_sum, gold_sum = found_sum + len(met), gold_sum + len(gold)
        right_sum, made_sum = right_sum + right, made_sum + len(reading.speeches)
        if shown:
            print(f"{name:12} recall {len(met)}/{len(gold)}  precision {right}/{len(reading.speeches)}")
        for kind, counter in (("ties", confusion), ("events", events)):
            for row in rows(args.corpus / f"{name}.{kind}.jsonl"):
                place = quote_at(text, lines.span(row["lines"]), row["quote"])
                if place is None:
                    continue
                stance, cue = stance_of(reading, *place, trigger(reading, *place, row["type"]))
                counter[row["stance"], stance] += 1
                by_stance_cue[f"{stance} [{cue.lower()[:24]}]"][stance == row["stance"]] += 1
                if stance != row["stance"]:
                    wrong.append(
                        f"{name} {row['stance']} -> {stance} [{cue}] {row['type']}: {row['quote'][:150]}"
                    )
    recall, precision = found_sum / gold_sum, right_sum / max(made_sum, 1)
    print(f"attributions: recall {recall:.3f} of {gold_sum}, precision {precision:.3f} of {made_sum}")
    print(f"kind of source right: {kinds[True]} of {sum(kinds.values())}")
    print(f"speed: {1e6 * seconds / max(words, 1):.1f} us/word")
    for title, table in (("ties", confusion), ("events", events)):
        report(title, table)
    if shown:
        for cue, n in wrong_cue.most_common(args.extras and 40):
            print(f"  {cue:30} wrong {n} of {by_cue[cue]}")
        step = max(len(extras) // args.extras, 1) if args.extras else 1
        print(*(f"EXTRA {x}" for x in extras[::step][: args.extras]), sep="\n")
        print(*(f"MISS {x}" for x in misses[: args.misses]), sep="\n")
        for cue, tally in sorted(by_stance_cue.items(), key=lambda x: -x[1][False])[: args.cues]:
            print(f"CUE {cue:40} right {tally[True]:4} wrong {tally[False]:4}")
        print(*(f"STANCE {x}" for x in wrong[: args.wrong]), sep="\n")
    return 0


def report(title: str, table: Counter[tuple[str, str]]) -> None:
    total = sum(table.values())
    stances = sorted({g for g, _ in table} | {p for _, p in table})
    right = sum(n for (g, p), n in table.items() if g == p)
    recalls = []
    print(f"stance of {title}: accuracy {right / total:.3f} of {total}")
    for gold in stances:
        of = sum(n for (g, _), n in table.items() if g == gold)
        made = sum(n for (_, p), n in table.items() if p == gold)
        hit = table[gold, gold]
        if of:
            recalls.append(hit / of)
        row = " ".join(f"{p}={table[gold, p]}" for p in stances)
        print(f"  {gold:9} recall {hit / max(of, 1):.2f} precision {hit / max(made, 1):.2f}   {row}")
    print(f"  balanced accuracy {sum(recalls) / len(recalls):.3f}")


if __name__ == "__main__":
    sys.exit(main())
