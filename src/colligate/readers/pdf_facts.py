"""What a PDF says of itself: its metadata, checked against what stands on the first pages."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from colligate.model import BlockKind
from colligate.readers import published
from colligate.readers.parsed import Parsed

_PARTING = re.compile(r"\s*(?:;|\band\b|&|,(?!\s*(?:Jr|Sr|PhD|MD)\b))\s*")


@cache
def nobodies() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What is no title and what is no author, from ``metadata.yaml``."""
    table = yaml.safe_load(files("colligate.readers").joinpath("metadata.yaml").read_text(encoding="utf-8"))
    titles, authors = ("|".join(row["pattern"] for row in table[key]) for key in ("no_title", "no_author"))
    return re.compile(titles, re.IGNORECASE), re.compile(authors, re.IGNORECASE)


def title_stated(value: str) -> str:
    """The title that metadata state; "" for what programs put there by themselves."""
    value = " ".join(value.split())
    return "" if nobodies()[0].search(value) or not any(map(str.isalpha, value)) else value


def authors_stated(value: str) -> tuple[str, ...]:
    """The persons that metadata name as authors, without the names of programs and accounts."""
    names = (" ".join(name.split()) for name in _PARTING.split(value))
    return tuple(name for name in names if name and not nobodies()[1].search(name))


def facts(document: Any, parsed: Parsed) -> None:
    """Fills title, authors and date. A printed date wins over the metadata's, unless they agree."""
    metadata = document.get_metadata_dict()
    text = parsed.draft.text()
    first = next((page for page in parsed.draft.pages if page.end > page.start), None)
    parsed.title = title_stated(metadata.get("Title", "")) or _largest(parsed, text)
    parsed.authors = authors_stated(metadata.get("Author", ""))
    created = published.pdf(metadata.get("CreationDate", ""))
    head = text[: first.end if first else 2000][:6000]
    lines = [line for block in head.split("\n\n") for line in (block, *block.split(" | "))]
    raw = parsed.raw[first.number] if first else ""
    printed = published.printed([*raw.splitlines(), *lines])
    if printed is None:
        if created is not None:
            parsed.published, parsed.published_how = created, "pdf metadata CreationDate"
        return
    if created is not None and _within(created, printed):
        parsed.published, parsed.published_how = (
            created,
            "pdf metadata CreationDate, as printed on the first page",
        )
    else:
        parsed.published, parsed.published_how = printed, "printed on the first page"


def _within(inner: Any, outer: Any) -> bool:
    return bool(outer.start_earliest <= inner.start_earliest and inner.end_latest <= outer.end_latest)


def _largest(parsed: Parsed, text: str) -> str:
    """The highest-ranking heading of the first two pages."""
    pages = parsed.draft.pages
    end = pages[min(1, len(pages) - 1)].end if pages else 0
    headings = [b for b in parsed.draft.blocks if b.kind is BlockKind.HEADING and b.start < end]
    if not headings:
        return ""
    best = min(headings, key=lambda block: (block.level, block.start))
    return text[best.start : best.end]
