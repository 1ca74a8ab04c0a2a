"""Capital runs: the stretches of capitalised words, particles and links that may be names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from colligate.extract.base import Sentence, Tokens
from colligate.extract.names_data import heads, particles, words
from colligate.extract.names_words import ACRONYM, CAPITAL, HYPHEN, LINK, OTHER, PARTICLE, Shapes

_LONGEST = 30  # tokens of a run; a page of capitals is no name, and rules look at all of a run
_POSSESSIVES = frozenset({"'s", "'", "’"})
_ORDINAL = re.compile(r"\d{1,3}(?:st|nd|rd|th|er|e|re|ème|ª|º)")
_BULLETS = frozenset("-*•·–▪")
_ON = frozenset(
    {"commission", "committee", "conference", "council", "panel", "convention", "group", "centre", "center"}
)
_JOINING = frozenset({"of", "for", "to", "against"})


def capital_runs(tokens: Tokens, shape: Shapes, sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Token spans of the runs in a sentence, first to last (exclusive), from left to right.

    A run joins words that stand side by side, by hyphen, by particle ("Orsan al-Velki") and by
    initial ("J. M. Orsan"). It begins with a particle only where that may begin a name.
    """
    classes, at, last = shape.classes, sentence.first, sentence.last
    while at < last:
        kind = classes[at]
        if kind in (CAPITAL, ACRONYM):
            begin = at
            if at - 2 >= sentence.first and classes[at - 1] == HYPHEN and _begins(tokens, shape, at - 2):
                begin = at - 2
            elif (at - 1 >= sentence.first and _ORDINAL.fullmatch(tokens.text[at - 1])) or (
                at - 1 >= sentence.first and _begins(tokens, shape, at - 1)
            ):
                begin = at - 1
            end = run_end(tokens, shape, at, last)
            if begin == at > sentence.first and _numbered(tokens, at, end):
                begin = at - 1
            yield begin, end
            at = end
        else:
            at += 1


def _numbered(tokens: Tokens, at: int, end: int) -> bool:
    """Whether a number before the run belongs to it: "2 June Movement", "33 Squadron"."""
    number = tokens.text[at - 1]
    if not number.isdigit() or len(number) > 3:
        return False
    dated = end - at == 2 and tokens.lower[at] in words("name_stop.txt") and tokens.lower[at + 1] in heads()
    return dated or tokens.lower[end - 1] in _units()


def _units() -> frozenset[str]:
    return words("name_units.txt")


def _begins(tokens: Tokens, shape: Shapes, at: int) -> bool:
    """Whether a small particle at ``at`` may begin a name: "al-Velki", "bin Orsan", not "as Orsan"."""
    if shape.classes[at] != PARTICLE:
        return False
    where = particles()[tokens.lower[at]]
    hyphened = at + 1 < len(tokens) and shape.classes[at + 1] == HYPHEN
    return where == "both" or (where == "inside-hyphen" and hyphened)


def run_end(tokens: Tokens, shape: Shapes, at: int, last: int) -> int:
    """One past the run's last token, given that ``at`` is a capitalised word of it; ``at`` if it is not."""
    if at >= last or shape.classes[at] not in (CAPITAL, ACRONYM):
        return at
    classes, end, lower = shape.classes, at + 1, tokens.lower
    openers, common = words("name_openers.txt"), words("name_words.txt")
    last = min(last, at + _LONGEST)
    while end < last:
        kind = classes[end]
        if kind == CAPITAL:
            if tokens.lower[end] in openers:
                break  # a heading or a list that ran into a sentence
            if len(tokens.text[end]) == 1 and not (end + 1 < last and tokens.text[end + 1] == "."):
                break
            end += 1
        elif kind == ACRONYM:
            end += 1
        elif kind == OTHER and tokens.text[end][0].isdigit():
            step = _after_number(tokens, shape, at, end, last)
            if step == end:
                break
            end = step
        elif kind == HYPHEN and end + 1 < last and _both_capitals(tokens, shape, end):
            end += 2  # "FREE FORCES OF VELK — PEOPLE'S ARMY"
        elif kind == HYPHEN and end + 1 < last and tokens.start[end] == tokens.end[end - 1]:
            if tokens.text[end] == "\u2014":
                break  # a dash between clauses; lists know the few names that hold one
            step = _after_joint(tokens, shape, end + 1, last)
            if step < 0 or tokens.start[end + 1] > tokens.end[end] + 1:
                break
            end = step
        elif kind == PARTICLE:
            step = _after_joint(tokens, shape, end, last)
            if step < 0:
                break
            end = step
        elif (
            end + 1 < last
            and lower[end] in _POSSESSIVES
            and (classes[end + 1] == CAPITAL or (classes[end + 1] == ACRONYM == classes[end - 1]))
        ):
            if lower[end - 1] not in common:
                break
            end += 2  # "People's Army"; "Velk's Army" is two names
        elif tokens.text[end] == "." and len(tokens.text[end - 1]) == 1 and end + 1 < last:
            if classes[end + 1] != CAPITAL:
                break
            end += 2
        else:
            break
    return end


def _both_capitals(tokens: Tokens, shape: Shapes, dash: int) -> bool:
    """Whether words all in capitals, longer than acronyms, stand on both sides of a dash that parts."""
    return (
        (tokens.start[dash] > tokens.end[dash - 1] or tokens.text[dash] == "\u2014")
        and shape.classes[dash - 1] == ACRONYM == shape.classes[dash + 1]
        and min(len(tokens.text[dash - 1]), len(tokens.text[dash + 1])) > 3
    )


