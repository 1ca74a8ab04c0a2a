"""Who says what: speeches from verbs of saying, from phrases such as "according to", from quotations.

Only sentences that hold a cue are looked at. Speeches nest where their contents do, which gives the
chain of attribution: a report quotes a scholar who quotes an official who is not named.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace

from colligate.extract.base import Reading, Sentence, Speech, Tokens
from colligate.extract.quotations import is_scare
from colligate.extract.speakers import FINITE, Line, Speaker, left_of, line_of
from colligate.extract.speech_cues import NOBODY, UNQUOTED, SpeechCues, load
from colligate.extract.speech_phrases import phrase_speeches
from colligate.extract.speech_spans import Found
from colligate.extract.speech_verbs import verb_speeches

_UNQUOTED_WORDS = 6  # a quotation shorter than this and without a speaker is taken for a term


class SpeechStage:
    """Fills speeches, in order of their content's start, outer before inner."""

    name = "speeches"
    needs = frozenset({"document", "tokens", "sentences", "namings", "quotations"})
    gives = frozenset({"speeches"})

    def run(self, reading: Reading) -> None:
        reading.speeches = speeches(reading)


def speeches(reading: Reading) -> list[Speech]:
    """All speeches of the document."""
    cues = load()
    lower, text = reading.tokens.lower, reading.document.text
    starts = [naming.first for naming in reading.namings]
    triggers = cues.triggers
    found: list[Speech] = []
    before: list[Speaker] = []
    last_end, direct = 0, None
    for sentence in reading.sentences:
        if "\n\n" in text[last_end : sentence.start]:
            before, direct = before[-1:], None
        last_end = sentence.end
        direct = _carried(reading, sentence, direct, found)
        if triggers.isdisjoint(lower[sentence.first : sentence.last]):
            continue
        inside = list(range(bisect_left(starts, sentence.first), bisect_left(starts, sentence.last)))
        line = line_of(reading, cues, sentence, inside)
        here = verb_speeches(line, before) + phrase_speeches(line, before)
        for item in _distinct(here):
            speech = _speech(reading, cues, item)
            found.append(speech)
            if item.speaker.words != NOBODY:
                before.append(item.speaker)
                if speech.form != "indirect":
                    direct = speech
        if not here:
            before.extend(_subjects(line)[:1])
    found.extend(_unquoted(reading, found))
    found.sort(key=lambda s: (s.start, -s.end))
    return found


def _speech(reading: Reading, cues: SpeechCues, item: Found) -> Speech:
    start, end = item.start, item.end
    form = _form(reading, start, end)
    stance = "denied" if item.negated else cues.stance(item.manner, item.speaker.kind)
    speaker = item.speaker
    return Speech(speaker.words, speaker.kind, item.cue, start, end, form, speaker.naming, stance)


def _form(reading: Reading, start: int, end: int) -> str:
    at = bisect_left(reading.quotations, start - 2, key=lambda q: q.start)
    form = "indirect"
    for quotation in reading.quotations[at:]:
        if quotation.start >= end:
            break
        if quotation.end > end + 2:
            continue
        if quotation.end - quotation.start >= 0.85 * (end - start):
            return "direct"
        form = "mixed"
    return form


def _carried(
    reading: Reading, sentence: Sentence, direct: Speech | None, found: list[Speech]
) -> Speech | None:
    """A quotation that opens the sentence right after a quoted speech goes on with its speaker."""
    if direct is None:
        return None
    at = bisect_left(reading.quotations, sentence.start, key=lambda q: q.start)
    if at < len(reading.quotations) and reading.quotations[at].start <= sentence.start + 2:
        quotation = reading.quotations[at]
        if quotation.end > direct.end and quotation.end >= sentence.end - 3:
            if quotation.start >= direct.end:
                found.append(
                    Speech(
                        direct.speaker, direct.source_kind, direct.cue, quotation.start, quotation.end,
                        "direct", direct.naming, direct.stance,
                    )
                )  # fmt: skip
            return direct
    return direct if direct.end >= sentence.end - 3 else None


def _distinct(found: list[Found]) -> list[Found]:
    """One speech per speaker and content; "in his memoirs, X claimed" is one, in the manner of memoirs."""
    kept: list[Found] = []
    memoirs = [f for f in found if f.manner == "recall" and " " in f.cue]
    for memoir in memoirs:
        for at, item in enumerate(found):
            same = item is not memoir and item.speaker.words == memoir.speaker.words
            if same and memoir.start <= item.start and item.end <= memoir.end:
                found[at] = replace(item, manner="recall")
                if memoir in found:
                    found.remove(memoir)
    for item in sorted(found, key=lambda f: (f.start, -f.end)):
        if not any(
            item.speaker.words == other.speaker.words
            and item.start < other.end
            and other.start < item.end
            and item.manner == other.manner
            and other.start <= item.start
            and item.end <= other.end
            for other in kept
        ):
            kept.append(item)
    return kept


def _subjects(line: Line) -> list[Speaker]:
    """The subject of the sentence's first finite verb, for a pronoun in the next sentence."""
    for i, tag in enumerate(line.classes):
        if tag in FINITE:
            speaker = left_of(line, i, [])
            return [speaker] if speaker is not None and speaker.naming >= 0 else []
    return []


def _unquoted(reading: Reading, found: list[Speech]) -> list[Speech]:
    spans = sorted((s.start, s.end) for s in found if s.speaker != NOBODY)
    loose: list[Speech] = []
    tokens: Tokens = reading.tokens
    outer_end = -1
    for quotation in reading.quotations:
        if quotation.start < outer_end:
            continue
        outer_end = quotation.end
        first = bisect_left(tokens.start, quotation.start)
        last = bisect_left(tokens.start, quotation.end)
        if last - first < _UNQUOTED_WORDS or is_scare(tokens, quotation):
            continue
        at = bisect_right(spans, (quotation.start, 1 << 60))
        near = spans[max(at - 6, 0) : at + 2]
        if not any(start < quotation.end and quotation.start < end for start, end in near):
            loose.append(Speech(UNQUOTED, "unnamed", "", quotation.start, quotation.end, "direct"))
    return loose
