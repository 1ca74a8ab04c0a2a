"""Lines of a PDF -> draft: furniture out, paragraphs over page and column ends, notes after the body."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from colligate.model import BlockKind, Footnote
from colligate.readers import shapes
from colligate.readers.draft import Draft
from colligate.readers.joints import Dictionary
from colligate.readers.lines import Line, same_line
from colligate.readers.parsed import Parsed
from colligate.readers.running import without_running
from colligate.readers.text import page_spans

_URL_END = re.compile(r"(?:https?://|www\.)\S*$")
_NOTES_HEADING = re.compile(
    r"^(?:\d+\.?\s+|[ivx]+\.\s+)?(?:end|foot)?notes(?: and references)?$|^references$", re.I
)
SMALL, LARGE = 0.93, 1.12
"""Sizes, as a share of the body's, below which a line may be a note and from which it may be a heading."""


@dataclass(slots=True)
class Paragraph:
    """One block to be. ``mark`` is a note's mark."""

    kind: BlockKind
    lines: list[Line]
    level: int = 0
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Measures:
    """What is usual in the document: the body's letter size, the distance of its lines (points), and
    the right edge of each column by page and left edge."""

    size: float
    pitch: float
    edges: Mapping[tuple[int, int], float] = field(default_factory=dict)

    def edge(self, line: Line) -> float:
        """How far right lines of this one's column reach."""
        return self.edges.get((line.page, _column(line)), line.right)


def lay_out(pages: Sequence[list[Line]], raw: Mapping[int, str], *, known: Mapping[str, str]) -> Parsed:
    """The draft of a document whose lines have places."""
    kept, labels = _without_running(pages)
    usual = measures(kept)
    body_lines, note_lines = _parted(kept, usual)
    blocks = paragraphs(body_lines, usual)
    blocks, ends = _end_notes(blocks)
    notes = [*_notes(note_lines), *ends]
    _rank(blocks)
    dictionary = Dictionary(raw.values(), known)
    draft = Draft()
    starts: dict[int, int] = {}
    calls: dict[tuple[int, str], int] = {}
    for block in blocks:
        draft.open()
        _write(draft, block.lines, raw, dictionary, starts, calls)
        draft.close(block.kind, block.level)
    draft.body_end = draft.length
    draft.pages += page_spans(sorted(raw), starts, labels, draft.body_end)
    _write_notes(draft, notes, raw, dictionary, calls)
    return Parsed(draft, dict(raw))


def _without_running(pages: Sequence[list[Line]]) -> tuple[list[list[Line]], dict[int, str]]:
    """Running lines are told by where they stand on the page; what is kept stays in the file's order."""
    ordered = [sorted(lines, key=lambda line: (-line.top, line.left)) for lines in pages]
    kept, labels = without_running(ordered)
    stay = [{id(line) for line in lines} for lines in kept]
    return [
        [line for line in lines if id(line) in ids] for lines, ids in zip(pages, stay, strict=True)
    ], labels


def measures(pages: Sequence[list[Line]]) -> Measures:
    """Measured over all lines, weighted by their letters."""
    sizes: Counter[float] = Counter()
    steps: Counter[float] = Counter()
    rights: dict[tuple[int, int], list[float]] = {}
    for lines in pages:
        for line in lines:
            sizes[round(line.size * 2) / 2] += len(line.text)
            rights.setdefault((line.page, _column(line)), []).append(line.right)
        for before, line in itertools.pairwise(lines):
            step = before.bottom - line.bottom
            if 0 < step < 60 and abs(before.size - line.size) < 1:
                steps[round(step * 2) / 2] += 1
    size = sizes.most_common(1)[0][0] if sizes else 10.0
    pitch = steps.most_common(1)[0][0] if steps else size * 1.2
    # Not the furthest: a title or a table that spans two columns begins in one of them.
    edges = {
        (page, column): _usual_edge(
            [right for near in (column - 1, column, column + 1) for right in rights.get((page, near), ())]
        )
        for page, column in rights
    }
    return Measures(size or 10.0, pitch or 12.0, edges)


