"""Role nouns: who is the emir, and of what."""

from __future__ import annotations

from colligate.extract.base import Reading
from colligate.extract.clauses import Arguments, Clauses
from colligate.extract.parties import PartyFinder, Ref
from colligate.extract.phrases import COMMA, JOINER, NOUN, OPEN, PREPOSITION, VERB, Phrase
from colligate.extract.rules import Rule
from colligate.extract.words import noun_base, word_lists

_PLACES = frozenset({"place"})


class RoleReader:
    """Finds the holder and the group of a role noun in one reading."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        lists = word_lists()
        self._copulas = lists["copulas"]
        self._counts = lists["counts"]
        self._calling = lists["calling"]
        self._joined = lists["joined"]
        self._bestowing, self._once = lists["bestowing"], lists["once"]
        self._naming_prepositions = lists["before_as"]
        self._replacing = lists["replacing"]

    def read(
        self, clauses: Clauses, finder: PartyFinder, at: int, token: int, rule: Rule, arguments: Arguments
    ) -> dict[str, list[Ref]]:
        """Holder and group of a role noun: "X, the emir of Y", "Y emir X", "X became emir of Y"."""
        holder = self._holder(clauses, finder, at, token, rule.kinds.get("holder"))
        kinds = rule.kinds.get("group")
        group: list[Ref] = []
        before = [
            Ref(number, 0.95)
            for number in clauses.phrases[at].namings
            if self.reading.namings[number].last <= token
            and not self._compound(number, token)
            and (kinds is None or self.reading.namings[number].kind in kinds)
        ]
        for source in rule.noun_sources["group"]:
            if rule.direct and source in ("owner", "modifier"):
                continue
            if source == "modifier":
                group = [ref for ref in before if self.reading.namings[ref.naming].form != "pronoun"][-1:]
                group = group or self._enclosed(clauses.phrases[at], token, kinds)
            else:
                group = finder.of_sources((source,), at, arguments, kinds)
            if group:
                break
        if not group:
            # "a leader and founder of X": the role shares the group of the role it is joined to.
            phrases = clauses.phrases
            if at + 2 < len(phrases) and phrases[at + 1].kind == JOINER and phrases[at + 2].kind == NOUN:
                joined = clauses.noun_arguments(at + 2)
                sources = [word for word in rule.noun_sources["group"] if word not in ("modifier",)]
                group = finder.of_sources(sources, at + 2, joined, kinds)
        held = {ref.naming for ref in holder}
        return {"holder": holder, "group": [ref for ref in group if ref.naming not in held]}

    def _compound(self, number: int, token: int) -> bool:
        """Whether a hyphen joins the naming to a word that is not the role: the "Telm-based" king."""
        last, lower = self.reading.namings[number].last, self.reading.tokens.lower
        return last + 1 < token and lower[last] in "-–" and lower[last + 1] in self._joined

    def _enclosed(self, phrase: Phrase, token: int, kinds: frozenset[str] | None) -> list[Ref]:
        """The name between a role and its noun: "a founding Column member"."""
        namings = self.reading.namings
        return [
            Ref(number, 0.95)
            for number in phrase.namings
            if namings[number].first == token + 1
            and namings[number].last <= phrase.head
            and phrase.naming < 0
            and namings[number].form == "name"
            and (kinds is None or namings[number].kind in kinds)
        ]

    def _holder(
        self, clauses: Clauses, finder: PartyFinder, at: int, token: int, kinds: frozenset[str] | None
    ) -> list[Ref]:
        phrases, namings = clauses.phrases, self.reading.namings
        phrase = phrases[at]
        lower = self.reading.tokens.lower[token]
        several = noun_base(lower) != lower
        for number in phrase.namings:
            naming = namings[number]
            if naming.first <= token or naming.form == "pronoun":
                continue  # "a Column fighter he knew": "he" is another
            if naming.first == token + 1 and phrase.naming < 0:
                continue  # "a founding Column member"
            if kinds is None or naming.kind in kinds:
                return [Ref(number, 1.0), *(self._names(clauses, at, kinds)[1:] if several else ())]
            if naming.form == "name" and number == phrase.naming:
                return []  # the role is that of somebody whom the rule does not mean
        if kinds == _PLACES and phrases[at + 1 : at + 2] and phrases[at + 1].word == "of":
            found = finder.of_phrase(at, kinds)  # "the Column stronghold of Telm"
            if found:
                return found
        end = self._chain_end(clauses, at)
        after = end + 1
        if after < len(phrases) and phrases[after].word in ('"', "“", "``"):
            after += 1  # the Column captain "Velk"
        named = self._named(clauses, finder, at, end) if several else -1
        if named >= 0:
            return self._names(clauses, named, kinds)
        if (
            after + 1 < len(phrases)
            and (phrases[after].kind == COMMA or self._opens_name(clauses, at, end))
            and phrases[after + 1].kind == NOUN
        ):
            target = phrases[after + 1]
            if target.naming >= 0 and namings[target.naming].form == "name":
                follows = phrases[after + 2].kind if after + 2 < len(phrases) else "stop"
                listed = follows == JOINER
                found = finder.of_phrase(after + 1, kinds)
                if found and not listed:
                    return [Ref(ref.naming, ref.weight * 0.95) for ref in found]
        called = self._called(clauses, after)
        if called >= 0:
            return finder.of_phrase(called, kinds)
        if after < len(phrases) and phrases[after].kind == VERB and phrases[after].lemma == "be":
            # "the Column's armed wing is the Telm Brigade"
            said = after + 1
            named = phrases[said].naming if said < len(phrases) else -1
            if named >= 0 and namings[named].form == "name":
                return finder.of_phrase(said, kinds)
        before = clauses.left(at - 1)
        while before >= 0 and phrases[before].kind == NOUN and phrases[at].owner >= 0:
            before = clauses.left(before - 1)
        if before > 0 and phrases[before].word in self._once:
            before = clauses.left(before - 1)  # "X, once a commander of Y"
        if before < 0:
            return []
        mark = phrases[before]
        counted = clauses.left(before - 1)
        if mark.word == "of" and counted >= 0 and phrases[counted].word in self._counts:
            return self._holder(clauses, finder, counted, token, kinds)
        if mark.kind == JOINER and counted >= 0 and phrases[counted].kind == NOUN:
            start = clauses.chain_start(counted)
            if phrases[counted].naming >= 0 and self.reading.tokens.lower[phrase.first] == "other":
                # "X and other commanders of Y", "X, Z and other Column commanders"
                return self._names_before(clauses, counted, kinds, joined=True)
            if phrases[start].naming < 0:
                return self._holder(clauses, finder, start, token, kinds)
        if mark.kind in (COMMA, OPEN):
            inner = clauses.left(before - 1)
            if inner >= 0 and phrases[inner].kind == NOUN:
                start = clauses.chain_start(inner)
                if several:
                    # "X and Y, two of the founders of Z"
                    side_by_side = self._names_before(clauses, inner, kinds)
                    if len(side_by_side) > 1:
                        return side_by_side
                for candidate in dict.fromkeys((inner, start)):
                    found = [
                        ref
                        for ref in finder.of_phrase(candidate, kinds)
                        if namings[ref.naming].form == "name" and phrases[candidate].naming == ref.naming
                    ]
                    if found:
                        return found
        if mark.kind == VERB and mark.lemma in self._copulas:
            if mark.lemma in self._bestowing and not mark.passive:
                return []  # "X declared the wing of Y an enemy": X is no wing
            return finder.of_groups(clauses.subject(before), kinds)
        if mark.kind == PREPOSITION and mark.word == "as":
            verb = clauses.left(before - 1)
            if verb > 0 and phrases[verb].kind == PREPOSITION:
                verb = clauses.left(verb - 1)
            if verb >= 0 and phrases[verb].kind == NOUN:
                said = clauses.governor(verb)
                if said >= 0 and phrases[said].lemma in self._replacing and not phrases[said].passive:
                    return finder.of_groups(clauses.subject(said), kinds)
                agent = clauses.left(verb - 1)
                if agent > 0 and phrases[agent].word == "by":
                    # "Y was appointed by X as emir of Z"
                    by = clauses.left(agent - 1)
                    if by >= 0 and phrases[by].kind == VERB and phrases[by].passive:
                        return finder.of_groups(clauses.subject(by), kinds)
                over = agent > 0 and phrases[agent].kind == PREPOSITION
                if over and phrases[agent].word not in self._naming_prepositions:
                    # "served under Y as commander of Z", "struck Y as part of Z": not Y
                    verb = self._verb_before(clauses, verb)
                    return finder.of_groups(clauses.subject(verb), kinds) if verb >= 0 else []
                found = finder.of_phrase(verb, kinds)
                if found:
                    return found
                verb = self._verb_before(clauses, verb)
            if verb >= 0 and phrases[verb].kind == VERB:
                return finder.of_groups(clauses.subject(verb), kinds)
        if mark.kind == NOUN and phrases[at].owner < 0:
            verb = clauses.governor(before)
            if verb >= 0 and phrases[verb].lemma in self._copulas:
                return finder.of_phrase(before, kinds)
        return []

    def _opens_name(self, clauses: Clauses, at: int, end: int) -> bool:
        """Whether a bracket names the holder: in "the emir of X (Y)" a Y of X's kind is X's other name."""
        phrases, namings = clauses.phrases, self.reading.namings
        if phrases[end + 1].kind != OPEN or phrases[end + 2].naming < 0:
            return False
        outer, inner = phrases[end].naming, phrases[end + 2].naming
        return end == at or outer < 0 or namings[outer].kind != namings[inner].kind

    def _called(self, clauses: Clauses, after: int) -> int:
        """The name behind "an operative named X", "a leader known as X", "a group, the X"; -1: none."""
        phrases = clauses.phrases
        if after >= len(phrases):
            return -1
        if phrases[after].kind == COMMA and phrases[after + 1 : after + 2]:
            after += phrases[after + 1].kind == VERB and phrases[after + 1].lemma in self._calling
        if phrases[after].kind == VERB and phrases[after].lemma in self._calling:
            after += 1
            if after < len(phrases) and phrases[after].word == "as":
                after += 1
        elif phrases[after].kind != NOUN:
            return -1
        if after >= len(phrases) or phrases[after].kind != NOUN or phrases[after].owner >= 0:
            return -1
        naming = phrases[after].naming
        return after if naming >= 0 and self.reading.namings[naming].form == "name" else -1

    def _named(self, clauses: Clauses, finder: PartyFinder, at: int, end: int) -> int:
        """Where the names of "leaders of X, including A and B" or "its founders were A and B" begin."""
        phrases = clauses.phrases
        listed = finder.named_after(end)
        if listed and end != at and phrases[end].naming < 0:
            return -1  # "members of groups such as A": A is a group, not its member
        if listed:
            return listed[0]
        after = end + 1
        if after + 1 < len(phrases) and phrases[after + 1].kind == NOUN and phrases[after + 1].naming >= 0:
            verb = phrases[after].kind == VERB and phrases[after].lemma in ("be", "include")
            form = self.reading.namings[phrases[after + 1].naming].form
            if form == "name" and (verb or phrases[after].kind in (COMMA, OPEN)):
                return after + 1
        return -1

    def _names(self, clauses: Clauses, at: int, kinds: frozenset[str] | None) -> list[Ref]:
        """The names that stand side by side from ``at`` on."""
        namings = self.reading.namings
        found: list[Ref] = []
        for number in clauses.listed(at)[0]:
            naming = clauses.phrases[number].naming
            if naming < 0 or namings[naming].form != "name" or (kinds and namings[naming].kind not in kinds):
                break
            found.append(Ref(naming, 0.95))
        return found

    def _names_before(
        self, clauses: Clauses, at: int, kinds: frozenset[str] | None, *, joined: bool = False
    ) -> list[Ref]:
        """The names that stand side by side up to ``at``: "X and Y, founders of Z".

        ``joined``: the "and" stands behind them ("X, Y and other founders of Z").
        """
        namings, phrases = self.reading.namings, clauses.phrases
        found: list[Ref] = []
        while at >= 0 and phrases[at].kind == NOUN:
            naming = phrases[at].naming
            if naming < 0 or namings[naming].form != "name" or (kinds and namings[naming].kind not in kinds):
                break
            found.append(Ref(naming, 0.95))
            mark = clauses.left(at - 1)
            if mark < 1 or phrases[mark].kind != (JOINER if len(found) == 1 and not joined else COMMA):
                break
            at = clauses.left(mark - 1)
        return found[::-1]

    def _verb_before(self, clauses: Clauses, at: int) -> int:
        """The verb that the noun ``at`` belongs to, over what stands between: "founded in 1964 as"."""
        verb = clauses.governor(at)
        while verb < 0:
            prep = clauses.left(at - 1)
            if prep < 1 or clauses.phrases[prep].kind != PREPOSITION:
                return -1
            at = clauses.left(prep - 1)
            if at < 0 or clauses.phrases[at].kind == VERB:
                return at
            verb = clauses.governor(at)
        return verb

    def _chain_end(self, clauses: Clauses, at: int) -> int:
        """The last phrase of "the emir of the Column in Telm"."""
        phrases, end = clauses.phrases, at
        while (
            end + 2 < len(phrases) and phrases[end + 1].kind == PREPOSITION and phrases[end + 2].kind == NOUN
        ):
            end += 2
        return end
