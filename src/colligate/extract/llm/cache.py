"""Replies kept in the case, so that a run that was interrupted goes on without paying twice."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_VERSION = 1
_NEW = ".new-"


@dataclass(frozen=True, slots=True)
class Kept:
    """A reply's text, whether it ended before it was whole, and whether it was paid for earlier."""

    content: str
    cut_off: bool
    reused: bool = False


def reply_key(model: str, messages: Sequence[dict[str, str]]) -> str:
    """The SHA-256 over what decides a reply: the model, the prompt with its vocabulary, and the chunk."""
    parts = json.dumps([_VERSION, model, list(messages)], separators=(",", ":"))
    return hashlib.sha256(parts.encode("ascii")).hexdigest()


class ReplyCache:
    """A folder with one file per reply. Nothing in it is needed: without it, replies are asked for anew."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, key: str) -> Kept | None:
        """The reply; None when there is none. A file that is broken or is not of this key is deleted."""
        path = self._path(key)
        try:
            raw = path.read_bytes()
        except FileNotFoundError:
            return None
        kept = _kept(raw, key)
        if kept is None:
            self.forget(key)
        return kept

    def forget(self, key: str) -> None:
        self._path(key).unlink(missing_ok=True)

    def put(self, key: str, kept: Kept) -> None:
        """Keeps the reply, whole or not at all whatever happens in between. Raises OSError."""
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        entry = {"version": _VERSION, "key": key, "content": kept.content, "cut_off": kept.cut_off}
        handle, name = tempfile.mkstemp(prefix=_NEW, dir=self._folder)
        try:
            with os.fdopen(handle, "w", encoding="ascii") as file:
                json.dump(entry, file)
                file.flush()
                os.fsync(file.fileno())
            os.replace(name, path)  # noqa: PTH105 - Path.replace is the same call under a wider name
        except BaseException:
            with contextlib.suppress(OSError):
                Path(name).unlink()
            raise

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key}.json"


def _kept(raw: bytes, key: str) -> Kept | None:
    try:
        entry: Any = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    if not isinstance(entry, dict) or entry.get("version") != _VERSION or entry.get("key") != key:
        return None
    content, cut_off = entry.get("content"), entry.get("cut_off")
    if not isinstance(content, str) or not isinstance(cut_off, bool):
        return None
    return Kept(content, cut_off, reused=True)
