"""One request: whatever comes back, or does not, is a value, and the key is in none of it."""

from __future__ import annotations

import json
import logging
import sys
from http.server import BaseHTTPRequestHandler
from itertools import count

import pytest
from tests.extract.llm.stub import Behaviour, Stub, fails, says, sends, serving

from colligate.errors import LanguageModelError
from colligate.extract.llm.client import Answer, Client, Failed, Why
from colligate.extract.llm.options import LlmOptions, endpoint_of

KEY = "sk-never-shown-1991"


def post(stub: Stub, behave: Behaviour, **fields: object) -> Answer | Failed:
    stub.script = [behave]
    client = Client(stub.options(key=KEY, **fields))
    try:
        return client.post({"model": "stub-1", "messages": []})
    finally:
        client.close()


def test_an_answer(stub: Stub) -> None:
    result = post(stub, says("{}"))
    assert isinstance(result, Answer)
    assert result.body["choices"][0]["message"]["content"] == "{}"
    (asked,) = stub.asked
    assert asked.path == "/v1/chat/completions"
    assert asked.headers["Authorization"] == f"Bearer {KEY}"


def test_without_a_key_none_is_sent(stub: Stub) -> None:
    stub.script = [says("{}")]
    client = Client(stub.options())
    client.post({})
    client.close()
    assert "Authorization" not in stub.asked[0].headers


@pytest.mark.parametrize(
    ("status", "why"),
    [
        (400, Why.REFUSED), (401, Why.KEY), (403, Why.KEY), (404, Why.ABSENT), (413, Why.REFUSED),
        (429, Why.BUSY), (500, Why.SERVER), (502, Why.SERVER), (503, Why.BUSY),
    ],
)  # fmt: skip
def test_a_status_says_why(stub: Stub, status: int, why: Why) -> None:
    assert post(stub, fails(status, "no")) == Failed(why, "no")


def test_what_the_service_says_is_one_short_line_without_the_key(stub: Stub) -> None:
    result = post(stub, fails(401, f"Wrong key {KEY}!\x1b[2J\n\u202e" + "x" * 5000))
    assert isinstance(result, Failed)
    assert KEY not in repr(result)
    assert result.detail.startswith("Wrong key (the key)! [2J x")
    assert len(result.detail) <= 300


@pytest.mark.parametrize(
    ("header", "wait"),
    [("7", 7.0), ("soon", None), ("-1", None), ("", None), ("Mon, 01 Jan 2001 00:00:00 GMT", 0.0)],
)
def test_how_long_to_wait(stub: Stub, header: str, wait: float | None) -> None:
    result = post(stub, fails(429, Retry_After=header))
    assert isinstance(result, Failed)
    assert result.wait == wait


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(stub: Stub, status: int) -> None:
    with serving() as elsewhere:
        result = post(stub, fails(status, Location=f"{elsewhere.url}/chat/completions"))
        assert isinstance(result, Failed)
        assert result.why is Why.REDIRECT
        assert elsewhere.url in result.detail
        assert elsewhere.asked == []


@pytest.mark.parametrize(
    "behave",
    [
        sends(b"<html>503</html>", kind="text/html"),
        sends(b'{"choices": []}', kind="text/html"),
        sends(b"not json"),
        sends(b"[1, 2]"),
        sends(b""),
        sends(b"\xff\xfe\x00"),
        sends(b"[" * 200_000),
        sends(b"{}", headers=[("Content-Encoding", "gzip")]),
    ],
)
def test_what_is_no_reply_of_a_model(stub: Stub, behave: Behaviour) -> None:
    result = post(stub, behave)
    assert isinstance(result, Failed)
    assert result.why is Why.FOREIGN


def endless(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.end_headers()
    while True:
        handler.wfile.write(b'{"choices": [' + b" " * 65536)


def promising(handler: BaseHTTPRequestHandler) -> None:
    """Half of what the header promises, and then the connection is closed."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"choices": [')
    handler.close_connection = True


def no_http(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"\x00\x01\x02 what?\r\n\r\n")


def test_a_body_without_end_is_read_to_a_bound(stub: Stub) -> None:
    assert post(stub, endless, reply_bytes=100_000) == Failed(Why.LARGE)


@pytest.mark.parametrize("behave", [promising, no_http])
def test_a_broken_answer_is_a_failure_that_may_pass(stub: Stub, behave: Behaviour) -> None:
    result = post(stub, behave)
    assert isinstance(result, Failed)
    assert result.why is Why.UNREACHABLE


def test_no_answer_in_time(stub: Stub) -> None:
    assert post(stub, lambda _: stub.over.wait(), timeout=0.05) == Failed(Why.SLOW)


def test_an_answer_in_drops_has_no_more_time_than_another(stub: Stub) -> None:
    seconds = count(0, 100)  # each look at the clock finds 100 s gone
    stub.script = [endless]
    client = Client(stub.options(timeout=150.0, reply_bytes=1 << 30), clock=lambda: next(seconds))
    assert client.post({}) == Failed(Why.SLOW)
    client.close()


def test_nobody_there() -> None:
    with serving() as stub:
        gone = stub.options()
    client = Client(gone)
    result = client.post({})
    client.close()
    assert isinstance(result, Failed)
    assert result.why is Why.UNREACHABLE


def test_the_environment_s_proxies_are_not_used(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving() as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        monkeypatch.delenv("no_proxy", raising=False)
        assert isinstance(post(stub, says("{}")), Answer)
        assert proxy.asked == []


def test_the_key_is_in_no_log(stub: Stub, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    post(stub, fails(401, f"Wrong key {KEY}"))
    assert KEY not in caplog.text


def test_an_encrypted_connection_checks_who_answers(stub: Stub) -> None:
    """The stub speaks no TLS: a client that fell back to plain text would be answered."""
    url = stub.url.replace("http://", "https://")
    client = Client(LlmOptions(endpoint=endpoint_of(url, KEY), model="stub-1", timeout=5.0))
    result = client.post({"secret": "text"})
    client.close()
    assert isinstance(result, Failed)
    assert result.why is Why.UNREACHABLE
    assert stub.asked == []


def test_without_the_extra_the_way_out_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("colligate.extract.llm.client.find_spec", lambda _: None)
    with pytest.raises(LanguageModelError, match="urllib3") as raised:
        Client(LlmOptions(endpoint=endpoint_of("http://localhost/v1"), model="m"))
    assert "colligate[llm]" in raised.value.hint


def test_nothing_of_it_is_loaded_by_the_program_itself() -> None:
    import subprocess

    code = (
        "import sys, colligate.cli.app, colligate.extract.pipeline;"
        "print([m for m in sys.modules if m.split('.')[0] in ('urllib3', 'http')"
        " or m.startswith('colligate.extract.llm')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout.replace("'", '"')) == []
