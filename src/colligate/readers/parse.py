"""Bytes -> Document, in this process. Only the child process calls this on files nobody has vouched for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import PurePath

from colligate.errors import ReadFailure
from colligate.model import Document, bytes_id
from colligate.readers import joints, pdf_facts, published, shapes
from colligate.readers.detect import HEAD, OLE, Format, detect, foreign
from colligate.readers.language import READABLE, language_of, small_words
from colligate.readers.limits import Limits
from colligate.readers.parsed import Parsed, Task

READER = "colligate.readers 1"
"""Name and version of the readers, kept with every document. Rises when their output changes."""


def read_unguarded(
    data: bytes, *, name: str, limits: Limits | None = None, joined: Mapping[str, str] | None = None
) -> Document:
    """The document that the bytes hold, parsed in this process without any limit on time or memory.

    ``name`` is the file's name: it decides the format where the bytes do not, and stands in errors.
    ``joined`` maps squeezed known names to their spelling (``joints.squeezed``).
    Raises DocumentError when there is none.
    """
    return parse(data, name=name, limits=limits or Limits(), joined=joined or {})[0]


def parse(
    data: bytes, *, name: str, limits: Limits, joined: Mapping[str, str]
) -> tuple[Document, dict[int, str]]:
    """The document, and the raw text by page that its origins count in."""
    task = Task(data, name, limits, dict(joined))
    if not data.strip(b"\x00\t\n\r\x0b\x0c "):
        raise task.refuse(
            ReadFailure.EMPTY, "is empty", "Check that the file was downloaded or copied whole."
        )
    if len(data) > limits.max_bytes:
        raise task.refuse(
            ReadFailure.TOO_LARGE,
            f"has {len(data)} bytes, more than the limit of {limits.max_bytes}",
            "Split the file, or raise the limit max_bytes.",
        )
    kind = detect(data[:HEAD], name)
    if kind is None:
        if data.startswith(OLE) and "EncryptedPackage".encode("utf-16-le") in data:
            raise task.refuse(
                ReadFailure.ENCRYPTED,
                "is locked with a password",
                "Remove the password in Word, and read it again.",
            )
        what = foreign(data[:HEAD]) or "an archive"
        raise task.refuse(
            ReadFailure.UNSUPPORTED,
            f"is {what}, which is not read here",
            "Readable are PDF, DOCX, EPUB, HTML, Markdown and plain text: convert it to one of these.",
        )
    parsed = reader_of(kind)(task)
    return _document(task, kind, parsed), parsed.raw


def reader_of(kind: Format) -> Callable[[Task], Parsed]:
    """The reader of a format. Imports what it needs, so that a launcher can load it before it forks."""
    # Imported here and not above: each brings a library of its own, and most runs need one of them.
    match kind:
        case Format.PDF:
            from colligate.readers.pdf import read_pdf as read  # noqa: PLC0415
        case Format.DOCX:
            from colligate.readers.docx import read_docx as read  # noqa: PLC0415
        case Format.EPUB:
            from colligate.readers.epub import read_epub as read  # noqa: PLC0415
        case Format.HTML:
            from colligate.readers.html import read_html as read  # noqa: PLC0415
        case Format.MARKDOWN:
            from colligate.readers.markdown import read_markdown as read  # noqa: PLC0415
        case Format.TEXT:
            from colligate.readers.text import read_text as read  # noqa: PLC0415
    return read


_LIBRARIES = {
    Format.PDF: ("pypdfium2", "colligate.readers.pdf_facts"),
    Format.DOCX: ("docx", "lxml.etree", "colligate.readers.pdf_facts"),
    Format.EPUB: ("lxml.etree",),
    Format.HTML: ("lxml.etree", "trafilatura"),
}


_SAMPLE = (
    b"This is a sample. It is read once, so that all that the reading of a text needs is in memory. " * 3
)


def warm(kind: Format) -> None:
    """Loads what the reading of a format needs, tables of rules and the language model included.

    Done by the launcher before it forks: what is not loaded then, every child would load anew.
    """
    reader_of(kind)
    for library in _LIBRARIES.get(kind, ()):
        import_module(library)
    for table in (shapes.shapes, joints.parts, published.table, pdf_facts.nobodies, small_words):
        table()
    parse(_SAMPLE, name="sample.txt", limits=Limits(), joined={})


def _document(task: Task, kind: Format, parsed: Parsed) -> Document:
    draft = parsed.draft
    text = draft.text()
    if not text.strip():
        raise task.refuse(ReadFailure.NO_TEXT, "holds no text")
    if len(text) > task.limits.max_text:
        raise task.refuse(
            ReadFailure.TOO_LARGE,
            f"holds {len(text)} characters of text, more than the limit of {task.limits.max_text}",
            "Split the file, or raise the limit max_text.",
        )
    language, shares = language_of(text[: draft.body_end] or text)
    readable = language in READABLE or not language
    warnings = list(parsed.warnings)
    if not readable:
        warnings.append(
            f"The text is in a language ({language}) that the extraction cannot read: "
            "it is stored and searchable, and no claims are made from it."
        )
    else:
        warnings += [
            f"About {share:.0%} of the text is in another language ({code}), from which no claims are made."
            for code, share in sorted(shares.items())
            if code != language and share >= 0.25
        ]
    return Document(
        id=bytes_id(task.data),
        text=text,
        body_end=draft.body_end,
        media_type=kind.value,
        reader=READER,
        name=task.name,
        title=parsed.title or title_of_name(task.name),
        authors=parsed.authors,
        publisher=parsed.publisher,
        published=parsed.published,
        published_how=parsed.published_how,
        language=language,
        readable=readable,
        blocks=tuple(draft.blocks),
        pages=tuple(draft.pages),
        footnotes=tuple(draft.footnotes),
        origins=draft.finish(),
        warnings=tuple(warnings),
    )


def title_of_name(name: str) -> str:
    """A title for a file that states none: its name, without suffix, underscores as spaces."""
    stem = PurePath(name.replace("\\", "/")).stem
    return " ".join(re.sub(r"[_\s\x00-\x1f]+", " ", stem).split())
