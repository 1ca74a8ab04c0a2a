"""Capital runs -> candidates: where a run begins, where titles, list matches and acronyms cut it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from colligate.extract.base import Sentence, Tokens
from colligate.extract.lists import Entry, Match
from colligate.extract.names_data import heads, particles, titles, words
from colligate.extract.names_headings import heading_end
from colligate.extract.names_kinds import Candidate, score
from colligate.extract.names_runs import capital_runs, linked_end, run_end
from colligate.extract.names_words import ACRONYM, CAPITAL, HYPHEN, LINKS, PARTICLE, Shapes

_LETTERED = re.compile(r"[A-Z]|[IVX]{1,4}")


class Cutter:
    """Finds the candidates of one document. ``small`` and ``inside`` are the words that it writes
    small, and with a capital elsewhere than at the start of a sentence."""

    def __init__(
        self, tokens: Tokens, shape: Shapes, sentences: Sequence[Sentence], by_first: Mapping[int, Match]
    ) -> None:
        self.tokens = tokens
        self.shape = shape
        self.by_first = by_first
        self.sentences = sentences
        self.candidates: list[Candidate] = []
        self.heading = 0
        self._titles = titles()
        self._title_words = {words[0] for words in self._titles}
        opening = {sentence.first for sentence in sentences}
        kinds = list(zip(tokens.lower, shape.classes, strict=True))
        self.small = {word for word, kind in kinds if kind not in (CAPITAL, ACRONYM)}
        self.inside = {
            word for at, (word, kind) in enumerate(kinds) if kind in (CAPITAL, ACRONYM) and at not in opening
        }

    def run(self) -> list[Candidate]:
        """The candidates of all sentences, in order."""
        for sentence in self.sentences:
            if self._heading(sentence):
                self._listed_only(sentence)
                continue
            done = sentence.first
            self.heading = heading_end(self.tokens, self.shape, sentence)
            for first, last in capital_runs(self.tokens, self.shape, sentence):
                if last <= done:
                    continue
                begin = self._enumerated(max(first, done), last)
                opens = begin <= sentence.first + 1 or begin > max(first, done)
                begin = (self._opening_cut if opens else self._openers_cut)(begin, last)
                while begin < last and not self.tokens.text[begin][0].isalnum():
                    begin += 1  # a name never begins with a mark
                if begin < last:
                    done = self._cut(begin, last, sentence.last)
        return self.candidates

    def _heading(self, sentence: Sentence) -> bool:
        capitals = self.shape.classes[sentence.first : sentence.last].count(ACRONYM)
        spelled = sum(word[0].isalpha() for word in self.tokens.text[sentence.first : sentence.last])
        return capitals > 3 and capitals * 10 > 7 * spelled

    def _listed_only(self, sentence: Sentence) -> None:
        for at in range(sentence.first, sentence.last):
            match = self.by_first.get(at)
            if match is not None and match.entry.sure:
                self._take(match.first, match.last, match.entry)

    def _enumerated(self, first: int, last: int) -> int:
        """Past the letter of a numbered heading: "A. Velk Front". "A. Orsan" may be a person."""
        text, lower = self.tokens.text, self.tokens.lower
        rest = first + 2
        if rest >= last or text[first + 1] not in {".", ")"} or not _LETTERED.fullmatch(text[first]):
            return first
        if self.tokens.start[rest] == self.tokens.end[first + 1] and text[first + 1] == ".":
            return first  # "A.B. Orsan"
        fresh = first == 0 or self.tokens.start[first] - self.tokens.end[first - 1] > 1
        headed = any(lower[at] in heads() for at in range(rest, last))
        plain = lower[rest] in words("name_words.txt") or lower[rest] in self.small
        return rest if headed or (fresh and plain) else first

    def _openers_cut(self, first: int, last: int) -> int:
        """Past "The", "In", "They" after a colon, a dash or a quotation mark inside a sentence."""
        openers = words("name_openers.txt")
        while first < last and self.tokens.lower[first] in openers and self.shape.classes[first] == CAPITAL:
            match = self.by_first.get(first)
            if (match is not None and match.last - match.first > 1) or self._title(first, last)[0] > 1:
                break
            if self._initial(first, last):
                break
            first += 1
        return first

    def _initial(self, first: int, last: int) -> bool:
        """Whether "A" or "I" is an initial: "A. Orsan"."""
        return len(self.tokens.text[first]) == 1 and first + 2 < last and self.tokens.text[first + 1] == "."

    def _opening_cut(self, first: int, last: int) -> int:
        """Where the name begins in a run at the start of a sentence: after words written with a
        capital only because they stand there. The document's own use of the word decides."""
        lower, common = self.tokens.lower, words("name_words.txt")
        openers, known = words("name_openers.txt"), heads()
        while first < last:
            word = lower[first]
            match = self.by_first.get(first)
            if match is not None and (match.last - match.first > 1 or word not in common):
                return first
            if self._title(first, last)[0] > 1 or self._initial(first, last):
                return first
            if word in openers:
                first += 1
                continue
            if particles().get(word) == "both" and first + 1 < last:
                return first  # "Bin Orsan left."
            plain = (word in common or word in self.small) and word not in self.inside
            if not plain:
                return first
            if last - first > 1 and any(lower[i] in known for i in range(first + 1, last)):
                return first
            first += 1
            while first < last and self.shape.classes[first] not in (CAPITAL, ACRONYM):
                first += 1
        return first

    def _cut(self, first: int, last: int, limit: int) -> int:
        """Cuts a run into names and takes them. Returns one past the last token used."""
        at, title, titled = first, "", first
        lower, classes, known = self.tokens.lower, self.shape.classes, heads()
        keep = -1
        while at < last:
            if classes[at] == HYPHEN or not self.tokens.text[at][0].isalnum():
                at += 1  # a name never begins with a mark, nor with the "'s" of the name before it
                continue
            length, kept = self._title(at, limit)
            if at + length > last:  # "Secretary of State Orsan": the title runs over a link
                last = run_end(self.tokens, self.shape, at + length, limit)
            if length and not title and not kept and any(lower[i] in known for i in range(at + length, last)):
                length = 0  # "General Union of Students": no title before a body
            if length:
                if at + length >= last:
                    return last
                if kept:
                    keep, title = (at if keep < 0 else keep), "keep_title"
                else:
                    titled, title = (titled if title else at), "title"
                at += length
                continue
            role = self._role_end(at, last)
            if role > at:
                at = role
                continue
            begin = keep if keep >= 0 else at
            match = self.by_first.get(at)
            if match is not None and match.last < last and keep < 0 and self._alone(match, last):
                self._take(at, match.last, match.entry)
                at = match.last + (classes[match.last] == HYPHEN)
                continue
            stop = self._inner_title(at, self._acronym_cut(at, last))
            body = match is not None and match.last == stop and match.entry.kind == "organisation"
            end = linked_end(self.tokens, self.shape, begin, stop, limit, body=body) if stop == last else stop
            end = self._inner_title(at, end)
            entry = match.entry if match is not None and match.last == end and begin == at else None
            if match is not None and match.last > end:
                end, entry = match.last, match.entry
            if body and match is not None and end > match.last:
                entry = match.entry  # "Velk Base in Ordan": a branch is a body as its parent is
            self._take(begin, end, entry, title, titled)
            at, title, keep = end, "", -1
        return max(at, last)

    def _alone(self, match: Match, last: int) -> bool:
        """Whether a list match at the start of a run is a name of its own, apart from what follows."""
        lower, classes, known = self.tokens.lower, self.shape.classes, heads()
        hyphen = classes[match.last] == HYPHEN
        rest = match.last + hyphen
        headed = any(lower[i] in known for i in range(rest, last))
        following = self.by_first.get(rest)
        if match.entry.adjective:
            # "Malian President Orsan", but "Malian Liberation Front".
            return not headed or self._title(rest, last)[0] > 0
        if match.entry.kind in {"organisation", "community"}:
            wing = hyphen and classes[rest] == ACRONYM and rest not in self.by_first  # "VLF-EP"
            whole = classes[match.last] == PARTICLE or (hyphen and headed) or wing
            return lower[rest] not in known and not whole
        return match.entry.kind == "place" and hyphen and not headed and following is not None

    def _title(self, at: int, last: int) -> tuple[int, bool]:
        """(tokens, kept in the name) of the longest title at ``at``; (0, False) for none."""
        table, lower = self._titles, self.tokens.lower
        if at < len(lower) and lower[at] not in self._title_words:
            return 0, False
        for length in (4, 3, 2, 1):
            kept = table.get(tuple(lower[at : at + length]))
            if kept is not None and at + length <= last:
                return length, kept
        return 0, False

    def _acronym_cut(self, at: int, last: int) -> int:
        """Cuts an acronym from the name that follows or precedes it: "VLF Orsan Velki"."""
        lower, classes = self.tokens.lower, self.shape.classes
        if last - at < 2 or any(lower[i] in heads() for i in range(at, last)):
            return last
        half = (last - at) // 2
        if last - at == 2 * half > 2 and lower[at : at + half] == lower[at + half : last]:
            return at + half  # a heading, and the sentence under it
        full = CAPITAL in classes[at:last] and HYPHEN not in classes[at:last]
        if full and last - at > 2 and classes[at] == ACRONYM and len(lower[at]) > 2 and "." not in lower[at]:
            return at + 1
        # "Provisional VLF" is one name, "Abd al-Velki Orsan VLF" two.
        if last - at > 3 and full and classes[last - 1] == ACRONYM and lower[last - 1].isalpha():
            return last - 1
        return last

    def _role_end(self, at: int, last: int) -> int:
        """Past the common words before a title: "Tourism Minister", "Counterterrorism Coordinator"."""
        common, inner = words("name_words.txt"), at
        while inner < last and inner not in self.by_first:
            word = self.tokens.lower[inner]
            if word not in common and not word.endswith(("ism", "tion", "ment", "ity")):
                break
            inner += 1
            length, kept = self._title(inner, last)
            if length and not kept and inner + length < last:
                headed = any(self.tokens.lower[i] in heads() for i in range(inner + length, last))
                return at if headed else inner
        return at

    def _inner_title(self, at: int, last: int) -> int:
        """Where a title ends the first name of a run: "Velk Front Secretary General Orsan"."""
        known, lower = heads(), self.tokens.lower
        for inner in range(at + 1, last):
            length, kept = self._title(inner, last)
            if length and not kept and lower[inner - 1] not in LINKS:  # "Department of Justice"
                match = self.by_first.get(at)
                listed = match is not None and match.last == inner
                headed = any(lower[i] in known for i in range(at, inner))
                if (listed or headed) and not any(lower[i] in known for i in range(inner, last)):
                    return inner
        return last

    def _take(self, first: int, last: int, entry: Entry | None, title: str = "", titled: int = -1) -> None:
        keys = [key for key in self.shape.keys[first:last] if key and key != "~"]
        stop = words("name_stop.txt")
        if entry is None and last - first == 1 and len(self.tokens.text[first]) == 1:
            return  # an initial alone
        if not keys or (
            entry is None and all(word in stop for word in self.tokens.lower[first:last] if word.isalpha())
        ):
            return
        if entry is None and last - first == 2 and " ".join(self.tokens.lower[first:last]) in stop:
            return
        if last - first > 2 and self.tokens.lower[last - 1] in words("name_papers.txt"):
            number = self.tokens.lower[last] if last < len(self.tokens) else ""
            if number in {"no", "no.", "number", "nr", "№"}:  # "Orsan Centre Report No. 14"
                last, keys, entry = last - 1, keys[:-1], None
        candidate = Candidate(first, last, " ".join(keys), entry, title, titled, first < self.heading)
        comma = last + 1 < len(self.tokens) and self.tokens.text[last] == ","
        follows = comma and (match := self.by_first.get(last + 1)) is not None and match.entry.kind == "place"
        ending = self.by_first.get(last - 1)
        tail = ending.entry.kind if ending and ending.last == last and not ending.entry.adjective else ""
        candidate.scores = score(candidate, self.tokens, self.shape, bool(follows), tail)
        self.candidates.append(candidate)
