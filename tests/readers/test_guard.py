"""The child process: what it may not do, how it ends, and that the parent survives all of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from colligate import readers
from colligate.errors import DocumentError, ReadFailure
from colligate.model import bytes_id
from colligate.readers import Limits, child, guard, parse

GOOD = (
    b"The council of the hills met in the spring, and Osman Tarrin spoke of the war and of those who had gone"
)

needs_forks = pytest.mark.skipif(not guard.FORKS, reason="the system cannot fork, or hand over descriptors")


def in_child(body: str, **limits: float) -> DocumentError | str:
    """Runs ``body`` in the place of a reader, in a launcher of its own; the text or error that comes back.

    The launcher is told to swap the text reader for the body, so that the real fork, limits and answer
    are what is tested.
    """
    code = f"""
import sys
from colligate.readers import text
from colligate.readers.parsed import Parsed
from colligate.readers.draft import Draft
from colligate.model import BlockKind

real = text.read_text
def read(task):
    if task.name == "sample.txt":
        return real(task)
    said = None
{chr(10).join("    " + line for line in body.splitlines())}
    draft = Draft()
    draft.open()
    draft.copy(str(said), 0, 0, len(str(said)))
    draft.close(BlockKind.PARAGRAPH)
    return Parsed(draft, {{0: str(said)}})
