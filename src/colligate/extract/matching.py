"""Rules meet clauses: one sentence -> the matches of all rules in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from colligate.extract.base import Reading
from colligate.extract.clauses import Arguments, Clauses
from colligate.extract.parties import PartyFinder, Ref
from colligate.extract.phrases import COMMA, JOINER, NOUN, OPEN, OTHER, PREPOSITION, VERB, Parsed, Phrase
from colligate.extract.rules import Rule, RuleBook
from colligate.extract.words import noun_base, word_lists

# Weights below this are of actors reached by way of another noun ("members of X": 0.9).
STRAIGHT = 0.95
_PLACES = frozenset({"place"})


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that fits: the tokens of its trigger, who fills its arguments, where it happened."""

    rule: Rule
    first: int
    last: int
    head: int
    arguments: dict[str, list[Ref]]
    places: list[Ref]


class Matcher:
    """Runs a rule book over parsed sentences of one reading."""

    def __init__(self, reading: Reading, book: RuleBook) -> None:
        self.reading = reading
        self.book = book
        lists = word_lists()
        self._presence = lists["presence_prepositions"]
        self._copulas = lists["copulas"]
        self._light = lists["light_verbs"]
        self._counts = lists["counts"]
        self._calling = lists["calling"]
        self._joined = lists["joined"]
        self._bestowing, self._once = lists["bestowing"], lists["once"]
        self._naming_prepositions = lists["before_as"]
        self._replacing = lists["replacing"]

    def matches(self, parsed: Parsed) -> Iterator[Match]:
        """Every match in the sentence, verbs and nouns in order of the text."""
        clauses = Clauses(parsed)
        finder = PartyFinder(self.reading, clauses)
        for at, phrase in enumerate(parsed.phrases):
            if phrase.kind == VERB:
                yield from self._of_verb(parsed, clauses, finder, at)
            elif phrase.kind == NOUN:
                yield from self._of_noun(clauses, finder, at)
                if phrase.naming >= 0:
                    yield from self._owned(clauses, at)
            elif phrase.kind == PREPOSITION and phrase.word in self.book.beside:
                yield from self._beside(clauses, finder, at)
            elif phrase.kind == OTHER and phrase.word in self.book.by_adjective:
                yield from self._of_adjective(clauses, finder, at)

    def _of_adjective(self, clauses: Clauses, finder: PartyFinder, at: int) -> Iterator[Match]:
        """An adjective that stands alone: "X was close to Y", "a faction loyal to Y"."""
        phrases, token = clauses.phrases, clauses.phrases[at].first
        before = clauses.left(at - 1)
        if before >= 0 and phrases[before].kind == COMMA:
            before = clauses.left(before - 1)
        if before < 0 or phrases[before].kind not in (NOUN, VERB):
            return
        arguments = clauses.noun_arguments(at)
        for rule in self.book.by_adjective[phrases[at].word]:
            kinds = rule.kinds.get("who")
            if phrases[before].kind == NOUN:
                who = finder.of_phrase(before, kinds)
            else:
                who = finder.of_groups(clauses.subject(before), kinds)
            whom = finder.of_sources(rule.noun_sources["whom"], at, arguments, rule.kinds.get("whom"))
            yield Match(rule, token, token + 1, token, {"who": who, "whom": whom}, [])

    def _beside(self, clauses: Clauses, finder: PartyFinder, at: int) -> Iterator[Match]:
        """An actor and what stands right behind it: "the Column in Telm"."""
        phrases = clauses.phrases
        before = clauses.left(at - 1)
        if (
            before < 0
            or phrases[before].kind != NOUN
            or at + 1 >= len(phrases)
            or phrases[at + 1].kind != NOUN
        ):
            return
        for rule in self.book.beside[phrases[at].word]:
            named = phrases[before].naming
            if rule.direct and (named < 0 or self.reading.namings[named].form != "name"):
                continue
            who = finder.of_phrase(before, rule.kinds.get("who"))
            if who:
                whom = [
                    ref
                    for number in clauses.listed(at + 1)[0]
                    for ref in finder.of_phrase(number, rule.kinds.get("whom"))
                ]
                token = phrases[at].first
                yield Match(rule, token, token + 1, token, {"who": who, "whom": whom}, [])

    def _owned(self, clauses: Clauses, at: int) -> Iterator[Match]:
        """A name and the name that it belongs to: "the Column's Telm Brigade", "Ordan's Column"."""
        phrase, namings = clauses.phrases[at], self.reading.namings
        if namings[phrase.naming].form != "name":
            return
        for rule in self.book.owned:
            kinds = rule.kinds.get("who")
            if kinds is not None and namings[phrase.naming].kind not in kinds:
                continue
            whom: list[Ref] = []
            opens = namings[phrase.naming].first == phrase.first or namings[phrase.naming].kind != "person"
            if "owner" in rule.owned and phrase.owner >= 0 and opens:
                owner = clauses.phrases[phrase.owner].naming
                if owner >= 0 and namings[owner].kind in rule.kinds["whom"]:
                    whom = [Ref(owner, 1.0)]
            if not whom and "modifier" in rule.owned and len(phrase.namings) > 1:
                first = phrase.namings[-2]
                beside = namings[first].last == namings[phrase.naming].first
                if beside and namings[first].kind in rule.kinds["whom"] and namings[first].form == "name":
                    whom = [Ref(first, 0.95)]
            if whom:
                filled = {"who": [Ref(phrase.naming, 1.0)], "whom": whom}
                yield Match(rule, phrase.first, phrase.last, phrase.head, filled, [])

    def _of_verb(self, parsed: Parsed, clauses: Clauses, finder: PartyFinder, at: int) -> Iterator[Match]:
        verb = parsed.phrases[at]
        rules = self.book.by_verb.get(verb.lemma, ())
        anywhere = self.book.by_verb.get("*", ())
        if not rules and not anywhere:
            return
        arguments = clauses.verb_arguments(at)
        places = finder.places(arguments, self._presence)
        for rule, particle in (*rules, *anywhere):
            if particle and not self._has_particle(parsed, arguments, particle):
                continue
            if verb.lemma in rule.excepted:
                continue
            if rule.without and self._has_one(parsed, arguments, rule.without):
                continue
            if rule.then and not self._followed(clauses, at, rule.then):
                continue
            filled = {
                name: finder.of_sources(sources, at, arguments, rule.kinds.get(name))
                for name, sources in rule.sources.items()
            }
            if rule.direct:
                filled = {name: _straight(refs) for name, refs in filled.items()}
            yield Match(rule, verb.first, verb.last, verb.head, filled, places)

    def _has_one(self, parsed: Parsed, arguments: Arguments, words: tuple[str, ...]) -> bool:
        """Whether one of the words is a preposition or the object of the verb."""
        if any(word in arguments.by_word for word in words):
            return True
        groups = (*arguments.object[:1], *arguments.by_word.get("with", ()))
        return any(noun_base(parsed.phrases[number].word) in words for group in groups for number in group)

    def _has_particle(self, parsed: Parsed, arguments: Arguments, particle: str) -> bool:
        """Whether the verb stands with its particle or its noun: "set up", "pledge allegiance"."""
        if particle in arguments.particles:
            return True
        by_word = arguments.by_word
        words = ("complement", "with", "into", "under", "on")
        for group in (*arguments.object, *(group for word in words for group in by_word.get(word, []))):
            for number in group:
                phrase = parsed.phrases[number]
                if noun_base(phrase.word) == particle or phrase.word == particle:
                    return True
        return False

    def _followed(self, clauses: Clauses, at: int, form: str) -> bool:
        """Whether the next verb of the clause has the form: "asked X to go"."""
        for phrase in clauses.phrases[at + 1 :]:
            if phrase.kind == VERB:
                return phrase.form == form
            if phrase.kind not in (NOUN, OTHER, PREPOSITION, JOINER):
                return False
        return False

    def _behind(self, clauses: Clauses, at: int, words: tuple[str, ...]) -> bool:
        """Whether the noun phrase ``at``, or what owns it, stands behind one of the prepositions."""
        owner = clauses.phrases[at].owner
        phrases = clauses.phrases
        before = clauses.left((owner if owner >= 0 else at) - 1)
        while before > 0 and phrases[before].kind in (COMMA, JOINER):
            # "with the advice, money and help of X": the list stands behind the preposition.
            before = clauses.left(before - 1)
            if before >= 0 and phrases[before].kind == NOUN:
                before = clauses.left(before - 1)
        return before >= 0 and phrases[before].word in words

    def _of_noun(self, clauses: Clauses, finder: PartyFinder, at: int) -> Iterator[Match]:
        phrase = clauses.phrases[at]
        tokens = self.reading.tokens
        for token in range(phrase.first, phrase.last):
            base = noun_base(tokens.lower[token])
            rules = self.book.by_noun.get(base)
            roles = self.book.by_role.get(base)
            roles = (*(roles or ()), *self._any_role(phrase, token))
            if rules and not self._inside_name(phrase, token):
                arguments = clauses.noun_arguments(at)
                self._lend_places(clauses, at, arguments)
                places = finder.places(arguments, self._presence)
                before = tokens.lower[token - 1] if token > phrase.first else ""
                for rule in rules:
                    if before in rule.not_after:
                        continue
                    if rule.behind and not self._behind(clauses, at, rule.behind):
                        continue
                    filled = {
                        name: finder.of_sources(sources, at, arguments, rule.kinds.get(name))
                        for name, sources in rule.noun_sources.items()
                        if name not in ("holder", "group")
                    }
                    yield Match(rule, token, token + 1, token, filled, places)
            if roles and not self._inside_name(phrase, token):
                arguments = clauses.noun_arguments(at)
                before = tokens.lower[token - 1] if token > phrase.first else ""
                for rule in roles:
                    if base in rule.excepted or before in rule.not_after:
                        continue
                    if rule.whole and self._goes_on(phrase, token, rule):
                        continue
                    filled = self._roles(clauses, finder, at, token, rule, arguments)
                    if rule.direct:
                        filled = {name: _straight(refs) for name, refs in filled.items()}
                    places = finder.places(arguments, self._presence)
                    yield Match(rule, token, token + 1, token, filled, places)

    def _any_role(self, phrase: Phrase, token: int) -> tuple[Rule, ...]:
        """Rules for any role at all ("a Telmian journalist"), where a place stands before the noun."""
        namings = self.reading.namings
        for number in phrase.namings:
            naming = namings[number]
            # "a Telmian journalist" and "a Telmian-born journalist", but no "Telmian-made" thing.
            after = self.reading.tokens.lower[token : token + 2]
            if naming.adjective and naming.last == token and (after[0][0].isalpha() or "born" in after[1:]):
                return self.book.by_role.get("*", ())
        return ()

    def _goes_on(self, phrase: Phrase, token: int, rule: Rule) -> bool:
        """Whether another common noun makes another role of it: "chief negotiator", "crew chief log"."""
        after = token + 1
        if after >= phrase.last or noun_base(self.reading.tokens.lower[after]) in rule.roles:
            return False
        namings = self.reading.namings
        return not any(namings[number].first <= after < namings[number].last for number in phrase.namings)

    def _lend_places(self, clauses: Clauses, at: int, arguments: Arguments) -> None:
        """A noun of action takes over the places of the verb it leans on."""
        verb = clauses.governor(at)
        if verb < 0:
            verb = clauses.verb_after(at)
        if verb >= 0:
            outer = clauses.verb_arguments(verb)
            done = clauses.phrases[verb].passive and clauses.phrases[verb].lemma in self._light
            for word, groups in outer.by_word.items():
                # "The attack was carried out by X against Y in Z": all but the doer belongs to the attack.
                if word in self._presence or word in ("between", "among") or (done and word != "by"):
                    arguments.by_word.setdefault(word, groups)
            arguments.leading = outer.leading

    def _inside_name(self, phrase: Phrase, token: int) -> bool:
        for number in phrase.namings:
            naming = self.reading.namings[number]
            if naming.form == "name" and naming.first <= token < naming.last and naming.kind != "event":
                return True
        return False

    def _roles(
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


def _straight(refs: list[Ref]) -> list[Ref]:
    """The actors that are named themselves: "X founded Y", and not "members of X founded Y"."""
    return [ref for ref in refs if ref.weight >= STRAIGHT]
