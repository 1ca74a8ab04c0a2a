"""The rules that turn clauses into claims: what they are, and how they are read from YAML.

A rule names its triggers (verbs, nouns) and says which argument fills which end. See
``docs/how-to/add-a-pattern.md`` for the format, and ``patterns/*.yaml`` for all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from colligate.errors import VocabularyError
from colligate.extract.words import yaml_of_words
from colligate.vocabulary import Vocabulary

_TIE = re.compile(r"(\w+): (\w+) (->|<->) (\w+)")
_KEYS = frozenset({
    "name", "score", "verbs", "nouns", "roles", "who", "whom", "noun_who", "noun_whom", "also", "kinds",
    "ties", "event", "presence", "examples", "means", "holder", "of", "outcome", "stance", "without",
    "beside", "owned", "land", "not_after", "adjectives", "behind", "then", "direct", "needs", "excepted",
    "dates", "whole", "group",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class GivesTie:
    """A tie that a rule makes: its type, and which arguments stand at which end."""

    type: str
    subject: str
    object: str
    mutual: bool = False


@dataclass(frozen=True, slots=True)
class GivesEvent:
    """An event that a rule makes: its type and, per role, the arguments that fill it."""

    type: str
    roles: tuple[tuple[str, str], ...]
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``sources`` and ``noun_sources`` list, per argument, where to look, best first.

    A source is "subject", "object", "owner" (X's), "modifier" (X attack), "doer" (X carried out
    an attack), "lead", or a preposition. ``kinds`` limits an argument to entity kinds.
    ``not_after`` lists words that make another thing of the noun behind them ("heart attack").
    ``dates`` says what the clause's date is of the tie: "beginning" ("joined in 1986"), "ending"
    ("left in 1990"), or the whole of it.
    ``land`` names arguments that must be land and no state ("attacked Telm", not "attacked Ordan").
    ``presence`` names the argument that is shown to be at the clause's place. ``behind`` lists the
    prepositions one of which must stand before a noun trigger ("with the help of X"); ``then`` is
    the form of the verb that must follow a verb trigger ("infinitive": "asked X to go").
    ``direct``: what fills the arguments must be named itself ("X founded Y", not "members of X founded Y").
    ``whole``: no other common noun may follow a role word ("chief", not "chief negotiator").
    ``without`` lists prepositions and objects with which the verb says something else ("paid homage").
    ``needs`` lists arguments without which the rule says nothing; ``excepted`` the verbs (or
    roles) that a rule for any verb leaves alone.
    """

    name: str
    score: float
    verbs: tuple[str, ...]
    nouns: tuple[str, ...]
    roles: tuple[str, ...]
    sources: Mapping[str, tuple[str, ...]]
    noun_sources: Mapping[str, tuple[str, ...]]
    kinds: Mapping[str, frozenset[str]]
    ties: tuple[GivesTie, ...]
    event: GivesEvent | None
    presence: tuple[str, ...]
    stance: str = ""
    without: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    owned: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    then: str = ""
    direct: bool = False
    needs: tuple[str, ...] = ()
    excepted: frozenset[str] = frozenset()
    land: frozenset[str] = frozenset()
    dates: str = ""
    whole: bool = False
    not_after: frozenset[str] = frozenset()
    examples: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class RuleBook:
    """All rules, by the word that sets them off."""

    rules: tuple[Rule, ...]
    by_verb: Mapping[str, tuple[tuple[Rule, str], ...]] = field(default_factory=dict)
    by_noun: Mapping[str, tuple[Rule, ...]] = field(default_factory=dict)
    by_role: Mapping[str, tuple[Rule, ...]] = field(default_factory=dict)
    beside: Mapping[str, tuple[Rule, ...]] = field(default_factory=dict)
    owned: tuple[Rule, ...] = ()
    by_adjective: Mapping[str, tuple[Rule, ...]] = field(default_factory=dict)


def rules_for(vocabulary: Vocabulary) -> RuleBook:
    """The packaged rules that make claims of types which ``vocabulary`` has."""
    book = load_rules()
    if all(_known(rule, vocabulary) for rule in book.rules):
        return book
    return rule_book(rule for rule in book.rules if _known(rule, vocabulary))


@lru_cache(maxsize=1)
def load_rules() -> RuleBook:
    """All packaged rules; about 20 ms, once a process."""
    folder = files("colligate.extract") / "patterns"
    rules: list[Rule] = []
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".yaml"):
            rules += read_rules(file.read_text(encoding="utf-8"), file.name)
    return rule_book(rules)


