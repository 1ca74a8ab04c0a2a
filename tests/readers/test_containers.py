# ruff: noqa: E501 - markup is easier to read in one piece
"""DOCX, EPUB and Markdown."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import date

import pytest

from colligate.errors import DocumentError, ReadFailure
from colligate.readers import Limits, read_unguarded

MakeDocx = Callable[..., bytes]
MakeZip = Callable[[Mapping[str, bytes | str]], bytes]

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
PACKAGE = """<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/" version="3.0">
<metadata><dc:title>The Long Road</dc:title><dc:creator>Adam Marsh</dc:creator><dc:publisher>Hill Press</dc:publisher>
<dc:date>2014-03</dc:date></metadata><manifest><item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="b" href="two.xhtml" media-type="application/xhtml+xml"/><item id="a" href="one.xhtml" media-type="application/xhtml+xml"/>
</manifest><spine><itemref idref="n"/><itemref idref="a"/><itemref idref="b"/></spine></package>"""
ONE = """<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">
<body><h1>One</h1><p>Tarrin led the Front<a epub:type="noteref" id="r1" href="two.xhtml#n1">1</a> from Émile\u2019s town.</p></body></html>"""
TWO = """<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body><h1>Two</h1><p>He left.</p>
<aside epub:type="footnote" id="n1"><p><a href="one.xhtml#r1">1</a>. Marsh, p. 4.</p></aside></body></html>"""


def book(make_zip: MakeZip, **other: str) -> bytes:
    return make_zip(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": CONTAINER,
            "OPS/book.opf": PACKAGE,
            "OPS/nav.xhtml": "<html><body><nav><ol><li>One</li></ol></nav></body></html>",
            "OPS/two.xhtml": TWO,
            "OPS/one.xhtml": ONE,
            **other,
        }
    )


def test_epub_chapters_in_order_with_notes_from_another_file(make_zip: MakeZip) -> None:
    document = read_unguarded(book(make_zip), name="book.epub")
    assert (
        document.text
        == "One\n\nTarrin led the Front from Émile\u2019s town.\n\nTwo\n\nHe left.\n\nMarsh, p. 4."
    )
    assert (document.title, document.authors, document.publisher) == (
        "The Long Road",
        ("Adam Marsh",),
        "Hill Press",
    )
    assert document.published is not None
    assert (document.published.edtf, document.published_how) == ("2014-03", "epub dc:date")
    (note,) = document.footnotes
    assert document.text[: note.mark_at + 1].endswith("led the Front")


def test_epub_with_locked_chapters(make_zip: MakeZip) -> None:
    locked = '<e xmlns="x"><CipherReference URI="OPS/one.xhtml"/></e>'
    with pytest.raises(DocumentError) as caught:
        read_unguarded(book(make_zip, **{"META-INF/encryption.xml": locked}), name="book.epub")
    assert caught.value.failure is ReadFailure.ENCRYPTED


def test_docx_headings_lists_and_facts(make_docx: MakeDocx) -> None:
    data = make_docx(
        [("Title", "The Front"), ("", "March 2012"), ("Heading 1", "Origins"), ("", "It began late."),
         ("List Bullet", "Osman stayed"), ("Quote", "We stay.")],
        title="The Front and its Friends", author="Adam Marsh",
    )  # fmt: skip
    document = read_unguarded(data, name="a.docx")
    assert [(b.kind.value, b.level) for b in document.blocks] == [
        ("heading", 1), ("paragraph", 0), ("heading", 1), ("paragraph", 0), ("list_item", 0), ("quotation", 0),
    ]  # fmt: skip
    assert (document.title, document.authors) == ("The Front and its Friends", ("Adam Marsh",))
    assert document.published is not None
    assert document.published.start_earliest == date(2012, 3, 1)


def edited(data: bytes, changes: Mapping[str, Callable[[bytes], bytes]], added: Mapping[str, bytes]) -> bytes:
    """A zip with some of its parts changed and others added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, changes.get(entry.filename, bytes)(old.read(entry)))
        for name, content in added.items():
            new.writestr(name, content)
    return out.getvalue()


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def test_docx_leaves_out_what_word_does_not_print_and_ties_footnotes(make_docx: MakeDocx) -> None:
    body = (
        b"<w:p><w:r><w:t>Tarrin led the Front</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r>"
        b"<w:del><w:r><w:delText>secret1</w:delText></w:r></w:del>"
        b"<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret2</w:t></w:r>"
        b"<w:r><w:instrText>secret3</w:instrText></w:r><w:ins><w:r><w:t xml:space='preserve'> "
        b"until 1999.</w:t></w:r></w:ins>"
        b"</w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>killed</w:t></w:r></w:p></w:tc>"
        b"<w:tc><w:p><w:r><w:t>12</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    notes = (
        f"<w:footnotes xmlns:w='{W}'><w:footnote w:id='0' "
        "w:type='separator'><w:p><w:r><w:t>---</w:t></w:r></w:p>"
        "</w:footnote><w:footnote w:id='2'><w:p><w:r><w:t>Marsh, p. "
        "4.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    ).encode()
    relation = (
        b'<Relationship Id="rId99" Target="footnotes.xml" Type="http://schemas.openxmlformats.org/officeDocument/'
        b'2006/relationships/footnotes"/></Relationships>'
    )
    kind = (
        b'<Override PartName="/word/footnotes.xml" '
        b'ContentType="application/vnd.openxmlformats-officedocument.'
        b'wordprocessingml.footnotes+xml"/></Types>'
    )
    data = edited(
        make_docx([("", "MARK")]),
        {
            "word/document.xml": lambda xml: xml.replace(b"<w:body>", b"<w:body>" + body),
            "word/_rels/document.xml.rels": lambda xml: xml.replace(b"</Relationships>", relation),
            "[Content_Types].xml": lambda xml: xml.replace(b"</Types>", kind),
        },
        {"word/footnotes.xml": notes},
    )
    document = read_unguarded(data, name="a.docx")
    assert document.text == "Tarrin led the Front until 1999.\n\nkilled | 12\n\nMARK\n\nMarsh, p. 4."
    (note,) = document.footnotes
    assert document.text[: note.mark_at + 1] == "Tarrin led the Front"
    assert document.text[note.start : note.end] == "Marsh, p. 4."


def test_a_name_that_leads_out_of_the_file_is_unsafe(make_docx: MakeDocx) -> None:
    for name in (
        "../outside.xml",
        "word/../../outside.xml",
        "/outside.xml",
        "..\\outside.xml",
        "C:/outside.xml",
    ):
        with pytest.raises(DocumentError, match="leads out") as caught:
            read_unguarded(edited(make_docx([("", "x")]), {}, {name: b"<x/>"}), name="a.docx")
        assert caught.value.failure is ReadFailure.UNSAFE


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_external_entities_are_unsafe(make_docx: MakeDocx, encoding: str) -> None:
    def poisoned(xml: bytes) -> bytes:
        text = xml.decode()
        head, rest = text.split("?>", 1)
        head = head.replace("UTF-8", encoding)
        return f'{head}?><!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/hostname">]>{rest}'.encode(encoding)

    with pytest.raises(DocumentError, match="entities") as caught:
        read_unguarded(edited(make_docx([("", "x")]), {"word/document.xml": poisoned}, {}), name="a.docx")
    assert caught.value.failure is ReadFailure.UNSAFE


def test_a_zip_bomb_is_unsafe(make_docx: MakeDocx, make_zip: MakeZip) -> None:
    bomb = edited(make_docx([("", "x")]), {}, {"word/media/a.xml": b" " * (32 << 20)})
    assert len(bomb) < 200_000
    with pytest.raises(DocumentError) as caught:
        read_unguarded(bomb, name="a.docx")
    assert caught.value.failure is ReadFailure.UNSAFE


def test_a_container_that_unpacks_to_too_much(make_docx: MakeDocx) -> None:
    with pytest.raises(DocumentError) as caught:
        read_unguarded(make_docx([("", "x")]), name="a.docx", limits=Limits(max_unpacked=1000))
    assert caught.value.failure is ReadFailure.TOO_LARGE


@pytest.mark.parametrize("cut", [0.1, 0.5, 0.95])
def test_cut_off_containers(make_docx: MakeDocx, make_zip: MakeZip, cut: float) -> None:
    for data, name in ((make_docx([("", "x")]), "a.docx"), (book(make_zip), "a.epub")):
        with pytest.raises(DocumentError) as caught:
            read_unguarded(data[: int(len(data) * cut)], name=name)
        assert caught.value.failure is ReadFailure.DAMAGED


def test_a_locked_word_file_says_so() -> None:
    data = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    )
    with pytest.raises(DocumentError) as caught:
        read_unguarded(data, name="a.docx")
    assert caught.value.failure is ReadFailure.ENCRYPTED


