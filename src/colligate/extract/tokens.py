"""Text -> tokens. Hyphens and possessive endings are tokens of their own, inner apostrophes are not.

"Lashkar-e-Taiba" is five tokens and "LET's" two, so that "Pakistan-based" and "LET's leader" can be
matched by the same patterns as "based in Pakistan"; "Qa'ida", "U.S.", "9/11" and "1990s" are one each.
"""

from __future__ import annotations

import re

from colligate.extract.base import Tokens

_APOSTROPHES = "'\u2018\u2019\u02bc\u02bf\u02be`\u00b4"
_TOKEN = re.compile(
    rf"(?:[^\W\d_]\.){{2,}}"  # U.S., a.k.a.
    rf"|\d+(?:[.,/:]\d+)+"  # 1,200  9/11  12.5
    rf"|[^\W_]+(?:[{_APOSTROPHES}](?![sS]\b)[^\W_]+)*"  # Qa'ida, M23, 1990s
    rf"|['\u2019][sS]\b"  # the possessive
    rf"|\S"
)
_STRAIGHT = str.maketrans(dict.fromkeys(_APOSTROPHES, "'"))


def tokenize(text: str, start: int = 0, end: int | None = None) -> Tokens:
    """The tokens of ``text[start:end]``, with offsets into ``text``."""
    tokens = Tokens()
    texts, lowers, starts, ends = tokens.text, tokens.lower, tokens.start, tokens.end
    known: dict[str, str] = {}  # a text says most of its words many times
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        word = match.group()
        lower = known.get(word)
        if lower is None:
            lower = known[word] = word.casefold().translate(_STRAIGHT)
        texts.append(word)
        lowers.append(lower)
        starts.append(match.start())
        ends.append(match.end())
    return tokens
