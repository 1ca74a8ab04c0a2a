"""What is held out of training is held out with the noted texts of its document."""

from training.reader.noted import same_document

ARTICLE = " ".join(f"word{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(400))
PART = " ".join(ARTICLE.split()[100:200])
OTHER = " ".join(f"else{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(400))


def test_a_part_and_its_whole_are_one_document_whichever_is_asked_first() -> None:
    assert same_document(PART, ARTICLE)
    assert same_document(ARTICLE, PART.upper())


def test_different_texts_are_not() -> None:
    assert not same_document(OTHER, ARTICLE)
    assert not same_document("", ARTICLE)
    assert not same_document("short", ARTICLE)
