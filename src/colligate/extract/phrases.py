"""A sentence as phrases: noun groups, verb groups, prepositions and the marks between them.

The groups are flat; who does what to whom is read off them in ``clauses.py``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from colligate.extract.base import Reading, Sentence
from colligate.extract.classes import classes_of
from colligate.extract.classes import load as load_classes
from colligate.extract.words import word_lists

NOUN, VERB, PREPOSITION, RELATIVE, JOINER, COMMA, STOP, OPEN, CLOSE, OTHER = (
    "noun", "verb", "prep", "rel", "cc", ",", "stop", "(", ")", "x",
)  # fmt: skip

_IN_NOUN = frozenset({"DT", "PRP$", "CD", "JJ", "NN", "NNS", "NNP", "X"})
_NOUNS = frozenset({"NN", "NNS", "NNP", "CD", "PRP", "EX"})
_VERBS = frozenset({"VB", "VBD", "VBP", "VBZ", "VBN", "VBG", "MD"})
_BE = frozenset({"be", "is", "are", "was", "were", "been", "being", "'s", "am", "get", "got", "gets"})
_HAVE = frozenset({"have", "has", "had", "having"})
_DO = frozenset({"do", "does", "did", "don't", "doesn't", "didn't"})
_MONTH_VERBS = frozenset({"may", "march"})
# Adjectives by count, nouns behind a noun and between an article and no noun: "its operations chief",
# "an offensive against".
_NOUN_AFTER_NOUN = frozenset(
    {
        "chief",
        "general",
        "militant",
        "official",
        "head",
        "deputy",
        "insurgent",
        "rival",
        "offensive",
        "native",
    }
)
# Forms in "-ing" that name a deed where no object follows: "received training", "obtained funding".
_DEEDS = frozenset(
    {"training", "funding", "financing", "backing", "fighting", "bombing", "killing", "shelling"}
)
_REFLEXIVES = frozenset({"himself", "herself", "itself", "themselves"})
_QUANTITIES = (
    ("at", "least"), ("at", "most"), ("more", "than"), ("fewer", "than"), ("less", "than"), ("up", "to"),
    ("as", "many", "as"), ("no", "fewer", "than"), ("close", "to"), ("some",), ("about",), ("around",),
)  # fmt: skip
_LINKERS = frozenset({"that", "because", "although", "though", "while", "whereas", "if", "unless", "so"})
_RELATIVES = frozenset({"who", "which", "that", "whose", "whom"})


@dataclass(slots=True)
class Phrase:
    """One group: tokens ``first``-``last`` (exclusive, document-wide), ``head`` its main token.

    Of a noun group: ``namings`` are the outermost mentions in it, ``naming`` the one that is its
    head (-1: a common noun is), ``owner`` the phrase that owns it ("X's leader"; -1: none).
    Of a verb group: ``lemma``; ``form`` finite, infinitive, ing or participle; ``passive``.
    """

    kind: str
    first: int
    last: int
    head: int
    word: str
    namings: list[int] = field(default_factory=list)
    naming: int = -1
    owner: int = -1
    lemma: str = ""
    form: str = ""
    passive: bool = False


@dataclass(slots=True)
class Parsed:
    """A sentence with its phrases. ``tags[i]`` is the class of token ``sentence.first + i``."""

    sentence: Sentence
    tags: list[str]
    phrases: list[Phrase]


def parse(reading: Reading, sentence: Sentence, namings: list[int]) -> Parsed:
    """The phrases of a sentence; ``namings`` are the indexes of the mentions that stand in it."""
    tokens = reading.tokens
    first, last = sentence.first, sentence.last
    size = last - first
    names = [False] * size
    at_token: list[int] = [-1] * size
    for number in namings:
        naming = reading.namings[number]
        if naming.head and naming.first >= first and naming.last <= last:
            for position in range(naming.first - first, naming.last - first):
                at_token[position] = number
                names[position] = naming.form == "name" and not naming.adjective
    words, lowers = tokens.text[first:last], tokens.lower[first:last]
    for position, lower in enumerate(lowers):
        # "May" and "March" with a capital are months here; as verbs they would cut the sentence.
        if lower in _MONTH_VERBS and words[position][0].isupper() and position:
            names[position] = True
    tags = classes_of(reading, first, last, names)
    for position in range(1, size):
        if tags[position] == "JJ" and lowers[position] in _NOUN_AFTER_NOUN:
            alone = position + 1 == size or tags[position + 1] not in _IN_NOUN
            of = position + 1 < size and lowers[position + 1] == "of"  # "rose to become chief of X"
            if of or tags[position - 1] in _NOUNS or (alone and tags[position - 1] in ("DT", "PRP$", "POS")):
                tags[position] = "NN"
        owned = tags[position - 1] == "POS" and position + 1 < size and tags[position + 1] in ("NN", "NNS")
        if owned and tags[position] in ("VBG", "VBN", "VBD"):
            tags[position] = "JJ"  # "the Column's founding chairman", "the Column's exiled leader"
        if lowers[position] in ("national", "nationals", "shot") and position:
            if lowers[position] == "shot":
                # "X shot dead Y": no noun stands before "dead".
                if lowers[position + 1 : position + 2] == ["dead"]:
                    tags[position], tags[position + 1] = "VBD", "RB"
            elif tags[position - 1] in ("NNP", "JJ") and tags[position + 1 : position + 2] != ["NN"]:
                tags[position] = "NN" if lowers[position] == "national" else "NNS"  # "a Telmian national"
        if tags[position] == "VB" and tags[position - 1] in ("DT", "PRP$") and position:
            tags[position] = "NN"  # "a warrant", "its ambush"
        if lowers[position] == "found" and (
            tags[position - 1] in ("TO", "MD") or lowers[position - 1] == "helped"
        ):
            tags[position] = "VB"
        if tags[position] == "VBG" and _names_a_deed(tags, lowers, position):
            tags[position] = "NN"
    for position, number in enumerate(at_token):
        if number >= 0:
            naming = reading.namings[number]
            if naming.adjective and tags[position] not in ("NNS", "NNP"):
                tags[position] = "JJ"
            elif naming.form == "nominal" and position == naming.last - 1 - first:
                tags[position] = "NNS" if tags[position] == "NNS" else "NN"
            elif naming.form == "nominal" and tags[position] in _VERBS:
                tags[position] = "JJ"
    phrases = _group(reading, first, tags, lowers, at_token)
    _own(phrases, tags, first)
    return Parsed(sentence, tags, phrases)


def _names_a_deed(tags: list[str], lowers: list[str], at: int) -> bool:
    """Whether an "-ing" form is a noun: "the founding of X", "received training", "arms and training to"."""
    following = tags[at + 1] if at + 1 < len(tags) else "."
    if following in _IN_NOUN or following == "PRP":
        return False
    before = tags[at - 1]
    if before in ("POS", "DT", "PRP$"):
        return True
    if lowers[at] not in _DEEDS:
        return False
    helper = lowers[at - 1] in _BE or lowers[at - 1] in _HAVE
    if before == "NNP":
        return lowers[at] == "backing" and following in (",", ".")  # "With Kenyan backing, X grew"
    return before in ("VB", "VBD", "VBP", "VBZ", "JJ", "CC") and not helper


def _group(
    reading: Reading, first: int, tags: list[str], lowers: list[str], at_token: list[int]
) -> list[Phrase]:
    phrases: list[Phrase] = []
    at, size = 0, len(tags)
    while at < size:
        tag = tags[at]
        about = _quantity(lowers, tags, at)
        if about:
            # "killed at least 14 soldiers": what was killed are soldiers.
            phrases.append(Phrase(OTHER, first + at, first + at + about, first + at, lowers[at]))
            at += about
            continue
        if lowers[at] in _REFLEXIVES:
            # "X himself moved": stressed, it is no noun of its own; as an object it is its subject.
            phrases.append(Phrase(OTHER, first + at, first + at + 1, first + at, lowers[at]))
            at += 1
            continue
        if tag in _IN_NOUN or tag in ("PRP", "EX") or at_token[at] >= 0:
            end = _noun_end(tags, lowers, at_token, at)
            if end > at:
                phrases.append(_noun(reading, first, tags, lowers, at_token, at, end))
                at = end
                continue
        if lowers[at] == "including":
            phrases.append(Phrase(PREPOSITION, first + at, first + at + 1, first + at, "including"))
            at += 1
            continue
        if tag in _VERBS or (tag == "TO" and _infinitive(tags, at)):
            end = _verb_end(tags, lowers, at)
            phrases.append(_verb(first, tags, lowers, at, end))
            at = end
            continue
        if lowers[at] == "as" and lowers[at + 1 : at + 3] == ["well", "as"]:
            phrases.append(Phrase(JOINER, first + at, first + at + 3, first + at, "as well as"))
            at += 3
            continue
        if lowers[at] in ("along", "together", "jointly") and lowers[at + 1 : at + 2] == ["with"]:
            phrases.append(Phrase(PREPOSITION, first + at, first + at + 2, first + at, "alongside"))
            at += 2
            continue
        if lowers[at] == "such" and lowers[at + 1 : at + 2] == ["as"]:
            phrases.append(Phrase(PREPOSITION, first + at, first + at + 2, first + at, "including"))
            at += 2
            continue
        if lowers[at : at + 3] == ["as", "opposed", "to"]:
            phrases.append(Phrase(PREPOSITION, first + at, first + at + 3, first + at, "unlike"))
            at += 3
            continue
        if lowers[at] == "out" and lowers[at + 1 : at + 2] == ["of"]:
            phrases.append(Phrase(PREPOSITION, first + at, first + at + 2, first + at, "from"))
            at += 2
            continue
        phrases.append(_mark(first, tag, lowers[at], at))
        at += 1
    _settle_participles(phrases)
    return phrases


def _quantity(lowers: list[str], tags: list[str], at: int) -> int:
    """How many tokens of "at least 14" stand before the number; 0 where none do."""
    for words in _QUANTITIES:
        end = at + len(words)
        if tuple(lowers[at:end]) == words and end < len(tags) and tags[end] == "CD":
            return len(words)
    return 0


def _settle_participles(phrases: list[Phrase]) -> None:
    """A lone "-ed" form is a past tense where an object follows or the clause has no other verb."""
    finite = False
    intransitive = word_lists()["intransitive"]
    for number, phrase in enumerate(phrases):
        if phrase.kind == STOP and phrase.word in (";", ":", "."):
            finite = False
        if phrase.kind != VERB:
            continue
        following = phrases[number + 1].word if number + 1 < len(phrases) else ""
        lone = phrase.last - phrase.first == 1 and phrase.form == "finite" and phrase.word != phrase.lemma
        if lone and following == "by" and number and phrases[number - 1].kind == NOUN:
            # "a group led by X": the past tense and the participle look alike; "by" tells them apart.
            phrase.form, phrase.passive = "participle", True
        elif lone and phrase.lemma not in intransitive and _apart(phrases, number, finite=finite):
            phrase.form, phrase.passive = "participle", True
        elif phrase.form == "participle" and not phrase.word.endswith("ing"):
            following_at = number + 1
            while following_at < len(phrases) and phrases[following_at].kind == OTHER:
                following_at += 1
            after = phrases[following_at] if following_at < len(phrases) else None
            before = phrases[number - 1].kind if number else STOP
            object_follows = after is not None and after.kind == NOUN
            led_by = after is not None and after.word in ("by", "as")
            led_by = led_by or _apart(phrases, number, finite=finite)
            later = any(p.kind == VERB and p.form == "finite" for p in phrases[number + 1 :])
            if (phrase.lemma in intransitive and not phrase.word.endswith("ing")) or (
                before != PREPOSITION and not led_by and (object_follows or not (finite or later)) and number
            ):
                phrase.form, phrase.passive = "finite", False
        finite = finite or phrase.form == "finite"


def _apart(phrases: list[Phrase], at: int, *, finite: bool) -> bool:
    """Whether an "-ed" form stands apart behind its noun: "X, founded in 1982 by Y, fled"."""
    before = phrases[at - 1].kind if at else STOP
    aside = before == COMMA and at > 1 and phrases[at - 2].kind == NOUN
    apart = not finite if aside else before == NOUN
    number = at + 1
    while apart and number + 1 < len(phrases) and phrases[number].kind == PREPOSITION:
        if phrases[number + 1].kind != NOUN:
            return False
        if phrases[number].word == "by" and number > at + 1:
            return phrases[number + 1].naming >= 0
        number += 2
    return False


def _noun_end(tags: list[str], lowers: list[str], at_token: list[int], at: int) -> int:
    """Where the noun group that starts at ``at`` ends; ``at`` itself when there is none."""
    if tags[at] in ("PRP", "EX"):
        return at + 1
    size, end, last_noun = len(tags), at, -1
    while end < size:
        tag = tags[end]
        number = at_token[end]
        if number >= 0 and (end == 0 or at_token[end - 1] != number):
            # A mention is never cut, whatever the classes inside it.
            span = 1
            while end + span < size and at_token[end + span] == number:
                span += 1
            end += span
            last_noun = end
            continue
        if tag in _IN_NOUN or number >= 0:
            if tag in ("DT", "PRP$") and last_noun >= 0:
                break
            end += 1
            if tag in _NOUNS:
                last_noun = end
            continue
        if tag == "POS":
            break
        joins = end + 1 < size and last_noun < end
        if tag in ("VBN", "VBG") and joins and tags[end + 1] in ("NN", "NNS", "JJ", "NNP"):
            end += 1  # "armed groups", "fleeing fighters"
        elif (
            tag == ":"
            and lowers[end] in "-–"
            and 0 < end < size - 1
            and tags[end + 1] in (*_IN_NOUN, "VBN", "VBG")
        ):
            end += 1  # "Telm-based group", "self-styled emir"
            if tags[end] in ("VBN", "VBG"):
                end += 1
        elif (
            tag == "CC"
            and lowers[end] in ("and", "or")
            and joins
            and tags[end - 1] == "JJ"
            and tags[end + 1] == "JJ"
        ):
            end += 1  # "political and military wing"
        elif tag == "RB" and joins and tags[end + 1] in ("JJ", "VBN", "CD"):
            end += 1
        else:
            break
    return (
        last_noun
        if last_noun > at
        else (
            end
            if end > at and tags[end - 1] in ("DT", "CD", "JJ") and end - at == 1 and tags[at] in ("CD", "DT")
            else at
        )
    )


def _noun(
    reading: Reading, first: int, tags: list[str], lowers: list[str], at_token: list[int], at: int, end: int
) -> Phrase:
    namings: list[int] = []
    for position in range(at, end):
        number = at_token[position]
        if number >= 0 and (not namings or namings[-1] != number):
            namings.append(number)
    head = end - 1
    naming = at_token[head]
    if naming >= 0 and reading.namings[naming].adjective and tags[head] == "JJ":
        naming = -1
    return Phrase(NOUN, first + at, first + end, first + head, lowers[head], namings, naming)


def _infinitive(tags: list[str], at: int) -> bool:
    after = at + 1
    while after < len(tags) and tags[after] == "RB":
        after += 1
    return after < len(tags) and tags[after] in ("VB", "VBP")


def _verb_end(tags: list[str], lowers: list[str], at: int) -> int:
    end, size = at + 1, len(tags)
    while end < size:
        tag = tags[end]
        if tag in _VERBS:
            main = lowers[end - 1]
            before = tags[end - 1]
            auxiliary = before in ("MD", "TO", "RB") or main in _BE or main in _HAVE or main in _DO
            if not auxiliary:
                break
            end += 1
        elif tag == "RB" and end + 1 < size and (tags[end + 1] in _VERBS):
            end += 1
        else:
            break
    return end


def _verb(first: int, tags: list[str], lowers: list[str], at: int, end: int) -> Phrase:
    head = end - 1
    while head > at and tags[head] not in _VERBS:
        head -= 1
    helpers = [lowers[position] for position in range(at, head) if tags[position] in _VERBS]
    tag, word = tags[head], lowers[head]
    passive = tag in ("VBN", "VBD") and bool(helpers) and helpers[-1] in _BE
    if tags[at] == "TO":
        form = "infinitive"
    elif helpers and tags[at] != "VBG":
        form = "finite"
    elif tags[at] == "VBG":
        form = "ing"
    elif tag == "VBN":
        form, passive = "participle", True
    else:
        form = "finite" if tag != "VB" else "infinitive"
    # "to found" is the base form of "found", which else is the past of "find".
    lemma = word if word == "found" and tag == "VB" else load_classes().lemma(word)
    return Phrase(VERB, first + at, first + end, first + head, word, lemma=lemma, form=form, passive=passive)


def _mark(first: int, tag: str, lower: str, at: int) -> Phrase:
    return Phrase(_mark_kind(tag, lower), first + at, first + at + 1, first + at, lower)


@lru_cache(maxsize=1 << 12)
def _mark_kind(tag: str, lower: str) -> str:
    if tag in ("IN", "TO", "RP"):
        kind = STOP if lower in _LINKERS else PREPOSITION
        if lower == "that":
            kind = RELATIVE
    elif tag == "WH":
        kind = RELATIVE if lower in _RELATIVES else STOP
    elif tag == "CC":
        kind = JOINER
    elif tag == ",":
        kind = COMMA
    elif tag in ("(", ")"):
        kind = tag
    elif tag in (".",) or lower in (";", ":"):
        kind = STOP
    else:
        kind = OTHER
    return kind


def _own(phrases: list[Phrase], tags: list[str], first: int) -> None:
    """Ties possessors to what they own: "X's leader" (two groups) and leaves "his men" to PRP$."""
    for number in range(len(phrases) - 2):
        mark, owned = phrases[number + 1], phrases[number + 2]
        if phrases[number].kind == NOUN == owned.kind and tags[mark.first - first] == "POS":
            owned.owner = number
