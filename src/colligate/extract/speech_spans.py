"""How far what is said reaches: to the end of its clause, of its quotation, of its sentence."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from colligate.extract.base import Quotation, Reading
from colligate.extract.speakers import BE, FINITE, Line, Speaker

MARKS = frozenset({"“", "”", '"', "„", "«", "‘", "''", "``", "'"})
TURNS = frozenset({"but", "while", "whereas", "although", "though"})
AUXILIARY = BE | {"has", "have", "had", "did", "does", "do", "also", "not", "n't"}


@dataclass(frozen=True, slots=True)
class Found:
    speaker: Speaker
    cue: str
    manner: str
    start: int
    end: int
    negated: bool = False


def clause_end(line: Line, at: int, tag: str, verb: int) -> int:
    """The character at which what is said from token ``at`` on ends."""
    lower, classes, size = line.lower, line.classes, len(line)
    relative = any(lower[k] in {"who", "which"} for k in range(max(verb - 4, 0), verb))
    leading = tag == "VBG" and verb <= 1
    reading = line.reading
    quotation = _quotation_from(reading, line.start(at))
    if quotation is not None and quotation.end > line.sentence.end:
        return quotation.end
    for k in range(at + 1, size):
        word = lower[k]
        if word == ";":
            return line.end(k - 1)
        if word != "," or k + 1 >= size:
            continue
        if quotation is not None and line.start(k) < quotation.end:
            continue
        if leading or lower[k + 1] in TURNS:
            return line.end(k - 1)
        if relative and classes[k + 1] in FINITE and line.name[k + 1] < 0:
            return line.end(k - 1)
    last = size - 1
    while last > at and lower[last] in {".", *MARKS}:
        last -= 1
    return line.end(last)


def _quotation_from(reading: Reading, at: int) -> Quotation | None:
    """The quotation that begins at the character or just before it."""
    index = bisect_left(reading.quotations, at - 2, key=lambda q: q.start)
    if index < len(reading.quotations) and reading.quotations[index].start <= at + 2:
        return reading.quotations[index]
    return None


def clause(line: Line, i: int) -> tuple[int, int]:
    """The characters of the clause around token ``i``: between semicolons and turns ("but", "while")."""
    lower = line.lower
    first, last = 0, len(line) - 1
    for k in range(i - 1, -1, -1):
        if lower[k] == ";" or (lower[k] in TURNS and k > 0):
            first = k + 1
            break
    for k in range(i + 1, len(line)):
        if lower[k] == ";" or (lower[k] in TURNS and lower[k - 1] == ","):
            last = k - 1
            break
    while last > first and lower[last] in {".", ","}:
        last -= 1
    return line.start(first), line.end(last)


def narrow(line: Line, i: int) -> tuple[int, int]:
    """The clause around token ``i``, from the nearest word that opens one: its subject and what follows."""
    start, end = clause(line, i)
    for k in range(i - 1, 0, -1):
        opens = (
            line.lower[k] in {"what", "that", "who", "which", "because", "as", "and"} or line.lower[k] == ","
        )
        if opens and any(tag in FINITE for tag in line.classes[:k]) and not _aside_before(line, k, i):
            return max(start, line.start(k if line.lower[k] == "what" else k + 1)), end
    return start, end


def _aside_before(line: Line, k: int, i: int) -> bool:
    """Whether the comma or "and" at ``k`` closes an aside within the subject of the verb at ``i``."""
    return all(line.classes[m] in {"MD", "RB"} or line.lower[m] in AUXILIARY for m in range(k + 1, i))
