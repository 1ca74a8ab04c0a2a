import pytest

from colligate.errors import QuoteError
from colligate.model import Actor, Document, Evidence, Mention, Party, Tie

TEXT = "Orsan Velk leads the Amber Column."


def document(text: str = TEXT) -> Document:
    return Document(id="sha256:1", text=text, body_end=len(text), media_type="text/plain", reader="text/1")


def party(kind: str, quote: str) -> Party:
    start = TEXT.index(quote)
    actor = Actor.of(document="sha256:1", kind=kind, name=quote)
    return Party(actor, Mention(start, start + len(quote), quote))


def test_evidence_returns_its_quote() -> None:
    evidence = Evidence.of(document(), 0, 10)
    assert evidence.quote == "Orsan Velk" == TEXT[evidence.start : evidence.end]


def test_evidence_refuses_a_quote_that_does_not_stand_there() -> None:
    with pytest.raises(QuoteError):
        Evidence.of(document(), 0, 10, "Orsan Volk")


def test_evidence_refuses_an_empty_span_and_a_span_past_the_end() -> None:
    with pytest.raises(QuoteError):
        Evidence.of(document(), 5, 5)
    with pytest.raises(QuoteError):
        Evidence.of(document(), 900, 910)


def test_a_tie_without_evidence_cannot_be_made() -> None:
    with pytest.raises(QuoteError):
        Tie.of("leader_of", party("person", "Orsan Velk"), party("organisation", "Amber Column"), ())


def test_the_id_of_a_tie_ignores_date_stance_and_score_but_not_type() -> None:
    ends = party("person", "Orsan Velk"), party("organisation", "Amber Column")
    evidence = (Evidence.of(document(), 0, len(TEXT)),)
    one = Tie.of("leader_of", *ends, evidence)
    assert one.id == Tie.of("leader_of", *ends, evidence, stance="alleged").id
    assert one.id != Tie.of("member_of", *ends, evidence).id
