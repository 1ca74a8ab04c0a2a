"""Writes a folder of weights that the program accepts: graphs, tokenizer, manifest."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

from training.reader.export import export
from training.reader.labels import FORMS, KINDS, WIDEST
from training.reader.network import Encoder, Heads
from training.reader.tensors import CLASSES, OUTCOMES, ROLES, STANCES, TIE_NAMES


def release(encoder: Encoder, heads: Heads, tokenizer: Path, folder: Path, about: dict[str, Any]) -> Path:
    """Exports the model into ``folder``. ``about`` has name, version, date, data, licences and scores."""
    paths = export(encoder, heads, folder)
    shutil.copyfile(tokenizer, folder / "tokenizer.json")
    paths.append(folder / "tokenizer.json")
    manifest = {
        **about,
        "widest": WIDEST,
        "labels": {
            "kinds": KINDS, "forms": FORMS, "spans": CLASSES, "ties": TIE_NAMES, "roles": ROLES,
            "stances": STANCES, "outcomes": OUTCOMES,
        },
        "files": {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths},
    }  # fmt: skip
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    return folder
