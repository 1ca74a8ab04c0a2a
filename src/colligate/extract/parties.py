"""Noun phrases -> the mentions of actors that they stand for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from colligate.extract.base import Reading
from colligate.extract.clauses import Alternatives, Arguments, Clauses
from colligate.extract.phrases import (
    COMMA,
    JOINER,
    NOUN,
    OPEN,
    PREPOSITION,
    RELATIVE,
    STOP,
    VERB,
)
from colligate.extract.words import noun_base, word_lists

_PLACES = frozenset({"place"})


@dataclass(frozen=True, slots=True)
class Ref:
    """A mention that fills an argument. ``weight`` in 0..1 says how direct the way to it was."""

    naming: int
    weight: float


class PartyFinder:
    """Finds the actors behind the noun phrases of one sentence."""

    def __init__(self, reading: Reading, clauses: Clauses) -> None:
        self.reading = reading
        self.clauses = clauses
        self.phrases = clauses.phrases
        lists = word_lists()
        self._blaming, self._heads = lists["blaming_verbs"], lists["heads"]
        self._forming, self._lands = lists["forming_verbs"], lists["lands"]
        self._members, self._partitives = lists["members"], lists["partitives"]
        self._joined = lists["joined"]
        self._deeds, self._offices = lists["deeds"], lists["offices"]
        self._planning, self._avowal = lists["planning"], lists["avowal"]
        self._unofficial = lists["unofficial"]
        self._light, self._light_prep = lists["light_verbs"], lists["light_with_preposition"]
        self._includes = any(phrase.word == "including" for phrase in self.phrases)
        self._found: dict[tuple[int, frozenset[str] | None], list[Ref]] = {}

    def of_phrase(self, at: int, kinds: frozenset[str] | None) -> list[Ref]:
        """The actors that the noun phrase ``at`` stands for, of the given kinds (None: any).

        Every rule of a verb asks for the same phrases: what was found is kept, so do not alter it.
        """
        key = (at, kinds)
        kept = self._found.get(key)
        if kept is None:
            kept = self._found[key] = self._of_phrase(at, kinds)
        return kept

    def _of_phrase(self, at: int, kinds: frozenset[str] | None) -> list[Ref]:
        found = self._of_head(at, kinds)
        if found and self.reading.namings[found[0].naming].form == "nominal":
            # "held by a local militia, the Telm Guard": the name says more than the description.
            apposed = self._apposed(at)
            if apposed >= 0:
                better = self._of_head(apposed, kinds)
                if better and self.reading.namings[better[0].naming].kind in ("organisation", "person"):
                    return better
        owned = self.phrases[at].owner >= 0 or (found and found[0].naming in self.phrases[at].namings)
        if found and self.phrases[at].naming < 0 and owned:
            # "created a Column unit, the Telm Cell", "the Column's emir, X, fled": the own name says
            # more than whose it is.
            apposed = self._apposed(at)
            if apposed > at and self.phrases[apposed - 1].kind == COMMA:
                better = self._of_head(apposed, kinds)
                after = self.phrases[apposed + 1].kind if apposed + 1 < len(self.phrases) else STOP
                if better and after in (COMMA, STOP):
                    return [Ref(ref.naming, ref.weight * 0.9) for ref in better]
        if found and self._has_of(at) and noun_base(self.phrases[at].word) in self._heads:
            # "the head of the Column, X, said": X says it.
            apposed = self._apposed(self.clauses.listed(at + 2)[1] - 1)
            better = self._of_head(apposed, kinds) if apposed >= 0 else []
            if better and self.reading.namings[better[0].naming].kind == "person":
                return better
        named = self.named_after(at)
        if named:
            return found + [
                Ref(ref.naming, ref.weight * 0.9) for number in named for ref in self._of_head(number, kinds)
            ]
        if not found:
            apposed = self._apposed(at)
            if apposed >= 0:
                return [Ref(ref.naming, ref.weight * 0.85) for ref in self._of_head(apposed, kinds)]
        return found

    def named_after(self, at: int) -> list[int]:
        """The list behind "including" or "such as": "several groups, including A, B and C"."""
        if not self._includes:
            return []
        number, phrases = at + 1, self.phrases
        while (
            number + 1 < len(phrases)
            and phrases[number].kind == PREPOSITION
            and phrases[number].word != "including"
            and phrases[number + 1].kind == NOUN
        ):
            number += 2  # "other groups in Telm such as A and B"
        if number < len(self.phrases) and self.phrases[number].kind in (COMMA, OPEN):
            number += 1
        behind = self.phrases[number : number + 2]
        if len(behind) == 2 and behind[0].word == "including" and behind[1].kind == NOUN:
            return self.clauses.listed(number + 1)[0]
        return []

    def _named_before(self, at: int) -> int:
        """The name that a common noun describes: in "X, an operative sent to Telm", X; else -1."""
        if at < 2 or self.phrases[at - 1].kind != COMMA or self.phrases[at - 2].kind != NOUN:
            return -1
        first = self.reading.tokens.lower[self.phrases[at].first]
        naming = self.phrases[at - 2].naming
        if first not in ("a", "an", "the") or naming < 0 or self.reading.namings[naming].form != "name":
            return -1
        return naming if self.reading.namings[naming].kind in ("person", "organisation") else -1

    def _described(self, at: int, base: str) -> list[Ref]:
        """Whom a common noun is said of: "X is a group based in Telm", "X, with cells across Telm"."""
        before = self.clauses.left(at - 1)
        if before < 1:
            return []
        mark = self.phrases[before]
        if mark.kind == VERB and mark.lemma in ("be", "become") and not mark.passive:
            first = self.reading.tokens.lower[self.phrases[at].first]
            if first in ("a", "an", "the", "one") or self.phrases[at].namings:
                found = self.of_groups(self.clauses.subject(before), None)
                # "X is a league that includes Y": the league is X itself.
                alike = 0.9 if self.phrases[at].namings or self._has_of(at) else 0.95
                return [Ref(ref.naming, ref.weight * alike) for ref in found]
        if mark.kind == PREPOSITION and mark.word in ("among", "amongst"):
            # "X was among those who attacked Y"
            verb = self.clauses.left(before - 1)
            if verb >= 0 and self.phrases[verb].kind == VERB and self.phrases[verb].lemma == "be":
                found = self.of_groups(self.clauses.subject(verb), None)
                return [Ref(ref.naming, ref.weight * 0.9) for ref in found]
        if mark.kind == PREPOSITION and mark.word == "with" and base in self._members:
            noun = self.clauses.left(before - 1)
            if noun >= 0 and self.phrases[noun].kind == COMMA:
                noun = self.clauses.left(noun - 1)
            if noun >= 0 and self.phrases[noun].kind == NOUN:
                return [Ref(ref.naming, ref.weight * 0.8) for ref in self._of_head(noun, None)]
        return []

    def _apposed(self, at: int) -> int:
        """The name right behind a common noun: "his mentor, X", "the group X"; -1 when none is."""
        number = at + 1
        if number < len(self.phrases) and self.phrases[number].kind == COMMA:
            number += 1
        if (
            number < len(self.phrases)
            and self.phrases[number].kind == NOUN
            and self.phrases[number].owner < 0
        ):
            naming = self.phrases[number].naming
            if naming >= 0 and self.reading.namings[naming].form == "name":
                after = self.phrases[number + 1].kind if number + 1 < len(self.phrases) else COMMA
                if number == at + 1 or after != JOINER:
                    return number
        return -1

    def _of_head(self, at: int, kinds: frozenset[str] | None) -> list[Ref]:
        phrase = self.phrases[at]
        namings = self.reading.namings
        found: list[Ref] = []
        if phrase.naming >= 0:
            naming = namings[phrase.naming]
            if kinds is None or naming.kind in kinds:
                found.append(Ref(phrase.naming, 1.0))
                return found
        base = noun_base(phrase.word)
        named = self._named_before(at)
        if named >= 0 and _fits(namings[named].kind, kinds):
            return [Ref(named, 0.9)]
        described = self._described(at, base)
        if described:
            found = [ref for ref in described if _fits(namings[ref.naming].kind, kinds)]
            if found:
                return found
        if base in self._deeds and phrase.owner < 0 and not phrase.namings:
            # "an attack by X killed Z", "Y fought a rebellion by X": the deed stands for its doer.
            by = self.clauses.noun_arguments(at).by_word.get("by", [])
            found = self.of_groups(by, kinds)
            if found:
                return [Ref(ref.naming, ref.weight * 0.85) for ref in found]
        if base not in self._partitives or not self._has_of(at):
            weight = 0.9 if base in self._members else 0.85 if base in self._deeds else 0.6
            for number in reversed(phrase.namings):
                if self._compound(number):
                    continue
                if namings[number].adjective and namings[number].kind == "place" and base in self._unofficial:
                    continue  # "Kenyan officials" act for Kenya, "Kenyan militants" do not
                if number != phrase.naming and _fits(namings[number].kind, kinds):
                    named = phrase.naming >= 0 and namings[phrase.naming].form == "name"
                    if named and namings[number].kind == "place":
                        continue  # "the Kenyan rebels of the Column" are the Column
                    # "an Islamist regime", "a Shia police officer": the people is only their trait.
                    trait = namings[number].kind == "community" and base in self._offices
                    return [Ref(number, 0.6 if trait else weight)]
            if phrase.owner >= 0 and (base in self._members or base in self._deeds):
                found = self.of_phrase(phrase.owner, kinds)
                if found:
                    return [Ref(ref.naming, ref.weight * 0.85) for ref in found]
        if self._has_of(at):
            inner = self.clauses.listed(at + 2)[0]
            weight = 0.9 if base in self._members or base in self._partitives else 0.6
            found = [ref for number in inner for ref in self.of_phrase(number, kinds)]
            return [Ref(ref.naming, ref.weight * weight) for ref in found]
        if kinds == _PLACES and phrase.naming < 0 and self._stands_in(at):
            # "moved to a prison in Telm"
            return [Ref(ref.naming, ref.weight * 0.85) for ref in self.of_phrase(at + 2, kinds)]
        if phrase.owner >= 0 and base not in self._partitives:
            found = self.of_phrase(phrase.owner, kinds)
            return [Ref(ref.naming, ref.weight * 0.5) for ref in found]
        return []

    def of_groups(self, groups: Alternatives, kinds: frozenset[str] | None) -> list[Ref]:
        """The actors of the first alternative that has any."""
        for group in groups:
            found = [ref for at in group for ref in self.of_phrase(at, kinds)]
            if found:
                return found
        return []

    def of_sources(
        self, sources: Iterable[str], at: int, arguments: Arguments, kinds: frozenset[str] | None
    ) -> list[Ref]:
        """The actors that fill an argument: the first source that gives any."""
        for source in sources:
            if source == "subject":
                found = self.of_groups(arguments.subject, kinds)
            elif source == "object":
                found = self.of_groups(arguments.object[:1], kinds)
            elif source == "theme":
                found = self.of_groups(self.clauses.subject(at), kinds)
            elif source == "formed":
                found = self._formed(at, kinds)
            elif source == "second":
                found = self.of_groups(arguments.object[1:], kinds)
            elif source == "patient":
                # "his arrest", "his arrest by X", but "his arrest of X": who owns the noun suffers it.
                found = [] if "of" in arguments.by_word else self._owner(at, kinds)
            elif source == "agent":
                found = self._owner(at, kinds) if "of" in arguments.by_word else []
            elif source == "planner":
                found = self._planner(at, kinds) if self.phrases[at].kind == NOUN else []
            elif source == "claimer":
                found = self._claimer(at, kinds) if self.phrases[at].kind == NOUN else []
            elif source == "owner":
                found = self._owner(at, kinds)
            elif source == "modifier":
                found = self._modifiers(at, kinds)
            elif source in ("clause", "main"):
                found = [
                    Ref(ref.naming, ref.weight * 0.7)
                    for ref in self.of_groups(
                        self.clauses.clause_subject(at, opening=source == "main"), kinds
                    )
                ]
            elif source == "bearer":
                found = self._bearer(at, kinds)
            elif source == "doer":
                found = self._doer(at, kinds)
            else:
                groups = arguments.by_word.get(source, [])
                found = self.of_groups(groups, kinds)
            if found:
                return found
        return []

    def places(self, arguments: Arguments, words: frozenset[str]) -> list[Ref]:
        """The places of the clause: where its prepositions of place point."""
        found: list[Ref] = []
        for by_word in (arguments.by_word, arguments.leading):
            for word, groups in by_word.items():
                if word in words:
                    for group in groups:
                        found += [ref for at in group for ref in self._place(at)]
        return found

    def _place(self, at: int) -> list[Ref]:
        """Every place that the phrase names: "the town of Telm in Ordan" names Telm."""
        phrase = self.phrases[at]
        namings = self.reading.namings
        if (
            phrase.naming >= 0
            and namings[phrase.naming].kind == "place"
            and not namings[phrase.naming].adjective
        ):
            found = [Ref(phrase.naming, 1.0)]
            number = at
            while number + 2 < len(self.phrases) and self.phrases[number + 1].kind in (COMMA, OPEN):
                # "Telm, Ordan": the wider place follows the narrower.
                number += 2
                wider = self.phrases[number]
                if (
                    wider.naming < 0
                    or namings[wider.naming].kind != "place"
                    or namings[wider.naming].adjective
                ):
                    break
                found.append(Ref(wider.naming, 0.85))
            return found
        if phrase.naming < 0:
            for number in phrase.namings:
                if namings[number].kind == "place" and not namings[number].adjective:
                    return [Ref(number, 0.8)]
            if self._has_of(at):
                return [Ref(ref.naming, ref.weight * 0.9) for ref in self._place(at + 2)]
            between = at + 2 < len(self.phrases) and self.phrases[at + 1].word == "between"
            if between and noun_base(phrase.word) in self._lands:
                # "the border area between Telm and Ordan" is in both.
                both = self.clauses.listed(at + 2, whole=True)[0]
                return [Ref(ref.naming, ref.weight * 0.8) for number in both for ref in self._place(number)]
        return []

    def _compound(self, number: int) -> bool:
        """Whether a hyphen joins the naming to who leads or backs: "Telm-backed rebels" are not Telm."""
        last, lower = self.reading.namings[number].last, self.reading.tokens.lower
        return last + 1 < len(lower) and lower[last] in "-–" and lower[last + 1] in self._joined

    def _stands_in(self, at: int) -> bool:
        after = self.phrases[at + 1 : at + 3]
        return len(after) == 2 and after[0].word in ("in", "at", "near") and after[1].kind == NOUN

    def _has_of(self, at: int) -> bool:
        return (
            at + 2 < len(self.phrases)
            and self.phrases[at + 1].word == "of"
            and self.phrases[at + 2].kind == NOUN
        )

    def _owner(self, at: int, kinds: frozenset[str] | None) -> list[Ref]:
        phrase = self.phrases[at]
        if phrase.owner >= 0:
            return self.of_phrase(phrase.owner, kinds)
        first = phrase.namings[0] if phrase.namings else -1
        if first >= 0 and self.reading.namings[first].form == "pronoun":
            naming = self.reading.namings[first]
            if naming.first == phrase.first and _fits(naming.kind, kinds):
                return [Ref(first, 0.7)]
        return []

    def _modifiers(self, at: int, kinds: frozenset[str] | None) -> list[Ref]:
        phrase = self.phrases[at]
        namings = self.reading.namings
        return [
            Ref(number, 0.85)
            for number in phrase.namings
            if number != phrase.naming
            and namings[number].form != "pronoun"
            and not self._compound(number)
            and _fits(namings[number].kind, kinds)
        ]

    def _planner(self, at: int, kinds: frozenset[str] | None) -> list[Ref]:
        """Who planned what the noun names: "X masterminded the attack"."""
        verb = self.clauses.governor(at)
        if verb < 0 or self.phrases[verb].lemma not in self._planning:
            verb = self.clauses.verb_after(at)
            if verb < 0 or not self.phrases[verb].passive or self.phrases[verb].lemma not in self._planning:
                return []
        return self.of_groups(self.clauses.verb_arguments(verb).subject, kinds)

    def _claimer(self, at: int, kinds: frozenset[str] | None) -> list[Ref]:
        """Who says that the deed is theirs: "X claimed responsibility for the attack"."""
        verb = self.clauses.governor(at)
        if verb >= 0 and self.phrases[verb].lemma == "claim":
            return self.of_groups(self.clauses.verb_arguments(verb).subject, kinds)
        for _ in range(3):
            prep = self.clauses.left(at - 1)
            at = self.clauses.left(prep - 1) if prep > 0 else -1
            if at < 0 or self.phrases[prep].kind != PREPOSITION or self.phrases[at].kind != NOUN:
                return []
            if self.phrases[at].word in ("responsibility", "credit"):
                verb = self.clauses.governor(at)
                if verb >= 0 and self.phrases[verb].lemma in self._avowal:
                    return self.of_groups(self.clauses.verb_arguments(verb).subject, kinds)
        return []

    def _formed(self, at: int, kinds: frozenset[str] | None) -> list[Ref]:
        """What came of it: "A and B merged to form X"."""
        for number in range(at + 1, len(self.phrases)):
            after = self.phrases[number]
            if after.kind == VERB:
                if after.form in ("infinitive", "ing") and after.lemma in self._forming:
                    return self.of_groups(self.clauses.verb_arguments(number).object[:1], kinds)
                break
            if after.kind in (STOP, RELATIVE):
                break
        return []

    def _bearer(self, at: int, kinds: frozenset[str] | None) -> list[Ref]:
        """Of whom a trait is said: "X, of Y origin", "X, a cleric of Y origin", "X was of Y origin"."""
        before = self.clauses.left(self.clauses.left(at - 1) - 1)
        if before > 0 and self.phrases[before].kind == COMMA:
            before = self.clauses.left(before - 1)
        if before < 0:
            return []
        if self.phrases[before].kind == VERB and self.phrases[before].lemma == "be":
            return self.of_groups(self.clauses.subject(before), kinds)
        return self.of_phrase(before, kinds) if self.phrases[before].kind == NOUN else []

    def _doer(self, at: int, kinds: frozenset[str] | None) -> list[Ref]:
        """Who does the action that the noun names: by the verb that the noun leans on."""
        verb = self.clauses.governor(at)
        if verb >= 0 and self.phrases[verb].lemma in self._light and not self.phrases[verb].passive:
            return self.of_groups(self.clauses.subject(verb), kinds)
        start = at
        for _ in range(2):
            prep = self.clauses.left(start - 1)
            if prep < 1 or self.phrases[prep].kind != PREPOSITION:
                break
            before = self.clauses.left(prep - 1)
            if before < 0:
                break
            phrase = self.phrases[before]
            if phrase.kind == VERB:
                if phrase.lemma in self._light_prep:
                    return self.of_groups(self.clauses.subject(before), kinds)
                break
            if phrase.kind != NOUN:
                break
            verb = self.clauses.governor(before)
            if verb >= 0 and self.phrases[verb].lemma in self._blaming and not self.phrases[verb].passive:
                # "Ordan blamed X for the attack": it is X's.
                return self.of_phrase(before, kinds)
            if verb >= 0 and self.phrases[verb].lemma in self._light_prep | self._light:
                return self.of_groups(self.clauses.subject(verb), kinds)
            start = before
        after = self.clauses.verb_after(at)
        if after >= 0 and self.phrases[after].passive:
            return self.of_groups(self.clauses.verb_arguments(after).subject, kinds)
        return []


def _fits(kind: str, kinds: frozenset[str] | None) -> bool:
    return kinds is None or kind in kinds
