"""DOCX: python-docx opens the package and its styles; the text is walked element by element.

What Word would not print is left out: deleted and hidden text, field codes, comments, and the second
copy that it keeps of drawings for old programs.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from colligate.errors import ReadFailure
from colligate.model import BlockKind, When
from colligate.readers import containers, published
from colligate.readers.markup import Call, Passage, draft_of, found_title
from colligate.readers.parsed import Parsed, Task
from colligate.readers.pdf_facts import authors_stated, title_stated

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_UNPRINTED = (
    "del moveFrom instrText delText rPr pPr sectPr tblPr trPr tcPr sdtPr pict object".split()  # noqa: SIM905
)
_PASSED_OVER = frozenset(f"{_W}{name}" for name in _UNPRINTED) | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}
_HEADING = re.compile(r"^heading ([1-9])$", re.IGNORECASE)
_QUOTE = re.compile(r"quot", re.IGNORECASE)


def read_docx(task: Task) -> Parsed:
    """A Word document. Raises DocumentError for one that is damaged, locked or unsafe."""
    import docx  # noqa: PLC0415 - loaded when a DOCX comes
    from docx.opc.exceptions import PackageNotFoundError  # noqa: PLC0415
    from lxml import etree  # noqa: PLC0415

    containers.opened(task, doctypes=False).close()
    try:
        document = docx.Document(io.BytesIO(task.data))
        walk = _Walk(_styles(document))
        walk.body(document.element.body)
        for kind in ("footnotes", "endnotes"):
            walk.notes(kind, _part(document, kind))
    except (PackageNotFoundError, KeyError, ValueError, AttributeError, etree.XMLSyntaxError) as error:
        raise task.refuse(
            ReadFailure.DAMAGED,
            "is no Word document, or a damaged one",
            "Open it in a word processor and save it anew as DOCX.",
        ) from error
    raw = "".join(walk.parts)
    parsed = Parsed(draft_of(walk.passages, raw), {0: raw})
    _facts(document.core_properties, parsed)
    return parsed


def _styles(document: Any) -> dict[str, str]:
    """Style names by id, in lower case; a style without a telling name has its base's."""
    names: dict[str, str] = {}
    bases: dict[str, str] = {}
    for style in document.styles.element.iter(f"{_W}style"):
        key = style.get(f"{_W}styleId") or ""
        name, base = style.find(f"{_W}name"), style.find(f"{_W}basedOn")
        names[key] = (name.get(f"{_W}val") if name is not None else key) or key
        bases[key] = (base.get(f"{_W}val") if base is not None else "") or ""
    told: dict[str, str] = {}
    for key, name in names.items():
        current, steps = key, 0
        while not _tells(names.get(current, "")) and bases.get(current) and steps < 10:
            current, steps = bases[current], steps + 1
        told[key] = (names.get(current, "") if _tells(names.get(current, "")) else name).lower()
    return told


def _tells(name: str) -> bool:
    low = name.lower()
    return bool(_HEADING.match(low)) or low in ("title", "caption") or low.startswith("list") or "quot" in low


def _part(document: Any, kind: str) -> Any:
    """The root of the notes' part, None when there is none."""
    from lxml import etree  # noqa: PLC0415

    for relation in document.part.rels.values():
        if relation.reltype.endswith(f"/{kind}") and not relation.is_external:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
            return etree.fromstring(relation.target_part.blob, parser)
    return None


