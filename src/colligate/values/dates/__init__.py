"""Dates in prose -> bounds that invent nothing, and EDTF beside them.

The rules of language are in ``values/data/dates.yaml``; what each phrase is taken to mean, and why, is
in ``docs/decisions/dates-of-prose.md``.
"""

from colligate.values.dates.finding import find_dates, parse
from colligate.values.dates.interchange import parse_edtf
from colligate.values.dates.render import beginning, ending, render

__all__ = ["beginning", "ending", "find_dates", "parse", "parse_edtf", "render"]
