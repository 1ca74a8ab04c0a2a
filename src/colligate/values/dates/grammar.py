"""A run of date words -> the dates in it, still without context.

The forms of each group rewrite the run: words that make a date become one private character, so that
later groups see "since <date>" and "from <date> to <date>". The result depends on the words alone and
is cached: reports say "in 2003" very often.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from colligate.values.dates.makers import MAKERS, sharing
from colligate.values.dates.nodes import Node
from colligate.values.dates.relative import Same, Step
from colligate.values.dates.rules import DATED, YEARLESS, YEARREF, Form, Group, rules

_SPOILED = "*"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words ``first`` to ``last`` (exclusive) of a run make ``node``; ``form`` is the last maker's name."""

    first: int
    last: int
    node: Node
    form: str
    bare: bool = False


@lru_cache(maxsize=8192)
def phrases(words: tuple[str, ...]) -> tuple[Phrase, ...]:
    """The dates in a run of lower-case words, in order, none inside another.

    ``bare`` ones ("March" with nothing before it) are kept for callers that know it is a date.
    """
    run = _Run(words)
    groups = rules().groups
    run.rewrite(groups["calendar"], spoils=True)
    run.rewrite(groups["relative"], spoils=True)
    run.rewrite(groups["bare"], bare=True)
    while run.rewrite(groups["modified"]):
        pass
    run.share_years()
    while run.rewrite(groups["ranges"]):
        pass
    run.rewrite(groups["open"])
    return tuple(item for item in run.items if isinstance(item, Phrase))


class _Run:
    """The words and the dates made of them so far, one item each."""

    def __init__(self, words: tuple[str, ...]) -> None:
        self.items: list[str | Phrase] = list(words)

    def rewrite(self, group: Group, *, bare: bool = False, spoils: bool = False) -> bool:
        """Turns every place that a form of ``group`` fits into a date. True when one did.

        ``spoils``: words of a form that make no date are out for good.
        """
        changed = False
        text, phrases_at = self._text()
        at = 0
        while found := group.search.search(text, at):
            form = group.forms[int((found.lastgroup or "f0")[1:])]
            first = text.count(" ", 0, found.start())
            last = first + found.group().count(" ")
            node = _make(form, text, found, phrases_at)
            if node is None:
                # 30 February is no date at all, and no "February" either: its words make nothing more.
                if spoils:
                    self.items[first:last] = [_SPOILED] * (last - first)
                    text, phrases_at = self._text()
                at = text.index(" ", found.start()) + 1
                continue
            begin, end = self._span(first, last)
            self.items[first:last] = [Phrase(begin, end, node, form.makes, bare or form.makes == "then")]
            changed = True
            at = found.start() + 2  # past the one character that now stands there, and its blank
            text, phrases_at = self._text()
        return changed

    def share_years(self) -> None:
        """ "In January and March 2012": the first takes the year of the second."""
        for index in range(len(self.items) - 2):
            low, word, high = self.items[index : index + 3]
            if isinstance(low, Phrase) and isinstance(high, Phrase) and word in ("and", ",", "or"):
                a, b = sharing(low.node, high.node)
                self.items[index] = Phrase(low.first, low.last, a, low.form, low.bare and a.yearless)
                self.items[index + 2] = Phrase(high.first, high.last, b, high.form, high.bare and b.yearless)

    def _text(self) -> tuple[str, dict[str, Node]]:
        nodes: dict[str, Node] = {}
        shown = []
        for index, item in enumerate(self.items):
            if isinstance(item, Phrase):
                base = YEARLESS if item.node.yearless else YEARREF if _is_yearref(item.node) else DATED
                mark = chr(base + index)
                nodes[mark] = item.node
                shown.append(mark)
            else:
                shown.append(item)
        return " ".join(shown) + " ", nodes

    def _span(self, first: int, last: int) -> tuple[int, int]:
        """Word positions of the items ``first`` to ``last``."""
        begin = sum(item.last - item.first if isinstance(item, Phrase) else 1 for item in self.items[:first])
        length = sum(
            item.last - item.first if isinstance(item, Phrase) else 1 for item in self.items[first:last]
        )
        return begin, begin + length


def _make(form: Form, text: str, found: re.Match[str], nodes: dict[str, Node]) -> Node | None:
    matched = form.pattern.match(text, found.start())
    if matched is None:
        return None
    words = {name: word.strip() for name, word in matched.groupdict().items() if word is not None}
    dates = {name: nodes[word] for name, word in words.items() if word in nodes}
    words[""] = matched.group().strip()
    return MAKERS[form.makes](words, dates)


def _is_yearref(node: Node) -> bool:
    return (isinstance(node, Same) and node.unit == "year" and not node.half) or (
        isinstance(node, Step) and node.what == "year"
    )
