"""Other texts from one: whatever is changed in a text, its annotation stands where it stood."""

import random

import pytest
from training.reader.noise import (
    SPELLINGS,
    Names,
    build,
    misspelt,
    rewritten,
    run_together,
    swappable,
    swapped,
    varied,
)
from training.reader.sample import Happened, Mentioned, Sample, Stated

TEXT = "In 2009 Idris Marlo founded the Dune Guard (DG) in Kidal. Marlo's cousin Soule joined the Dune Guard."


def sample(source: str = "corpus") -> Sample:
    def mention(words: str, kind: str, actor: str, nth: int = 0) -> Mentioned:
        at = -1
        for _ in range(nth + 1):
            at = TEXT.index(words, at + 1)
        return Mentioned(at, at + len(words), kind, "name", actor)

    at = TEXT.index("founded")
    return Sample(
        name="made-up",
        source=source,
        text=TEXT,
        sentences=[(0, 57), (58, len(TEXT))],
        teaches=frozenset(),
        mentions=[
            mention("Idris Marlo", "person", "p1"),
            mention("Dune Guard", "organisation", "g1"),
            mention("DG", "organisation", "g1"),
            mention("Kidal", "place", "l1"),
            mention("Marlo", "person", "p1", 1),
            mention("Soule", "person", "p2"),
            mention("Dune Guard", "organisation", "g1", 1),
        ],
        ties=[Stated("founder_of", "p1", "g1", at, at + 7)],
        events=[Happened("founding", (("founder", ("p1",)),), at, at + 7, True)],
        dates=[(3, 7, "2009")],
    )


def words(made: Sample) -> list[str]:
    return [made.text[m.start : m.end] for m in made.mentions]


def test_places_move_with_the_text() -> None:
    at = TEXT.index("Idris")
    made = rewritten(sample(), [(at, at + 5, "Abdelkarim"), (0, 2, "In the year")])
    assert made.text.startswith("In the year 2009 Abdelkarim Marlo founded")
    assert words(made) == ["Abdelkarim Marlo", *words(sample())[1:]]
    assert made.text[made.ties[0].start : made.ties[0].end] == "founded"
    assert made.text[made.events[0].start : made.events[0].end] == "founded"
    assert [made.text[a:b] for a, b, _ in made.dates] == ["2009"]
    assert made.text[slice(*made.sentences[1])] == TEXT[58:]


def test_the_later_of_two_edits_that_overlap_is_left_out() -> None:
    assert rewritten(sample(), [(0, 7, "Then"), (3, 7, "2010")]).text.startswith("Then Idris")


@pytest.mark.parametrize("seed", range(20))
def test_swapped_names_are_swapped_throughout(seed: int) -> None:
    other = Sample("b", "made", "Yusra Kent of Zarvan leads the Ember League, EL.", [], frozenset())
    other.mentions = [
        Mentioned(0, 10, "person", "name", "p1"),
        Mentioned(14, 20, "place", "name", "l1"),
        Mentioned(31, 43, "organisation", "name", "g1"),
        Mentioned(45, 47, "organisation", "name", "g1"),
    ]
    made = swapped(sample(), Names.of([sample(), other]), random.Random(seed), share=1.0)
    person, group, short, place, again, cousin, group_again = words(made)
    assert person.split()[1] == again
    assert group == group_again
    assert short in ("DG", "EL")
    assert place in ("Kidal", "Zarvan")
    assert cousin in ("Idris", "Marlo", "Soule", "Yusra", "Kent")
    assert made.text.endswith(f"{again}'s cousin {cousin} joined the {group}.")


def test_words_of_the_language_are_no_names() -> None:
    assert not swappable("Front", frozenset({"front"}))
    assert not swappable("bin", frozenset())
    assert not swappable("al", frozenset())
    assert swappable("Marlo", frozenset({"front"}))


@pytest.mark.parametrize(
    ("word", "said"), [("DG", "AAA"), ("Palestinian", "Aaaian"), ("PALESTINIAN", "Aaaian"), ("Marlo", "Aaa")]
)
def test_a_name_goes_for_one_of_its_build(word: str, said: str) -> None:
    assert build(word) == said


def test_misspelt_names_keep_their_places() -> None:
    text = "Sheikh Mohammed al-Houssine met Abu Qasim in Zaatar."
    raw = Sample("a", "corpus", text, [(0, len(text))], frozenset())
    raw.mentions = [
        Mentioned(7, 27, "person", "name", "p1"),
        Mentioned(32, 41, "person", "name", "p2"),
        Mentioned(45, 51, "place", "name", "l1"),
    ]
    found = {words(misspelt(raw, random.Random(seed), share=1.0))[1] for seed in range(30)}
    assert found == {"Abou Qasim", "Abu Kasim"}
    assert all(one != two for one, two in SPELLINGS)


def test_what_stands_inside_a_misspelt_name_stays_where_it_was() -> None:
    text = "The Kaarat Abu Brigade marched."
    raw = Sample("a", "corpus", text, [(0, len(text))], frozenset())
    raw.mentions = [
        Mentioned(4, 22, "organisation", "name", "g1"),
        Mentioned(4, 10, "place", "name", "l1"),
    ]
    made = {tuple(words(misspelt(raw, random.Random(seed), share=1.0))) for seed in range(40)}
    assert all(group.startswith(place) and len(place) < 7 for group, place in made)
    assert len(made) > 1


def test_words_run_together_as_in_a_bad_pdf() -> None:
    made = run_together(sample(), random.Random(1), share=1.0)
    assert "MarlofoundedtheDune" in made.text
    assert made.text[made.ties[0].start : made.ties[0].end] == "founded"


def test_made_texts_stay_as_they_are() -> None:
    names = Names.of([sample()])
    assert varied(sample("made"), names, random.Random(1)) == sample("made")
    assert any(varied(sample(), names, random.Random(seed)) != sample() for seed in range(9))
