"""How a claim is put (asserted, alleged, claimed, denied, planned) and what became of an event.

Cues are data (``data/stance_cues.yaml``, ``data/stance_outcomes.yaml``). A cue counts only when it
governs the trigger: before it, in its clause, not over a semicolon, "but", or the next finite verb.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from colligate.errors import VocabularyError
from colligate.extract.base import Reading, Sentence
from colligate.extract.classes import classes_of
from colligate.extract.speech_cues import read, verb_forms

_TURNS = frozenset({";", "but", "while", "whereas", "although", "though", "however"})
_SUBORDINATE = frozenset({"because", "after", "before", "when", "until", "since", "once", "unless"})
_RELATIVE = frozenset({"who", "which", "whose", "whom", "where"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_HAVE_BE = frozenset({"has", "have", "had", "is", "are", "was", "were", "be", "been", "being"})
_PAST_FUTURE = frozenset({"would", "could", "should"})
_PHRASE_ENDS = frozenset({",", ";", "to"})
_PHRASE = frozenset({"DT", "JJ", "NN", "NNS", "NNP", "POS", "CD", "X", "PRP$"})
_PREDICATES = _HAVE_BE | {"as", "become", "became", "becoming", "named", "appointed"}
_RANK = {"denied": 0, "planned": 1}
_SCOPES = frozenset({"after", "infinitive", "clause", "phrase", "modal", "purpose"})


@dataclass(frozen=True, slots=True)
class StanceCue:
    """Alternatives per word, the reach, and the words after it that undo it."""

    words: tuple[frozenset[str], ...]
    stance: str
    scope: str
    comma: bool
    unless: tuple[tuple[str, ...], ...]
    group: str
    itself: bool


@dataclass(frozen=True, slots=True)
class OutcomeCue:
    words: tuple[frozenset[str], ...]
    outcome: str
    reach: int
    types: frozenset[str]


@dataclass(frozen=True, slots=True)
class StanceRules:
    """Cues by their first word. ``facts``: words after which an infinitive is no purpose."""

    cues: Mapping[str, tuple[StanceCue, ...]]
    outcomes: Mapping[str, tuple[OutcomeCue, ...]]
    facts: frozenset[str]


@lru_cache(maxsize=1)
def load() -> StanceRules:
    """The packaged rules. Raises VocabularyError naming the group that is wrong."""
    cues: dict[str, list[StanceCue]] = {}
    facts: set[str] = set()
    for name, group in read("stance_cues.yaml")["groups"].items():
        if group["scope"] not in _SCOPES:
            raise VocabularyError(f"stance_cues.yaml: the group {name} has an unknown scope.")
        unless = tuple(tuple(words.split()) for words in group.get("unless", ()))
        for row in group.get("unless_after", ()):
            facts |= _alternatives(row)
        for row in group["cues"]:
            words = tuple(_alternatives(word) for word in _split(row))
            cue = StanceCue(
                words,
                group["stance"],
                group["scope"],
                bool(group.get("comma", False)),
                unless,
                name,
                bool(group.get("itself", False)),
            )
            for first in words[0]:
                cues.setdefault(first, []).append(cue)
    outcomes: dict[str, list[OutcomeCue]] = {}
    for group in read("stance_outcomes.yaml")["groups"].values():
        for row in group["cues"]:
            words = tuple(_alternatives(word) for word in _split(row))
            made = OutcomeCue(words, group["outcome"], int(group["reach"]), frozenset(group.get("types", ())))
            for first in words[0]:
                outcomes.setdefault(first, []).append(made)
    return StanceRules(
        {word: tuple(sorted(found, key=lambda c: -len(c.words))) for word, found in cues.items()},
        {word: tuple(found) for word, found in outcomes.items()},
        frozenset(facts),
    )


def _split(row: str) -> list[str]:
    return row.split()


def _alternatives(word: str) -> frozenset[str]:
    if word.endswith("~"):
        return frozenset(verb_forms(word[:-1]))
    return frozenset(word.split("|"))


def stance_of(reading: Reading, start: int, end: int, trigger: int) -> tuple[str, str]:
    """The stance of a claim and the cue for it ("" when it is asserted without one).

    ``start``-``end`` are the characters of its evidence, ``trigger`` the token (of the document) that
    carries the claim; a negative one stands for the evidence's first token. Cues in the trigger's
    sentence count, then the speeches that hold the trigger.
    """
    if trigger < 0:
        trigger = min(bisect_left(reading.tokens.start, start), len(reading.tokens) - 1)
    sentence = sentence_of(reading, trigger)
    # "The Front's deputy Odar reportedly fled": that Odar is the deputy is taken for granted.
    granted = _granted(reading, sentence, trigger)
    local = _local(reading, sentence, trigger, granted=granted)
    spoken = [] if granted else _spoken(reading, end, trigger)
    best: tuple[int, str, str] | None = None
    for stance, cue in [*local, *spoken]:
        rank = _RANK.get(stance, 2)
        if best is None or rank < best[0]:
            best = (rank, stance, cue)
    return (best[1], best[2]) if best is not None else ("asserted", "")


def sentence_of(reading: Reading, token: int) -> Sentence:
    """The sentence that holds the token, or the one before it."""
    at = bisect_right(reading.sentences, token, key=lambda s: s.first) - 1
    return reading.sentences[max(at, 0)]


def _spoken(reading: Reading, end: int, trigger: int) -> list[tuple[str, str]]:
    """Stances of the speeches around the trigger, innermost first."""
    at = reading.tokens.start[trigger]
    last = bisect_right(reading.speeches, at, key=lambda s: s.start)
    holding = [
        s
        for s in reading.speeches[max(last - 40, 0) : last]
        if s.end > at and (s.end >= end or s.form != "direct")
    ]
    holding.sort(key=lambda s: s.end - s.start)
    # Plans reach no further than their infinitives, which the local cues measure better.
    return [
        (s.stance, s.cue)
        for s in holding
        if s.stance not in {"asserted", "planned"} and not (s.stance == "denied" and s.cue.endswith(" by"))
    ]


def _granted(reading: Reading, sentence: Sentence, trigger: int) -> bool:
    """Whether the claim rests on a name or on a noun beside a name, which no cue of the clause doubts.

    A noun that is said of somebody ("is believed to be the deputy of X") is not taken for granted.
    """
    if _on_name(reading, trigger):
        return True
    classes = _classes(reading, sentence)
    tag = _tagger(classes, sentence)
    if tag(trigger) not in {"NN", "NNS"}:
        return False
    owned = tag(trigger - 1) == "POS"
    if not owned and not _on_name(reading, trigger + 1):
        return False
    k = trigger - 1
    while k >= sentence.first and (tag(k) in _PHRASE or _on_name(reading, k)):
        k -= 1
    return reading.tokens.lower[k] not in _PREDICATES if k >= sentence.first else True


def _on_name(reading: Reading, token: int) -> bool:
    at = bisect_right(reading.namings, token, key=lambda n: n.first) - 1
    return any(
        n.form == "name" and not n.adjective and n.first <= token < n.last
        for n in reading.namings[max(at - 2, 0) : at + 1]
    )


def _local(reading: Reading, sentence: Sentence, trigger: int, *, granted: bool) -> list[tuple[str, str]]:
    rules = load()
    lower = reading.tokens.lower
    found: list[tuple[int, str, str]] = []
    classes: list[str] = []
    for i, past, cue in _cues(reading, sentence):
        if (i <= trigger < past) and cue.scope != "clause" and not cue.itself:
            continue
        if granted and cue.scope != "phrase":
            continue
        if not classes:
            classes = _classes(reading, sentence)
        if _governs(reading, lower, classes, sentence, cue, i, past, trigger, rules):
            found.append((abs(trigger - i), cue.stance, " ".join(lower[i:past])))
    return [(stance, cue) for _, stance, cue in sorted(found)]


def _cues(reading: Reading, sentence: Sentence) -> list[tuple[int, int, StanceCue]]:
    """The cues that stand in the sentence, whatever they govern: first token, token past the last, cue."""
    key = ("stance", sentence.first)
    kept: list[tuple[int, int, StanceCue]] | None = reading.kept.get(key)
    if kept is not None:
        return kept
    lower, by_word = reading.tokens.lower, load().cues
    kept = reading.kept[key] = []
    for i in range(sentence.first, sentence.last):
        for cue in by_word.get(lower[i], ()):
            past = i + len(cue.words)
            if past > sentence.last:
                continue
            if not all(lower[i + k] in options for k, options in enumerate(cue.words)):
                continue
            if not any(tuple(lower[past : past + len(words)]) == words for words in cue.unless):
                kept.append((i, past, cue))
    return kept


def _classes(reading: Reading, sentence: Sentence) -> list[str]:
    first, last = sentence.first, sentence.last
    named = [False] * (last - first)
    at = bisect_right(reading.namings, first, key=lambda n: n.first)
    for number in range(max(at - 3, 0), len(reading.namings)):
        naming = reading.namings[number]
        if naming.first >= last:
            break
        if naming.form == "name" and not naming.adjective:
            for k in range(max(naming.first, first), min(naming.last, last)):
                named[k - first] = True
    return classes_of(reading, first, last, named)


def _reported(reading: Reading, lower: list[str], sentence: Sentence, at: int) -> bool:
    """Whether "would" is what somebody said or thought, and not the past seen from afar."""
    if any(lower[k] in {"that", "if"} for k in range(sentence.first, at)):
        return True
    place = reading.tokens.start[at]
    last = bisect_right(reading.speeches, place, key=lambda s: s.start)
    return any(s.end > place for s in reading.speeches[max(last - 20, 0) : last])


def _governs(
    reading: Reading,
    lower: list[str],
    classes: list[str],
    sentence: Sentence,
    cue: StanceCue,
    at: int,
    past: int,
    trigger: int,
    rules: StanceRules,
) -> bool:
    tag = _tagger(classes, sentence)
    if cue.scope == "clause":
        if past > trigger and at > sentence.first and lower[at - 1] == ",":
            return False  # "..., allegedly by X": what stands before the comma is not in doubt
        first, last = (past, trigger) if past <= trigger else (trigger + 1, at)
        return not any(
            lower[k] in _TURNS or lower[k] in _SUBORDINATE or (lower[k] in _RELATIVE and k != first)
            for k in range(first, last)
        )
    if past > trigger:
        return cue.itself and at <= trigger
    between = range(past, trigger)
    if cue.scope == "phrase":
        if tag(trigger) in _FINITE and cue.group != "doubt":
            return False  # an adjective reaches its noun only
        return trigger - past < 4 and not any(tag(k) in _FINITE or lower[k] in _PHRASE_ENDS for k in between)
    if cue.scope == "modal":
        if lower[at] in _PAST_FUTURE and not _reported(reading, lower, sentence, at):
            return False
        return tag(trigger) in {"VB", "VBN", "VBP"} and not any(
            lower[k] in _TURNS
            or lower[k] in {",", "that", "to"}
            or (tag(k) in _FINITE and lower[k] not in _HAVE_BE)
            for k in between
        )
    if cue.scope == "purpose":
        return _purpose(lower, tag, at, trigger, sentence, rules)
    for k in between:
        word = lower[k]
        if word in _TURNS or word in _SUBORDINATE or (word in _RELATIVE and k > past):
            return False
        if word == "that" and cue.group == "negation":
            return False  # "not surprising that he left"
        if word == ",":
            if not cue.comma and cue.scope == "after":
                return False
            if cue.scope == "infinitive" and tag(trigger) not in {"VB", "NN", "NNS", "VBG"}:
                return False
            if _aside(lower, sentence, at):
                return False
        if word in {"and", "or"} and cue.scope == "after" and k + 1 <= trigger and tag(k + 1) in _FINITE:
            return word == "or"
    if cue.scope == "infinitive":
        if lower[trigger - 1] == "to" and trigger > past:
            return not any(tag(k) in _FINITE and lower[k] not in _HAVE_BE for k in between)
        # A participle right after "and" is a past tense that the tables could not tell apart.
        joined = tag(trigger) == "VBN" and lower[trigger - 1] in {"and", "or", ","}
        if tag(trigger) in _FINITE or joined:
            return "that" in lower[past:trigger] or "would" in lower[past:trigger]
        if tag(trigger) in {"NN", "NNS"}:
            # "planned an attack", "called for the killing of": the noun is the object, nothing comes between.
            return trigger - past < 6 and all(
                tag(k) in {"DT", "JJ", "IN", "PRP$", "NN", "CD", "VBG", "VBN"} and lower[k] != "with"
                for k in between
            )
        return not any(
            tag(k) in _FINITE and lower[k] not in _HAVE_BE and "that" not in lower[past:k] for k in between
        )
    return True


def _aside(lower: list[str], sentence: Sentence, at: int) -> bool:
    """Whether the cue stands in a relative clause, which its next comma ends."""
    for k in range(at - 1, max(at - 8, sentence.first - 1), -1):
        if lower[k] in _RELATIVE:
            return True
        if lower[k] == ",":
            return False
    return False


def _purpose(
    lower: list[str], tag: Any, at: int, trigger: int, sentence: Sentence, rules: StanceRules
) -> bool:
    """Whether "to" at ``at`` makes the trigger a purpose: "sent him to case", not "began to lead"."""
    if at == sentence.first or tag(at + 1) not in {"VB", "VBP", "NN", "RB"}:
        return False
    # After a noun the infinitive tells as often what was done ("raids to raise money") as what was meant.
    if tag(at - 1) not in {"VBD", "VBN", "VBG", "RB", "JJ", "PRP"}:
        return False
    before = lower[at - 2] if at - 2 >= sentence.first and lower[at - 2] not in _HAVE_BE else ""
    if lower[at - 1] in rules.facts or before in rules.facts:
        return False
    if trigger == at + 1:
        return tag(trigger) in {"VB", "VBP", "NN"}
    between = range(at + 1, trigger)
    if any(lower[k] in _TURNS or lower[k] in {"that", "who", "which", "by"} for k in between):
        return False
    if tag(trigger) == "VB":
        return not any(tag(k) in _FINITE or tag(k) == "MD" or lower[k] == "to" for k in between)
    return False


def _tagger(classes: list[str], sentence: Sentence) -> Any:
    first, size = sentence.first, len(classes)

    def tag(k: int) -> str:
        return classes[k - first] if 0 <= k - first < size else ""

    return tag


def outcome_of(reading: Reading, sentence: Sentence, trigger: int, event_type: str) -> str:
    """The outcome of the event at the trigger: the vocabulary's outcomes.

    Without a cue, a plot is unknown, an event that is planned or denied too, any other carried out.
    """
    rules = load()
    lower = reading.tokens.lower
    for i in range(sentence.first, sentence.last):
        for cue in rules.outcomes.get(lower[i], ()):
            past = i + len(cue.words)
            if past > sentence.last or (cue.types and event_type not in cue.types):
                continue
            if not all(lower[i + k] in options for k, options in enumerate(cue.words)):
                continue
            first, last = (past, trigger) if past <= trigger else (trigger + 1, i)
            if last - first <= cue.reach and not any(lower[k] in _TURNS for k in range(first, last)):
                return cue.outcome
    start, end = reading.tokens.start[trigger], reading.tokens.end[trigger]
    stance, _ = stance_of(reading, start, end, trigger)
    if event_type == "plot" or stance in {"planned", "denied"}:
        return "unknown"
    return "carried_out"
