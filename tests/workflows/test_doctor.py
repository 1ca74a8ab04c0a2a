from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from colligate.model import Document
from colligate.store.case import Case
from colligate.workflows.doctor import Finding, Health, case_check, installation_check
from colligate.workflows.read import read

REPORT = Path(__file__).parents[1] / "data" / "salt_and_stone.txt"


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with Case.create(tmp_path / "case") as made:
        read([REPORT], made)
        yield made


def found(findings: Iterator[Finding]) -> dict[str, Finding]:
    return {one.what: one for one in findings}


def test_this_installation_is_good() -> None:
    findings = found(installation_check())
    assert not [one for one in findings.values() if one.health is Health.BAD]
    assert "FTS5" in findings["sqlite"].found


def test_a_whole_case_is_good(case: Case) -> None:
    findings = found(case_check(case.view))
    assert {one.health for one in findings.values()} == {Health.GOOD}
    assert findings["originals"].found.startswith("1 ")


class Tampered:
    """A case's view whose documents lost their first letter."""

    def __init__(self, case: Case) -> None:
        self._view = case.view

    def __getattr__(self, name: str) -> Any:
        return getattr(self._view, name)

    def document_of(self, claim: str) -> Document:
        document = self._view.document_of(claim)
        return replace(document, text=document.text[1:])


def test_a_quote_that_is_not_in_its_document_is_bad(case: Case) -> None:
    quotes = found(case_check(Tampered(case)))["quotes"]
    assert quotes.health is Health.BAD
    assert f"{case.view.count()} claims" in quotes.found


def test_a_damaged_original_is_bad(case: Case) -> None:
    (original,) = (path for path in (case.path / "originals").rglob("*") if path.is_file())
    original.chmod(0o600)
    original.write_bytes(b"something else")
    originals = found(case_check(case.view))["originals"]
    assert originals.health is Health.BAD
    assert REPORT.name in originals.found
