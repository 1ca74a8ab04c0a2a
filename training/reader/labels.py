"""What the heads tell apart, in the order in which the weights hold it. The manifest keeps these lists."""

from __future__ import annotations

from colligate.vocabulary import Vocabulary, load

KINDS = ("person", "organisation", "community", "place", "work", "event")
FORMS = ("name", "nominal", "pronoun")
NOMINAL_KINDS = ("person", "organisation", "community", "place")
# Spans that the mention head finds: names of six kinds, descriptions of four, triggers of thirteen events.
NAME_CLASSES = tuple(f"name:{kind}" for kind in KINDS)
NOMINAL_CLASSES = tuple(f"nominal:{kind}" for kind in NOMINAL_KINDS)
# In a pair, a trigger stands where a mention of this kind would.
TRIGGER = len(KINDS)
WIDEST = 20  # pieces; the longest name that is found


def span_classes(vocabulary: Vocabulary | None = None) -> tuple[str, ...]:
    """All classes of spans: names, descriptions, triggers."""
    events = (vocabulary or load()).events
    return (*NAME_CLASSES, *NOMINAL_CLASSES, *(f"trigger:{name}" for name in events))


def role_names(vocabulary: Vocabulary | None = None) -> tuple[str, ...]:
    """Every role of any event, in the vocabulary's order."""
    roles: dict[str, None] = {}
    for event in (vocabulary or load()).events.values():
        roles.update(dict.fromkeys(event.roles))
    return tuple(roles)
