"""The backends that keep the store's contract, and small builders of what is stored in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from colligate.model import (
    Actor,
    Attribution,
    Basis,
    Block,
    BlockKind,
    Document,
    Event,
    Evidence,
    Mention,
    Page,
    Party,
    Tie,
    When,
    bytes_id,
)
from colligate.store import Run, Store
from colligate.store.case import Case
from colligate.store.memory import MemoryStore

FIRST = (
    "Omar Tal founded the Red Valley Front in 1999. "
    "According to Mira Voss, Omar Tal led the Front until 2004.\n\n"
    "In May 2003 fighters of the Red Valley Front attacked Port Sel, killing at least 12. "
    "The group's ally, the Jama'at al-Nahr, denied that it had trained Omar Tal."
)
SECOND = "Omár Tal, once of the red-valley front, met Lena Orm in Port Sel.\n\nNobody led the Front then."


class Sample:
    """Builds documents and claims about invented people. ``claims()`` are those of ``first``."""

    def __init__(self) -> None:
        self.at = datetime(2024, 5, 1, 12, 0, tzinfo=UTC)
        self.run = Run("colligate test", self.at)
        self.later = Run("colligate test", datetime(2024, 6, 1, tzinfo=UTC))
        self.better = Run("colligate better", datetime(2024, 7, 1, tzinfo=UTC))
        self.data = FIRST.encode()
        self.first = self.document(FIRST, name="first.txt", title="The Red Valley")
        self.second = self.document(SECOND, name="second.txt", title="After the Front")

    def document(self, text: str, **fields: Any) -> Document:
        """A document of paragraphs, two to a page."""
        blocks, at = [], 0
        for paragraph in text.split("\n\n"):
            blocks.append(Block(BlockKind.PARAGRAPH, at, at + len(paragraph)))
            at += len(paragraph) + 2
        middle = blocks[len(blocks) // 2].start
        pages = (Page(1, 0, middle, "i"), Page(2, middle, len(text), "ii"))
        known = {
            "id": bytes_id(text.encode("utf-8", "surrogatepass")),
            "media_type": "text/plain",
            "reader": "plain 1",
        }
        return Document(
            text=text, body_end=len(text), blocks=tuple(blocks), pages=pages, **{**known, **fields}
        )

    def evidence(self, document: Document, words: str) -> tuple[Evidence, ...]:
        start = document.text.index(words)
        return (Evidence.of(document, start, start + len(words)),)

    def party(self, document: Document, kind: str, words: str, *, after: str = "", name: str = "") -> Party:
        """The actor ``name`` (or ``words``) mentioned by ``words``, at or after the text ``after``."""
        start = document.text.index(words, document.text.index(after))
        aliases = (words,) if name and name != words else ()
        actor = Actor.of(document=document.id, kind=kind, name=name or words, aliases=aliases)
        return Party(actor, Mention(start, start + len(words), words))

    def when(self, document: Document, words: str, *days: date | None) -> When:
        start = document.text.index(words)
        return When(words, *days, quote=words, start=start, end=start + len(words))  # type: ignore[misc,arg-type]

    def founded(self) -> Tie:
        year = (date(1999, 1, 1), date(1999, 12, 31)) * 2
        return Tie.of(
            "founder_of",
            self.party(self.first, "person", "Omar Tal"),
            self.party(self.first, "organisation", "Red Valley Front"),
            self.evidence(self.first, "Omar Tal founded the Red Valley Front in 1999."),
            when=self.when(self.first, "1999", *year),
            basis=Basis("pattern:founded", 0.9),
        )

    def led(self, *, stance: str = "alleged", score: float = 0.6) -> Tie:
        sentence = "According to Mira Voss, Omar Tal led the Front until 2004."
        front = self.party(self.first, "organisation", "Front", after="led the Front")
        named = Actor.of(
            document=self.first.id, kind="organisation", name="Red Valley Front", aliases=("Front",)
        )
        return Tie.of(
            "leader_of",
            self.party(self.first, "person", "Omar Tal", after=sentence),
            Party(named, front.mention),
            self.evidence(self.first, sentence),
            stance=stance,
            attribution=(Attribution("Mira Voss", "according to", "scholar"),),
            when=self.when(self.first, "until 2004", None, None, date(2004, 1, 1), date(2004, 12, 31)),
            basis=Basis("pattern:led", score),
        )

    def attacked(self, *, killed: int | None = 12) -> Event:
        sentence = "In May 2003 fighters of the Red Valley Front attacked Port Sel, killing at least 12."
        month = (date(2003, 5, 1), date(2003, 5, 31)) * 2
        start = self.first.text.index("attacked")
        place = self.party(self.first, "place", "Port Sel")
        return Event.of(
            "attack",
            Mention(start, start + 8, "attacked"),
            {
                "perpetrator": (self.party(self.first, "organisation", "Red Valley Front", after="In May"),),
                "target": (place,),
            },
            self.evidence(self.first, sentence),
            name="the attack on Port Sel",
            outcome="carried_out",
            killed=killed,
            when=self.when(self.first, "May 2003", *month),
            where=place,
            basis=Basis("pattern:attacked", 0.8),
        )

    def trained(self) -> Tie:
        return Tie.of(
            "trained",
            self.party(self.first, "organisation", "Jama'at al-Nahr"),
            self.party(self.first, "person", "Omar Tal", after="trained Omar"),
            self.evidence(self.first, "it had trained Omar Tal"),
            stance="denied",
            attribution=(Attribution("the Jama'at al-Nahr", "denied", "group"),),
            basis=Basis("pattern:trained", 0.4),
        )

    def claims(self) -> list[Tie | Event]:
        front = self.led().object.actor
        founded, attacked = self.founded(), self.attacked()
        # As a reader does: one actor object per cluster, so that all of its claims know its aliases.
        return [
            Tie.of(
                founded.type, founded.subject, Party(front, founded.object.mention), founded.evidence,
                when=founded.when, basis=founded.basis,
            ),
            self.led(),
            Event.of(
                attacked.type,
                attacked.trigger,
                {
                    "perpetrator": (Party(front, attacked.roles[0][1][0].mention),),
                    "target": attacked.roles[1][1],
                },
                attacked.evidence, name=attacked.name, outcome=attacked.outcome, killed=attacked.killed,
                when=attacked.when, where=attacked.where, basis=attacked.basis,
            ),
            self.trained(),
        ]  # fmt: skip

    def met(self) -> Tie:
        return Tie.of(
            "met",
            self.party(self.second, "person", "Omár Tal"),
            self.party(self.second, "person", "Lena Orm"),
            self.evidence(self.second, "met Lena Orm in Port Sel"),
            where=self.party(self.second, "place", "Port Sel"),
            basis=Basis("pattern:met", 0.5),
        )

    def fill(self, store: Store) -> None:
        """Both documents with all their claims."""
        with store.writer() as writer:
            writer.finish_document(
                self.first,
                claims=self.claims(),
                actors=[],
                run=self.run,
                source="a/first.txt",
                original=self.data,
            )
            writer.finish_document(
                self.second, claims=[self.met()], actors=[], run=self.run, source="second.txt"
            )


@pytest.fixture
def sample() -> Sample:
    return Sample()


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def new_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Store]]:
    """Makes empty stores of one backend."""
    if request.param == "postgresql":
        pytest.skip("PostgreSQL is not a backend yet: it needs a Database with its own SearchIndex")
    opened: list[Case] = []

    def new() -> Store:
        if request.param == "memory":
            return MemoryStore()
        opened.append(Case.create(tmp_path / f"case-{len(opened)}"))
        return opened[-1]

    yield new
    for case in opened:
        case.close()


@pytest.fixture
def store(new_store: Callable[[], Store]) -> Store:
    return new_store()
