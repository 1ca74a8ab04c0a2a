"""Arguments of verbs, over the ways in which they hide."""

from __future__ import annotations

import pytest
from tests.extract.marked import marked

from colligate.extract.clauses import Clauses
from colligate.extract.parties import PartyFinder
from colligate.extract.phrases import VERB, parse

VELK, COLUMN, GUARD = "[Velk](person)", "[Amber Column](organisation)", "[Telm Guard](organisation)"


def arguments(say: str, lemma: str) -> tuple[list[str], list[str]]:
    """Who and whom of the verb, as written."""
    reading = marked(say)
    sentence = reading.sentences[0]
    clauses = Clauses(parse(reading, sentence, list(range(len(reading.namings)))))
    finder = PartyFinder(reading, clauses)
    at = next(n for n, phrase in enumerate(clauses.phrases) if phrase.kind == VERB and phrase.lemma == lemma)
    found = clauses.verb_arguments(at)
    text = reading.document.text

    def names(source: str) -> list[str]:
        refs = finder.of_sources([source], at, found, None)
        return [text[reading.namings[ref.naming].start : reading.namings[ref.naming].end] for ref in refs]

    return names("subject"), names("object")


@pytest.mark.parametrize(
    "say",
    [
        f"The {COLUMN} attacked the {GUARD}.",
        f"The {GUARD} was attacked by the {COLUMN}.",
        f"The {COLUMN}, which had left the valley, attacked the {GUARD}.",
        f"The {COLUMN}, a band of smugglers, attacked the {GUARD}.",
        f"In 1998 fighters of the {COLUMN} attacked the {GUARD}.",
        f"The {COLUMN} left the valley and attacked the {GUARD}.",
        f"The {COLUMN} planned to attack the {GUARD}.",
        f"The state ordered the {COLUMN} to attack the {GUARD}.",
        f"After leaving the valley, the {COLUMN} attacked the {GUARD}.",
        f"The {GUARD}, attacked by the {COLUMN}, fled.",
    ],
)
def test_the_attacker_is_found_wherever_it_stands(say: str) -> None:
    assert arguments(say, "attack") == (["Amber Column"], ["Telm Guard"])


def test_lists_count_whole_and_the_next_clause_keeps_its_subject() -> None:
    say = f"{VELK}, the {COLUMN} and the [Salt Front](organisation) attacked the {GUARD} and the town fled."
    assert arguments(say, "attack") == (["Velk", "Amber Column", "Salt Front"], ["Telm Guard"])


def test_a_verb_without_a_subject_has_none() -> None:
    assert arguments(f"Attack the {GUARD}!", "attack")[0] == []
