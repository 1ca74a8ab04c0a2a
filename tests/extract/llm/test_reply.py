"""Replies of every kind: whole, fenced, cut off, garbled, hostile."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.extract.llm.stub import end, event, tie

from colligate.extract.llm.reply import MOST_CLAIMS, Proposals, ReplyReader
from colligate.extract.llm.schema import reply_schema
from colligate.extract.llm.tally import Drop
from colligate.vocabulary import load

TIE = tie("leader_of", end("person", "Okot"), end("organisation", "Salt Column"), "Okot led the Salt Column")
EVENT = event("meeting", "met", "Okot met Moss", {"participant": end("person", "Okot")})


def read(reply: Any) -> Proposals:
    return ReplyReader(load()).read(reply if isinstance(reply, str) else json.dumps(reply))


def test_a_whole_reply() -> None:
    found = read({"ties": [TIE], "events": [EVENT]})
    assert (found.ties, found.events, found.whole, found.usable) == ([TIE], [EVENT], True, True)
    assert not found.dropped


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("```json\n", "\n```"),
        ("<think>Perhaps {} or {ties}?</think>\n", ""),
        ("Here is the JSON:\n", "\nI hope this helps."),
    ],
)
def test_a_reply_in_a_fence_or_behind_thoughts(before: str, after: str) -> None:
    assert read(before + json.dumps({"ties": [TIE], "events": []}) + after).ties == [TIE]


def test_of_a_reply_that_was_cut_off_the_whole_claims_are_taken() -> None:
    reply = json.dumps({"ties": [TIE, TIE], "events": [EVENT, EVENT]})
    found = read(reply[:-40])
    assert (len(found.ties), len(found.events)) == (2, 1)
    assert found.usable
    assert not found.whole
    assert len(read(reply[: reply.index('"events"') - 20]).ties) == 1


def test_of_a_garbled_reply_the_claims_before_are_taken() -> None:
    reply = f'{{"ties": [{json.dumps(TIE)}, {{"type": leader_of}}], "events": []}}'
    found = read(reply)
    assert (found.ties, found.whole) == ([TIE], False)


@pytest.mark.parametrize(
    "reply",
    [
        "", "I cannot help with that.", "null", "[]", "42", '"ties"', "{", "{}", '{"claims": []}',
        '{"ties": {}, "events": []}', '{"ties": null}', "[" * 100_000, '{"a":' * 50_000 + "}" * 50_000,
        '{"n": ' + "9" * 10_000 + "}", "<html><body>503</body></html>", "\x00\x1b[2J",
    ],
)  # fmt: skip
def test_what_holds_no_claims_is_of_no_use(reply: str) -> None:
    assert not read(reply).usable


def test_a_passage_without_claims_is_a_reply() -> None:
    found = read({"ties": [], "events": []})
    assert found.usable
    assert not found.ties + found.events


@pytest.mark.parametrize(
    ("change", "drop"),
    [
        ({"type": "sleeps_beside"}, Drop.WORD),
        ({"stance": "certain"}, Drop.WORD),
        ({"subject": end("weapon", "Okot")}, Drop.WORD),
        ({"subject": "Okot"}, Drop.SHAPE),
        ({"subject": {"kind": "person"}}, Drop.SHAPE),
        ({"quote": ["Okot"]}, Drop.SHAPE),
        ({"quote": None}, Drop.SHAPE),
        ({"quote": "x" * 5000}, Drop.SHAPE),
        ({"line": "1"}, Drop.SHAPE),
        ({"line": True}, Drop.SHAPE),
        ({"when": "1991"}, Drop.SHAPE),
        ({"when": {"edtf": "1991", "quote": "1991", "html": "<b>"}}, Drop.SHAPE),
        ({"attribution": [{"name": "x"}]}, Drop.SHAPE),
        ({"attribution": [{"name": "x", "cue": "", "source_kind": "oracle"}]}, Drop.WORD),
        ({"attribution": [{"name": "x", "cue": "", "source_kind": "media"}] * 100}, Drop.SHAPE),
        ({"confidence": 1.0}, Drop.SHAPE),
        ({"url": "http://elsewhere.example/"}, Drop.SHAPE),
    ],
)
def test_what_does_not_fit_the_schema_is_dropped_and_its_neighbours_are_not(
    change: dict[str, Any], drop: Drop
) -> None:
    found = read({"ties": [{**TIE, **change}, TIE], "events": []})
    assert found.ties == [TIE]
    assert found.dropped == {drop: 1}


def test_what_a_claim_may_leave_out() -> None:
    short = {key: value for key, value in TIE.items() if key not in ("line", "when", "attribution")}
    (found,) = read({"ties": [short], "events": []}).ties
    assert (found["when"], found["attribution"], found["line"]) == (None, [], 0)


def test_items_that_are_no_claims() -> None:
    found = read({"ties": [1, None, "x", [], {}], "events": [[[[]]]], "tools": [{"run": "rm"}]})
    assert found.dropped == {Drop.SHAPE: 6}


def test_more_claims_than_a_reply_may_hold() -> None:
    found = read({"ties": [TIE] * (MOST_CLAIMS + 5), "events": [EVENT]})
    assert len(found.ties) == MOST_CLAIMS
    assert found.dropped == {Drop.MANY: 6}


def test_the_schema_allows_no_key_that_is_not_named() -> None:
    def closed(schema: Any) -> bool:
        if isinstance(schema, dict):
            if schema.get("type") == "object" and schema["additionalProperties"] is not False:
                return False
            return all(map(closed, schema.values()))
        return all(map(closed, schema)) if isinstance(schema, list) else True

    assert closed(reply_schema(load()))
