"""How a request is put: endpoints that all call themselves compatible understand different parts of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from colligate.extract.llm.schema import Schema

_FORMS = ("json_schema", "json_object", "")


@dataclass(frozen=True, slots=True)
class Dialect:
    """``form`` is the response format that is asked for, "" for none; ``limit`` the field that bounds the
    reply; ``temperature`` whether it may be set. Begins with the most exact, and learns by refusals."""

    form: str = "json_schema"
    limit: str = "max_tokens"
    temperature: bool = True

    def body(
        self, model: str, messages: Sequence[dict[str, str]], schema: Schema, reply_tokens: int
    ) -> dict[str, Any]:
        """The request. It offers no tools: whatever a document says, there is nothing to call."""
        body: dict[str, Any] = {"model": model, "messages": list(messages), self.limit: reply_tokens}
        if self.temperature:
            body["temperature"] = 0
        if self.form == "json_schema":
            wanted = {"name": "claims", "strict": True, "schema": schema}
            body["response_format"] = {"type": "json_schema", "json_schema": wanted}
        elif self.form:
            body["response_format"] = {"type": self.form}
        return body

    def simpler(self, refusal: str) -> Dialect | None:
        """What to try after a refusal that says so; None when there is nothing left to leave out."""
        said = refusal.lower()
        if "max_tokens" in said and self.limit == "max_tokens":
            return replace(self, limit="max_completion_tokens")
        if "temperature" in said and self.temperature:
            return replace(self, temperature=False)
        if self.form:
            return replace(self, form=_FORMS[_FORMS.index(self.form) + 1])
        return None
