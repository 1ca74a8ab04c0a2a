"""Speeches from phrases ("according to X", "in X's view") and nouns ("X's claim that")."""

from __future__ import annotations

from colligate.extract.speakers import FINITE, Line, Speaker, phrase_ending, right_of
from colligate.extract.speech_cues import PhraseCue
from colligate.extract.speech_spans import AUXILIARY, Found, clause, clause_end
from colligate.extract.speech_verbs import main_subject


def phrase_speeches(line: Line, before: list[Speaker]) -> list[Found]:
    found: list[Found] = []
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


def _phrase(line: Line, i: int, phrase: PhraseCue, before: list[Speaker]) -> Found | None:
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
        return Found(speaker, cue, phrase.manner, line.start(past), clause_end(line, past, "", i))
    if phrase.content == "next":
        last = past
        while (
            last + 1 < size and last - past < 6 and line.lower[last + 1] not in {",", ".", ";", "who", "that"}
        ):
            last += 1
        return Found(speaker, cue, phrase.manner, line.start(past), line.end(last))
    start, end = clause(line, i)
    if line.start(i) <= start + 1:
        while (
            past < size - 1 and line.lower[past] != "," and line.classes[past] not in FINITE and past < i + 14
        ):
            past += 1
        if line.lower[past] == "," and past + 1 < size:
            start = line.start(past + 1)
        else:
            start = line.start(min(speaker.last + 1, size - 1))
    return Found(speaker, cue, phrase.manner, start, max(end, start + 1))


def _adjective(line: Line, i: int) -> bool:
    """ "three suspected members", and not "police suspected" or "is alleged to"."""
    if i + 1 >= len(line) or not (
        line.name[i + 1] >= 0 or line.classes[i + 1] in {"NN", "NNS", "NNP", "JJ", "X"}
    ):
        return False
    return i == 0 or not (
        line.name[i - 1] >= 0
        or line.classes[i - 1] in {"NNP", "PRP", "NNS"}
        or line.lower[i - 1] in AUXILIARY
    )


def _owned(line: Line, i: int, rows: tuple[tuple[str, str], ...], before: list[Speaker]) -> Found | None:
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
                start, end = clause(line, i)
                return Found(speaker, line.words(first - 1, i), manner, start, end)
        return None
    if speaker is None:
        return None
    for preposition, manner in rows:
        if preposition and speaker.first > 0 and lower[speaker.first - 1] == preposition.split()[-1]:
            start, end = clause(line, i)
            if line.start(max(speaker.first - 1, 0)) <= start + 1 and i + 2 < len(line):
                start = line.start(i + 2 if lower[i + 1] == "," else i + 1)
            cue = f"{preposition.split()[-1]} ... {lower[i]}"
            return Found(speaker, cue, manner, start, max(end, start + 1))
    return None


def _after_comma(line: Line, i: int, before: list[Speaker]) -> Speaker | None:
    """The subject after "In his memoirs," or before ", in his memoirs,"."""
    if i + 1 < len(line) and line.lower[i + 1] == ",":
        speaker = right_of(line, i + 2, before)
        if speaker is not None:
            return speaker
    return main_subject(line, i, before)


def _noun(line: Line, i: int, before: list[Speaker]) -> Found | None:
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
    return Found(speaker, line.words(i, i + 1), manner, line.start(i + 2), clause_end(line, i + 2, "", i))
