from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from colligate.errors import ClaimsFileError
from colligate.export.claims import claim_line, load_claims, write_claims
from colligate.export.wire import claim_to_wire
from colligate.model import Attribution, Claim, Mention, Tie, When


@given(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_export_then_import_is_the_same_claim(claims: st.SearchStrategy[Claim], data: st.DataObject) -> None:
    written = data.draw(st.lists(claims, max_size=3))
    out = io.StringIO()
    assert write_claims(written, out) == len(written)
    assert len(out.getvalue().splitlines()) == len(written)
    assert list(load_claims(out.getvalue().splitlines(keepends=True))) == written


def test_the_wire_is_the_design_s(tie: Callable[..., Tie]) -> None:
    when = When("1986", date(1986, 1, 1), date(1986, 12, 31), quote="in 1986")
    wire = claim_to_wire(tie(when=when, attribution=(Attribution("Ida Moss", "according to"),)))
    fields = "kind id type subject object when where stance attribution evidence confidence method review"
    assert list(wire) == fields.split()
    assert {"id", "kind", "name", "aliases", "mention"} <= wire["subject"].keys()
    assert (wire["subject"]["name"], wire["subject"]["mention"]) == ("Brann Okot", "Okot")
    assert wire["when"]["start_latest"] == "1986-12-31"
    assert wire["when"]["end_latest"] is None
    assert wire["attribution"][0]["name"] == "Ida Moss"
    assert wire["evidence"][0]["page"] == 3
    assert (wire["where"], wire["confidence"], wire["review"]) == (None, 0.9, "unreviewed")


def test_a_line_of_the_design_without_our_additions_loads(tie: Callable[..., Tie]) -> None:
    wire = claim_to_wire(tie())
    for party in (wire["subject"], wire["object"]):
        del party["span"], party["form"]
    (loaded,) = load_claims([json.dumps(wire)])
    assert isinstance(loaded, Tie)
    assert loaded.subject.mention == Mention(-1, -1, "Okot")


def _without(key: str) -> Callable[[dict[str, Any]], object]:
    return lambda wire: wire.pop(key)


WRONG: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "no id": (lambda wire: wire.update(id=""), "claim.id"),
    "no evidence": (lambda wire: wire.update(evidence=[]), "claim.evidence"),
    "a missing field": (_without("stance"), "claim.stance is missing"),
    "an unknown field": (lambda wire: wire.update(mood="sad"), "mood"),
    "an unknown field inside": (lambda wire: wire["subject"].update(rank="colonel"), "rank"),
    "a kind that is none": (lambda wire: wire.update(kind="rumour"), "rumour"),
    "a number too large": (lambda wire: wire.update(confidence=1.5), "claim.confidence"),
    "a quote that does not fit": (lambda wire: wire["evidence"][0].update(quote="Okot"), "quote"),
    "a date that is none": (
        lambda wire: wire.update(
            when={
                "edtf": "",
                "start_earliest": "1986-02-30",
                "start_latest": None,
                "end_earliest": None,
                "end_latest": None,
            }
        ),
        "day",
    ),
    "a name that is no text": (lambda wire: wire["object"].update(name=7), "object.name"),
    "a review that is none": (lambda wire: wire.update(review="maybe"), "maybe"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_line_that_is_no_claim_is_refused_with_its_number_and_field(
    tie: Callable[..., Tie], name: str
) -> None:
    spoil, words = WRONG[name]
    wire = claim_to_wire(tie())
    spoil(wire)
    lines = [claim_line(tie()), "\n", json.dumps(wire)]
    with pytest.raises(ClaimsFileError, match=words) as raised:
        list(load_claims(lines, source="sent.jsonl"))
    assert (raised.value.line, raised.value.source) == (3, "sent.jsonl")


@pytest.mark.parametrize("line", ["{", "[]", "7", '{"kind": "tie"}', "[" * 100_000, '{"kind": NaN}'])
def test_a_line_that_is_no_object_is_refused(line: str) -> None:
    with pytest.raises(ClaimsFileError):
        list(load_claims([line]))
