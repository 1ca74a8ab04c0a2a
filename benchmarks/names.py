"""Names found on the annotated corpus: recall and precision by kind, and speed. Prints numbers only.

usage: names.py [--corpus FOLDER] [--half development|test|both] [--misses NAME]

An actor counts as found when a naming's text equals one of its names under the scorer's folding.
Precision is the share of distinct spellings named person or organisation that are among the text's
actors. ``--misses`` lists what one development text lacks; the test half is never shown.
"""

from __future__ import annotations

import argparse
import json
import re
import time
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

from colligate.extract.base import Reading
from colligate.extract.names import NameStage
from colligate.extract.sentences import SentenceStage
from colligate.model import Document
from colligate.vocabulary import load

_HALVES = """
development report-1 911-ch2-b 911-ch5-a 911-ch5-c 911-ch6-a mali-war syria-early farc al-qaeda hezbollah
development fatah raf canada-a canada-c
test 911-ch2-a 911-ch2-c 911-ch5-b 911-ch6-b serval karabakh ltte shining-path pira bin-laden hamas eta
test montoneros canada-b
"""
DEVELOPMENT, TEST = (
    tuple(name for line in _HALVES.split("\n") if line.startswith(half) for name in line.split()[1:])
    for half in ("development", "test")
)
KINDS = ("person", "organisation", "community", "place", "work", "event")


def folded(name: str) -> str:
    """A name without case, accents, apostrophes, brackets, article, spaces: as the scorer compares."""
    name = unicodedata.normalize("NFKD", name)
    name = "".join(c for c in name if not unicodedata.combining(c)).lower()
    name = re.sub(r"[‘’'`ʿʾ“”\"]", "", name)
    name = re.sub(r"\([^)]*\)", " ", name)
    name = re.sub(r"[^a-z0-9]+", " ", name).strip()
    return re.sub(r"^(the|a|an) ", "", name).replace(" ", "")


def proper(name: str) -> bool:
    """Whether every long word of the name has a capital: "Velk Front", not "the Velk cell"."""
    return all(word[0].isupper() for word in re.findall(r"[^\W\d_]{4,}", name)) and name[-1:].isalnum()


def reading_of(text: str) -> tuple[Reading, float]:
    """The text read as far as its names, and the seconds that the name stage alone took."""
    reading = Reading(Document("sha256:0", text, len(text), "text/plain", "benchmark"), load())
    SentenceStage().run(reading)
    begun = time.perf_counter()
    NameStage().run(reading)
    return reading, time.perf_counter() - begun


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path(__file__).parents[2] / "shared/corpus")
    parser.add_argument("--half", choices=("development", "test", "both"), default="development")
    parser.add_argument("--misses", choices=DEVELOPMENT)
    chosen = parser.parse_args()
    if not chosen.corpus.is_dir():
        parser.error(f"no corpus at {chosen.corpus}; name one with --corpus")
    for half, texts in (("development", DEVELOPMENT), ("test", TEST)):
        if chosen.half in {half, "both"}:
            measure(half, texts, chosen.corpus, chosen.misses)


def measure(half: str, texts: tuple[str, ...], corpus: Path, misses: str | None) -> None:
    found: Counter[str] = Counter()
    wrong_kind: Counter[str] = Counter()
    all_of: Counter[str] = Counter()
    made = right = words = 0
    seconds = 0.0
    for name in texts:
        text = (corpus / f"{name}.txt").read_text(encoding="utf-8")
        lines = (corpus / f"{name}.entities.jsonl").read_text(encoding="utf-8").splitlines()
        entities = [json.loads(line) for line in lines if line.strip()]
        known = {folded(n) for e in entities for n in (e["name"], *e["aliases"])} - {""}
        reading_of(text[:2000])  # the lists are built once a process
        reading, took = reading_of(text)
        seconds += took
        words += len(text.split())
        kinds: dict[str, set[str]] = defaultdict(set)
        named: dict[str, tuple[str, str]] = {}
        for naming in reading.namings:
            written = text[naming.start : naming.end]
            kinds[folded(written)].add(naming.kind)
            if naming.form == "name" and naming.kind in {"person", "organisation"} and naming.head:
                named.setdefault(folded(written), (written, naming.kind))
        made += len(named)
        right += sum(key in known for key in named)
        for entity in entities:
            kind = entity["kind"]
            all_of[kind] += 1
            got = {k for n in (entity["name"], *entity["aliases"]) for k in kinds.get(folded(n), ())}
            found[kind] += bool(got)
            if kind in {"person", "organisation"} and any(
                proper(n) for n in (entity["name"], *entity["aliases"])
            ):
                all_of["proper"] += 1
                found["proper"] += bool(got)
            wrong_kind[kind] += bool(got) and kind not in got
            if misses == name and half == "development" and (not got or kind not in got):
                print(
                    "MISS" if not got else f"KIND {'/'.join(sorted(got))}",
                    kind,
                    entity["name"],
                    entity["aliases"][:5],
                )
        if misses == name and half == "development":
            for key, (written, kind) in sorted(named.items()):
                if key not in known:
                    print("EXTRA", kind, " ".join(written.split()))
    print(f"{half}: {len(texts)} texts, {words} words, {words / seconds:,.0f} words/s for the name stage")
    for kind in KINDS:
        share = found[kind] / max(1, all_of[kind])
        count = f"{found[kind]:4} of {all_of[kind]:4} = {share:.3f}"
        print(f"  {kind:13} {count}, of another kind {wrong_kind[kind]}")
    actors = [found["person"] + found["organisation"], all_of["person"] + all_of["organisation"]]
    print(f"  persons and organisations with a proper name: recall {found['proper'] / all_of['proper']:.3f}")
    recall, precision = actors[0] / actors[1], right / max(1, made)
    print(f"  persons and organisations: recall {recall:.3f}, precision {precision:.3f}")


if __name__ == "__main__":
    main()
