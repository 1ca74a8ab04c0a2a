"""Ids are hashes of content, so that the same content has the same id wherever it is read."""

from __future__ import annotations

import hashlib
import json


def content_id(*parts: object) -> str:
    """20 hex digits of the SHA-256 of the parts as canonical JSON.

    JSON and not a joined string: with a separator, ("a.b", "c") and ("a", "b.c") share an id.
    Raises TypeError for parts that JSON cannot hold.
    """
    canonical = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()[:20]


def bytes_id(data: bytes) -> str:
    """The id of an original: "sha256:" and the full digest of its bytes."""
    return "sha256:" + hashlib.sha256(data).hexdigest()
