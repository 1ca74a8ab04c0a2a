from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from colligate.export.claims import load_claims
from colligate.store.case import Case

Invoke = Callable[..., Any]


def test_exported_claims_are_the_case_s_claims(invoke: Invoke, case_folder: Path) -> None:
    exported = list(load_claims(invoke("export", "claims").stdout.splitlines()))
    with Case.open(case_folder) as case:
        assert exported == [recorded.claim for recorded in case.view.claims()]


def test_exporting_twice_gives_the_same_bytes(invoke: Invoke) -> None:
    for what in ("claims", "csv"):
        invoke("export", what, "--out", "one.out")
        invoke("export", what, "--out", "two.out")
        assert Path("one.out").read_bytes() == Path("two.out").read_bytes()


def test_csv_to_stdout_is_one_table(invoke: Invoke) -> None:
    rows = list(csv.DictReader(invoke("export", "csv").stdout.splitlines()))
    assert [row["kind"] for row in rows] == ["tie"] * 4 + ["event"]


def test_csv_to_a_folder_is_two_tables_and_a_message_on_stderr(invoke: Invoke) -> None:
    result = invoke("export", "csv", "--out", "tables")
    assert result.stdout == ""
    assert "5 claims" in result.stderr
    ties, events = (Path("tables", name).read_text("utf-8-sig") for name in ("ties.csv", "events.csv"))
    assert len(list(csv.DictReader(ties.splitlines()))) == 4
    (event,) = csv.DictReader(events.splitlines())
    assert event["perpetrator"] == "Salt Column"


def test_an_export_with_out_can_be_reported_as_json(invoke: Invoke) -> None:
    result = invoke("export", "claims", "--out", "claims.jsonl", "--json")
    assert json.loads(result.stdout) == {"written": 5, "to": "claims.jsonl"}


def test_a_failed_export_leaves_the_old_file(invoke: Invoke, tmp_path: Path) -> None:
    out = tmp_path / "claims.jsonl"
    out.write_text("old", encoding="utf-8")
    assert invoke("export", "claims", "--out", str(out), "--case", "nowhere").exit_code == 6
    assert out.read_text(encoding="utf-8") == "old"
    assert not list(tmp_path.glob("*.part"))


def test_out_writes_through_a_link_and_to_a_device_and_replaces_neither(
    invoke: Invoke, tmp_path: Path
) -> None:
    link = tmp_path / "link.jsonl"
    link.symlink_to(tmp_path / "claims.jsonl")
    assert invoke("export", "claims", "--out", str(link)).exit_code == 0
    assert link.is_symlink()
    assert len((tmp_path / "claims.jsonl").read_text("utf-8").splitlines()) == 5
    pipe = tmp_path / "pipe"
    if hasattr(os, "mkfifo"):  # a device needs rights to make; a named pipe is no file either
        os.mkfifo(pipe)
        reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
        try:
            assert invoke("export", "claims", "--out", str(pipe)).exit_code == 0
            assert os.read(reader, 1) == b"{"
        finally:
            os.close(reader)
        assert pipe.is_fifo()
