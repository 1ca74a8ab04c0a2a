"""Sentence cutters side by side: errors at places marked by hand, and speed. Prints numbers only.

usage: sentences.py [--corpus FOLDER]

``sentences_marks.json`` holds character offsets into development texts: "yes" where a sentence ends,
"no" where it does not (after "U.S.", an initial, inside an ellipsis). The marked places are all 32
places where the three cutters disagreed in a sample of 1,414, 110 where all three cut, 60 where a
full stop stood and none did. So the error counts compare the cutters; they are no error rates.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections.abc import Callable
from pathlib import Path

from colligate.extract.sentences import sentence_ends

MARKS = Path(__file__).with_name("sentences_marks.json")


def by_sentencex(text: str) -> set[int]:
    from sentencex import segment  # noqa: PLC0415

    at, ends = 0, set()
    for sentence in segment("en", text):
        at = text.index(sentence, at) + len(sentence)
        ends.add(len(text[:at].rstrip()))
    return ends


def by_blingfire(text: str) -> set[int]:
    from blingfire import text_to_sentences_and_offsets  # noqa: PLC0415

    return {end for _, end in text_to_sentences_and_offsets(text)[1]}


def by_pysbd(text: str) -> set[int]:
    import pysbd  # noqa: PLC0415

    segmenter = pysbd.Segmenter(language="en", clean=False, char_span=True)
    return {len(text[: span.end].rstrip()) for span in segmenter.segment(text)}


CUTTERS: dict[str, Callable[[str], set[int]]] = {
    "sentencex": by_sentencex,
    "blingfire": by_blingfire,
    "pysbd": by_pysbd,
    "colligate": lambda text: set(sentence_ends(text)),
}


def blocks(text: str) -> list[tuple[int, str]]:
    """(offset, text) of the paragraphs, line ends made spaces."""
    found, at = [], 0
    for gap in [*re.finditer(r"\n[ \t]*\n\s*", text), None]:
        end = gap.start() if gap else len(text)
        if end > at:
            found.append((at, text[at:end].replace("\n", " ")))
        at = gap.end() if gap else end
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path(__file__).parents[2] / "shared/corpus")
    corpus = parser.parse_args().corpus
    marks = json.loads(MARKS.read_text(encoding="utf-8"))
    total = sum(len(places) for text in marks.values() for places in text.values())
    print(f"{total} places marked in {len(marks)} texts")
    for name, cutter in CUTTERS.items():
        missed = false = words = 0
        seconds = 0.0
        for text_name, places in marks.items():
            text = (corpus / f"{text_name}.txt").read_text(encoding="utf-8")
            ends: set[int] = set()
            for offset, block in blocks(text):
                begun = time.perf_counter()
                got = cutter(block)
                seconds += time.perf_counter() - begun
                words += len(block.split())
                ends.update(offset + end for end in got)
            missed += sum(place not in ends for place in places["yes"])
            false += sum(place in ends for place in places["no"])
        print(f"  {name:10} missed {missed:3}, false {false:3}, {words / seconds:12,.0f} words/s")


if __name__ == "__main__":
    main()
