"""Every example in the pattern files is a test: what it says must be found, and nothing else by it."""

from __future__ import annotations

import pytest
from tests.extract.marked import marked

from colligate.errors import VocabularyError
from colligate.extract.claims import ClaimStage
from colligate.extract.rules import Rule, load_rules, read_rules
from colligate.model import Claim, Event

BOOK = load_rules()
EXAMPLES = [
    pytest.param(rule, example["say"], example["gives"], id=f"{rule.name}-{number}")
    for rule in BOOK.rules
    for number, example in enumerate(rule.examples)
]


def told(claim: Claim) -> str:
    """A claim in the notation of the examples, with the stance where it is not asserted."""
    stance = "" if claim.stance == "asserted" else f" ({claim.stance})"
    if isinstance(claim, Event):
        roles = ", ".join(f"{role}={p.mention.quote}" for role, parties in claim.roles for p in parties)
        return f"event {claim.type}: {roles}{stance}"
    return f"{claim.type}: {claim.subject.mention.quote} -> {claim.object.mention.quote}{stance}"


def either_way(line: str) -> set[str]:
    """A tie and, for symmetric types, its mirror."""
    kind, _, ends = line.partition(": ")
    if "->" not in ends or not BOOK_SYMMETRIC.get(kind, False):
        return {line}
    ends, _, stance = ends.partition(" (")
    one, _, two = ends.partition(" -> ")
    tail = f" ({stance}" if stance else ""
    return {f"{kind}: {one} -> {two}{tail}", f"{kind}: {two} -> {one}{tail}"}


BOOK_SYMMETRIC = {name: tie.symmetric for name, tie in marked("x").vocabulary.ties.items()}


@pytest.mark.parametrize(("rule", "say", "gives"), EXAMPLES)
def test_an_example_gives_what_it_says(rule: Rule, say: str, gives: list[str]) -> None:
    reading = marked(say)
    ClaimStage().run(reading)
    found = {told(claim) for claim in reading.claims}
    for line in gives:
        assert either_way(line) & found, f"{line!r} is missing from {sorted(found)}"
    by_rule = {told(c) for c in reading.claims if c.basis.method == f"pattern:{rule.name}"}
    allowed = set().union(*map(either_way, gives)) if gives else set()
    assert by_rule <= allowed, f"{rule.name} also says {sorted(by_rule - allowed)}"


def test_every_rule_has_an_example_that_it_finds_and_every_file_one_that_it_leaves() -> None:
    lacking = [rule.name for rule in BOOK.rules if not any(e["gives"] for e in rule.examples)]
    assert not lacking, f"rules without an example: {lacking}"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[{name: x, verb: [run]}]", "unknown keys"),
        ("[{name: x, ties: [leader_of who whom]}]", "is no tie"),
        ("[{name: x, event: attack}]", None),
        ("{name: x}", "list of rules"),
        ("[a", "not YAML"),
    ],
)
def test_a_faulty_pattern_file_is_refused_by_name(text: str, says: str | None) -> None:
    if says is None:
        assert read_rules(text, "mine.yaml")
        return
    with pytest.raises(VocabularyError, match=says) as caught:
        read_rules(text, "mine.yaml")
    assert "mine.yaml" in str(caught.value)
