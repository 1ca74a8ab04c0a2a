"""The distinct surface forms of a document's names, and the groups they fall into."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from colligate.extract.base import Naming, Reading
from colligate.values import names

_ACRONYM_LONGEST = 7
_SPELLED_OUT = {"un": ["united", "nations"], "us": ["united", "states"]}
_COMPASS = {f"{side}ern": side for side in ("north", "south", "east", "west")}


@dataclass(slots=True)
class Form:
    """One way in which the document writes a name. ``namings`` are its mentions, in order."""

    index: int
    text: str
    kind: str
    adjective: bool
    named: bool = False
    namings: list[int] = field(default_factory=list)
    titles: set[str] = field(default_factory=set)

    @property
    def words(self) -> tuple[str, ...]:
        """The words that count, with the two commonest acronyms inside longer names spelled out."""
        found = names.words(self.text)
        if len(found) > 1:
            for short, full in _SPELLED_OUT.items():
                if short in found:
                    at = found.index(short)
                    found[at : at + 1] = full
        return tuple(_COMPASS.get(word, word) for word in found)

    @property
    def acronym(self) -> bool:
        """Whether it looks like one: one short word with two capitals at least ("LeT", "FARC-EP", "ISI")."""
        letters = [c for c in self.text if c.isalpha()]
        return (
            " " not in self.text
            and 1 < len(letters) <= _ACRONYM_LONGEST
            and sum(c.isupper() for c in letters) * 2 > len(letters)
        )


class Groups:
    """Forms that are one actor: a union-find over form indexes. The lowest index is the root.

    ``anchors`` keeps apart what the text keeps apart: two groups that a heading each claims for its
    own actor never join. ``loose`` forms mean different actors in different places and join nothing.
    """

    def __init__(self, size: int) -> None:
        self._root = list(range(size))
        self.anchors: dict[int, int] = {}
        self.loose: set[int] = set()

    def root(self, index: int) -> int:
        while self._root[index] != index:
            self._root[index] = self._root[self._root[index]]
            index = self._root[index]
        return index

    def join(self, one: int, other: int) -> None:
        one, other = self.root(one), self.root(other)
        if one == other or one in self.loose or other in self.loose:
            return
        anchor, anchor_other = self.anchors.get(one), self.anchors.get(other)
        if anchor is not None and anchor_other is not None and anchor != anchor_other:
            return
        low, high = min(one, other), max(one, other)
        self._root[high] = low
        if anchor is not None or anchor_other is not None:
            self.anchors[low] = anchor if anchor is not None else anchor_other  # type: ignore[assignment]

    def join_all(self, indexes: Iterable[int]) -> None:
        first = -1
        for index in indexes:
            if first >= 0:
                self.join(first, index)
            first = index


def surface(reading: Reading, naming: Naming) -> str:
    """The naming as written, line ends as spaces."""
    return " ".join(reading.document.text[naming.start : naming.end].split())


def collect_forms(reading: Reading) -> tuple[list[Form], dict[int, int]]:
    """The forms of all names and collectives in order of first mention, and naming -> form.

    A form has one kind: where its mentions differ, the kind of most of them, and these are set to it.
    """
    by_text: dict[str, Form] = {}
    kinds: dict[str, Counter[str]] = {}
    of_naming: dict[int, int] = {}
    known_titles = names.titles().words
    lower = reading.tokens.lower
    for at, naming in enumerate(reading.namings):
        if naming.form == "pronoun":
            continue
        text = surface(reading, naming)
        form = by_text.get(text)
        if form is None:
            form = by_text[text] = Form(len(by_text), text, naming.kind, naming.adjective)
            kinds[text] = Counter()
        form.namings.append(at)
        form.named = form.named or naming.form == "name"
        form.adjective = form.adjective and naming.adjective
        kinds[text][naming.kind] += 1
        of_naming[at] = form.index
        if naming.kind == "person" and naming.first:
            before = lower[naming.first - 1]
            if before == "." and naming.first > 1:
                before = lower[naming.first - 2]
            if before in known_titles:
                form.titles.add(before)
    for text, form in by_text.items():
        form.kind = kinds[text].most_common(1)[0][0]
        if len(kinds[text]) > 1:
            for at in form.namings:
                reading.namings[at].kind = form.kind
        if form.kind == "person":
            form.titles.update(names.person_units(text)[1])
    return list(by_text.values()), of_naming
