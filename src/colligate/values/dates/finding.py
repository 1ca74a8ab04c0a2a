"""Text -> dates: every date of a document, in order, each resolved against what stands before it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection
from dataclasses import dataclass

from colligate.model import When
from colligate.values.dates.grammar import Phrase, phrases
from colligate.values.dates.interchange import period_of
from colligate.values.dates.nodes import Calendar, Context, Node, Open, Resolved, opened
from colligate.values.dates.period import Period
from colligate.values.dates.relative import Same, Shift, Step, Then
from colligate.values.dates.rules import rules
from colligate.values.dates.words import Run, TokenLists, cut, runs

# How far back, in characters, a date may stand that later words point to.
_NEAR = 900  # "two months later", "that year"
_FAR = 6000  # the year of "in March": told once, it holds for pages


_COUNTED = ("earlier", "later", "previous", "next")
_SENTENCE_ENDS = (".", "!", "?", "”", '"', ":")
# After these a date is no qualifier of a noun: "in the 1998 and 1999 campaigns" is left as it stands.
_AFTER_DATE = frozenset(
    [
        "and",
        "or",
        "to",
        "in",
        "at",
        "by",
        "with",
        "on",
        "when",
        "that",
        "which",
        "as",
        "for",
        "from",
        "until",
        "through",
        "but",
        "while",
        "after",
        "before",
        "he",
        "she",
        "they",
        "it",
        "the",
        "a",
        "an",
    ]
)


@dataclass(frozen=True, slots=True)
class _Anchor:
    period: Period
    quote: str
    start: int


def find_dates(
    text: str,
    *,
    tokens: TokenLists | None = None,
    document_date: When | None = None,
    breaks: Collection[int] = (),
) -> list[When]:
    """Every date of ``text`` that can be bounded, in order, each with its exact quote and characters.

    ``tokens``: the text's tokens as parallel lists, where the caller has them. ``document_date``: what
    "last year" counts from; without it such words give nothing. ``breaks``: characters at which blocks
    begin, which no date crosses (blank lines are breaks in any case).
    Words that point to a date which the text does not give ("recently", "that year" with no year
    before) give nothing. Never raises for any text.
    """
    tokens = cut(text) if tokens is None else tokens
    document = period_of(document_date) if document_date else None
    finder = _Finder(text, tokens, document, breaks=frozenset(breaks))
    for run in runs(text, tokens, frozenset(breaks)):
        finder.take(run)
    return finder.found


def parse(phrase: str, *, anchor: When | None = None) -> When | None:
    """The date that ``phrase`` says, None when it says none that can be bounded.

    ``anchor`` is what relative words ("a year later", "last May") count from. Where the phrase holds
    several dates the first counts; ``quote``, ``start`` and ``end`` say which words it rests on.
    """
    tokens = cut(phrase)
    period = period_of(anchor) if anchor else None
    finder = _Finder(phrase, tokens, period, bare=True)
    if anchor and period:
        finder.last = _Anchor(period, anchor.quote, 0)
    for run in runs(phrase, tokens, ()):
        finder.take(run)
    return finder.found[0] if finder.found else None


class _Finder:
    """Resolves the runs of one text in order; keeps the dates that later words may point to as it goes."""

    def __init__(
        self,
        text: str,
        tokens: TokenLists,
        document: Period | None,
        *,
        breaks: frozenset[int] = frozenset(),
        bare: bool = False,
    ) -> None:
        self.text = text
        self.lower, self.start, self.end = tokens.lower, tokens.start, tokens.end
        self.document = document
        self.breaks = sorted(breaks)
        self.bare = bare
        self.last: _Anchor | None = None  # the last date told
        self.lead: _Anchor | None = None  # the last one that begins a sentence: the thread of the story
        self.story: _Anchor | None = (
            None  # the last one that is no look back: "had left in 2001", "until 1997"
        )
        self.found: list[When] = []

    def take(self, run: Run) -> None:
        """Adds the dates of ``run``."""
        for phrase in phrases(run.words):
            first, last = run.tokens[phrase.first], run.tokens[phrase.last - 1]
            if not self._stands(phrase, first, last):
                continue
            start, end = self.start[first], run.ends[phrase.last - 1]
            node = phrase.node
            if isinstance(node, Open) and phrase.form == "from" and self._dates_a_work(first):
                node = node.child
            noun = self._noun_of(run, phrase, last)
            if noun >= 0 and isinstance(node, Open) and node.kind in ("before", "after"):
                node = Open(node.kind + "_in", node.child)
            elif noun >= 0:
                first, start = noun, self.start[noun]
            anchor = self._anchor(node, start)
            resolved = self._resolve(node, anchor)
            if resolved is None:
                continue
            basis = resolved.basis
            if basis == "text" and anchor is not None:
                basis = f"text:{anchor.quote}"
            whole = (start, resolved)
            if noun < 0 and (phrase.form == "plain" or (first > 0 and self.lower[first - 1] == "of")):
                whole = self._reached(first, start, resolved)
            self._remember(resolved, first, start, end, open_=isinstance(node, Open) or whole[0] != start)
            start, resolved = whole
            quote = self.text[start:end]
            self.found.append(When(resolved.edtf, *resolved.bounds, quote, start, end, basis))

    def _noun_of(self, run: Run, phrase: Phrase, last: int) -> int:
        """The token of the date in "in the 1998 bombings", where it is the bombings' own; else -1."""
        after = self.lower[last + 1] if last + 1 < len(self.lower) else ""
        words = run.words[phrase.first : phrase.last]
        if not after[:1].isalpha() or after in _AFTER_DATE or "the" not in words:
            return -1
        at = len(words) - 1 - words[::-1].index("the") + 1
        table = rules()
        years = len(words[-1]) == 4 and words[-1].isdigit()
        if at < len(words) and years and (at == len(words) - 1 or words[at] in table.table("months")):
            return run.tokens[phrase.first + at]
        return -1

    def _stands(self, phrase: Phrase, first: int, last: int) -> bool:
        """Whether the words around leave it a date."""
        if phrase.bare and not (self.bare and first == 0):
            return False
        after = self.lower[last + 1] if last + 1 < len(self.lower) else ""
        before = self.lower[first - 1] if first else ""
        node: Node | None = phrase.node
        while node is not None and not isinstance(node, Calendar):
            node = getattr(node, "child", None)
        if isinstance(node, Calendar) and node.yearless:
            # "the fall of Kandahar", "the Prague Spring"
            if node.season and (after == "of" or self._capital(first - 1)):
                return False
            if node.day and self._in_name(before, first - 1, after, last + 1):
                return False
        if phrase.form in _COUNTED and self.lower[last] in ("before", "after", "prior", "on"):
            # "three days before the attack": counted from what follows, which carries no date.
            return not after[:1].isalnum() or after in ("and", "but", "in", "at", "when")
        named = after in rules().table("era_not_before")
        return not (named and self.lower[last] in ("9/11", "7/7", "attacks"))

    def _dates_a_work(self, first: int) -> bool:
        """ "A report from 2003" does not last from 2003 on."""
        return first > 0 and self.lower[first - 1] in rules().table("dated_works")

    def _capital(self, at: int) -> bool:
        return at > 0 and self.text[self.start[at]].isupper() and self.lower[at - 1] not in (".", "!", "?")

    def _in_name(self, before: str, at: int, after: str, next_at: int) -> bool:
        names = rules().table("dated_names")
        if after in names and self.text[self.start[next_at]].isupper():
            return True
        return before in names and self.text[self.start[at]].isupper()

    def _anchor(self, node: Node, start: int) -> _Anchor | None:
        """What relative words at ``start`` point to, None where nothing near enough is dated."""
        last = self.last
        if last is None:
            return None
        if _is_relative(node):
            return last if start - last.start <= _NEAR else None
        # The year of "in March": a date of the same paragraph, else of the thread; a date in passing
        # some paragraphs ago does not carry, nor does one that looks back from the story.
        if self.story is not None and self._past(last.start, start):
            last = self.story
        if self.lead is not None and not self._same_paragraph(last.start, start):
            last = self.lead
        return last if start - last.start <= _FAR else None

    def _same_paragraph(self, low: int, high: int) -> bool:
        if bisect_right(self.breaks, low) != bisect_right(self.breaks, high):
            return False
        return "\n\n" not in self.text[low:high]

    def _resolve(self, node: Node, anchor: _Anchor | None) -> Resolved | None:
        try:
            return node.resolve(Context(anchor.period if anchor else None, self.document))
        except (ValueError, OverflowError):  # past the calendar's last year, or before its first
            return None

    def _past(self, low: int, high: int) -> bool:
        """Whether the clause of the date at ``low`` is over before ``high``."""
        return any(mark in self.text[low:high] for mark in ",;.:?!")

    def _looks_back(self, first: int) -> bool:
        """ "Who had defected in 2001": the past perfect tells what was before the story."""
        for at in range(first - 1, max(first - 10, -1), -1):
            if self.lower[at] in _SENTENCE_ENDS or self.lower[at] in (",", ";"):
                return False
            if self.lower[at] == "had":
                return True
        return False

    def _remember(self, resolved: Resolved, first: int, start: int, end: int, *, open_: bool) -> None:
        """Makes it a date that later words can point to, unless it is an aside."""
        if resolved.basis.startswith("era:") or resolved.basis == "document":
            return
        if not resolved.period.finer_than_decade or self._bracketed(first):
            return
        self.last = _Anchor(resolved.period, self.text[start:end], start)
        if not open_ and not self._looks_back(first):
            self.story = self.last
        if (
            first == 0
            or self.lower[first - 1] in _SENTENCE_ENDS
            or not self._same_paragraph(self.start[first - 1], start)
        ):
            self.lead = self.last

    def _bracketed(self, first: int) -> bool:
        for at in range(first - 1, max(first - 12, -1), -1):
            if self.lower[at] in (")", "]", "."):
                return False
            if self.lower[at] in ("(", "["):
                return True
        return False

    def _reached(self, first: int, start: int, resolved: Resolved) -> tuple[int, Resolved]:
        """ "Until his arrest in 2003": a preposition a few words before opens the date."""
        reach, stops = rules().table("reach"), rules().table("reach_stops")
        for at in range(first - 1, max(first - 10, -1), -1):
            word = self.lower[at]
            kind = next((kind for kind, words in reach.items() if word in words), None)
            if kind is not None and first - at > 1:
                if word == "following" and at and self.lower[at - 1] == "the":
                    return start, resolved
                if at and self.lower[at - 1] == "not":
                    return start, resolved
                inner = opened(resolved, kind + "_in" if kind in ("before", "after") else kind)
                return self.start[at], inner
            if word in stops or not (word[0].isalnum() or word in ("'s", "-")):
                return start, resolved
        return start, resolved


def _is_relative(node: Node | None) -> bool:
    while node is not None:
        if isinstance(node, (Same, Shift, Step, Then)):
            return True
        node = getattr(node, "child", None) or getattr(node, "year", None)
        if not isinstance(node, Node):
            return False
    return False
