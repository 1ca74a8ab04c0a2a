"""What is found in the sample reports is what was read and approved; see CONTRIBUTING."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.golden.approve import changes
from tests.golden.listing import golden_files, listing


@pytest.mark.parametrize(("report", "approved"), golden_files().items(), ids=lambda path: path.name)
def test_what_is_found_is_what_was_approved(report: Path, approved: Path) -> None:
    changed = changes(listing(report), approved)
    assert not changed, (
        f"What is found in {report.name} changed. Read it beside the report; where it is better or no "
        f"worse, approve it with `python -m tests.golden.approve`.\n{changed}"
    )


def test_every_line_of_a_change_is_shown(tmp_path: Path) -> None:
    approved = tmp_path / "approved.txt"
    approved.write_text("met | A -> B\nmet | C -> D\n", "utf-8")
    assert changes("met | A -> B\nmet | C -> D\n", approved) == ""
    assert changes("met | A -> B\nmet | C -> E\n", approved).splitlines()[2:] == [
        "-met | C -> D",
        "+met | C -> E",
    ]