def load_rule_file(path: Path) -> list[Rule]:
    """The rules of a user's file. Raises VocabularyError naming the file and the fault."""
    try:
        return read_rules(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise VocabularyError(f"The pattern file {path} cannot be read: {error}") from error


def rule_book(rules: Iterable[Rule]) -> RuleBook:
    """The rules by their triggers. A verb trigger may carry a particle or noun: "carry out"."""
    rules = tuple(rules)
    by_verb: dict[str, list[tuple[Rule, str]]] = {}
    by_noun: dict[str, list[Rule]] = {}
    by_role: dict[str, list[Rule]] = {}
    beside: dict[str, list[Rule]] = {}
    by_adjective: dict[str, list[Rule]] = {}
    for rule in rules:
        for verb in rule.verbs:
            lemma, _, particle = verb.partition(" ")
            by_verb.setdefault(lemma, []).append((rule, particle))
        for noun in rule.nouns:
            by_noun.setdefault(noun, []).append(rule)
        for role in rule.roles:
            by_role.setdefault(role, []).append(rule)
        for word in rule.beside:
            beside.setdefault(word, []).append(rule)
        for word in rule.adjectives:
            by_adjective.setdefault(word, []).append(rule)
    return RuleBook(
        rules,
        {word: tuple(found) for word, found in by_verb.items()},
        {word: tuple(found) for word, found in by_noun.items()},
        {word: tuple(found) for word, found in by_role.items()},
        {word: tuple(found) for word, found in beside.items()},
        tuple(rule for rule in rules if rule.owned),
        {word: tuple(found) for word, found in by_adjective.items()},
    )


def read_rules(text: str, source: str) -> list[Rule]:
    """The rules in a YAML text. Raises VocabularyError with ``source`` and the rule's name."""
    try:
        raw = yaml_of_words(text)
    except yaml.YAMLError as error:
        raise VocabularyError(f"The pattern file {source} is not YAML: {error}") from error
    if not isinstance(raw, list):
        raise VocabularyError(f"The pattern file {source} must be a list of rules.")
    return [_rule(entry, source) for entry in raw]


def _rule(raw: Any, source: str) -> Rule:
    name = raw.get("name", "?") if isinstance(raw, dict) else "?"
    where = f"{source}, rule {name}"
    if not isinstance(raw, dict):
        raise VocabularyError(f"{source}: each rule is a mapping that opens with its name.")
    if unknown := raw.keys() - _KEYS:
        raise VocabularyError(f"{where}: unknown keys {sorted(unknown)}.")
    whom = tuple(raw.get("whom", ["object"]))
    sources = {"who": tuple(raw.get("who", ["subject"])), "whom": whom}
    noun_whom = raw.get("noun_whom", [word for word in whom if word != "object"])
    noun_sources = {
        "who": tuple(raw.get("noun_who", ["by", "owner", "doer", "modifier", "clause"])),
        "whom": tuple(noun_whom),
        "holder": ("holder",),
        "group": (*raw.get("group", ("owner", "modifier")), *raw.get("of", ["of"])),
    }
    for extra, words in raw.get("also", {}).items():
        sources[extra] = noun_sources[extra] = tuple(words)
    kinds = {name: frozenset(value) for name, value in raw.get("kinds", {}).items()}
    if "holder" in raw:
        kinds["holder"] = frozenset(raw["holder"])
    presence = raw.get("presence", [])
    return Rule(
        name=str(name),
        score=float(raw.get("score", 0.6)),
        verbs=tuple(raw.get("verbs", ())),
        nouns=tuple(raw.get("nouns", ())),
        roles=tuple(raw.get("roles", ())),
        sources=sources,
        noun_sources=noun_sources,
        kinds=kinds,
        ties=tuple(_tie(text, where) for text in raw.get("ties", ())),
        event=_event(raw["event"], raw.get("outcome", ""), where) if "event" in raw else None,
        presence=(presence,) if isinstance(presence, str) else tuple(presence),
        stance=raw.get("stance", ""),
        without=tuple(raw.get("without", ())),
        beside=tuple(raw.get("beside", ())),
        owned=tuple(raw.get("owned", ())),
        adjectives=tuple(raw.get("adjectives", ())),
        behind=tuple(raw.get("behind", ())),
        then=raw.get("then", ""),
        direct=bool(raw.get("direct", False)),
        needs=tuple(raw.get("needs", ())),
        excepted=frozenset(raw.get("excepted", ())),
        land=frozenset(raw.get("land", ())),
        dates=raw.get("dates", ""),
        whole=bool(raw.get("whole", False)),
        not_after=frozenset(raw.get("not_after", ())),
        examples=tuple(raw.get("examples", ())),
    )


def _tie(text: str, where: str) -> GivesTie:
    match = _TIE.fullmatch(text)
    if match is None:
        raise VocabularyError(f'{where}: "{text}" is no tie; write "type: who -> whom".')
    return GivesTie(match[1], match[2], match[4], mutual=match[3] == "<->")


def _event(text: str, outcome: str, where: str) -> GivesEvent:
    kind, _, rest = text.partition(":")
    roles = [part.strip().partition("=") for part in rest.split(",") if part.strip()]
    if not kind or any(not argument for _, _, argument in roles):
        raise VocabularyError(f'{where}: "{text}" is no event; write "type: role=who, role=whom".')
    return GivesEvent(kind.strip(), tuple((role, argument) for role, _, argument in roles), outcome)


def _known(rule: Rule, vocabulary: Vocabulary) -> bool:
    ties = all(tie.type in vocabulary.ties for tie in rule.ties)
    return ties and (rule.event is None or rule.event.type in vocabulary.events)
