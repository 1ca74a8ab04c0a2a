"""Counts the classes of words and of their neighbours in two treebanks, for ``extract/classes.py``.

    python training/build_word_classes.py CONLLU_FOLDER... --out src/colligate/extract/data

Writes ``word_classes.tsv`` (word, class, count; a verb's lemma where it is not regular),
``class_endings.tsv`` (ending, class, share) and ``class_pairs.tsv`` (class, next class, share).
Counts are facts about the treebanks (UD English EWT, CC BY-SA 4.0; GUM, CC BY 4.0); no sentence
of theirs is kept.
"""

from __future__ import annotations

import argparse
import collections
import math
from collections.abc import Iterator
from pathlib import Path

FOLD = {
    "NNPS": "NNP", "JJR": "JJ", "JJS": "JJ", "RBR": "RB", "RBS": "RB", "PDT": "DT", "WDT": "WH",
    "WP": "WH", "WP$": "WH", "WRB": "WH", "HYPH": ":", "NFP": ":", "``": '"', "''": '"',
    "-LRB-": "(", "-RRB-": ")", "$": "X", "SYM": "X", "UH": "X", "FW": "X", "ADD": "X", "GW": "X",
    "LS": "X", "AFX": "X", "_": "X", "XX": "X",
}  # fmt: skip
Row = tuple[str, str, str]


def sentences(folders: list[Path]) -> Iterator[list[Row]]:
    """Sentences as (form, class, lemma) rows."""
    files = sorted(file for folder in folders for file in folder.glob("*.conllu"))
    for file in files:
        rows: list[Row] = []
        for line in file.read_text(encoding="utf-8").splitlines():
            cells = line.split("\t")
            if len(cells) == 10 and cells[0].isdigit():
                rows.append((cells[1], FOLD.get(cells[4], cells[4]), cells[2]))
            elif not line and rows:
                yield rows
                rows = []
        if rows:
            yield rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--least", type=int, default=1)
    options = parser.parse_args()
    words: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    lemmas: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    pairs: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for rows in sentences(options.folders):
        before = "<s>"
        for form, tag, lemma in rows:
            # Proper names are the name stage's business: as words they would only add noise.
            if tag != "NNP":
                words[form.lower()][tag] += 1
                if tag.startswith("VB"):
                    lemmas[form.lower()][lemma.lower()] += 1
            pairs[before][tag] += 1
            before = tag
        pairs[before]["</s>"] += 1
    endings: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for word, tags in words.items():
        if sum(tags.values()) <= 10 and word.isalpha():
            for size in range(1, 6):
                if len(word) > size + 1:
                    endings[word[-size:]].update(tags.keys())
    write_words(options.out / "word_classes.tsv", words, lemmas, options.least)
    with (options.out / "class_endings.tsv").open("w", encoding="utf-8") as out:
        for ending, tags in sorted(endings.items()):
            total = sum(tags.values())
            if total >= 8:
                best = [f"{tag}:{n / total:.3f}" for tag, n in tags.most_common() if n / total >= 0.02]
                out.write(f"{ending}\t{' '.join(best)}\n")
    kinds = sorted({tag for tags in pairs.values() for tag in tags} | set(pairs))
    with (options.out / "class_pairs.tsv").open("w", encoding="utf-8") as out:
        for first in kinds:
            if first == "</s>":
                continue
            total = sum(pairs[first].values()) + 0.1 * len(kinds)
            row = [f"{k}:{math.log((pairs[first][k] + 0.1) / total):.2f}" for k in kinds if k != "<s>"]
            out.write(f"{first}\t{' '.join(row)}\n")


def write_words(
    path: Path,
    words: dict[str, collections.Counter[str]],
    lemmas: dict[str, collections.Counter[str]],
    least: int,
) -> None:
    with path.open("w", encoding="utf-8") as out:
        for word, tags in sorted(words.items()):
            total = sum(tags.values())
            if total < least or "\t" in word or not word.strip():
                continue
            # A class seen once in a hundred is a slip of the pen or of the annotator.
            kept = [f"{tag}:{n}" for tag, n in tags.most_common() if n / total > 0.005]
            lemma = lemmas[word].most_common(1)[0][0] if lemmas[word] else ""
            out.write(f"{word}\t{' '.join(kept)}\t{lemma}\n")


if __name__ == "__main__":
    main()
