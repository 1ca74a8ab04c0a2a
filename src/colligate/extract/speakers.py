"""Who speaks: the noun phrase to the left or right of a cue, and what kind of source it is."""

from __future__ import annotations

from dataclasses import dataclass, field

from colligate.extract.base import Naming, Reading, Sentence
from colligate.extract.classes import classes_of
from colligate.extract.speech_cues import SpeechCues

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
VERBAL = FINITE | {"VB", "VBN", "VBG"}
BE = frozenset({"be", "is", "are", "was", "were", "been", "being", "am"})
MODAL = frozenset({"would", "will", "could", "can", "may", "might", "should", "must"})
AUX = BE | {"has", "have", "had", "having", "do", "does", "did"} | MODAL
_INNER = frozenset({"NN", "NNS", "NNP", "JJ", "CD", "POS", "X"})
_PRONOUNS = frozenset({"he", "she", "they", "it"})
_LINKS = frozenset({"of", "in", "from", "for", "at", "on", "with"})
_SOME = frozenset({"one", "some", "many", "several", "most", "both", "two", "three", "others", "all", "each"})
_UNNAMED = frozenset({"unnamed", "anonymous", "unidentified", "undisclosed"})
_NEVER = frozenset({"this", "that", "these", "there", "what", "which", "i", "we", "you"})


@dataclass(frozen=True, slots=True)
class Speaker:
    """``words`` as the text has them (of a pronoun: the name it stands for); tokens local to the line."""

    words: str
    kind: str
    naming: int
    first: int
    last: int


@dataclass(slots=True)
class Line:
    """A sentence in view: its tokens with local indices, their classes, the namings on them."""

    reading: Reading
    cues: SpeechCues
    sentence: Sentence
    lower: list[str]
    classes: list[str]
    name: list[int]  # per token, the index of the name on it, -1
    nominal: list[int]  # per token, the index of the nominal or pronoun on it, -1
    said: list[Speaker] = field(default_factory=list)

    def start(self, i: int) -> int:
        return self.reading.tokens.start[self.sentence.first + i]

    def end(self, i: int) -> int:
        return self.reading.tokens.end[self.sentence.first + i]

    def words(self, first: int, last: int) -> str:
        return " ".join(self.reading.document.text[self.start(first) : self.end(last)].split())

    def naming(self, i: int) -> Naming | None:
        return self.reading.namings[self.name[i]] if self.name[i] >= 0 else None

    def __len__(self) -> int:
        return len(self.lower)


def line_of(reading: Reading, cues: SpeechCues, sentence: Sentence, inside: list[int]) -> Line:
    """The sentence as a Line. ``inside``: indices of the namings in it, in order."""
    first, last = sentence.first, sentence.last
    size = last - first
    name, nominal = [-1] * size, [-1] * size
    for index in inside:
        naming = reading.namings[index]
        row = name if naming.form == "name" and not naming.adjective else nominal
        for at in range(naming.first - first, min(naming.last - first, size)):
            old = row[at]
            # Of nested names the longer one speaks.
            if old < 0 or reading.namings[old].last - reading.namings[old].first < naming.last - naming.first:
                row[at] = index
    tokens = reading.tokens
    lower = tokens.lower[first:last]
    classes = classes_of(reading, first, last, [at >= 0 for at in name])
    return Line(reading, cues, sentence, lower, classes, name, nominal)


def left_of(line: Line, i: int, before: list[Speaker]) -> Speaker | None:
    """The subject of the verb at ``i``: the noun phrase before it, over adverbs, auxiliaries, asides.

    ``before``: speakers found so far in the paragraph, for pronouns that no naming resolves.
    """
    lower, classes = line.lower, line.classes
    k = i - 1
    while k >= 0 and (classes[k] == "RB" or lower[k] in AUX or lower[k] in {"also", "later", "n't", "to"}):
        k -= 1
    if k < 0:
        return None
    if lower[k] == ")":
        while k >= 0 and lower[k] != "(":
            k -= 1
        k -= 1
    elif lower[k] == ",":
        # An aside: ", by contrast," or an apposition. What speaks stands before it.
        m = k - 1
        while m >= 0 and lower[m] != "," and k - m < 16:
            m -= 1
        if m < 1 or lower[m] != "," or not _noun_at(line, m - 1):
            return None
        k = m - 1
    if k >= 0 and lower[k] in {"who", "which", "whom"}:
        k -= 1
        if k >= 0 and lower[k] == ",":
            k -= 1
    if k < 0:
        return None
    return phrase_ending(line, k, before)


