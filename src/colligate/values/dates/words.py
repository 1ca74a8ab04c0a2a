"""Which words of a text may belong to a date, and the runs of them around a word that starts one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from colligate.values.dates.rules import Rules, rules

_TOKEN = re.compile(r"\d+(?:[.,/]\d+)+|[^\W_]+|['’]s\b|\S")
_YEAR = re.compile(r"(?:1[4-9]|20)\d\d")
_FOOTED = re.compile(r"((?:1[5-9]|20)\d\d)[.,]\d{1,3}")  # "in April 1991.33": the mark of a footnote
_DAY_YEAR = re.compile(r"(?:[12]?\d|3[01]),(?:1[5-9]|20)\d\d")
_OTHER = re.compile(
    r"\d{1,2}(?:st|nd|rd|th)|(?:1[4-9]|20)\d0s|[3-9]0s|(?:1[4-9]|20)\d\d/(?:\d\d|\d{4})"
    r"|\d{1,2}([./])\d{1,2}\1\d{4}|9/11|7/7|26/11"
)
_DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2212")
_LEFT, _RIGHT = 14, 26


class TokenLists(Protocol):
    """Tokens as parallel lists; ``extract.base.Tokens`` is one."""

    @property
    def lower(self) -> list[str]: ...
    @property
    def start(self) -> list[int]: ...
    @property
    def end(self) -> list[int]: ...


@dataclass(slots=True)
class _Tokens:
    lower: list[str]
    start: list[int]
    end: list[int]


def cut(text: str) -> TokenLists:
    """Tokens for callers that have none."""
    matches = list(_TOKEN.finditer(text))
    lower = [match.group().casefold().replace("’", "'") for match in matches]
    return _Tokens(lower, [match.start() for match in matches], [match.end() for match in matches])


@dataclass(frozen=True, slots=True)
class Run:
    """Words of a date, normalised; word ``i`` is token ``tokens[i]`` and ends at character ``ends[i]``."""

    words: tuple[str, ...]
    tokens: tuple[int, ...]
    ends: tuple[int, ...]


def runs(text: str, tokens: TokenLists, breaks: Collection[int]) -> Iterator[Run]:
    """The runs of date words around words that start a date. Runs do not cross blank lines or ``breaks``,
    the characters at which blocks of the text begin."""
    cores = _cores()
    reader = _Reader(text, tokens, breaks)
    done = 0
    for at, word in enumerate(tokens.lower):
        if at < done or not (word in cores or ("0" <= word[0] <= "9" and len(word) > 4)):
            continue
        if word == "then" and (
            at == 0 or tokens.lower[at - 1] not in ("since", "until", "by", "before", "from")
        ):
            continue
        if reader.word(at) is None:
            continue
        first = at
        while first > done and at - first < _LEFT and reader.joined(first):
            if reader.word(first - 1):
                first -= 1
            elif first - 1 > done and reader.is_abbreviation_dot(first - 1):
                first -= 2
            else:
                break
        run, done = reader.run(first, at)
        yield run


@lru_cache(maxsize=1)
def _cores() -> frozenset[str]:
    return rules().cores


class _Reader:
    """Reads single tokens as date words, or finds that they are none."""

    def __init__(self, text: str, tokens: TokenLists, breaks: Collection[int]) -> None:
        self.text = text
        self.lower: Sequence[str] = tokens.lower
        self.start: Sequence[int] = tokens.start
        self.end: Sequence[int] = tokens.end
        self.breaks = breaks
        self.rules: Rules = rules()
        self.known = self.rules.words
        self.months = self.rules.raw["months"]
        self.weekdays = self.rules.raw["weekdays"]
        self.capital = _set("capital_only")
        self.ends_of_names = _set("ends_of_names")

    def joined(self, at: int) -> bool:
        """Whether token ``at`` continues the block of the token before it."""
        gap = self.text[self.end[at - 1] : self.start[at]]
        return not ("\n" in gap and gap.count("\n") > 1) and self.start[at] not in self.breaks

    def run(self, first: int, core: int) -> tuple[Run, int]:
        """The run that begins at token ``first`` and holds ``core``, and the token after it."""
        words: list[str] = []
        places: list[int] = []
        ends: list[int] = []
        at = first
        while at < len(self.lower) and at - core < _RIGHT and (at == first or self.joined(at)):
            word = self.word(at)
            if word is None and self.is_abbreviation_dot(at):
                ends[-1] = self.end[at]
                at += 1
                continue
            if word == "'":
                at += 1
                continue
            if word is None:
                break
            if word == "'s" and words and words[-1].isdigit() and len(words[-1]) == 4:  # the 1980's
                if words[-1][3] != "0":
                    break
                words[-1] += "s"
                ends[-1] = self.end[at]
                at += 1
                continue
            if _DAY_YEAR.fullmatch(word):  # "May 1,1972": one token, three words
                day, year = word.split(",")
                words += [day, ",", year]
                places += [at] * 3
                ends += [self.start[at] + len(day), self.start[at] + len(day) + 1, self.end[at]]
                at += 1
                continue
            words.append(word)
            places.append(at)
            footed = _FOOTED.fullmatch(self.lower[at])
            ends.append(self.start[at] + 4 if footed else self.end[at])
            at += 1
            if footed:
                break
        return Run(tuple(words), tuple(places), tuple(ends)), max(at, core + 1)

    def is_abbreviation_dot(self, at: int) -> bool:
        """The dot of "Sept. 11" and "c. 1948", not the end of a sentence."""
        if (
            self.lower[at] != "."
            or at == 0
            or at + 1 >= len(self.lower)
            or self.end[at - 1] != self.start[at]
        ):
            return False
        before, after = self.lower[at - 1], self.lower[at + 1]
        return (before in _set("month_abbreviations") or before in ("c", "ca")) and (
            after[0].isdigit() or after == ","
        )

    def _is_decade_apostrophe(self, at: int) -> bool:
        return (
            at + 1 < len(self.lower)
            and self.end[at] == self.start[at + 1]
            and len(self.lower[at + 1]) == 3
            and self.lower[at + 1].endswith("0s")
        )

    def word(self, at: int) -> str | None:
        """The token as a date's word, or None when it is none or a trap."""
        word = self.lower[at]
        if "0" <= word[0] <= "9":
            return self._number(at, word)
        if word in _DASHES:
            return "-"
        if word in ("'", "’", "‘"):
            return "'" if self._is_decade_apostrophe(at) else None
        if word not in self.known:
            return None
        if (word in self.months or word in self.weekdays) and not self._is_name_of_time(at, word):
            return None
        if word in self.ends_of_names and self._is_capital(at) and self._follows_capital(at):
            return None
        return word

    def _is_name_of_time(self, at: int, word: str) -> bool:
        if word not in self.capital:
            return True
        # "Theresa May", "the Long March": a capital word before takes these as its own.
        return self._is_capital(at) and not self._follows_capital(at)

    def _is_capital(self, at: int) -> bool:
        return self.text[self.start[at]].isupper()

    def _follows_capital(self, at: int) -> bool:
        """Whether a word with a capital that is none of a date stands right before."""
        return (
            at > 0 and self._is_capital(at - 1) and self.joined(at) and self.lower[at - 1] not in self.known
        )

    def _number(self, at: int, word: str) -> str | None:
        if len(word) <= 2:
            return None if self._counts_people(at) else word
        if _YEAR.fullmatch(word):
            return word if self._is_year(at) else None
        footed = _FOOTED.fullmatch(word)
        if footed:
            before = self.lower[at - 1] if at else ""
            ok = before in self.months or before in ("in", "since", "until", "by", "of", "early", "late", ",")
            return footed.group(1) if ok else None
        if _DAY_YEAR.fullmatch(word):
            return word if at and self.lower[at - 1] in self.months else None
        return word if _OTHER.fullmatch(word) else None

    def _counts_people(self, at: int) -> bool:
        """ "In March 20 fighters": the number goes with what follows, unless "on" stands before the month."""
        if at + 1 >= len(self.lower) or self.lower[at + 1] not in _set("counted"):
            return False
        return not (at >= 2 and self.lower[at - 1] in self.months and self.lower[at - 2] == "on")

    def _is_year(self, at: int) -> bool:
        lower, year = self.lower, int(self.lower[at])
        before = lower[at - 1] if at else ""
        after = lower[at + 1] if at + 1 < len(lower) else ""
        if before in _set("no_year_after") and not self._is_bound_word(at - 1):
            return False
        if before in ("and", "or", ",", "to") and at >= 3 and lower[at - 3] in _set("numbered_things"):
            return False
        if not self._hyphens_fit(at, before, after) or self._is_page(at):
            return False
        if (before.isdigit() and len(before) == 3) or (after.isdigit() and len(after) == 3):
            return False  # a telephone number
        if self._is_citation(at, before):
            return False
        return not self._is_count(at, year, before, after)

    def _is_page(self, at: int) -> bool:
        """ "Pages 1532–1543", "pp. 1535-1545": numbers of pages, up to the next comma."""
        for back in range(at - 1, max(at - 6, -1), -1):
            word = self.lower[back]
            if word in _set("pages"):
                return True
            dot = word == "." and back > 0 and self.lower[back - 1] in ("p", "pp")
            if not (dot or word in _DASHES or word.isdigit()):
                return False
        return False

    def _is_bound_word(self, at: int) -> bool:
        """ "No later than 1998", "since at least 1996" bound a time; "more than", "at least" a number."""
        back = self.lower[max(at - 2, 0) : at]
        if self.lower[at] == "than":
            return bool(back) and back[-1] in ("later", "earlier", "sooner")
        openers = ("since", "until", "till", "by", "from", "to")
        return self.lower[at] == "least" and len(back) == 2 and back[0] in openers

    def _is_count(self, at: int, year: int, before: str, after: str) -> bool:
        """ "2000 people", "1500 armed men", "between 1500 and 2000 people"."""
        lower, counted = self.lower, _set("counted")
        plausible = 1900 <= year < 2100 and year % 100 != 0
        if after in counted:
            return not (plausible and before in _set("year_before"))
        further = lower[at + 2] if at + 2 < len(lower) else ""
        if further in counted and after.isalpha() and after not in self.known:
            return not (plausible and before in _set("year_before"))
        if (after in ("and", "to", "or") or after in _DASHES) and at + 3 < len(lower):
            digits = further.replace(",", "")
            if digits.isdigit() and lower[at + 3] in counted:
                both = plausible and len(further) == 4 and int(digits) % 100 != 0
                return not (both and before in ("between", "from"))
        return False

    def _hyphens_fit(self, at: int, before: str, after: str) -> bool:
        """ "555-1986", "Mirage-2000" and "1999-555" are no years; "mid-1999" and "1996-2001" are."""
        lower = self.lower
        if (
            before in _DASHES
            and at >= 2
            and self.end[at - 1] == self.start[at]
            and self.end[at - 2] == self.start[at - 1]
        ):
            left = lower[at - 2]
            if left.isdigit():
                fits = _YEAR.fullmatch(left) or (
                    len(left) <= 2 and (at < 3 or lower[at - 3] in _DASHES or lower[at - 3] in self.months)
                )
            else:
                fits = left in self.known or _OTHER.fullmatch(left) is not None
            if not fits:
                return False
        if (
            after in _DASHES
            and at + 2 < len(lower)
            and self.start[at + 1] == self.end[at]
            and self.end[at + 1] == self.start[at + 2]
        ):
            right = lower[at + 2]
            if right.isdigit():
                return len(right) <= 2 or _YEAR.fullmatch(right) is not None
            return len(right) > 2 or right == "or"
        return True

    def _is_citation(self, at: int, before: str) -> bool:
        """ "(Tavlin 2011, 42)", "Tavlin (2011, 42)": the year of a book, not of what the sentence tells."""
        page = self.lower[at + 1 : at + 3]
        if before == "(" and len(page) == 2 and page[0] in (",", ":") and page[1].isdigit():
            return True
        name = at - 1 if before != "," else at - 2
        if name < 1 or self.lower[name - 1] not in ("(", ";", "&", "and"):
            return False
        word = self.lower[name]
        if not self.text[self.start[name]].isupper() or word in self.known or word in self.months:
            return False
        after = self.lower[at + 1] if at + 1 < len(self.lower) else ""
        opened = self.lower[name - 1] == "(" or (name >= 3 and "(" in self.lower[max(0, name - 8) : name])
        return opened and after in (")", ",", ":", ";")


@lru_cache(maxsize=32)
def _set(table: str) -> frozenset[str]:
    return frozenset(str(word) for word in rules().table(table))
