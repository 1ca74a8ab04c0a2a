"""Hand-made claims against the small reference in tests/data/gold; every number here was counted by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from colligate.errors import ClaimsFileError, NotFoundError
from colligate.model import (
    Actor,
    Attribution,
    Claim,
    Document,
    Event,
    Evidence,
    Mention,
    Party,
    Tie,
    When,
)
from colligate.vocabulary import load
from colligate.workflows.gold import gold_load, name_folded
from colligate.workflows.scoring import Scores, Share, actors_named, claims_score

PREFIX = Path(__file__).parents[1] / "data" / "gold" / "velk"
TEXT = PREFIX.with_suffix(".txt").read_text("utf-8")
DOCUMENT = Document("sha256:00", TEXT, len(TEXT), "text/plain", "test")
MOSS = (Attribution("Ida Moss", "says"),)


def party(name: str, kind: str = "organisation") -> Party:
    return Party(Actor.of(document=DOCUMENT.id, kind=kind, name=name), Mention(0, 1, name))


OKOT, DAREL = party("Okot", "person"), party("Yun Darel", "person")
COLUMN, FRONT, NOBODY = party("The Salt Column"), party("Grey Front"), party("Red Hand")


def tie(
    type_: str, subject: Party, object_: Party, *, stance: str = "asserted", year: int = 0,
    attribution: tuple[Attribution, ...] = (),
) -> Tie:  # fmt: skip
    when = When(str(year), date(year, 1, 1), date(year, 12, 31)) if year else None
    return Tie.of(
        type_, subject, object_, (Evidence.of(DOCUMENT, 0, 10),), stance=stance, when=when,
        attribution=attribution,
    )  # fmt: skip


def event(type_: str, quote: str, *parties: Party) -> Event:
    start = TEXT.index(quote)
    evidence = (Evidence.of(DOCUMENT, start, start + len(quote)),)
    return Event.of(type_, Mention(start, start + 1, quote[0]), {"participant": parties}, evidence)


def score(*claims: Claim) -> Scores:
    return claims_score(claims, gold_load(PREFIX), load())


def test_no_claims_score_nothing_and_divide_by_nothing() -> None:
    scores = score()
    assert scores.strict.f1 == 0
    assert scores.strict.recall == Share(0, 4)
    assert scores.events.recall == Share(0, 2)
    assert scores.actors == Share(0, 5)


def test_the_reference_itself_scores_one() -> None:
    scores = score(
        tie("leader_of", OKOT, COLUMN),
        tie("met", COLUMN, DAREL, year=1991),
        tie("member_of", DAREL, FRONT),
        tie("opposed", COLUMN, FRONT, attribution=MOSS),
        event("meeting", "the Column met Yun Darel of the Grey Front at Veshti", COLUMN, DAREL),
        event("statement", "Ida Moss says", party("Ida Moss", "person")),
    )
    assert scores.strict.f1 == scores.relaxed.f1 == scores.events.f1 == 1
    assert scores.actors == Share(5, 5)
    assert scores.stance == Share(4, 4)
    assert scores.dates == Share(1, 1)
    assert scores.attribution == Share(1, 1)
    assert scores.by_level["inferred"] == (Share(1, 1), Share(1, 1))


def test_the_same_triple_twice_counts_once() -> None:
    twice = score(tie("leader_of", OKOT, COLUMN), tie("leader_of", OKOT, COLUMN))
    assert twice.strict.precision == Share(1, 1)


def test_order_matters_unless_the_type_is_symmetric() -> None:
    scores = score(tie("met", DAREL, COLUMN), tie("opposed", FRONT, COLUMN))
    assert scores.strict.precision == Share(1, 2)
    assert scores.relaxed.precision == Share(2, 2)


def test_a_neighbouring_type_counts_relaxed_only() -> None:
    scores = score(tie("leader_of", DAREL, FRONT), tie("sponsored", COLUMN, FRONT))
    assert scores.strict.precision == Share(0, 2)
    assert scores.relaxed.precision == Share(1, 2)
    assert scores.by_type["member_of"].recall == Share(0, 1)


def test_an_unknown_actor_costs_precision() -> None:
    assert score(tie("opposed", NOBODY, FRONT), tie("leader_of", OKOT, COLUMN)).strict.precision == Share(
        1, 2
    )


def test_stance_date_and_source_are_asked_of_right_ties_only() -> None:
    scores = score(
        tie("leader_of", OKOT, COLUMN, stance="denied"),
        tie("met", COLUMN, DAREL, year=1992),
        tie("opposed", COLUMN, FRONT),
        tie("opposed", FRONT, COLUMN, stance="denied"),
    )
    assert scores.stance == Share(2, 3)
    assert scores.dates == Share(0, 1)
    assert scores.attribution == Share(0, 1)


def test_a_date_is_unfounded_where_the_reference_has_none() -> None:
    scores = score(
        tie("leader_of", OKOT, COLUMN, year=1991),  # the reference dates no leadership
        tie("met", COLUMN, DAREL, year=1992),  # dated there too, if otherwise
        tie("member_of", DAREL, FRONT),
        tie("opposed", NOBODY, FRONT, year=1990),  # no tie of the reference
    )
    assert scores.unfounded == Share(1, 2)


def test_source_and_year_of_the_same_statement_are_asked_where_the_words_are_the_same() -> None:
    def said(quote: str, made: Tie) -> Tie:
        at = TEXT.index(quote)
        return replace(made, evidence=(Evidence.of(DOCUMENT, at, at + len(quote)),))

    scores = score(
        said("the Column opposed the Front", tie("opposed", COLUMN, FRONT, attribution=MOSS)),
        said("the Column met Yun Darel of the Grey Front", tie("met", COLUMN, DAREL, year=1992)),
    )
    assert scores.own_attribution == Share(1, 1)
    assert scores.own_dates == Share(0, 1)
    elsewhere = score(said("Brann Okot", tie("opposed", COLUMN, FRONT)))
    assert elsewhere.attribution == Share(0, 1)
    assert elsewhere.own_attribution == Share(0, 0)


def test_actors_count_as_named_by_any_of_their_names_and_only_once() -> None:
    gold = gold_load(PREFIX)
    named = [OKOT.actor, COLUMN.actor, replace(NOBODY.actor, aliases=("Salt Column",))]
    assert actors_named(named, gold) == Share(2, 5)
    assert actors_named([], gold) == Share(0, 5)


def test_presence_and_enmity_can_be_left_out() -> None:
    scores = score(
        tie("opposed", COLUMN, FRONT), tie("opposed", NOBODY, FRONT), tie("leader_of", OKOT, COLUMN)
    )
    assert scores.without_presence.precision == Share(1, 1)
    assert scores.without_presence.recall == Share(1, 3)


@pytest.mark.parametrize(
    ("made", "right"),
    [
        (event("meeting", "met", COLUMN, DAREL), 1),  # two participants
        (event("meeting", "the Column met Yun Darel of the Grey Front at Veshti"), 1),  # the words
        (event("meeting", TEXT[: TEXT.index(" of the")], COLUMN), 1),  # one participant and the letters
        (event("meeting", "Brann Okot leads", COLUMN), 0),  # one participant, other words
        (event("attack", "the Column met Yun Darel of the Grey Front at Veshti"), 0),
    ],
)
def test_an_event_is_told_by_its_words_and_participants(made: Event, right: int) -> None:
    assert score(made).events.precision == Share(right, 1)


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("The Salt Column", "saltcolumn"),
        ("al-Osmár", "alosmar"),
        ("Beni Nahran (BN)", "beninahran"),
        ("Sel’Amaru", "selamaru"),
        ("Анна", ""),
    ],
)
def test_names_are_compared_without_case_accents_marks_and_article(name: str, folded: str) -> None:
    assert name_folded(name) == folded


def test_a_missing_file_is_named() -> None:
    with pytest.raises(NotFoundError, match=r"absent\.txt"):
        gold_load(PREFIX.with_name("absent"))


def test_a_wrong_line_is_named(tmp_path: Path) -> None:
    for ending in (".txt", ".entities.jsonl", ".ties.jsonl", ".events.jsonl", ".attributions.jsonl"):
        (tmp_path / f"velk{ending}").write_bytes(PREFIX.with_name(f"velk{ending}").read_bytes())
    with (tmp_path / "velk.ties.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"type": "met"}\n')
    with pytest.raises(ClaimsFileError, match=r"Line 5 of .*velk\.ties\.jsonl"):
        gold_load(tmp_path / "velk")
