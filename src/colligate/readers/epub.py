"""EPUB: a zip of web pages and a list of their order. Our own reading, over zipfile and lxml.

EbookLib, the usual library, is under the AGPL (docs/decisions/epub-reader.md).
"""

from __future__ import annotations

import posixpath
import zipfile
from typing import Any
from urllib.parse import unquote

from colligate.errors import ReadFailure
from colligate.readers import containers, published
from colligate.readers.html import DEEP, decoded, tree
from colligate.readers.html_walk import Walk, marks
from colligate.readers.markup import Passage, draft_of, found_title
from colligate.readers.parsed import Parsed, Task

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_DC = "{http://purl.org/dc/elements/1.1/}"
_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")


def read_epub(task: Task) -> Parsed:
    """A book. Raises DocumentError for one that is damaged, locked or unsafe."""
    with containers.opened(task, doctypes=True) as archive:
        names = set(archive.namelist())
        package, folder = _package(task, archive, names)
        chapters = _chapters(package, folder, names)
        locked = _locked(task, archive, names)
        if locked & set(chapters):
            raise task.refuse(
                ReadFailure.ENCRYPTED,
                "is locked by its seller (DRM)",
                "Get a copy without DRM from its publisher.",
            )
        trees = [
            (posixpath.basename(name), *tree(decoded(containers.part(task, archive, name))[0]))
            for name in chapters
        ]
    roots = [(name, root) for name, root, _ in trees if root is not None]
    if not roots:
        raise task.refuse(ReadFailure.NO_TEXT, "is a book without chapters")
    notes = frozenset(key for name, root in roots for key in marks(root, name)[2])
    passages: list[Passage] = []
    raws: list[str] = []
    base = 0
    for name, root in roots:
        walk = Walk(root, file=name, notes=notes, base=base)
        passages += walk.passages
        raws.append(walk.raw)
        base += len(walk.raw)
    raw = "".join(raws)
    parsed = Parsed(draft_of(passages, raw), {0: raw})
    _facts(package, parsed)
    parsed.warnings += [DEEP] if any(deep for _, _, deep in trees) else []
    return parsed


def _xml(task: Task, data: bytes) -> Any:
    from lxml import etree  # noqa: PLC0415 - loaded when an EPUB comes

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _damaged(task) from error
    if root is None:
        raise _damaged(task)
    return root


def _damaged(task: Task) -> Exception:
    return task.refuse(
        ReadFailure.DAMAGED, "is no EPUB, or a damaged one", "Get the file anew from its source."
    )


def _package(task: Task, archive: zipfile.ZipFile, names: set[str]) -> tuple[Any, str]:
    """The root of the package document, and the folder that its links start from."""
    if _CONTAINER not in names:
        raise _damaged(task)
    container = _xml(task, containers.part(task, archive, _CONTAINER))
    path = next((one.get("full-path") or "" for one in container.iter("{*}rootfile")), "")
    if path not in names:
        raise _damaged(task)
    return _xml(task, containers.part(task, archive, path)), posixpath.dirname(path)


def _chapters(package: Any, folder: str, names: set[str]) -> list[str]:
    """The book's pages in reading order, the machine-made table of contents left out."""
    items = {}
    for item in package.iter("{*}item"):
        if item.get("media-type") in _PAGES and "nav" not in (item.get("properties") or "").split():
            path = posixpath.normpath(posixpath.join(folder, unquote(item.get("href") or "")))
            items[item.get("id")] = path
    ordered = [items[one.get("idref")] for one in package.iter("{*}itemref") if one.get("idref") in items]
    return [path for path in dict.fromkeys(ordered or items.values()) if path in names]


def _locked(task: Task, archive: zipfile.ZipFile, names: set[str]) -> set[str]:
    """The parts that are encrypted. Fonts often are, which does not hinder reading."""
    if _ENCRYPTION not in names:
        return set()
    root = _xml(task, containers.part(task, archive, _ENCRYPTION))
    return {unquote(one.get("URI") or "") for one in root.iter("{*}CipherReference")}


def _facts(package: Any, parsed: Parsed) -> None:
    def stated(name: str) -> list[str]:
        values = (" ".join("".join(one.itertext()).split()) for one in package.iter(f"{_DC}{name}"))
        return [value for value in values if value]

    parsed.title = (stated("title") or [found_title(parsed.draft)])[0]
    parsed.authors = tuple(dict.fromkeys(stated("creator")))
    parsed.publisher = (stated("publisher") or [""])[0]
    for value in stated("date"):
        when = published.iso(value)
        if when is not None:
            parsed.published, parsed.published_how = when, "epub dc:date"
            return
