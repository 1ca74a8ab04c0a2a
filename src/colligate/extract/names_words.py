"""A word as written -> its class (capital, acronym, particle ...) and the key by which lists know it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from colligate.extract.base import Tokens
from colligate.extract.names_data import particles

SMALL, CAPITAL, ACRONYM, PARTICLE, LINK, HYPHEN, OTHER = range(7)

# A PDF's lost line end: "eTaiba" was "e-Taiba", "alQa'ida" was "al-Qa'ida".
_JOINED = re.compile(r"^(?:al|el|ul|e|i|ad|as|wal|bin)(?=[A-Z][a-z’'])")
# French and Italian articles that lost their vowel: "d'Ivoire" continues or begins a name.
_ELIDED = re.compile(r"^(?:d|l|dell|all|nell|n)['’][^\W\d_a-z]")
LINKS = frozenset({"of", "for", "the", "and", "in", "to", "on", "against", "&", "with", "by"})
_HYPHENS = frozenset("-\u2010\u2011\u2012\u2013\u2014")
_MARKS = "'\u2018\u2019\u02bc\u02bf\u02be`\u00b4."
_NO_MARKS = str.maketrans("", "", _MARKS)
# One sound, many spellings: Qaeda and Qaida, Mujahideen and Mujahidin, Jemaah and Jemaa.
_SOUNDS = (("ae", "ai"), ("ee", "i"), ("oo", "u"), ("ou", "u"))
_DOUBLE = re.compile(r"(.)\1")
_DROPPED = frozenset({"al", "el", "ul", "ur", "ud", "ad", "as", "ash", "e", "i", "wal", "lil"})


@dataclass(slots=True)
class Shapes:
    """Class and key of each token, as lists parallel to the tokens. Dropped particles have key ""."""

    classes: list[int]
    keys: list[str]


def fold(word: str) -> str:
    """Case, accents, apostrophes and the commonest spelling variants folded away."""
    folded = word.casefold().translate(_NO_MARKS)
    if not folded.isascii():
        folded = "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))
    if len(folded) >= 5:
        for spelling, sound in _SOUNDS:
            folded = folded.replace(spelling, sound)
        if folded.endswith("ah"):
            folded = folded[:-1]
        folded = _DOUBLE.sub(r"\1", folded)
    return folded


def shape(word: str) -> tuple[int, str]:
    """The class and key of one word."""
    first = word[0]
    if first.isalpha():
        if word.islower():
            if word in LINKS:
                return LINK, word
            return (PARTICLE, "" if word in _DROPPED else word) if word in particles() else (SMALL, "")
        joined = _JOINED.match(word)
        if joined:
            return CAPITAL, fold(word[joined.end() :])
        if not first.isupper():
            return (CAPITAL, fold(word)) if _ELIDED.match(word) else (SMALL, "")
        if len(word) > 1 and sum(c.isupper() for c in word) * 2 > len(word) - word.count("."):
            return ACRONYM, fold(word)
        key = fold(word)
        return CAPITAL, "" if key in _DROPPED - {"e", "i"} else key
    if word in _HYPHENS:
        return HYPHEN, ""
    if first.isdigit():
        return OTHER, word if len(word) < 5 else "#"
    return (LINK, "&") if word == "&" else (OTHER, "#")


def shapes(tokens: Tokens) -> Shapes:
    """Shapes of all tokens. Each distinct word is looked at once."""
    known: dict[str, tuple[int, str]] = {}
    classes: list[int] = []
    keys: list[str] = []
    for word in tokens.text:
        got = known.get(word)
        if got is None:
            got = known[word] = shape(word)
        classes.append(got[0])
        keys.append(got[1])
    return Shapes(classes, keys)
