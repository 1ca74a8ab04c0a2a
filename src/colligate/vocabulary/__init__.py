"""Entity kinds, ties, events, stances as data. ``armed-groups.yaml`` is the default pack."""

from colligate.vocabulary.vocabulary import EventType, TieType, Vocabulary, load

__all__ = ["EventType", "TieType", "Vocabulary", "load"]