def _usual_edge(rights: list[float]) -> float:
    """Where most lines end, within 6 points; the edge of ragged lines lies past their middle one."""
    common = Counter(round(right / 6) for right in rights).most_common(1)[0][0] * 6.0
    return max(common, sorted(rights)[len(rights) // 2])


def _column(line: Line) -> int:
    """Left edges in steps of 36 points: lines of one column differ by no more than an indent."""
    return int(line.indent // 36)


def _parted(pages: Sequence[list[Line]], usual: Measures) -> tuple[list[Line], list[list[Line]]]:
    """Body lines of all pages, and each page's lines of notes: small ones from one that begins as a note."""
    body: list[Line] = []
    notes: list[list[Line]] = []
    for lines in pages:
        called = {mark for line in lines for _, _, whole in line.calls for mark in whole.split(",")}
        found: list[Line] = []
        inside = False
        for line in lines:
            small = line.size <= usual.size * SMALL
            begins = shapes.match("plain_note", line.text) if small else None
            if begins and begins["mark"] in called:
                inside = True
            elif not small:
                inside = False
            (found if inside else body).append(line)
        notes.append(found)
    return body, notes


def paragraphs(lines: Sequence[Line], usual: Measures) -> list[Paragraph]:
    """The body's blocks. A paragraph goes on over a column's or page's end while its sentence does."""
    made: list[Paragraph] = []
    for line in lines:
        kind = _kind(line, usual)
        last = made[-1].lines[-1] if made else None
        if last is not None and same_line(last, line):
            line.indent = last.indent
        if last is not None and _goes_on(made[-1], last, line, kind, usual):
            made[-1].lines.append(line)
        else:
            made.append(Paragraph(kind, [line]))
    for block in made:
        _check_heading(block)
    return made


def _kind(line: Line, usual: Measures) -> BlockKind:
    if line.size >= usual.size * LARGE or (line.bold and not shapes.ends_sentence(line.text)):
        return BlockKind.HEADING
    if shapes.figures_row(line.text):
        return BlockKind.TABLE_ROW
    if shapes.contents_line(line.text):
        return BlockKind.LIST_ITEM
    if shapes.match("bullet", line.text) or shapes.match("numbered_item", line.text):
        return BlockKind.LIST_ITEM
    return BlockKind.PARAGRAPH


def _goes_on(block: Paragraph, before: Line, line: Line, kind: BlockKind, usual: Measures) -> bool:
    """Whether ``line`` belongs to the block that ends in ``before``."""
    if same_line(before, line):
        return True
    if before.broken:
        return True
    heading = block.kind is BlockKind.HEADING
    if heading or kind is BlockKind.HEADING:
        # Bold words may begin or end a line of running text; a heading has its size to itself.
        alike = heading and kind is BlockKind.HEADING and abs(before.size - line.size) < 0.6
        return alike and before.page == line.page and 0 < before.bottom - line.bottom < line.size * 2.2
    if BlockKind.TABLE_ROW in (block.kind, kind) or shapes.contents_line(before.text):
        return False
    if kind is BlockKind.LIST_ITEM and (
        shapes.ends_sentence(before.text) or shapes.match("bullet", line.text)
    ):
        return False
    if _URL_END.search(before.text) and line.text[:1].islower():
        return True
    if abs(before.size - line.size) > usual.size * 0.12:
        return False
    full = before.right >= usual.edge(before) - (usual.edge(before) - before.indent) * 0.15
    ended = shapes.ends_sentence(before.text)
    low = line.text[:1].islower()
    step = before.bottom - line.bottom
    if before.page != line.page or step < 0 or abs(before.indent - line.indent) > usual.size * 8:
        return not ended and (low or full)
    if step > max(usual.pitch, before.size * 1.2) * 1.45:
        return not ended and low
    if ended and not low:
        indented = line.indent > before.indent + usual.size * 0.6 and block.kind is not BlockKind.LIST_ITEM
        return full and not indented
    return low or full or not _looks_set(line, before, usual)


def _looks_set(line: Line, before: Line, usual: Measures) -> bool:
    """Whether two short lines are set one below the other on purpose, as in an address or a title page."""
    short = before.right < usual.edge(before) - (usual.edge(before) - before.indent) * 0.35
    return short and line.text[:1].isupper()


def _check_heading(block: Paragraph) -> None:
    """Large or bold lines that are no title: whole sentences, or no letter at all."""
    whole = " ".join(line.text for line in block.lines)
    if block.kind is BlockKind.HEADING:
        words = len(whole.split())
        if words > 30 or not any(map(str.isalpha, whole)) or (words > 12 and shapes.ends_sentence(whole)):
            block.kind = BlockKind.PARAGRAPH
    elif (
        block.kind is BlockKind.LIST_ITEM
        and len(block.lines) == 1
        and shapes.match("numbered_heading", whole)
    ):
        title = shapes.match("numbered_heading", whole)
        if title and shapes.title_like(title["text"]) and len(whole) < 70 and block.lines[0].gap:
            block.kind = BlockKind.HEADING


def _rank(blocks: Sequence[Paragraph]) -> None:
    """Levels of headings by size: the largest is 1."""
    sizes = sorted({round(b.lines[0].size) for b in blocks if b.kind is BlockKind.HEADING}, reverse=True)
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            block.level = min(sizes.index(round(block.lines[0].size)) + 1, 6)


def _notes(pages: Sequence[Sequence[Line]]) -> list[Paragraph]:
    """Footnotes of each page: a new one begins at each number that follows on the last."""
    made: list[Paragraph] = []
    for lines in pages:
        fresh = True
        for line in lines:
            found = shapes.match("plain_note", line.text)
            mark = found["mark"] if found else ""
            follows = fresh or not mark.isdecimal() or not made or mark == str(int(made[-1].mark or 0) + 1)
            if mark and follows:
                made.append(Paragraph(BlockKind.FOOTNOTE, [line], mark=mark))
            elif made:
                made[-1].lines.append(line)
            fresh = False
    return made


def _end_notes(blocks: list[Paragraph]) -> tuple[list[Paragraph], list[Paragraph]]:
    """Notes collected at the end, below a heading that says so and counted from 1."""
    for at, block in enumerate(blocks):
        whole = " ".join(line.text for line in block.lines)
        if len(whole) > 40 or not _NOTES_HEADING.match(whole.strip()) or at < len(blocks) // 3:
            continue
        notes: list[Paragraph] = []
        for line in (line for later in blocks[at + 1 :] for line in later.lines):
            found = shapes.match("plain_note", line.text)
            if found and found["mark"] == str(len(notes) + 1):
                notes.append(Paragraph(BlockKind.FOOTNOTE, [line], mark=found["mark"]))
            elif notes:
                notes[-1].lines.append(line)
            else:
                break
        if len(notes) >= 2:
            return blocks[:at], notes
    return blocks, []


def _write_notes(
    draft: Draft,
    notes: Sequence[Paragraph],
    raw: Mapping[int, str],
    dictionary: Dictionary,
    calls: Mapping[tuple[int, str], int],
) -> None:
    """Writes the notes after the body. A page with notes comes a second time among the pages there."""
    anywhere: dict[str, int] = {}
    for (_, mark), at in sorted(calls.items(), key=lambda item: item[1]):
        anywhere.setdefault(mark, at)
    starts: dict[int, int] = {}
    for note in notes:
        first = note.lines[0]
        found = shapes.match("plain_note", first.text)
        skip = found.start("text") if found else 0
        draft.open()
        start = first.start
        first.start += skip
        first.text = first.text[skip:]
        _write(draft, note.lines, raw, dictionary, starts, {})
        first.start = start
        made = draft.close(BlockKind.FOOTNOTE)
        if made is not None:
            at = calls.get((first.page, note.mark), anywhere.get(note.mark, -1))
            draft.footnotes.append(Footnote(note.mark, made.start, made.end, at))
    labels = {page.number: page.label for page in draft.pages}
    draft.pages += page_spans(sorted(starts, key=starts.__getitem__), starts, labels, draft.length)


def _write(
    draft: Draft,
    lines: Sequence[Line],
    raw: Mapping[int, str],
    dictionary: Dictionary,
    starts: dict[int, int],
    calls: dict[tuple[int, str], int],
) -> None:
    before: Line | None = None
    for line in lines:
        if before is None:
            bullet = shapes.match("bullet", line.text)
            if bullet:
                line.start += bullet.start("text")
        else:
            _joint(draft, before, line, raw, dictionary)
        starts.setdefault(line.page, draft.length)
        _write_line(draft, line, raw[line.page], dictionary, calls)
        before = line


def _write_line(
    draft: Draft, line: Line, text: str, dictionary: Dictionary, calls: dict[tuple[int, str], int]
) -> None:
    """One line: its marks left out, the words in it mended."""
    at = line.start
    for start, end, mark in [*line.calls, (line.end, line.end, "")]:
        for first, last, whole, repair in dictionary.mended(text, at, start):
            draft.fold(text, line.page, at, first, letters=True)
            draft.put(whole, line.page, first, last, repair)
            at = last
        draft.fold(text, line.page, at, start, letters=True)
        for one in mark.split(",") if mark else ():
            calls.setdefault((line.page, one), max(draft.length - 1, 0))
        at = end


def _joint(draft: Draft, before: Line, line: Line, raw: Mapping[int, str], dictionary: Dictionary) -> None:
    """What stands between two lines of a paragraph: a space, or nothing, or a mended hyphen."""
    same_page = before.page == line.page
    start, end = before.end, line.start if same_page and line.start >= before.end else before.end
    page = before.page
    head, tail = raw[page][before.start : before.end], raw[line.page][line.start : line.end]
    if before.broken:
        kept = dictionary.keeps_hyphen(head, tail)
        draft.put("-" if kept else "", page, start, end, "hyphen at line end")
        return
    if head.endswith(("-", "‐", "\xad")) and len(head) > 1 and head[-2].isalnum() and tail[:1].isalnum():
        # The hyphen is already written: only a soft one, which is never shown, can still be left out.
        return
    if same_line(before, line) and (
        line.left - before.right < before.size * 0.12 or tail[:1] in ".,;:!?)]”’"
    ):
        return
    if _URL_END.search(head) and head[-1] in "/.-_=&?" and tail[:1].islower():
        return
    if draft.ends_in_space:
        return
    draft.put(" ", page, start, end, "line end" if same_page else "page end")
