"""An end as a model proposes it -> the actor of this document, and the words that stand for it there.

The words decide, not the model: where the reading knows who is named at this place, that is who it is.
Only for a pronoun or a description does the model's word on who is meant count, and only if the
document names that actor.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from colligate.extract.base import Naming, Reading
from colligate.extract.llm.locate import Found, Passage
from colligate.extract.llm.tally import Drop
from colligate.extract.llm.wording import new_name, pointing_form, without_possessive
from colligate.model import Actor, Evidence, Mention, Party
from colligate.values import names

# Doubts about one end; they multiply. A pronoun may be another's, a new actor may be no actor.
POINTED, NEW = 0.9, 0.85


@dataclass(frozen=True, slots=True)
class End:
    """An end that stands in the text. ``named`` is where its name stands, when the mention is no name."""

    party: Party
    weight: float = 1.0
    named: Evidence | None = None


class EndFinder:
    """Finds the ends in one reading. Every mention that it gives is the document's text at its place."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._order = sorted(range(len(reading.namings)), key=lambda n: reading.namings[n].start)
        self._starts = [reading.namings[number].start for number in self._order]
        self._longest = max((naming.end - naming.start for naming in reading.namings), default=0)
        self._called: dict[str, list[int]] = {}
        for cluster in reading.clusters:
            for name in {cluster.name, *cluster.aliases}:
                self._called.setdefault(names.fold(name), []).append(cluster.index)

    def end(self, proposed: Mapping[str, Any], passage: Passage, quote: Found) -> End | Drop:
        """The end whose ``mention`` stands in the quote, or why it is none."""
        mention = passage.find(proposed["mention"], start=quote.start, end=quote.end)
        if mention is None:
            return Drop.END
        mention = without_possessive(self._reading.document.text, mention)
        kind, name = proposed["kind"], proposed["name"]
        naming = self.naming_at(mention.start, mention.end, kind)
        if naming is not None and naming.form == "name":
            if quote.start <= naming.start and naming.end <= quote.end:
                return End(self._party(naming.cluster, naming.start, naming.end, "name"))
            return End(self._party(naming.cluster, mention.start, mention.end, "name"))
        said = self._reading.document.text[mention.start : mention.end]
        if naming is None:
            new = self._new_name(mention)
            if new is not None:
                return self._by_name(new, kind, name, passage)
        form = naming.form if naming is not None else pointing_form(said)
        if not form:
            return Drop.NAMELESS
        cluster = self._cluster_called(name, kind)
        if cluster < 0 and naming is not None:
            cluster = naming.cluster
        if cluster >= 0:
            party = self._party(cluster, mention.start, mention.end, form)
            return End(party, POINTED, self._named(cluster, quote))
        found = passage.find(name, near=mention.start)
        named = None if found is None else self._new_name(found)
        if named is None:
            return Drop.NAMELESS
        party = Party(self._new(named, kind), self._mention(mention.start, mention.end, form))
        evidence = Evidence.of(self._reading.document, named.start, named.end)
        return End(party, POINTED * NEW, evidence)

    def naming_at(self, start: int, end: int, kind: str = "") -> Naming | None:
        """The mention of a known actor at these characters: just there, else the one of this kind with
        which they end, in which they lie, or which alone lies in them. None when there is none."""
        near = [naming for naming in self._near(start, end) if naming.cluster >= 0]
        just = [naming for naming in near if (naming.start, naming.end) == (start, end)]
        if just:
            return next((naming for naming in just if naming.kind == kind), just[0])
        alike = [naming for naming in near if not kind or naming.kind == kind]
        for fitting in (
            [n for n in alike if start <= n.start and n.end == end],
            [n for n in alike if n.start <= start and end <= n.end and n.head],
        ):
            if fitting:
                return max(fitting, key=lambda n: n.end - n.start)
        inside = [n for n in alike if start <= n.start and n.end <= end and n.head and n.form == "name"]
        return inside[0] if len({n.cluster for n in inside}) == 1 else None

    def actor(self, cluster: int) -> Actor:
        found = self._reading.clusters[cluster]
        return Actor.of(
            document=self._reading.document.id,
            kind=found.kind,
            name=found.name,
            aliases=tuple(sorted(set(found.aliases))),
        )

    def _by_name(self, mention: Found, kind: str, name: str, passage: Passage) -> End:
        """A name that the reading has not found: another form of a known one, or somebody new."""
        said = self._reading.document.text[mention.start : mention.end]
        cluster = self._cluster_called(said, kind)
        shared = set(names.fold(said).split()) & set(names.fold(name).split())
        if cluster < 0 and shared:
            cluster = self._cluster_called(name, kind)
        if cluster >= 0:
            return End(self._party(cluster, mention.start, mention.end, "name"), NEW)
        found = passage.find(name, near=mention.start) if shared else None
        fuller = None if found is None else self._new_name(found)
        party = Party(self._new(fuller or mention, kind), self._mention(mention.start, mention.end, "name"))
        return End(party, NEW)

    def _new_name(self, found: Found) -> Found | None:
        """The name at this place, if it can be one and is no part of a name that the reading knows."""
        named = new_name(self._reading.document.text, found)
        if named is None:
            return None
        for when in self._reading.dates:
            apart = when.end <= named.start or named.end <= when.start
            if not apart and not (named.start < when.start or when.end < named.end):
                return None  # "May 1994" has a capital, too
        for naming in self._near(named.start, named.end):
            whole = named.start <= naming.start and naming.end <= named.end
            if naming.form == "name" and naming.cluster >= 0 and not whole:
                return None
        return named

    def _near(self, start: int, end: int) -> Iterator[Naming]:
        low = bisect_left(self._starts, start - self._longest)
        for at in range(low, bisect_right(self._starts, end)):
            naming = self._reading.namings[self._order[at]]
            if naming.start < end and start < naming.end:
                yield naming

    def _cluster_called(self, name: str, kind: str) -> int:
        """The one actor of this kind that the document calls so; -1 when there is none, or two."""
        called = {n for n in self._called.get(names.fold(name), ()) if self._reading.clusters[n].kind == kind}
        return called.pop() if len(called) == 1 else -1

    def _named(self, cluster: int, quote: Found) -> Evidence | None:
        """Where the actor is named last before the quote ends, unless that is in the quote itself."""
        places = [self._reading.namings[number] for number in self._reading.clusters[cluster].namings]
        named = [naming for naming in places if naming.form == "name" and naming.start < quote.end]
        last = max(named, key=lambda naming: naming.start, default=None)
        if last is None or last.start >= quote.start:
            return None
        return Evidence.of(self._reading.document, last.start, last.end)

    def _party(self, cluster: int, start: int, end: int, form: str) -> Party:
        return Party(self.actor(cluster), self._mention(start, end, form))

    def _mention(self, start: int, end: int, form: str) -> Mention:
        return Mention(start, end, self._reading.document.text[start:end], form)

    def _new(self, found: Found, kind: str) -> Actor:
        document = self._reading.document
        name = " ".join(document.text[found.start : found.end].split())
        return Actor.of(document=document.id, kind=kind, name=name)
