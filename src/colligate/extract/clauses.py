"""Who does what to whom: the arguments of a verb or of a noun of action, read off the phrases.

An argument is a list of alternatives, best first; each alternative is a list of noun phrases that
stand side by side ("A, B and C"). The rule that asks takes the first alternative that fits.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from colligate.extract.phrases import (
    CLOSE,
    COMMA,
    JOINER,
    NOUN,
    OPEN,
    OTHER,
    PREPOSITION,
    RELATIVE,
    STOP,
    VERB,
    Parsed,
    Phrase,
)  # fmt: skip
from colligate.extract.words import word_lists

Alternatives = list[list[int]]
_RELATIVES = frozenset({"who", "which", "whose", "whom"})
# What may open an aside between a subject and its verb: "X, the emir of Y," "X, with help from Y,".
_ASIDES = (NOUN, RELATIVE, VERB, OTHER, PREPOSITION)
_PAIRS = {
    ("along", "with"): "with", ("together", "with"): "with", ("next", "to"): "near",
    ("close", "to"): "near", ("away", "from"): "from", ("up", "to"): "to", ("from", "within"): "from",
    ("because", "of"): "because", ("instead", "of"): "instead", ("according", "to"): "according",
    ("on", "to"): "to", ("inside", "of"): "in", ("outside", "of"): "outside", ("alongside", "with"): "with",
}  # fmt: skip


@dataclass(slots=True)
class Arguments:
    """The arguments of one trigger: subject, object, and one entry per preposition.

    ``leading`` holds the prepositions that stand before the subject ("In Telm, X met Y").
    """

    subject: Alternatives = field(default_factory=list)
    object: Alternatives = field(default_factory=list)
    by_word: dict[str, Alternatives] = field(default_factory=dict)
    leading: dict[str, Alternatives] = field(default_factory=dict)
    particles: set[str] = field(default_factory=set)


class Clauses:
    """Answers for one sentence; subjects are remembered, for verbs share them."""

    def __init__(self, parsed: Parsed) -> None:
        self.parsed = parsed
        self.phrases = parsed.phrases
        self._subjects: dict[int, Alternatives] = {}
        lists = word_lists()
        self._control, self._saying = lists["object_control"], lists["verbs_of_saying"]
        self._blaming, self._asides = lists["blaming"], lists["asides"]

    def verb_arguments(self, at: int) -> Arguments:
        """Subject, object and prepositions of the verb phrase ``at``, the passive turned round."""
        verb = self.phrases[at]
        arguments = Arguments()
        self._scan_right(at + 1, arguments, first_object=True)
        if not arguments.object and not arguments.by_word and not arguments.particles:
            self._share(at, arguments)
        subject = self.subject(at)
        if verb.passive:
            arguments.by_word["complement"] = arguments.object
            arguments.object = subject
            arguments.subject = arguments.by_word.pop("by", [])
        else:
            arguments.subject = subject
        self._scan_leading(at, arguments)
        return arguments

    def _share(self, at: int, arguments: Arguments) -> None:
        """What follows the second of two joined verbs belongs to both: "funded and trained X"."""
        phrases, joined = self.phrases, self._skip_aside(at + 1)
        number = self._skip_aside(joined + 1)
        while number < len(phrases) and phrases[number].kind == VERB:
            if phrases[joined].kind not in (COMMA, JOINER):
                return
            if phrases[number].passive == phrases[at].passive:
                self._scan_right(number + 1, arguments, first_object=True)
                if arguments.object or arguments.by_word:
                    return
            joined = self._skip_aside(number + 1)
            number = self._skip_aside(joined + 1)

    def noun_arguments(self, at: int) -> Arguments:
        """Prepositions after the noun phrase ``at``; owner and modifiers are the phrase's own."""
        arguments = Arguments()
        self._scan_right(at + 1, arguments, first_object=False)
        if not arguments.by_word:
            # "arms, money and training to X": what follows the list belongs to each of its nouns.
            self._scan_right(self.listed(at)[1], arguments, first_object=False)
        return arguments

    def governor(self, at: int) -> int:
        """The verb that has the noun phrase ``at`` as its object; -1 when none does."""
        before = self.left(at - 1)
        tags, first = self.parsed.tags, self.parsed.sentence.first
        particle = before > 0 and tags[self.phrases[before].first - first] == "RP"
        if particle and self.phrases[before - 1].kind == VERB:
            return before - 1  # "carried out attacks"
        while before >= 0 and self.phrases[before].kind in (NOUN, COMMA, JOINER):
            inner = self.left(before - 1)
            if self.phrases[before].kind == NOUN and inner >= 0 and self.phrases[inner].kind == VERB:
                return inner
            if self.phrases[before].kind != NOUN and (
                inner < 0 or self.phrases[inner].kind not in (NOUN, COMMA)
            ):
                break
            before = inner
        return before if before >= 0 and self.phrases[before].kind == VERB else -1

    def clause_subject(self, at: int, *, opening: bool = False) -> Alternatives:
        """The subject of the nearest verb before ``at`` in its clause.

        ``opening``: where no verb stands before, the subject after the comma ("On Y's orders, X left").
        """
        number = at - 1
        while number >= 0 and self.phrases[number].kind not in (STOP, RELATIVE):
            if self.phrases[number].kind == VERB:
                doer = self.verb_arguments(number).subject if self.phrases[number].passive else []
                return doer or self.subject(number)
            number -= 1
        if not opening:
            return []
        comma = self.left(self.left(at - 1) - 1)
        if (
            comma > 0
            and self.phrases[comma].kind == COMMA
            and self.phrases[self.left(comma - 1)].kind == NOUN
        ):
            return self._groups_before(self.left(comma - 1), nearest=False)
        return self._main_subject_after(at)

    def verb_after(self, at: int) -> int:
        """The verb that has the noun phrase ``at`` (or a phrase it stands in) as subject; -1: none."""
        for number in range(at + 1, len(self.phrases)):
            phrase = self.phrases[number]
            if phrase.kind == VERB:
                return number
            if phrase.kind in (STOP, RELATIVE, COMMA):
                return -1
        return -1

    def subject(self, at: int) -> Alternatives:
        """The subject of the verb phrase ``at`` (of a passive: the one acted on)."""
        if at not in self._subjects:
            self._subjects[at] = []  # a verb that leads back to itself has none
            self._subjects[at] = [self._with_partners(group) for group in self._find_subject(at)]
        return self._subjects[at]

    def _with_partners(self, group: list[int]) -> list[int]:
        """A subject and who does it along: "X, together with Y, attacked Z"."""
        found, phrases = list(group), self.phrases
        for at in group:
            beside = at + 1
            if beside < len(phrases) and phrases[beside].kind == COMMA:
                beside += 1
            along = beside + 1 < len(phrases) and phrases[beside].word == "alongside"
            if along and phrases[beside + 1].kind == NOUN:
                found += [other for other in self.listed(beside + 1)[0] if other not in found]
        return found

    def listed(self, at: int, *, whole: bool = False) -> tuple[list[int], int]:
        """The noun phrases side by side from ``at`` on, and the position after the last of them.

        The last is left out where a finite verb follows, for it is that verb's subject ("attacked A
        and B fled"); ``whole`` keeps it, as "between A and B" must.
        """
        phrases, found, after = self.phrases, [at], at + 1
        while True:
            number = self._skip_aside(after)
            marks = 0
            while number < len(phrases) and phrases[number].kind in (COMMA, JOINER):
                marks += 1
                number = self._skip_aside(number + 1)
            if not marks or number >= len(phrases) or phrases[number].kind != NOUN:
                return found, after
            following = self._skip_aside(number + 1)
            verb_next = following < len(phrases) and phrases[following].kind == VERB
            if verb_next and not whole and phrases[following].form == "finite" and self._verb_before(at):
                return found, after
            if phrases[number - 1].kind == COMMA and not self._joined_later(number):
                return found, after
            found.append(number)
            after = number + 1

    def _verb_before(self, at: int) -> bool:
        """Whether a verb stands before ``at`` in its clause; else the verb after a list owns it all."""
        number = at - 1
        while number >= 0 and self.phrases[number].kind not in (STOP, RELATIVE):
            if self.phrases[number].kind == VERB:
                return True
            number -= 1
        return False

    def _joined_later(self, at: int) -> bool:
        """Whether a comma list that reaches ``at`` ends in "and": otherwise it is an apposition."""
        number, items = at + 1, 1
        while number < len(self.phrases):
            kind = self.phrases[number].kind
            if kind == JOINER:
                return number + 1 < len(self.phrases) and self.phrases[number + 1].kind == NOUN
            if kind == OPEN:
                number = self._skip_aside(number)
                continue
            if kind == NOUN:
                items += 1
            elif kind != COMMA:
                break
            number += 1
        # "A, B, C": three names in a row are a list even without "and".
        return items >= 3 and all(
            self.phrases[n].naming >= 0 for n in range(at, number) if self.phrases[n].kind == NOUN
        )

    def _find_subject(self, at: int) -> Alternatives:
        verb = self.phrases[at]
        before = self.left(at - 1)
        if before < 0:
            return self._main_subject_after(at) if verb.form in ("ing", "participle", "infinitive") else []
        kind = self.phrases[before].kind
        if verb.form == "infinitive":
            return self._subject_of_infinitive(before)
        if verb.form == "ing":
            if kind == NOUN:
                return self._groups_before(before, nearest=True)
            if kind == PREPOSITION and (blamed := self._blamed(before)):
                return blamed
            return self._shared(before) or self._main_subject_after(at)
        if verb.form in ("participle", "finite") and kind == OPEN:
            inner = self.left(before - 1)
            return self._groups_before(inner, nearest=True) if inner >= 0 else []
        if verb.form == "participle":
            if kind == COMMA:
                inner = self.left(before - 1)
                if inner >= 0 and self.phrases[inner].kind == NOUN:
                    return self._groups_before(inner, nearest=False)
                return self._main_subject_after(at)
            if kind == NOUN:
                # "a splinter group of X led by Y": what is led is the group that the words introduce.
                head = self.phrases[self.chain_start(before)]
                introduced = self.parsed.tags[head.first - self.parsed.sentence.first] == "DT"
                introduced = introduced and head.naming < 0 and head.last - head.first > 1
                return self._groups_before(before, nearest=not introduced)
            return self._shared(before)
        if kind == NOUN:
            return self._groups_before(self._over_reduced(before), nearest=False)
        if kind == RELATIVE:
            inner = self.left(before - 1)
            if inner >= 0 and self.phrases[inner].kind == COMMA:
                inner = self.left(inner - 1)
            if inner >= 0 and self.phrases[inner].kind == NOUN:
                return self._groups_before(inner, nearest=True)
            return self._shared(before)
        if kind == COMMA:
            return self._over_aside(before)
        return self._shared(before)

    def _blamed(self, prep: int) -> Alternatives:
        """Who did it by another's word: in "X accused Y of killing Z", Y."""
        noun = self.left(prep - 1)
        if noun < 1 or self.phrases[noun].kind != NOUN:
            return []
        verb = self.governor(noun)
        if verb < 0 or self.phrases[verb].lemma not in self._blaming or self.phrases[verb].passive:
            return []
        return self._groups_before(noun, nearest=False)

    def _over_reduced(self, at: int) -> int:
        """The noun before "supported by X" or "operating in Y", which only describe it, else ``at``."""
        start = self.chain_start(at)
        prep = self.left(start - 1)
        if prep < 1 or self.phrases[prep].kind != PREPOSITION:
            return at
        verb = self.left(prep - 1)
        if (
            verb < 1
            or self.phrases[verb].kind != VERB
            or self.phrases[verb].form not in ("participle", "ing")
        ):
            return at
        noun = self.left(verb - 1)
        return noun if noun >= 0 and self.phrases[noun].kind == NOUN else at

    def _subject_of_infinitive(self, before: int) -> Alternatives:
        number = before
        nearest = -1
        while number >= 0:
            phrase = self.phrases[number]
            if phrase.kind == VERB:
                if phrase.lemma in self._control and not phrase.passive and nearest >= 0:
                    return [self.listed(nearest)[0]]
                return self.subject(number)
            if phrase.kind in (STOP, RELATIVE):
                return []
            if phrase.kind == NOUN:
                nearest = number
            number -= 1
        return []

    def _shared(self, before: int) -> Alternatives:
        """The subject of the verb before: "X met Y and left"."""
        number = before
        while number >= 0:
            phrase = self.phrases[number]
            if phrase.kind == VERB:
                if phrase.passive and self._active_after(number):
                    return self.subject(number)
                return self.subject(number)
            if phrase.word == ";":
                return []
            number -= 1
        return []

    def _active_after(self, number: int) -> bool:
        return number + 1 < len(self.phrases)

    def _main_subject_after(self, at: int) -> Alternatives:
        """For an opening participle: "Founded in 1986, X fought Y"."""
        for number in range(at + 1, len(self.phrases) - 1):
            if self.phrases[number].kind == COMMA and self.phrases[number + 1].kind == NOUN:
                return [self.listed(number + 1)[0]]
            if self.phrases[number].kind == STOP:
                break
        return []

    def _over_aside(self, comma: int) -> Alternatives:
        """The subject before an aside: "X, the emir of Y, fled"."""
        number = comma - 1
        finite = False
        while number >= 0:
            phrase = self.phrases[number]
            if phrase.kind == VERB and phrase.form == "finite":
                finite = True
            if phrase.kind == COMMA:
                opens = self.phrases[number + 1].kind
                # "who" is a mention where it stands for an actor, and opens the aside all the same.
                relative = opens == RELATIVE or self.phrases[number + 1].word in _RELATIVES
                if finite and not relative:
                    break
                inner = self.left(number - 1)
                if inner >= 0 and self.phrases[inner].kind == NOUN and opens in _ASIDES:
                    start = self.chain_start(inner)
                    ahead = self.left(start - 1)
                    if ahead >= 0 and self.phrases[ahead].kind == VERB:
                        return self.subject(ahead)
                    return self._groups_before(inner, nearest=False)
            if phrase.kind == STOP:
                break
            number -= 1
        return self._shared(comma)

    def _groups_before(self, at: int, *, nearest: bool) -> Alternatives:
        """Noun phrases that end at ``at``: the head of the chain and the nearest, in the asked order."""
        start = self.chain_start(at)
        head = self._list_before(start)
        near = self._list_before(at) if at != start else head
        if nearest:
            return [near, head] if near != head else [near]
        return [head, near] if near != head else [head]

    def chain_start(self, at: int) -> int:
        """The first noun of "the camps of X in Y" when ``at`` is Y; ``at`` when it opens a phrase."""
        number = at
        while number >= 2:
            prep = self.left(number - 1)
            if prep < 1 or self.phrases[prep].kind != PREPOSITION:
                break
            noun = self.left(prep - 1)
            if noun < 0 or self.phrases[noun].kind != NOUN:
                break
            number = noun
        if number >= 2 and self.phrases[number].owner >= 0:
            return number
        return number

    def _list_before(self, at: int) -> list[int]:
        found = [at]
        number = at
        joined = False
        while number >= 2:
            mark = self.left(number - 1)
            if mark < 1 or self.phrases[mark].kind not in (JOINER, COMMA):
                break
            if self.phrases[mark].kind == COMMA and not joined:
                break
            joined = True
            noun = self.left(mark - 1)
            if noun >= 0 and self.phrases[noun].kind == COMMA:
                noun = self.left(noun - 1)
            if noun < 0 or self.phrases[noun].kind != NOUN:
                break
            start = self.chain_start(noun)
            ahead = self.left(start - 1)
            if (
                ahead >= 0
                and self.phrases[ahead].kind == VERB
                and self.phrases[ahead].lemma not in self._saying
            ):
                break
            found.append(start)
            number = start
        return found[::-1]

    def left(self, at: int) -> int:
        """The next position at or before ``at`` that is no adverb, bracketed aside or mark."""
        while at >= 0:
            kind = self.phrases[at].kind
            if kind == CLOSE:
                while at >= 0 and self.phrases[at].kind != OPEN:
                    at -= 1
                at -= 1
            elif kind == OTHER:
                at -= 1
            else:
                return at
        return -1

    def _skip_aside(self, at: int) -> int:
        phrases = self.phrases
        size = len(phrases)
        while at < size:
            kind = phrases[at].kind
            if kind == OPEN:
                while at < size and phrases[at].kind != CLOSE:
                    at += 1
            elif kind != OTHER:
                break
            at += 1
        return at

    def _scan_right(self, at: int, arguments: Arguments, *, first_object: bool) -> None:
        phrases, size = self.phrases, len(self.phrases)
        words: list[str] = []
        free = first_object
        at = self._skip_aside(at)
        while at < size:
            phrase = phrases[at]
            if phrase.kind == NOUN:
                group, after = self.listed(at, whole=bool(words) and words[-1] in ("between", "among"))
                if words:
                    word = words[-1]
                    if len(words) > 1:
                        # "in much of Telm": what counts is the first preposition.
                        word = _PAIRS.get((words[-2], words[-1]), words[-2] if word == "of" else word)
                    arguments.by_word.setdefault(word, []).append(group)
                elif free:
                    arguments.object.append(group)
                elif phrase.owner < 0 and not first_object:
                    return
                if words and words[-1] in ("about", "regarding", "concerning"):
                    return  # "talked about the war in Telm": what follows belongs to the war
                free, words = False, []
                at = self._skip_aside(after)
                if at < size and phrases[at].kind == NOUN and phrases[at].owner >= 0:
                    continue
                if at < size and phrases[at].kind == NOUN and first_object and arguments.object:
                    arguments.object.append(self.listed(at)[0])
            elif phrase.kind == PREPOSITION:
                words.append(phrase.word)
                if free and self.parsed.tags[phrase.first - self.parsed.sentence.first] == "RP":
                    arguments.particles.add(words.pop())
                elif free and first_object and not arguments.object:
                    arguments.particles.add(phrase.word)
                at = self._skip_aside(at + 1)
            elif phrase.kind in (COMMA, JOINER):
                following = self._skip_aside(at + 1)
                if following < size and phrases[following].kind in (COMMA, JOINER):
                    following = self._skip_aside(following + 1)
                if following >= size or phrases[following].kind != PREPOSITION:
                    return
                words, free = [], False
                at = following
            elif phrase.word in ("'s", "'", "’", "’s"):
                at += 1
            else:
                return

    def _scan_leading(self, at: int, arguments: Arguments) -> None:
        """Prepositions that open the clause: "In Telm, X met Y"."""
        start = at
        while start > 0 and self.phrases[start - 1].kind != STOP:
            start -= 1
        number, aside = start, False
        while number + 1 < at and self.phrases[number].kind in (PREPOSITION, OTHER):
            if self.phrases[number].kind == OTHER:
                number += 1
                continue
            word = self.phrases[number].word
            number = self._skip_aside(number + 1)
            if number >= at or self.phrases[number].kind != NOUN:
                return
            group, after = self.listed(number)
            if not aside:
                arguments.leading.setdefault(word, []).append(group)
            # "After the war in Telm, X left": what follows belongs to the war.
            aside = aside or word in self._asides
            number = self._skip_aside(after)
            if number < at and self.phrases[number].kind == COMMA:
                number, aside = self._skip_aside(number + 1), False


def verbs(phrases: list[Phrase]) -> Iterator[int]:
    """Positions of the verb phrases."""
    return (number for number, phrase in enumerate(phrases) if phrase.kind == VERB)
