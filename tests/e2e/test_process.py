"""The program as a user runs it: its own process, its own streams, signals and pipes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from colligate import __version__

DATA = Path(__file__).parents[1] / "data"
COLLIGATE = [sys.executable, "-c", "from colligate.cli import main; main()"]


def run(
    *arguments: str, cwd: Path, stdin: bytes | None = None, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    env = {name: value for name, value in os.environ.items() if not name.startswith("COLLIGATE")}
    return subprocess.run(
        [*COLLIGATE, *arguments],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        env={**env, **environment},
        check=False,
    )


def test_version_and_help(tmp_path: Path) -> None:
    assert run("--version", cwd=tmp_path).stdout.decode() == f"colligate {__version__}\n"
    shown = run("--help", cwd=tmp_path)
    assert shown.returncode == 0
    for verb in ("read", "actors", "actor", "ties", "events", "claim", "search", "documents", "export",
                 "evaluate", "demo", "doctor"):  # fmt: skip
        assert f" {verb} ".encode() in shown.stdout


def test_help_loads_nothing_heavy(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from colligate.cli import main\n"
        "sys.argv = ['colligate', '--help']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print(sorted(set(sys.modules) & {'sqlalchemy', 'yaml', 'lxml', 'pypdfium2', 'daachorse', 'alembic',"
        " 'colligate.extract.pipeline', 'colligate.store.case'}), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=tmp_path, check=True)
    assert done.stderr.decode().strip() == "[]"


def test_a_report_by_a_pipe_becomes_a_case_and_an_export(tmp_path: Path) -> None:
    report = (DATA / "salt_and_stone.txt").read_bytes()
    done = run("read", "-", cwd=tmp_path, stdin=report)
    assert done.returncode == 0, done.stderr
    exported = run("export", "claims", cwd=tmp_path)
    claims = [json.loads(line) for line in exported.stdout.decode().splitlines()]
    assert claims
    for claim in claims:
        for evidence in claim["evidence"]:
            assert " ".join(evidence["quote"].split()) in " ".join(report.decode().split())


def test_what_is_found_does_not_hang_on_the_order_of_sets(tmp_path: Path) -> None:
    exports = []
    for seed in ("1", "2"):
        report = str(DATA / "salt_and_stone.txt")
        assert run("read", report, "--case", seed, cwd=tmp_path, PYTHONHASHSEED=seed).returncode == 0
        exports.append(run("export", "claims", "--case", seed, cwd=tmp_path).stdout)
    assert exports[0] == exports[1] != b""


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    run("read", str(DATA), cwd=tmp_path)
    with subprocess.Popen(
        [*COLLIGATE, "export", "claims"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_an_output_that_knows_only_ascii_shows_escapes(tmp_path: Path) -> None:
    (tmp_path / "unicode.txt").write_text(
        "Émile Ōkot, the leader of the Salt Column, met Yun Darel in the port of Veshti in March 1991.",
        "utf-8",
    )
    run("read", "unicode.txt", cwd=tmp_path)
    done = run("actors", cwd=tmp_path, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 0, done.stderr
    assert b"\\u014ckot" in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no process groups to interrupt like this")
def test_ctrl_c_leaves_a_whole_case(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    report = (DATA / "salt_and_stone.txt").read_text("utf-8")
    for number in range(300):
        (texts / f"{number:03}.txt").write_text(f"Copy {number}.\n\n" + report * 5, "utf-8")
    with subprocess.Popen(
        [*COLLIGATE, "read", "texts", "--workers", "2"],
        cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True,
    ) as process:  # fmt: skip
        assert process.stderr is not None
        for _ in range(3):  # the first documents are in
            assert process.stderr.readline().startswith(b"read ")
        os.killpg(process.pid, signal.SIGINT)
        rest = process.stderr.read()
    assert process.returncode == 130, rest
    assert rest.endswith(b"colligate: stopped. Every finished document is in the case.\n")
    health = json.loads(run("doctor", "--json", cwd=tmp_path).stdout)
    assert {one["health"] for one in health if one["about"] == "case"} == {"good"}
    documents = json.loads(run("documents", "--json", cwd=tmp_path).stdout)["documents"]
    assert 3 <= len(documents) < 300
    assert all(document["finished"] and document["ties"] for document in documents)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="children are found through /proc")
def test_no_process_is_left_behind(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    report = (DATA / "salt_and_stone.txt").read_text("utf-8")
    for number in range(4):
        (texts / f"{number}.txt").write_text(f"Copy {number}.\n\n" + report, "utf-8")
    marker = f"COLLIGATE_TEST={tmp_path.name}"
    done = run("read", "texts", "--workers", "2", cwd=tmp_path, COLLIGATE_TEST=tmp_path.name)
    assert done.returncode == 0, done.stderr
    for _ in range(50):
        left = [path for path in Path("/proc").glob("[0-9]*/environ") if _holds(path, marker)]
        if not left:
            break
        time.sleep(0.1)
    assert not left


def _holds(path: Path, marker: str) -> bool:
    try:
        return marker.encode() in path.read_bytes()
    except OSError:
        return False
