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
            near = get_close_matches(name, names, n=3, cutoff=0.5) or names
            raise SettingsError(
                f"{line_shown(text)!r} is not {what}.", hint=f"Did you mean: {', '.join(near)}?"
            )
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
    names: dict[str, str] = {}
    for actor in view.actors():
        for name in (actor.name, *actor.aliases):
            names.setdefault(name.casefold(), name)
    wanted = asked.casefold()
    near = get_close_matches(wanted, list(names), n=4, cutoff=0.6)
    if not near:  # one word of a long name, mistyped
        near = [name for name in names if get_close_matches(wanted, name.split(), n=1, cutoff=0.75)][:4]
    return f"Did you mean: {'; '.join(line_shown(names[name]) for name in near)}?" if near else ""
