"""Retries, budget, cache and manners, without waiting for real."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.extract.llm.stub import Behaviour, Stub, fails, says, sends

from colligate.extract.llm.asker import Asker
from colligate.extract.llm.cache import ReplyCache
from colligate.extract.llm.client import Client
from colligate.extract.llm.options import Budget
from colligate.extract.llm.schema import reply_schema
from colligate.vocabulary import load

EMPTY = '{"ties": [], "events": []}'
SCHEMA = reply_schema(load())


def request(passage: str = "[1] Okot led the Salt Column.") -> list[dict[str, str]]:
    return [{"role": "system", "content": "rules"}, {"role": "user", "content": passage}]


@contextmanager
def asking(stub: Stub, folder: Path | None = None, **fields: Any) -> Iterator[tuple[Asker, list[float]]]:
    options = stub.options(**fields)
    client, pauses = Client(options), list[float]()
    cache = None if folder is None else ReplyCache(folder)
    yield Asker(options, SCHEMA, client, cache=cache, pause=pauses.append), pauses
    client.close()


def ask(asker: Asker, passage: str = "one") -> str | None:
    """Asks and finds the reply of use, as the stage does."""
    reply = asker.reply(request(passage))
    if reply is not None:
        asker.judge(request(passage), reply, useful=reply.content == EMPTY)
    return None if reply is None else reply.content


def test_a_failure_that_passes_costs_a_pause_and_no_more(stub: Stub) -> None:
    stub.script = [fails(500), fails(502), fails(429), says(EMPTY)]
    with asking(stub) as (asker, pauses):
        assert ask(asker) == EMPTY
        assert pauses == [1.0, 2.0, 4.0]
        assert (asker.spending.requests, asker.spending.retries, asker.stopped) == (4, 3, None)


def test_the_service_says_how_long_to_wait(stub: Stub) -> None:
    stub.script = [fails(429, Retry_After="17"), fails(503, Retry_After="3"), says(EMPTY)]
    with asking(stub) as (asker, pauses):
        assert ask(asker) == EMPTY
        assert pauses == [17.0, 3.0]


def test_nobody_waits_for_an_hour(stub: Stub) -> None:
    stub.always = fails(429, "slow down", Retry_After="3600")
    with asking(stub) as (asker, pauses):
        assert ask(asker) is None
        assert pauses == []
        assert asker.stopped is not None
        assert "asks to wait 3600 s: slow down" in asker.stopped.message
        assert ask(asker, "two") is None
    assert len(stub.asked) == 1


def test_retries_have_an_end(stub: Stub) -> None:
    stub.always = fails(500)
    with asking(stub, retries=2) as (asker, pauses):
        assert ask(asker) is None
        assert len(pauses) == 2
        assert asker.stopped is None, "one passage that fails does not cost the others"
        ask(asker, "two")
        ask(asker, "three")
        assert asker.stopped is not None
        assert "failed" in asker.stopped.message


def test_too_slow_is_tried_again_and_counted_as_paid(stub: Stub) -> None:
    stub.script = [lambda _: stub.over.wait(), says(EMPTY, tokens=(7, 5))]
    with asking(stub, timeout=0.1) as (asker, pauses):
        assert ask(asker) == EMPTY
        assert len(pauses) == 1
        assert asker.spending.estimated
        assert asker.spending.tokens_in > 7


@pytest.mark.parametrize(
    ("behave", "said"),
    [
        (fails(401, "bad key"), "refuses the key: bad key"),
        (fails(404, "no such model"), "has no such address or model: no such model"),
        (fails(302, Location="http://elsewhere.example/"), "sends elsewhere: http://elsewhere.example/"),
    ],
)
def test_what_every_request_would_meet_ends_the_asking(stub: Stub, behave: Behaviour, said: str) -> None:
    stub.always = behave
    with asking(stub) as (asker, pauses):
        assert ask(asker) is None
        assert ask(asker, "two") is None
        assert pauses == []
        assert asker.stopped is not None
        assert asker.stopped.message == f"{asker.options.endpoint.shown} {said}"
        assert asker.stopped.hint
    assert len(stub.asked) == 1


def test_three_replies_of_no_use_in_a_row_end_the_asking(stub: Stub) -> None:
    stub.script = [says("no"), says(EMPTY), says("no"), sends(b"<p>", kind="text/html"), says("")]
    with asking(stub) as (asker, _):
        for passage in ("one", "two", "three", "four", "five", "six"):
            ask(asker, passage)
        assert asker.stopped is not None
    assert len(stub.asked) == 5


@pytest.mark.parametrize(
    "body",
    [
        b'{"choices": [{"message": {"content": null, "refusal": "I will not"}, "finish_reason": "stop"}]}',
        b'{"choices": [{"message": {"content": ""}, "finish_reason": "content_filter"}]}',
    ],
)
def test_a_passage_that_a_model_will_not_read_is_only_that(stub: Stub, body: bytes) -> None:
    stub.always = sends(body)
    with asking(stub) as (asker, _):
        assert [ask(asker, passage) for passage in "abcde"] == [None] * 5
        assert asker.stopped is None


@pytest.mark.parametrize(
    "body",
    [
        b"{}", b'{"choices": []}', b'{"choices": {}}', b'{"choices": [1]}', b'{"choices": [{"message": 1}]}',
        b'{"choices": [{"message": {"content": {"ties": []}}}]}',
    ],
)  # fmt: skip
def test_a_reply_without_text(stub: Stub, body: bytes) -> None:
    stub.always = sends(body)
    with asking(stub) as (asker, _):
        assert ask(asker) is None


def test_a_service_without_schemas_is_asked_more_plainly(stub: Stub) -> None:
    stub.script = [
        fails(400, "response_format json_schema is not supported"),
        fails(422, "unknown field response_format"),
        says(EMPTY),
        says(EMPTY),
    ]
    with asking(stub) as (asker, _):
        assert ask(asker) == EMPTY
        assert ask(asker, "two") == EMPTY
        assert asker.stopped is None
    forms = [asked.body.get("response_format", {}).get("type") for asked in stub.asked]
    assert forms == ["json_schema", "json_object", None, None]


def test_fields_that_newer_models_refuse(stub: Stub) -> None:
    stub.script = [
        fails(400, "'max_tokens' is not supported. Use 'max_completion_tokens' instead."),
        fails(400, "Unsupported value: 'temperature'"),
        says(EMPTY),
    ]
    with asking(stub) as (asker, _):
        assert ask(asker) == EMPTY
    last = stub.asked[-1].body
    assert "max_tokens" not in last
    assert "temperature" not in last
    assert last["max_completion_tokens"] == 4096
    assert last["response_format"]["type"] == "json_schema"


def test_a_service_that_refuses_everything_is_left_alone(stub: Stub) -> None:
    stub.always = fails(400, "no")
    with asking(stub) as (asker, _):
        assert ask(asker) is None
        assert asker.stopped is not None
    assert len(stub.asked) == 3


def test_no_request_offers_tools(stub: Stub) -> None:
    with asking(stub) as (asker, _):
        ask(asker)
    assert set(stub.asked[0].body) == {"model", "messages", "max_tokens", "temperature", "response_format"}


def test_the_budget_is_kept_before_a_request_and_not_after(stub: Stub) -> None:
    stub.always = says(EMPTY, tokens=(2000, 1000))
    budget = Budget(tokens=12_000)
    with asking(stub, budget=budget, reply_tokens=4096) as (asker, _):
        replies = [ask(asker, passage) for passage in "abcdef"]
        assert replies.count(EMPTY) == len(stub.asked)
        assert 0 < len(stub.asked) < 6
        assert asker.spending.tokens <= 12_000
        assert asker.stopped is not None
        assert asker.stopped.budget
        assert "12,000 tokens" in asker.stopped.message


def test_a_budget_in_money(stub: Stub) -> None:
    stub.always = says(EMPTY, tokens=(100_000, 10_000))
    budget = Budget(tokens=0, money=1.0, price_in=3.0, price_out=15.0)
    with asking(stub, budget=budget) as (asker, _):
        for passage in "abcdef":
            ask(asker, passage)
        assert asker.spending.money is not None
        assert 0.4 < asker.spending.money <= 1.0
        assert len(stub.asked) == 2


def test_what_was_paid_for_is_not_asked_again(stub: Stub, tmp_path: Path) -> None:
    stub.always = says(EMPTY)
    with asking(stub, tmp_path) as (asker, _):
        ask(asker)
    with asking(stub, tmp_path, budget=Budget(tokens=1)) as (asker, _):
        assert ask(asker) == EMPTY
        assert (asker.spending.reused, asker.spending.tokens, asker.stopped) == (1, 0, None)
    with asking(stub, tmp_path, model="stub-2") as (asker, _):
        assert ask(asker) == EMPTY
    assert len(stub.asked) == 2


def test_a_reply_of_no_use_is_not_kept(stub: Stub, tmp_path: Path) -> None:
    stub.script = [says("garbled"), says(EMPTY)]
    with asking(stub, tmp_path) as (asker, _):
        assert ask(asker) == "garbled"
        assert ask(asker) == EMPTY
