"""Plain text: decoded, its lines put back into paragraphs, its notes tied to their marks.

Letters stay as they are, misprints included: a quote must be found in the user's own file. Only white
space, line ends and characters that nobody sees are repaired. Form feeds part pages.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from colligate.errors import ReadFailure
from colligate.model import BlockKind, Page
from colligate.readers import notes, shapes
from colligate.readers.draft import Draft, without_surrogates
from colligate.readers.encoding import decode
from colligate.readers.lines import Line, split
from colligate.readers.paragraphs import Paragraph, level_of, paragraphs
from colligate.readers.parsed import Parsed, Task
from colligate.readers.running import without_running

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x7f]")


def read_text(task: Task) -> Parsed:
    """A plain-text file. Raises DocumentError for bytes that are no text."""
    decoded, _, warning = decode(task.data)
    raw = without_surrogates(decoded)
    controls = len(_CONTROL.findall(raw))
    if controls > 16 and controls * 20 > len(raw):
        raise task.refuse(
            ReadFailure.UNSUPPORTED,
            "is neither text nor a format that is read here",
            "Readable are PDF, DOCX, EPUB, HTML, Markdown and plain text.",
        )
    parsed = lay_out(raw)
    parsed.warnings += [warning] if warning else []
    if controls:
        parsed.warnings.append(f"{controls} control characters (such as NUL) were left out.")
    return parsed


def lay_out(raw: str) -> Parsed:
    """Decoded text as a draft. Where form feeds part it, it has pages and origins count by page."""
    sheets = raw.rstrip("\x0c").split("\x0c")
    paged = len(sheets) > 1
    sources = {number + 1 if paged else 0: sheet for number, sheet in enumerate(sheets)}
    pages = [list(split(sheet, number)) for number, sheet in sources.items()]
    labels: dict[int, str] = {}
    if paged:
        pages, labels = without_running(pages)
    blocks = paragraphs([line for page in pages for line in page])
    draft = Draft()
    body, tail = notes.parted(blocks)
    starts: dict[int, int] = {}
    for block in body:
        draft.open()
        write(draft, block, sources, starts)
        draft.close(block.kind, block.level)
    draft.body_end = draft.length
    if paged:
        draft.pages += page_spans(list(sources), starts, labels, draft.body_end)
    notes.write(draft, tail, sources)
    first = next((block for block in body if block.kind is BlockKind.HEADING), None)
    title = ""
    if first is not None and first is body[0]:
        title = " ".join(_shown(line).text for line in first.lines)
    return Parsed(draft, sources, title=title)


def write(draft: Draft, block: Paragraph, sources: dict[int, str], starts: dict[int, int]) -> None:
    """Writes a block's lines, each line end a single space. ``starts`` notes where pages begin."""
    if block.kind is BlockKind.HEADING and not block.level:
        block.level = level_of(block.lines[0].text)
    before: Line | None = None
    for line in block.lines:
        shown = _shown(line) if before is None else line
        if shown.start >= shown.end:
            continue
        if before is not None:
            page, start, end = line_end(before, shown)
            draft.put(" ", page, start, end, "line end" if before.page == shown.page else "page end")
        starts.setdefault(shown.page, draft.length)
        draft.fold(sources[shown.page], shown.page, shown.start, shown.end)
        before = shown


def line_end(before: Line, after: Line) -> tuple[int, int, int]:
    """Page and characters of what parts two lines; at a page end, what is left of the first page's."""
    if before.page == after.page:
        return before.page, before.end, after.start
    return before.page, before.end, before.end


def page_spans(
    numbers: Sequence[int], starts: Mapping[int, int], labels: Mapping[int, str], end: int
) -> list[Page]:
    """Pages that cut the text up to ``end``, each from where it starts to where the next one does.

    A page without text of its own is empty, and stands where the next one begins.
    """
    pages: list[Page] = []
    for number in reversed(numbers):
        begins = min(starts.get(number, end), end)
        pages.append(Page(number, begins, end, labels.get(number, "")))
        end = begins
    return pages[::-1]


def _shown(line: Line) -> Line:
    """The line without the marks of its shape: of "== History ==" the word."""
    for name in ("marked_heading", "table_row", "bullet"):
        found = shapes.match(name, line.text)
        if found:
            if shapes.match("table_rule", line.text):
                return Line(line.page, line.start, line.start, "")
            start, end = line.start + found.start("text"), line.start + found.end("text")
            return Line(line.page, start, end, found["text"])
    return line
