"""Dates side by side with edtf and dateparser, on the table of phrases of the tests. Prints counts.

usage: dates_peers.py [--wrong]

Right: both the earliest and the latest day that the phrase allows are the table's. A peer without a
notion of bounds gives the day or days that it has. "Invented": a single day for a phrase that names
none. Relative phrases are given their anchor by each tool's own means (dateparser: RELATIVE_BASE);
edtf has none, so its figures are shown for absolute phrases alone as well. Run from the repository.
"""

from __future__ import annotations

import argparse
import calendar
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

from colligate.values.dates import parse, parse_edtf

TESTS = Path(__file__).parents[1] / "tests" / "values"
Ends = tuple[date | None, date | None]


@dataclass(frozen=True)
class Row:
    phrase: str
    anchor: str
    edtf: str
    ends: Ends

    @property
    def names_a_day(self) -> bool:
        whole = [day for day in self.ends if day]
        return (len(whole) == 2 and whole[0] == whole[1]) or any(len(p) >= 10 for p in self.edtf.split("/"))


def table() -> Iterator[Row]:
    for line in (TESTS / "dates.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        phrase, text, document, edtf, start, end = line.split("\t")
        last = start if end == "=" else end
        yield Row(phrase, text or document, edtf, (edge(start, last=False), edge(last, last=True)))


def edge(bounds: str, *, last: bool) -> date | None:
    if bounds == "open":
        return None
    low, dots, high = bounds.partition("..")
    day = (high if dots else low) if last else low
    if not day:
        return None
    year, month, number = (int(part) for part in (day + "-0-0").split("-")[:3])
    month = month or (12 if last else 1)
    return date(year, month, number or (calendar.monthrange(year, month)[1] if last else 1))


def by_colligate(phrase: str, anchor: str) -> Ends:
    when = parse(phrase, anchor=parse_edtf(anchor) if anchor else None)
    return (when.start_earliest, when.end_latest) if when else (None, None)


def by_edtf(phrase: str, _: str) -> Ends:
    edtf: Any = import_module("edtf")
    text = edtf.text_to_edtf(phrase)
    if not text:
        return None, None
    parsed: Any = edtf.parse_edtf(text)
    return _day(parsed.lower_fuzzy()), _day(parsed.upper_fuzzy())


def _day(moment: Any) -> date | None:
    return date(moment.tm_year, moment.tm_mon, moment.tm_mday) if hasattr(moment, "tm_year") else None


def by_dateparser(phrase: str, anchor: str) -> Ends:
    dateparser: Any = import_module("dateparser")
    when = parse_edtf(anchor) if anchor else None
    settings: dict[str, Any] = {}
    if when and when.start_earliest:
        settings["RELATIVE_BASE"] = datetime.combine(when.start_earliest, datetime.min.time())
    found = dateparser.parse(phrase, languages=["en"], settings=settings)
    return (found.date(), found.date()) if found else (None, None)


def searched_by_dateparser(sentence: str, _: str) -> Ends:
    """Its reader of whole sentences, for the traps."""
    search: Any = import_module("dateparser.search")
    found = search.search_dates(sentence, languages=["en"])
    return (found[0][1].date(), found[0][1].date()) if found else (None, None)


TOOLS: dict[str, Callable[[str, str], Ends]] = {
    "colligate": by_colligate,
    "edtf": by_edtf,
    "dateparser": by_dateparser,
}


def measure(read: Callable[[str, str], Ends], rows: list[Row], *, wrong: bool) -> tuple[int, int, int, float]:
    """Rows right, rows read, days invented, seconds."""
    right = found = invented = 0
    begun = time.perf_counter()
    for row in rows:
        try:
            ends = read(row.phrase, row.anchor)
        except Exception:  # noqa: BLE001 - a peer that raises has read nothing
            ends = (None, None)
        right += ends == row.ends
        found += ends != (None, None)
        invented += ends[0] is not None and ends[0] == ends[1] and not row.names_a_day
        if wrong and ends != row.ends:
            print("  ", row.phrase, "->", *ends, "not", *row.ends)
    return right, found, invented, time.perf_counter() - begun


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--wrong", action="store_true", help="print what each tool gets wrong")
    wrong = parser.parse_args().wrong
    warnings.simplefilter("ignore")
    rows = list(table())
    plain = [row for row in rows if not row.anchor]
    lines = (TESTS / "date_traps.txt").read_text(encoding="utf-8").splitlines()
    traps = [Row(line, "", "", (None, None)) for line in lines if line and not line.startswith("#")]
    heads = ("right", "absolute", "read", "invented", "traps sprung", "phrases/s")
    widths = (12, 12, 8, 10, 14, 11)
    print(" " * 22 + "".join(f"{head:>{width}}" for head, width in zip(heads, widths, strict=True)))
    for name, read in TOOLS.items():
        read("11 September 2001", "")  # loads its tables
        right, found, invented, seconds = measure(read, rows, wrong=wrong)
        absolute = measure(read, plain, wrong=False)[0]
        trapped = searched_by_dateparser if name == "dateparser" else read
        sprung = measure(trapped, traps, wrong=False)[1]
        label = f"{name} {version(name)}"
        print(
            f"{label:22}{f'{right}/{len(rows)}':>12}{f'{absolute}/{len(plain)}':>12}{found:>8}{invented:>10}"
            f"{f'{sprung}/{len(traps)}':>14}{len(rows) / seconds:>11.0f}"
        )


if __name__ == "__main__":
    main()
