"""What the user asked for, checked against what the case and its vocabulary know."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

from colligate.errors import NotFoundError, SettingsError
from colligate.export.plain import line_shown

if TYPE_CHECKING:
    from colligate.store import ActorSummary, View


def known(asked: Sequence[str], allowed: Iterable[str], *, what: str) -> tuple[str, ...]:
    """The names asked for, hyphens and spaces taken for underscores. Raises SettingsError."""
    names = list(allowed)
    found: list[str] = []
    for text in asked:
        name = text.strip().lower().replace("-", "_").replace(" ", "_")
        if name not in names:
            near = get_close_matches(name, names, n=3, cutoff=0.5)
            hint = f"Did you mean: {', '.join(near)}?" if near else f"One of: {', '.join(names)}."
            raise SettingsError(f"{line_shown(text)!r} is not {what}.", hint=hint)
        found.append(name)
    return tuple(found)


def actors_meant(view: View, asked: str) -> Sequence[ActorSummary]:
    """Who may be meant, at least one. Raises NotFoundError with the nearest names of the case."""
    found = view.actor(asked)
    if found:
        return found
    raise NotFoundError(
        f"The case knows no actor called {line_shown(asked)!r}.",
        hint=_nearest(view, asked) or "`colligate actors` lists all; `colligate search` looks in the texts.",
    )


def _nearest(view: View, asked: str) -> str:
    """The names most like what was asked, as a whole or in one word, those with the most claims first."""
    whole: dict[str, str] = {}
    by_word: dict[str, str] = {}
    for actor in view.actors():
        for name in (actor.name, *actor.aliases):
            whole.setdefault(name.casefold(), name)
            for word in name.casefold().split():
                by_word.setdefault(word, actor.name)
    wanted = asked.casefold()
    names = [whole[name] for name in get_close_matches(wanted, list(whole), n=3, cutoff=0.6)]
    names += [by_word[word] for word in get_close_matches(wanted, list(by_word), n=3, cutoff=0.75)]
    near = list(dict.fromkeys(map(line_shown, names)))[:4]
    return f"Did you mean: {'; '.join(near)}?" if near else ""
