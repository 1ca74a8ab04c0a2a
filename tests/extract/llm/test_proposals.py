"""From proposals to claims: the words decide, and what does not hold up is counted by its reason."""

from __future__ import annotations

from typing import Any

import pytest
from tests.extract.llm.stub import end, event, tie
from tests.extract.marked import marked

from colligate.extract.base import Reading, Speech
from colligate.extract.claims import ClaimStage
from colligate.extract.dates import DateStage
from colligate.extract.llm.chunks import chunks_of
from colligate.extract.llm.proposals import ClaimMaker
from colligate.extract.llm.reply import Proposals
from colligate.extract.llm.tally import Drop, LeftOut, Tally
from colligate.model import Attribution, Claim, Event, Tie

SAY = (
    "[Brann Okot](person) has led the [Salt Column](organisation) since 1991. "
    "In March 1994, Ida Moss writes, [he](person) met [Yun Darel](person) at [Veshti](place) after the fall "
    "of the old fort. "
    "The [Salt Column](organisation) raided the [Grey Front](organisation), killing at least 12 men, and "
    "Zed Harrow fled."
)
OKOT, COLUMN = end("person", "Brann Okot"), end("organisation", "Salt Column")
LED = "Brann Okot has led the Salt Column"
MET = "he met Yun Darel at Veshti"


def reading(say: str = SAY) -> Reading:
    made = marked(say)
    for cluster in made.clusters:
        cluster.namings = [n for n, naming in enumerate(made.namings) if naming.cluster == cluster.index]
    for naming in made.namings:
        if made.document.text[naming.start : naming.end] == "he":
            naming.form, naming.cluster = "pronoun", 0
    DateStage().run(made)
    return made


def claims(
    *ties: dict[str, Any], events: tuple[dict[str, Any], ...] = (), of: Reading | None = None
) -> tuple[list[Claim], Tally]:
    of = of or reading()
    tally = Tally()
    (chunk,) = chunks_of(of.document, 4000)
    maker = ClaimMaker(of, method="llm:stub-1", tally=tally)
    return maker.claims(Proposals(list(ties), list(events)), chunk), tally


def one(*ties: dict[str, Any], **more: Any) -> Claim:
    (claim,), _ = claims(*ties, **more)
    return claim


def test_a_tie_shows_its_words_and_who_proposed_it() -> None:
    claim = one(tie("leader_of", OKOT, COLUMN, LED))
    assert isinstance(claim, Tie)
    assert claim.evidence[0].quote == LED
    assert (claim.subject.actor.name, claim.object.mention.quote) == ("Brann Okot", "Salt Column")
    assert claim.basis.method == "llm:stub-1"
    assert 0 < claim.basis.score < 1


def test_how_well_the_quote_was_located_is_counted_and_lowers_the_score() -> None:
    exact, counted = claims(tie("leader_of", OKOT, COLUMN, LED))
    assert (counted.exact, counted.folded) == (1, 0)
    folded, counted = claims(tie("leader_of", OKOT, COLUMN, LED.replace(" led ", "  led\n")))
    assert (counted.exact, counted.folded) == (0, 1)
    assert folded[0].basis.score < exact[0].basis.score
    assert folded[0].evidence[0].quote == LED


@pytest.mark.parametrize(
    ("proposed", "drop"),
    [
        (tie("leader_of", OKOT, COLUMN, "Brann Okot commands the Salt Column"), Drop.QUOTE),
        (tie("leader_of", OKOT, COLUMN, ""), Drop.QUOTE),
        (tie("leader_of", end("person", "Yun Darel"), COLUMN, LED), Drop.END),
        (tie("leader_of", OKOT, end("organisation", "http://elsewhere.example"), LED), Drop.END),
        (tie("leader_of", OKOT, end("organisation", "led", "led"), LED), Drop.NAMELESS),
        (tie("leader_of", COLUMN, OKOT, LED), Drop.KINDS),
        (tie("allied_with", OKOT, OKOT, LED), Drop.ONE),
        (tie("met", end("person", "he", "Brann Okot"), OKOT, f"{LED} since 1991. In March 1994"), Drop.END),
        (
            tie(
                "leader_of", OKOT, COLUMN, LED,
                attribution=[{"name": "A senior judge", "cue": "said", "source_kind": "state"}],
            ),
            Drop.SOURCE,
        ),
    ],
)  # fmt: skip
def test_what_is_not_in_the_text_is_dropped(proposed: dict[str, Any], drop: Drop) -> None:
    made, tally = claims(proposed)
    assert made == []
    assert tally.dropped == {drop: 1}