text.read_text = read
"""
    before = guard.PATHS
    guard.PATHS = f"{before} exec({code!r});"
    readers.stop()
    try:
        return readers.read(GOOD, name="a.txt", limits=Limits(**limits)).text  # type: ignore[arg-type]
    except DocumentError as error:
        return error
    finally:
        guard.PATHS = before
        readers.stop()


def failed(result: DocumentError | str) -> ReadFailure:
    assert isinstance(result, DocumentError), result
    return result.failure


@needs_forks
def test_the_body_of_these_tests_runs_in_the_child() -> None:
    result = in_child("import os; said = os.getpid()")
    assert isinstance(result, str)
    assert int(result) != os.getpid()


@needs_forks
def test_a_hang_is_ended() -> None:
    assert failed(in_child("import time; time.sleep(600)", seconds=0.5)) is ReadFailure.OUT_OF_TIME
    assert failed(in_child("while True: pass", seconds=0.5)) is ReadFailure.OUT_OF_TIME


@needs_forks
def test_an_abort_is_one_failure() -> None:
    assert failed(in_child("import os; os.abort()")) is ReadFailure.CRASHED
    assert failed(in_child("import ctypes; ctypes.string_at(0)")) is ReadFailure.CRASHED
    assert failed(in_child("import os; os._exit(0)")) is ReadFailure.CRASHED
    assert failed(in_child("raise KeyError('a bug')")) is ReadFailure.CRASHED
    assert failed(in_child("raise SystemExit(0)")) is ReadFailure.CRASHED


@needs_forks
@pytest.mark.skipif(sys.platform == "darwin", reason="macOS keeps no limit on address space")
def test_memory_is_bounded() -> None:
    result = in_child("said = len(bytearray(2 << 30))", address_space=512 << 20)
    assert failed(result) is ReadFailure.OUT_OF_MEMORY


@needs_forks
@pytest.mark.parametrize(
    "body",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import socket; socket.socket()",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "import os; os.fork()",
        "open('/tmp/colligate-left-behind', 'w')",
        "import os; os.remove('/tmp/colligate-left-behind')",
    ],
)
def test_what_a_reader_may_not_do(body: str) -> None:
    refused = (
        f"try:\n    {body}\n    said = 'allowed'\nexcept PermissionError as error:\n    said = 'refused'"
    )
    assert in_child(refused) == "refused"


@needs_forks
def test_no_core_is_dumped_and_no_file_grows() -> None:
    body = "import resource as r; said = (r.getrlimit(r.RLIMIT_CORE), r.getrlimit(r.RLIMIT_FSIZE))"
    assert in_child(body) == "((0, 0), (0, 0))"


@needs_forks
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has network namespaces")
def test_the_network_is_out_of_reach_below_python() -> None:
    able = subprocess.run(
        [
            sys.executable,
            "-c",
            "from colligate.readers.launcher import without_network as w; raise SystemExit(not w())",
        ],
        check=False,
    )
    if able.returncode:
        pytest.skip("this system lets no program make a network namespace; the audit hook remains")
    body = (
        "said = [line.split(':')[0].strip() for line in open('/proc/self/net/dev').read().splitlines()[2:]]"
    )
    assert in_child(body) == "['lo']"


@needs_forks
@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"not json",
        b"[]",
        b'{"document": {}}',
        b'{"failure": ["no such failure", "", ""]}',
        b"[" * 100_000,
        json.dumps({"document": {"text": "x", "body_end": 99}}).encode(),
    ],
)
def test_an_answer_that_makes_no_sense_is_a_failure(answer: bytes) -> None:
    with pytest.raises(DocumentError) as caught:
        guard.made(answer, {}, "sha256:0", "a.txt", Limits())
    assert caught.value.failure is ReadFailure.CRASHED


@needs_forks
def test_a_dead_launcher_is_replaced() -> None:
    readers.read(GOOD, name="a.txt")
    guard.launcher().close()
    assert readers.read(GOOD, name="a.txt").text == GOOD.decode()


@needs_forks
def test_a_launcher_that_dies_under_a_request_costs_no_document(monkeypatch: pytest.MonkeyPatch) -> None:
    readers.read(GOOD, name="a.txt")
    dead = guard.launcher()
    dead.close()
    # As if it had died between the check and the request.
    real, clients = guard.launcher, iter([dead])
    monkeypatch.setattr(guard, "launcher", lambda: next(clients, None) or real())
    assert readers.read(GOOD, name="a.txt").text == GOOD.decode()


@needs_forks
def test_threads_share_one_launcher_and_a_bad_file_harms_no_neighbour(make_pdf: Callable[..., bytes]) -> None:
    pdf = make_pdf([[(72, 760, "The council met in the hills.")]])
    files = [(GOOD, "a.txt"), (pdf, "b.pdf"), (b"%PDF-1.7 broken", "c.pdf"), (b"", "d.txt")] * 6

    def one(file: tuple[bytes, str]) -> str:
        try:
            return readers.read(file[0], name=file[1]).text
        except DocumentError as error:
            return error.failure.value

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(one, files))
    assert results == [GOOD.decode(), "The council met in the hills.", "damaged", "empty"] * 6


def test_without_forks_an_interpreter_is_started_for_each_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "FORKS", False)
    assert readers.read(GOOD, name="a.txt").text == GOOD.decode()
    with pytest.raises(DocumentError) as caught:
        readers.read(b"%PDF-1.7 broken", name="a.pdf")
    assert caught.value.failure is ReadFailure.DAMAGED


def test_the_guarded_document_is_the_unguarded_one(tmp_path: Path, make_pdf: Callable[..., bytes]) -> None:
    data = make_pdf([[(72, 760, "March 2012"), (72, 730, "The council of al-Tarrin met in the hills.")]])
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    guarded = readers.read(path)
    assert guarded == parse.read_unguarded(data, name="a.pdf")
    assert guarded.id == bytes_id(data)
    assert readers.read(data, name="a.pdf") == guarded


def test_known_names_reach_the_child(make_pdf: Callable[..., bytes]) -> None:
    data = make_pdf([[(72, 760, "The men of Lashkar-eTellar came down to the coast in the spring of it.")]])
    names = frozenset({"Lashkar-e-Tellar", "Hill League"})
    asked: list[int] = []

    def supplier() -> frozenset[str]:
        asked.append(1)
        return names

    assert "Lashkar-e-Tellar" in readers.read(data, name="a.pdf", known_names=supplier).text
    assert "Lashkar-e-Tellar" in readers.read(data, name="a.pdf", known_names=supplier).text
    assert "Lashkar-e-Tellar" in readers.read(data, name="a.pdf", known_names=names).text
    assert "Lashkar-eTellar" in readers.read(data, name="a.pdf").text
    assert asked == [1]


def test_limits_must_be_more_than_nothing() -> None:
    with pytest.raises(ValueError, match="seconds"):
        Limits(seconds=0)


def test_out_of_memory_inside_python_is_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> object:
        raise MemoryError

    monkeypatch.setattr(parse, "read_unguarded", full)
    answer = json.loads(child.answer(GOOD, name="a.txt", limits=Limits(), joined={}))
    assert answer["failure"][0] == ReadFailure.OUT_OF_MEMORY
