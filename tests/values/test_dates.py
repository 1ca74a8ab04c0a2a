"""The table of phrases and their bounds, the traps, and what holds for any text."""

import calendar
import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colligate.model import When
from colligate.values.dates import find_dates, parse, parse_edtf

HERE = Path(__file__).parent
Bounds = tuple[date | None, date | None, date | None, date | None]


def rows() -> Iterator[list[str]]:
    """Phrase, text before, document's date, EDTF, start, end."""
    for line in (HERE / "dates.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield line.split("\t")


def expected(start: str, end: str) -> Bounds:
    low = _pair(start)
    return (*low, *(low if end == "=" else _pair(end)))


def _pair(text: str) -> tuple[date | None, date | None]:
    if text == "open":
        return None, None
    low, _, high = text.partition("..")
    return _edge(low, last=False), _edge(high if ".." in text else low, last=True)


def _edge(text: str, *, last: bool) -> date | None:
    if not text:
        return None
    year, month, day = (int(number) for number in (text + "-0-0").split("-")[:3])
    month = month or (12 if last else 1)
    return date(year, month, day or (calendar.monthrange(year, month)[1] if last else 1))


def bounds(when: When) -> Bounds:
    return when.start_earliest, when.start_latest, when.end_earliest, when.end_latest


def found_in(phrase: str, text: str, document: str) -> When | None:
    """The date of a phrase as a report holds it: inside a text, after the date it points to."""
    before = f"In this matter {text}: " if text else ""
    dates = find_dates(f"{before}{phrase}.", document_date=parse_edtf(document) if document else None)
    dates = [when for when in dates if when.start >= len(before)]
    return dates[0] if len(dates) == 1 else None


def test_the_table_is_read_right() -> None:
    wrong, count = [], 0
    for phrase, text, document, edtf, start, end in rows():
        count += 1
        when = found_in(phrase, text, document)
        if when is None or when.edtf != edtf or bounds(when) != expected(start, end):
            wrong.append(
                f"{phrase!r} after {text!r}/{document!r}: {when and (when.edtf, *map(str, bounds(when)))}"
            )
    assert count >= 300
    print(f"{count - len(wrong)} of {count} right", *wrong, sep="\n")  # noqa: T201 - the brief of the test
    assert len(wrong) <= count * 0.05, wrong


def test_no_day_is_invented() -> None:
    """A bound that the table does not set is not set, and a phrase that names no day gets no single day."""
    for phrase, text, document, edtf, start, end in rows():
        when = found_in(phrase, text, document)
        if when is None:
            continue
        for got, want in zip(bounds(when), expected(start, end), strict=True):
            assert got is None or want is not None, phrase
        if not re.search(r"\d{4}-\d\d-\d\d", edtf + text + document) and "9/11" not in phrase:
            assert when.start_earliest is None or when.start_earliest != when.start_latest, phrase
            assert when.end_earliest is None or when.end_earliest != when.end_latest, phrase


def traps() -> list[str]:
    lines = (HERE / "date_traps.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def test_there_are_sixty_traps() -> None:
    assert len(set(traps())) >= 60


@pytest.mark.parametrize("sentence", traps())
def test_a_trap_gives_nothing(sentence: str) -> None:
    assert [(when.quote, when.edtf) for when in find_dates(sentence)] == []


@given(st.text(max_size=200))
def test_any_text_is_read_without_error(text: str) -> None:
    for when in find_dates(text, document_date=parse_edtf("2009-06-15")):
        assert text[when.start : when.end] == when.quote


MODIFIERS = ("early", "mid-", "late", "the beginning of", "the end of", "around")
WORDS = [
    "in",
    "since",
    "the",
    "early",
    "mid",
    "-",
    "May",
    "March",
    "1996",
    "2001",
    "11",
    "30",
    ",",
    "to",
    "and",
    "that",
    "year",
    "two",
    "months",
    "later",
    "1980s",
    "until",
    "of",
    "end",
    "summer",
    "last",
    "between",
    "9/11",
    "from",
    "9999",
    "before",
    "ago",
    "99",
    "years",
    "century",
    "20th",
    "first",
    "week",
    "February",
    ".",
]


@given(st.lists(st.sampled_from(WORDS), max_size=14))
def test_any_run_of_date_words_is_read_in_order_and_quoted(words: list[str]) -> None:
    text = " ".join(words)
    dates = find_dates(text, document_date=parse_edtf("2009-06-15"))
    for when in dates:
        assert text[when.start : when.end] == when.quote
    assert all(a.end <= b.start for a, b in pairwise(dates))


@given(st.dates(min_value=date(1400, 1, 1), max_value=date(2099, 12, 31)))
def test_a_day_in_any_spelling_is_that_day(day: date) -> None:
    month = day.strftime("%B")
    spellings = (
        f"{day.day} {month} {day.year}", f"{month} {day.day}, {day.year}", day.isoformat(),
        f"the {day.day}th of {month} {day.year}",
    )  # fmt: skip
    for spelling in spellings:
        when = parse(spelling)
        assert when is not None
        assert bounds(when) == (day, day, day, day)


@given(
    st.integers(1900, 2090),
    st.sampled_from(MODIFIERS),
)
def test_a_modified_year_stays_near_its_year_and_names_no_day(year: int, modifier: str) -> None:
    when = parse(f"{modifier} {year}")
    assert when is not None
    assert when.start_earliest is not None
    assert when.end_latest is not None
    assert year - 1 <= when.start_earliest.year <= year <= when.end_latest.year <= year + 1
    assert (when.end_latest - when.start_earliest).days > 27


@given(st.integers(1900, 2080), st.integers(1, 9))
def test_a_range_holds_both_of_its_ends(year: int, more: int) -> None:
    when = parse(f"between {year} and {year + more}")
    assert when is not None
    assert (when.start_earliest, when.end_latest) == (date(year, 1, 1), date(year + more, 12, 31))


def test_a_newspaper_s_name_is_no_word_of_a_date() -> None:
    (found,) = find_dates("Ida Moss, ‘The Column returns,’ Veshti Post 16 February 2015.")
    assert found.edtf == "2015-02-16"
    (found,) = find_dates("Post-2001 the Column had no camp.")
    assert found.edtf == "[2001..]"


@pytest.mark.parametrize(
    ("text", "last"),
    [
        (
            "Okot died on 28 January 2007. Darel, who led it until the merger of 1997, left in March.",
            "2007-03",
        ),
        ("Okot died on 28 January 2007. Darel, its clerk since 1997, left in March.", "2007-03"),
        (
            "Okot died in January 2007. Moss, who had left in 2001, is its deputy. They met in April.",
            "2007-04",
        ),
        ("The camp fell in 2007. They had met there in 1999 and again in June.", "1999-06"),
        ("They had met there in 1999. Okot left in June.", "1999-06"),
    ],
)
def test_a_month_takes_its_year_from_the_story_and_not_from_a_look_back(text: str, last: str) -> None:
    assert find_dates(text)[-1].edtf == last


def test_a_happening_of_a_year_opens_a_date_as_one_in_a_year_does() -> None:
    assert [one.edtf for one in find_dates("Okot led it until the merger of 1997.")] == ["../1997"]
    assert [one.edtf for one in find_dates("Okot led it since the coup of May 1997.")] == ["1997-05/.."]
    assert [one.edtf for one in find_dates("Okot led the merger of 1997.")] == ["1997"]


def test_a_year_after_a_sentence_that_ends_in_pages_is_a_year() -> None:
    assert [one.edtf for one in find_dates("The letter fills 12 pages. 1996 was a year of rest.")] == ["1996"]
