"""A reading's clusters as actors and its namings as parties: one book for every stage that makes claims."""

from __future__ import annotations

from bisect import bisect_left

from colligate.extract.base import Naming, Reading
from colligate.model import Actor, Evidence, Mention, Party

# A claim shows its own words first, then at most this many places where a pronoun's name stands.
MOST_EVIDENCE = 2


class ActorBook:
    """Makes each cluster's actor once. The clusters must be final."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._actors: dict[int, Actor] = {}
        self._names: dict[int, list[Naming]] = {}

    def actor(self, cluster: int) -> Actor:
        """The actor of a cluster."""
        actor = self._actors.get(cluster)
        if actor is None:
            held = self.reading.clusters[cluster]
            actor = Actor.of(
                document=self.reading.document.id, kind=held.kind, name=held.name,
                aliases=tuple(sorted(set(held.aliases))),
            )  # fmt: skip
            self._actors[cluster] = actor
        return actor

    def clusters(self) -> dict[str, int]:
        """Each actor's id with its cluster."""
        return {self.actor(cluster.index).id: cluster.index for cluster in self.reading.clusters}

    def party(self, naming: Naming, cluster: int = -1) -> Party:
        """The party that a naming makes; ``cluster`` chooses one of several behind a plural."""
        quote = self.reading.document.text[naming.start : naming.end]
        return Party(
            self.actor(naming.cluster if cluster < 0 else cluster),
            Mention(naming.start, naming.end, quote, naming.form),
        )

    def speaker(self, index: int) -> tuple[str, str]:
        """Id and name of the actor behind a naming's index, ("", "") where it has none."""
        cluster = self.reading.namings[index].cluster
        if cluster < 0:
            return ("", "")
        actor = self.actor(cluster)
        return (actor.id, actor.name)

    def evidence(self, start: int, end: int, ends: list[Naming]) -> tuple[Evidence, ...]:
        """The characters ``start``-``end``, then where the pronouns and descriptions among ``ends`` got
        their names."""
        document = self.reading.document
        found = [Evidence.of(document, start, end)]
        for naming in ends:
            if naming.form == "name" or len(found) > MOST_EVIDENCE:
                continue
            named = self._named_before(naming)
            if named is not None and not start <= named.start < end:
                found.append(Evidence.of(document, named.start, named.end))
        return tuple(dict.fromkeys(found))

    def _named_before(self, naming: Naming) -> Naming | None:
        """The last mention by name of the same actor before a pronoun or a description."""
        names = self._names.get(naming.cluster)
        if names is None:
            members = self.reading.clusters[naming.cluster].namings
            names = [n for n in map(self.reading.namings.__getitem__, members) if n.form == "name"]
            self._names[naming.cluster] = names
        at = bisect_left(names, naming.start, key=lambda name: name.start)
        return names[at - 1] if at else None
