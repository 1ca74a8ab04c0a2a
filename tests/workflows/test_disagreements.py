from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from colligate.model import Actor, Attribution, Evidence, Mention, Party, Tie, When
from colligate.workflows.disagreements import disagreements


def party(name: str, kind: str, *aliases: str) -> Party:
    return Party(Actor(name, kind, name, aliases), Mention(0, 1, name))


OKOT, DAREL = party("Brann Okot", "person"), party("Yun Darel", "person")
COLUMN, FRONT = party("Salt Column", "organisation", "SC"), party("Grey Front", "organisation")
SHORT = party("SC", "organisation", "Salt Column")


def year(first: int, last: int | None = None) -> When:
    last = last or first
    return When(
        f"{first}/{last}", date(first, 1, 1), date(first, 12, 31), date(last, 1, 1), date(last, 12, 31)
    )


def since(first: int) -> When:
    return When(f"{first}/..", date(first, 1, 1), date(first, 12, 31))


def tie(
    type_: str, subject: Party, object_: Party, *, document: str = "one", when: When | None = None,
    stance: str = "asserted", source: str = "",
) -> Tie:  # fmt: skip
    evidence = (Evidence(document, document, 0, 1, "x"),)
    chain = (Attribution(source, "said"),) if source else ()
    return Tie.of(type_, subject, object_, evidence, when=when, stance=stance, attribution=chain)


two = partial(tie, document="two")


@pytest.mark.parametrize(
    ("one", "other", "about"),
    [
        (
            tie("split_from", COLUMN, FRONT, when=year(1988)),
            tie("split_from", SHORT, FRONT, when=year(1990), document="two"),
            "the date of split from",
        ),
        (
            tie("leader_of", OKOT, COLUMN, when=year(1990, 1995)),
            tie("leader_of", DAREL, SHORT, when=since(1994), source="Ida Moss"),
            "who led Salt Column",
        ),
        (
            tie("financed", FRONT, COLUMN),
            tie("financed", FRONT, COLUMN, stance="denied", source="Grey Front"),
            "whether financed",
        ),
    ],
)
def test_both_sides_are_shown(one: Tie, other: Tie, about: str) -> None:
    (found,) = disagreements([one, other])
    assert found.about.startswith(about)
    assert (found.one, found.other) == (one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # one after the other
        (
            tie("leader_of", OKOT, COLUMN, when=year(1990, 1993)),
            two("leader_of", DAREL, COLUMN, when=since(1994)),
        ),
        # two leaders by one source
        (tie("leader_of", OKOT, COLUMN), tie("leader_of", DAREL, COLUMN)),
        # one man in two spellings
        (tie("leader_of", OKOT, COLUMN), two("leader_of", party("Bran Okot", "person"), COLUMN)),
        # the same year
        (
            tie("split_from", COLUMN, FRONT, when=year(1988)),
            two("split_from", COLUMN, FRONT, when=year(1988)),
        ),
        # "since" dates what followed
        (tie("founder_of", OKOT, COLUMN, when=year(1988)), two("founder_of", OKOT, COLUMN, when=since(2005))),
        # only planned
        (
            tie("split_from", COLUMN, FRONT, when=year(1988)),
            two("split_from", COLUMN, FRONT, when=year(1990), stance="planned"),
        ),
        # met twice
        (tie("met", OKOT, DAREL, when=year(1988)), two("met", OKOT, DAREL, when=year(1990))),
    ],
)
def test_what_can_both_be_so_is_no_disagreement(one: Tie, other: Tie) -> None:
    assert disagreements([one, other]) == []


def test_the_plainest_comes_first_and_each_matter_once() -> None:
    found = disagreements(
        [
            tie("leader_of", OKOT, COLUMN),
            tie("leader_of", DAREL, COLUMN, document="two"),
            tie("leader_of", DAREL, COLUMN, document="three"),
            tie("split_from", COLUMN, FRONT, when=year(1988)),
            tie("split_from", COLUMN, FRONT, when=year(1990), document="two"),
        ]
    )
    assert [one.rank for one in found] == [0, 3]
