"""Text that a terminal, a pager or a spreadsheet shows and never obeys.

Documents and file names come from strangers: an escape sequence in a quote must not move the cursor,
and a right-to-left override must not turn "gnp.exe" into "exe.png".
"""

from __future__ import annotations

import json

_BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_LINES = "\x85\u2028\u2029"
_SURROGATES = range(0xD800, 0xE000)
_OBEYED = [*range(0x20), *range(0x7F, 0xA0), *map(ord, _BIDI + _LINES), *_SURROGATES]

# C0 controls have pictures of their own; everything else shows as a replacement character.
_SHOWN = {code: chr(0x2400 + code) if code < 0x20 else "\ufffd" for code in _OBEYED}
_SHOWN[0x7F] = "\u2421"
_FOLDED = _SHOWN | {ord(space): " " for space in "\t\n\v\f\r" + _LINES}
_ESCAPED = {code: f"\\u{code:04x}" for code in _OBEYED if code >= 0x7F}


def line_shown(text: str) -> str:
    """``text`` on one line: white space folded to single spaces, every control character visible."""
    return " ".join(text.translate(_FOLDED).split())


def text_shown(text: str) -> str:
    """``text`` with its line ends, every other control character visible. Tabs become spaces.

    One character stays one character, so that offsets into ``text`` still hold.
    """
    return text.translate(_SHOWN | {0x09: " ", 0x0A: "\n"})


def json_text(value: object, *, indent: int | None = None) -> str:
    """``value`` as JSON that is safe to show and loses nothing: control characters are escaped."""
    separators = (", ", ": ") if indent is None else (",", ": ")
    return json.dumps(value, ensure_ascii=False, indent=indent, separators=separators).translate(_ESCAPED)
