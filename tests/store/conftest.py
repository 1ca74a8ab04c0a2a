"""Small documents in any number, and a forked process to write them in."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from colligate.model import Actor, Document, Evidence, Mention, Party, Tie, bytes_id
from colligate.store import Run, Writer

CLAIMS = 20


class Shelf:
    """Document ``number`` says twenty times that somebody leads the Front; ``write`` stores it."""

    run = Run("colligate test", datetime(2024, 5, 1, tzinfo=UTC))
    claims = CLAIMS

    def text(self, number: int) -> str:
        return " ".join(f"Ana Rill{number}x{at} leads the Front." for at in range(CLAIMS))

    def id(self, number: int) -> str:
        return bytes_id(self.text(number).encode())

    def document(self, number: int) -> Document:
        text = self.text(number)
        name = f"{number}.txt"
        return Document(self.id(number), text, len(text), "text/plain", "plain 1", name=name, title=name)

    def ties(self, document: Document) -> list[Tie]:
        front = Actor.of(document=document.id, kind="organisation", name="Front")
        made, at = [], 0
        for sentence in document.text.removesuffix(".").split(". "):
            name = sentence.removesuffix(" leads the Front")
            person = Actor.of(document=document.id, kind="person", name=name)
            end = at + len(sentence)
            made.append(
                Tie.of(
                    "leader_of",
                    Party(person, Mention(at, at + len(name), name)),
                    Party(front, Mention(end - 5, end, "Front")),
                    (Evidence.of(document, at, end),),
                )
            )
            at = end + 2
        return made

    def write(self, writer: Writer, number: int) -> None:
        document = self.document(number)
        writer.finish_document(
            document,
            claims=self.ties(document),
            actors=[],
            run=self.run,
            source=document.name,
            original=document.text.encode(),
        )


class Child:
    """A forked process. What it writes to ``tell`` is read by ``heard``; an exception ends it with 1."""

    def __init__(self, work: Callable[[Callable[[str], None]], None]) -> None:
        self._read, write = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            status = 1
            try:
                os.close(self._read)
                work(lambda said: (os.write(write, f"{said}\n".encode()), None)[1])
                status = 0
            except BaseException as error:  # noqa: BLE001 - the parent hears of it
                os.write(write, f"{type(error).__name__}: {error}\n".encode())
            finally:
                os._exit(status)
        os.close(write)
        self._file = os.fdopen(self._read)
        self._ended = False

    def hear(self) -> str:
        """The next line that the child says, "" when it is gone."""
        return self._file.readline().strip()

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)

    def heard(self) -> list[str]:
        """All the rest that it said, after its end."""
        lines = self._file.read().split("\n")
        self._file.close()
        os.waitpid(self.pid, 0)
        self._ended = True
        return [line for line in lines if line]

    def end(self) -> None:
        if not self._ended:
            self.kill()
            self.heard()


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def fork() -> Iterator[Callable[[Callable[[Callable[[str], None]], None]], Child]]:
    """Forks a child to do some work; whatever is left of it is ended with the test."""
    if not hasattr(os, "fork"):
        pytest.skip("this system cannot fork")
    children: list[Child] = []

    def start(work: Callable[[Callable[[str], None]], None]) -> Child:
        children.append(Child(work))
        return children[-1]

    yield start
    for child in children:
        child.end()
