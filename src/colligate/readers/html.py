"""HTML: the visible text in its blocks, menus left out, notes tied to their marks.

The walk over the page is our own, so that every block keeps its place and its kind; trafilatura is
asked which of the blocks are the main text. Its word is not the last one: a passage of sentences that
it left out stays in, unless it stands in a menu, a footer or the like, and what goes is counted.
"""

from __future__ import annotations

import re
from typing import Any

from colligate.errors import ReadFailure
from colligate.model import BlockKind
from colligate.readers.draft import without_surrogates
from colligate.readers.encoding import decode
from colligate.readers.html_facts import facts
from colligate.readers.html_walk import Walk
from colligate.readers.markup import Passage, draft_of
from colligate.readers.parsed import Parsed, Task

EXTRACTOR_MOST = 2 << 20
"""Bytes of HTML up to which trafilatura is asked: past that it takes minutes, and the walk decides."""

DEEP = "The page nests its elements more than 2,000 deep; what lies below that was left out."

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_XML_ENCODING = re.compile(
    rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE
)


def read_html(task: Task) -> Parsed:
    """A web page saved as a file. Raises DocumentError when it holds no element at all."""
    text, warning = decoded(task.data)
    root, deep = tree(text)
    if root is None:
        raise task.refuse(ReadFailure.NO_TEXT, "is HTML without any content")
    walk = Walk(root)
    left_out = choose_main(walk.passages, walk.raw, text)
    parsed = Parsed(draft_of(walk.passages, walk.raw), {0: walk.raw})
    facts(root, parsed)
    parsed.warnings += [said for said in (warning, DEEP if deep else "") if said]
    if left_out:
        parsed.warnings.append(
            f"{left_out} words around the main text (menus, footers, links) were left out."
        )
    return parsed


def decoded(data: bytes) -> tuple[str, str]:
    """The page's text, by byte-order mark, then by what the page says, then by guess; and a warning."""
    if not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        stated = _XML_ENCODING.search(data[:1024]) or _CHARSET.search(data[:8192])
        if stated:
            try:
                # The standard: who says Latin-1 means cp1252.
                name = stated[1].decode("ascii")
                name = (
                    "cp1252"
                    if name.lower() in ("iso-8859-1", "latin1", "latin-1", "ascii", "us-ascii")
                    else name
                )
                return data.decode(name), ""
            except (LookupError, UnicodeDecodeError):
                pass
    text, _, warning = decode(data)
    return text, warning


def tree(text: str) -> tuple[Any, bool]:
    """The parsed page, None when there is nothing to parse; and whether parts of it lay too deep."""
    from lxml import etree  # noqa: PLC0415 - loaded when an HTML file comes

    # A parser for every page: no network, and no limit but the child's own.
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True
    )
    clean = without_surrogates(text).replace("\x00", "\ufffd")
    try:
        root = etree.fromstring(clean.encode("utf-8"), parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None, False
    return root, any("depth" in entry.message.lower() for entry in parser.error_log)


def choose_main(passages: list[Passage], raw: str, page: str) -> int:
    """Marks which passages stay, and counts the words of those that do not.

    Outside the page's furniture all stays that is not a mere row of links. Inside it, only what the
    extractor takes for main text, or prose of twenty words and more.
    """
    main = _extracted(page) if any(p.outside or p.linked > 0.5 for p in passages) else ""
    left_out = 0
    for passage in passages:
        if passage.note or (passage.kind is BlockKind.HEADING and not passage.outside):
            continue
        words = passage.text(raw).split()
        known = " ".join(words) in main
        prose = len(words) >= 20 and words[-1][-1:] in '.!?”"’)]' and passage.linked < 0.3
        if passage.outside:
            passage.kept = prose or (known and len(words) >= 10)
        else:
            passage.kept = known or passage.linked < 0.7
        left_out += 0 if passage.kept else len(words)
    if not any(passage.kept and not passage.note for passage in passages):
        for passage in passages:
            passage.kept = True
        return 0
    return left_out


def _extracted(text: str) -> str:
    """The main text as trafilatura sees it, white space folded; "" when it sees none."""
    if len(text) > EXTRACTOR_MOST:
        return ""
    from trafilatura import extract  # noqa: PLC0415 - takes 0.3 s to import

    found = extract(text, favor_recall=True, include_comments=False, include_tables=True)
    return " ".join((found or "").split())
