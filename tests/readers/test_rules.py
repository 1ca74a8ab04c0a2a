"""Every rule of language is data with examples; here the examples are run."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import Any

import pytest
import yaml

from colligate.readers import published, shapes
from colligate.readers.joints import Dictionary
from colligate.readers.language import language_of


def table(name: str) -> Any:
    return yaml.safe_load(files("colligate.readers").joinpath(name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted(shapes.shapes()))
def test_shapes_match_their_examples_and_not_the_others(name: str) -> None:
    shape = shapes.shapes()[name]
    assert shape.examples
    assert [line for line in shape.examples if not shapes.match(name, line)] == []
    assert [line for line in shape.others if shapes.match(name, line)] == []


@pytest.mark.parametrize("row", table("published.yaml")["printed"], ids=lambda row: row["examples"][0])
def test_printed_dates(row: dict[str, Any]) -> None:
    for line in row["examples"]:
        assert published.printed([line]) is not None, line
    for line in row["others"]:
        assert published.printed([line]) is None, line


@pytest.mark.parametrize("key", ["no_title", "no_author"])
def test_metadata_that_say_nothing(key: str) -> None:
    for row in table("metadata.yaml")[key]:
        pattern = re.compile(row["pattern"], re.IGNORECASE)
        assert all(pattern.search(value) for value in row["examples"])
        assert not any(pattern.search(value) for value in row["others"])


@pytest.mark.parametrize(("left", "right", "words", "whole"), table("joints.yaml")["examples"])
def test_words_cut_at_a_hyphen(left: str, right: str, words: list[str], whole: str) -> None:
    kept = Dictionary([" ".join(words)]).keeps_hyphen(f"the {left}", f"{right} of")
    assert left + ("-" if kept else "") + right == whole


def test_a_printed_date_has_the_bounds_of_what_is_printed() -> None:
    when = published.printed(["Working Paper 12 | March 2012"])
    assert when is not None
    assert (str(when.start_earliest), str(when.end_latest)) == ("2012-03-01", "2012-03-31")


@pytest.mark.parametrize("value", ["2012-13-01", "0000-00-00", "D:99999999", "no date", "1234"])
def test_what_is_no_date_is_none(value: str) -> None:
    assert published.iso(value) is None


@pytest.mark.parametrize("value", ["", "D:", "D:99991399", "yesterday"])
def test_what_is_no_date_of_a_pdf_is_none(value: str) -> None:
    assert published.pdf(value) is None


@pytest.mark.parametrize("row", table("languages.yaml")["examples"], ids=lambda row: row["text"][:20])
def test_short_texts_in_another_language_are_told_where_the_case_is_clear(row: dict[str, str]) -> None:
    assert language_of(row["text"])[0] == row["language"]


def test_small_words_are_of_one_line_each_and_none_stands_in_english_names() -> None:
    words = table("languages.yaml")["words"]
    english = set(words["en"].split())
    assert not any(english & set(line.split()) for code, line in words.items() if code != "en")
