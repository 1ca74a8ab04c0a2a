"""Which kind of thing a name names: a sum over a small table of clues (``data/name_contexts.tsv``)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from colligate.extract.base import Tokens
from colligate.extract.gazetteer import compass
from colligate.extract.lists import Entry
from colligate.extract.names_data import contexts, heads, words
from colligate.extract.names_words import ACRONYM, CAPITAL, HYPHEN, PARTICLE, Shapes

_KUNYA = frozenset({"abu", "umm", "ibn", "bin", "abd", "abdul", "abdel", "ould", "ag", "bint"})
_DASHES = frozenset("-–—")
_PERSON_PARTICLES = frozenset("al el bin ibn ben ould ag van von ul ur ud ad as ash".split())  # noqa: SIM905 - a list to read


@dataclass(slots=True)
class Candidate:
    """A span that may be a name, with what is known of it; ``key`` is its folded spelling
    and ``titled`` the token at which the titles cut off before it begin. ``heading``: it stands in one."""

    first: int
    last: int
    key: str
    entry: Entry | None = None
    title: str = ""
    titled: int = -1
    heading: bool = False
    scores: dict[str, float] = field(default_factory=dict)


def score(
    candidate: Candidate, tokens: Tokens, shape: Shapes, place_follows: bool, tail: str
) -> dict[str, float]:
    """Kind -> sum of weights of the clues in the name, around it, and from the lists."""
    total: dict[str, float] = defaultdict(float)
    table = contexts()

    def add(position: str, word: str) -> None:
        for kind, weight in table.get((position, word), ()):
            total[kind] += weight

    first, last, lower = candidate.first, candidate.last, tokens.lower
    if first > 0:
        before = lower[first - 1]
        at = first - 2 if before == "the" and first > 1 else first - 1
        add("before", before)
        if lower[at] == "of" and at > 0:
            add("before_of", lower[at - 1])
        elif at != first - 1:
            add("before", lower[at])
    if last < len(lower):
        after = lower[last]
        if after == "'s" and last + 1 < len(lower):
            add("owns", lower[last + 1])
        add("after", after)
        if after == "," and last + 1 < len(lower):
            add("after_comma", lower[last + 1])
            add("apposed", _apposed(tokens.text, last + 1))
        if after == "to" and first > 0 and lower[first - 1] == "from":
            add("feature", "from_to")
    for clue in _clues(candidate, tokens, shape, tail):
        add("feature", clue)
    if last - first == 1 and candidate.entry is None:
        for length in (5, 4, 3):
            add("ending", lower[first][-length:])
    if place_follows and first > 0 and lower[first - 1] in {"in", "at", "near", "from", "of", "to"}:
        add("feature", "comma_place")
    return dict(total)


def _apposed(text: list[str], at: int) -> str:
    """The noun that a name is explained by: "province" in ", the highland province in the north of"."""
    if text[at] not in {"a", "an", "the"}:
        return ""
    noun = ""
    for word in text[at + 1 : at + 7]:
        if not word.isalpha() or word in _ENDS_APPOSED:
            break
        noun = word
    return noun


_ENDS_APPOSED = frozenset(
    "of in for from to that which who whose whom with near at on by and or then led where".split()  # noqa: SIM905 - a list to read
)


def _clues(candidate: Candidate, tokens: Tokens, shape: Shapes, tail: str) -> list[str]:
    """Names of the clues that the name itself carries."""
    first, last = candidate.first, candidate.last
    lower = tokens.lower[first:last]
    classes = shape.classes[first:last]
    names = [word for word, kind in zip(lower, classes, strict=True) if kind in (CAPITAL, ACRONYM)]
    found: list[str] = []
    entry = candidate.entry
    if entry is not None:
        found.append(f"list_{entry.kind}" if entry.sure else f"list_{entry.kind}_weak")
    if last + 2 < len(tokens) and tokens.text[last] == "(" and shape.classes[last + 1] == ACRONYM:
        found.append("acronym_follows")
    if candidate.title:
        found.append(candidate.title)
    capitals = classes == [ACRONYM] and len(lower[0]) > 3
    if capitals and last < len(tokens) and tokens.text[last] in _DASHES:
        fresh = first == 0 or tokens.start[first] - tokens.end[first - 1] > 1
        found += ["dateline"] * fresh  # "OSHMAR – Four years after"
    if tail == "community" and entry is None and len(names) > 1:
        found.append("tail_community")  # "Velk Buddhists"
        return found
    if tail == "place" and entry is None and len(names) > 1 and set(names[:-1]) <= compass():
        found.append("tail_place")  # "Southern Lebanon"
        return found
    head = _head(lower, names)
    if head and entry is None:
        found.append(f"head_{head}")
    common = words("name_words.txt")
    letters = sum(map(len, names))
    if letters <= 7 and set(classes) <= {ACRONYM, HYPHEN} and ACRONYM in classes:
        found.append("acronym")
    elif not head and len(names) > 1 and all(name in common for name in names):
        found.append("words_common")
    elif not head and len(names) == 1:
        found.append("words_1")
    elif not head and 2 <= len(names) <= 4:
        found.append("words_2_3")
    if not head:
        if names and (names[0] in words("name_first.txt") or names[0] in words("name_given.txt")):
            found.append("first_name")
        elif len(names) > 1:
            found.append("no_first_name")
        if len(names) > 1 and any(name in _KUNYA for name in (*names[:-1], lower[0])):
            found.append("kunya")
        elif len(names) > 1 and any(
            word in _PERSON_PARTICLES and kind == PARTICLE for word, kind in zip(lower, classes, strict=True)
        ):
            found.append("particle_arabic")
        if len(names) > 1 and any(
            lower[at] in {"e", "i"} and lower[at - 1] == "-" for at in range(2, len(lower) - 1)
        ):
            found.append("izafet")
        if any(len(name) == 1 for name in names[:-1]) and len(names) > 1:
            found.append("initial")
    return found


def _head(lower: list[str], names: list[str]) -> str:
    """The kind for which the name's head noun speaks: its last word, or the word before "of", "for"."""
    known = heads()
    for at in range(1, len(lower)):
        if lower[at] in {"of", "for", "to", "in"} and lower[at - 1] in known:
            return known[lower[at - 1]]
    if lower[-1] in known:
        return known[lower[-1]]
    if names and names[0] in known and (len(names) > 1 or lower[-1].isdigit()):  # "Resolution 12"
        return known[names[0]]
    for name in names[1:]:
        if name in known:
            return known[name]
    return ""
