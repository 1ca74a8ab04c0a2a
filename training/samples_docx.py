"""Writes a sample as a DOCX with headings, a table and real footnotes, the same bytes every time."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime, time
from pathlib import Path
from xml.sax.saxutils import escape

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from samples_source import MARK, Source, printed_date

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def write_docx(source: Source, path: Path) -> None:
    """Writes the report to ``path``."""
    document = docx.Document()
    properties = document.core_properties
    properties.title = source.title
    properties.author = properties.last_modified_by = source.author
    properties.subject = source.series
    properties.comments = source.publisher
    properties.created = properties.modified = datetime.combine(source.date, time(12))
    document.sections[0].header.paragraphs[0].text = f"{source.publisher}\t\t{source.series}"
    document.add_paragraph(source.title, style="Title")
    document.add_paragraph(source.subtitle, style="Subtitle")
    document.add_paragraph(f"{source.publisher}, {printed_date(source.date)}")
    rows: list[list[str]] = []
    for kind, text in (*source.blocks, ("end", "")):
        if kind == "row":
            rows.append([cell.strip() for cell in text.split("|")])
            continue
        if rows:
            _add_table(document, rows)
            rows = []
        if kind == "heading":
            document.add_heading(text, level=1)
        elif kind == "paragraph":
            _add_paragraph(document, text)
    _add_notes(document, source.notes)
    buffer = io.BytesIO()
    document.save(buffer)
    path.write_bytes(_without_clock(buffer.getvalue()))


def _add_paragraph(document, text: str) -> None:  # type: ignore[no-untyped-def]
    paragraph = document.add_paragraph()
    for at, piece in enumerate(MARK.split(text.replace("*", ""))):
        run = paragraph.add_run()
        if at % 2 == 0:
            run.text = piece
            continue
        run.font.superscript = True
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), piece)
        run._r.append(reference)


def _add_table(document, rows: list[list[str]]) -> None:  # type: ignore[no-untyped-def]
    table = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_paragraph()


def _add_notes(document, notes: dict[str, str]) -> None:  # type: ignore[no-untyped-def]
    """python-docx has no footnotes: the part and its relationship are added by hand."""
    body = "".join(
        f'<w:footnote w:id="{mark}"><w:p><w:r><w:footnoteRef/></w:r>'
        f'<w:r><w:t xml:space="preserve"> {escape(text)}</w:t></w:r></w:p></w:footnote>'
        for mark, text in notes.items()
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    xml = f'{head}<w:footnotes xmlns:w="{W}">{body}</w:footnotes>'
    part = Part(PackURI("/word/footnotes.xml"), FOOTNOTES, xml.encode("utf-8"), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _without_clock(data: bytes) -> bytes:
    """The same package with every entry dated 1980: zip entries otherwise carry the time of the build."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":  # python-docx's template numbers drawings; keep ours stable
                content = re.sub(rb' w:rsid\w*="[0-9A-F]+"', b"", content)
            entry = zipfile.ZipInfo(name, ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, content)
    return out.getvalue()
