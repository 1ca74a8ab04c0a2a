"""Whole sentences through the whole pipeline: who, what, when, where, according to whom, in which words."""

from __future__ import annotations

import pytest
from tests.extract.marked import marked

from colligate.extract.claims import ClaimStage
from colligate.extract.pipeline import Pipeline, default_pipeline
from colligate.model import Claim, Document, Event, Tie

TEXT = (
    "The Amber Column was founded in 1986 by Orsan Velk. According to Dara Min, a historian of the region, "
    "the Amber Column attacked the Telm Guard near Peshawar in May 1994, killing 12 policemen. "
    "Velk reportedly fled to Karachi in 1996. The Amber Column did not kidnap Ilm Torrin. "
    "In 1997 the Telm Guard claimed that the Amber Column had planned to assassinate General Sabri Noor."
)


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return default_pipeline()


@pytest.fixture(scope="module")
def claims(pipeline: Pipeline) -> list[Claim]:
    document = Document(
        id="sha256:0", text=TEXT, body_end=len(TEXT), media_type="text/plain", reader="test/1"
    )
    return list(pipeline.extract(document).claims)


def tie(claims: list[Claim], kind: str, subject: str, target: str) -> Tie:
    """The one tie of this type between the two."""
    [found] = [
        c
        for c in claims
        if isinstance(c, Tie)
        and (c.type, c.subject.actor.name, c.object.actor.name) == (kind, subject, target)
    ]
    return found


def event(claims: list[Claim], kind: str) -> Event:
    """The one event of this type."""
    [found] = [c for c in claims if isinstance(c, Event) and c.type == kind]
    return found


def fillers(claim: Event) -> dict[str, list[str]]:
    return {role: [party.actor.name for party in parties] for role, parties in claim.roles}


def counted(say: str) -> list[tuple[str, int | None, int | None]]:
    """The events of a marked text with their killed and wounded."""
    reading = marked(say)
    ClaimStage().run(reading)
    return [(c.type, c.killed, c.wounded) for c in reading.claims if isinstance(c, Event)]


def test_every_quote_is_what_the_document_says_there(claims: list[Claim]) -> None:
    evidence = [piece for claim in claims for piece in claim.evidence]
    assert evidence
    assert all(TEXT[piece.start : piece.end] == piece.quote for piece in evidence)


def test_the_quote_of_a_tie_holds_its_trigger_and_both_ends(claims: list[Claim]) -> None:
    assert tie(claims, "opposed", "Amber Column", "Telm Guard").evidence[0].quote == (
        "Amber Column attacked the Telm Guard"
    )


def test_an_attack_has_its_date_its_place_and_its_source(claims: list[Claim]) -> None:
    attack = event(claims, "attack")
    assert fillers(attack) == {
        "perpetrator": ["Amber Column"],
        "target": ["Telm Guard"],
        "place": ["Peshawar"],
    }
    assert attack.when is not None
    assert attack.when.edtf == "1994-05"
    assert attack.where is not None
    assert attack.where.actor.name == "Peshawar"
    assert [source.name for source in attack.attribution] == ["Dara Min"]
    assert attack.outcome == "carried_out"


def test_distance_and_denial_are_stances(claims: list[Claim]) -> None:
    fled = tie(claims, "relocated_to", "Orsan Velk", "Karachi")
    assert fled.stance == "alleged"
    assert fled.when is not None
    assert fled.when.edtf == "1996"
    assert tie(claims, "opposed", "Amber Column", "Ilm Torrin").stance == "denied"
    assert tie(claims, "founder_of", "Orsan Velk", "Amber Column").stance == "asserted"


def test_a_killing_that_was_planned_is_a_plot_and_its_victim_a_target(claims: list[Claim]) -> None:
    plot = event(claims, "plot")
    assert fillers(plot) == {"perpetrator": ["Amber Column"], "target": ["Sabri Noor"]}
    assert plot.stance == "planned"
    assert [source.name for source in plot.attribution] == ["Telm Guard"]


def test_a_claim_is_told_by_the_rule_that_made_it(claims: list[Claim]) -> None:
    assert tie(claims, "opposed", "Amber Column", "Telm Guard").basis.method == "pattern:attack"


def test_the_dead_of_a_sentence_go_to_the_nearest_event_and_to_no_other() -> None:
    told = counted(
        "The [Amber Column](organisation) attacked the [Telm Guard](organisation) in [Telm](place), "
        "and the [Salt Front](organisation) bombed the [Ridge Union](organisation), killing at least 12 "
        "people and wounding 30."
    )
    assert [(killed, wounded) for _, killed, wounded in told if killed is not None] == [(12, 30)]
    assert ("attack", None, None) in told


def test_the_dead_of_another_sentence_are_not_counted() -> None:
    told = counted(
        "The [Amber Column](organisation) attacked the [Telm Guard](organisation). "
        "Later 12 people were killed."
    )
    assert told == [("attack", None, None)]


def test_an_arrest_counts_no_dead() -> None:
    told = counted(
        "The [Telm Guard](organisation) arrested [Orsan Velk](person) after 12 people were killed."
    )
    assert ("arrest", None, None) in told


@pytest.mark.parametrize(
    ("say", "kind", "outcome"),
    [
        ("An attack by the [Amber Column](organisation) on [Telm](place) was foiled.", "plot", "foiled"),
        (
            "An attack by the [Amber Column](organisation) on [Telm](place) was reported.",
            "attack",
            "carried_out",
        ),
    ],
)
def test_an_attack_that_was_foiled_is_a_plot(say: str, kind: str, outcome: str) -> None:
    reading = marked(say)
    ClaimStage().run(reading)
    assert [(c.type, c.outcome) for c in reading.claims if isinstance(c, Event)] == [(kind, outcome)]


def test_who_planned_an_attack_is_not_its_perpetrator() -> None:
    reading = marked("[Orsan Velk](person) masterminded the bombing of the [Telm Guard](organisation).")
    ClaimStage().run(reading)
    assert fillers(event(reading.claims, "attack")) == {"planner": ["Orsan Velk"], "target": ["Telm Guard"]}


def test_a_rule_that_needs_an_argument_is_silent_without_it() -> None:
    reading = marked("The [Telm Guard](organisation) captured three tanks in [Telm](place).")
    ClaimStage().run(reading)
    assert not [c for c in reading.claims if c.type == "arrest"]
