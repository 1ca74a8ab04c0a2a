"""The verbs that look into a case: their three shapes of output, their filters, their errors."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from typing import Any

import pytest

LOOKING = (
    ("documents",),
    ("actors",),
    ("actor", "Okot"),
    ("ties",),
    ("events",),
    ("search", "engineers"),
    ("doctor",),
    ("export", "claims"),
    ("export", "csv"),
)
Invoke = Callable[..., Any]


def tsv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("arguments", LOOKING, ids=" ".join)
def test_a_pipe_gets_data_on_stdout_and_no_control_characters(
    invoke: Invoke, arguments: tuple[str, ...]
) -> None:
    result = invoke(*arguments)
    assert result.exit_code == 0
    assert result.stdout.strip()
    assert not {"\x1b", "\u202e", "\x07"} & set(result.stdout + result.stderr)


@pytest.mark.parametrize("arguments", [*LOOKING[:7], ("claim", "ID")], ids=" ".join)
def test_a_terminal_gets_colour_and_never_the_document_s_own(
    invoke: Invoke, tie_id: Callable[[str], str], arguments: tuple[str, ...]
) -> None:
    given = [tie_id("split_from") if one == "ID" else one for one in arguments]
    result = invoke(*given, FORCE_COLOR="1")
    assert result.exit_code == 0
    assert "\x1b[" in result.stdout
    assert "\x1b[31mtwo" not in result.stdout
    assert "\x1b]0;" not in result.stdout + result.stderr
    assert "\u202e" not in result.stdout


@pytest.mark.parametrize("arguments", LOOKING[:6], ids=" ".join)
def test_no_color_is_respected(invoke: Invoke, arguments: tuple[str, ...]) -> None:
    result = invoke(*arguments, FORCE_COLOR="1", NO_COLOR="1")
    assert not any(f"\x1b[3{digit}" in result.stdout for digit in range(8))


@pytest.mark.parametrize("arguments", LOOKING[:7], ids=" ".join)
def test_json_is_one_value_without_bare_control_characters(
    invoke: Invoke, arguments: tuple[str, ...]
) -> None:
    result = invoke(*arguments, "--json")
    assert json.loads(result.stdout)
    assert "\u202e" not in result.stdout
    assert "\x1b" not in result.stdout


def test_json_loses_nothing_of_the_text(invoke: Invoke) -> None:
    (event,) = json.loads(invoke("events", "--json").stdout)
    assert "\x1b[31mtwo\x1b[0m engineers \u202enear" in event["evidence"][0]["quote"]


def test_ties_are_rows_with_their_quote_stance_source_and_page(invoke: Invoke) -> None:
    rows = {row["type"]: row for row in tsv(invoke("ties").stdout)}
    split = rows["split_from"]
    assert (split["subject"], split["object"], split["page"]) == ("Salt Column", "Grey Front", "2")
    assert split["according_to"] == "Ida Moss"
    assert split["quote"] == "the Column broke away from the Grey Front in 1988"
    assert "1988" in split["when"]


@pytest.mark.parametrize(
    ("options", "types"),
    [
        (("--actor", "okot"), ["leader_of", "met", "leader_of"]),
        (("--actor", "okot", "--with", "Grey Front"), ["leader_of"]),
        (("--type", "split-from"), ["split_from"]),
        (("--stance", "denied"), ["leader_of"]),
        (("--according-to", "Moss"), ["split_from"]),
        (("--from", "1990"), ["met"]),
        (("--to", "1988-06"), ["split_from"]),
        (("--from", "1988-06", "--to", "1988-07"), ["split_from"]),
        (("--from", "1988-06", "--to", "1988-07", "--held"), []),
        (("--limit", "1"), ["leader_of"]),
    ],
)
def test_the_filters_narrow(invoke: Invoke, options: tuple[str, ...], types: list[str]) -> None:
    assert [row["type"] for row in tsv(invoke("ties", *options).stdout)] == types


def test_a_shortened_list_says_so_on_stderr(invoke: Invoke) -> None:
    assert "1 of 4 ties" in invoke("ties", "--limit", "1").stderr


def test_an_empty_list_says_so_and_is_no_error(invoke: Invoke) -> None:
    result = invoke("ties", "--from", "2020")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 1  # the header
    assert result.stderr.strip()
    assert json.loads(invoke("ties", "--from", "2020", "--json").stdout) == []


def test_a_claim_is_shown_in_its_paragraph_with_its_chain(
    invoke: Invoke, tie_id: Callable[[str], str]
) -> None:
    lines = dict(
        line.split(": ", 1) for line in invoke("claim", tie_id("split_from")[:8]).stdout.splitlines()
    )
    assert lines["quote"] == "the Column broke away from the Grey Front in 1988"
    assert lines["paragraph"].startswith("According to Ida Moss")
    assert lines["paragraph"].endswith("had ever led it.")
    assert lines["according to"] == "Salt and Stone → Ida Moss, scholar (“according to”)"
    assert "page 2" in lines["in"]


def test_a_claim_shows_an_example_of_the_rule_that_made_it(
    invoke: Invoke, tie_id: Callable[[str], str]
) -> None:
    shown = invoke("claim", tie_id("leader_of")).stdout
    assert "found by: pattern:leader-role, confidence 0.90" in shown
    assert "as in: “" in shown
    assert "](" not in shown
    assert "as in" not in invoke("claim", tie_id("met")).stdout  # made by no rule


def test_the_quote_is_marked_inside_its_paragraph(invoke: Invoke, tie_id: Callable[[str], str]) -> None:
    shown = invoke("claim", tie_id("met"), FORCE_COLOR="1").stdout
    assert "\x1b[1;7mmet Yun Darel at Veshti\x1b[0m" in shown


def test_a_claim_as_json_has_the_wire_s_fields_and_its_paragraph(
    invoke: Invoke, tie_id: Callable[[str], str]
) -> None:
    wire = json.loads(invoke("claim", tie_id("split_from"), "--json").stdout)
    assert wire["when"]["start_earliest"] == "1988-01-01"
    assert wire["attribution"][0]["cue"] == "according to"
    assert wire["evidence"][0]["quote"] in wire["paragraphs"][0]


def test_an_actor_is_found_by_alias_with_ties_and_events(invoke: Invoke) -> None:
    shown = json.loads(invoke("actor", "the column", "--json").stdout)
    assert [actor["name"] for actor in shown["actors"]] == ["Salt Column"]
    assert {tie["type"] for tie in shown["ties"]} == {"leader_of", "split_from"}
    assert [event["type"] for event in shown["events"]] == ["kidnapping"]


def test_actors_can_be_asked_for_by_kind_in_the_plural(invoke: Invoke) -> None:
    names = {row["name"] for row in tsv(invoke("actors", "--kind", "persons").stdout)}
    assert names == {"Brann Okot", "Yun Darel"}


def test_a_word_that_the_shell_kept_together_is_a_phrase(invoke: Invoke) -> None:
    assert len(tsv(invoke("search", "Grey Front", "denied").stdout)) == 1
    assert len(tsv(invoke("search", "Front Grey").stdout)) == 1  # one argument is the query as it is
    assert len(tsv(invoke("search", "Front Grey", "denied").stdout)) == 0


def test_documents_tells_of_files_that_were_not_read(invoke: Invoke) -> None:
    assert "torn.pdf (damaged)" in invoke("documents").stderr
    (failure,) = json.loads(invoke("documents", "--json").stdout)["failures"]
    assert (failure["source"], failure["failure"]) == ("torn.pdf", "damaged")


def test_doctor_checks_every_quote(invoke: Invoke) -> None:
    rows = {one["what"]: one for one in json.loads(invoke("doctor", "--json").stdout)}
    assert rows["quotes"]["health"] == "good"
    assert "all 5" in rows["quotes"]["found"]
