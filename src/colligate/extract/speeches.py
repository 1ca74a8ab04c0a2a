"""Who says what: speeches from verbs of saying, from phrases such as "according to", from quotations.

Only sentences that hold a cue are looked at. Speeches nest where their contents do, which gives the
chain of attribution: a report quotes a scholar who quotes an official who is not named.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace

from colligate.extract.base import Quotation, Reading, Sentence, Speech, Tokens
from colligate.extract.quotations import is_scare
from colligate.extract.speakers import (
    BE,
    FINITE,
    VERBAL,
    Line,
    Speaker,
    left_of,
    line_of,
    phrase_ending,
    right_of,
)
from colligate.extract.speech_cues import NOBODY, UNQUOTED, PhraseCue, SpeechCues, VerbCue, load

_MARKS = frozenset({"“", "”", '"', "„", "«", "‘", "''", "``", "'"})
_TURNS = frozenset({"but", "while", "whereas", "although", "though"})
_NO_OBJECT = frozenset({"in", "at", "on", "by", "from", "when", "where", "after", "before", "as", "to"})
_UNQUOTED_WORDS = 6  # a quotation shorter than this and without a speaker is taken for a term


@dataclass(frozen=True, slots=True)
class _Found:
    speaker: Speaker
    cue: str
    manner: str
    start: int
    end: int
    negated: bool = False


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
        here = _verbs(line, before) + _phrases(line, before)
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


def _speech(reading: Reading, cues: SpeechCues, item: _Found) -> Speech:
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


def _distinct(found: list[_Found]) -> list[_Found]:
    """One speech per speaker and content; "in his memoirs, X claimed" is one, in the manner of memoirs."""
    kept: list[_Found] = []
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


# Verbs


def _verbs(line: Line, before: list[Speaker]) -> list[_Found]:
    found: list[_Found] = []
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
) -> _Found | None:
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
    if i > 0 and (lower[i - 1] in _MARKS or (lower[i - 1] == "," and tag in FINITE)):
        speaker = right_of(line, i + 1, before)
        if speaker is not None and any("post" in o.frames for o in options) and _closes_clause(line, speaker):
            return _before_verb(line, i - 1, speaker, _option(options, "post"), lower[i], negated)
    speaker = _subject(line, i, tag, before, here)
    if speaker is None:
        return None
    frame, at = _frame(line, i, after, options, speaker)
    if not frame:
        return None
    option = _option(options, frame)
    if frame == "post":
        return _before_verb(line, speaker.first - 1, speaker, option, lower[i], negated)
    stop = _clause_end(line, at, tag, i)
    cue = lower[i] if at - i > 4 else line.words(i, at - 1)
    manner = "plan" if frame == "to" and option.manner in {"plain", "announce"} else option.manner
    return _Found(speaker, cue, manner, line.start(at), stop, negated)


_PAST = ("ed", "en", "id", "ld", "nt", "ught", "und", "rn", "en", "own", "ood", "it", "ade")


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
        return _main_subject(line, i, before)
    if tag == "VB" and i > 0 and lower[i - 1] == "to":
        return _main_subject(line, i, before)
    if i > 0 and lower[i - 1] == "and" and here:
        return here[-1]
    speaker = left_of(line, i, before)
    if speaker is None and i > 0 and lower[i - 1] in {"and", ","} and tag in FINITE:
        return _main_subject(line, i - 1, before)
    return speaker


def _main_subject(line: Line, i: int, before: list[Speaker]) -> Speaker | None:
    """The subject of the nearest finite verb before ``i``, in the same clause."""
    for k in range(i - 1, -1, -1):
        if line.lower[k] in {";", "but"}:
            return None
        if line.classes[k] in FINITE and line.name[k] < 0:
            speaker = left_of(line, k, before)
            if speaker is not None:
                return speaker
    return None


def _frame(line: Line, i: int, after: int, options: tuple[VerbCue, ...], speaker: Speaker) -> tuple[str, int]:
    """The first frame that holds, and the token at which what is said begins."""
    lower, classes, size = line.lower, line.classes, len(line)
    frames = frozenset().union(*(o.frames for o in options))
    if after >= size or lower[after] in {".", ")"}:
        return ("post", i) if "post" in frames and _said_before(line, speaker) else ("", 0)
    k = after
    if "quote" in frames:
        while k < size and lower[k] in {":", ",", "that"}:
            k += 1
        if k < size and lower[k] in _MARKS:
            return "quote", min(k + 1, size - 1)
        k = next((m for m in range(after, min(after + 7, size - 1)) if lower[m] in {",", ":"}), 0)
        if k and lower[k + 1] in _MARKS and not any(classes[m] in FINITE for m in range(after, k)):
            return "quote", min(k + 2, size - 1)
    if lower[after] == ",":
        if "post" in frames and _said_before(
            line, speaker, aside=any(c in VERBAL for c in line.classes[after:])
        ):
            return "post", i
        if after + 1 < size and "that" in frames and "that" in lower[after + 1 : after + 12]:
            k = lower.index("that", after + 1)
            return ("that", k + 1) if k + 1 < size else ("", 0)
        return ("bare", after + 1) if {"bare"} & frames and _finite_after(line, after + 1) else ("", 0)
    if "that" in frames:
        for k in range(after, min(after + 9, size - 1)):
            if lower[k] == "that":
                if classes[k + 1] not in FINITE or line.name[k + 1] >= 0 or k == after:
                    return "that", k + 1
                break
            if classes[k] in FINITE or lower[k] in {",", ";"}:
                break
    if "to" in frames:
        for k in range(after, min(after + 9, size - 1)):
            if lower[k] == "to" and classes[k + 1] in {"VB", "VBP", "NN", "RB"}:
                return "to", after
            if classes[k] in FINITE or lower[k] in {",", ";", "that"}:
                break
    if "as" in frames:
        for k in range(after, min(after + 14, size)):
            if lower[k] == "as":
                return "as", after
            if classes[k] in FINITE or lower[k] == ";":
                break
    if "for" in frames and lower[after] == "for" and after + 1 < size:
        return "for", after + 1
    if "told" in frames and _told(line, after):
        return "told", _told(line, after)
    opens = classes[after] in {
        "DT",
        "PRP",
        "PRP$",
        "NNP",
        "NN",
        "NNS",
        "JJ",
        "CD",
        "EX",
        "IN",
        "WH",
        "X",
    } or (line.name[after] >= 0)
    if (
        "bare" in frames
        and opens
        and lower[after] not in {"as", "by", "of", "to"}
        and _finite_after(line, after)
    ):
        return "bare", after
    object_opens = opens or lower[after] in _MARKS or classes[after] == "VBG"
    if "object" in frames and object_opens and lower[after] not in _NO_OBJECT:
        return "object", after
    return "", 0


def _option(options: tuple[VerbCue, ...], frame: str) -> VerbCue:
    return next((o for o in options if frame in o.frames), options[0])


def _told(line: Line, i: int) -> int:
    """Of "told her he had left": where the second clause begins, 0 when there is none."""
    size = len(line)
    for k in range(i + 1, min(i + 6, size - 1)):
        if line.classes[k] == "PRP" or (line.classes[k] == "DT" and k > i + 1):
            return k if _finite_after(line, k) else 0
        if line.classes[k] in VERBAL or line.lower[k] in {",", "."}:
            return 0
    return 0


def _finite_after(line: Line, i: int) -> bool:
    for k in range(i, len(line)):
        if line.classes[k] in FINITE and line.name[k] < 0 and k > i:
            return True
        if line.lower[k] in {";", "who", "which"}:
            return False
    return False


def _said_before(line: Line, speaker: Speaker, *, aside: bool = False) -> bool:
    """Whether a comma or a closing mark parts the speaker from words with a verb before it.

    ``aside``: "the front, X says, holds": the verb may come after.
    """
    k = speaker.first - 1
    if k < 1 or line.lower[k] not in {",", *_MARKS}:
        return False
    return aside or line.lower[k] in _MARKS or any(tag in FINITE for tag in line.classes[:k])


def _before_verb(line: Line, k: int, speaker: Speaker, option: VerbCue, cue: str, negated: bool) -> _Found:
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
    return _Found(speaker, cue, option.manner, start, max(end, start + 1), negated)


def _by(
    line: Line, i: int, by: int, options: tuple[VerbCue, ...], before: list[Speaker], negated: bool
) -> _Found | None:
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
        return _Found(speaker, cue, manner, line.start(past), _clause_end(line, past, "", i), negated)
    start, end = _narrow(line, i)
    return _Found(speaker, cue, option.manner, start, end, negated)


def _hidden(line: Line, i: int, after: int, options: tuple[VerbCue, ...], negated: bool) -> _Found | None:
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
        return _Found(nobody, line.words(max(i - 2, 0), after), manner, line.start(after + 1),
                      _clause_end(line, after + 1, "VBN", i), negated)  # fmt: skip
    start, end = _narrow(line, i)
    first = i
    while first > 0 and (lower[first - 1] in BE or lower[first - 1] in {"has", "have", "had", "also"}):
        first -= 1
    last = after if after < size and lower[after] in {"to", "as", "of", "for"} else i
    return _Found(nobody, line.words(first, last), manner, start, end, negated)


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
    while k >= 0 and (line.classes[k] == "RB" or line.classes[k] == "MD" or line.lower[k] in _AUXILIARY):
        if line.lower[k] in {"not", "never", "n't"}:
            negated = True
        words.add(line.lower[k])
        k -= 1
    return words, negated


def _object_at(line: Line, i: int) -> bool:
    return line.name[i] >= 0 or line.classes[i] in {"DT", "PRP", "PRP$", "TO"}


_AUXILIARY = BE | {"has", "have", "had", "did", "does", "do", "also", "not", "n't"}


def _skip_adverbs(line: Line, i: int) -> int:
    while i < len(line) and (line.classes[i] == "RB" or line.lower[i] in {"later", "further"}):
        i += 1
    return i


def _closes_clause(line: Line, speaker: Speaker) -> bool:
    after = speaker.last + 1
    return after >= len(line) or line.lower[after] in {".", ",", ":", ";", "who", "in", "on", "at"}


# Spans


def _clause_end(line: Line, at: int, tag: str, verb: int) -> int:
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
        if leading or lower[k + 1] in _TURNS:
            return line.end(k - 1)
        if relative and classes[k + 1] in FINITE and line.name[k + 1] < 0:
            return line.end(k - 1)
    last = size - 1
    while last > at and lower[last] in {".", *_MARKS}:
        last -= 1
    return line.end(last)


def _quotation_from(reading: Reading, at: int) -> Quotation | None:
    """The quotation that begins at the character or just before it."""
    index = bisect_left(reading.quotations, at - 2, key=lambda q: q.start)
    if index < len(reading.quotations) and reading.quotations[index].start <= at + 2:
        return reading.quotations[index]
    return None


def _clause(line: Line, i: int) -> tuple[int, int]:
    """The characters of the clause around token ``i``: between semicolons and turns ("but", "while")."""
    lower = line.lower
    first, last = 0, len(line) - 1
    for k in range(i - 1, -1, -1):
        if lower[k] == ";" or (lower[k] in _TURNS and k > 0):
            first = k + 1
            break
    for k in range(i + 1, len(line)):
        if lower[k] == ";" or (lower[k] in _TURNS and lower[k - 1] == ","):
            last = k - 1
            break
    while last > first and lower[last] in {".", ","}:
        last -= 1
    return line.start(first), line.end(last)


def _narrow(line: Line, i: int) -> tuple[int, int]:
    """The clause around token ``i``, from the nearest word that opens one: its subject and what follows."""
    start, end = _clause(line, i)
    for k in range(i - 1, 0, -1):
        opens = (
            line.lower[k] in {"what", "that", "who", "which", "because", "as", "and"} or line.lower[k] == ","
        )
        if opens and any(tag in FINITE for tag in line.classes[:k]) and not _aside_before(line, k, i):
            return max(start, line.start(k if line.lower[k] == "what" else k + 1)), end
    return start, end


def _aside_before(line: Line, k: int, i: int) -> bool:
    """Whether the comma or "and" at ``k`` closes an aside within the subject of the verb at ``i``."""
    return all(line.classes[m] in {"MD", "RB"} or line.lower[m] in _AUXILIARY for m in range(k + 1, i))


# Phrases


def _phrases(line: Line, before: list[Speaker]) -> list[_Found]:
    found: list[_Found] = []
    cues = line.cues
    for i, word in enumerate(line.lower):
        for phrase in cues.phrases.get(word, ()):
            if tuple(line.lower[i : i + len(phrase.tokens)]) == phrase.tokens:
                item = _phrase(line, i, phrase, before)
                if item is not None:
                    found.append(item)
                break
        owned = cues.owned.get(word)
        item = None
        if owned is not None:
            item = _owned(line, i, owned, before)
            if item is not None:
                found.append(item)
        if item is None and word in cues.nouns and i + 2 < len(line) and line.lower[i + 1] == "that":
            item = _noun(line, i, before)
            if item is not None:
                found.append(item)
    return found


def _phrase(line: Line, i: int, phrase: PhraseCue, before: list[Speaker]) -> _Found | None:
    after = i + len(phrase.tokens)
    cue = " ".join(phrase.tokens)
    size = len(line)
    if phrase.source == "after":
        speaker = right_of(line, after, before, loose=True) if after < size else None
        if speaker is None:
            return None
        past = speaker.last + 1
    else:
        speaker, past = Speaker(phrase.source, "unnamed", -1, i, after - 1), after
        if phrase.content == "next" and not _adjective(line, i):
            return None
    if past >= size:
        past = size - 1
    if phrase.content == "after":
        return _Found(speaker, cue, phrase.manner, line.start(past), _clause_end(line, past, "", i))
    if phrase.content == "next":
        last = past
        while (
            last + 1 < size and last - past < 6 and line.lower[last + 1] not in {",", ".", ";", "who", "that"}
        ):
            last += 1
        return _Found(speaker, cue, phrase.manner, line.start(past), line.end(last))
    start, end = _clause(line, i)
    if line.start(i) <= start + 1:
        while (
            past < size - 1 and line.lower[past] != "," and line.classes[past] not in FINITE and past < i + 14
        ):
            past += 1
        if line.lower[past] == "," and past + 1 < size:
            start = line.start(past + 1)
        else:
            start = line.start(min(speaker.last + 1, size - 1))
    return _Found(speaker, cue, phrase.manner, start, max(end, start + 1))


def _adjective(line: Line, i: int) -> bool:
    """ "three suspected members", and not "police suspected" or "is alleged to"."""
    if i + 1 >= len(line) or not (
        line.name[i + 1] >= 0 or line.classes[i + 1] in {"NN", "NNS", "NNP", "JJ", "X"}
    ):
        return False
    return i == 0 or not (
        line.name[i - 1] >= 0
        or line.classes[i - 1] in {"NNP", "PRP", "NNS"}
        or line.lower[i - 1] in _AUXILIARY
    )


def _owned(line: Line, i: int, rows: tuple[tuple[str, str], ...], before: list[Speaker]) -> _Found | None:
    lower, classes = line.lower, line.classes
    k = i - 1
    while k >= 0 and classes[k] in {"JJ", "NN"} and k > i - 3 and classes[k] != "POS" and line.name[k] < 0:
        k -= 1
    if k < 0:
        return None
    speaker: Speaker | None = None
    if classes[k] == "POS" and k > 0:
        speaker = phrase_ending(line, k - 1, before)
    elif lower[k] in {"his", "her", "their"} or (lower[k] == "own" and k > 0):
        speaker = _after_comma(line, i, before)
        if speaker is None:
            return None
        k = k - 1 if lower[k] == "own" else k
        first = k
        for preposition, manner in rows:
            if preposition and first > 0 and lower[first - 1] == preposition.split()[-1]:
                start, end = _clause(line, i)
                return _Found(speaker, line.words(first - 1, i), manner, start, end)
        return None
    if speaker is None:
        return None
    for preposition, manner in rows:
        if preposition and speaker.first > 0 and lower[speaker.first - 1] == preposition.split()[-1]:
            start, end = _clause(line, i)
            if line.start(max(speaker.first - 1, 0)) <= start + 1 and i + 2 < len(line):
                start = line.start(i + 2 if lower[i + 1] == "," else i + 1)
            cue = f"{preposition.split()[-1]} ... {lower[i]}"
            return _Found(speaker, cue, manner, start, max(end, start + 1))
    return None


def _after_comma(line: Line, i: int, before: list[Speaker]) -> Speaker | None:
    """The subject after "In his memoirs," or before ", in his memoirs,"."""
    if i + 1 < len(line) and line.lower[i + 1] == ",":
        speaker = right_of(line, i + 2, before)
        if speaker is not None:
            return speaker
    return _main_subject(line, i, before)


def _noun(line: Line, i: int, before: list[Speaker]) -> _Found | None:
    """ "X's claim that S", "a statement by X that S"."""
    k = i - 1
    while k >= 0 and line.classes[k] == "JJ":
        k -= 1
    if k < 1 or line.classes[k] != "POS":
        return None
    speaker = phrase_ending(line, k - 1, before)
    if speaker is None:
        return None
    manner = "deny" if line.lower[i] == "denial" else "claim"
    return _Found(speaker, line.words(i, i + 1), manner, line.start(i + 2), _clause_end(line, i + 2, "", i))


# Quotations to which no speaker belongs


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
