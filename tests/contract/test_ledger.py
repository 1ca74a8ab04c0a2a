"""The ledger of judgements: reversible, and the same in any order."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from colligate.errors import NotFoundError
from colligate.model import SHOWN_FROM, Judgement, Review, Verdict
from colligate.store import ClaimFilter, Store
from colligate.store.ledger import judgement


def reviews(store: Store) -> dict[str, Review]:
    return {one.claim.id: one.claim.review for one in store.view.claims()}


def test_judgement_reviews_a_claim_and_withdrawing_restores_the_state(store: Store, sample: Any) -> None:
    sample.fill(store)
    before = list(store.view.claims())
    line = judgement(Verdict.ACCEPT, sample.led().id, by="ada", at=sample.at, reason="Voss was there")
    with store.writer() as writer:
        writer.add_judgement(line)
        assert reviews(store)[sample.led().id] is Review.ACCEPTED
        assert list(store.view.judgements(sample.led().id)) == [line]
        writer.withdraw(line.id, at=sample.later.at)
    assert list(store.view.claims()) == before
    (ended,) = store.view.judgements()
    assert ended.withdrawn_at == sample.later.at
    assert not list(store.view.judgements(withdrawn=False))


def test_a_suggestion_that_a_person_accepts_is_shown(store: Store, sample: Any) -> None:
    sample.fill(store)
    unsure = sample.led(score=0.2)
    with store.writer() as writer:
        writer.finish_document(sample.first, claims=[unsure], actors=[], run=sample.better)
    shown = ClaimFilter(min_score=SHOWN_FROM)
    assert unsure.id not in {one.claim.id for one in store.view.claims(shown)}
    with store.writer() as writer:
        writer.add_judgement(judgement(Verdict.ACCEPT, unsure.id, by="ada", at=sample.at))
    assert unsure.id in {one.claim.id for one in store.view.claims(shown)}


def test_suggestions_are_counted_apart(store: Store, sample: Any) -> None:
    sample.fill(store)
    with store.writer() as writer:
        claims = [sample.led(score=0.2), sample.founded(), sample.attacked()]
        writer.finish_document(sample.first, claims=claims, actors=[], run=sample.better)
    summary = store.view.summary(sample.first.id)
    assert summary is not None
    sure = [claim for claim in claims if claim.basis.score >= SHOWN_FROM]
    assert summary.ties + summary.events == len(sure)
    assert summary.suggestions == len(claims) - len(sure)
    assert summary in list(store.view.documents())
    with store.writer() as writer:
        writer.add_judgement(judgement(Verdict.ACCEPT, claims[0].id, by="ada", at=sample.at))
    accepted = store.view.summary(sample.first.id)
    assert accepted is not None
    assert (accepted.ties, accepted.suggestions) == (summary.ties + 1, summary.suggestions - 1)


def test_judgement_is_added_and_withdrawn_once(store: Store, sample: Any) -> None:
    sample.fill(store)
    line = judgement(Verdict.REJECT, sample.led().id, by="ada", at=sample.at)
    with store.writer() as writer:
        writer.add_judgement(line)
        writer.withdraw(line.id, at=sample.at)
        writer.add_judgement(line)
        writer.withdraw(line.id, at=sample.later.at)
    assert [one.withdrawn_at for one in store.view.judgements()] == [sample.at]
    assert reviews(store)[sample.led().id] is Review.UNREVIEWED


def test_pair_of_actors_is_judged_and_outlasts_a_reading(store: Store, sample: Any) -> None:
    sample.fill(store)
    (tal,) = store.view.actor("Omar Tal")
    line = judgement(Verdict.SAME, *reversed(tal.ids), by="ada", at=sample.at)
    assert line.about == tuple(sorted(tal.ids))
    with store.writer() as writer:
        writer.add_judgement(line)
        writer.finish_document(sample.first, claims=[], actors=[], run=sample.better)
    for id_ in tal.ids:
        assert list(store.view.judgements(id_)) == [line]
        assert len(store.view.actor(id_)) == 1


def test_judgement_about_nothing_is_refused(store: Store, sample: Any) -> None:
    sample.fill(store)
    led = sample.led()
    with store.writer() as writer:
        with pytest.raises(NotFoundError):
            writer.add_judgement(judgement(Verdict.ACCEPT, "0" * 20, by="ada", at=sample.at))
        with pytest.raises(NotFoundError):
            writer.add_judgement(
                judgement(Verdict.SAME, "0" * 20, led.subject.actor.id, by="ada", at=sample.at)
            )
        with pytest.raises(NotFoundError):
            writer.withdraw("0" * 20, at=sample.at)
        for wrong in (
            judgement(Verdict.SAME, led.id, by="ada", at=sample.at),
            judgement(Verdict.ACCEPT, led.id, sample.founded().id, by="ada", at=sample.at),
            judgement(Verdict.SAME, led.id, led.id, by="ada", at=sample.at),
            judgement(Verdict.ACCEPT, led.id, by="ada", at=datetime(2024, 1, 1)),  # noqa: DTZ001
            Judgement("1" * 20, Verdict.SAME, ("b", "a"), "ada", sample.at),
        ):
            with pytest.raises(ValueError, match="judgement"):
                writer.add_judgement(wrong)
    assert store.view.counts().judgements == 0


_LINES = st.lists(
    st.tuples(
        st.sampled_from(["led", "trained"]),
        st.sampled_from([Verdict.ACCEPT, Verdict.REJECT]),
        st.sampled_from(["ada", "ben"]),
        st.integers(0, 2),
        st.booleans(),
    ),
    max_size=6,
)


@settings(
    max_examples=15,  # each makes three cases
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(lines=_LINES, seed=st.randoms(use_true_random=False))
def test_order_of_judgements_does_not_matter(
    new_store: Callable[[], Store], sample: Any, lines: list[Any], seed: random.Random
) -> None:
    """Two reviewers, equal times: the state follows from which lines stand, not from when they came.
    A line that was withdrawn is as if it had never been made.
    """
    made = {
        judgement(verdict, getattr(sample, about)().id, by=by, at=sample.at + timedelta(days=day)): ends
        for about, verdict, by, day, ends in lines
    }
    shuffled = list(made)
    seed.shuffle(shuffled)
    states = []
    for order, withdrawn in (
        (list(made), "at once"),
        (shuffled, "in the end"),
        (shuffled, "never made"),
    ):
        store = new_store()
        sample.fill(store)
        with store.writer() as writer:
            for line in order:
                if made[line] and withdrawn == "never made":
                    continue
                writer.add_judgement(line)
                if made[line] and withdrawn == "at once":
                    writer.withdraw(line.id, at=sample.later.at)
            for line in order:
                if made[line] and withdrawn == "in the end":
                    writer.withdraw(line.id, at=sample.later.at)
        states.append(list(store.view.claims()))
    assert states[0] == states[1] == states[2]
