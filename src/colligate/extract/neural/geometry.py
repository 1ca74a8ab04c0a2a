"""Where spans stand to one another: the classes of distance that the heads of the model see.

Training and reading share these functions; a change of theirs asks for new weights.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]

GAPS = 12
WHERE = 9
NEAR = 12  # pieces
MOST_PAIRS = 4000  # in one window; ordinary prose has a few hundred
REACH = 3  # sentences; what stands further apart is not looked at
_STEPS = np.array([0, 3, 6, 11, 21, 41])


def gaps(first: Ints, last: Ints, sentence: Ints, one: Ints, other: Ints) -> Ints:
    """Class of distance for the spans ``one`` and ``other`` (indices, any shape): 0-6 within a sentence,
    7-8 in neighbouring ones, 9 two apart, 10 more, 11 for a span and itself."""
    between = np.maximum(first[one], first[other]) - np.minimum(last[one], last[other])
    apart = np.abs(sentence[one] - sentence[other])
    near = np.searchsorted(_STEPS, between, side="right")
    found = np.where(
        apart == 0, near, np.where(apart == 1, np.where(between <= 20, 7, 8), np.where(apart == 2, 9, 10))
    )
    same = (first[one] == first[other]) & (last[one] == last[other])
    return np.where(same, 11, found)


def pairs_within(first: Ints, last: Ints, sentence: Ints, form: Ints) -> tuple[Ints, Ints]:
    """Indices of the pairs of different spans that are looked at, the earlier one first: all in one
    sentence, and a pronoun or a description (``form`` above 0) with what stands up to REACH sentences
    before it. Two names in different sentences are seldom tied, and hardly ever seen to be.

    Spans are in order of the text (by first piece, the longer first).
    """
    one, other = np.triu_indices(len(first), 1)
    apart = np.abs(sentence[one] - sentence[other])
    kept = (apart == 0) | ((apart <= REACH) & (form[other] > 0))
    kept &= (first[one] != first[other]) | (last[one] != last[other])
    one, other = one[kept].astype(np.int64), other[kept].astype(np.int64)
    if len(one) > MOST_PAIRS:  # a list of names: who stands far apart in it is not tied by it
        near = np.sort(np.argsort(first[other] - first[one], kind="stable")[:MOST_PAIRS])
        one, other = one[near], other[near]
    return one, other


def where(first: Ints, last: Ints, one: Ints, other: Ints, sentences: Ints) -> npt.NDArray[np.int64]:
    """For each pair, each piece's place: 0 in the first span, 1 in the second, 2 between, 3-4 before
    (near, far), 5-6 behind, 7 in another sentence, 8 the marks at the window's ends. Pairs x pieces."""
    places = np.arange(len(sentences))[None, :]
    first_one, last_one = first[one][:, None], last[one][:, None]
    first_other, last_other = first[other][:, None], last[other][:, None]
    low = np.minimum(first_one, first_other)
    high = np.maximum(last_one, last_other)
    foreign = (sentences[None, :] != sentences[first_one]) & (sentences[None, :] != sentences[first_other])
    found = np.where(places < low, np.where(places >= low - NEAR, 3, 4), 2)
    found = np.where(places > high, np.where(places <= high + NEAR, 5, 6), found)
    found = np.where(foreign & (found != 2), 7, found)
    found = np.where((places >= first_other) & (places <= last_other), 1, found)
    found = np.where((places >= first_one) & (places <= last_one), 0, found)
    found[:, 0] = found[:, -1] = 8
    return found
