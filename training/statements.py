"""The lines that made texts and notes have in common: a tie, an event, their options."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod

from colligate.values.dates import parse_edtf
from colligate.vocabulary import Vocabulary
from training.reader.sample import Happened, Stated

KINDS = {"p": "person", "g": "organisation", "c": "community", "l": "place", "w": "work", "e": "event"}
STANCES = ("asserted", "alleged", "claimed", "denied", "planned")
LEVELS = ("explicit", "coreference", "inferred")
IDS = re.compile(r"[pgclwe]\d+(?:\+[pgclwe]\d+)*\Z")
OPTION = re.compile(r"(\w+)=(\S+)")
TIE_OPTIONS = frozenset({"when", "stance", "by", "level"})
EVENT_OPTIONS = TIE_OPTIONS | {"outcome", "killed", "wounded"}


class Statements(ABC):
    """Reads ties and events. What is wrong raises ValueError or ColligateError."""

    vocabulary: Vocabulary

    @abstractmethod
    def place(self, words: str) -> tuple[int, int]:
        """Where the words stand in the text."""

    @abstractmethod
    def ids(self, words: str) -> tuple[str, ...]:
        """The actors of "p1" or "p1+p2", each of them known."""

    def tie(self, parts: list[str]) -> Stated:
        """``TYPE SUBJECT OBJECT | words | options``."""
        head = parts[0].split()
        if len(head) != 3 or len(parts) not in (2, 3):
            raise ValueError("a tie is '= TYPE SUBJECT OBJECT | words | options'")
        tie = self.vocabulary.ties.get(head[0])
        if tie is None:
            raise ValueError(f"no tie {head[0]}")
        (subject,), (target,) = self.ids(head[1]), self.ids(head[2])
        if subject == target or not tie.allows(KINDS[subject[0]], KINDS[target[0]]):
            raise ValueError(f"{head[0]} does not join {KINDS[subject[0]]} to {KINDS[target[0]]}")
        options = self._options(parts[2] if len(parts) > 2 else "")
        unknown = set(options) - TIE_OPTIONS
        if unknown:
            raise ValueError(f"a tie has no option {sorted(unknown)}")
        return Stated(
            head[0], subject, target, *self.place(parts[1]), options.get("when", ""),
            options.get("stance", "asserted"), self._chain(options.get("by", "")),
        )  # fmt: skip

    def event(self, parts: list[str]) -> Happened:
        """``TYPE | trigger | ROLE=ID ROLE=ID,ID options``."""
        if len(parts) not in (2, 3):
            raise ValueError("an event is '! TYPE | trigger | ROLE=ID ... options'")
        kind = self.vocabulary.events.get(parts[0])
        if kind is None:
            raise ValueError(f"no event {parts[0]}")
        options = self._options(parts[2] if len(parts) > 2 else "")
        roles = []
        for name in list(options):
            if name in kind.roles:
                roles.append((name, tuple(i for one in options.pop(name).split(",") for i in self.ids(one))))
        if options.get("outcome", "unknown") not in self.vocabulary.outcomes:
            raise ValueError(f"no outcome {options['outcome']}")
        unknown = set(options) - EVENT_OPTIONS
        if unknown:
            raise ValueError(f"{parts[0]} has no role or option {sorted(unknown)}")
        return Happened(
            parts[0], tuple(roles), *self.place(parts[1]), True, options.get("when", ""),
            options.get("stance", "asserted"), self._chain(options.get("by", "")),
            options.get("outcome", "carried_out"),
        )  # fmt: skip

    def _options(self, words: str) -> dict[str, str]:
        options = dict(OPTION.findall(words))
        left = OPTION.sub("", words).strip()
        if left:
            raise ValueError(f"{left!r} is no option")
        if options.get("stance", STANCES[0]) not in STANCES:
            raise ValueError(f"no stance {options['stance']}")
        if options.get("level", LEVELS[0]) not in LEVELS:
            raise ValueError(f"no level {options['level']}")
        if "when" in options and parse_edtf(options["when"]) is None:
            raise ValueError(f"{options['when']} is no EDTF that the program reads")
        return options

    def _chain(self, words: str) -> tuple[str, ...]:
        chain = tuple(part.replace("_", " ") for part in words.split(">")) if words else ()
        for name in chain:
            if IDS.match(name):
                self.ids(name)
        return chain
