"""Text in one line that shows all that is in it: for a prompt, and for a message on screen."""

from __future__ import annotations

import re
import unicodedata

# Kinds of characters that nobody sees: formats and directions, halves, private and unassigned ones.
INVISIBLE = frozenset({"Cf", "Cn", "Co", "Cs"})
_BLANK = re.compile(r"\s+")


def shown_text(text: str) -> str:
    """``text`` in one line: white space and control characters made single spaces, invisible ones gone."""
    kept = (
        " " if category == "Cc" else "" if category in INVISIBLE else character
        for character in text
        for category in (unicodedata.category(character),)
    )
    return _BLANK.sub(" ", "".join(kept)).strip()
