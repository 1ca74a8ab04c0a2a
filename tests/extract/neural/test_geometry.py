"""Distances between spans, which training and reading share."""

import numpy as np

from colligate.extract.neural.geometry import MOST_PAIRS, gaps, pairs_within, where


def ints(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


FIRST, LAST = ints(1, 4, 4, 20, 30), ints(2, 6, 5, 21, 30)
SENTENCE = ints(0, 0, 0, 1, 4)


def test_pairs_are_within_reach_and_the_earlier_span_comes_first() -> None:
    one, other = pairs_within(FIRST, LAST, SENTENCE, ints(0, 0, 0, 1, 2))
    pairs = set(zip(one.tolist(), other.tolist(), strict=True))
    assert (0, 3) in pairs  # a description and what stands one sentence before it
    assert (3, 4) in pairs  # a pronoun, three
    assert (0, 4) not in pairs  # four
    assert (1, 2) in pairs  # one inside the other is a pair
    assert all(a < b for a, b in pairs)


def test_names_in_different_sentences_are_no_pair() -> None:
    one, other = pairs_within(FIRST, LAST, SENTENCE, ints(0, 0, 0, 0, 0))
    assert set(zip(one.tolist(), other.tolist(), strict=True)) == {(0, 1), (0, 2), (1, 2)}


def test_gap_tells_neighbours_from_far_ones_and_sentences_apart() -> None:
    found = gaps(FIRST, LAST, SENTENCE, ints(0, 1, 0, 3, 0), ints(1, 2, 3, 4, 0))
    assert found.tolist() == [1, 0, 7, 10, 11]


def test_gap_does_not_depend_on_the_order_of_the_two() -> None:
    one, other = pairs_within(FIRST, LAST, SENTENCE, ints(0, 1, 1, 1, 2))
    assert (
        gaps(FIRST, LAST, SENTENCE, one, other).tolist() == gaps(FIRST, LAST, SENTENCE, other, one).tolist()
    )


def test_every_piece_has_its_place_seen_from_the_pair() -> None:
    sentences = ints(0, *[0] * 12, *[1] * 4, 1)
    found = where(ints(2, 8), ints(3, 8), ints(0), ints(1), sentences)[0].tolist()
    assert found[0] == found[-1] == 8  # the marks at both ends
    assert found[2:4] == [0, 0]
    assert found[8] == 1
    assert found[4:8] == [2] * 4
    assert found[1] == 3
    assert found[9:13] == [5] * 4
    assert found[13:17] == [7] * 4  # another sentence


def test_a_span_inside_the_other_keeps_its_own_place() -> None:
    found = where(ints(2, 4), ints(8, 4), ints(0), ints(1), ints(*[0] * 12))[0].tolist()
    assert found[2:9] == [0] * 7


def test_a_list_of_names_is_bounded_and_keeps_the_nearest() -> None:
    count = 200
    first = np.arange(count, dtype=np.int64)
    zeros = np.zeros(count, dtype=np.int64)
    one, other = pairs_within(first, first, zeros, zeros)
    assert len(one) == MOST_PAIRS
    assert (other - one).max() < count // 4
