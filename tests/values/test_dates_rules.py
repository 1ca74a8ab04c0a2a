"""Every example beside a rule of ``data/dates.yaml`` is what the rule gives."""

from typing import Any

import pytest

from colligate.values.dates import find_dates, parse_edtf
from colligate.values.dates.rules import GROUPS, rules


def _examples() -> list[Any]:
    cases = []
    for group in GROUPS:
        for form in rules().table(group):
            for phrase, edtf in form["examples"].items():
                context = (str(form.get("anchor", "")), str(form.get("document", "")))
                cases.append(pytest.param(phrase, str(edtf), *context, id=f"{group}:{phrase}"))
    return cases


@pytest.mark.parametrize(("phrase", "edtf", "anchor", "document"), _examples())
def test_an_example_gives_what_stands_beside_it(phrase: str, edtf: str, anchor: str, document: str) -> None:
    # The anchor stands in the text before, as it does in a report.
    text = f"{anchor}: {phrase}." if anchor else f"{phrase}."
    dates = find_dates(text, document_date=parse_edtf(document) if document else None)
    assert [date.edtf for date in dates][1 if anchor else 0 :] == [edtf]


def test_every_form_that_makes_a_date_has_an_example() -> None:
    without = [
        form["form"]
        for group in GROUPS
        for form in rules().table(group)
        if not form["examples"] and form["makes"] not in ("nothing", "today")
    ]
    assert without == []
