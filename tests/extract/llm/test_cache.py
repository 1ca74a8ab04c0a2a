"""Replies on disk: whole, or not there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from colligate.extract.llm.cache import Kept, ReplyCache, reply_key

MESSAGES = [{"role": "user", "content": "[1] Okot led."}]
KEY = reply_key("stub-1", MESSAGES)


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("content", ["{}", "Okot\u2019s \x00 men \U0001f5fa", "half a character \ud800"])
def test_what_is_kept_comes_back(tmp_path: Path, content: str) -> None:
    cache = ReplyCache(tmp_path / "replies")
    assert cache.get(KEY) is None
    cache.put(KEY, Kept(content, cut_off=True))
    assert cache.get(KEY) == Kept(content, cut_off=True, reused=True)
    assert len(files(tmp_path)) == 1


@pytest.mark.parametrize(
    "broken",
    [
        b"", b"{", b"\xff\xfe", b"[]", b"null", b"[" * 100_000,
        json.dumps({"version": 1, "key": "another", "content": "{}", "cut_off": False}).encode(),
        json.dumps({"version": 99, "key": KEY, "content": "{}", "cut_off": False}).encode(),
        json.dumps({"version": 1, "key": KEY, "content": 7, "cut_off": False}).encode(),
        json.dumps({"version": 1, "key": KEY, "content": "{}"}).encode(),
    ],
)  # fmt: skip
def test_a_broken_entry_is_thrown_away(tmp_path: Path, broken: bytes) -> None:
    cache = ReplyCache(tmp_path)
    cache.put(KEY, Kept("{}", cut_off=False))
    (path,) = files(tmp_path)
    path.write_bytes(broken)
    assert cache.get(KEY) is None
    assert files(tmp_path) == []


def test_a_write_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = ReplyCache(tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "no room")

    monkeypatch.setattr("colligate.extract.llm.cache.os.replace", full)
    with pytest.raises(OSError, match="no room"):
        cache.put(KEY, Kept("{}", cut_off=False))
    assert files(tmp_path) == []


def test_the_key_is_of_all_that_decides_a_reply() -> None:
    other = [{"role": "user", "content": "[1] Okot fled."}]
    assert len({KEY, reply_key("stub-2", MESSAGES), reply_key("stub-1", other)}) == 3
    assert reply_key("stub-1", [dict(MESSAGES[0])]) == KEY
