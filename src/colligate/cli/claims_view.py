"""How claims look: to a person in a terminal, and as plain rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from colligate.export.plain import line_shown
from colligate.model import Claim, Event, Party, Tie, When, statements

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

ID_SHOWN = 8
TIE_HEADER = (
    "id", "type", "subject", "object", "when", "stance", "according_to", "document", "page", "quote",
)  # fmt: skip
EVENT_HEADER = (
    "id", "type", "name", "participants", "when", "outcome", "killed", "wounded",
    "stance", "according_to", "document", "page", "quote",
)  # fmt: skip

_TITLE = 50

STANCE_STYLES = {
    "asserted": "dim",
    "alleged": "yellow",
    "claimed": "magenta",
    "denied": "bold red",
    "planned": "blue",
}
KIND_STYLES = {
    "person": "bold",
    "organisation": "bold cyan",
    "community": "cyan",
    "place": "green",
    "work": "italic",
    "event": "magenta",
}


def words(name: str) -> str:
    """A name of the vocabulary as words: leader_of -> leader of."""
    return name.replace("_", " ")


def when_text(when: When | None) -> str:
    """The date in plain words; "" when the claim has none."""
    if when is None:
        return ""
    from colligate.values.dates import render  # noqa: PLC0415 - loads the rules of dates

    return render(when)


def sources_text(claim: Claim) -> str:
    """The chain of who says so, outermost first; "" for the document's own voice."""
    return " › ".join(line_shown(link.name) for link in claim.attribution)


def quote_text(claim: Claim) -> str:
    """The words under the claim on one line, as its first statement has them; several places are parted by
    [...]."""
    return " [...] ".join(line_shown(evidence.quote) for evidence in statements(claim)[0])


def again_text(claim: Claim) -> str:
    """How often the document states it again: "" or " (+2)"."""
    again = statements(claim)[1]
    return f" (+{len(again)})" if again else ""


def place_text(claim: Claim, *, most: int = 0) -> str:
    """Document and page of the claim's first words; with ``most``, a longer title is shortened."""
    first = claim.evidence[0]
    title = line_shown(first.title) or first.document[:19]
    if 0 < most < len(title):
        title = f"{title[:most].rsplit(' ', 1)[0]} …"
    return title if first.page is None else f"{title}, p. {first.page}"


def parties_text(parties: Iterable[Party]) -> str:
    return ", ".join(dict.fromkeys(line_shown(party.actor.name) for party in parties))


def roles_text(event: Event) -> str:
    return "; ".join(f"{role}: {parties_text(parties)}" for role, parties in event.roles)


def event_name(event: Event) -> str:
    return line_shown(event.name) or line_shown(event.trigger.quote)


def tie_row(tie: Tie) -> tuple[object, ...]:
    """The tie under TIE_HEADER."""
    return (
        tie.id, tie.type, tie.subject.actor.name, tie.object.actor.name, when_text(tie.when), tie.stance,
        sources_text(tie), *_where_found(tie), quote_text(tie),
    )  # fmt: skip


def event_row(event: Event) -> tuple[object, ...]:
    """The event under EVENT_HEADER."""
    return (
        event.id, event.type, event_name(event), roles_text(event), when_text(event.when),
        event.outcome, event.killed, event.wounded, event.stance,
        sources_text(event), *_where_found(event), quote_text(event),
    )  # fmt: skip


def ties_rich(ties: Sequence[Tie], *, symmetric: frozenset[str], width: int) -> list[RenderableType]:
    """Each tie as one aligned line, its quote and its source under it."""
    heads = [
        [
            _party(tie.subject),
            _text(("↔ " if tie.type in symmetric else "→ ") + words(tie.type), "cyan"),
            _party(tie.object),
            _text(when_text(tie.when), "green"),
            _stance(tie),
        ]
        for tie in ties
    ]
    return _blocks(ties, heads, caps=(30, 20, 30, 24, 8), width=width)


def events_rich(events: Sequence[Event], *, width: int) -> list[RenderableType]:
    """Each event as one aligned line, with its roles, quote and source under it."""
    heads = [
        [
            _text(when_text(event.when) or "undated", "green" if event.when else "dim"),
            _text(words(event.type), "magenta"),
            _text(_own_name(event), "bold"),
            _text(_happened(event), "yellow" if event.killed or event.wounded else ""),
            _stance(event),
        ]
        for event in events
    ]
    return _blocks(events, heads, caps=(24, 18, 40, 28, 8), width=width)


def _blocks(
    claims: Sequence[Claim], heads: list[list[Text]], *, caps: tuple[int, ...], width: int
) -> list[RenderableType]:
    from rich.padding import Padding  # noqa: PLC0415 - rich is slow to load, and --help needs none
    from rich.table import Table  # noqa: PLC0415

    columns = range(len(caps))
    widths = [min(caps[i], max((head[i].cell_len for head in heads), default=0)) for i in columns]
    spare = width - sum(widths) - 2 * len(widths)
    while spare < 0 and max(widths) > 10:  # a narrow terminal: the widest column gives way and wraps
        widths[widths.index(max(widths))] -= 1
        spare += 1
    blocks: list[RenderableType] = []
    for claim, head in zip(claims, heads, strict=True):
        grid = Table.grid(padding=(0, 2))
        for column in columns:
            grid.add_column(width=widths[column], overflow="fold")
        grid.add_row(*head)
        blocks.append(grid)
        if isinstance(claim, Event) and claim.roles:
            blocks.append(Padding(_roles(claim), (0, 0, 0, 4), expand=False))
        blocks.append(
            Padding(_text(f"“{quote_text(claim)}”{again_text(claim)}", "italic"), (0, 0, 0, 4), expand=False)
        )
        blocks.append(Padding(_source(claim), (0, 0, 1, 4), expand=False))
    return blocks


def _source(claim: Claim) -> Text:
    text = _text("", "")
    text.append(place_text(claim, most=_TITLE), style="dim")
    if claim.attribution:
        text.append(" · according to ", style="dim")
        text.append(sources_text(claim), style="yellow")
    text.append(f" · {claim.id[:ID_SHOWN]}", style="dim")
    return text


def _roles(event: Event) -> Text:
    text = _text("", "")
    for position, (role, parties) in enumerate(event.roles):
        text.append(" · " if position else "", style="dim")
        text.append(f"{words(role)} ", style="dim")
        text.append(parties_text(parties), style=KIND_STYLES.get(parties[0].actor.kind, ""))
    return text


def _own_name(event: Event) -> str:
    """What its name says beyond its type: a killing called "killing" needs no second word."""
    name = event_name(event)
    return "" if name.casefold() == words(event.type) else name


def _happened(event: Event) -> str:
    counts = [f"{n} {what}" for n, what in ((event.killed, "killed"), (event.wounded, "wounded")) if n]
    outcome = [] if event.outcome == "unknown" else [words(event.outcome)]
    return ", ".join(outcome + counts)


def _party(party: Party) -> Text:
    return _text(party.actor.name, KIND_STYLES.get(party.actor.kind, ""))


def _stance(claim: Claim) -> Text:
    return _text(claim.stance, STANCE_STYLES.get(claim.stance, ""))


def _text(text: str, style: str) -> Text:
    from rich.text import Text as RichText  # noqa: PLC0415

    return RichText(line_shown(text), style=style)


def _where_found(claim: Claim) -> tuple[str, int | None]:
    first = claim.evidence[0]
    return first.title or first.document, first.page
