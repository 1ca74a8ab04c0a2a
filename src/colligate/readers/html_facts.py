"""What a web page says of itself: title, authors, publisher, date, in its meta tags and JSON-LD."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from colligate.readers import published
from colligate.readers.markup import found_title
from colligate.readers.parsed import Parsed

TITLES = ("citation_title", "dc.title", "dcterms.title", "og:title", "twitter:title")
AUTHORS = ("citation_author", "dc.creator", "dcterms.creator", "author", "article:author", "parsely-author")
PUBLISHERS = (
    "citation_publisher",
    "dc.publisher",
    "dcterms.publisher",
    "og:site_name",
    "citation_journal_title",
)
DATES = (
    "article:published_time",
    "citation_publication_date",
    "citation_date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.created",
    "datepublished",
    "pubdate",
    "publishdate",
    "publish_date",
    "parsely-pub-date",
    "sailthru.date",
    "date",
)
_SITE = re.compile(r"\s+[|–—-]\s+[^|–—]{2,40}$")


def facts(root: Any, parsed: Parsed) -> None:
    """Fills title, authors, publisher and date from the tree's head, then from its first heading."""
    metas = _metas(root)
    linked = list(_linked(root))
    titles = [value for name in TITLES for value in metas.get(name, ())]
    heading = found_title(parsed.draft)
    head = next((" ".join("".join(one.itertext()).split()) for one in root.iter("{*}title")), "")
    parsed.title = (titles or [heading or _SITE.sub("", head)])[0]
    authors = [value for name in AUTHORS for value in metas.get(name, ()) if not value.startswith("http")]
    authors = authors or [name for item in linked for name in _names(item.get("author"))]
    parsed.authors = tuple(dict.fromkeys(authors))
    publishers = [value for name in PUBLISHERS for value in metas.get(name, ())]
    publishers = publishers or [name for item in linked for name in _names(item.get("publisher"))]
    parsed.publisher = publishers[0] if publishers else ""
    dates = [(value, f"html meta {name}") for name in DATES for value in metas.get(name, ())]
    dates += [
        (str(item["datePublished"]), "html JSON-LD datePublished")
        for item in linked
        if item.get("datePublished")
    ]
    dates += [
        (one.get("datetime") or "", "html time element")
        for one in root.iter("{*}time")
        if "pubdate" in one.attrib
        or "publish" in (one.get("class") or "")
        or one.get("itemprop") == "datePublished"
    ]
    for value, how in dates:
        when = published.iso(value) or published.printed([value])
        if when is not None:
            parsed.published, parsed.published_how = when, how
            return
    text = parsed.draft.text()
    lines = [text[block.start : block.end] for block in parsed.draft.blocks[:8]]
    when = published.printed(lines)
    if when is not None:
        parsed.published, parsed.published_how = when, "printed at the head of the page"


def _metas(root: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for meta in root.iter("{*}meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        value = " ".join((meta.get("content") or "").split())
        if name and value:
            found.setdefault(name, []).append(value[:500])
    return found


def _linked(root: Any) -> Iterator[dict[str, Any]]:
    """The objects of the page's JSON-LD that say they are a text."""
    for script in root.iter("{*}script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        try:
            data = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        waiting = [data]
        while waiting:
            item = waiting.pop()
            if isinstance(item, list):
                waiting += item[:100]
            elif isinstance(item, dict):
                if isinstance(item.get("@graph"), list):
                    waiting += item["@graph"][:100]
                if (
                    item.get("datePublished")
                    or "Article" in str(item.get("@type"))
                    or item.get("@type") == "Report"
                ):
                    yield item


def _names(value: Any) -> list[str]:
    """The names in a JSON-LD value, which may be a name, an object with one, or a list of either."""
    if isinstance(value, list):
        return [name for item in value[:50] for name in _names(item)]
    if isinstance(value, dict):
        value = value.get("name")
    return [" ".join(value.split())[:200]] if isinstance(value, str) and not value.startswith("http") else []
