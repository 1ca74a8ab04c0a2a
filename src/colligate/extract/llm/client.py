"""One request to one endpoint: bounded in time and size, to no other host, without the user's key in
any message. The only module of Colligate that opens a network connection.

urllib3 and not httpx: it is in every installation already (trafilatura needs it), reads no proxy, no
password file and no other setting from the environment, and follows no redirect unless told to.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from colligate import __version__
from colligate.errors import LanguageModelError
from colligate.extract.llm.options import Endpoint, LlmOptions
from colligate.extract.llm.plain import shown_text

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse, HTTPConnectionPool

_PIECE = 1 << 16
_LONGEST_DETAIL = 300


class Why(StrEnum):
    """Why a request was not answered."""

    SLOW = "took too long"
    UNREACHABLE = "could not be reached"
    BUSY = "asks to wait"
    SERVER = "failed"
    REDIRECT = "sends elsewhere"
    KEY = "refuses the key"
    ABSENT = "has no such address or model"
    REFUSED = "refuses the request"
    FOREIGN = "answers with something that is no reply of a language model"
    DECLINED = "declines to read the passage"
    LARGE = "answers with more than a reply may hold"


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply of status 200: its JSON object."""

    body: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Failed:
    """``detail`` is what the endpoint says about it: in one short line, without the key and without what
    would rewrite a terminal. ``wait``: the seconds that it asks to wait, None when it names none."""

    why: Why
    detail: str = ""
    wait: float | None = None


class Client:
    """Sends requests, one at a time. Raises LanguageModelError where urllib3 is not installed."""

    def __init__(self, options: LlmOptions, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._endpoint = options.endpoint
        self._timeout = options.timeout
        self._most = options.reply_bytes
        self._clock = clock
        self._pool = _pool(options.endpoint)

    def post(self, body: Mapping[str, Any]) -> Answer | Failed:
        """Sends ``body`` as JSON and reads the answer. What goes wrong is a value, not an exception."""
        import urllib3  # noqa: PLC0415 - whoever asks no model needs none of it
        from urllib3.exceptions import (  # noqa: PLC0415
            ConnectTimeoutError,
            HTTPError,
            NewConnectionError,
            ReadTimeoutError,
        )

        until = self._clock() + self._timeout
        try:
            response = self._pool.urlopen(
                "POST", self._endpoint.path, body=json.dumps(body).encode(), headers=self._headers(),
                redirect=False, retries=False, preload_content=False, decode_content=False,
                timeout=urllib3.Timeout(connect=min(self._timeout, 30.0), read=self._timeout),
            )  # fmt: skip
            try:
                return self._answer(response, until)
            finally:
                response.close()  # and not release_conn: what is left of a hostile body is nobody's
        except (ReadTimeoutError, TimeoutError):
            return Failed(Why.SLOW)
        except (ConnectTimeoutError, NewConnectionError):
            return Failed(Why.UNREACHABLE)
        except (HTTPError, OSError) as error:
            return Failed(Why.UNREACHABLE, self._without_key(type(error).__name__))

    def close(self) -> None:
        self._pool.close()

    def _headers(self) -> dict[str, str]:
        headers = {
            "Accept": "application/json",
            "Accept-Encoding": "identity",  # a few kilobytes could unpack to gigabytes
            "Content-Type": "application/json",
            "User-Agent": f"colligate/{__version__}",
        }
        if self._endpoint.key:
            headers["Authorization"] = f"Bearer {self._endpoint.key}"
        return headers

    def _answer(self, response: BaseHTTPResponse, until: float) -> Answer | Failed:
        if 300 <= response.status < 400:
            return Failed(Why.REDIRECT, self._without_key(response.headers.get("Location", "")))
        body = self._body(response, until)
        if isinstance(body, Failed):
            return body
        value = _json_object(body)
        if response.status != 200:
            wait = _wait(response.headers.get("Retry-After", ""))
            return Failed(_why(response.status), self._without_key(_said(value, body)), wait)
        kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        encoding = response.headers.get("Content-Encoding", "identity").lower()
        if value is None or not (kind.endswith("json") or not kind) or encoding != "identity":
            return Failed(Why.FOREIGN, self._without_key(kind))
        return Answer(value)

    def _body(self, response: BaseHTTPResponse, until: float) -> bytes | Failed:
        pieces: list[bytes] = []
        size = 0
        # Piece by piece, whatever length the header promises: a body may have no end, or come in drops.
        while piece := response.read1(_PIECE, decode_content=False):
            size += len(piece)
            if size > self._most:
                return Failed(Why.LARGE)
            if self._clock() > until:
                return Failed(Why.SLOW)
            pieces.append(piece)
        return b"".join(pieces)

    def _without_key(self, text: str) -> str:
        """Some services repeat the key in their complaint about it."""
        if self._endpoint.key:
            text = text.replace(self._endpoint.key, "(the key)")
        return shown_text(text[: 4 * _LONGEST_DETAIL])[:_LONGEST_DETAIL]


def require_urllib3(endpoint: Endpoint) -> None:
    """Raises LanguageModelError where the extra ``[llm]`` is not installed."""
    if find_spec("urllib3") is None:
        raise LanguageModelError(
            "Asking a language model needs urllib3, which is not installed.",
            host=endpoint.host,
            hint="Install Colligate with its extra for language models: pip install 'colligate[llm]'",
        )


def _pool(endpoint: Endpoint) -> HTTPConnectionPool:
    """Connections to this host and to no other."""
    require_urllib3(endpoint)
    import urllib3  # noqa: PLC0415

    if endpoint.scheme == "https":
        return urllib3.HTTPSConnectionPool(
            endpoint.host, endpoint.port, maxsize=1, cert_reqs="CERT_REQUIRED", ssl_context=_trusted()
        )
    return urllib3.HTTPConnectionPool(endpoint.host, endpoint.port, maxsize=1)


def _trusted() -> Any:
    """The system's certificates, and certifi's where the system brings none to Python (macOS)."""
    import ssl  # noqa: PLC0415

    context = ssl.create_default_context()
    if not context.cert_store_stats()["x509_ca"]:
        import certifi  # noqa: PLC0415

        context.load_verify_locations(certifi.where())
    return context


def _why(status: int) -> Why:
    known = {401: Why.KEY, 403: Why.KEY, 404: Why.ABSENT, 408: Why.SLOW, 429: Why.BUSY, 503: Why.BUSY}
    return known.get(status, Why.SERVER if status >= 500 else Why.REFUSED)


def _json_object(body: bytes) -> dict[str, Any] | None:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _said(value: dict[str, Any] | None, body: bytes) -> str:
    """What an error reply says: the message in it, else how it begins."""
    error = (value or {}).get("error")
    said = error.get("message") if isinstance(error, dict) else error
    if not isinstance(said, str):
        said = (value or {}).get("message")
    return said if isinstance(said, str) else body[:_LONGEST_DETAIL].decode("utf-8", "replace")


def _wait(header: str) -> float | None:
    """The seconds of a Retry-After header, which is a number or a date; None when it is neither."""
    text = header.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return max((until - datetime.now(UTC)).total_seconds(), 0.0)
