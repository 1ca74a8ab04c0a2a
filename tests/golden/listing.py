"""What the reader finds in a file as lines that a person can read beside the report, and approve.

One line per claim, in the order of the text: type, who to whom (of an event: who in which role), when,
stance, according to whom, and the words. Ids and scores stay out: what a person approves is what is said.
"""

from __future__ import annotations

from pathlib import Path

from colligate.extract.pipeline import default_pipeline
from colligate.model import Actor, Claim, Event, Party, Tie
from colligate.readers import read
from colligate.samples import sample_files
from colligate.vocabulary import load

HERE = Path(__file__).parent
_HEAD = """\
# What is found in {name}. Made by `python -m tests.golden.approve`, approved as found, not as right.
# type | who -> whom (of an event: role = who) | where | when | stance | according to | "words"
"""


def golden_files() -> dict[Path, Path]:
    """Each sample report, and the file of its approved claims."""
    return {path: HERE / f"{path.name}.claims.txt" for path in sample_files()}


def listing(path: Path) -> str:
    """The claims of a file, a heading before those of each page and a list of their actors at the end."""
    document = read(path, name=path.name)
    claims = default_pipeline(load()).extract(document).claims
    lines, page = [], None
    for claim in sorted(claims, key=_place):
        if (here := claim.evidence[0].page) != page:
            page = here
            lines.append(f"\n## Page {page}")
        lines.append(_line(claim))
    actors = {party.actor for claim in claims for party in _parties(claim)}
    lines.append("\n## Actors of these claims: kind | name | other names")
    lines += [_actor_line(actor) for actor in sorted(actors, key=lambda one: (one.kind, one.name, one.id))]
    return _HEAD.format(name=path.name) + "\n".join(lines) + "\n"


def _place(claim: Claim) -> tuple[object, ...]:
    first = claim.evidence[0]
    return first.start, first.end, claim.kind, claim.type, claim.id


def _line(claim: Claim) -> str:
    words = " [...] ".join(" ".join(one.quote.split()) for one in claim.evidence)
    cells = [
        claim.type,
        _who(claim),
        f"at {claim.where.actor.name}" if claim.where else "",
        f"{claim.when.edtf} “{' '.join(claim.when.quote.split())}”" if claim.when else "",
        claim.stance,
        " > ".join(f"{link.name} ({link.cue})" for link in claim.attribution),
        f'"{words}"',
    ]
    return " | ".join(cell or "-" for cell in cells)


def _who(claim: Claim) -> str:
    if isinstance(claim, Tie):
        return f"{_party(claim.subject)} -> {_party(claim.object)}"
    roles = [f"{role} = {', '.join(map(_party, parties))}" for role, parties in claim.roles]
    counts = [f"{what} = {n}" for what in ("killed", "wounded") if (n := getattr(claim, what)) is not None]
    return "; ".join([*roles, *counts, f"outcome = {claim.outcome}"])


def _party(party: Party) -> str:
    """The actor, and the words for it here when they are no name ("he", "the group")."""
    if party.mention.form == "name":
        return party.actor.name
    return f"{party.actor.name} ({' '.join(party.mention.quote.split())})"


def _parties(claim: Claim) -> tuple[Party, ...]:
    here = (claim.where,) if claim.where else ()
    if isinstance(claim, Event):
        return (*claim.parties(), *here)
    return (claim.subject, claim.object, *here)


def _actor_line(actor: Actor) -> str:
    return " | ".join([actor.kind, actor.name, "; ".join(actor.aliases) or "-"])
