"""Word classes (Penn tags, folded) for the tokens of a sentence, from counts and neighbours.

Not a trained reader: two tables of counts (see ``data/SOURCES.md``) and the best path through them.
It tells the clause finder which "attack" is a verb. Names that the name stage found are NNP.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from colligate.extract.base import Reading

Scores = tuple[tuple[str, float], ...]

# Behind these the base form of a regular verb ends in a silent "e": "settled", "besieged", "organised".
_SILENT_E = (
    "at",
    "ur",
    "dg",
    "rg",
    "eg",
    "ag",
    "ib",
    "is",
    "iz",
    "dl",
    "tl",
    "gl",
    "bl",
    "pl",
    "kl",
    "zl",
    "fl",
)
_NUMBER: Scores = (("CD", 0.0),)
_NAME: Scores = (("NNP", 0.0),)
_PUNCTUATION: dict[str, Scores] = {
    **{mark: ((mark, 0.0),) for mark in (",", ".", ":", "(", ")")},
    **dict.fromkeys("?!", ((".", 0.0),)),
    **dict.fromkeys(("-", "–", "—", ";", "…", "/"), ((":", 0.0),)),
    **dict.fromkeys(('"', "“", "”", "«", "»", "„"), (('"', 0.0),)),
    "[": (("(", 0.0),), "]": ((")", 0.0),), "'s": (("POS", 0.0), ("VBZ", -5.0)),
    "'": (("POS", 0.0), ('"', 0.0)),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Classes:
    """The tables: per word its classes, per ending its classes, per class what follows it."""

    words: dict[str, Scores]
    lemmas: dict[str, str]
    endings: dict[str, Scores]
    after: dict[str, dict[str, float]]

    def scores(self, lower: str, capital: bool) -> Scores:
        """Classes a word can have, each with log P(class | word) - log P(class)."""
        found = self.words.get(lower)
        if found is not None:
            return found
        if lower[0].isdigit():
            return _NUMBER
        if capital:
            return _NAME
        for size in (5, 4, 3, 2, 1):
            found = self.endings.get(lower[-size:])
            if found is not None:
                return found
        return (("NN", 0.0),)

    def lemma(self, lower: str) -> str:
        """The base form of a verb form: from the table, else by the regular endings."""
        found = self.lemmas.get(lower)
        if found is not None:
            return found
        base = regular_lemma(lower)
        # "besieged" could be of "besieg" or "besiege": the one that is known as a verb is right.
        if base != lower and not self._is_verb(base) and self._is_verb(base + "e"):
            return base + "e"
        return base

    def _is_verb(self, word: str) -> bool:
        return any(tag in ("VB", "VBP") for tag, _ in self.words.get(word, ()))


def regular_lemma(word: str) -> str:
    """The base of a regular verb form ("ambushed" -> "ambush", "planning" -> "plan")."""
    for ending in ("ing", "ed", "es", "s"):
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < 3:
            continue
        if ending == "s" and stem.endswith("s"):
            return word
        if ending == "es":
            return stem if stem.endswith(("s", "x", "z", "ch", "sh")) else word[:-1]
        if ending != "s" and stem[-1] == stem[-2] and stem[-1] not in "sfl":
            return stem[:-1]
        if ending != "s" and stem.endswith("i"):
            return stem[:-1] + "y"
        if ending != "s" and (stem[-1] in "cvzu" or stem.endswith(_SILENT_E)):
            return stem + "e"
        return stem
    return word


@lru_cache(maxsize=1)
def load() -> Classes:
    """The packaged tables; about 40 ms, once a process."""
    folder = files("colligate.extract") / "data"
    prior: dict[str, float] = {}
    raw: list[tuple[str, dict[str, int], str]] = []
    for line in (folder / "word_classes.tsv").read_text(encoding="utf-8").splitlines():
        word, cells, lemma = line.split("\t")
        counts = {tag: int(n) for tag, _, n in (cell.rpartition(":") for cell in cells.split())}
        # The past and the participle of a regular verb look alike whichever of them was counted.
        if word.endswith("ed") and ("VBD" in counts or "VBN" in counts):
            both = counts.get("VBD", 0) + counts.get("VBN", 0)
            counts["VBD"] = max(counts.get("VBD", 0), both * 0.3)  # type: ignore[assignment]
            counts["VBN"] = max(counts.get("VBN", 0), both * 0.3)  # type: ignore[assignment]
        raw.append((word, counts, lemma))
        for tag, n in counts.items():
            prior[tag] = prior.get(tag, 0) + n
    for line in (folder / "verb_forms.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            form, tags, lemma = line.split("\t")
            weighed = (tag.partition(":") for tag in tags.split())
            raw.append((form, {tag: int(share or 1) for tag, _, share in weighed}, lemma))
    total = sum(prior.values())
    log_prior = {tag: math.log(n / total) for tag, n in prior.items()}
    log_prior["NNP"] = math.log(0.06)
    words = {word: _scored(counts, log_prior) for word, counts, _ in raw}
    words |= _PUNCTUATION
    lemmas = {word: lemma for word, _, lemma in raw if lemma and lemma != regular_lemma(word)}
    endings: dict[str, Scores] = {}
    for line in (folder / "class_endings.tsv").read_text(encoding="utf-8").splitlines():
        ending, cells = line.split("\t")
        shares = {tag: float(n) for tag, _, n in (cell.rpartition(":") for cell in cells.split())}
        endings[ending] = _scored({t: n for t, n in shares.items() if t in log_prior}, log_prior)
    after: dict[str, dict[str, float]] = {}
    for line in (folder / "class_pairs.tsv").read_text(encoding="utf-8").splitlines():
        first, cells = line.split("\t")
        after[first] = {tag: float(n) for tag, _, n in (cell.rpartition(":") for cell in cells.split())}
    return Classes(words, lemmas, endings, after)


def _scored(counts: dict[str, int] | dict[str, float], log_prior: dict[str, float]) -> Scores:
    total = sum(counts.values())
    return tuple((tag, math.log(n / total) - log_prior[tag]) for tag, n in counts.items() if n)


def classes_of(reading: Reading, first: int, last: int, names: Sequence[bool]) -> list[str]:
    """The classes of the tokens ``first``-``last`` (exclusive), a list of the caller's own.

    Four stages ask for those of nearly every sentence, most with the same names in it.
    """
    key = ("classes", first, last, bytes(names))
    found: list[str] | None = reading.kept.get(key)
    if found is None:
        tokens = reading.tokens
        found = word_classes(tokens.text[first:last], tokens.lower[first:last], names)
        reading.kept[key] = found
    return found.copy()


def word_classes(words: list[str], lowers: list[str], names: Sequence[bool]) -> list[str]:
    """One class per token of a sentence; ``names[i]`` is True where a name stands."""
    tables = load()
    after = tables.after
    known = tables.words
    paths: list[tuple[float, str, int]] = [(0.0, "<s>", -1)]
    back: list[list[tuple[float, str, int]]] = []
    for at, lower in enumerate(lowers):
        if names[at]:
            options = _NAME
        else:
            found = known.get(lower)
            options = found if found is not None else tables.scores(lower, words[at][0].isupper())
            if at and lowers[at - 1] == "to" and len(options) > 1:
                # "to fund X": treebanks count "fund" as a noun, but behind "to" a verb is likelier.
                options = tuple((tag, own + 1.5 if tag == "VB" else own) for tag, own in options)
        if len(paths) == 1:
            score, before, _ = paths[0]
            row = after[before]
            paths = [(score + own + row[tag], tag, 0) for tag, own in options]
        else:
            rows = [(score, after[before]) for score, before, _ in paths]
            step: list[tuple[float, str, int]] = []
            for tag, own in options:
                best, best_from = -1e18, 0
                for number, (score, row) in enumerate(rows):
                    value = score + row[tag]
                    if value > best:
                        best, best_from = value, number
                step.append((best + own, tag, best_from))
            paths = step
        back.append(paths)
    result: list[str] = [""] * len(lowers)
    if not back:
        return result
    at_best = max(range(len(paths)), key=lambda number: paths[number][0])
    for at in range(len(lowers) - 1, -1, -1):
        _, result[at], at_best = back[at][at_best]
    return result