def test_a_quote_that_is_half_the_report_is_no_quote() -> None:
    text = "[Brann Okot](person) led the [Salt Column](organisation), " + "and so on, " * 60 + "in 1991."
    made = reading(text)
    assert claims(tie("leader_of", OKOT, COLUMN, made.document.text), of=made)[1].dropped == {Drop.LONG: 1}


def test_the_actor_of_the_words_and_not_the_one_that_the_model_names() -> None:
    claim = one(tie("leader_of", end("person", "Brann Okot", "Yun Darel"), COLUMN, LED))
    assert isinstance(claim, Tie)
    assert claim.subject.actor.name == "Brann Okot"


def test_a_pronoun_shows_where_its_name_stands() -> None:
    claim = one(tie("met", end("person", "he", "Brann Okot"), end("person", "Yun Darel"), MET))
    assert isinstance(claim, Tie)
    assert (claim.subject.actor.name, claim.subject.mention.form) == ("Brann Okot", "pronoun")
    assert [piece.quote for piece in claim.evidence] == [MET, "Brann Okot"]


def test_a_pronoun_that_the_model_gives_to_nobody_of_the_document_keeps_its_reading() -> None:
    claim = one(tie("met", end("person", "he", "The Emperor"), end("person", "Yun Darel"), MET))
    assert isinstance(claim, Tie)
    assert claim.subject.actor.name == "Brann Okot"


def test_a_name_that_the_reading_has_missed_is_a_new_actor() -> None:
    claim = one(
        tie("opposed", COLUMN, end("person", "Zed Harrow"), "Salt Column raided the Grey Front, killing at "
            "least 12 men, and Zed Harrow fled")
    )  # fmt: skip
    assert isinstance(claim, Tie)
    assert (claim.object.actor.name, claim.object.actor.kind) == ("Zed Harrow", "person")
    assert claim.object.actor.aliases == ()


def test_an_event_with_its_roles_place_and_dead() -> None:
    claim = one(
        events=(
            event(
                "attack", "raided", "Salt Column raided the Grey Front, killing at least 12 men",
                {"perpetrator": COLUMN, "target": end("organisation", "Grey Front")}, killed=12, wounded=40,
            ),
        )
    )  # fmt: skip
    assert isinstance(claim, Event)
    assert {role: [p.actor.name for p in filled] for role, filled in claim.roles} == {
        "perpetrator": ["Salt Column"],
        "target": ["Grey Front"],
    }
    assert (claim.trigger.quote, claim.killed, claim.wounded) == ("raided", 12, None)


def test_of_an_event_only_who_stands_in_the_quote_takes_part() -> None:
    made, tally = claims(
        events=(
            event(
                "meeting", "met", MET,
                {"participant": end("person", "Yun Darel"), "perpetrator": end("person", "he", "Brann Okot"),
                 "place": end("person", "Yun Darel"), "victim": end("person", "The Emperor")},
                where=end("place", "Veshti"),
            ),
        )
    )  # fmt: skip
    (claim,) = made
    assert isinstance(claim, Event)
    assert [role for role, _ in claim.roles] == ["participant"]
    assert tally.left_out == {LeftOut.ROLE: 2, LeftOut.PARTICIPANT: 1}


