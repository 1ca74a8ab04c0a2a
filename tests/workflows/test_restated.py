"""A tie that is stated more than once is one claim with all its evidence - but never across sources, stances
or dates."""

from dataclasses import replace

import pytest

from colligate.model import (
    Actor,
    Attribution,
    Basis,
    Document,
    Evidence,
    Mention,
    Party,
    Review,
    Tie,
    When,
    statements,
)
from colligate.values.dates import parse_edtf
from colligate.vocabulary import load
from colligate.workflows.restated import restated

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
    assert made.basis == Basis("pattern:x; stated 2 times", 0.9)
    own, again = statements(made)
    assert (own, again) == (first.evidence, second.evidence)


def test_a_symmetric_tie_is_the_same_both_ways_and_another_is_not() -> None:
    assert len(restated([tie(0, type_="allied_with"), tie(1, type_="allied_with", turned=True)], load())) == 1
    assert len(restated([tie(0, type_="opposed"), tie(1, type_="opposed", turned=True)], load())) == 2


ELDERS = (Attribution("Mira Voss", "said", "person", "a1"),)
RESIDENTS = (Attribution("residents", "said"),)


@pytest.mark.parametrize(
    "other",
    [
        replace(tie(1), stance="denied"),
        replace(tie(1), attribution=ELDERS),
        replace(tie(1), where=tie(1).object),
        tie(1, type_="founder_of"),
        tie(1, score=0.2),
    ],
    ids=["denied", "by another source", "in another place", "of another type", "a suggestion"],
)
def test_what_says_something_else_stays_by_itself(other: Tie) -> None:
    assert len(restated([tie(0), other], load())) == 2


def test_a_named_source_is_the_same_twice_and_an_unnamed_one_is_not() -> None:
    assert len(restated([replace(tie(n), attribution=ELDERS) for n in (0, 1)], load())) == 1
    assert len(restated([replace(tie(n), attribution=RESIDENTS) for n in (0, 1)], load())) == 2


def test_a_statement_without_a_date_goes_with_a_dated_one_only_where_there_is_one_date() -> None:
    dated = on(tie(1), "1999")
    (made,) = restated([tie(0), dated, on(tie(4), "1999")], load())
    assert made.when == When("1999")
    assert (made.id, made.evidence[0]) == (dated.id, dated.evidence[0])  # whose words give the date
    assert len(made.evidence) == 3
    made_ = restated([on(tie(0), "1999"), tie(1), on(tie(4), "2004"), tie(5)], load())
    assert [(claim.when.edtf if claim.when else "", len(claim.evidence)) for claim in made_] == [
        ("1999", 1),
        ("", 2),
        ("2004", 1),
    ]


def test_nothing_is_lost() -> None:
    claims = [tie(0), on(tie(1), "1999"), replace(tie(2), stance="denied"), tie(3, score=0.1)]
    kept = [evidence for claim in restated(claims, load()) for evidence in claim.evidence]
    assert sorted(kept, key=lambda evidence: evidence.start) == [
        evidence for claim in claims for evidence in claim.evidence
    ]


def test_a_person_s_word_stands() -> None:
    claims = [tie(number) for number in range(4)]
    first, second, third, fourth = (claim.id for claim in claims)
    rejected = restated(claims, load(), {first: Review.REJECTED})
    assert [(claim.id, len(claim.evidence)) for claim in rejected] == [(first, 1), (second, 3)]
    accepted = restated(claims, load(), {third: Review.ACCEPTED})
    assert [(claim.id, len(claim.evidence)) for claim in accepted] == [(third, 4)]
    both = restated(claims, load(), {second: Review.ACCEPTED, fourth: Review.EDITED})
    assert sorted((claim.id, len(claim.evidence)) for claim in both) == sorted([(second, 3), (fourth, 1)])


def test_a_suggestion_that_a_person_accepted_has_the_others_under_it() -> None:
    unsure = tie(2, score=0.2)
    (made,) = restated([tie(0), unsure], load(), {unsure.id: Review.ACCEPTED})
    assert made.id == unsure.id
    assert len(made.evidence) == 2


def test_where_a_pronoun_has_its_name_from_is_no_other_statement() -> None:
    at = TEXT.index("Hana Brel", 40)
    alone = tie(3)
    document = Document("sha256:0", TEXT, len(TEXT), "text/plain", "test")
    said = replace(alone, evidence=(*alone.evidence, Evidence.of(document, at, at + 9)))
    assert statements(said) == (said.evidence, ())
    (made,) = restated([said, tie(5)], load())
    assert statements(made) == (said.evidence, tie(5).evidence)
