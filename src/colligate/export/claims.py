"""Claims as JSON Lines: written one by one, in the order given, and read back strictly."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TextIO

from colligate.errors import ClaimsFileError, QuoteError
from colligate.export.plain import json_text
from colligate.export.wire import claim_from_wire, claim_to_wire
from colligate.model import Claim


def write_claims(claims: Iterable[Claim], out: TextIO) -> int:
    """Writes one line per claim and returns how many. Holds one claim at a time."""
    written = 0
    for claim in claims:
        out.write(claim_line(claim))
        written += 1
    return written


def claim_line(claim: Claim) -> str:
    """The claim as one line, with its line end."""
    return json_text(claim_to_wire(claim)) + "\n"


def load_claims(lines: Iterable[str], *, source: str = "") -> Iterator[Claim]:
    """The claims of such a file, ids kept. Empty lines are passed over.

    Raises ClaimsFileError, naming ``source``, the line and the field, at the first line that is not
    a claim: a file that lost something on its way is refused and not half read.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield claim_from_wire(json.loads(line))
        except (ValueError, QuoteError, RecursionError) as error:
            raise ClaimsFileError(
                f"Line {number} of {source or 'the claims file'} is not a claim: {error}.",
                source=source,
                line=number,
            ) from error
