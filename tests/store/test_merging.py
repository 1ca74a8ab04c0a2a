"""Claims of one id: two places of one statement - unless who says so, the stance or the date differ."""

from dataclasses import replace

import pytest

from colligate.model import (
    Actor,
    Attribution,
    Basis,
    Claim,
    Document,
    Evidence,
    Mention,
    Party,
    Tie,
    When,
)
from colligate.store.merging import merge_claims

TEXT = "Hana Brel leads the Ember League. " * 2
DOCUMENT = Document("sha256:0", TEXT, len(TEXT), "text/plain", "test")


def tie(at: int, score: float) -> Tie:
    def party(words: str, kind: str) -> Party:
        start = TEXT.index(words, at)
        actor = Actor.of(document=DOCUMENT.id, kind=kind, name=words)
        return Party(actor, Mention(start, start + len(words), words))

    return Tie.of(
        "leader_of", party("Hana Brel", "person"), party("Ember League", "organisation"),
        (Evidence.of(DOCUMENT, at, at + 33),), basis=Basis("pattern:x", score),
    )  # fmt: skip


def test_the_surer_claim_has_the_evidence_of_both() -> None:
    (made,) = merge_claims([tie(0, 0.5), tie(34, 0.9)])
    assert made.basis.score == 0.9
    assert [evidence.start for evidence in made.evidence] == [34, 0]


@pytest.mark.parametrize(
    "other",
    [
        replace(tie(34, 0.9), stance="denied"),
        replace(tie(34, 0.9), attribution=(Attribution("Mira Voss", "said"),)),
        replace(tie(34, 0.9), when=When("1999")),
    ],
    ids=["denied", "by another source", "of another date"],
)
def test_what_is_said_otherwise_lends_no_evidence(other: Claim) -> None:
    (made,) = merge_claims([tie(0, 0.5), other])
    assert made.evidence == other.evidence
