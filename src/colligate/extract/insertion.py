"""Adds mentions to a reading and keeps its lists in order."""

from __future__ import annotations

from colligate.extract.base import Naming, Reading


def insert_namings(reading: Reading, made: list[Naming]) -> None:
    """Puts ``made`` among the namings, in order of the text, and in their clusters; indexes are renewed.

    Speeches, which hold indexes of namings, must come after the stages that insert.
    """
    if not made:
        return
    reading.namings = sorted([*reading.namings, *made], key=lambda naming: (naming.start, -naming.end))
    clusters_fill(reading)


def clusters_fill(reading: Reading) -> None:
    """Enters every naming with its cluster anew."""
    for cluster in reading.clusters:
        cluster.namings.clear()
    for at, naming in enumerate(reading.namings):
        if naming.cluster >= 0:
            reading.clusters[naming.cluster].namings.append(at)


def namings_by_sentence(reading: Reading) -> list[list[int]]:
    """For each sentence the indexes of the namings that begin in it."""
    found: list[list[int]] = [[] for _ in reading.sentences]
    at, last = 0, len(reading.sentences) - 1
    for index, naming in enumerate(reading.namings):
        while at < last and reading.sentences[at + 1].start <= naming.start:
            at += 1
        if found:
            found[at].append(index)
    return found
