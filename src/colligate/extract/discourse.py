"""What a reader has in mind at a point of the text: who and what was mentioned, how lately, in which role.

The weights are those of salience in Lappin and Leass (1994, Computational Linguistics 20(4)), read off
flat phrases instead of a parse; a mention's weight halves with every sentence.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from colligate.extract.base import Reading, Sentence
from colligate.extract.phrases import (
    CLOSE,
    COMMA,
    JOINER,
    NOUN,
    OPEN,
    OTHER,
    PREPOSITION,
    RELATIVE,
    STOP,
    VERB,
    Parsed,
    Phrase,
    parse,
)  # fmt: skip

SUBJECT, OBJECT, OBLIQUE, OWNER, LISTED = "subject", "object", "oblique", "owner", "listed"
WEIGHTS = {SUBJECT: 310.0, OBJECT: 240.0, LISTED: 200.0, OBLIQUE: 150.0, OWNER: 190.0}
_LOOK_BACK = 4
_COPULAS = frozenset({"be", "become", "remain", "serve", "call", "name"})


@dataclass(slots=True)
class Point:
    """A noun phrase as a possible antecedent. ``cluster`` is -1 for what has no name; ``word`` its head."""

    phrase: int
    token: int
    last: int
    role: str
    word: str
    tag: str
    cluster: int = -1
    naming: int = -1


@dataclass(slots=True)
class Scene:
    """One sentence's phrases and points, in order."""

    sentence: Sentence
    parsed: Parsed
    points: list[Point] = field(default_factory=list)


def scene(reading: Reading, sentence: Sentence, namings: list[int]) -> Scene:
    """The points of a sentence; ``namings`` are the indexes of the mentions that stand in it."""
    parsed = parse(reading, sentence, namings)
    made = Scene(sentence, parsed)
    phrases = parsed.phrases
    owners = {phrase.owner for phrase in phrases if phrase.owner >= 0}
    for at, phrase in enumerate(phrases):
        if phrase.kind != NOUN:
            continue
        role = OWNER if at in owners else role_of(phrases, at)
        tag = parsed.tags[phrase.head - sentence.first]
        if phrase.naming < 0 and _says_who(reading, phrases, at):
            tag = "X"
        cluster = reading.namings[phrase.naming].cluster if phrase.naming >= 0 else -1
        made.points.append(
            Point(at, phrase.head, phrase.last, role, phrase.word.lower(), tag, cluster, phrase.naming)
        )
        for naming in phrase.namings:
            inner = reading.namings[naming]
            if naming != phrase.naming and inner.cluster >= 0 and not inner.adjective:
                made.points.append(
                    Point(at, inner.first, inner.last, OWNER, "", "NNP", inner.cluster, naming)
                )
    return made


def coordinations(found: Scene, kinds: list[str]) -> list[list[Point]]:
    """The lists of named people, or of named bodies, that "and" joins; ``kinds`` by cluster.

    A list's points stand in order; all are of one kind, and none is mentioned by a common noun.
    """
    phrases = found.parsed.phrases
    heads = {point.phrase: point for point in found.points if point.naming >= 0 and point.role != OWNER}
    lists: list[list[Point]] = []
    at = 0
    while at < len(phrases):
        group = [heads[at]] if at in heads and heads[at].cluster >= 0 else []
        joined = False
        while group:
            after = at + 1
            while after < len(phrases) and phrases[after].kind in {COMMA, JOINER}:
                joined = joined or phrases[after].kind == JOINER
                after += 1
            point = heads.get(after)
            if after == at + 1 or point is None or point.cluster < 0:
                break
            if kinds[point.cluster] != kinds[group[0].cluster]:
                break
            group.append(point)
            at = after
        if joined and len(group) > 1 and kinds[group[0].cluster] in {"person", "organisation"}:
            lists.append(group)
        at += 1
    return lists


