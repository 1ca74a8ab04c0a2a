"""What a language model is told: the rules of ``prompt.md``, the vocabulary, and one chunk of a document."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from colligate.extract.llm.chunks import Chunk
from colligate.extract.llm.plain import shown_text
from colligate.extract.llm.schema import SOURCE_KINDS
from colligate.model import Document
from colligate.vocabulary import Vocabulary

_LONGEST_TITLE = 200


def system_text(vocabulary: Vocabulary) -> str:
    """The rules and the vocabulary. Holds nothing of any document."""
    order = list(vocabulary.entity_kinds)
    parts = [_rules(), "\nKinds of actor:"]
    parts += [f"- {name}: {means}" for name, means in vocabulary.entity_kinds.items()]
    parts.append("\nTies (type: subject -> object; meaning):")
    for tie in vocabulary.ties.values():
        ends = (", ".join(sorted(kinds, key=order.index)) for kinds in (tie.subjects, tie.objects))
        arrow = " <-> " if tie.symmetric else " -> "
        parts.append(f"- {tie.name}: {arrow.join(ends)}; {tie.means}")
    parts.append("\nEvents (type: roles; meaning):")
    for event in vocabulary.events.values():
        means = f"; {event.means}" if event.means else ""
        parts.append(f"- {event.name}: {', '.join(event.roles)}{means}")
    parts.append("\nStances:")
    parts += [f"- {name}: {means}" for name, means in vocabulary.stances.items()]
    parts.append(f"\nOutcomes: {', '.join(vocabulary.outcomes)}")
    parts.append(f"Kinds of source: {', '.join(SOURCE_KINDS)}")
    return "\n".join(parts)


def messages(system: str, document: Document, chunk: Chunk) -> list[dict[str, str]]:
    """The two messages of one request. The document's words are in the second only, each line of them
    behind a number of ours."""
    title = shown_text(document.title)[:_LONGEST_TITLE]
    heading = f"[title] {title}\n" if title else ""
    return [
        {"role": "system", "content": system},
        {"role": "user", "content": heading + chunk.shown()},
    ]


@lru_cache(maxsize=1)
def _rules() -> str:
    return (files("colligate.extract.llm") / "prompt.md").read_text(encoding="utf-8").strip()
