"""Sets a sample as a PDF, line by line: reportlab's own paragraphs break no words and place no notes."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from samples_source import MARK, Source, printed_date

WIDTH, HEIGHT = A4
LEFT, RIGHT, TOP, BOTTOM = 104.0, WIDTH - 104.0, HEIGHT - 90.0, 80.0
BODY, SIZE, LEADING = "Times-Roman", 12.0, 16.5
NOTE_SIZE, NOTE_LEADING = 8.5, 10.5
INDENT = 14.0

# Where a word may be broken. A list and not a hyphenation library: the breaks are part of the sample.
BREAKS = {
    parts.replace("-", ""): parts.split("-")
    for parts in Path(__file__).with_name("samples").joinpath("breaks.txt").read_text("utf-8").split()
}


@dataclass
class Line:
    """One set line: words with the marks that follow them, its indent, and the notes it calls."""

    words: list[tuple[str, str]]
    indent: float = 0.0
    heading: bool = False
    notes: list[str] = field(default_factory=list)


def write_pdf(source: Source, path: Path) -> None:
    """Writes the title page and the body to ``path``."""
    noon = datetime.combine(source.date, time(12), UTC)
    os.environ["SOURCE_DATE_EPOCH"] = str(int(noon.timestamp()))  # reportlab takes its clock from here
    canvas = Canvas(str(path), pagesize=A4, pageCompression=1)
    canvas.setTitle(f"{source.title}: {source.subtitle}")
    canvas.setAuthor(source.author)
    canvas.setSubject(f"{source.publisher}, {source.series}")
    canvas.setCreator("training/build_samples.py")
    _title_page(canvas, source)
    for number, page in enumerate(_pages(_lines(source), source.notes), start=2):
        _body_page(canvas, source, page, number)
    canvas.save()


def _title_page(canvas: Canvas, source: Source) -> None:
    canvas.setFont("Helvetica", 11)
    canvas.drawString(LEFT, TOP, source.publisher)
    canvas.drawString(LEFT, TOP - 16, source.series)
    canvas.setFont("Times-Bold", 28)
    canvas.drawString(LEFT, HEIGHT * 0.6, source.title)
    canvas.setFont("Times-Roman", 16)
    canvas.drawString(LEFT, HEIGHT * 0.6 - 28, source.subtitle)
    canvas.setFont("Times-Roman", 13)
    canvas.drawString(LEFT, HEIGHT * 0.6 - 70, source.author)
    canvas.drawString(LEFT, BOTTOM, printed_date(source.date))
    canvas.showPage()


def _lines(source: Source) -> list[Line]:
    lines: list[Line] = []
    for kind, text in source.blocks:
        if kind == "heading":
            lines += [Line([]), Line([(text, "")], heading=True)]
            continue
        after_heading = bool(lines) and lines[-1].heading
        lines += _broken(text.replace("*", ""), indent=0.0 if after_heading else INDENT)
    return lines[1:]


def _broken(text: str, *, indent: float) -> list[Line]:
    """The paragraph in lines, words broken where ``BREAKS`` or their own hyphens allow it."""
    lines = [Line([], indent)]
    pending = text.split()
    while pending:
        word = pending.pop(0)
        marks = MARK.findall(word)
        bare = MARK.sub("", word)
        line = lines[-1]
        taken = line.indent + sum(_width(w) + _width(" ") for w, _ in line.words)
        room = RIGHT - LEFT - taken
        if _width(bare) <= room:
            line.words.append((bare, "".join(marks)))
            line.notes += marks
            continue
        head, tail = _split(bare, room)
        if head:
            line.words.append((head, ""))
            pending.insert(0, tail + "".join(f"[^{mark}]" for mark in marks))
        else:
            pending.insert(0, word)
        lines.append(Line([]))
    return lines


def _split(word: str, room: float) -> tuple[str, str]:
    """The longest head of ``word`` that fits in ``room`` points with its hyphen, and the tail."""
    core = word.rstrip(".,;:”")
    parts, joint = (core.split("-"), "-") if "-" in core else (BREAKS.get(core, [core]), "")
    for cut in range(len(parts) - 1, 0, -1):
        head = joint.join(parts[:cut]) + "-"
        if _width(head) <= room:
            return head, joint.join(parts[cut:]) + word[len(core) :]
    return "", word


def _width(text: str) -> float:
    return float(stringWidth(text, BODY, SIZE))


def _pages(lines: list[Line], notes: dict[str, str]) -> list[tuple[list[Line], list[str]]]:
    """Fills pages, keeping the notes of a line on its page; breaks fall wherever the page is full."""
    pages: list[tuple[list[Line], list[str]]] = [([], [])]
    room = TOP - BOTTOM
    for at, line in enumerate(lines):
        wanted = [set_line for mark in line.notes for set_line in _note_lines(mark, notes[mark])]
        need = LEADING + NOTE_LEADING * len(wanted) + (8.0 if wanted and not pages[-1][1] else 0.0)
        # A heading at the foot of a page would lie to every reader, human or program.
        need_with_next = need + 2 * LEADING if line.heading and at + 1 < len(lines) else need
        if need_with_next > room:
            pages.append(([], []))
            room = TOP - BOTTOM
            if not line.words:
                continue
        pages[-1][0].append(line)
        pages[-1][1].extend(wanted)
        room -= need
    return pages


def _note_lines(mark: str, text: str) -> list[str]:
    lines = [mark]
    for word in text.split():
        longer = f"{lines[-1]} {word}"
        if stringWidth(longer, BODY, NOTE_SIZE) > RIGHT - LEFT:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _body_page(canvas: Canvas, source: Source, page: tuple[list[Line], list[str]], number: int) -> None:
    lines, notes = page
    canvas.setFont("Helvetica", 8)
    canvas.drawString(LEFT, HEIGHT - 50, source.publisher)
    canvas.drawRightString(RIGHT, HEIGHT - 50, source.title)
    canvas.drawCentredString(WIDTH / 2, 40, str(number))
    y = TOP
    for line in lines:
        _draw(canvas, line, y)
        y -= LEADING
    if notes:
        foot = BOTTOM + NOTE_LEADING * (len(notes) - 1) - 12
        canvas.line(LEFT, foot + NOTE_LEADING + 2, LEFT + 120, foot + NOTE_LEADING + 2)
        canvas.setFont(BODY, NOTE_SIZE)
        for at, note in enumerate(notes):
            canvas.drawString(LEFT, foot - NOTE_LEADING * at, note)
    canvas.showPage()


def _draw(canvas: Canvas, line: Line, y: float) -> None:
    if line.heading:
        canvas.setFont("Times-Bold", 13)
        canvas.drawString(LEFT, y, line.words[0][0])
        return
    if not any(mark for _, mark in line.words):
        canvas.setFont(BODY, SIZE)
        canvas.drawString(LEFT + line.indent, y, " ".join(word for word, _ in line.words))
        return
    x = LEFT + line.indent
    for word, mark in line.words:
        canvas.setFont(BODY, SIZE)
        canvas.drawString(x, y, word)
        x += _width(word)
        if mark:
            canvas.setFont(BODY, 7)
            canvas.drawString(x, y + 4, mark)
            x += stringWidth(mark, BODY, 7)
        x += _width(" ")
