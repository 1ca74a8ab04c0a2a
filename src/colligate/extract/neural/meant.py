"""Pronouns and descriptions that the rules leave open, and whom the model takes them for.

The rules give a pronoun an actor where one stands out; the others are made candidates here, judged with all
other mentions, and given the actor of the earlier mention that the model is surest of - or left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from colligate.extract.base import Naming, Reading
from colligate.extract.insertion import clusters_fill, insert_namings
from colligate.extract.neural.mentions import Seen
from colligate.extract.pronouns import rules

NOMINAL = 0.5  # a description counts from here on
SURE = 0.5  # a mention is given an actor from here on
OVERRULED = 0.8  # and against the rules' choice from here on, where they have less than DOUBTED
DOUBTED = 0.2
LONGEST = 8  # tokens of a description
_SOURCE = "model:open"


def open_mentions(reading: Reading, seen: Seen) -> None:
    """Adds what the rules left open: pronouns, and descriptions that the model finds, without a cluster."""
    known = rules()
    pronouns = dict.fromkeys(known.person, "person")
    for word in (*known.thing, *known.plural, *known.relative):
        pronouns.setdefault(word, "organisation")
    for word in ("who", "whom"):
        pronouns[word] = "person"
    tokens = reading.tokens
    covered = {token for naming in reading.namings for token in range(naming.first, naming.last)}
    made = [
        Naming(at, at + 1, tokens.start[at], tokens.end[at], pronouns[word], "pronoun", source=_SOURCE)
        for at, word in enumerate(tokens.lower)
        if word in pronouns and at not in covered
    ]
    by_start = {start: at for at, start in enumerate(tokens.start)}
    by_end = {end: at for at, end in enumerate(tokens.end)}
    edges = {(naming.first, naming.last - 1) for naming in reading.namings}
    over: dict[int, list[tuple[int, int]]] = {}
    for edge in sorted(edges):
        for token in range(edge[0], edge[1] + 1):
            over.setdefault(token, []).append(edge)
    taken: set[int] = set()
    for window, found in zip(seen.windows, seen.nominals, strict=True):
        for first, last, kind, score in sorted(found, key=lambda span: -span[3]):
            if score < NOMINAL:
                break
            one = by_start.get(int(window.starts[first]))
            two = by_end.get(int(window.ends[last]))
            if one is None or two is None or two - one >= LONGEST or (one, two) in edges:
                continue
            # A name may stand inside a description ("rebels in Telm"), but neither cuts the other in two,
            # and of two descriptions the surer one stays.
            across = {edge for token in range(one, two + 1) for edge in over.get(token, ())}
            if any(not (one <= edge[0] and edge[1] <= two) for edge in across):
                continue
            if any(token in taken for token in range(one, two + 1)):
                continue
            taken.update(range(one, two + 1))
            place = tokens.start[one], tokens.end[two]
            made.append(Naming(one, two + 1, *place, kind, "nominal", source=_SOURCE, sure=score))
    insert_namings(reading, made)


def give_meanings(reading: Reading, same: Mapping[tuple[int, int], float]) -> None:
    """Gives open mentions the actor of their surest antecedent.

    ``same`` holds (earlier naming, later naming) with the model's probability that they are one actor.
    """
    before: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for (one, other), score in same.items():
        before[other].append((one, score))
        before[one].append((other, score))
    namings = reading.namings
    for index, naming in enumerate(namings):
        if naming.form == "name":
            continue
        opened = naming.source == _SOURCE
        votes: dict[int, float] = {}
        for other, score in before.get(index, ()):
            cluster = namings[other].cluster
            if cluster >= 0 and (other < index or namings[other].form == "name"):
                votes[cluster] = max(votes.get(cluster, 0.0), score)
        if not votes:
            continue
        best = max(votes, key=lambda cluster: (votes[cluster], -cluster))
        if (opened and votes[best] >= SURE) or (
            not opened
            and naming.form == "pronoun"
            and not naming.also
            and best != naming.cluster
            and votes[best] >= OVERRULED
            and votes.get(naming.cluster, 0.0) < DOUBTED
        ):
            _give(reading, index, best)
            if opened:
                naming.sure *= votes[best]


def drop_open(reading: Reading) -> None:
    """Takes out the mentions that stayed open, and enters the others with their clusters."""
    reading.namings = [n for n in reading.namings if n.cluster >= 0 or n.source != _SOURCE]
    clusters_fill(reading)


def _give(reading: Reading, index: int, cluster: int) -> None:
    naming = reading.namings[index]
    naming.cluster = cluster
    naming.kind = reading.clusters[cluster].kind
