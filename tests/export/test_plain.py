from __future__ import annotations

import json
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from colligate.export.plain import json_text, line_shown, text_shown

ANY_TEXT = st.text(alphabet=st.characters())
BIDI = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029")


def obeyed(text: str) -> set[str]:
    """The characters that a terminal would act on."""
    return {letter for letter in text if unicodedata.category(letter) in {"Cc", "Cs"} or letter in BIDI}


@given(ANY_TEXT)
def test_a_line_is_shown_and_not_obeyed(text: str) -> None:
    assert not obeyed(line_shown(text))


@given(ANY_TEXT)
def test_a_text_keeps_its_length_and_its_lines(text: str) -> None:
    shown = text_shown(text)
    assert len(shown) == len(text)
    assert obeyed(shown) <= {"\n"}


@given(ANY_TEXT)
def test_json_is_safe_to_show_and_loses_nothing(text: str) -> None:
    written = json_text({"quote": text})
    assert not obeyed(written)
    assert json.loads(written)["quote"] == text


def test_an_escape_sequence_stays_visible() -> None:
    assert line_shown("a\x1b[2Jb") == "a␛[2Jb"
    assert line_shown("exe\u202egnp.") == "exe\ufffdgnp."
    assert line_shown(" two\n lines ") == "two lines"
