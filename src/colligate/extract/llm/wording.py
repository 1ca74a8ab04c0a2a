"""What words may be: the name of somebody new, a description that stands for somebody, a word for a deed.

A model may call any words an end. Where the reading knows nothing about them, their form decides.
"""

from __future__ import annotations

import re

from colligate.extract.llm.locate import Found
from colligate.extract.names_data import particles, words
from colligate.extract.pronouns import rules

_ARTICLE = re.compile(r"[Tt]he\s+")
_IN_NAMES = re.compile(r"[\w.&/'\u2018\u2019\u02bc\u02bf\u02be\u2010\u2011\u2013-]+")
_SENTENCE_END = re.compile(r"[^\W\d_]{3,}\.|\d+\.")  # and not "U.S." or "J."
_POSSESSIVE = re.compile(r"['\u2019][sS]?$")
_JOINERS = frozenset({"of", "and", "for", "the", "in", "on"})
_DETERMINERS = frozenset({"the", "a", "an", "this", "that", "these", "those", "one", "two", "both", "some"})
_BEFORE_SENTENCE = ".!?:;\"\u201c\u2018'([\n"
_LONGEST_NAME, _LONGEST_DEED = 10, 8  # words


def new_name(text: str, found: Found) -> Found | None:
    """The name at these characters of ``text``, without its article; None when they are no name: one begins
    and ends with a capital or a number and has only names, particles and small joining words inside.
    """
    said = text[found.start : found.end]
    article = _ARTICLE.match(said)
    start = found.start + (article.end() if article else 0)
    parts = text[start : found.end].split()
    if not 0 < len(parts) <= _LONGEST_NAME or not all(_IN_NAMES.fullmatch(part) for part in parts):
        return None
    if any(_SENTENCE_END.fullmatch(part) for part in parts):
        return None
    if not (_named(parts[0]) and _named(parts[-1]) and any(part[0].isupper() for part in parts)):
        return None
    if not all(_named(part) or part in _JOINERS or part in particles() for part in parts):
        return None
    # The capital of a sentence's first word is nobody's: "Later", "According".
    before = text[:start][-80:].rstrip(" ")
    opens = not before or before[-1] in _BEFORE_SENTENCE or article is not None
    if opens and parts[0].casefold() in words("name_openers.txt"):
        return None
    return Found(start, found.end, found.fit)


def without_possessive(text: str, found: Found) -> Found:
    """ "Okot" of "Okot's"."""
    mark = _POSSESSIVE.search(text[found.start : found.end])
    return Found(found.start, found.start + mark.start(), found.fit) if mark and mark.start() else found


def pointing_form(said: str) -> str:
    """ "pronoun" or "nominal" for words that can point to somebody ("he", "the group", "its leader"); ""
    for all others."""
    pronouns = rules()
    parts = said.casefold().split()
    if not parts:
        return ""
    listed = (pronouns.thing, pronouns.plural, pronouns.relative, pronouns.possessive)
    if len(parts) == 1:
        return "pronoun" if parts[0] in pronouns.person or any(parts[0] in each for each in listed) else ""
    determined = (
        parts[0] in _DETERMINERS or parts[0] in pronouns.possessive or parts[0].endswith(("'s", "\u2019s"))
    )
    return "nominal" if determined and parts[-1][-1].isalpha() else ""


def deed(said: str) -> bool:
    """Whether the words can name what happened: a few, with one among them that is no small word."""
    parts = re.findall(r"[^\W\d_]+", said)
    return len(said.split()) <= _LONGEST_DEED and any(
        len(part) > 2 and part.casefold() not in words("name_openers.txt") for part in parts
    )


def _named(part: str) -> bool:
    """Whether a word begins with a capital or a number, be it behind a particle ("al-Velki")."""
    head, _, tail = part.partition("-")
    return part[0].isupper() or part[0].isdigit() or (head in particles() and tail[:1].isupper())
