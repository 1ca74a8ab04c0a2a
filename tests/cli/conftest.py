"""A small case of hand-made claims, so that these tests see the command line and not the rules."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from colligate.cli.app import app
from colligate.errors import ReadFailure
from colligate.model import (
    Actor,
    Attribution,
    Basis,
    Block,
    BlockKind,
    Claim,
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
from colligate.store import Run
from colligate.store.case import Case

TEXT = (
    "Brann Okot, the leader of the Salt Column, met Yun Darel at Veshti in March 1991.\n\n"
    "According to Ida Moss, the Column broke away from the Grey Front in 1988. "
    "The Grey Front denied that Okot had ever led it.\n\n"
    "Gunmen of the Column abducted \x1b[31mtwo\x1b[0m engineers \u202enear Veshti."
)
SURE = Basis("pattern:made", 0.8)
RUN = Run(program="colligate test", at=datetime(2031, 5, 1, tzinfo=UTC))

Invoke = Callable[..., Result]


def _document(text: str) -> Document:
    blocks, at = [], 0
    for part in text.split("\n\n"):
        blocks.append(Block(BlockKind.PARAGRAPH, at, at + len(part)))
        at += len(part) + 2
    half = blocks[1].start
    return Document(
        id=bytes_id(text.encode()),
        text=text,
        body_end=len(text),
        media_type="text/plain",
        reader="test 1",
        name="salt\x1b]0;column.txt",
        title="Salt and Stone",
        language="en",
        blocks=tuple(blocks),
        pages=(Page(1, 0, half), Page(2, half, len(text))),
    )


def _claims(document: Document) -> list[Claim]:
    text = document.text

    def party(name: str, kind: str, words: str, *aliases: str) -> Party:
        start = text.index(words)
        actor = Actor.of(document=document.id, kind=kind, name=name, aliases=aliases)
        return Party(actor, Mention(start, start + len(words), words))

    def evidence(quote: str) -> tuple[Evidence, ...]:
        start = text.index(quote)
        return (Evidence.of(document, start, start + len(quote), quote),)

    def year(number: int, words: str) -> When:
        first, last = date(number, 1, 1), date(number, 12, 31)
        start = text.index(words)
        return When(str(number), first, last, first, last, words, start, start + len(words))

    okot = party("Brann Okot", "person", "Brann Okot", "Okot")
    column = party("Salt Column", "organisation", "Salt Column", "Column", "the Column")
    front = party("Grey Front", "organisation", "Grey Front")
    abducted = text.index("abducted")
    return [
        Tie.of(
            "leader_of", okot, column, evidence("Brann Okot, the leader of the Salt Column"),
            basis=Basis("pattern:leader-role", 0.9),
        ),
        Tie.of(
            "met", okot, party("Yun Darel", "person", "Yun Darel"), evidence("met Yun Darel at Veshti"),
            when=year(1991, "1991"), basis=SURE,
        ),
        Tie.of(
            "split_from", column, front, evidence("the Column broke away from the Grey Front in 1988"),
            when=year(1988, "1988"), attribution=(Attribution("Ida Moss", "according to", "scholar"),),
            basis=SURE,
        ),
        Tie.of(
            "leader_of", okot, front, evidence("The Grey Front denied that Okot had ever led it"),
            stance="denied", attribution=(Attribution("Grey Front", "denied", "group", front.actor.id),),
            basis=SURE,
        ),
        Event.of(
            "kidnapping", Mention(abducted, abducted + 8, "abducted"),
            {"perpetrator": (column,), "place": (party("Veshti", "place", "Veshti"),)},
            evidence(text[text.index("Gunmen") :]), outcome="carried_out", basis=SURE,
        ),
    ]  # fmt: skip


@pytest.fixture
def case_folder(tmp_path: Path) -> Path:
    """A case with one document, four ties, one event and one file that could not be read."""
    folder = tmp_path / "salt-case"
    document = _document(TEXT)
    claims = _claims(document)
    with Case.create(folder) as case, case.writer() as writer:
        writer.finish_document(
            document,
            claims=claims,
            actors=[],
            run=RUN,
            source="salt\x1b]0;column.txt",
            original=TEXT.encode(),
        )
        writer.fail(source="torn.pdf", failure=ReadFailure.DAMAGED, message="torn.pdf: is damaged", at=RUN.at)
    return folder


@pytest.fixture
def invoke(case_folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Invoke:
    """Runs a verb on the case, away from the user's own folders."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLLIGATE_CASE", str(case_folder))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("COLUMNS", "120")
    for name in ("FORCE_COLOR", "NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: str, **environment: str) -> Result:
        return CliRunner().invoke(app, list(arguments), env=environment)

    return run


@pytest.fixture
def tie_id(case_folder: Path) -> Callable[[str], str]:
    """The id of the first tie of a type."""

    def find(type_: str) -> str:
        with Case.open(case_folder) as case:
            return next(one.claim.id for one in case.view.claims() if one.claim.type == type_)

    return find
