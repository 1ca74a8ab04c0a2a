"""The dates of a document, and which of them a claim gets."""

import json
import re
from bisect import bisect_left
from pathlib import Path

import pytest

from colligate.extract.base import Reading, chain_check
from colligate.extract.dates import DateStage
from colligate.extract.dating import date_for
from colligate.extract.sentences import SentenceStage
from colligate.model import Block, BlockKind, Document
from colligate.values.dates import parse_edtf
from colligate.vocabulary import load

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
TEXTS = (
    "report-1",
    "911-ch2-b",
    "mali-war",
    "syria-early",
    "farc",
    "canada-a",
)  # of the half that rules are written on


def read(text: str, published: str = "", blocks: tuple[Block, ...] = ()) -> Reading:
    document = Document(
        id="sha256:0", text=text, body_end=len(text), media_type="text/plain", reader="test",
        published=parse_edtf(published) if published else None, blocks=blocks,
    )  # fmt: skip
    reading = Reading(document, load())
    for stage in (SentenceStage(), DateStage()):
        stage.run(reading)
    return reading


def edtfs(reading: Reading) -> list[str]:
    return [when.edtf for when in reading.dates]


def claim_date(text: str, claim: str, trigger: str = "") -> str | None:
    """The EDTF of the date that ``claim``, a stretch of ``text``, gets."""
    reading = read(text)
    start = text.index(claim)
    tokens = reading.tokens
    first, last = bisect_left(tokens.start, start), bisect_left(tokens.start, start + len(claim))
    act = bisect_left(tokens.start, text.index(trigger, start)) if trigger else -1
    when = date_for(reading, first, last, act)
    return when.edtf if when else None


def test_the_chain_accepts_the_stage() -> None:
    chain_check([SentenceStage(), DateStage()])


def test_dates_are_found_in_order_with_their_words() -> None:
    reading = read(
        "In May 1999 Velm fled to Ordan. Two months later he returned. Since 2003 he has led the Column."
    )
    assert edtfs(reading) == ["1999-05", "1999-07", "2003/.."]
    assert [reading.document.text[w.start : w.end] for w in reading.dates] == [w.quote for w in reading.dates]
    assert reading.dates[1].basis == "text:In May 1999"


def test_a_month_takes_its_year_from_the_thread_of_the_story() -> None:
    text = "In 2011 the Column rose. On 24 January it took Telm. By March it held Ordan. In December it fell."
    assert edtfs(read(text)) == ["2011", "2011-01-24", "[..2011-03]", "2011-12"]


def test_a_story_moves_on_over_the_turn_of_the_year() -> None:
    assert edtfs(read("On 28 December 1999 they met. On 3 January they met again.")) == [
        "1999-12-28",
        "2000-01-03",
    ]


def test_an_aside_in_an_earlier_paragraph_gives_no_year() -> None:
    text = "In 1999 the Column rose, as its leader told a court in May 2006.\n\nOn 4 December it took Telm."
    assert edtfs(read(text)) == ["1999", "2006-05", "1999-12-04"]


def test_a_year_in_brackets_is_no_anchor() -> None:
    text = "In 1999 he met Tarek Velm (1920-1985). In March he left."
    assert edtfs(read(text)) == ["1999", "1920/1985", "1999-03"]


def test_the_documents_date_is_what_last_year_counts_from() -> None:
    text = "The Column grew last year. It split in February."
    assert edtfs(read(text, published="2009-06-15")) == ["2008", "2009-02"]
    assert edtfs(read(text)) == []


def test_no_date_crosses_a_block() -> None:
    text = "The war in May\n2003 fighters"
    blocks = (Block(BlockKind.HEADING, 0, 14), Block(BlockKind.PARAGRAPH, 15, len(text)))
    assert edtfs(read(text, blocks=blocks)) == []


@pytest.mark.parametrize(
    ("text", "claim", "trigger", "edtf"),
    [
        ("Velm joined the Column in 1986.", "Velm joined the Column", "joined", "1986"),
        ("In 1986, Velm joined the Column.", "Velm joined the Column", "joined", "1986"),
        ("He joined the Column in 1990 and the Front in 1995.", "He joined the Column", "joined", "1990"),
        ("He joined the Column in 1990 and the Front in 1995.", "joined the Column in 1990 and the Front",
         "joined", "1995"),
        ("Velm, who was born in 1957, joined the Column.", "joined the Column", "joined", None),
        ("Velm, who was born in 1957, joined the Column in 1980.", "joined the Column", "joined", "1980"),
        ("In 1986, Velm, who founded the Column, moved to Ordan.", "who founded the Column", "founded", None),
        ("In 1986, Velm, who founded the Column, moved to Ordan.", "moved to Ordan", "moved", "1986"),
        ("Tarek Velm (1920-1985) led the Column.", "Tarek Velm (1920-1985) led the Column", "led", None),
        ("It merged with the Front (1998) and grew.", "It merged with the Front", "merged", "1998"),
        ("Velm led the Column; in 1999 Sarn split from it.", "Velm led the Column", "led", None),
        ("Velm fled after the 1998 bombings.", "the 1998 bombings", "bombings", "1998"),
        ("Velm, planner of the 1998 bombings, led the Column.", "led the Column", "led", None),
        ("Velm led the Column until his arrest in 2003.", "Velm led the Column", "led", "../2003"),
        ("Velm led the Column until his arrest in 2003.", "his arrest", "arrest", "2003"),
        ("Velm led the Column. He fled in 2003.", "Velm led the Column", "led", None),
        ("In May 1999 Velm fled. Two months later Sarn led it.", "Sarn led it", "led", "1999-07"),
        ("Velm led the Column.", "Velm led the Column", "led", None),
    ],
)  # fmt: skip
def test_a_claim_gets_the_date_of_its_own_clause(
    text: str, claim: str, trigger: str, edtf: str | None
) -> None:
    assert claim_date(text, claim, trigger) == edtf


def test_a_standing_told_in_passing_takes_no_date_from_the_verb() -> None:
    reading = read(
        "In 2010 Tarek Velm, the leader of the Column, met Sarn. He was the leader of the Front in 1999."
    )
    words = reading.tokens.text
    first, last = words.index("Tarek"), words.index("Column") + 1
    assert date_for(reading, first, last, nominal=True) is None
    first = words.index("He")
    when = date_for(reading, first, words.index("Front") + 1, nominal=True)
    assert when is not None
    assert when.edtf == "1999"


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the annotated corpus is not beside this checkout")
def test_the_dates_of_annotated_ties_agree() -> None:
    """Of ties with a date whose sentence holds one, how often a found date is of the same year or decade."""
    agree = seen = 0
    for name in TEXTS:
        text = re.sub(r"\s", " ", (CORPUS / f"{name}.txt").read_text(encoding="utf-8"))
        reading = read(text)
        for line in (CORPUS / f"{name}.ties.jsonl").read_text(encoding="utf-8").splitlines():
            tie = json.loads(line)
            start = text.find(tie["quote"])
            sentence = next((s for s in reading.sentences if s.start <= start < s.end), None)
            near = [w for w in reading.dates if sentence and sentence.start <= w.start < sentence.end]
            if tie["date"] and near and start >= 0:
                seen += 1
                agree += any(_years(when.edtf) & _years(tie["date"]) for when in near)
    assert seen > 300
    assert agree / seen >= 0.93


def _years(edtf: str) -> set[str]:
    return set(re.findall(r"[12]\d[\dX]{2}", edtf))