def phrase_ending(line: Line, k: int, before: list[Speaker]) -> Speaker | None:
    """The speaker whose noun phrase ends with token ``k``."""
    lower, classes, sources = line.lower, line.classes, line.cues.sources
    if lower[k] in _PRONOUNS and line.name[k] < 0:
        return _pronoun(line, k, before)
    i = k
    while i >= 0:
        index = line.name[i]
        if index >= 0:
            i = line.reading.namings[index].first - line.sentence.first - 1
            continue
        word, tag = lower[i], classes[i]
        if word in _NEVER:
            break
        if tag in _INNER or word in {"-", "&", "/"} or word in sources or word in _SOME:
            i -= 1
        elif tag in {"DT", "PRP$"}:
            i -= 1
            if not (i >= 0 and lower[i] in {"of", "and"}):
                break
        elif _continues_left(line, i, k):
            i -= 1
        else:
            break
    first = max(i + 1, 0)
    while first < k and (lower[first] in {"and", "-", ",", "/"} or classes[first] == "POS"):
        first += 1
    return _judge(line, first, k)


def right_of(line: Line, i: int, before: list[Speaker], *, loose: bool = False) -> Speaker | None:
    """The speaker whose noun phrase begins at token ``i``. ``loose``: any noun phrase will do."""
    lower, classes, sources = line.lower, line.classes, line.cues.sources
    if i < len(line) and lower[i] in {"him", "her", "them"}:
        return _pronoun(line, i, before)
    k = i
    while k < len(line) and k - i < 12:
        index = line.name[k]
        if index >= 0:
            k = min(line.reading.namings[index].last - line.sentence.first, len(line))
            continue
        word, tag = lower[k], classes[k]
        inner = (
            tag in _INNER or tag in {"DT", "PRP$"} or word in {"-", "&"} or word in sources or word in _SOME
        )
        if inner or (k + 1 < len(line) and _continues_right(line, k, i)):
            k += 1
        else:
            break
    last = k - 1
    while last > i and not _noun_at(line, last):
        last -= 1
    if last < i:
        return None
    return _judge(line, i, last, loose=loose)


def _continues_left(line: Line, i: int, k: int) -> bool:
    """Whether the phrase that ends at ``k`` goes on to the left over the word at ``i``."""
    if not 1 <= i < k:
        return False
    word, tag = line.lower[i], line.classes[i]
    if tag in {"VBN", "VBG"}:
        return line.classes[i - 1] in {"DT", "JJ"}  # "the arrested men"
    if word in _LINKS:
        return _heads(line, i - 1, word)
    return word == "and" and _noun_at(line, i - 1) and _opens_clause(line, i - 1)


def _continues_right(line: Line, k: int, i: int) -> bool:
    """Whether the phrase that begins at ``i`` goes on to the right over the word at ``k``."""
    word, tag = line.lower[k], line.classes[k]
    if k == i:
        return tag in {"VBN", "VBG"} and line.classes[k + 1] in {"NN", "NNS"}
    if word in _LINKS:
        return _heads(line, k - 1, word)
    return word == "and" and _noun_at(line, k + 1)


def _judge(line: Line, first: int, last: int, *, loose: bool = False) -> Speaker | None:
    """The phrase as a speaker, or None when nothing in it can speak."""
    lower, cues = line.lower, line.cues
    head, at = last, first
    while at < last:
        index = line.name[at]
        if index >= 0:
            at = line.reading.namings[index].last - line.sentence.first
            continue
        if lower[at] in _LINKS and at > first:
            if lower[at - 1] in _SOME and lower[at] == "of":
                at += 1  # "one of the prisoners": the head comes after
                continue
            head = at - 1
            break
        at += 1
    index = line.name[head]
    if index >= 0:
        naming = line.reading.namings[index]
        own_first = naming.first - line.sentence.first
        if line.classes[head] == "POS" and head != last:
            return None
        if naming.kind == "event":
            return None
        if naming.kind == "place" and _after_place_preposition(line, own_first):
            return None
        start = first if _joined(line, first, last) else own_first
        words = line.words(start, last if start == first else head)
        return Speaker(words, kind_of(line, index), index, first, last)
    meant = _meant(line, head)
    if meant >= 0:
        return _actor(line, meant, first, last)
    kind = cues.sources.get(lower[head])
    if kind is None and lower[head] in _SOME and head == first:
        kind = "unnamed"
    if kind is None:
        index = line.nominal[head]
        if index >= 0 and line.reading.namings[index].cluster >= 0:
            return _actor(line, index, first, last)
        if not loose or line.classes[head] not in {"NN", "NNS"}:
            return None
        kind = "unnamed"
    if not _UNNAMED.isdisjoint(lower[first:last]):
        kind = "unnamed"
    if lower[first] == "the" and first < last:
        first += 1
    return Speaker(line.words(first, last), kind, _group(line, first, last, lower[head]), first, last)


