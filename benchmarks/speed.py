"""Speed and memory: each stage, the whole, and peers that do the same work in the same run.

usage: python -m benchmarks.speed [--texts FOLDER] [--quick]

Without the folder of real texts it uses generated ones (made_text.py). Writes results/speed.json and
results/speed.md. What is not installed (the extra ``bench``) is left out, and the page says so.
Numbers of one run can be compared with one another; those of two runs or machines cannot.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from benchmarks import made_text, speed_peers
from benchmarks.circumstances import SHARED, circumstances, head, row, write
from benchmarks.speed_stages import stages
from benchmarks.watched import Watched, watched

PACKAGES = (
    "sentencex", "daachorse", "pypdfium2", "sqlalchemy",
    "spacy", "blingfire", "pysbd", "pdfminer.six", "pdfplumber",
)  # fmt: skip
FILES, FILE_WORDS, PAGES, LONG_PAGES = 2000, 300, 17, 150


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=Path, default=SHARED / "texts")
    parser.add_argument("--quick", action="store_true", help="a tenth of the work, to see that it runs")
    chosen = parser.parse_args()
    if not sys.platform.startswith("linux"):
        print("Times and memory of several processes are taken from /proc: Linux only.", file=sys.stderr)
        return 77
    measured = circumstances(PACKAGES)
    with tempfile.TemporaryDirectory() as folder:
        values = {**measured, **_all(chosen.texts, Path(folder), share=10 if chosen.quick else 1)}
    table = _page(measured, values)
    if not chosen.quick:
        write("speed", values, table)
    print(table)
    return 0


def _all(real: Path, folder: Path, *, share: int) -> dict[str, Any]:
    plain = sorted(real.glob("*.txt"))[:: share if share > 1 else 1]
    pdfs = sorted(real.glob("*.pdf"))
    texts = folder / "texts"
    texts.mkdir()
    if plain:
        for path in plain:
            shutil.copy(path, texts)
    else:
        made_text.folder(texts, 25 // share + 1, words=10_000)
    report = folder / "report.pdf"
    report_words = made_text.pdf(report, PAGES)
    long = folder / "long.pdf"
    made_text.pdf(long, LONG_PAGES // share, seed=2)
    pdfs += [Path(str(files("colligate.samples") / "ridge-and-river.pdf")), report, long]
    many = folder / "many"
    made_text.folder(many, FILES // share, words=FILE_WORDS)
    loaded = [path.read_text(encoding="utf-8") for path in sorted(texts.iterdir())]
    small = folder / "small.txt"
    small.write_text("Brann Okot led the Salt Column in 1991.\n", encoding="utf-8")
    values: dict[str, Any] = {"texts": "real" if plain else "generated"}
    _say("the whole")
    values["whole"] = {
        "2 workers": _fastest(texts, folder, 2),
        "no worker": _fastest(texts, folder, 1),
    }
    values["report"] = {"pages": PAGES, "words": report_words, **_start_to_stored(report, folder)}
    values["small_file"] = _start_to_stored(small, folder)
    values["help"] = {"wall_s": round(statistics.median(_colligate("--help").wall for _ in range(5)), 2)}
    values["many"] = {"files": FILES // share, **_read(many, folder, 2)}
    _say("names")  # before the stages, which build its lists
    values["names"] = speed_peers.names(loaded)
    _say("sentences")
    values["sentences"] = speed_peers.sentences(loaded)
    _say("PDF")
    values["pdf"] = speed_peers.pdfs(pdfs)
    values["child"] = speed_peers.child(small)
    _say("stages")
    values["extraction"] = stages(loaded)
    return values


def _say(what: str) -> None:
    print(f"measuring: {what}", file=sys.stderr)


def _colligate(*words: str) -> Watched:
    code = "from colligate.cli import main; main()"
    return watched([sys.executable, "-c", code, *words])


def _read(path: Path, folder: Path, workers: int) -> dict[str, Any]:
    """One run of ``colligate read`` over a folder, from the start of the process to its end."""
    case = folder / "case"
    run = _colligate("read", str(path), "--case", str(case), "--json", "--workers", str(workers))
    shutil.rmtree(case)
    words = json.loads(run.output)["words"]
    return {
        "words": words,
        "wall_s": round(run.wall, 2),
        "cpu_s": round(run.cpu, 2),
        "words_per_second": round(words / run.wall),
        "words_per_cpu_second": round(words / run.cpu),
        "cores_used": round(run.cpu / run.wall, 2),
        "parent_peak_mb": round(run.memory),
        "all_processes_peak_mb": round(run.together),
    }


def _fastest(path: Path, folder: Path, workers: int) -> dict[str, Any]:
    """Of three runs the fastest: neighbours on the machine can only slow a run down."""
    runs = [_read(path, folder, workers) for _ in range(3)]
    walls = [run["wall_s"] for run in runs]
    return {**min(runs, key=lambda run: run["wall_s"]), "all_walls_s": walls}


def _start_to_stored(path: Path, folder: Path) -> dict[str, Any]:
    """The median of five runs, each into a new case."""
    runs = []
    for _ in range(5):
        runs.append(_colligate("read", str(path), "--case", str(folder / "case")))
        shutil.rmtree(folder / "case")
    return {
        "wall_s": round(statistics.median(run.wall for run in runs), 2),
        "cpu_s": round(statistics.median(run.cpu for run in runs), 2),
        "fastest_wall_s": round(min(run.wall for run in runs), 2),
    }


def _page(measured: dict[str, Any], values: dict[str, Any]) -> str:
    return "\n".join([
        *head("Speed and memory", measured),
        *_targets(values), "", *_whole(values), "", *_stages(values["extraction"]), "", *_peers(values),
    ]) + "\n"  # fmt: skip


def _targets(values: dict[str, Any]) -> list[str]:
    whole, pdf = values["whole"]["2 workers"], values["pdf"]
    inside = [one["colligate, in this process"] for one in pdf.values()]
    pages = [one["colligate, in a child"] for one in pdf.values()]
    lines = ["## Targets", "", row("target", "measured", ""), row("---", "---:", "---")]
    # On a machine that others use, wall time says how busy they were; processor time says what the work is.
    for label, value, reached in (
        (
            "whole pipeline ≥ 20,000 words/s on 2 cores, wall",
            f"{whole['words_per_second']:,}",
            whole["words_per_second"] >= 20_000,
        ),
        (
            "the same by processor time (words per CPU second × 2 cores)",
            f"{2 * whole['words_per_cpu_second']:,}",
            2 * whole["words_per_cpu_second"] >= 20_000,
        ),
        ("PDF ≥ 250 pages/s on one core, the reading alone, by file", _span(inside), min(inside) >= 250),
        ("PDF ≥ 250 pages/s on one core, in a child process, by file", _span(pages), min(pages) >= 250),
        ("parent < 500 MB on 2,000 files", f"{values['many']['parent_peak_mb']} MB",
         values["many"]["parent_peak_mb"] < 500),
        ("17 pages, start of process to stored < 3 s", f"{values['report']['wall_s']:.2f} s",
         values["report"]["wall_s"] < 3),
        ("colligate --help < 0.3 s", f"{values['help']['wall_s']:.2f} s", values["help"]["wall_s"] < 0.3),
    ):  # fmt: skip
        lines.append(row(label, value, "reached" if reached else "not reached"))
    return lines


def _span(numbers: Sequence[float]) -> str:
    return f"{min(numbers):,.0f} to {max(numbers):,.0f}"


def _whole(values: dict[str, Any]) -> list[str]:
    lines = [
        f"## The whole: `colligate read`, start of process to its end, {values['texts']} texts", "",
        row("run", "words", "wall s", "CPU s", "words/s", "words/CPU s", "cores used", "parent MB", "all MB"),
        row("---", *["---:"] * 8),
    ]  # fmt: skip
    runs = {**values["whole"], f"{values['many']['files']} small files, 2 workers": values["many"]}
    for name, one in runs.items():
        lines.append(
            row(
                name, f"{one['words']:,}", one["wall_s"], one["cpu_s"], f"{one['words_per_second']:,}",
                f"{one['words_per_cpu_second']:,}", one["cores_used"], one["parent_peak_mb"],
                one["all_processes_peak_mb"],
            )
        )  # fmt: skip
    walls = "; ".join(
        f"{name} {', '.join(map(str, one['all_walls_s']))} s" for name, one in values["whole"].items()
    )
    report, small, child = values["report"], values["small_file"], values["child"]
    start = (
        f"The runs over whole texts are the fastest of three ({walls}). "
        f"A PDF of {report['pages']} pages and {report['words']:,} words: {report['wall_s']:.2f} s wall, "
        f"{report['cpu_s']:.2f} s CPU (fastest of five {report['fastest_wall_s']:.2f} s wall). "
        f"A text of one line: {small['wall_s']:.2f} s wall, {small['cpu_s']:.2f} s CPU. "
        f"A child process per file costs {child['in_a_child_ms'] - child['in_this_process_ms']:.1f} ms "
        f"({child['in_a_child_ms']:.1f} against {child['in_this_process_ms']:.1f})."
    )
    return [*lines, "", start]


def _stages(extraction: dict[str, Any]) -> list[str]:
    lines = [
        "## Stages, processor time of one process", "",
        row("stage", "words/s", "share", "peak MB on the largest text"), row("---", *["---:"] * 3),
    ]  # fmt: skip
    for name, one in extraction["stages"].items():
        lines.append(row(name, f"{one['words_per_second']:,}", f"{one['share']:.0%}", one["peak_mb"]))
    return [*lines, row("all", f"{extraction['words_per_second']:,}", "100%", "")]


def _peers(values: dict[str, Any]) -> list[str]:
    lines = ["## Peers", "", "Ratios say how many times faster ours is than the peer (below 1: slower).", ""]
    names = values["names"]
    lines += [row("names", "words/s", "ours is × faster", "names found", "lists built in s")]
    lines += [row("---", *["---:"] * 4)]
    labels = {"colligate": "sentences and names", "spacy": "spaCy blank, sentencizer, PhraseMatcher"}
    for name, one in names.items():
        lines.append(
            row(labels[name], f"{one['words_per_second']:,.0f}",
                f"{names['colligate']['words_per_second'] / one['words_per_second']:.2f}",
                f"{one['names']:,.0f}", f"{one['lists_s']:.2f}")
        )  # fmt: skip
    cutters = values["sentences"]
    lines += ["", row("sentences", "words/s", "ours is × faster"), row("---", "---:", "---:")]
    lines += [row(name, f"{rate:,}", f"{cutters['colligate'] / rate:.2f}") for name, rate in cutters.items()]
    ways = [way for way in next(iter(values["pdf"].values())) if way != "pages"]
    lines += ["", row("PDF, pages/s", "pages", *ways), row("---", *["---:"] * (len(ways) + 1))]
    lines += [row(name, one["pages"], *(one[way] for way in ways)) for name, one in values["pdf"].items()]
    missing = [
        name
        for name in ("spacy", "blingfire", "pysbd", "pdfminer", "pdfplumber")
        if not speed_peers.there(name)
    ]
    if missing:
        lines += ["", f"Not installed, so not measured: {', '.join(missing)}."]
    return lines


if __name__ == "__main__":
    sys.exit(main())
