"""What must come with a verb of saying for it to be a cue: "that", a quotation, an infinitive, an object."""

from __future__ import annotations

from colligate.extract.speakers import FINITE, VERBAL, Line, Speaker
from colligate.extract.speech_cues import VerbCue
from colligate.extract.speech_spans import MARKS

_NO_OBJECT = frozenset({"in", "at", "on", "by", "from", "when", "where", "after", "before", "as", "to"})


def frame_of(
    line: Line, i: int, after: int, options: tuple[VerbCue, ...], speaker: Speaker
) -> tuple[str, int]:
    """The first frame that holds, and the token at which what is said begins."""
    lower, classes, size = line.lower, line.classes, len(line)
    frames = frozenset().union(*(o.frames for o in options))
    if after >= size or lower[after] in {".", ")"}:
        return ("post", i) if "post" in frames and _said_before(line, speaker) else ("", 0)
    k = after
    if "quote" in frames:
        while k < size and lower[k] in {":", ",", "that"}:
            k += 1
        if k < size and lower[k] in MARKS:
            return "quote", min(k + 1, size - 1)
        k = next((m for m in range(after, min(after + 7, size - 1)) if lower[m] in {",", ":"}), 0)
        if k and lower[k + 1] in MARKS and not any(classes[m] in FINITE for m in range(after, k)):
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
    object_opens = opens or lower[after] in MARKS or classes[after] == "VBG"
    if "object" in frames and object_opens and lower[after] not in _NO_OBJECT:
        return "object", after
    return "", 0


def option_for(options: tuple[VerbCue, ...], frame: str) -> VerbCue:
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
    if k < 1 or line.lower[k] not in {",", *MARKS}:
        return False
    return aside or line.lower[k] in MARKS or any(tag in FINITE for tag in line.classes[:k])
