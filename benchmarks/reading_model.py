"""The reading model's pace: the whole pipeline beside its encoder alone, on one core and on all.

usage: python -m benchmarks.reading_model [--texts FOLDER]

Writes results/reading-model-speed.{json,md}. Without the folder of real texts it uses generated ones.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks import made_text
from benchmarks.circumstances import SHARED, circumstances, head, row, write
from benchmarks.watched import watched
from colligate.extract.neural.model import ReadingModel
from colligate.extract.neural.pieces import windows
from colligate.extract.pipeline import default_pipeline
from colligate.model import Document
from colligate.workflows.pool import cores

PACKAGES = ("onnxruntime", "tokenizers", "numpy")
WORDS = 60_000
FOLDER_WORDS = 120_000
COLLIGATE = str(Path(sys.executable).with_name("colligate"))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=Path, default=SHARED / "texts")
    chosen = parser.parse_args()
    measured = circumstances(PACKAGES)
    texts = _texts(chosen.texts)
    values: dict[str, Any] = {**measured, "real_texts": chosen.texts.is_dir()}
    for threads in sorted({1, cores()}):
        values[f"threads_{threads}"] = _paces(texts, threads)
    values["length"] = _lengths(texts)
    values["processes"] = _processes(texts)
    table = _page(measured, values)
    write("reading-model-speed", values, table)
    print(table)
    return 0


def _texts(folder: Path) -> list[str]:
    found = [path.read_text("utf-8", errors="replace") for path in sorted(folder.glob("*.txt"))]
    return found or [made_text.text(3000, seed=number + 1) for number in range(40)]


def _document(text: str) -> Document:
    return Document("sha256:bench", text, len(text), "text/plain", "benchmark")


def _part(texts: Sequence[str], words: int) -> list[str]:
    """Texts from the front on that hold about so many words."""
    kept: list[str] = []
    for text in texts:
        if words <= 0:
            break
        piece = " ".join(text.split(" ")[:words])
        kept.append(piece)
        words -= len(piece.split())
    return kept


def _paces(texts: Sequence[str], threads: int) -> dict[str, float]:
    """Words a second of wall time, with so many threads: encoder alone, patterns alone, both."""
    part = _part(texts, WORDS)
    words = sum(len(text.split()) for text in part)
    model = ReadingModel(threads=threads)
    plain, both = default_pipeline(), default_pipeline(model=model)
    documents = [_document(text) for text in part]
    for pipeline in (plain, both):
        pipeline.extract(documents[0])  # tables are loaded at the first text
    begun = time.perf_counter()
    cut = [
        windows(text, [(s.start, s.end) for s in plain.extract(document).sentences], model.tokenizer)
        for text, document in zip(part, documents, strict=True)
    ]
    rules = time.perf_counter() - begun
    begun = time.perf_counter()
    for held in cut:
        for _ in model.encode(held):
            pass
    encoder = time.perf_counter() - begun
    begun = time.perf_counter()
    for document in documents:
        both.extract(document)
    whole = time.perf_counter() - begun
    return {
        "words": words,
        "encoder": round(words / encoder),
        "patterns": round(words / rules),
        "whole": round(words / whole),
        "whole_to_encoder": round(whole / encoder, 2),
    }


def _lengths(texts: Sequence[str]) -> dict[str, float]:
    """Seconds for a thousand words of one text of 20,000 words and of one of 80,000."""
    joined = "\n\n".join(texts).split(" ")
    pipeline = default_pipeline(model=ReadingModel(threads=cores()))
    found = {}
    for words in (20_000, 80_000):
        document = _document(" ".join(joined[:words]))
        begun = time.perf_counter()
        pipeline.extract(document)
        found[str(words)] = round((time.perf_counter() - begun) / words * 1000, 3)
    return found


def _processes(texts: Sequence[str]) -> dict[str, Any]:
    """The command itself, by one worker and by two: pace, memory, and whether they find the same."""
    found: dict[str, Any] = {}
    exports = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "texts").mkdir()
        words = 0
        for number, text in enumerate(_part(texts, FOLDER_WORDS)):
            (folder / "texts" / f"{number}.txt").write_text(text, encoding="utf-8")
            words += len(text.split())
        for workers in (1, 2):
            case = folder / f"case-{workers}"
            command = [COLLIGATE, "read", str(folder / "texts")]
            run = watched([*command, "--case", str(case), "--workers", str(workers)])
            found[f"workers_{workers}"] = {
                "words_a_second": round(words / run.wall), "parent_mb": round(run.memory),
                "together_mb": round(run.together),
            }  # fmt: skip
            export = [COLLIGATE, "export", "claims", "--min-confidence", "0"]
            exports.append(
                subprocess.run([*export, "--case", str(case)], capture_output=True, check=True).stdout
            )
        # Documents come in the order in which they are done, which is no difference.
        found["same"] = sorted(exports[0].splitlines()) == sorted(exports[1].splitlines())
        found["claims"] = exports[0].count(b"\n")
        short = folder / "short.txt"
        short.write_text("Orel Torvan founded the Velk Column in 1998.", encoding="utf-8")
        command = [COLLIGATE, "read", str(short), "--case", str(folder / "short")]
        found["one_sentence_s"] = round(watched(command).wall, 2)
    return found


def _page(measured: dict[str, Any], values: dict[str, Any]) -> str:
    lines = head("Pace of the reading model", measured)
    lines += [row("", "encoder alone", "patterns alone", "whole", "whole to encoder"), row(*["---"] * 5)]
    for name, paces in values.items():
        if name.startswith("threads_"):
            lines.append(
                row(
                    name.replace("_", " "), paces["encoder"], paces["patterns"], paces["whole"],
                    paces["whole_to_encoder"],
                )
            )  # fmt: skip
    lines += ["", "Words a second of wall time. The command itself:", "", "```json"]
    lines += [json.dumps({"length": values["length"], **values["processes"]}, indent=1), "```", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
