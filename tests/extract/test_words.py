"""Words stay words: what YAML would read as truth values are prepositions here."""

from __future__ import annotations

from colligate.extract.rules import load_rules, read_rules
from colligate.extract.words import word_lists, yaml_of_words


def test_on_and_off_and_no_are_words_and_true_is_a_truth_value() -> None:
    assert yaml_of_words("[on, off, no, yes, true, false]") == ["on", "off", "no", "yes", True, False]


def test_a_rule_may_name_on_without_quotes() -> None:
    [rule] = read_rules("[{name: raid, nouns: [raid], noun_whom: [on], direct: true}]", "mine.yaml")
    assert rule.noun_sources["whom"] == ("on",)
    assert rule.direct is True


def test_every_packaged_word_is_a_word() -> None:
    assert all(isinstance(word, str) for words in word_lists().values() for word in words)
    for rule in load_rules().rules:
        for sources in (*rule.sources.values(), *rule.noun_sources.values()):
            assert all(isinstance(word, str) for word in sources), rule.name
