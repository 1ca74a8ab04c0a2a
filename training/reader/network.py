"""The network in torch: a MiniLM encoder that also sees spelling, and heads on its one output.

Runs in training only; ``colligate.extract.neural`` computes the same from the exported weights.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from colligate.extract.neural.geometry import GAPS, WHERE
from colligate.extract.neural.pieces import CASES
from training.reader.labels import FORMS, KINDS, WIDEST

HIDDEN, LAYERS, HEADS, INNER = 384, 6, 12, 1536
SPAN, PAIR, DATE = 256, 384, 128
LOOKS, LOOK = 4, 64  # places in the text that a pair looks at, and the width of each look
KIND_SLOTS = len(KINDS) + 1  # a trigger stands where a mention would


class Layer(nn.Module):
    """One layer of BERT, normalised after each sum."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.first_norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up = nn.Linear(HIDDEN, INNER)
        self.down = nn.Linear(INNER, HIDDEN)
        self.second_norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, HEADS, HIDDEN // HEADS).permute(2, 0, 3, 1, 4)
        scores = q @ k.transpose(-1, -2) / (HIDDEN // HEADS) ** 0.5 + mask
        # No dropout here: drawing its random numbers took a quarter of all training time.
        seen = (scores.softmax(-1) @ v).transpose(1, 2).reshape(batch, length, HIDDEN)
        x = self.first_norm(x + self.dropout(self.out(seen)))
        return self.second_norm(x + self.dropout(self.down(functional.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Pieces and their spelling -> one vector a piece."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(30522, HIDDEN)
        # What a word is like is not learnt anew from so few texts, and frozen it costs no update.
        self.words.weight.requires_grad_(False)
        self.places = nn.Embedding(512, HIDDEN)
        self.cases = nn.Embedding(CASES, HIDDEN)
        nn.init.zeros_(self.cases.weight)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.dropout = nn.Dropout(dropout)

    def forward(self, ids: Tensor, cases: Tensor) -> Tensor:
        """``ids`` and ``cases``: batch x length; id 0 is padding. Gives batch x length x HIDDEN."""
        mask = torch.where(ids == 0, -1e4, 0.0)[:, None, None, :]
        x = self.words(ids) + self.places.weight[: ids.shape[1]] + self.cases(cases)
        x = self.dropout(self.norm(x))
        for layer in self.layers:
            x = layer(x, mask)
        return x

    def load_minilm(self, weights: dict[str, Tensor]) -> None:
        """Takes over the weights of all-MiniLM-L6-v2 as its safetensors file names them."""
        with torch.no_grad():
            self.words.weight.copy_(weights["embeddings.word_embeddings.weight"])
            self.places.weight.copy_(
                weights["embeddings.position_embeddings.weight"]
                + weights["embeddings.token_type_embeddings.weight"][0]
            )
            self.norm.weight.copy_(weights["embeddings.LayerNorm.weight"])
            self.norm.bias.copy_(weights["embeddings.LayerNorm.bias"])
            for number, layer in enumerate(self.layers):
                at = f"encoder.layer.{number}."
                for end in ("weight", "bias"):
                    parts = [
                        weights[f"{at}attention.self.{name}.{end}"] for name in ("query", "key", "value")
                    ]
                    getattr(layer.qkv, end).copy_(torch.cat(parts))
                    getattr(layer.out, end).copy_(weights[f"{at}attention.output.dense.{end}"])
                    getattr(layer.first_norm, end).copy_(weights[f"{at}attention.output.LayerNorm.{end}"])
                    getattr(layer.up, end).copy_(weights[f"{at}intermediate.dense.{end}"])
                    getattr(layer.down, end).copy_(weights[f"{at}output.dense.{end}"])
                    getattr(layer.second_norm, end).copy_(weights[f"{at}output.LayerNorm.{end}"])


class SpanHead(nn.Module):
    """Scores every span of up to WIDEST pieces for every class: length x WIDEST x classes."""

    GROUPS, WIDTH = 3, 48

    def __init__(self, groups: list[int]) -> None:
        """``groups``: for each class which of the three products of start and end it uses."""
        super().__init__()
        classes = len(groups)
        self.register_buffer("groups", torch.tensor(groups))
        self.start = nn.Linear(HIDDEN, self.GROUPS * self.WIDTH)
        self.end = nn.Linear(HIDDEN, self.GROUPS * self.WIDTH)
        self.start_class = nn.Linear(HIDDEN, classes)
        self.end_class = nn.Linear(HIDDEN, classes)
        self.width = nn.Parameter(torch.zeros(WIDEST, classes))
        nn.init.constant_(self.start_class.bias, -4.0)

    def forward(self, hidden: Tensor) -> Tensor:
        """``hidden``: length x HIDDEN of one window. Spans past the end score -100."""
        start = self.start(hidden).view(-1, 1, self.GROUPS, self.WIDTH)
        end = functional.pad(self.end(hidden), (0, 0, 0, WIDEST - 1)).view(-1, self.GROUPS, self.WIDTH)
        reach = torch.arange(hidden.shape[0])[:, None] + torch.arange(WIDEST)[None, :]
        product = (start * end[reach]).sum(-1) / self.WIDTH**0.5
        by_end = functional.pad(self.end_class(hidden), (0, 0, 0, WIDEST - 1), value=-100.0)
        scores = self.start_class(hidden)[:, None, :] + by_end[reach]
        return scores + self.width + product[:, :, self.groups]


@dataclass(slots=True)
class Pairs:
    """Pairs of spans of one window. ``first`` and ``second`` index the spans; ``gap`` and ``where`` are
    classes of distance (pairs) and of each piece's place seen from the pair (pairs x length)."""

    first: Tensor
    second: Tensor
    gap: Tensor
    where: Tensor


class Heads(nn.Module):
    """All heads but the encoder. Spans become vectors, pairs of them look at the text, the rest is linear."""

    def __init__(self, groups: list[int], ties: int, roles: int, stances: int, outcomes: int) -> None:
        super().__init__()
        self.spans = SpanHead(groups)
        self.span = nn.Linear(3 * HIDDEN, SPAN)
        self.kinds = nn.Embedding(KIND_SLOTS, SPAN)
        self.forms = nn.Embedding(len(FORMS), SPAN)
        self.key = nn.Linear(HIDDEN, LOOKS * LOOK)
        self.value = nn.Linear(HIDDEN, LOOKS * LOOK)
        self.query_first = nn.Linear(SPAN, LOOKS * LOOK)
        self.query_second = nn.Linear(SPAN, LOOKS * LOOK)
        self.where = nn.Embedding(WHERE, LOOKS)
        self.first = nn.Linear(SPAN, PAIR)
        self.second = nn.Linear(SPAN, PAIR)
        self.seen = nn.Linear(LOOKS * LOOK, PAIR)
        self.product = nn.Linear(SPAN, PAIR)
        self.gap = nn.Embedding(GAPS, PAIR)
        self.pair_norm = nn.LayerNorm(PAIR)
        self.deep = nn.Linear(PAIR, PAIR)
        self.ties = nn.Linear(PAIR, 2 * ties)
        self.roles = nn.Linear(PAIR, roles)
        self.same = nn.Linear(PAIR, 1)
        self.stances = nn.Linear(PAIR, stances)
        self.outcomes = nn.Linear(PAIR, outcomes)
        self.date_query = nn.Linear(PAIR, DATE)
        self.date_key = nn.Linear(2 * HIDDEN, DATE)
        self.date_gap = nn.Embedding(GAPS, 1)
        self.no_date = nn.Linear(PAIR, 1)
        self.source_query = nn.Linear(PAIR, DATE)
        self.source_key = nn.Linear(SPAN, DATE)
        self.source_gap = nn.Embedding(GAPS, 1)
        self.dropout = nn.Dropout(0.2)
        for rare, start in ((self.ties, -4.0), (self.roles, -3.0), (self.same, -2.0)):
            nn.init.constant_(rare.bias, start)
        self.source_bias = nn.Parameter(torch.tensor(-3.0))

    def span_vectors(self, hidden: Tensor, first: Tensor, last: Tensor, kind: Tensor, form: Tensor) -> Tensor:
        """Spans (first and last piece, inclusive) -> spans x SPAN."""
        total = functional.pad(hidden.cumsum(0), (0, 0, 1, 0))
        mean = (total[last + 1] - total[first]) / (last + 1 - first)[:, None]
        made = self.span(torch.cat([hidden[first], hidden[last], mean], -1))
        return functional.relu(made + self.kinds(kind) + self.forms(form))

    def pair_vectors(self, hidden: Tensor, spans: Tensor, pairs: Pairs) -> tuple[Tensor, Tensor]:
        """Pairs -> pairs x PAIR: both spans, their distance, and what the pair looks at in the window;
        and pairs x pieces, how much it looks at each."""
        spans = self.dropout(spans)
        keys = self.key(hidden).view(-1, LOOKS, LOOK)
        values = self.value(hidden).view(-1, LOOKS, LOOK)
        query = (self.query_first(spans)[pairs.first] + self.query_second(spans)[pairs.second]).view(
            -1, LOOKS, LOOK
        )
        scores = torch.einsum("phd,nhd->phn", query, keys) / LOOK**0.5
        scores = scores + self.where(pairs.where).transpose(1, 2)
        looks = scores.softmax(-1)
        seen = torch.einsum("phn,nhd->phd", looks, values).reshape(-1, LOOKS * LOOK)
        made = (
            self.first(spans)[pairs.first]
            + self.second(spans)[pairs.second]
            + self.seen(seen)
            + self.product(spans[pairs.first] * spans[pairs.second])
            + self.gap(pairs.gap)
        )
        made = functional.relu(self.pair_norm(made))
        return made + functional.relu(self.deep(self.dropout(made))), looks.mean(1)

    def date_scores(self, pair: Tensor, hidden: Tensor, dates: Tensor, gap: Tensor) -> Tensor:
        """``pair``: claims x PAIR; ``dates``: dates x 2 pieces; ``gap``: claims x dates.
        Gives claims x (dates + 1); the last is no date."""
        keys = self.date_key(torch.cat([hidden[dates[:, 0]], hidden[dates[:, 1]]], -1))
        scores = self.date_query(pair) @ keys.T / DATE**0.5 + self.date_gap(gap)[..., 0]
        return torch.cat([scores, self.no_date(pair)], 1)

    def source_scores(self, pair: Tensor, spans: Tensor, gap: Tensor) -> Tensor:
        """``gap``: claims x spans. Gives claims x spans, a logit of each span's being the claim's source."""
        keys = self.source_key(spans)
        return self.source_query(pair) @ keys.T / DATE**0.5 + self.source_gap(gap)[..., 0] + self.source_bias
