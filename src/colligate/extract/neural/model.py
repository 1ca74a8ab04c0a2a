"""The trained model as the program uses it: four graphs and a manifest in one folder, run by onnxruntime.

The model reads windows (``pieces``), finds spans in them, and judges pairs of spans. What the numbers
of a class mean stands in the manifest, so that weights of another vocabulary cannot be misread.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

from colligate.errors import ModelError
from colligate.extract.neural.pieces import Window
from colligate.extract.pipeline import MODEL_MANIFEST

MANIFEST = MODEL_MANIFEST.name
# Pieces in one run of the encoder: more at once is slower, for what does not fit the cache is fetched again.
BATCH = 512
# Pairs in one run: each looks at the whole window, and a list of names has thousands of them.
PAIRS = 512
Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Labels:
    """What the columns of the heads stand for, in their order."""

    kinds: tuple[str, ...]
    forms: tuple[str, ...]
    spans: tuple[str, ...]
    ties: tuple[str, ...]
    roles: tuple[str, ...]
    stances: tuple[str, ...]
    outcomes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """What the model says of pairs: probabilities of ties (pairs x 2 times the tie types: as given, then
    reversed), of roles, of being one actor; the vectors from which the circumstances are read; and the
    piece that each pair looks at most."""

    ties: Floats
    roles: Floats
    same: Floats
    pairs: Floats
    spans: Floats
    focus: Ints


class ReadingModel:
    """Loads and runs the graphs. Raises ModelError when a file is not there or not as the manifest says."""

    def __init__(self, folder: Path = MODEL_MANIFEST.parent, *, threads: int = 1) -> None:
        self.manifest = checked(folder)
        held = self.manifest["labels"]
        self.labels = Labels(**{name: tuple(held[name]) for name in Labels.__slots__})
        self.widest: int = self.manifest["widest"]
        self.name = f"{self.manifest['name']}-{self.manifest['version']}"
        self.trained_on = frozenset(map(str, self.manifest["data"].get("documents", ())))
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        self._encoder = self._session(folder / "encoder.onnx", threads)
        # The heads' products are small: a second thread would cost them more than it does.
        self._spans = self._session(folder / "spans.onnx", 1)
        self._pairs = self._session(folder / "pairs.onnx", 1)
        self._circumstances = self._session(folder / "circumstances.onnx", 1)

    @staticmethod
    def _session(path: Path, threads: int) -> onnxruntime.InferenceSession:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # Every window has another shape: what is kept ready for the last one would only fill the memory.
        options.enable_mem_pattern = False
        options.enable_cpu_mem_arena = False
        # A thread that waits by spinning takes the processor from the rules, which run between two windows.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        except Exception as error:  # onnxruntime raises classes of its own, of no common kind
            raise ModelError(path=path, why=f"it cannot be loaded ({type(error).__name__})") from error

    def encode(self, windows: Sequence[Window]) -> Iterator[tuple[int, Floats]]:
        """Each window's number and vectors (pieces x hidden), windows of about one length together."""
        order = sorted(range(len(windows)), key=lambda number: len(windows[number]))
        at = 0
        while at < len(order):
            # Grown from the shortest on: the last of a batch is its longest and decides the padding.
            end = at + 1
            while end < len(order) and len(windows[order[end]]) * (end + 1 - at) <= BATCH:
                end += 1
            batch = order[at:end]
            length = len(windows[batch[-1]])
            ids = np.zeros((len(batch), length), np.int64)
            cases = np.zeros((len(batch), length), np.int64)
            for row, number in enumerate(batch):
                ids[row, : len(windows[number])] = windows[number].ids
                cases[row, : len(windows[number])] = windows[number].cases
            hidden = self._encoder.run(None, {"ids": ids, "cases": cases})[0]
            for row, number in enumerate(batch):
                yield number, hidden[row, : len(windows[number])]
            at = end

    def spans(self, hidden: Floats) -> Floats:
        """Probabilities of every span and class: pieces x ``widest`` x classes."""
        found: Floats = self._spans.run(None, {"hidden": hidden})[0]
        return found

    def pairs(
        self, hidden: Floats, first: Ints, last: Ints, kind: Ints, form: Ints,
        one: Ints, other: Ints, gap: Ints, where: Ints,
    ) -> Judged:  # fmt: skip
        """Judges pairs (``one``, ``other`` index the spans), of which there is at least one."""
        parts = [
            self._pairs.run(
                None,
                {"hidden": hidden, "first": first, "last": last, "kind": kind, "form": form,
                 "one": one[at : at + PAIRS], "other": other[at : at + PAIRS], "gap": gap[at : at + PAIRS],
                 "where": where[at : at + PAIRS]},
            )
            for at in range(0, len(one), PAIRS)
        ]  # fmt: skip
        ties, roles, same, pairs, _, focus = (np.concatenate(columns) for columns in zip(*parts, strict=True))
        return Judged(ties, roles, same, pairs, parts[0][4], focus)

    def circumstances(
        self, pairs: Floats, hidden: Floats, dates: Ints, date_gap: Ints, spans: Floats, span_gap: Ints
    ) -> tuple[Floats, Floats, Floats, Floats]:
        """Of each claim: stances, outcomes, dates (the last column: none) and sources among the spans."""
        stances, outcomes, dated, sources = self._circumstances.run(
            None,
            {"pairs": pairs, "hidden": hidden, "dates": dates, "date_gap": date_gap, "spans": spans,
             "span_gap": span_gap},
        )  # fmt: skip
        return stances, outcomes, dated, sources


def checked(folder: Path) -> dict[str, Any]:
    """The manifest of a folder of weights, once every file in it is what the manifest says."""
    path = folder / MANIFEST
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        files: dict[str, str] = manifest["files"]
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(path=path, why="it is missing or damaged") from error
    for name, digest in files.items():
        try:
            held = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        except OSError as error:
            raise ModelError(path=folder / name, why="it is missing") from error
        if held != digest:
            raise ModelError(path=folder / name, why="its SHA-256 is not the one in the manifest")
    return manifest


@lru_cache(maxsize=2)
def packaged_model(threads: int = 1) -> ReadingModel | None:
    """The model that ships with the program; None where the package holds none."""
    return ReadingModel(threads=threads) if MODEL_MANIFEST.is_file() else None
