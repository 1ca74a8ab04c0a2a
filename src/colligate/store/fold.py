"""Words and names made comparable: case, diacritics, apostrophes and hyphens do not count.

One tokenizer serves the index, the query and the marks in a snippet, in every backend, so that
what is found is what is marked. (FTS5's own tokenizers split ``Qa'ida`` in two and cannot be had
in PostgreSQL or in memory. ``values.names.fold`` knows far more about names, but its rules grow: a
key that is stored must not change under a case that was written last year.)
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_APOSTROPHES = "'’‘ʼʻʿʾ`´′"
# Letters, digits and the marks that sit on letters in decomposed Latin, Hebrew and Arabic.
_LETTER = r"(?:[^\W_]|[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670])"
_WORD = re.compile(rf"[^\W_]{_LETTER}*(?:[{_APOSTROPHES}]{_LETTER}+)*")
_POSSESSIVE = re.compile(rf"(?<=.)[{_APOSTROPHES}]s$", re.IGNORECASE)
_SILENT = dict.fromkeys(map(ord, _APOSTROPHES))  # some of them are letters to Unicode
# Letters that Unicode does not decompose, as transliterations of names write them.
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})


@lru_cache(maxsize=1 << 16)
def fold_word(word: str) -> str:
    """One word with case, diacritics and apostrophes gone; "" when nothing is left."""
    folded = word.translate(_SILENT).casefold()
    if not folded.isascii():
        folded = unicodedata.normalize("NFKD", folded).casefold().translate(_PLAIN)
    return "".join(filter(str.isalnum, folded))


@lru_cache(maxsize=1 << 16)
def _index_word(word: str) -> str:
    return fold_word(_POSSESSIVE.sub("", word))


def words(text: str) -> list[str]:
    """The words of a text for the index, in order; a possessive 's is dropped."""
    return list(filter(None, map(_index_word, _WORD.findall(text))))


def spans(text: str) -> Iterator[tuple[str, int, int]]:
    """The same words, each with the characters that it stands at."""
    for match in _WORD.finditer(text):
        folded = _index_word(match.group())
        if folded:
            yield folded, match.start(), match.end()


def name_words(name: str) -> str:
    """A name's words for a look-up by some of them: "Lashkar-e-Taiba" gives "lashkar e taiba"."""
    return " ".join(filter(None, map(fold_word, _WORD.findall(name))))


def name_key(name: str) -> str:
    """A name's key: equal for ``al-Qa'ida``, ``Al Qaida`` and the ``alQa'ida`` of a broken line."""
    return name_words(name).replace(" ", "")
