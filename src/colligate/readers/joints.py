"""Words that a line end broke or joined, mended where a dictionary bears it out.

The dictionary is the document's own words, and the names of known actors that the caller passes in.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files

import yaml

HYPHEN = "\ufffe"
"""What pdfium writes where a line ended in a hyphen."""

_DROPPED = re.compile(r"[-‐‑'’‘`ʿʾ]")
_WORD = re.compile(r"[^\W_]+(?:[-‐‑'’][^\W_]+)*")
_BREAK = re.compile(rf"{HYPHEN}|[-‐\xad](?=[\r\n])")
_SUSPECT = re.compile(r"[a-zà-ÿ](?=[A-Z])|(?<=[^\W\d_]{2}),(?=[A-Z][a-z])")
_TAIL = re.compile(r"[^\W_]*(?:[-'’][^\W_]+)*")
_LAST = re.compile(r"[^\W_]+(?:[-‐'’][^\W_]+)*$")
_FIRST = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def squeeze(word: str) -> str:
    """The word without hyphens and apostrophes, in lower case: what a broken spelling still shows."""
    return _DROPPED.sub("", word).casefold()


def squeezed(names: Iterable[str]) -> dict[str, str]:
    """Every hyphenated word of the names by its squeezed form: "lashkaretaiba" -> "Lashkar-e-Taiba"."""
    found: dict[str, str] = {}
    for name in sorted(names):
        for word in name.split():
            bare = word.strip("-,.;:()\"'")
            if "-" in bare:
                found.setdefault(squeeze(bare), bare)
    return found


@cache
def parts() -> tuple[frozenset[str], frozenset[str]]:
    """First parts that keep their hyphen, and second parts that do, from ``joints.yaml``."""
    table = yaml.safe_load(files("colligate.readers").joinpath("joints.yaml").read_text(encoding="utf-8"))
    return frozenset(table["keep_after"]), frozenset(table["keep_before"])


class Dictionary:
    """The words of one document, those that a line end broke left out, and the known names."""

    def __init__(self, texts: Iterable[str], known: Mapping[str, str] | None = None) -> None:
        self._words: Counter[str] = Counter()
        for text in texts:
            self._words.update(_WORD.findall(_unbroken(text)))
        self._lower = {word.casefold() for word in self._words}
        self._known = known or {}
        self._hyphened: dict[str, list[str]] = {}
        for word in sorted(word for word in self._words if "-" in word):
            self._hyphened.setdefault(squeeze(word), []).append(word)

    def has(self, word: str) -> bool:
        """Whether the document writes this word somewhere else than at a line end."""
        return word.casefold() in self._lower

    def spelling(self, word: str) -> str:
        """How the document, or else a known name, writes the word's letters with more hyphens; "" if neither.

        Of several spellings, the one that the document has most often.
        """
        key, hyphens = squeeze(word), word.count("-")
        forms = [form for form in self._hyphened.get(key, ()) if form.count("-") > hyphens]
        if forms:
            return max(forms, key=self._words.__getitem__)
        known = self._known.get(key, "")
        return known if known.count("-") > hyphens else ""

    def keeps_hyphen(self, left: str, right: str) -> bool:
        """Whether a word that was cut at a hyphen keeps it. ``left``, ``right``: the text on both sides."""
        before, after = _LAST.search(left), _FIRST.match(right)
        if before is None or after is None:
            return True
        head, tail = before.group(), after.group()
        if self.has(f"{head}-{tail}"):
            return True
        last = head.rpartition("-")[2]
        if self.has(f"{head}{tail}") or ("-" in head and self.has(f"{last}{tail}")):
            return False
        spelling = self.spelling(head + tail)
        if spelling:
            return len(squeeze(head)) in _hyphen_places(spelling)
        if not tail[0].isalpha() or not last[-1].isalpha() or tail[0].isupper() or "-" in head:
            return True
        keep_after, keep_before = parts()
        if tail.casefold() in keep_before and (self.has(last) or len(last) > 2):
            return True
        if last.casefold() in keep_after:
            return self.has(tail) or tail.endswith(("ment", "ists", "ist", "ism"))
        return len(last) > 3 and len(tail) > 3 and self.has(last) and self.has(tail)

    def mended(self, text: str, start: int, end: int) -> Iterator[tuple[int, int, str, str]]:
        """Words inside a line from which an earlier line end took a hyphen or a space.

        (start, end, what it should be, name of the repair), where the dictionary supports it:
        "alQa'ida" in a text that writes "al-Qa'ida" elsewhere; "Tarrin,Bin" always.
        """
        done = start
        for found in _SUSPECT.finditer(text, start, end):
            if found.group() == ",":
                yield found.end(), found.end(), " ", "missing space"
                continue
            if found.start() < done:
                continue
            before = _LAST.search(text, max(start, found.start() - 40), found.end())
            after = _TAIL.match(text, found.end(), end)
            first, done = before.start() if before else found.start(), after.end() if after else found.end()
            word = text[first:done]
            spelling = self.spelling(word)
            if spelling and self._words[word] <= max(1, self._words[spelling]):
                yield first, done, _hyphened(word, spelling), "missing hyphen"


def _unbroken(text: str) -> str:
    """The text without the words that its line ends broke."""
    pieces = _BREAK.split(text)
    if len(pieces) == 1:
        return text
    kept = [
        pieces[0].rpartition(" ")[0],
        *(f" {piece.partition(' ')[2].rpartition(' ')[0]}" for piece in pieces[1:-1]),
    ]
    return " ".join([*kept, pieces[-1].partition(" ")[2]])


def _hyphen_places(word: str) -> set[int]:
    """After how many letters of the squeezed word a hyphen stands."""
    return {len(squeeze(word[:at])) for at, character in enumerate(word) if character in "-‐‑"}


def _hyphened(word: str, spelling: str) -> str:
    """The word with the spelling's hyphens put in, its own letters and apostrophes kept."""
    places = _hyphen_places(spelling)
    out: list[str] = []
    letters = 0
    for at, character in enumerate(word):
        if letters in places and at and word[at - 1] not in "-‐‑" and character not in "-‐‑'’‘`ʿʾ":
            out.append("-")
        out.append(character)
        letters += len(squeeze(character))
    return "".join(out)
