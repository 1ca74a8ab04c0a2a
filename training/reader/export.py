"""Trained weights -> what the program loads: four graphs, the encoder's in 8 bits."""

from __future__ import annotations

import warnings
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training.reader.labels import WIDEST
from training.reader.network import HIDDEN, PAIR, SPAN, Encoder, Heads, Pairs

GRAPHS = ("encoder", "spans", "pairs", "circumstances")


class _Spans(nn.Module):
    def __init__(self, heads: Heads) -> None:
        super().__init__()
        self.heads = heads

    def forward(self, hidden: Tensor) -> Tensor:
        return torch.sigmoid(self.heads.spans(hidden))


class _Pairs(nn.Module):
    def __init__(self, heads: Heads) -> None:
        super().__init__()
        self.heads = heads

    def forward(
        self, hidden: Tensor, first: Tensor, last: Tensor, kind: Tensor, form: Tensor,
        one: Tensor, other: Tensor, gap: Tensor, where: Tensor,
    ) -> tuple[Tensor, ...]:  # fmt: skip
        heads = self.heads
        spans = heads.span_vectors(hidden, first, last, kind, form)
        pairs, looks = heads.pair_vectors(hidden, spans, Pairs(one, other, gap, where))
        # What a pair rests on is a word of the text, neither of its own two nor a mark.
        focus = torch.where((where < 2) | (where == 8), -1.0, looks).argmax(-1)
        return (
            torch.sigmoid(heads.ties(pairs)), torch.sigmoid(heads.roles(pairs)),
            torch.sigmoid(heads.same(pairs))[:, 0], pairs, spans, focus,
        )  # fmt: skip


class _Circumstances(nn.Module):
    def __init__(self, heads: Heads) -> None:
        super().__init__()
        self.heads = heads

    def forward(
        self, pairs: Tensor, hidden: Tensor, dates: Tensor, date_gap: Tensor, spans: Tensor, span_gap: Tensor
    ) -> tuple[Tensor, ...]:
        heads = self.heads
        return (
            heads.stances(pairs).softmax(-1), heads.outcomes(pairs).softmax(-1),
            heads.date_scores(pairs, hidden, dates, date_gap).softmax(-1),
            torch.sigmoid(heads.source_scores(pairs, spans, span_gap)),
        )  # fmt: skip


def export(encoder: Encoder, heads: Heads, folder: Path) -> list[Path]:
    """Writes the graphs into ``folder`` and gives their paths. Only the encoder is put into 8 bits: the
    heads are a hundredth of the work, and their scores are what is calibrated."""
    folder.mkdir(parents=True, exist_ok=True)
    encoder.eval()
    heads.eval()
    whole = folder / "encoder32.onnx"
    n, m, p, c, d = 40, 6, 10, 4, 3
    hidden = torch.randn(n, HIDDEN)
    zeros = torch.zeros
    _write(
        encoder, (torch.randint(5, 900, (2, n)), zeros(2, n, dtype=torch.long)), whole,
        ["ids", "cases"], ["hidden"], {"ids": {0: "b", 1: "n"}, "cases": {0: "b", 1: "n"}, "hidden": {0: "b", 1: "n"}},
    )  # fmt: skip
    quantize_dynamic(whole, folder / "encoder.onnx", weight_type=QuantType.QInt8, per_channel=True)
    whole.unlink()
    _write(
        _Spans(heads), (hidden,), folder / "spans.onnx", ["hidden"], ["scores"],
        {"hidden": {0: "n"}, "scores": {0: "n"}},
    )  # fmt: skip
    index = torch.arange(m)
    one, other = torch.randint(0, m, (p,)), torch.randint(0, m, (p,))
    _write(
        _Pairs(heads),
        (hidden, index + 1, index + 2, zeros(m, dtype=torch.long), zeros(m, dtype=torch.long), one, other,
         zeros(p, dtype=torch.long), zeros(p, n, dtype=torch.long)),
        folder / "pairs.onnx",
        ["hidden", "first", "last", "kind", "form", "one", "other", "gap", "where"],
        ["ties", "roles", "same", "pairs", "spans", "focus"],
        {"hidden": {0: "n"}, "first": {0: "m"}, "last": {0: "m"}, "kind": {0: "m"}, "form": {0: "m"},
         "one": {0: "p"}, "other": {0: "p"}, "gap": {0: "p"}, "where": {0: "p", 1: "n"},
         "ties": {0: "p"}, "roles": {0: "p"}, "same": {0: "p"}, "pairs": {0: "p"}, "spans": {0: "m"}, "focus": {0: "p"}},
    )  # fmt: skip
    _write(
        _Circumstances(heads),
        (torch.randn(c, PAIR), hidden, zeros(d, 2, dtype=torch.long), zeros(c, d, dtype=torch.long),
         torch.randn(m, SPAN), zeros(c, m, dtype=torch.long)),
        folder / "circumstances.onnx",
        ["pairs", "hidden", "dates", "date_gap", "spans", "span_gap"], ["stances", "outcomes", "dates_of", "sources"],
        {"pairs": {0: "c"}, "hidden": {0: "n"}, "dates": {0: "d"}, "date_gap": {0: "c", 1: "d"}, "spans": {0: "m"},
         "span_gap": {0: "c", 1: "m"}, "stances": {0: "c"}, "outcomes": {0: "c"}, "dates_of": {0: "c"},
         "sources": {0: "c"}},
    )  # fmt: skip
    return [folder / f"{name}.onnx" for name in GRAPHS]


def _write(
    module: nn.Module, example: tuple[Tensor, ...], path: Path, inputs: list[str], outputs: list[str],
    axes: dict[str, dict[int, str]],
) -> None:  # fmt: skip
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module, example, str(path), input_names=inputs, output_names=outputs, dynamic_axes=axes,
            opset_version=17, dynamo=False,
        )  # fmt: skip



