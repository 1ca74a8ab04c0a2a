"""Short names that the text itself defines: "Velk Liberation Front (VLF)", "VLF (Velk Liberation Front)"."""

from __future__ import annotations

from colligate.extract.base import Naming, Reading
from colligate.extract.names_data import words

_MARKS = frozenset("([")


def acronyms(reading: Reading) -> list[tuple[Naming, str]]:
    """(naming of the long name, short text) for each short name that the text defines, in text order.

    A pair counts when the short name's letters appear in order among the long name's, beginning
    with its first letter or that of its second word, or when brackets hold nothing but it.
    """
    tokens = reading.tokens
    by_end = {naming.last: naming for naming in reading.namings if _named(naming)}
    by_first = {naming.first: naming for naming in reading.namings if _named(naming)}
    pairs: list[tuple[Naming, str]] = []
    for first, short in by_first.items():
        if short.last - first > 3 or not _short(tokens.text[first]):
            continue
        text = reading.document.text[short.start : short.end]
        mark = first - 2 if first > 1 and tokens.lower[first - 1] in {"the", "or"} else first - 1
        opened = mark >= 0 and tokens.text[mark] in _MARKS
        long = by_end.get(mark) if opened else _before(reading, by_end, first)
        if long is not None and long.last - long.first > 1 and stands_for(text, _spelled(reading, long)):
            pairs.append((long, text))
            continue
        after = short.last
        if after + 1 < len(tokens) and tokens.text[after] in _MARKS:
            inner = by_first.get(after + 1) or by_first.get(after + 2)
            if inner is not None and stands_for(text, _spelled(reading, inner)):
                pairs.append((inner, text))
    return pairs


def _named(naming: Naming) -> bool:
    return naming.form == "name" and not naming.adjective and naming.head


def _short(text: str) -> bool:
    return 2 <= len(text) <= 8 and sum(c.isupper() for c in text) >= 2


def _spelled(reading: Reading, naming: Naming) -> str:
    return reading.document.text[naming.start : naming.end]


def _before(reading: Reading, by_end: dict[int, Naming], first: int) -> Naming | None:
    """The long name before "or", ", known as", ", also called": at most five joining words lie between."""
    at = first
    for _ in range(6):
        if at in by_end and at < first:
            return by_end[at]
        if at == 0 or reading.tokens.lower[at - 1] not in words("acronym_links.txt"):
            return None
        at -= 1
    return None


def stands_for(short: str, long: str) -> bool:
    """Whether ``short`` can abbreviate ``long``: its letters in order, at least half of them initials."""
    letters = [c for c in short.casefold() if c.isalpha()]
    parts = [
        w
        for w in long.replace("-", " ").replace("’", "").replace("'", "").casefold().split()
        if w[0].isalpha()
    ]
    if len(letters) < 2 or len(parts) < 2 or letters[0] not in {word[0] for word in parts[:2]}:
        return False
    flat, at = " ".join(parts), 0
    for letter in letters:
        found = flat.find(letter, at)
        if found < 0:
            return False
        at = found + 1
    initials = [word[0] for word in parts]
    return 2 * sum(letter in initials for letter in letters) >= len(letters)
