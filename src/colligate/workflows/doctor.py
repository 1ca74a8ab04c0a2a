"""doctor: what this installation can do, and whether a case is whole."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from colligate import __version__
from colligate.errors import ColligateError, ModelError, NotFoundError, QuoteError
from colligate.extract.pipeline import MODEL_MANIFEST, model_version
from colligate.model import Document, bytes_id
from colligate.store import View
from colligate.store.sqlite import journal_mode

_LIBRARIES = (
    "sqlalchemy", "alembic", "pypdfium2", "python-docx", "lxml", "trafilatura",
    "daachorse", "sentencex", "py3langid", "typer", "rich", "onnxruntime", "tokenizers", "numpy",
)  # fmt: skip


class Health(StrEnum):
    GOOD = "good"
    WEAK = "weak"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. WEAK works with less; BAD needs mending, and ``found`` says how."""

    what: str
    health: Health
    found: str


def installation_check() -> Iterator[Finding]:
    """Versions, the database's features, the limits that this system can put on a reader."""
    yield Finding("colligate", Health.GOOD, __version__)
    yield Finding("python", Health.GOOD, f"{platform.python_version()} ({sys.executable})")
    yield Finding("system", Health.GOOD, f"{platform.platform()}, {os.cpu_count()} processors")
    for name in _LIBRARIES:
        try:
            yield Finding(name, Health.GOOD, importlib.metadata.version(name))
        except importlib.metadata.PackageNotFoundError:
            yield Finding(name, Health.BAD, "is not installed; install colligate again")
    yield _reading_model()
    yield _full_text()
    yield Finding(
        "sqlite journal", Health.GOOD, f"{journal_mode()}, with every commit on disk before it counts"
    )
    yield from _sandbox()


def case_check(view: View) -> Iterator[Finding]:
    """Every original against its digest, every quote against its document's text."""
    counts = view.counts()
    yield Finding(
        "contents",
        Health.GOOD,
        f"{counts.documents} documents, {counts.ties} ties, {counts.events} events, {counts.actors} actors",
    )
    if counts.unfinished:
        yield Finding(
            "unfinished",
            Health.WEAK,
            f"{counts.unfinished} documents were stored and not extracted: read their files again",
        )
    if counts.failures:
        yield Finding("not read", Health.WEAK, f"{counts.failures} files; `colligate documents` lists them")
    yield _originals(view)
    yield _quotes(view)


def _reading_model() -> Finding:
    """Whether the weights are what their manifest says."""
    if not model_version():
        return Finding("reading model", Health.WEAK, "is not in the package: patterns alone read")
    from colligate.extract.neural.model import checked  # noqa: PLC0415 - loads onnxruntime

    try:
        checked(MODEL_MANIFEST.parent)
    except ModelError as error:
        return Finding("reading model", Health.BAD, f"{error} {error.hint or ''}".strip())
    return Finding("reading model", Health.GOOD, model_version())


def _full_text() -> Finding:
    with sqlite3.connect(":memory:") as connection:
        options = {row[0] for row in connection.execute("PRAGMA compile_options")}
    connection.close()
    version = sqlite3.sqlite_version
    if "ENABLE_FTS5" in options:
        return Finding("sqlite", Health.GOOD, f"{version} with full-text search (FTS5)")
    return Finding("sqlite", Health.BAD, f"{version} lacks FTS5; use a Python built with it, as most are")


def _sandbox() -> Iterator[Finding]:
    try:
        import resource  # noqa: PLC0415 - Unix only
    except ImportError:
        yield Finding("memory limit", Health.WEAK, "this system cannot limit the memory of a reader")
        return
    limited = hasattr(resource, "RLIMIT_AS") and sys.platform != "darwin"
    yield Finding(
        "memory limit",
        Health.GOOD if limited else Health.WEAK,
        "each file is read in a process of its own with limited memory"
        if limited
        else "this system does not enforce it; time is limited all the same",
    )


def _originals(view: View) -> Finding:
    wrong: list[str] = []
    kept = 0
    for document in view.documents():
        try:
            original = view.original(document.id)
        except ColligateError:
            wrong.append(document.name)
            continue
        if original is None:
            continue
        kept += 1
        if bytes_id(original) != document.id:
            wrong.append(document.name)
    if wrong:
        return Finding(
            "originals", Health.BAD, f"damaged or lost: {', '.join(wrong[:5])}; read these files again"
        )
    return Finding("originals", Health.GOOD, f"{kept} are kept and match their digests")


def _quotes(view: View) -> Finding:
    right = 0
    wrong: list[str] = []
    current: Document | None = None
    for recorded in view.claims():  # by document, so each text is loaded about once
        claim = recorded.claim
        try:
            if current is None or current.id != claim.evidence[0].document or not recorded.found:
                current = view.document_of(claim.id)
            for evidence in claim.evidence:
                evidence.check(current.text)
            right += len(claim.evidence)
        except (QuoteError, NotFoundError):
            wrong.append(claim.id[:8])
        if not recorded.found:
            current = None
    if wrong:
        return Finding(
            "quotes",
            Health.BAD,
            f"{len(wrong)} claims do not show their words ({', '.join(wrong[:5])}); use a copy of the case",
        )
    return Finding("quotes", Health.GOOD, f"all {right} stand in their documents, letter by letter")
