"""Builders of files of every format, with invented content."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence

import pytest

Put = tuple[float, float, str] | tuple[float, float, str, int]
"""Where a line of a PDF stands (points from the lower left), its words, and its size (11 by default)."""


@pytest.fixture
def make_pdf() -> Callable[..., bytes]:
    """A PDF from pages, each a list of lines with their places."""

    def make(pages: Sequence[Sequence[Put]], **options: str) -> bytes:
        from reportlab.pdfgen.canvas import Canvas

        out = io.BytesIO()
        canvas = Canvas(out, pagesize=(595, 842), invariant=1, pageCompression=0)
        canvas.setTitle(options.get("title", "untitled"))
        canvas.setAuthor(options.get("author", "anonymous"))
        for lines in pages:
            for line in lines:
                canvas.setFont("Helvetica", line[3] if len(line) == 4 else 11)
                canvas.drawString(line[0], line[1], line[2])
            canvas.showPage()
        canvas.save()
        return out.getvalue()

    return make


@pytest.fixture
def make_zip() -> Callable[[Mapping[str, bytes | str]], bytes]:
    """A zip from names and contents, in the order given."""

    def make(parts: Mapping[str, bytes | str]) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        return out.getvalue()

    return make


@pytest.fixture
def make_docx() -> Callable[..., bytes]:
    """A DOCX from (style, text) pairs."""

    def make(paragraphs: Iterable[tuple[str, str]], *, title: str = "", author: str = "") -> bytes:
        import docx

        document = docx.Document()
        document.core_properties.title = title
        document.core_properties.author = author
        for style, text in paragraphs:
            document.add_paragraph(text, style=style or None)
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()

    return make
