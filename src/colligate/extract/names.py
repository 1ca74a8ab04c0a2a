"""The stage that finds names: list matches and capital runs, cut into names, each given a kind."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from functools import lru_cache
from itertools import chain, pairwise

from colligate.extract.acronyms import acronyms
from colligate.extract.actors import actor_entries, event_entries
from colligate.extract.base import Naming, Reading, Sentence
from colligate.extract.gazetteer import place_entries
from colligate.extract.lists import Entry, Match, NameList
from colligate.extract.names_data import contexts, heads, titles, words
from colligate.extract.names_grown import grown
from colligate.extract.names_kinds import Candidate, score
from colligate.extract.names_nominals import nominals
from colligate.extract.names_runs import capital_runs, linked_end, run_end
from colligate.extract.names_words import ACRONYM, CAPITAL, HYPHEN, PARTICLE, Shapes, shapes
from colligate.extract.names_works import quoted_works

_NOISE = 0.5  # a name that no clue speaks for louder than this is left out


@lru_cache(maxsize=1)
def known_names() -> NameList:
    """Armed actors, state bodies, places and peoples as one list; built once a process in about 0.1 s."""
    return NameList(chain(event_entries(), actor_entries(), place_entries()))


class NameStage:
    """Fills namings: names with kinds, collective nominals, nested mentions flagged."""

    name = "names"
    needs = frozenset({"document", "tokens", "sentences"})
    gives = frozenset({"namings"})

    def run(self, reading: Reading) -> None:
        finder = _Finder(reading)
        finder.candidates_find()
        finder.kinds_pool()
        reading.namings = finder.namings()
        finder.acronyms_apply()


class _Finder:
    """One document's candidates on their way to namings."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.tokens = reading.tokens
        self.shape: Shapes = shapes(reading.tokens)
        self.found: list[Match] = known_names().matches(self.tokens, self.shape)
        self.by_first: dict[int, Match] = {match.first: match for match in self.found}
        self.candidates: list[Candidate] = []
        self.pools: dict[str, dict[str, float]] = {}
        self.counts: Counter[str] = Counter()
        self.fuller: set[str] = set()
        opening = {sentence.first for sentence in reading.sentences}
        lower, classes = self.tokens.lower, self.shape.classes
        self.small = {
            word for word, kind in zip(lower, classes, strict=True) if kind not in (CAPITAL, ACRONYM)
        }
        self.inside = {
            word
            for at, (word, kind) in enumerate(zip(lower, classes, strict=True))
            if kind in (CAPITAL, ACRONYM) and at not in opening
        }

    # finding

    def candidates_find(self) -> None:
        for sentence in self.reading.sentences:
            if self._heading(sentence):
                self._listed_only(sentence)
                continue
            done = sentence.first
            for first, last in capital_runs(self.tokens, self.shape, sentence):
                if last <= done:
                    continue
                first = max(first, done)
                if first <= sentence.first + 1:
                    first = self._opening_cut(first, last)
                else:
                    first = self._openers_cut(first, last)
                if first < last:
                    done = self._cut(first, last, sentence.last)

    def _heading(self, sentence: Sentence) -> bool:
        kinds = self.shape.classes[sentence.first : sentence.last]
        capitals = sum(kind == ACRONYM for kind in kinds)
        return capitals > 3 and capitals * 10 > 7 * sum(self.tokens.text[i][0].isalpha() for i in range(sentence.first, sentence.last))  # fmt: skip

    def _listed_only(self, sentence: Sentence) -> None:
        for at in range(sentence.first, sentence.last):
            match = self.by_first.get(at)
            if match is not None and match.entry.sure:
                self._take(match.first, match.last, match.entry)

    def _openers_cut(self, first: int, last: int) -> int:
        """Past "The", "In", "They" after a colon, a dash or a quotation mark inside a sentence."""
        openers = words("name_openers.txt")
        while first < last and self.tokens.lower[first] in openers and self.shape.classes[first] == CAPITAL:
            match = self.by_first.get(first)
            if (match is not None and match.last - match.first > 1) or self._title(first, last)[0] > 1:
                break
            first += 1
        return first

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
            if self._title(first, last)[0] > 1:
                return first
            if word in openers:
                first += 1
                continue
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
            if classes[at] == HYPHEN:
                at += 1
                continue
            length, kept = self._title(at, limit)
            if at + length > last:  # "Secretary of State Orsan": the title runs over a link
                last = run_end(self.tokens, self.shape, at + length, limit)
            if (
                length
                and title == ""
                and not kept
                and any(lower[i] in known for i in range(at + length, last))
            ):
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
            if match is not None and match.last < last and keep < 0:
                rest = match.last + (classes[match.last] == HYPHEN)
                headed = any(lower[i] in known for i in range(rest, last))
                following = self.by_first.get(rest)
                listed = (
                    following is not None
                    and following.entry.kind != "place"
                    and not following.entry.adjective
                )
                joined = rest > match.last and not headed
                if match.entry.adjective and (
                    joined or (listed and not headed) or self._title(rest, last)[0] or not headed
                ):
                    self._take(at, match.last, match.entry)
                    at = rest
                    continue
                if match.entry.kind in {"organisation", "community"} and not match.entry.adjective:
                    whole = classes[match.last] == PARTICLE or (rest > match.last and headed)
                    if lower[rest] not in known and not whole:
                        self._take(at, match.last, match.entry)
                        at = rest
                        continue
                if match.entry.kind == "place" and joined and following is not None:
                    self._take(at, match.last, match.entry)
                    at = rest
                    continue
            stop = self._inner_title(at, self._acronym_cut(at, last))
            end = linked_end(self.tokens, self.shape, begin, stop, limit) if stop == last else stop
            end = self._inner_title(at, end)
            entry = match.entry if match is not None and match.last == end and begin == at else None
            if match is not None and match.last > end:
                end, entry = match.last, match.entry
            self._take(begin, end, entry, title, titled)
            at, title, keep = end, "", -1
        return max(at, last)

    def _title(self, at: int, last: int) -> tuple[int, bool]:
        """(tokens, kept in the name) of the longest title at ``at``; (0, False) for none."""
        table, lower = titles(), self.tokens.lower
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
            if length and not kept:
                match = self.by_first.get(at)
                listed = match is not None and match.last == inner
                headed = any(lower[i] in known for i in range(at, inner))
                if (listed or headed) and not any(lower[i] in known for i in range(inner, last)):
                    return inner
        return last

    def _take(self, first: int, last: int, entry: Entry | None, title: str = "", titled: int = -1) -> None:
        keys = [key for key in self.shape.keys[first:last] if key and key != "~"]
        stop = words("name_stop.txt")
        if not keys or (
            entry is None and all(word in stop for word in self.tokens.lower[first:last] if word.isalpha())
        ):
            return
        candidate = Candidate(first, last, " ".join(keys), entry, title, titled)
        comma = last + 1 < len(self.tokens) and self.tokens.text[last] == ","
        follows = comma and (match := self.by_first.get(last + 1)) is not None and match.entry.kind == "place"
        candidate.scores = score(candidate, self.tokens, self.shape, bool(follows))
        self.candidates.append(candidate)

    # kinds

    def kinds_pool(self) -> None:
        """Adds up the clues of all mentions with one spelling; a surname learns from the full name."""
        pools: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for candidate in self.candidates:
            self.counts[candidate.key] += 1
            for kind, weight in candidate.scores.items():
                pools[candidate.key][kind] += weight
        parts: dict[str, float] = {}
        for key, pool in pools.items():
            keys = key.split()
            if (
                len(keys) > 1
                and pool
                and max(pool, key=lambda k: pool[k]) == "person"
                and pool["person"] >= 1
            ):
                for part in keys[:-1]:
                    parts[part] = max(parts.get(part, 0.0), 2.0)
                parts[keys[-1]] = 4.0
        self._neighbours_tell(pools)
        self.fuller = set(parts) | {c.key for c in self.candidates if not c.title}
        for key, pool in pools.items():
            if key in parts:
                pool["person"] += parts[key]
        self.pools = pools

    def _neighbours_tell(self, pools: dict[str, dict[str, float]]) -> None:
        """In "Velk, Kabul and Ordan" the known name tells the kind of those beside it."""
        table, text = contexts(), self.tokens.text
        for left, right in pairwise(self.candidates):
            between = text[left.last : right.first]
            if not 0 < len(between) < 3 or not all(word in {",", "and", "or"} for word in between):
                continue
            for known, other in ((left, right), (right, left)):
                pool, open_pool = pools[known.key], pools[other.key]
                kind = max(pool, key=lambda k: pool[k], default="")
                sure = pool.get(kind, 0.0) >= 4 * self.counts[known.key]
                if sure and max(open_pool.values(), default=0.0) < 4 * self.counts[other.key]:
                    for told, weight in table.get(("feature", f"beside_{kind}"), ()):
                        open_pool[told] += weight

    # namings

    def namings(self) -> list[Naming]:
        common, known = words("name_words.txt"), heads()
        made: list[Naming] = []
        opening = {sentence.first for sentence in self.reading.sentences}
        for candidate in self.candidates:
            first, last = candidate.first, candidate.last
            pool = self.pools[candidate.key]
            kind = max(pool, key=lambda k: pool[k]) if pool else "person"
            if pool.get(kind, 0.0) < _NOISE:
                continue
            entry, form = candidate.entry, "name"
            if last - first == 1 and entry is None and self.shape.classes[first] == CAPITAL:
                lower = self.tokens.lower[first]
                opened = first in opening
                if lower in known:
                    kind, form = known[lower], "nominal"
                elif (
                    lower in common
                    and pool[kind] < (2.5 if lower in self.small else 1.0) * self.counts[candidate.key]
                ):
                    continue
                elif lower.endswith(("ism", "ist")) and kind != "person":
                    continue  # creeds and their adjectives
                elif opened and lower not in self.inside and pool[kind] < 1.8 * self.counts[candidate.key]:
                    continue  # only ever seen where any word has a capital
            adjective = entry is not None and entry.adjective
            if adjective and entry is not None:
                kind = entry.kind
            source = f"list:{entry.name}" if entry else "run"
            if (
                candidate.title == "title"
                and kind == "person"
                and last - first == 1
                and candidate.key not in self.fuller
            ):
                first = candidate.titled  # "President Orsan" is all that the text calls him
            made.append(self._naming(first, last, kind, form=form, adjective=adjective, source=source))
        used = {at for naming in made for at in range(naming.first, naming.last)}
        for match in self.found:
            if match.entry.kind == "event" and used.isdisjoint(range(match.first, match.last)):
                made.append(self._naming(match.first, match.last, "event", source=f"list:{match.entry.name}"))
        made.sort(key=lambda naming: naming.first)
        made = grown(self.tokens, self.shape, made)
        covered = {at for naming in made for at in range(naming.first, naming.last)}
        heads_at = {(naming.first, naming.last) for naming in made}
        for match in self.found:
            if match.first in covered and (match.first, match.last) not in heads_at and match.entry.sure:
                nested = self._naming(match.first, match.last, match.entry.kind,
                                      adjective=match.entry.adjective, source=f"list:{match.entry.name}")  # fmt: skip
                made.append(replace(nested, head=False))
        for work in quoted_works(self.tokens):
            for naming in made:  # names inside a title are part of it
                if work.first <= naming.first and naming.last <= work.last:
                    naming.head = False
            made.append(work)
        made.extend(nominals(self.tokens, self.shape, self.reading.sentences, made))
        made.sort(key=lambda naming: (naming.first, -naming.last))
        return made

    def _naming(
        self,
        first: int,
        last: int,
        kind: str,
        *,
        form: str = "name",
        adjective: bool = False,
        source: str = "",
    ) -> Naming:
        tokens = self.tokens
        return Naming(first, last, tokens.start[first], tokens.end[last - 1], kind,
                      form=form, adjective=adjective, source=source)  # fmt: skip

    def acronyms_apply(self) -> None:
        """An acronym that the text defines has its long name's kind, wherever it stands."""
        text = self.reading.document.text
        kinds = {short: long.kind for long, short in acronyms(self.reading)}
        for naming in self.reading.namings:
            kind = kinds.get(text[naming.start : naming.end])
            if kind is not None and naming.form == "name":
                naming.kind = kind
