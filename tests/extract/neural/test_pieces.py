"""Text cut into the windows that the encoder reads."""

import numpy as np
import pytest
from tokenizers import Tokenizer

from colligate.extract.neural import pieces
from colligate.extract.neural.pieces import windows
from colligate.extract.pipeline import MODEL_MANIFEST

TEXT = "Orel Torvan led the VELK Column. In 1998 it left Ténla for São Brás."
SENTENCES = [(0, 32), (33, 69)]


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    found = Tokenizer.from_file(str(MODEL_MANIFEST.with_name("tokenizer.json")))
    found.no_padding()
    found.no_truncation()
    return found


def test_every_piece_stands_where_it_says(tokenizer: Tokenizer) -> None:
    (window,) = windows(TEXT, SENTENCES, tokenizer)
    shown = [TEXT[start:end] for start, end in zip(window.starts[1:-1], window.ends[1:-1], strict=True)]
    assert "".join(shown) == TEXT.replace(" ", "")
    assert window.ids[0] == pieces.CLS
    assert window.ids[-1] == pieces.SEP
    assert sorted(set(window.sentences.tolist())) == [0, 1]


def test_span_gives_the_pieces_of_a_name_and_nothing_outside_the_window(tokenizer: Tokenizer) -> None:
    (window,) = windows(TEXT, SENTENCES, tokenizer)
    start = TEXT.index("Ténla")
    place = window.span(start, start + len("Ténla"))
    assert place is not None
    assert TEXT[window.starts[place[0]] : window.ends[place[1]]] == "Ténla"
    assert window.span(len(TEXT) + 1, len(TEXT) + 4) is None


def test_spelling_tells_capitals_from_openings_and_figures(tokenizer: Tokenizer) -> None:
    (window,) = windows(TEXT, SENTENCES, tokenizer)
    by_word = {
        TEXT[start:end]: case
        for start, end, case in zip(window.starts, window.ends, window.cases, strict=True)
        if start >= 0
    }
    assert by_word["In"] == pieces.OPENING
    assert by_word["led"] == pieces.LOWER
    assert by_word["1998"] == pieces.FIGURE
    assert by_word["."] == pieces.MARK


def test_spelling_of_a_text_in_capitals_says_nothing(tokenizer: Tokenizer) -> None:
    text = TEXT.upper()
    (window,) = windows(text, [(0, len(text))], tokenizer)
    assert set(window.cases.tolist()) == {pieces.PLAIN}
    (plain,) = windows(TEXT, [(0, len(TEXT))], tokenizer)
    assert np.array_equal(window.ids, plain.ids)


def test_windows_hold_whole_sentences_and_share_nothing(tokenizer: Tokenizer) -> None:
    text = " ".join(f"Actor {number} met the Column in Telm." for number in range(60))
    cuts = [i for i, char in enumerate(text) if char == "."]
    sentences = list(zip([0, *(cut + 2 for cut in cuts[:-1])], [cut + 1 for cut in cuts], strict=True))
    made = windows(text, sentences, tokenizer, most=50)
    assert len(made) > 5
    assert all(len(window) <= 52 for window in made)
    numbers = [number for window in made for number in dict.fromkeys(window.sentences.tolist())]
    assert numbers == list(range(60))


def test_a_sentence_longer_than_a_window_is_cut(tokenizer: Tokenizer) -> None:
    text = "Telm, " * 300
    made = windows(text, [(0, len(text))], tokenizer, most=50)
    assert sum(len(window) - 2 for window in made) >= 600
    assert all(len(window) <= 52 for window in made)


def test_no_text_gives_no_window(tokenizer: Tokenizer) -> None:
    assert windows("", [], tokenizer) == []
