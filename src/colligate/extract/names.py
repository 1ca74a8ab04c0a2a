"""The stage that finds names: list matches and capital runs, cut into names, each given a kind."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from itertools import chain

from colligate.extract.acronyms import acronyms
from colligate.extract.actors import actor_entries, event_entries
from colligate.extract.base import Naming, Reading, Tokens
from colligate.extract.gazetteer import place_entries
from colligate.extract.lists import Match, NameList
from colligate.extract.names_adjectives import place_adjectives
from colligate.extract.names_cut import Cutter
from colligate.extract.names_data import heads, words
from colligate.extract.names_grown import grown
from colligate.extract.names_headings import settled
from colligate.extract.names_kinds import Candidate
from colligate.extract.names_nominals import nominals
from colligate.extract.names_pools import Pools, pooled
from colligate.extract.names_words import CAPITAL, OTHER, SMALL, shapes
from colligate.extract.names_works import quoted_works

# How loud the clues must speak for a name, in the weights of data/name_contexts.tsv: for any name, for
# each mention of a common word that the text also writes small (or never does), and of a word that is
# only ever seen where every word has a capital.
_NOISE, _COMMON, _COMMON_UNSEEN, _OPENING = 0.5, 2.5, 1.0, 1.8

_TELLING = frozenset({"the", "a", "an", "its", "their", "his", "her", "our", "this", "that", "'s"})


@lru_cache(maxsize=1)
def known_names() -> NameList:
    """Armed actors, state bodies, places and peoples as one list; built once a process in about 0.1 s."""
    return NameList(chain(event_entries(), actor_entries(), place_entries()))


class NameStage:
    """Fills namings: names with kinds, collective nominals, nested mentions flagged."""

    name = "names"
    needs = frozenset({"document", "tokens", "sentences"})
    gives = frozenset({"namings"})

    def run(self, reading: Reading) -> None:
        tokens, shape = reading.tokens, shapes(reading.tokens)
        matches = known_names().matches(tokens, shape)
        cutter = Cutter(tokens, shape, reading.sentences, {match.first: match for match in matches})
        opening = {sentence.first for sentence in reading.sentences}
        candidates = settled(cutter.run(), tokens, cutter.small, opening)
        pools = pooled(candidates, tokens)
        adjectives = place_adjectives(candidates, pools, tokens, shape)
        made: list[Naming] = []
        for candidate in candidates:
            naming = _named(candidate, pools, cutter, candidate.first in opening)
            if naming is not None and candidate.key in adjectives:
                following = shape.classes[candidate.last] if candidate.last < len(tokens) else OTHER
                naming = replace(naming, kind=adjectives[candidate.key], adjective=following == SMALL)
            if naming is not None:
                made.append(naming)
        made = grown(tokens, shape, _with_events(made, matches, tokens))
        made.extend(_nested(made, matches, tokens))
        made.extend(_works(made, tokens))
        made.extend(nominals(tokens, shape, reading.sentences, made))
        made.sort(key=lambda naming: (naming.first, -naming.last))
        reading.namings = made
        _acronyms_apply(reading)


def _named(candidate: Candidate, pools: Pools, cutter: Cutter, opens: bool) -> Naming | None:
    """The naming that a candidate makes, or None where the clues do not speak for a name."""
    first, last, entry = candidate.first, candidate.last, candidate.entry
    kind, weight = pools.kind(candidate.key)
    if kind == "person" and entry is None and not _personal(candidate, cutter.tokens, pools):
        kind, weight = pools.kind(candidate.key, but="person")
    if weight < _NOISE:
        return None
    form = "name"
    if last - first == 1 and entry is None and cutter.shape.classes[first] == CAPITAL:
        word, mentions = cutter.tokens.lower[first], pools.counts[candidate.key]
        small = word in cutter.small and mentions == 1
        if word in heads():  # "the Front": which one is for the clusters to say
            kind, form = heads()[word], "nominal"
            told = first > 0 and cutter.tokens.lower[first - 1] in _TELLING
            if mentions == 1 and not told and (small or word in words("name_words.txt")):
                return None  # "Command in the Velk Front"
            if small and candidate.key not in pools.inner:
                return None  # "The Ridge and the River"
        elif word in words("name_words.txt") or small:
            if weight < (_COMMON if word in cutter.small else _COMMON_UNSEEN) * mentions:
                return None
        elif word.endswith(("ism", "ist")) and candidate.key not in pools.certain:
            return None  # creeds and their adjectives
        elif opens and word not in cutter.inside and weight < _OPENING * mentions:
            return None
    if entry is not None and entry.adjective:
        kind = entry.kind
    single = last - first == 1 and kind == "person" and candidate.title == "title"
    if single and candidate.key not in pools.backed:
        first = candidate.titled  # "President Orsan" is all that the text calls him
    naming = _naming(cutter.tokens, first, last, kind, f"list:{entry.name}" if entry else "run")
    return replace(naming, form=form, adjective=entry is not None and entry.adjective)


def _personal(candidate: Candidate, tokens: Tokens, pools: Pools) -> bool:
    """Whether the words can be a person's name at all: none holds a figure ("Law 002"), and a lone word
    has no ending of an abstract noun ("Counterterrorism"), unless a title or a full name speaks for it."""
    held = tokens.lower[candidate.first : candidate.last]
    if any(letter.isdigit() for word in held for letter in word):
        return False
    lone = candidate.last - candidate.first == 1 or "-" in held
    return not lone or pools.named(candidate.key) or not held[-1].endswith(tuple(words("name_abstract.txt")))


def _naming(tokens: Tokens, first: int, last: int, kind: str, source: str) -> Naming:
    return Naming(first, last, tokens.start[first], tokens.end[last - 1], kind, source=source)


def _with_events(made: list[Naming], matches: list[Match], tokens: Tokens) -> list[Naming]:
    """Listed events stand without a capital run too: "9/11"."""
    used = {at for naming in made for at in range(naming.first, naming.last)}
    events = [
        _naming(tokens, match.first, match.last, "event", f"list:{match.entry.name}")
        for match in matches
        if match.entry.kind == "event" and used.isdisjoint(range(match.first, match.last))
    ]
    return sorted([*made, *events], key=lambda naming: naming.first)


def _nested(made: list[Naming], matches: list[Match], tokens: Tokens) -> list[Naming]:
    """Listed names inside longer ones: "Kabul" in "University of Kabul", no town in "Leon Orsan"."""
    covered = {at for naming in made if naming.kind != "person" for at in range(naming.first, naming.last)}
    spans = {(naming.first, naming.last) for naming in made}
    return [
        replace(
            _naming(tokens, match.first, match.last, match.entry.kind, f"list:{match.entry.name}"),
            adjective=match.entry.adjective,
            head=False,
        )
        for match in matches
        if match.first in covered and (match.first, match.last) not in spans and match.entry.sure
    ]


def _works(made: list[Naming], tokens: Tokens) -> list[Naming]:
    """Works in quotation marks; names inside a title become nested mentions of it."""
    works = quoted_works(tokens)
    titles = {at for work in works for at in range(work.first, work.last)}
    for naming in made:
        if naming.first in titles and naming.last - 1 in titles:
            naming.head = False
    return works


def _acronyms_apply(reading: Reading) -> None:
    """An acronym that the text defines has its long name's kind, wherever it stands."""
    text = reading.document.text
    kinds = {short: long.kind for long, short in acronyms(reading)}
    for naming in reading.namings:
        kind = kinds.get(text[naming.start : naming.end])
        if kind is not None and naming.form == "name":
            naming.kind = kind
