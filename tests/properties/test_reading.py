"""What holds for any text, from its bytes to the case and out of it again.

The texts mix sentences that give claims with words, marks and line ends that get in their way: a test
over random characters alone would pass with a reader that finds nothing.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from colligate.export.claims import load_claims, write_claims
from colligate.model import Claim, Event, Mention, Tie
from colligate.store.case import Case
from colligate.workflows.read import ReadOptions, read

PERSONS = ["Brann Okot", "Yun Darel", "Ida Moss", "Ōmer al-Tal", "O’Dara Venn", "Col. Reth Vask"]
GROUPS = [
    "the Salt Column",
    "the Grey Front",
    "Lashkar-e-Veshti",
    "the Jama‘at al-Nahr",
    "the Popular Front (PF)",
]
PLACES = ["Veshti", "Port Sel", "the Ordan valley", "Tel Arun"]
TIMES = [
    "in March 1991",
    "in the early 1980s",
    "until 2004",
    "two months later",
    "on 3 May 1999",
    "since 1996",
]
SAYINGS = [
    "{p}, the leader of {g}, met {q} in {l} {t}.",
    "{g} was founded {t} by {p}.",
    "According to {p}, {g} broke away from {h} {t}.",
    "{t}, fighters of {g} attacked {l}, killing at least 12 people.",
    "{p} denied that {q} had ever led {g}.",
    "“{g} trained {h} in {l},” {p} said {t}.",
    "He then joined {h}, and they planned to attack {l}.",
    "{p}, {q} and {g} signed the statement {t}.",
    "{p} was arrested in {l} {t} and released {t}.",
]
NOISE = [
    "\n",
    "\n\n",
    "  ",
    "\t",
    "-\n",
    "\u00a0",
    "\u00ad",
    "\u200b",
    "\u202e",
    "\f",
    "[12]",
    "¹",
    "(",
    "”",
    "...",
    "* ",
    "\x00",
]


@st.composite
def sentences(draw: st.DrawFn) -> str:
    text = draw(st.sampled_from(SAYINGS)).format(
        p=draw(st.sampled_from(PERSONS)),
        q=draw(st.sampled_from(PERSONS)),
        g=draw(st.sampled_from(GROUPS)),
        h=draw(st.sampled_from(GROUPS)),
        l=draw(st.sampled_from(PLACES)),
        t=draw(st.sampled_from(TIMES)),
    )
    if draw(st.booleans()):  # something stands in the middle of it
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.sampled_from(NOISE)) + text[at:]
    return text


@st.composite
def texts(draw: st.DrawFn) -> bytes:
    """A report's bytes: UTF-8, now and then with a byte order mark or in another encoding."""
    some = sentences() | sentences() | sentences() | st.text(max_size=30) | st.sampled_from(NOISE)
    pieces = draw(st.lists(some, min_size=1, max_size=12))
    between = draw(st.sampled_from([" ", "\n", "\n\n", "\r\n\r\n"]))
    encoding = draw(st.sampled_from(["utf-8", "utf-8", "utf-8-sig", "utf-16", "latin-1"]))
    return between.join(pieces).encode(encoding, "replace")


ANY_TEXT = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@contextmanager
def _folder_with(data: bytes) -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        (Path(folder) / "report.txt").write_bytes(data)
        yield Path(folder)


def _read(folder: Path, case: Case, *, again: bool = False) -> int:
    return read([folder / "report.txt"], case, options=ReadOptions(workers=1, again=again)).documents


def _claims(case: Case) -> list[Claim]:
    return [recorded.claim for recorded in case.view.claims()]


def _mentions(claim: Claim) -> list[Mention]:
    parties = (claim.subject, claim.object) if isinstance(claim, Tie) else claim.parties()
    found = [party.mention for party in (*parties, *((claim.where,) if claim.where else ()))]
    return [*found, claim.trigger] if isinstance(claim, Event) else found


@ANY_TEXT
@given(texts())
def test_every_word_that_a_claim_shows_stands_where_it_says(data: bytes) -> None:
    with _folder_with(data) as folder, Case.create(folder / "case") as case:
        _read(folder, case)
        for claim in _claims(case):
            document = case.view.document_of(claim.id)
            for evidence in claim.evidence:
                assert document.text[evidence.start : evidence.end] == evidence.quote
            for mention in _mentions(claim):
                assert document.text[mention.start : mention.end] == mention.quote
            if claim.when is not None and claim.when.start >= 0:
                assert document.text[claim.when.start : claim.when.end] == claim.when.quote


@ANY_TEXT
@given(texts())
def test_reading_twice_changes_nothing(data: bytes) -> None:
    with _folder_with(data) as folder, Case.create(folder / "case") as case:
        documents = _read(folder, case)
        before = [list(case.view.claims()), list(case.view.documents()), list(case.view.actors())]
        assert _read(folder, case) == 0 or documents == 0
        assert _read(folder, case, again=True) == documents
        assert [list(case.view.claims()), list(case.view.documents()), list(case.view.actors())] == before


@ANY_TEXT
@given(texts())
def test_what_is_exported_and_loaded_is_the_same_claims(data: bytes) -> None:
    with _folder_with(data) as folder, Case.create(folder / "case") as case:
        _read(folder, case)
        file = io.StringIO()
        written = write_claims(_claims(case), file)
        loaded = list(load_claims(file.getvalue().split("\n")))
        assert len(loaded) == written
        assert [claim.id for claim in loaded] == [claim.id for claim in _claims(case)]
        assert loaded == _claims(case)


def test_the_sentences_give_claims() -> None:
    """Without this, the tests above would hold for a reader that finds nothing."""
    for say in SAYINGS[:6]:
        text = say.format(p=PERSONS[0], q=PERSONS[1], g=GROUPS[0], h=GROUPS[1], l=PLACES[0], t=TIMES[0])
        with _folder_with(text.encode()) as folder, Case.create(folder / "case") as case:
            _read(folder, case)
            assert _claims(case), say
