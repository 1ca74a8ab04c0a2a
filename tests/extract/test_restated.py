"""A tie that is stated more than once is one claim with all its evidence - but never across sources, stances
or dates."""

from dataclasses import replace

import pytest

from colligate.extract.restated import restated
from colligate.model import (
    Actor,
    Attribution,
    Basis,
    Document,
    Evidence,
    Mention,
    Party,
    Tie,
    When,
    statements,
)
from colligate.values.dates import parse_edtf
from colligate.vocabulary import load

TEXT = "Hana Brel leads the Ember League. " * 6
SENTENCE = 34


def tie(number: int, *, type_: str = "leader_of", score: float = 0.8, turned: bool = False) -> Tie:
    at = number * SENTENCE
    document = Document("sha256:0", TEXT, len(TEXT), "text/plain", "test")
    one = Party(
        Actor.of(document=document.id, kind="person", name="Hana Brel", aliases=()),
        Mention(at, at + 9, "Hana Brel", "name"),
    )
    two = Party(
        Actor.of(document=document.id, kind="organisation", name="Ember League", aliases=()),
        Mention(at + 20, at + 32, "Ember League", "name"),
    )
    ends = (two, one) if turned else (one, two)
    made = Tie.of(type_, *ends, (Evidence.of(document, at, at + 33),), basis=Basis("pattern:x", score))
    return replace(made, id=f"{made.id}-{number}")


def on(claim: Tie, edtf: str) -> Tie:
    when = parse_edtf(edtf)
    assert when is not None
    return replace(claim, when=When(edtf))


def test_two_statements_are_one_claim_with_two_evidences() -> None:
    first, second = tie(0, score=0.6), tie(3, score=0.9)
    (made,) = restated([second, first], load())
    assert isinstance(made, Tie)
    assert made.id == first.id
    assert [evidence.start for evidence in made.evidence] == [0, 3 * SENTENCE]
    assert made.basis == second.basis
    own, again = statements(made)
    assert (own, again) == (first.evidence, second.evidence)


def test_a_symmetric_tie_is_the_same_both_ways_and_another_is_not() -> None:
    assert len(restated([tie(0, type_="allied_with"), tie(1, type_="allied_with", turned=True)], load())) == 1
    assert len(restated([tie(0, type_="opposed"), tie(1, type_="opposed", turned=True)], load())) == 2


@pytest.mark.parametrize(
    "other",
    [
        replace(tie(1), stance="denied"),
        replace(tie(1), attribution=(Attribution("local elders", "said"),)),
        tie(1, type_="founder_of"),
        tie(1, score=0.2),
    ],
    ids=["denied", "by another source", "of another type", "a suggestion"],
)
def test_what_says_something_else_stays_by_itself(other: Tie) -> None:
    assert len(restated([tie(0), other], load())) == 2


def test_a_statement_without_a_date_goes_with_the_nearest_dated_one() -> None:
    made = restated([on(tie(0), "1999"), tie(1), on(tie(4), "2004"), tie(5)], load())
    assert [(claim.when.edtf if claim.when else "", len(claim.evidence)) for claim in made] == [
        ("1999", 2),
        ("2004", 2),
    ]


def test_nothing_is_lost() -> None:
    claims = [tie(0), on(tie(1), "1999"), replace(tie(2), stance="denied"), tie(3, score=0.1)]
    kept = [evidence for claim in restated(claims, load()) for evidence in claim.evidence]
    assert sorted(kept, key=lambda evidence: evidence.start) == [
        evidence for claim in claims for evidence in claim.evidence
    ]
