"""The stage that finds the dates of a document, relative ones resolved against the text before them."""

from __future__ import annotations

from colligate.extract.base import Reading
from colligate.values.dates import find_dates


class DateStage:
    """Fills dates, in order of the text. No date crosses a block; "last year" counts from ``published``."""

    name = "dates"
    needs = frozenset({"document", "tokens", "sentences"})
    gives = frozenset({"dates"})

    def run(self, reading: Reading) -> None:
        document = reading.document
        reading.dates = find_dates(
            document.text,
            tokens=reading.tokens,
            document_date=document.published,
            breaks=frozenset(block.start for block in document.blocks),
        )
