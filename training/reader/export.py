"""Trained weights -> what the program loads: four graphs, the encoder's in 8 bits."""

from __future__ import annotations

import warnings
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

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
        # What a pair rests on is a word of its sentence, neither of its own two nor a mark.
        focus = torch.where((where < 2) | (where >= 7), -1.0, looks).argmax(-1)
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
    hidden, spans = torch.randn(n, HIDDEN), torch.randn(m, SPAN)
    index = torch.arange(m)

    def none(*shape: int) -> Tensor:
        return torch.zeros(*shape, dtype=torch.long)

    ids = torch.randint(5, 900, (2, n))
    _write(encoder, (ids, none(2, n)), whole, "ids:bn cases:bn", "hidden:bn")
    # 7 of the 8 bits: products of full ones overflow on processors without VNNI, which would read otherwise.
    quantize_dynamic(
        whole, folder / "encoder.onnx", weight_type=QuantType.QInt8, per_channel=True, reduce_range=True
    )
    whole.unlink()
    _write(_Spans(heads), (hidden,), folder / "spans.onnx", "hidden:n", "scores:n")
    _write(
        _Pairs(heads),
        (hidden, index + 1, index + 2, none(m), none(m), none(p), none(p) + 1, none(p), none(p, n)),
        folder / "pairs.onnx",
        "hidden:n first:m last:m kind:m form:m one:p other:p gap:p where:pn",
        "ties:p roles:p same:p pairs:p spans:m focus:p",
    )
    _write(
        _Circumstances(heads),
        (torch.randn(c, PAIR), hidden, none(d, 2), none(c, d), spans, none(c, m)),
        folder / "circumstances.onnx",
        "pairs:c hidden:n dates:d date_gap:cd spans:m span_gap:cm",
        "stances:c outcomes:c dates_of:c sources:c",
    )
    return [folder / f"{name}.onnx" for name in GRAPHS]


def _write(module: nn.Module, example: tuple[Tensor, ...], path: Path, inputs: str, outputs: str) -> None:
    """``inputs`` and ``outputs`` are names with the letters of their first axes, whose lengths vary."""
    axes = {}
    for word in f"{inputs} {outputs}".split():
        name, _, letters = word.partition(":")
        axes[name] = dict(enumerate(letters))
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module, example, str(path),
            input_names=[word.partition(":")[0] for word in inputs.split()],
            output_names=[word.partition(":")[0] for word in outputs.split()],
            dynamic_axes=axes, opset_version=17, dynamo=False,
        )  # fmt: skip
