"""Who says so: the chain that a model proposes, each link of which must stand in the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from colligate.extract.attribution import attribution_for, attributions
from colligate.extract.base import Reading
from colligate.extract.llm.ends import EndFinder
from colligate.extract.llm.locate import Found, Passage
from colligate.model import Attribution

MOST_LINKS = 5


def chain_of(
    reading: Reading,
    proposed: Sequence[Mapping[str, Any]],
    ends: EndFinder,
    passage: Passage,
    quote: Found,
) -> tuple[Attribution, ...] | None:
    """The chain, outermost first; None when a link is not in the text: without it the claim would be told
    in another's voice. Where the model names no source, the speeches that the reading found count."""
    if not proposed:
        return _of_reading(reading, ends, quote)
    if len(proposed) > MOST_LINKS:
        return None
    chain: list[Attribution] = []
    for link in proposed:
        found = passage.find(link["name"], near=quote.start)
        if found is None:
            return None
        cue = passage.find(link["cue"], near=found.start)
        said = " ".join(reading.document.text[found.start : found.end].split())
        words = "" if cue is None else " ".join(reading.document.text[cue.start : cue.end].split())
        naming = ends.naming_at(found.start, found.end)
        if naming is not None and naming.form == "name":
            actor = ends.actor(naming.cluster)
            chain.append(Attribution(actor.name, words, link["source_kind"], actor.id))
        else:
            chain.append(Attribution(said, words, link["source_kind"]))
    return tuple(chain)


def _of_reading(reading: Reading, ends: EndFinder, quote: Found) -> tuple[Attribution, ...]:
    def speaker(number: int) -> tuple[str, str]:
        cluster = reading.namings[number].cluster
        if cluster < 0:
            return ("", "")
        actor = ends.actor(cluster)
        return (actor.id, actor.name)

    return attributions(attribution_for(reading, quote.start, quote.end), speaker)
