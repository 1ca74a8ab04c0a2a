"""A service on this machine that speaks like a language model's, and misbehaves when told to."""

from __future__ import annotations

import contextlib
import json
import socketserver
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from colligate.extract.llm.options import Endpoint, LlmOptions, endpoint_of

Behaviour = Callable[[BaseHTTPRequestHandler], object]


@dataclass
class Asked:
    """One request as it came."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def passage(self) -> str:
        return str(self.body["messages"][-1]["content"])


@dataclass
class Stub:
    """``script`` holds how the next requests are answered; after it, ``always`` answers."""

    url: str
    script: list[Behaviour] = field(default_factory=list)
    always: Behaviour = field(default_factory=lambda: says("{}"))
    asked: list[Asked] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def endpoint(self, key: str = "") -> Endpoint:
        return endpoint_of(self.url, key)

    def options(self, *, key: str = "", **fields: Any) -> LlmOptions:
        return LlmOptions(endpoint=self.endpoint(key), **{"model": "stub-1", "timeout": 5.0, **fields})


@contextlib.contextmanager
def serving() -> Iterator[Stub]:
    """A stub on a free port of the loopback interface."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            size = int(self.headers["Content-Length"])
            asked = Asked(self.path, dict(self.headers), json.loads(self.rfile.read(size)))
            stub.asked.append(asked)
            behave = stub.script.pop(0) if stub.script else stub.always
            with contextlib.suppress(OSError):  # the client may hang up on us
                behave(self)

        def do_GET(self) -> None:
            raise AssertionError("nobody is asked by GET")

        def log_message(self, *_: object) -> None:
            """Quiet."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def server_bind(self) -> None:
            """Without looking up this machine's name, which would leave it."""
            socketserver.TCPServer.server_bind(self)
            self.server_name, self.server_port = "127.0.0.1", self.server_address[1]

    server = Server(("127.0.0.1", 0), Handler)
    stub = Stub(f"http://127.0.0.1:{server.server_port}/v1")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield stub
    finally:
        stub.over.set()
        server.shutdown()
        server.server_close()
        thread.join()


def sends(
    body: bytes, *, status: int = 200, kind: str = "application/json", headers: Sequence[tuple[str, str]] = ()
) -> Behaviour:
    """These very bytes."""

    def behave(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(body)))
        for name, value in headers:
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return behave


def says(content: str, *, tokens: tuple[int, int] | None = (100, 50), finish: str = "stop") -> Behaviour:
    """A reply of the model with this text."""
    choice = {"index": 0, "message": {"role": "assistant", "content": content}, "finish_reason": finish}
    body: dict[str, Any] = {"choices": [choice]}
    if tokens is not None:
        body["usage"] = {"prompt_tokens": tokens[0], "completion_tokens": tokens[1]}
    return sends(json.dumps(body).encode())


def proposes(*ties: dict[str, Any], events: Sequence[dict[str, Any]] = ()) -> Behaviour:
    """A reply with these claims."""
    return says(json.dumps({"ties": list(ties), "events": list(events)}))


def fails(status: int, message: str = "", **headers: str) -> Behaviour:
    """An error as these services put it."""
    named = [(name.replace("_", "-"), value) for name, value in headers.items()]
    return sends(json.dumps({"error": {"message": message}}).encode(), status=status, headers=named)


def end(kind: str, mention: str, name: str = "") -> dict[str, str]:
    return {"kind": kind, "mention": mention, "name": name or mention}


def tie(
    type_: str, subject: dict[str, str], target: dict[str, str], quote: str, **more: Any
) -> dict[str, Any]:
    """A tie as a model proposes it."""
    return {
        "type": type_, "line": 1, "quote": quote, "subject": subject, "object": target,
        "stance": "asserted", "attribution": [], "when": None, **more,
    }  # fmt: skip


def event(
    type_: str, trigger: str, quote: str, roles: dict[str, dict[str, str]], **more: Any
) -> dict[str, Any]:
    """An event as a model proposes it."""
    return {
        "type": type_, "line": 1, "quote": quote, "trigger": trigger,
        "roles": [{"role": role, **filled} for role, filled in roles.items()],
        "where": None, "outcome": "carried_out", "killed": None, "wounded": None, "stance": "asserted",
        "attribution": [], "when": None, **more,
    }  # fmt: skip
