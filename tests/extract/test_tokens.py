import pytest

from colligate.extract.tokens import tokenize


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Harakat-e-Velk", ["Harakat", "-", "e", "-", "Velk"]),
        ("the Column’s emir", ["the", "Column", "’s", "emir"]),
        ("al-Qa’ida's men", ["al", "-", "Qa’ida", "'s", "men"]),
        ("U.S. officials", ["U.S.", "officials"]),
        ("in the 1990s, 9/11 and 1,200 men", ["in", "the", "1990s", ",", "9/11", "and", "1,200", "men"]),
        ("Brigade M23.", ["Brigade", "M23", "."]),
    ],
)
def test_tokens_are_as_the_patterns_expect_them(text: str, words: list[str]) -> None:
    assert tokenize(text).text == words


def test_every_token_stands_at_its_offsets() -> None:
    text = "In “late 2001”, the fighters' camp\nnear Ordan moved."
    tokens = tokenize(text)
    assert all(text[s:e] == w for s, e, w in zip(tokens.start, tokens.end, tokens.text, strict=True))
