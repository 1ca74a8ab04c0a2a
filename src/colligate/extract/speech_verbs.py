"""Speeches from verbs of saying: active, passive, inverted, in participles and infinitives."""

from __future__ import annotations

from bisect import bisect_right

from colligate.extract.speakers import BE, FINITE, VERBAL, Line, Speaker, left_of, phrase_ending, right_of
from colligate.extract.speech_cues import NOBODY, VerbCue
from colligate.extract.speech_frames import frame_of, option_for
from colligate.extract.speech_spans import AUXILIARY, MARKS, Found, clause_end, narrow

_PAST = ("ed", "en", "id", "ld", "nt", "ught", "und", "rn", "en", "own", "ood", "it", "ade")


def verb_speeches(line: Line, before: list[Speaker]) -> list[Found]:
    found: list[Found] = []
    here: list[Speaker] = []
    verbs = line.cues.verbs
    for i, word in enumerate(line.lower):
        options = verbs.get(word)
        if options is None or line.name[i] >= 0:
            continue
        item = _verb(line, i, options, before + here, here)
        if item is not None:
            found.append(item)
            if item.speaker.words != NOBODY:
                here.append(item.speaker)
    return found


def _verb(
    line: Line, i: int, options: tuple[VerbCue, ...], before: list[Speaker], here: list[Speaker]
) -> Found | None:
    lower, classes = line.lower, line.classes
    tag = classes[i]
    size = len(line)
    after = _skip_adverbs(line, i + 1)
    if tag not in VERBAL:
        # A word mistaken for a noun or an adjective still governs "that" and an agent.
        strict = (
            after < size
            and i > 0
            and (lower[after] in {"that", "by"} or (line.name[i - 1] >= 0 and _object_at(line, i + 1)))
        )
        if not strict or lower[i] in line.cues.nouns or classes[i - 1] in {"DT", "PRP$", "JJ"}:
            return None
    auxiliaries, negated = _auxiliaries(line, i)
    passive = tag in {"VBN", "VBD", "JJ", "NN"} and bool(auxiliaries & BE) and lower[i].endswith(_PAST)
    by = _agent(line, i)
    if by > 0 and lower[i].endswith(_PAST) and (passive or by == after):
        return _by(line, i, by, options, before, negated)
    if passive:
        return _hidden(line, i, after, options, negated)
    if tag == "VBN" and not auxiliaries and after < size and lower[after] in {"to", "as"}:
        return _hidden(line, i, after, options, negated)
    if i > 0 and (lower[i - 1] in MARKS or (lower[i - 1] == "," and tag in FINITE)):
        speaker = right_of(line, i + 1, before)
        if speaker is not None and any("post" in o.frames for o in options) and _closes_clause(line, speaker):
            return _before_verb(line, i - 1, speaker, option_for(options, "post"), lower[i], negated)
    speaker = _subject(line, i, tag, before, here)
    if speaker is None:
        return None
    frame, at = frame_of(line, i, after, options, speaker)
    if not frame:
        return None
    option = option_for(options, frame)
    if frame == "post":
        return _before_verb(line, speaker.first - 1, speaker, option, lower[i], negated)
    stop = clause_end(line, at, tag, i)
    cue = lower[i] if at - i > 4 else line.words(i, at - 1)
    manner = "plan" if frame == "to" and option.manner in {"plain", "announce"} else option.manner
    return Found(speaker, cue, manner, line.start(at), stop, negated)


def _subject(line: Line, i: int, tag: str, before: list[Speaker], here: list[Speaker]) -> Speaker | None:
    lower = line.lower
    if tag == "VBG":
        if (i > 0 and line.classes[i - 1] in {"NN", "NNS", "NNP", "CD"}) or (i > 0 and line.name[i - 1] >= 0):
            return phrase_ending(line, i - 1, before)
        if i == 0:
            comma = lower.index(",") if "," in lower else -1
            return right_of(line, comma + 1, before) if comma > 0 else None
        if here and lower[i - 1] in {",", "and", "by", "in", "("}:
            return here[-1]
        return main_subject(line, i, before)
    if tag == "VB" and i > 0 and lower[i - 1] == "to":
        return main_subject(line, i, before)
    if i > 0 and lower[i - 1] == "and" and here:
        return here[-1]
    speaker = left_of(line, i, before)
    if speaker is None and i > 0 and lower[i - 1] in {"and", ","} and tag in FINITE:
        return main_subject(line, i - 1, before)
    return speaker