def _actor(line: Line, index: int, first: int, last: int) -> Speaker:
    """The actor that the naming stands for, by its name."""
    cluster = line.reading.clusters[line.reading.namings[index].cluster]
    return Speaker(cluster.name, kind_of(line, index), index, first, last)


def _meant(line: Line, head: int) -> int:
    """The description that ends a phrase and stands for somebody named ("the group"); -1 where none does."""
    index = line.nominal[head]
    if index < 0:
        return -1
    naming = line.reading.namings[index]
    if naming.form != "nominal" or naming.cluster < 0 or naming.kind not in {"organisation", "person"}:
        return -1
    named = any(map(str.isupper, line.reading.clusters[naming.cluster].name))
    return index if named and naming.last - line.sentence.first == head + 1 else -1


def _group(line: Line, first: int, last: int, noun: str) -> int:
    """The organisation for which a spokesman speaks, or who owns a statement; -1 where none is named."""
    if line.cues.sources.get(noun) == "document" and last - first >= 2 and line.classes[last - 1] == "POS":
        return line.name[last - 2]
    if noun not in line.cues.for_group:
        return -1
    for at in range(first, last + 1):
        naming = line.naming(at)
        if naming is not None and naming.kind == "organisation":
            return line.name[at]
    return -1


def _pronoun(line: Line, k: int, before: list[Speaker]) -> Speaker | None:
    reading = line.reading
    index = line.nominal[k]
    if index >= 0 and reading.namings[index].cluster >= 0:
        return _actor(line, index, k, k)
    person = line.lower[k] in {"he", "she", "him", "her"}
    for speaker in reversed(before[-3:]):
        naming = speaker.naming
        if naming >= 0 and (reading.namings[naming].kind == "person") is person:
            return Speaker(speaker.words, speaker.kind, naming, k, k)
        if naming < 0 and speaker.words and not person and speaker.kind in {"group", "state"}:
            return Speaker(speaker.words, speaker.kind, naming, k, k)
    return None


def kind_of(line: Line, index: int) -> str:
    """The kind of source that a named speaker is: from titles beside the name, then from its kind."""
    reading, cues = line.reading, line.cues
    naming = reading.namings[index]
    tokens = reading.tokens
    if naming.kind == "person":
        for at in range(max(naming.first - 4, 0), naming.first):
            kind = cues.titles.get(tokens.lower[at])
            if kind is not None and not {",", ".", "of"} & set(tokens.lower[at + 1 : naming.first]):
                return kind
        after = tokens.lower[naming.last : naming.last + 6]
        if after[:1] == [","]:
            for word in after[1:]:
                if word in cues.titles:
                    return cues.titles[word]
                if word == ",":
                    break
    else:
        for word in tokens.lower[naming.first : naming.last]:
            if word in cues.names:
                return cues.names[word]
    return cues.kinds.get(naming.kind, "unnamed")


def _noun_at(line: Line, i: int) -> bool:
    return 0 <= i < len(line) and (
        line.name[i] >= 0
        or line.classes[i] in {"NN", "NNS", "NNP", "X"}
        or line.lower[i] in line.cues.sources
        or line.lower[i] in {")", *_SOME}
    )


def _heads(line: Line, i: int, link: str) -> bool:
    """Whether the noun at ``i`` takes a phrase with ``link`` and still speaks ("a resident of Velk")."""
    word = line.lower[i]
    return word in line.cues.sources or (link == "of" and (word in _SOME or line.classes[i] == "CD"))


def _joined(line: Line, first: int, last: int) -> bool:
    """Whether the phrase joins several speakers with "and"."""
    return any(line.lower[at] == "and" and line.name[at] < 0 for at in range(first, last))


def _opens_clause(line: Line, i: int) -> bool:
    """Whether the noun phrase that ends at ``i`` begins its clause, so that "and" joins two subjects."""
    while i >= 0:
        if line.name[i] >= 0:
            i = line.reading.namings[line.name[i]].first - line.sentence.first - 1
        elif line.classes[i] in _INNER or line.classes[i] in {"DT", "PRP$"} or line.lower[i] in {"of", "-"}:
            i -= 1
        else:
            return line.lower[i] in {",", "that", "both", ";", "“", '"'}
    return True


def _after_place_preposition(line: Line, first: int) -> bool:
    return first > 0 and line.lower[first - 1] in {"in", "from", "near", "at", "to", "into", "of"}
