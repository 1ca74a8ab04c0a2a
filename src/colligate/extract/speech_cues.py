"""Loads the cues of speech: verbs, phrases, nouns that speak, and the stance each manner carries.

The rules are data (``data/speech_*.yaml``); this module gives them the shapes that the stage reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from colligate.errors import VocabularyError

NOBODY = "unnamed reports"  # the source of "reportedly", "is believed to"; nobody is named
UNQUOTED = "quotation without a named source"


@dataclass(frozen=True, slots=True)
class VerbCue:
    """A verb of saying: what must come with it (``frames``), and whether its bare passive is a cue."""

    lemma: str
    manner: str
    frames: frozenset[str]
    hidden: bool


@dataclass(frozen=True, slots=True)
class PhraseCue:
    """A cue of several words (``tokens``, lower case). ``source``: after, owner, or the words to use."""

    tokens: tuple[str, ...]
    source: str
    content: str
    manner: str


@dataclass(frozen=True, slots=True)
class SpeechCues:
    """All cues, keyed by the token at which each is looked up."""

    verbs: Mapping[str, tuple[VerbCue, ...]]
    phrases: Mapping[str, tuple[PhraseCue, ...]]
    owned: Mapping[str, tuple[tuple[str, str], ...]]  # noun -> (preposition, manner)
    nouns: frozenset[str]
    triggers: frozenset[str]
    sources: Mapping[str, str]  # noun, singular or plural -> kind of source
    for_group: frozenset[str]
    titles: Mapping[str, str]
    names: Mapping[str, str]
    kinds: Mapping[str, str]
    stances: Mapping[str, Mapping[str, str]]

    def stance(self, manner: str, source_kind: str) -> str:
        return self.stances[manner].get(source_kind, "asserted")


@lru_cache(maxsize=1)
def load() -> SpeechCues:
    """The packaged cues. Raises VocabularyError naming the file and the entry that is wrong."""
    verbs_file, sources_file = read("speech_verbs.yaml"), read("speech_sources.yaml")
    phrases_file, stances = read("speech_phrases.yaml"), read("speech_stances.yaml")["manners"]
    verbs: dict[str, list[VerbCue]] = {}
    for name, family in verbs_file["families"].items():
        if family["manner"] not in stances:
            raise VocabularyError(f"speech_verbs.yaml: the family {name} has an unknown manner.")
        frames = frozenset(family["frames"])
        hidden = set(family.get("hidden", ()))
        for lemma in dict.fromkeys([*family["verbs"].split(), *hidden]):
            cue = VerbCue(lemma, family["manner"], frames, lemma in hidden)
            for form in verb_forms(lemma, verbs_file["irregular"].get(lemma, ())):
                verbs.setdefault(form, []).append(cue)
    phrases: dict[str, list[PhraseCue]] = {}
    for row in phrases_file["phrases"]:
        tokens = tuple(row["cue"].split())
        phrases.setdefault(tokens[0], []).append(
            PhraseCue(tokens, row["source"], row["content"], row["manner"])
        )
    owned: dict[str, list[tuple[str, str]]] = {}
    for row in phrases_file["owned"]:
        for noun in row["nouns"]:
            owned.setdefault(noun, []).extend((before, row["manner"]) for before in row["before"])
    sources: dict[str, str] = {}
    for kind, listed in sources_file["nouns"].items():
        for noun in listed.split():
            for form in noun_forms(noun):
                sources.setdefault(form, kind)
    nouns = frozenset(phrases_file["nouns"])
    return SpeechCues(
        verbs={form: tuple(cues) for form, cues in verbs.items()},
        phrases={word: tuple(sorted(rows, key=lambda r: -len(r.tokens))) for word, rows in phrases.items()},
        owned={noun: tuple(rows) for noun, rows in owned.items()},
        nouns=nouns,
        triggers=frozenset(verbs) | frozenset(phrases) | frozenset(owned) | nouns,
        sources=sources,
        for_group=frozenset(f for n in sources_file["for_group"].split() for f in noun_forms(n)),
        titles=_by_word(sources_file["titles"]),
        names=_by_word(sources_file["names"]),
        kinds=sources_file["kinds"],
        stances=stances,
    )


def read(name: str) -> Any:
    """A packaged YAML file of this room, parsed."""
    try:
        text = (files("colligate.extract") / "data" / name).read_text(encoding="utf-8")
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader, in C where there is one
    except yaml.YAMLError as error:
        raise VocabularyError(f"The rule file {name} cannot be read: {error}") from error


_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def verb_forms(lemma: str, irregular: tuple[str, ...] | list[str] = ()) -> set[str]:
    """The forms of a verb: ("deny") -> deny, denies, denied, denying."""
    s = lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x", "z")) else "s")
    stem = lemma[:-1] if lemma.endswith("e") and not lemma.endswith("ee") else lemma
    past = stem + "ed" if not lemma.endswith("ee") else lemma + "d"
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        s, past = lemma[:-1] + "ies", lemma[:-1] + "ied"
    found = {lemma, s, stem + "ing", *(irregular or [past])}
    if lemma in {"brag", "admit", "rebut"}:
        found |= {lemma + lemma[-1] + "ed", lemma + lemma[-1] + "ing"}
    return found


def noun_forms(noun: str) -> set[str]:
    """Singular and plural: ("agency") -> agency, agencies."""
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return {noun, noun[:-1] + "ies"}
    if noun.endswith("man") and noun not in {"human"}:
        return {noun, noun[:-3] + "men"}
    return {noun, noun + ("es" if noun.endswith(("s", "sh", "ch", "x")) else "s")}


def _by_word(table: Mapping[str, str]) -> dict[str, str]:
    return {word: kind for kind, words in table.items() for word in words.replace('"', "").split()}