@pytest.mark.parametrize(
    ("proposed", "drop"),
    [
        (event("meeting", "embraced", MET, {"participant": end("person", "Yun Darel")}), Drop.TRIGGER),
        (event("meeting", "met", MET, {}), Drop.EMPTY),
        (event("meeting", "met", MET, {}, where=end("place", "Veshti")), Drop.EMPTY),
    ],
)
def test_an_event_without_words_or_participants_is_none(proposed: dict[str, Any], drop: Drop) -> None:
    assert claims(events=(proposed,))[1].dropped == {drop: 1}


@pytest.mark.parametrize(
    ("edtf", "words", "kept"),
    [
        ("1994-03", "In March 1994", "1994-03"),
        ("1994-03/..", "March 1994", "1994-03/.."),  # whether it begins there is the model's to say
        ("../1994-03", "March 1994", "../1994-03"),
        ("1999-12-24", "In March 1994", "1994-03"),  # what the words mean is not
        ("not a date", "In March 1994", "1994-03"),
    ],
)
def test_a_date_is_what_its_words_say(edtf: str, words: str, kept: str) -> None:
    quote = "he met Yun Darel at Veshti after the fall of the old fort"
    proposed = tie("met", end("person", "he"), end("person", "Yun Darel"), quote)
    claim = one({**proposed, "when": {"edtf": edtf, "quote": words}})
    assert claim.when is not None
    assert claim.when.edtf == kept
    assert "March 1994" in claim.when.quote


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("in May 1999", LeftOut.DATE_WORDS),
        ("the fall of the old fort", LeftOut.DATE_UNREAD),
        ("", LeftOut.DATE_WORDS),
    ],
)
def test_a_date_that_the_text_does_not_say_is_left_out(words: str, why: LeftOut) -> None:
    proposed = tie("met", end("person", "he"), end("person", "Yun Darel"), MET)
    made, tally = claims({**proposed, "when": {"edtf": "1999-05", "quote": words}})
    assert made[0].when is None
    assert tally.left_out == {why: 1}


def test_a_source_is_in_the_text() -> None:
    link = {"name": "Ida Moss", "cue": "writes", "source_kind": "scholar"}
    claim = one(tie("met", end("person", "he"), end("person", "Yun Darel"), MET, attribution=[link]))
    assert claim.attribution == (Attribution("Ida Moss", "writes", "scholar"),)
    claim = one(
        tie(
            "met", end("person", "he"), end("person", "Yun Darel"), MET,
            attribution=[{"name": "Grey Front", "cue": "swore", "source_kind": "group"}],
        )
    )  # fmt: skip
    assert claim.attribution[0].actor_id
    assert claim.attribution[0].cue == ""


def test_a_source_that_the_model_has_passed_over_is_the_reading_s() -> None:
    made = reading()
    start = made.document.text.index("he met")
    made.speeches = [Speech("Ida Moss", "scholar", "writes", start, start + len(MET), "indirect")]
    claim = one(tie("met", end("person", "he"), end("person", "Yun Darel"), MET), of=made)
    assert [link.name for link in claim.attribution] == ["Ida Moss"]


def test_what_a_pattern_has_found_is_not_found_again() -> None:
    made = reading()
    ClaimStage().run(made)
    before = [claim for claim in made.claims if claim.type == "leader_of"]
    assert before
    found, tally = claims(tie("leader_of", OKOT, COLUMN, f"{LED} since 1991"), of=made)
    assert (found, tally.known, tally.kept) == ([], 1, 0)


def test_the_same_proposed_twice_or_the_other_way_round_is_one() -> None:
    he, darel = end("person", "he"), end("person", "Yun Darel")
    made, tally = claims(tie("met", he, darel, MET), tie("met", darel, he, "he met Yun Darel"))
    assert (len(made), tally.known) == (1, 1)


def test_every_proposal_is_counted_once() -> None:
    proposed = [
        tie("leader_of", OKOT, COLUMN, LED),
        tie("leader_of", OKOT, COLUMN, LED),
        tie("leader_of", OKOT, COLUMN, "never said"),
    ]
    _, tally = claims(*proposed)
    assert tally.proposed == tally.kept + tally.known + tally.dropped.total() == 3
