"""Where requests go and what they may cost, before any is made."""

from __future__ import annotations

from typing import Any

import pytest

from colligate.errors import SettingsError
from colligate.extract.llm.options import Budget, LlmOptions, endpoint_of

KEY = "sk-never-shown-1991"


@pytest.mark.parametrize(
    ("url", "path", "shown", "here"),
    [
        ("http://localhost:8080/v1", "/v1/chat/completions", "http://localhost:8080", True),
        ("http://127.0.0.1:1/v1/", "/v1/chat/completions", "http://127.0.0.1:1", True),
        ("http://[::1]:8080", "/chat/completions", "http://[::1]:8080", True),
        (
            "https://models.example/v1/chat/completions",
            "/v1/chat/completions",
            "https://models.example",
            False,
        ),
        # a name that begins like this machine's is another machine's
        ("https://localhost.example/v1", "/v1/chat/completions", "https://localhost.example", False),
        ("http://127.0.0.1.example/v1", "/v1/chat/completions", "http://127.0.0.1.example", False),
    ],
)
def test_an_endpoint(url: str, path: str, shown: str, here: bool) -> None:
    endpoint = endpoint_of(url)
    assert (endpoint.path, endpoint.shown, endpoint.here) == (path, shown, here)


@pytest.mark.parametrize(
    ("url", "secret"),
    [("https://models.example/v1", True), ("http://models.example/v1", False), ("http://localhost/v1", True)],
)
def test_what_others_can_read_on_the_way_is_no_secret(url: str, secret: bool) -> None:
    assert endpoint_of(url).secret is secret


@pytest.mark.parametrize(
    "url",
    [
        "models.example/v1", "ftp://models.example", "http://", "http://models.example:port/v1", "",
        "http://[::1", "http://models.example/v 1", "http://mod\x1bels.example/v1",
    ],
)  # fmt: skip
def test_what_is_no_url_of_a_service_is_refused(url: str) -> None:
    with pytest.raises(SettingsError):
        endpoint_of(url)


@pytest.mark.parametrize(
    "url", [f"https://me:{KEY}@models.example/v1", f"https://models.example/v1?key={KEY}"]
)
def test_a_key_in_the_url_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(SettingsError, match="no user, password, query") as raised:
        endpoint_of(url)
    assert KEY not in str(raised.value) + raised.value.hint


def test_the_key_is_in_no_repr_and_no_error() -> None:
    options = LlmOptions(endpoint=endpoint_of("https://models.example/v1", KEY), model="m")
    assert options.endpoint.key == KEY
    assert KEY not in repr(options)
    with pytest.raises(SettingsError) as raised:
        endpoint_of("https://models.example/v1", f"{KEY}\r\nHost: elsewhere")
    assert KEY not in str(raised.value) + raised.value.hint


@pytest.mark.parametrize(
    "fields",
    [
        {"model": ""}, {"model": "two words"}, {"model": "x\x1b[31m"}, {"model": "m", "timeout": 0.0},
        {"model": "m", "timeout": float("nan")}, {"model": "m", "retries": -1},
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(SettingsError):
        LlmOptions(endpoint=endpoint_of("http://localhost/v1"), **fields)


@pytest.mark.parametrize(
    "fields",
    [{"tokens": -1}, {"money": 1.0}, {"price_in": 1.0}, {"price_in": float("inf"), "price_out": 1.0}],
)
def test_a_budget_that_cannot_be_kept_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(SettingsError):
        Budget(**fields)


def test_prices_are_per_million() -> None:
    assert Budget(price_in=3.0, price_out=15.0).cost(1_000_000, 100_000) == pytest.approx(4.5)
