"""Which date of a sentence belongs to a claim that stands in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace

from colligate.extract.base import Reading, Sentence
from colligate.model import When
from colligate.values.dates import parse

_RELATIVE = frozenset({"who", "whom", "whose", "which", "where"})
_CLAUSE = frozenset({";", ":", "when", "while", "whereas", "although", "though", "because", "but"})
_AFTER_COMMA = frozenset({"and", "but", "or", "then", "so", "yet"})
_OWNERS = frozenset({"the", "a", "an", "its", "his", "her", "their", "'s", "that", "this"})
_OPENING = frozenset(
    {"however", "but", "and", "then", "thus", "also", "yet", "meanwhile", "already", "later", ",", "—", "-"}
)


@dataclass(frozen=True, slots=True)
class _Place:
    """A date's tokens, counted from the sentence's first."""

    when: When
    first: int
    last: int


def date_for(
    reading: Reading, first_token: int, last_token: int, trigger: int = -1, *, nominal: bool = False
) -> When | None:
    """The date of a claim at tokens ``first_token`` to ``last_token`` (exclusive), None where none is told.

    ``trigger`` is the token of its verb or noun of action, -1 when there is none. A date counts that
    stands in the claim's own clause, else the one with which the sentence begins ("In 1986, ..."). A
    date in brackets or in a relative clause belongs to what stands there. Dates of other sentences are
    never taken over: a relative date is in ``reading.dates`` at the place where its words are.
    ``nominal``: the claim is a noun phrase of standing ("Velm, the leader of the Column"), and the
    sentence's verb says something else; then only a date in it or right after it counts.
    """
    at = bisect_right(reading.sentences, first_token, key=lambda sentence: sentence.first) - 1
    if at < 0:
        return None
    sentence = reading.sentences[at]
    places = _places(reading, sentence)
    if not places:
        return None
    first, last = first_token - sentence.first, min(last_token, sentence.last) - sentence.first
    act = trigger - sentence.first if sentence.first <= trigger < sentence.last else -1
    lower = reading.tokens.lower[sentence.first : sentence.last]
    kept = reading.kept.get(("dating", sentence.first))
    if kept is None:
        kept = reading.kept["dating", sentence.first] = (*_clauses(lower), _brackets(lower))
    clauses, relative, brackets = kept
    pivot = act if act >= 0 else max(first, last - 1)
    own = [
        place
        for place in places
        if clauses[place.first] == clauses[pivot]
        and _bracket_fits(place, brackets, lower, pivot, last)
        and not _qualifies_another(place, lower, act, first, last)
        and (not nominal or first <= place.first <= last)
    ]
    if own:
        best = min(own, key=lambda place: _distance(place, first, last, pivot))
        return _of_the_act(best, act, lower, reading, sentence.first) if act >= 0 else best.when
    lead = places[0]
    if (
        not nominal
        and not relative[pivot]
        and brackets[pivot] == 0
        and all(word in _OPENING for word in lower[: lead.first])
    ):
        return None if _qualifies_another(lead, lower, act, first, last) else lead.when
    return None


def _places(reading: Reading, sentence: Sentence) -> list[_Place]:
    starts, dates = reading.tokens.start, reading.dates
    at = bisect_left(dates, sentence.start, key=lambda when: when.start)
    found = []
    while at < len(dates) and dates[at].start < sentence.end:
        when = dates[at]
        first = bisect_left(starts, when.start) - sentence.first
        last = min(bisect_left(starts, when.end), sentence.last) - sentence.first
        found.append(_Place(when, first, last))
        at += 1
    return found


def _clauses(lower: list[str]) -> tuple[list[int], list[bool]]:
    """Per token the number of its clause, and whether that is a relative clause set off by commas."""
    numbers, relative = [], []
    number = highest = 0
    outer: int | None = None
    for at, word in enumerate(lower):
        if word == "," and outer is not None:
            number, outer = outer, None
        elif word in _RELATIVE and at and lower[at - 1] in (",", "of", "with", "by", "whom", "in"):
            outer = number if outer is None else outer
            highest += 1
            number = highest
        elif word in _CLAUSE or (
            word == "," and at + 1 < len(lower) and lower[at + 1] in _AFTER_COMMA and not _listing(lower, at)
        ):
            highest += 1
            number, outer = highest, None
        numbers.append(number)
        relative.append(outer is not None)
    return numbers, relative


def _listing(lower: list[str], at: int) -> bool:
    """The comma before "and" closes a list ("A, B, and C") when one more comma stands shortly before."""
    return "," in lower[max(at - 5, 0) : at]


def _brackets(lower: list[str]) -> list[int]:
    """Per token the number of the bracket that it stands in, 0 for none."""
    numbers, number, opened = [], 0, 0
    for word in lower:
        if word in ("(", "["):
            opened += 1
            number = opened
        numbers.append(number)
        if word in (")", "]"):
            number = 0
    return numbers


def _bracket_fits(place: _Place, brackets: list[int], lower: list[str], pivot: int, last: int) -> bool:
    """A bracketed date belongs to what is in its bracket, or, standing alone in it, to what it follows.

    A span of years after a name ("Tarek Velm (1920-1985)") is a life, and belongs to nothing else.
    """
    inside = brackets[place.first]
    if inside == 0 or inside == brackets[pivot]:
        return True
    opened = brackets.index(inside)
    alone = opened == place.first - 1 and place.last < len(lower) and lower[place.last] in (")", "]")
    return alone and opened - last in (0, 1) and "/" not in place.when.edtf


def _qualifies_another(place: _Place, lower: list[str], act: int, first: int, last: int) -> bool:
    """ "The 1998 bombings": the date of the bombings, and of nothing else in the sentence."""
    before = lower[place.first - 1] if place.first else ""
    if before == "the" and place.first > 1 and lower[place.first - 2] in ("in", "during", "at", "on"):
        return False  # "killed in the 1998 bombings"
    after = lower[place.last] if place.last < len(lower) else ""
    if lower[place.first] in _OWNERS:
        before = lower[place.first]
    if (
        before not in _OWNERS
        or not after[:1].isalpha()
        or after in ("and", "or", "to", "in", "at", "by", "with")
    ):
        return False
    if place.when.quote[:1].isdigit() or place.when.quote[:1].isupper() or before == lower[place.first]:
        own = _noun_run(place, lower)
        return not (act in own or (act < 0 and first <= place.first and last - 1 in own))
    return False


def _noun_run(place: _Place, lower: list[str]) -> range:
    """The up to four words after the date that one noun phrase can hold."""
    end = place.last
    while end < min(len(lower), place.last + 4) and lower[end][:1].isalpha():
        end += 1
    return range(place.last, end)


def _distance(place: _Place, first: int, last: int, pivot: int) -> tuple[int, int]:
    """Dates just after the claim are its own, then those inside it, then the nearer one, later ones first."""
    near_pivot = min(abs(place.first - pivot), abs(place.last - 1 - pivot))
    if 0 <= place.first - last <= 1:
        return 0, near_pivot
    if first <= place.first < last:
        return 1, near_pivot
    gap = place.first - last if place.first >= last else first - place.last + 2
    return 2 + gap, near_pivot


def _of_the_act(place: _Place, act: int, lower: list[str], reading: Reading, offset: int) -> When:
    """In "until his arrest in 2003" the arrest is in 2003, in "after the 1998 bombings" they are of 1998."""
    when = place.when
    words = when.quote.casefold()
    if when.start < reading.tokens.start[offset + act] < when.end:
        skip = reading.tokens.end[offset + act] - when.start
    elif act in _noun_run(place, lower) and " the " in words:
        skip = words.rindex(" the ") + len(" the ")
    else:
        return when
    inner = parse(when.quote[skip:])
    if inner is None:
        return when
    at = when.start + skip
    return replace(inner, start=inner.start + at, end=inner.end + at)
