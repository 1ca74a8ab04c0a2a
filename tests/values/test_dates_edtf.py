"""EDTF in, bounds and words out, and back."""

import json
from datetime import date
from pathlib import Path

import pytest

from colligate.model import When
from colligate.values.dates import beginning, ending, parse, parse_edtf, render

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
# The half of the corpus on which rules are written; the other half is for scores alone.
DEVELOPMENT = (
    "report-1", "911-ch2-b", "911-ch5-a", "911-ch5-c", "911-ch6-a", "mali-war", "syria-early", "farc",
    "al-qaeda", "hezbollah", "fatah", "raf", "canada-a", "canada-c",
)  # fmt: skip


def bounds(when: When | None) -> list[str]:
    assert when is not None
    return [
        str(b or "") for b in (when.start_earliest, when.start_latest, when.end_earliest, when.end_latest)
    ]


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("2001-09-11", ["2001-09-11"] * 4),
        ("2001-02", ["2001-02-01", "2001-02-28"] * 2),
        ("1986", ["1986-01-01", "1986-12-31"] * 2),
        ("198X", ["1980-01-01", "1989-12-31"] * 2),
        ("19XX", ["1901-01-01", "2000-12-31"] * 2),
        ("2001-11~", ["2001-09-01", "2001-12-31"] * 2),
        ("1990~", ["1989-01-01", "1991-12-31"] * 2),
        ("1997?", ["1997-01-01", "1997-12-31"] * 2),
        ("1998-21", ["1998-03-01", "1998-06-20"] * 2),
        ("1996/..", ["1996-01-01", "1996-12-31", "", ""]),
        ("../2003", ["", "", "2003-01-01", "2003-12-31"]),
        ("1964/2017", ["1964-01-01", "1964-12-31", "2017-01-01", "2017-12-31"]),
        ("[..1998]", ["", "1998-12-31", "", "1998-12-31"]),
        ("[1989..]", ["1989-01-01", "", "1989-01-01", ""]),
        ("[1991..1992]", ["1991-01-01", "1992-12-31"] * 2),
    ],
)
def test_edtf_is_read_to_bounds(edtf: str, expected: list[str]) -> None:
    assert bounds(parse_edtf(edtf)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1986-13",
        "2001-02-30",
        "late 2001",
        "[1992..1991]",
        "2003/1999",
        "[..]",
        "../..",
        "198X-05",
        "99XX",
        "0001~",
    ],
)
def test_what_is_no_edtf_gives_nothing(text: str) -> None:
    assert parse_edtf(text) is None


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("in the early 1980s", "early 1980s"),
        ("mid-1990s", "mid-1990s"),
        ("the 1980s", "1980s"),
        ("late in 2001", "late 2001"),
        ("since May 1996", "since May 1996"),
        ("until his arrest in 2003", "until 2003"),
        ("prior to 2001", "before 2001"),
        ("by 1998", "by 1998"),
        ("following 1989", "after 1989"),
        ("after his arrest in 2003", "no earlier than 2003"),
        ("between 2003 and 2005", "between 2003 and 2005"),
        ("1996-2001", "from 1996 to 2001"),
        ("as of June 2017", "as of June 2017"),
        ("the fall of 1993", "autumn 1993"),
        ("circa 1948", "around 1948"),
        ("September 11, 2001", "11 September 2001"),
        ("the twentieth century", "the 20th century"),
    ],
)
def test_a_date_is_shown_in_words(phrase: str, words: str) -> None:
    when = parse(phrase)
    assert when is not None
    assert render(when) == words


def test_edtf_beyond_the_supported_part_is_shown_as_it_stands() -> None:
    assert render(When("Y-17E7")) == "Y-17E7"


def test_a_thing_that_began_or_ended_at_a_date_is_open_on_the_other_side() -> None:
    when = parse("in 1986")
    assert when is not None
    begun, over = beginning(when), ending(when)
    assert bounds(begun) == ["1986-01-01", "1986-12-31", "", ""]
    assert (begun.edtf, begun.quote) == ("1986/..", "in 1986")
    assert bounds(over) == ["", "", "1986-01-01", "1986-12-31"]
    assert over.edtf == "../1986"
    since = parse("since 1986")
    assert since is not None
    assert beginning(since) == since
    assert begun.at(date(1990, 1, 1)).value == "may_have_held"


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the annotated corpus is not beside this checkout")
def test_every_date_of_the_annotations_goes_to_bounds_and_to_words_and_back() -> None:
    edtfs = set()
    for name in DEVELOPMENT:
        for kind in ("ties", "events"):
            for line in (CORPUS / f"{name}.{kind}.jsonl").read_text(encoding="utf-8").splitlines():
                edtfs.add(json.loads(line)["date"])
    unread = [edtf for edtf in edtfs if edtf and parse_edtf(edtf) is None]
    assert unread == []
    lost = []
    for edtf in sorted(edtfs - {""}):
        when = parse_edtf(edtf)
        assert when is not None
        assert when.edtf == edtf
        back = parse(render(when))
        if back is None or back.edtf != edtf:
            lost.append((edtf, render(when), back and back.edtf))
    assert lost == []