def _after_number(tokens: Tokens, shape: Shapes, at: int, end: int, last: int) -> int:
    """One past what a number inside a run leads to: "March 8 Alliance", "Resolution 425", "Squadron
    1/64 Velk"; ``end`` itself where the number is no part of the name."""
    known, number, lower = heads(), tokens.text[end], tokens.lower
    capital = end + 1 < last and shape.classes[end + 1] in (CAPITAL, ACRONYM)
    if capital and lower[end + 1] in known and lower[end - 1] in words("name_stop.txt"):
        return end + 2
    year = len(number) == 4 and number[:2] in {"18", "19", "20"}
    if year or len(number) > 5:
        return end
    if any(lower[i] in _units() for i in range(at, end)):
        return end + 1 + capital
    return end + 1 if lower[end - 1] in known else end


def _after_joint(tokens: Tokens, shape: Shapes, at: int, last: int) -> int:
    """One past the capitalised word that particles and hyphens from ``at`` on lead to; -1 for none."""
    steps = 0
    while at < last and steps < 5:
        kind = shape.classes[at]
        if kind in (CAPITAL, ACRONYM):
            return at + 1
        if kind == PARTICLE:
            lower = tokens.lower[at]
            loose = particles()[lower] == "inside-hyphen"
            if loose and not (at + 1 < last and shape.classes[at + 1] == HYPHEN):
                return -1
        elif kind != HYPHEN:
            return -1
        at += 1
        steps += 1
    return -1


def linked_end(tokens: Tokens, shape: Shapes, first: int, end: int, last: int, *, body: bool = False) -> int:
    """The end of a name that goes on over "of", "for", "and": "Front for the Liberation of Velk".

    Only a name whose words so far hold a head noun ("Front", "Battle", "Ministry") goes on; "and"
    goes on only to a common word ("Party of Unity and Progress") or where an acronym in brackets
    after the longer name counts the further words in; "in" also where the name is an entry of a list.
    ``body`` says that the words so far are a listed organisation.
    """
    known = heads()
    linked = False
    last = min(last, first + 2 * _LONGEST)
    while end + 1 < last and shape.classes[end] in (LINK, HYPHEN):
        if shape.classes[end] == HYPHEN:  # "Velk Front – General Command (VF-GC)"
            step = run_end(tokens, shape, end + 1, last)
            if step == end + 1 or not _acronym_counts(tokens, shape, first, step, last):
                break
            end = step
            continue
        link = tokens.lower[end]
        head = any(tokens.lower[i] in known for i in range(first, end))
        begin = end + 1
        if tokens.lower[begin] == "the" and begin + 1 < last:
            begin += 1
        if shape.classes[begin] not in (CAPITAL, ACRONYM):
            break
        step = run_end(tokens, shape, begin, last)
        branch = link == "in" and _fills_line(tokens, first, _line_end(shape, step, last), last)
        if branch and (head or body):
            return _line_end(shape, step, last)
        if not head:
            # "Economic and Monetary Union": the head comes after the link.
            after = any(tokens.lower[i] in known for i in range(begin, step))
            small = _abstract(tokens.lower[end - 1]) and _abstract(tokens.lower[begin])
            if not (link in {"and", "&"} and after and small and begin == end + 1):
                break
        elif link in _JOINING:
            if link in {"to", "against"} and not _acronym_counts(tokens, shape, first, step, last):
                break
            linked = True
        elif link in {"and", "in", "&", "on", "with"}:
            further = _abstract(tokens.lower[begin]) or (
                step - begin > 1 and _abstract(tokens.lower[step - 1])
            )
            sort = any(tokens.lower[i] in _ON for i in range(first, end))  # "Commission on Human Rights"
            abstract = ((link == "on" and sort) or linked) and link != "in" and further
            if not (abstract or _acronym_counts(tokens, shape, first, step, last)):
                break
        else:
            break
        end = step
    return end


def _line_end(shape: Shapes, end: int, last: int) -> int:
    """Past the further capitalised words and links: "the Lands Beyond the Sahel", "Velk and Ordan"."""
    at = end
    while at < last and shape.classes[at] in (CAPITAL, ACRONYM, LINK):
        at += 1
        if shape.classes[at - 1] != LINK:
            end = at
    return end


def _fills_line(tokens: Tokens, first: int, end: int, last: int) -> bool:
    """Whether the words are an entry of a list, alone in their line: "- Velk Base in Ordan"."""
    bullet = first > 0 and tokens.text[first - 1] in _BULLETS
    opens = first == 0 or bullet or tokens.start[first] - tokens.end[first - 1] > 1
    return opens and (end >= last or tokens.text[end] == "(" or tokens.text[end] in _BULLETS)


def _abstract(word: str) -> bool:
    """A common word, or one built like one: "Unity", "Naturalization"."""
    return word in words("name_words.txt") or word.endswith(
        ("tion", "ment", "ity", "ness", "ship", "ance", "ing")
    )


def _acronym_counts(tokens: Tokens, shape: Shapes, first: int, end: int, last: int) -> bool:
    """Whether an acronym in brackets follows whose letters begin with those of the whole name."""
    if not (end + 1 < last and tokens.text[end] == "(" and shape.classes[end + 1] == ACRONYM):
        return False
    letters = [c for c in tokens.text[end + 1].casefold() if c.isalpha()]
    initials = [tokens.lower[i][0] for i in range(first, end) if shape.classes[i] in (CAPITAL, ACRONYM)]
    at = 0
    for letter in initials:
        at += at < len(letters) and letters[at] == letter
    return at >= len(letters) - 1 and len(letters) >= len(initials) - 1
