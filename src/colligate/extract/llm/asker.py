"""Asks for one reply after the other: out of the cache, else of the endpoint, within the budget, again
after failures that may pass. Once it has stopped it asks no more."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from colligate.extract.llm.cache import Kept, ReplyCache, reply_key
from colligate.extract.llm.client import Answer, Client, Failed, Why
from colligate.extract.llm.cost import Spending, tokens_about
from colligate.extract.llm.dialect import Dialect
from colligate.extract.llm.options import LlmOptions
from colligate.extract.llm.schema import Schema

_PASSING = frozenset({Why.SLOW, Why.UNREACHABLE, Why.BUSY, Why.SERVER})
# Failures that every further request would meet, too.
_LASTING = frozenset({Why.UNREACHABLE, Why.BUSY, Why.REDIRECT, Why.KEY, Why.ABSENT, Why.REFUSED})
# So many replies in a row that are of no use: the endpoint, or the model, is not what was meant.
_PATIENCE = 3
_LONGEST_BACKOFF = 30.0

_ADVICE = {
    Why.SLOW: "Try again later, or give it more time with --llm-timeout.",
    Why.UNREACHABLE: "See that the service runs and that the URL is right.",
    Why.BUSY: "Try again later.",
    Why.SERVER: "Try again later.",
    Why.REDIRECT: "No redirect is followed. If you trust the place that it names, give that URL.",
    Why.KEY: "Put the key of this service into the environment variable COLLIGATE_LLM_KEY.",
    Why.ABSENT: "Check the URL, which mostly ends in /v1, and the name after --llm-model.",
    Why.REFUSED: "Check the name after --llm-model, and what the service says above.",
    Why.FOREIGN: "Check the URL: it must lead to an OpenAI-compatible service.",
    Why.DECLINED: "Another model may read it.",
    Why.LARGE: "Check the URL: it must lead to an OpenAI-compatible service.",
}


@dataclass(frozen=True, slots=True)
class Stop:
    """Why no more is asked. ``budget`` tells that it is only the user's bound."""

    message: str
    hint: str
    budget: bool = False


class Asker:
    """``stopped`` says why it asks no more, None while it does. ``pause`` waits so many seconds."""

    def __init__(
        self,
        options: LlmOptions,
        schema: Schema,
        client: Client,
        *,
        cache: ReplyCache | None = None,
        pause: Callable[[float], object] = time.sleep,
    ) -> None:
        self.options = options
        self.spending = Spending(options.budget)
        self.stopped: Stop | None = None
        self._schema = schema
        self._cache = cache
        self._client = client
        self._pause = pause
        self._dialect = Dialect()
        self._useless = 0

    def kept(self, messages: Sequence[dict[str, str]]) -> Kept | None:
        """The reply that an earlier run paid for."""
        return None if self._cache is None else self._cache.get(reply_key(self.options.model, messages))

    def reply(self, messages: Sequence[dict[str, str]]) -> Kept | None:
        """The reply to these messages; None when there is none. Raises OSError when it cannot be kept."""
        kept = self.kept(messages)
        if kept is not None:
            self.spending.reused += 1
            return kept
        if self.stopped is not None:
            return None
        answer = self._asked(messages)
        if isinstance(answer, Answer):
            return _content(answer.body)
        if answer is not None and answer.why is not Why.DECLINED:
            self._count_useless(answer)
        return None

    def judge(self, messages: Sequence[dict[str, str]], kept: Kept, *, useful: bool) -> None:
        """Keeps a reply that was of use; after too many others in a row, stops."""
        if kept.reused:
            return
        if useful:
            self._useless = 0
            if self._cache is not None:
                self._cache.put(reply_key(self.options.model, messages), kept)
        else:
            self._count_useless(Failed(Why.FOREIGN, "Its replies are not the JSON that was asked for."))

    def forget(self, messages: Sequence[dict[str, str]]) -> None:
        """Drops a kept reply, so that it is asked for again."""
        if self._cache is not None:
            self._cache.forget(reply_key(self.options.model, messages))

    def _asked(self, messages: Sequence[dict[str, str]]) -> Answer | Failed | None:
        options, spending = self.options, self.spending
        about_in = sum(tokens_about(message["content"]) for message in messages)
        if self._dialect.form == "json_schema":
            about_in += tokens_about(str(self._schema))
        failures = 0
        while True:
            if not spending.room_for(about_in, options.reply_tokens):
                self._stop_at_budget()
                return None
            spending.requests += 1
            body = self._dialect.body(options.model, messages, self._schema, options.reply_tokens)
            result = self._client.post(body)
            if isinstance(result, Answer):
                said = _content(result.body)
                about_out = tokens_about(said.content) if said is not None else 0
                spending.add(result.body.get("usage"), about_in=about_in, about_out=about_out)
                return result if said is not None else _without_content(result.body)
            if result.why is Why.SLOW:
                spending.add_unanswered(about_in)
            simpler = self._dialect.simpler(result.detail) if result.why is Why.REFUSED else None
            if simpler is not None:
                self._dialect = simpler
                continue
            wait = min(2.0**failures, _LONGEST_BACKOFF) if result.wait is None else result.wait
            if result.why not in _PASSING or failures >= options.retries or wait > options.longest_wait:
                if result.why in _LASTING:
                    self._stop_after(result, wait)
                return result
            failures += 1
            spending.retries += 1
            self._pause(wait)

    def _count_useless(self, failed: Failed) -> None:
        self._useless += 1
        if self._useless >= _PATIENCE and self.stopped is None:
            self._stop_after(failed, 0.0)

    def _stop_after(self, failed: Failed, wait: float) -> None:
        shown = self.options.endpoint.shown
        asked = f" {wait:.0f} s" if failed.why is Why.BUSY and failed.wait is not None else ""
        said = f": {failed.detail}" if failed.detail else "."
        self.stopped = Stop(f"{shown} {failed.why.value}{asked}{said}", _ADVICE[failed.why])

    def _stop_at_budget(self) -> None:
        budget = self.options.budget
        bound = f"{budget.tokens:,} tokens" if budget.tokens else ""
        if budget.money is not None:
            bound += f"{' or ' if bound else ''}{budget.money:g} in money"
        self.stopped = Stop(
            f"The budget of {bound} has no room for another request.",
            "To go on where it stopped, run the same command again; replies that were paid for are kept. "
            "Each run has the budget that --llm-budget gives it.",
            budget=True,
        )


def _without_content(body: dict[str, Any]) -> Failed:
    """Services keep some passages from their models, or the models decline: that is about this passage."""
    said = str(body.get("choices"))
    declined = "content_filter" in said or "'refusal': '" in said
    return Failed(Why.DECLINED) if declined else Failed(Why.FOREIGN, "There is no text in its replies.")


def _content(body: dict[str, Any]) -> Kept | None:
    """The text of the first choice; None when the body is not as it should be, or holds a refusal."""
    choices = body.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices else None
    message = choice.get("message") if isinstance(choice, dict) else None
    content = message.get("content") if isinstance(message, dict) else None
    if not isinstance(choice, dict) or not isinstance(content, str) or not content.strip():
        return None
    return Kept(content, choice.get("finish_reason") == "length")
