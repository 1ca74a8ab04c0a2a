"""Claims of every shape, with text that gives terminals, spreadsheets and JSON readers trouble."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import strategies as st

from colligate.model import (
    Actor,
    Attribution,
    Basis,
    Claim,
    Event,
    Evidence,
    Mention,
    Party,
    Review,
    Tie,
    When,
)

TEXTS = st.text(
    alphabet=st.one_of(
        st.characters(exclude_categories=["Cs"]), st.sampled_from("=+-@\t\r\n\x1b\x9b\u2028\u202e\"',;")
    ),
    max_size=12,
)
WORDS = TEXTS.filter(bool)


@st.composite
def whens(draw: st.DrawFn) -> When:
    days = sorted(draw(st.lists(st.dates(), min_size=4, max_size=4)))
    first, second, third, fourth = (day if draw(st.booleans()) else None for day in days)
    words, basis, start = draw(TEXTS), draw(TEXTS), draw(st.integers(-1, 99))
    return When(draw(TEXTS), first, second, third, fourth, words, start, start + len(words), basis)


@st.composite
def parties(draw: st.DrawFn) -> Party:
    actor = Actor(draw(WORDS), draw(WORDS), draw(TEXTS), tuple(draw(st.lists(TEXTS, max_size=2))))
    mention = Mention(
        draw(st.integers(-1, 99)),
        draw(st.integers(-1, 99)),
        draw(TEXTS),
        draw(st.sampled_from(["name", "pronoun"])),
    )
    return Party(actor, mention)


@st.composite
def evidences(draw: st.DrawFn) -> Evidence:
    quote, start = draw(WORDS), draw(st.integers(0, 99))
    page = draw(st.none() | st.integers(1, 400))
    return Evidence(draw(WORDS), draw(TEXTS), start, start + len(quote), quote, page)


@st.composite
def any_claims(draw: st.DrawFn) -> Claim:
    common = {
        "id": draw(WORDS),
        "type": draw(WORDS),
        "evidence": tuple(draw(st.lists(evidences(), min_size=1, max_size=2))),
        "stance": draw(WORDS),
        "attribution": tuple(draw(st.lists(st.builds(Attribution, TEXTS, TEXTS, WORDS, TEXTS), max_size=2))),
        "when": draw(st.none() | whens()),
        "where": draw(st.none() | parties()),
        "basis": Basis(draw(TEXTS), draw(st.floats(0, 1))),
        "review": draw(st.sampled_from(Review)),
    }
    if draw(st.booleans()):
        return Tie(subject=draw(parties()), object=draw(parties()), **common)
    roles = draw(st.dictionaries(WORDS, st.lists(parties(), min_size=1, max_size=2), max_size=2))
    counts = st.none() | st.integers(0, 5000)
    return Event(
        name=draw(TEXTS),
        roles=tuple((role, tuple(filling)) for role, filling in roles.items()),
        trigger=Mention(draw(st.integers(-1, 99)), draw(st.integers(-1, 99)), draw(TEXTS)),
        outcome=draw(WORDS),
        killed=draw(counts),
        wounded=draw(counts),
        **common,
    )


@pytest.fixture
def claims() -> st.SearchStrategy[Claim]:
    """For ``data.draw``: any claim."""
    return any_claims()


@pytest.fixture
def tie() -> Callable[..., Tie]:
    """A plain tie; named arguments replace its fields."""

    def build(**fields: object) -> Tie:
        okot = Party(Actor("a1", "person", "Brann Okot", ("Okot",)), Mention(0, 4, "Okot"))
        column = Party(Actor("a2", "organisation", "Salt Column"), Mention(9, 19, "the Column"))
        plain: dict[str, object] = {
            "id": "0123456789abcdef0123",
            "type": "leader_of",
            "subject": okot,
            "object": column,
            "evidence": (Evidence("sha256:00", "Salt and Stone", 0, 19, "Okot leads the Colu", 3),),
            "basis": Basis("pattern:leads", 0.9),
        }
        return Tie(**{**plain, **fields})  # type: ignore[arg-type]

    return build
