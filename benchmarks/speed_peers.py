"""Peers that do a stage's work, on the same input in the same run. Each is left out where it is missing."""

from __future__ import annotations

import importlib.util
import statistics
import time
from collections.abc import Callable, Sequence
from itertools import chain
from pathlib import Path

from benchmarks.sentences import CUTTERS, blocks
from colligate.extract.actors import actor_entries, event_entries
from colligate.extract.base import Reading
from colligate.extract.gazetteer import place_entries
from colligate.extract.names import NameStage, known_names
from colligate.extract.sentences import SentenceStage
from colligate.model import Document
from colligate.readers import Limits, read
from colligate.readers.parse import read_unguarded
from colligate.vocabulary import load

# pysbd needs minutes for what the others do in a blink: it gets the first so many words.
_SLOW_WORDS = {"pysbd": 8_000}


def there(name: str) -> bool:
    return importlib.util.find_spec(name) is not None


def sentences(texts: Sequence[str]) -> dict[str, int]:
    """Words per second of each cutter of sentences, processor time."""
    found: dict[str, int] = {}
    for name, cutter in CUTTERS.items():
        if name != "colligate" and not there(name):
            continue
        seconds, words, most = 0.0, 0, _SLOW_WORDS.get(name, 1 << 60)
        for _, block in chain.from_iterable(map(blocks, texts)):
            if words >= most:
                break
            begun = time.process_time()
            cutter(block)
            seconds += time.process_time() - begun
            words += len(block.split())
        found[name] = round(words / seconds)
    return found


def names(texts: Sequence[str]) -> dict[str, dict[str, float]]:
    """Sentences and names: ours, and spaCy's blank pipeline with sentencizer and PhraseMatcher, which
    finds the names of our lists as they are written there, and no others."""
    known_names.cache_clear()
    begun = time.process_time()
    known_names()
    found = {"colligate": {"lists_s": time.process_time() - begun}}
    stages = (SentenceStage(), NameStage())

    def ours(text: str) -> int:
        reading = Reading(Document("sha256:0", text, 1, "text/plain", "benchmark"), load())
        for stage in stages:
            stage.run(reading)
        return len(reading.namings)

    found["colligate"].update(_rate(ours, texts))
    if there("spacy"):
        import spacy  # noqa: PLC0415 - a peer, not there everywhere
        from spacy.matcher import PhraseMatcher  # noqa: PLC0415

        begun = time.process_time()
        nlp = spacy.blank("en")
        nlp.max_length = 10**8
        nlp.add_pipe("sentencizer")
        matcher = PhraseMatcher(nlp.vocab)
        surfaces = {surface for surface, _ in chain(event_entries(), actor_entries(), place_entries())}
        matcher.add("known", list(nlp.tokenizer.pipe(sorted(surfaces))))
        found["spacy"] = {"lists_s": time.process_time() - begun}

        def theirs(text: str) -> int:
            document = nlp(text)
            return len(list(document.sents)) and len(matcher(document))

        found["spacy"].update(_rate(theirs, texts))
    return {name: {key: round(value, 3) for key, value in one.items()} for name, one in found.items()}


def _rate(work: Callable[[str], int], texts: Sequence[str]) -> dict[str, float]:
    work(texts[0][:2000])
    begun = time.process_time()
    names_found = sum(map(work, texts))
    seconds = time.process_time() - begun
    return {"words_per_second": sum(len(text.split()) for text in texts) / seconds, "names": names_found}


def pdfs(paths: Sequence[Path], *, rounds: int = 3) -> dict[str, dict[str, float]]:
    """Pages per second of each way to get a PDF's text, by file: the median of some rounds, wall time."""
    ways: dict[str, Callable[[Path], object]] = {
        "pypdfium2, text alone": _pdfium,
        "colligate, in this process": lambda path: read_unguarded(path.read_bytes(), name=path.name),
        "colligate, in a child": lambda path: read(path, limits=Limits()),
    }
    if there("pdfminer"):
        ways["pdfminer.six"] = _pdfminer
    if there("pdfplumber"):
        ways["pdfplumber"] = _pdfplumber
    found: dict[str, dict[str, float]] = {}
    for path in paths:
        pages = _pdfium(path)
        for way in ways.values():
            way(path)  # what is loaded at the first file is not counted
        took: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(rounds):  # one after the other, so that a busy moment hits all
            for name, way in ways.items():
                begun = time.perf_counter()
                way(path)
                took[name].append(time.perf_counter() - begun)
        rates = {name: round(pages / statistics.median(times), 1) for name, times in took.items()}
        found[path.name] = {"pages": pages, **rates}
    return found


def _pdfium(path: Path) -> int:
    import pypdfium2  # noqa: PLC0415

    pdf = pypdfium2.PdfDocument(path)
    try:
        for page in pdf:
            page.get_textpage().get_text_range()
        return len(pdf)
    finally:
        pdf.close()


def _pdfminer(path: Path) -> None:
    from pdfminer.high_level import extract_text  # noqa: PLC0415

    extract_text(path)


def _pdfplumber(path: Path) -> None:
    import pdfplumber  # noqa: PLC0415

    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_text()
            page.close()


def child(path: Path, *, times: int = 100) -> dict[str, float]:
    """Milliseconds that a small file takes in a child process of its own, and without one."""
    data = path.read_bytes()

    def inside() -> Document:
        return read_unguarded(data, name=path.name)

    return {
        "in_a_child_ms": _median_ms(lambda: read(path), times),
        "in_this_process_ms": _median_ms(inside, times),
    }


def _median_ms(way: Callable[[], object], times: int) -> float:
    way()  # what is loaded at the first is not counted
    took = []
    for _ in range(times):
        begun = time.perf_counter()
        way()
        took.append(1000 * (time.perf_counter() - begun))
    return round(statistics.median(took), 2)
