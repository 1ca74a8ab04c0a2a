from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from colligate.export.csv import CLAIM_COLUMNS, cell, event_columns, write_claims_csv, write_folder_csv
from colligate.model import Actor, Attribution, Claim, Event, Mention, Party, Tie
from colligate.vocabulary import load


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "\r\n@x", "\uff1d1"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert cell(text).startswith("'")


@pytest.mark.parametrize("text", ["Okot", "1991", "“=”", "al-Osmar", "", "[..1991]"])
def test_other_cells_stay_as_they_are(text: str) -> None:
    assert cell(text) == text


@given(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_a_table_has_one_line_per_claim_and_no_formula(
    claims: st.SearchStrategy[Claim], data: st.DataObject
) -> None:
    written = data.draw(st.lists(claims, max_size=3))
    out = io.StringIO()
    assert write_claims_csv(written, out) == len(written)
    rows = list(csv.reader(io.StringIO(out.getvalue())))
    assert rows[0] == list(CLAIM_COLUMNS)
    assert len(rows) == len(out.getvalue().split("\n")) - 1 == len(written) + 1
    assert not any(value[:1] in set("=+-@\t\r") and value for row in rows for value in row)


def test_a_chain_of_sources_and_a_quote_in_two_places_are_one_cell_each(tie: Callable[..., Tie]) -> None:
    claim = tie(attribution=(Attribution("Ida Moss", "according to"), Attribution("an official", "told")))
    out = io.StringIO()
    write_claims_csv([claim], out)
    (row,) = csv.DictReader(io.StringIO(out.getvalue()))
    assert row["according_to"] == "Ida Moss > an official"
    assert (row["subject"], row["object"], row["page"]) == ("Brann Okot", "Salt Column", "3")


def test_a_folder_gets_ties_and_events_with_a_column_for_each_role(
    tie: Callable[..., Tie], tmp_path: Path
) -> None:
    first = tie()
    gunmen = Party(Actor("a3", "community", "gunmen"), Mention(0, 6, "Gunmen"))
    event = Event("e" * 20, "kidnapping", "", (("perpetrator", (gunmen, first.object)),), first.evidence,
                  Mention(0, 4, "Okot"), killed=2)  # fmt: skip
    assert write_folder_csv([first, event], tmp_path / "out", load()) == (1, 1)
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"ties.csv", "events.csv"}
    with (tmp_path / "out" / "events.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["perpetrator"], row["killed"]) == ("gunmen | Salt Column", "2")


def test_every_role_of_the_vocabulary_has_a_column_once() -> None:
    vocabulary = load()
    columns = event_columns(vocabulary)
    assert len(columns) == len(set(columns))
    assert {role for event in vocabulary.events.values() for role in event.roles} <= set(columns)
