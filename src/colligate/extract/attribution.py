"""The chain of who says so over a stretch of the text, outermost first."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence

from colligate.extract.base import Reading, Speech
from colligate.extract.speech_cues import UNQUOTED
from colligate.model import Attribution

_BACK = 60  # speeches before the place that may still hold it; contents are sentences, seldom paragraphs


def attribution_for(reading: Reading, start: int, end: int, *, trigger: int = -1) -> tuple[Speech, ...]:
    """The speeches that hold the characters ``start``-``end``, outermost first.

    ``trigger`` is the token that carries the claim: the speeches that hold it count, since the
    evidence of "X says that Y met Z" begins before what is said. Without one, a speech counts that
    covers at least half of the characters. A speaker who is named twice in a row is one link. A quotation
    to which no speaker belongs is a link where it is the only one: its words are not the document's.
    """
    place = reading.tokens.start[trigger] if trigger >= 0 else start
    last = bisect_right(reading.speeches, end - 1, key=lambda s: s.start)
    holding = [
        speech
        for speech in reading.speeches[max(last - _BACK, 0) : last]
        if (speech.start <= place < speech.end if trigger >= 0 else _covers(speech, start, end))
    ]
    if any(speech.speaker != UNQUOTED for speech in holding):
        holding = [speech for speech in holding if speech.speaker != UNQUOTED]
    holding.sort(key=lambda s: (s.start - s.end, s.start))
    chain: list[Speech] = []
    for speech in holding:
        if chain and _same(chain[-1], speech):
            continue
        chain.append(speech)
    return tuple(chain)


def attributions(
    chain: Sequence[Speech], actor_of: Callable[[int], tuple[str, str]] | None = None
) -> tuple[Attribution, ...]:
    """The chain as the model has it.

    ``actor_of`` gives (actor id, actor's name) for the index of a naming, ("", "") when the naming
    belongs to no actor; the speaker's own words stay then.
    """
    made: list[Attribution] = []
    for speech in chain:
        actor, name = actor_of(speech.naming) if actor_of is not None and speech.naming >= 0 else ("", "")
        made.append(Attribution(name or speech.speaker, speech.cue, speech.source_kind, actor))
    return tuple(made)


def _covers(speech: Speech, start: int, end: int) -> bool:
    shared = min(speech.end, end) - max(speech.start, start)
    return shared * 2 >= end - start or (shared > 0 and start <= speech.start and speech.end <= end)


def _same(outer: Speech, inner: Speech) -> bool:
    return outer.speaker == inner.speaker or (outer.naming >= 0 and outer.naming == inner.naming)