def main_subject(line: Line, i: int, before: list[Speaker]) -> Speaker | None:
    """The subject of the nearest finite verb before ``i``, in the same clause."""
    for k in range(i - 1, -1, -1):
        if line.lower[k] in {";", "but"}:
            return None
        if line.classes[k] in FINITE and line.name[k] < 0:
            speaker = left_of(line, k, before)
            if speaker is not None:
                return speaker
    return None


def _before_verb(line: Line, k: int, speaker: Speaker, option: VerbCue, cue: str, negated: bool) -> Found:
    """ "S, X said": what is said stands before token ``k`` (and, in "S, X says, S", after it too)."""
    reading = line.reading
    start, end = line.sentence.start, line.end(max(k - 1, 0)) if line.lower[k] == "," else line.start(k)
    tail = max(speaker.last, k)
    more = any(c in FINITE for c in line.classes[min(tail + 3, len(line)) :])
    if more and tail + 3 < len(line):
        end = line.end(len(line) - 2)
    at = bisect_right(reading.quotations, end, key=lambda q: q.start) - 1
    if at >= 0:
        quotation = reading.quotations[at]
        if abs(quotation.end - end) <= 3 and quotation.start <= start + 2:
            start, end = quotation.start, quotation.end
    return Found(speaker, cue, option.manner, start, max(end, start + 1), negated)


def _by(
    line: Line, i: int, by: int, options: tuple[VerbCue, ...], before: list[Speaker], negated: bool
) -> Found | None:
    speaker = right_of(line, by + 1, before)
    if speaker is None:
        return None
    option = next((o for o in options if o.frames - {"that"}), None)
    if option is None:
        return None
    cue = line.words(i, by) if by - i <= 3 else f"{line.lower[i]} by"
    past = speaker.last + 1
    if past + 1 < len(line) and line.lower[past] in {"to", "that", "of"}:
        manner = "plan" if line.lower[past] == "to" and option.manner == "plain" else option.manner
        return Found(speaker, cue, manner, line.start(past), clause_end(line, past, "", i), negated)
    start, end = narrow(line, i)
    return Found(speaker, cue, option.manner, start, end, negated)


def _hidden(line: Line, i: int, after: int, options: tuple[VerbCue, ...], negated: bool) -> Found | None:
    """ "Y is believed to S": nobody is named."""
    option = next((o for o in options if o.hidden), None)
    if option is None:
        return None
    lower, size = line.lower, len(line)
    if option.frames == {"as"} and not (after < size and lower[after] == "as"):
        return None  # "two men were seen leaving"
    nobody = Speaker(NOBODY, "unnamed", -1, i, i)
    # A listing or a designation is a fact whoever made it; to be believed or said is not.
    manner = "judge" if option.frames == {"as"} and option.manner == "plain" else "hedge"
    if after < size and lower[after] == "that" and after + 1 < size:
        return Found(nobody, line.words(max(i - 2, 0), after), manner, line.start(after + 1),
                      clause_end(line, after + 1, "VBN", i), negated)  # fmt: skip
    start, end = narrow(line, i)
    first = i
    while first > 0 and (lower[first - 1] in BE or lower[first - 1] in {"has", "have", "had", "also"}):
        first -= 1
    last = after if after < size and lower[after] in {"to", "as", "of", "for"} else i
    return Found(nobody, line.words(first, last), manner, start, end, negated)


def _agent(line: Line, i: int) -> int:
    """The token of the "by" that names who did what the passive says, 0 when none."""
    for k in range(i + 1, min(i + 9, len(line) - 1)):
        if line.lower[k] == "by":
            return 0 if line.classes[k + 1] == "VBG" else k
        if line.classes[k] in VERBAL or line.lower[k] in {",", ";", ".", "to", "as", "of", "that"}:
            return 0
    return 0


def _auxiliaries(line: Line, i: int) -> tuple[set[str], bool]:
    words: set[str] = set()
    negated = False
    k = i - 1
    while k >= 0 and (line.classes[k] == "RB" or line.classes[k] == "MD" or line.lower[k] in AUXILIARY):
        if line.lower[k] in {"not", "never", "n't"}:
            negated = True
        words.add(line.lower[k])
        k -= 1
    return words, negated


def _object_at(line: Line, i: int) -> bool:
    return line.name[i] >= 0 or line.classes[i] in {"DT", "PRP", "PRP$", "TO"}


def _skip_adverbs(line: Line, i: int) -> int:
    while i < len(line) and (line.classes[i] == "RB" or line.lower[i] in {"later", "further"}):
        i += 1
    return i


def _closes_clause(line: Line, speaker: Speaker) -> bool:
    after = speaker.last + 1
    return after >= len(line) or line.lower[after] in {".", ",", ":", ";", "who", "in", "on", "at"}
