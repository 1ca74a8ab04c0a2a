"""Which format a file has: by its first bytes, and only where they do not tell, by its name."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import PurePath

HEAD = 4096
"""Bytes from the beginning of a file that :func:`detect` looks at."""


class Format(StrEnum):
    """The formats that are read; the value is the media type."""

    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    EPUB = "application/epub+zip"
    HTML = "text/html"
    MARKDOWN = "text/markdown"
    TEXT = "text/plain"


SUFFIXES = {
    ".pdf": Format.PDF,
    ".docx": Format.DOCX,
    ".docm": Format.DOCX,
    ".epub": Format.EPUB,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".txt": Format.TEXT,
    ".text": Format.TEXT,
}

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Old Office files, and the wrapping of new ones that have a password."""

# First bytes of files that are certainly none of ours, and what to call them in the message.
FOREIGN = (
    (OLE, "an old Microsoft Office file, or a protected one"),
    (b"{\\rtf", "a Rich Text file"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"II*\x00", "a picture (TIFF)"),
    (b"MM\x00*", "a picture (TIFF)"),
    (b"%!PS", "a PostScript file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"SQLite format 3\x00", "a SQLite database"),
)

_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)


def detect(head: bytes, name: str) -> Format | None:
    """The format of a file that begins with ``head`` (its first :data:`HEAD` bytes), None for no text.

    A zip is told from its name or, where the name says nothing, from the names of its first entries;
    the readers look closer. Text of any kind is told apart by markup, then by its name.
    """
    by_name = SUFFIXES.get(PurePath(name).suffix.lower())
    # Real PDFs come with stray bytes before the header; the standard's readers allow 1024 of them.
    if b"%PDF-" in head[:1024] and not _HTML.search(head[: head.index(b"%PDF-")]):
        return Format.PDF
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        if b"mimetypeapplication/epub+zip" in head[:256]:
            return Format.EPUB
        if b"word/" in head or b"[Content_Types].xml" in head:
            return Format.DOCX
        return by_name if by_name in (Format.DOCX, Format.EPUB) else None
    if foreign(head):
        return None
    if _HTML.search(_plain(head)):
        return by_name if by_name in (Format.MARKDOWN, Format.TEXT) and not _leads(head) else Format.HTML
    if by_name in (Format.PDF, Format.DOCX, Format.EPUB):
        return by_name
    return by_name or Format.TEXT


def foreign(head: bytes) -> str:
    """What a file is that is certainly not readable here, "" for any other."""
    return next((what for magic, what in FOREIGN if head.startswith(magic)), "")


def _plain(head: bytes) -> bytes:
    """Markup in UTF-16 with its NULs taken out, so that one pattern finds it."""
    return head.replace(b"\x00", b"") if head.startswith(_BOMS[1:]) else head


def _leads(head: bytes) -> bool:
    """Whether markup is the first thing in the file: then it is HTML, whatever it is called."""
    body = _plain(head).lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return bool(re.match(rb"<(!doctype\s+html|html[\s>])", body, re.IGNORECASE))
