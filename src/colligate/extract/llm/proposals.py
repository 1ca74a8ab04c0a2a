"""Proposals -> claims that show their words. What cannot is dropped, and counted by its reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from colligate.extract.base import Reading
from colligate.extract.claims import PLACE_ROLES, WORK_ROLES
from colligate.extract.llm.chunks import Chunk
from colligate.extract.llm.dates import date_of, neighbourhood
from colligate.extract.llm.ends import End, EndFinder
from colligate.extract.llm.known import Known
from colligate.extract.llm.locate import Fit, Found, Passage
from colligate.extract.llm.reply import Proposals
from colligate.extract.llm.sources import chain_of
from colligate.extract.llm.tally import Drop, LeftOut, Tally
from colligate.extract.llm.wording import deed
from colligate.model import SHOWN_FROM, Attribution, Basis, Claim, Event, Evidence, Mention, Party, Tie, When
from colligate.values.numbers import find_counts

# Lower than a pattern that matched in full: a model may misread what it copied right.
SCORE, FOLDED = 0.6, 0.95
LONGEST_QUOTE = 600  # characters; the longest of patterns' quotes that hold up are about half of it
MOST_EVIDENCE = 3

Fields = Mapping[str, Any]


class ClaimMaker:
    """Makes claims of one reading. ``method`` is the basis that they get; counts go to ``tally``."""

    def __init__(self, reading: Reading, *, method: str, tally: Tally) -> None:
        self._reading = reading
        self._method = method
        self._tally = tally
        self._ends = EndFinder(reading)
        self._known = Known(reading.vocabulary)
        for claim in reading.claims:
            if claim.basis.score >= SHOWN_FROM:  # what is only suggested may well be found
                self._known.add(claim)

    def claims(self, proposals: Proposals, chunk: Chunk) -> list[Claim]:
        """The claims of one reply that hold up and say something new."""
        tally = self._tally
        tally.proposed += len(proposals.ties) + len(proposals.events) + proposals.dropped.total()
        tally.dropped += proposals.dropped
        passage = Passage(self._reading.document.text, chunk.start, chunk.end)
        made: list[Claim] = []
        for make, proposed in (
            *((self._tie, tie) for tie in proposals.ties),
            *((self._event, event) for event in proposals.events),
        ):
            quote = self._quote(proposed, chunk, passage)
            claim = quote if isinstance(quote, Drop) else make(proposed, passage, quote)
            if isinstance(claim, Drop):
                tally.dropped[claim] += 1
            elif self._known.has(claim):
                tally.known += 1
            else:
                self._known.add(claim)
                tally.kept += 1
                if isinstance(quote, Found) and quote.fit is Fit.EXACT:
                    tally.exact += 1
                else:
                    tally.folded += 1
                made.append(claim)
        return made

    def _quote(self, proposed: Fields, chunk: Chunk, passage: Passage) -> Found | Drop:
        line = proposed["line"]
        near = chunk.lines[line - 1].start if 1 <= line <= len(chunk.lines) else -1
        found = passage.find(proposed["quote"], near=near)
        if found is None:
            return Drop.QUOTE
        return found if found.end - found.start <= LONGEST_QUOTE else Drop.LONG

    def _tie(self, proposed: Fields, passage: Passage, quote: Found) -> Tie | Drop:
        subject = self._ends.end(proposed["subject"], passage, quote)
        if isinstance(subject, Drop):
            return subject
        target = self._ends.end(proposed["object"], passage, quote)
        if isinstance(target, Drop):
            return target
        one, two = subject.party.actor, target.party.actor
        if one.id == two.id:
            return Drop.ONE
        if not self._reading.vocabulary.ties[proposed["type"]].allows(one.kind, two.kind):
            return Drop.KINDS
        chain = self._chain(proposed, passage, quote)
        if chain is None:
            return Drop.SOURCE
        return Tie.of(
            proposed["type"], subject.party, target.party, self._evidence(quote, [subject, target]),
            stance=proposed["stance"], attribution=chain, when=self._when(proposed, passage, quote),
            basis=self._basis(quote, subject.weight * target.weight),
        )  # fmt: skip

    def _event(self, proposed: Fields, passage: Passage, quote: Found) -> Event | Drop:
        trigger = passage.find(proposed["trigger"], start=quote.start, end=quote.end)
        if trigger is None or not deed(self._reading.document.text[trigger.start : trigger.end]):
            return Drop.TRIGGER
        named = self._ends.naming_at(trigger.start, trigger.end)
        if named is not None and named.start <= trigger.start and trigger.end <= named.end:
            return Drop.TRIGGER  # somebody's name is no deed
        ends, roles = self._roles(proposed, passage, quote)
        if not roles or set(roles) == {"place"}:
            return Drop.EMPTY
        chain = self._chain(proposed, passage, quote)
        if chain is None:
            return Drop.SOURCE
        text = self._reading.document.text
        places = roles.get("place", ())
        words = text[trigger.start : trigger.end]
        return Event.of(
            proposed["type"], Mention(trigger.start, trigger.end, words, "trigger"), roles,
            self._evidence(quote, ends),
            outcome=proposed["outcome"],
            killed=self._number(proposed["killed"], quote), wounded=self._number(proposed["wounded"], quote),
            stance=proposed["stance"], attribution=chain, when=self._when(proposed, passage, quote),
            where=places[0] if places else None,
            basis=self._basis(quote, min(end.weight for end in ends)),
        )  # fmt: skip

    def _roles(
        self, proposed: Fields, passage: Passage, quote: Found
    ) -> tuple[list[End], dict[str, tuple[Party, ...]]]:
        """The participants that stand in the quote, by role in the vocabulary's order."""
        allowed = self._reading.vocabulary.events[proposed["type"]].roles
        asked: list[Fields] = list(proposed["roles"])
        where = proposed["where"]
        if where is not None and "place" in allowed and not any(one["role"] == "place" for one in asked):
            asked.append({"role": "place", **where})
        found: dict[str, dict[str, End]] = {role: {} for role in allowed}
        for one in asked:
            role = one["role"]
            end = self._ends.end(one, passage, quote)
            if isinstance(end, Drop):
                self._tally.left_out[LeftOut.PARTICIPANT] += 1
            elif role not in found or not _fills(role, end.party.actor.kind):
                self._tally.left_out[LeftOut.ROLE] += 1
            else:
                found[role].setdefault(end.party.actor.id, end)
        ends = [end for filled in found.values() for end in filled.values()]
        return ends, {
            role: tuple(end.party for end in filled.values()) for role, filled in found.items() if filled
        }

    def _chain(self, proposed: Fields, passage: Passage, quote: Found) -> tuple[Attribution, ...] | None:
        return chain_of(self._reading, proposed["attribution"], self._ends, passage, quote)

    def _when(self, proposed: Fields, passage: Passage, quote: Found) -> When | None:
        if proposed["when"] is None:
            return None
        when = date_of(self._reading, proposed["when"], passage, quote)
        if isinstance(when, LeftOut):
            self._tally.left_out[when] += 1
            return None
        return when

    def _number(self, proposed: int | None, quote: Found) -> int | None:
        if not proposed:  # 0 is what models write for "not told"
            return None
        low, high = neighbourhood(self._reading, quote)
        if any(count.lowest == proposed for count in find_counts(self._reading.document.text[low:high])):
            return proposed
        self._tally.left_out[LeftOut.NUMBER] += 1
        return None

    def _evidence(self, quote: Found, ends: list[End]) -> tuple[Evidence, ...]:
        """The quote, then where pronouns and descriptions got their names."""
        found = [Evidence.of(self._reading.document, quote.start, quote.end)]
        found += [end.named for end in ends if end.named is not None]
        return tuple(dict.fromkeys(found))[:MOST_EVIDENCE]

    def _basis(self, quote: Found, weight: float) -> Basis:
        fit = 1.0 if quote.fit is Fit.EXACT else FOLDED
        return Basis(self._method, round(SCORE * fit * weight, 3))


def _fills(role: str, kind: str) -> bool:
    """As for patterns: only a place is where something happened, and only people act."""
    if role in PLACE_ROLES:
        return kind == "place"
    return kind != "event" and (kind != "work" or role in WORK_ROLES)