class _Walk:
    """Gathers passages; ``parts`` joined is the raw text that their spans count in."""

    def __init__(self, styles: dict[str, str]) -> None:
        self.passages: list[Passage] = []
        self.parts: list[str] = []
        self._styles = styles
        self._length = 0
        self._count = 0

    def body(self, root: Any) -> None:
        """Paragraphs and tables in order, whatever they are wrapped in."""
        stack = [root]
        while stack:
            element = stack.pop()
            if element.tag == f"{_W}p":
                self._paragraph(element)
            elif element.tag == f"{_W}tbl":
                self._table(element)
            elif element.tag not in _PASSED_OVER:
                stack += reversed(element)

    def notes(self, kind: str, root: Any) -> None:
        """The notes of a part, each under the key that its mark refers to."""
        if root is None:
            return
        for note in root:
            if note.get(f"{_W}type") in ("separator", "continuationSeparator", "continuationNotice"):
                continue
            first = len(self.passages)
            self.body(note)
            for passage in self.passages[first:]:
                passage.note = f"{kind}:{note.get(f'{_W}id')}"

    def _paragraph(self, element: Any) -> None:
        kind, level = self._kind(element)
        passage = Passage(kind, level)
        boxes = self._runs(element, passage)
        self._end(passage)
        for box in boxes:
            self.body(box)

    def _table(self, table: Any) -> None:
        for row in table.iterchildren(f"{_W}tr"):
            cells = list(row.iterchildren(f"{_W}tc"))
            if len(cells) == 1:
                self.body(cells[0])
                continue
            passage = Passage(BlockKind.TABLE_ROW)
            inner: list[Any] = []
            for at, cell in enumerate(cells):
                if at:
                    self._say(" | ", passage)
                for index, paragraph in enumerate(cell.iterchildren(f"{_W}p")):
                    if index:
                        self._say("\n", passage)
                    inner += self._runs(paragraph, passage)
                inner += cell.iterchildren(f"{_W}tbl")
            self._end(passage)
            for element in inner:
                self.body(element)

    def _kind(self, element: Any) -> tuple[BlockKind, int]:
        properties = element.find(f"{_W}pPr")
        if properties is None:
            return BlockKind.PARAGRAPH, 0
        style = properties.find(f"{_W}pStyle")
        name = self._styles.get(style.get(f"{_W}val") or "", "") if style is not None else ""
        heading = _HEADING.match(name)
        outline = properties.find(f"{_W}outlineLvl")
        if name == "title":
            return BlockKind.HEADING, 1
        if heading:
            return BlockKind.HEADING, min(int(heading[1]), 6)
        if outline is not None and (outline.get(f"{_W}val") or "9") in "012345":
            return BlockKind.HEADING, int(outline.get(f"{_W}val")) + 1
        if name == "caption":
            return BlockKind.CAPTION, 0
        if _QUOTE.search(name):
            return BlockKind.QUOTATION, 0
        if properties.find(f"{_W}numPr") is not None or name.startswith("list"):
            return BlockKind.LIST_ITEM, 0
        return BlockKind.PARAGRAPH, 0

    def _runs(self, element: Any, passage: Passage) -> list[Any]:
        """Writes a paragraph's visible text, and gives the text boxes that hang in it."""
        boxes: list[Any] = []
        for item in _shown(element, boxes):
            tag = item.tag.removeprefix(_W) if isinstance(item.tag, str) else ""
            if tag == "t":
                self._say(item.text or "", passage)
            elif tag in ("tab", "ptab"):
                self._say("\t", passage)
            elif tag in ("br", "cr"):
                self._say("\n", passage)
            elif tag == "noBreakHyphen":
                self._say("-", passage)
            elif tag in ("footnoteReference", "endnoteReference"):
                self._count += 1
                key = f"{tag.removesuffix('Reference')}s:{item.get(f'{_W}id')}"
                passage.calls.append(Call(str(self._count), key, self._length))
        return boxes

    def _say(self, text: str, passage: Passage) -> None:
        self.parts.append(text)
        passage.add(self._length, self._length + len(text))
        self._length += len(text)

    def _end(self, passage: Passage) -> None:
        if passage.spans:
            self.passages.append(passage)
            self.parts.append("\n")
            self._length += 1


def _shown(element: Any, boxes: list[Any]) -> Iterator[Any]:
    """The elements of a paragraph in order, without what is not printed; text boxes are set aside."""
    stack = list(reversed(element))
    while stack:
        item = stack.pop()
        if item.tag in _PASSED_OVER:
            continue
        if item.tag == f"{_W}txbxContent":
            boxes.append(item)
            continue
        if item.tag == f"{_W}r":
            hidden = item.find(f"{_W}rPr/{_W}vanish")
            if hidden is not None and hidden.get(f"{_W}val") not in ("0", "false"):
                continue
        yield item
        stack += reversed(item)


def _facts(core: Any, parsed: Parsed) -> None:
    parsed.title = title_stated(_safe(core, "title") or "") or found_title(parsed.draft)
    parsed.authors = authors_stated(_safe(core, "author") or "")
    text = parsed.draft.text()
    when = published.printed(text[block.start : block.end] for block in parsed.draft.blocks[:12])
    if when is not None:
        parsed.published, parsed.published_how = when, "printed on the first page"
        return
    created, modified = _day(_safe(core, "created")), _day(_safe(core, "modified"))
    if created is None or (
        (created.year, created.month) == (2013, 12) and _safe(core, "author") == "python-docx"
    ):
        return
    if modified is None or modified < created:
        modified = created
    # It was finished between these days; neither of them is the day for certain.
    edtf = str(created) if created == modified else f"[{created}..{modified}]"
    parsed.published = When(edtf, created, modified, created, modified)
    parsed.published_how = "docx core properties created and modified"


def _safe(core: Any, name: str) -> Any:
    try:
        return getattr(core, name)
    except (ValueError, KeyError):
        return None


def _day(value: Any) -> date | None:
    return value.date() if isinstance(value, datetime) else None