def _says_who(reading: Reading, phrases: list[Phrase], at: int) -> bool:
    """Whether a common noun only describes somebody named: "X was a clerk", "the clerk, X", "X, a clerk"."""
    before, after = phrases[at - 1] if at else None, phrases[at + 1] if at + 1 < len(phrases) else None
    if before is not None and before.kind == VERB and before.lemma in _COPULAS:
        return True
    for side, step in ((before, -2), (after, 2)):
        if side is not None and side.kind in {COMMA, OPEN} and 0 <= at + step < len(phrases):
            other = phrases[at + step]
            if other.naming >= 0 and reading.namings[other.naming].kind == "person":
                return True
    return False


def role_of(phrases: list[Phrase], at: int) -> str:
    """Subject, object, oblique or listed, from what stands before and after the phrase."""
    before = at - 1
    while before >= 0 and phrases[before].kind == OTHER:
        before -= 1
    kind = phrases[before].kind if before >= 0 else STOP
    if kind == PREPOSITION:
        return OBLIQUE
    if kind == VERB and phrases[before].form != "" and not _verb_follows(phrases, at):
        return OBJECT
    if _verb_follows(phrases, at):
        return SUBJECT
    if kind == JOINER:
        back = before - 1
        while back >= 0 and phrases[back].kind in {OTHER, COMMA}:
            back -= 1
        if back >= 0 and phrases[back].kind == NOUN:
            return role_of(phrases, back)
    return LISTED


def _verb_follows(phrases: list[Phrase], at: int) -> bool:
    """Whether a finite verb follows whose subject the phrase can be: past "of Y", ", Z," and brackets."""
    here, depth, commas = at + 1, 0, 0
    while here < len(phrases):
        phrase = phrases[here]
        if phrase.kind == OPEN:
            depth += 1
        elif phrase.kind == CLOSE:
            depth -= 1
        elif depth > 0 or phrase.kind == OTHER:
            pass
        elif phrase.kind == VERB:
            return phrase.form == "finite"
        elif phrase.kind == PREPOSITION:
            here += 1
        elif phrase.kind == COMMA:
            commas += 1
            if commas == 1 and not _closes(phrases, here):
                return False
        elif phrase.kind == RELATIVE:
            return commas == 0 or _closes(phrases, here)
        elif phrase.kind == JOINER:
            pass
        elif phrase.kind == STOP or (
            phrase.kind == NOUN and commas != 1 and phrases[here - 1].kind not in {JOINER, OTHER}
        ):
            return False
        here += 1
    return False


def _closes(phrases: list[Phrase], comma: int) -> bool:
    """Whether the apposition that a comma opens is closed by another comma with a verb right after."""
    for here in range(comma + 1, min(comma + 16, len(phrases) - 1)):
        if phrases[here].kind == STOP:
            return False
        if phrases[here].kind == COMMA:
            after = phrases[here + 1]
            if after.kind == VERB and after.form == "finite":
                return True
    return False


def subject_of_clause(made: Scene, token: int) -> Point | None:
    """The last subject before ``token`` in its sentence."""
    for point in reversed(made.points):
        if point.token >= token:
            continue
        if point.role == SUBJECT:
            return point
    return None


class Memory:
    """The scenes so far. ``forget`` drops them where a heading starts something new."""

    def __init__(self) -> None:
        self.scenes: list[Scene] = []

    def forget(self) -> None:
        self.scenes.clear()

    def add(self, made: Scene) -> None:
        self.scenes.append(made)
        if len(self.scenes) > _LOOK_BACK:
            del self.scenes[0]

    def earlier(self, current: Scene, before: int) -> list[tuple[Point, float]]:
        """Points before token ``before`` with their weight now, last first."""
        found = [(point, WEIGHTS[point.role]) for point in reversed(current.points) if point.last <= before]
        fade = 0.5
        for scene_ in reversed(self.scenes):
            found.extend((point, WEIGHTS[point.role] * fade) for point in reversed(scene_.points))
            fade /= 2
        return found
