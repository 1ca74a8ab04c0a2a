"""Any claim that a reader can make comes out of the store as it went in."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from colligate.model import Actor, Attribution, Basis, Claim, Event, Evidence, Mention, Party, Tie, When
from colligate.store import Store
from colligate.vocabulary import load

WORDS = load()
TEXT = "Rahel Orm, Ömer Tal & the “Front of the River” met in 1999 — or so L’Écho says.\n\x00𝔘nd danach…"
_WORD = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_DAY = st.dates(date(1900, 1, 1), date(2100, 1, 1))


@st.composite
def whens(draw: st.DrawFn) -> When:
    low, high = sorted(draw(st.tuples(_DAY, _DAY)))
    later = draw(st.dates(min_value=high))
    bounds = [bound if draw(st.booleans()) else None for bound in (low, high, low, later)]
    start = draw(st.integers(-1, len(TEXT) - 1))
    end = -1 if start < 0 else draw(st.integers(start + 1, len(TEXT)))
    quote = "" if start < 0 else TEXT[start:end]
    return When(draw(_WORD), *bounds, quote=quote, start=start, end=end, basis=draw(_WORD))  # type: ignore[misc,arg-type]


@st.composite
def mentions(draw: st.DrawFn) -> Mention:
    start = draw(st.integers(0, len(TEXT) - 1))
    end = draw(st.integers(start + 1, len(TEXT)))
    return Mention(start, end, TEXT[start:end], draw(st.sampled_from(["name", "nominal", "pronoun"])))


@st.composite
def claims(draw: st.DrawFn, sample: Any) -> Claim:
    document = sample.document(TEXT)

    def party(kinds: Any) -> Party:
        kind, name = draw(st.sampled_from(sorted(kinds))), draw(_WORD)
        aliases = (name + "!", name + "?") if name.startswith("a") else ()
        actor = Actor.of(document=document.id, kind=kind, name=name, aliases=aliases)
        return Party(actor, draw(mentions()))

    where = party(["place"]) if draw(st.booleans()) else None
    given_: dict[str, Any] = {
        "stance": draw(st.sampled_from(sorted(WORDS.stances))),
        "attribution": tuple(draw(st.lists(st.builds(Attribution, _WORD, _WORD, _WORD, _WORD), max_size=3))),
        "when": draw(st.none() | whens()),
        "where": where,
        "basis": Basis(draw(_WORD), draw(st.floats(0, 1))),
    }
    places = draw(st.lists(mentions(), min_size=1, max_size=3))
    evidence = tuple(Evidence.of(document, one.start, one.end) for one in places)
    if draw(st.booleans()):
        tie = WORDS.ties[draw(st.sampled_from(sorted(WORDS.ties)))]
        return Tie.of(tie.name, party(tie.subjects), party(tie.objects), evidence, **given_)
    event = WORDS.events[draw(st.sampled_from(sorted(WORDS.events)))]
    roles = draw(st.permutations(event.roles))[:3]
    return Event.of(
        event.name,
        draw(mentions()),
        {role: tuple(party(WORDS.entity_kinds) for _ in range(draw(st.integers(0, 3)))) for role in roles},
        evidence,
        name=draw(_WORD),
        outcome=draw(st.sampled_from(WORDS.outcomes)),
        killed=draw(st.none() | st.integers(0, 10**6)),
        wounded=draw(st.none() | st.integers(0, 10**6)),
        **given_,
    )


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_claim_is_the_same_after_the_store(store: Store, sample: Any, data: st.DataObject) -> None:
    claim = data.draw(claims(sample))
    with store.writer() as writer:
        writer.finish_document(sample.document(TEXT), claims=[claim], actors=[], run=sample.run)
    (found,) = store.view.claims()
    assert found.claim == claim
    assert repr(found.claim) == repr(claim)
    assert store.view.claim(claim.id) == found
