"""Rules meet clauses: one sentence -> the matches of all rules in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from colligate.extract.base import Reading
from colligate.extract.clauses import Arguments, Clauses
from colligate.extract.parties import PartyFinder, Ref
from colligate.extract.phrases import COMMA, JOINER, NOUN, OTHER, PREPOSITION, VERB, Parsed, Phrase
from colligate.extract.role_nouns import RoleReader
from colligate.extract.rules import Rule, RuleBook
from colligate.extract.words import noun_base, word_lists

# Weights below this are of actors reached by way of another noun ("members of X": 0.9).
STRAIGHT = 0.95


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
        self._light = lists["light_verbs"]
        self._roles = RoleReader(reading)

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
                    filled = self._roles.read(clauses, finder, at, token, rule, arguments)
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


def _straight(refs: list[Ref]) -> list[Ref]:
    """The actors that are named themselves: "X founded Y", and not "members of X founded Y"."""
    return [ref for ref in refs if ref.weight >= STRAIGHT]