def test_other_zips_are_unsupported(make_zip: MakeZip) -> None:
    with pytest.raises(DocumentError) as caught:
        read_unguarded(make_zip({"a.txt": "text"}), name="a.zip")
    assert caught.value.failure is ReadFailure.UNSUPPORTED


MARKDOWN = """---
title: The Long Road
author: [Adam Marsh, Ida Tarrin]
date: 2014-03-05
---
# Origins

The **Northern Front** was led by [Osman Tarrin](https://example.org/o "him") from
1991[^1] until _late_ 1999. <!-- secret -->

- Osman *stayed*
- Adam left

> We will not go,
> said Tarrin.

| killed | 12 |
|--------|----|

Later
-----

A snake_case word stays.

[^1]: Marsh, p. 4.
"""


def test_markdown() -> None:
    document = read_unguarded(MARKDOWN.encode(), name="a.md")
    assert document.text == (
        "Origins\n\nThe Northern Front was led by Osman Tarrin from 1991 until late "
        "1999.\n\nOsman stayed\n\nAdam left"
        "\n\nWe will not go, said Tarrin.\n\nkilled | 12\n\nLater\n\nA snake_case word stays.\n\nMarsh, p. 4."
    )
    assert [b.kind.value for b in document.blocks] == [
        "heading", "paragraph", "list_item", "list_item", "quotation", "table_row", "heading",
        "paragraph", "footnote",
    ]  # fmt: skip
    assert (document.title, document.authors) == ("The Long Road", ("Adam Marsh", "Ida Tarrin"))
    assert document.published is not None
    assert document.published.edtf == "2014-03-05"
    (note,) = document.footnotes
    assert document.text[: note.mark_at + 1].endswith("from 1991")
