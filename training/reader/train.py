"""The training loop: windows in batches of about the same length, several heads, one optimiser."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file

from training.reader.labels import NAME_CLASSES, NOMINAL_CLASSES
from training.reader.losses import WEIGHTS, Losses
from training.reader.network import Encoder, Heads
from training.reader.tensors import CLASSES, OUTCOMES, ROLES, STANCES, TIE_NAMES, Item


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """All that decides how a model turns out, beside its data."""

    epochs: int = 10
    batch: int = 1024  # pieces
    rate: float = 1e-4  # of the encoder
    head_rate: float = 1e-3
    warm: float = 0.1
    averaged: float = 0.0  # share of the steps over which the weights that are kept are averaged
    seed: int = 7


def fresh_heads() -> Heads:
    """Heads as training begins with them."""
    groups = [0 if c in NAME_CLASSES else 1 if c in NOMINAL_CLASSES else 2 for c in CLASSES]
    return Heads(groups, len(TIE_NAMES), len(ROLES), len(STANCES), len(OUTCOMES))


def batches(items: Sequence[Item], most: int, rng: random.Random) -> Iterator[list[Item]]:
    """Items of about one length together, at most ``most`` pieces padded; batches in random order."""
    ordered = sorted(items, key=lambda item: len(item.window) + rng.random() * 24)
    made: list[list[Item]] = []
    held: list[Item] = []
    for item in ordered:
        longest = max(len(i.window) for i in [*held, item])
        if held and longest * (len(held) + 1) > most:
            made.append(held)
            held = []
        held.append(item)
    if held:
        made.append(held)
    rng.shuffle(made)
    return iter(made)


def train(
    draw: Callable[[], Sequence[Item]],
    recipe: Recipe,
    *,
    base: Path,
    start: Path | None = None,
    log: Path | None = None,
    fresh_spans: bool = False,
) -> tuple[Encoder, Heads]:
    """Trains on what ``draw`` gives, asked once an epoch. ``base`` is the safetensors file of MiniLM;
    ``start`` a state to go on from, with
    ``fresh_spans`` but for the span head (whose classes the public data sets mark only in part)."""
    torch.manual_seed(recipe.seed)
    rng, shuffle = np.random.default_rng(recipe.seed), random.Random(recipe.seed)
    encoder, heads = Encoder(), fresh_heads()
    encoder.load_minilm(load_file(str(base)))
    if start is not None:
        load_state(start, encoder, heads, but="spans." if fresh_spans else "")
    losses = Losses(encoder, heads)
    plain = [p for p in [*encoder.parameters(), *heads.parameters()] if p.requires_grad]
    optimiser = torch.optim.AdamW(
        [
            {"params": [p for p in encoder.parameters() if p.requires_grad], "lr": recipe.rate},
            {"params": list(heads.parameters()), "lr": recipe.head_rate},
        ],
        weight_decay=0.01,
        betas=(0.9, 0.98),
        fused=True,
    )
    items = draw()
    rough = sum(len(item.window) for item in items) / (recipe.batch * 0.9)
    steps = int(recipe.epochs * rough * 1.03)
    rise = max(int(steps * recipe.warm), 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / rise, max(0.02, (steps - step) / max(steps - rise, 1)))
    )
    # The mean of the weights along the way reads unseen text better than where the way ends.
    decay = 1 - 1 / max(steps * recipe.averaged, 1)
    means = [p.detach().clone() for p in plain] if recipe.averaged else []
    began = time.monotonic()
    for epoch in range(recipe.epochs):
        encoder.train()
        heads.train()
        items = draw() if epoch else items
        total: dict[str, float] = {}
        count = 0
        for batch in batches(items, recipe.batch, shuffle):
            parts = losses.batch(batch, rng, latent=epoch >= max(1, recipe.epochs // 5))
            loss = torch.stack([WEIGHTS[name] * part for name, part in parts.items()]).sum()
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(plain, 2.0)
            optimiser.step()
            schedule.step()
            if means:
                torch._foreach_lerp_(means, [p.detach() for p in plain], 1 - decay)
            count += 1
            for name, part in parts.items():
                total[name] = total.get(name, 0.0) + float(part.detach())
        said = {name: round(value / count, 3) for name, value in total.items()}
        line = {"epoch": epoch + 1, "seconds": round(time.monotonic() - began), "losses": said}
        print(json.dumps(line), flush=True)
        if log is not None:
            with log.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line) + "\n")
    with torch.no_grad():
        for weight, mean in zip(plain, means, strict=False):
            weight.copy_(mean)
    encoder.eval()
    heads.eval()
    return encoder, heads


def save_state(path: Path, encoder: Encoder, heads: Heads) -> None:
    """Keeps both for going on or for export."""
    torch.save({"encoder": encoder.state_dict(), "heads": heads.state_dict()}, path)


def load_state(path: Path, encoder: Encoder, heads: Heads, *, but: str = "") -> None:
    """Takes up what :func:`save_state` kept, all but the heads whose names begin with ``but``."""
    state = torch.load(path, weights_only=True)
    encoder.load_state_dict(state["encoder"])
    kept = {name: held for name, held in state["heads"].items() if not but or not name.startswith(but)}
    heads.load_state_dict(kept, strict=not but)
