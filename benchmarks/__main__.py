"""All that results/ holds: quality, then speed. The other files here measure one stage each."""

from __future__ import annotations

import sys

from benchmarks import quality, speed

_SKIPPED = 77

if __name__ == "__main__":
    ended = [quality.main(), speed.main()]
    sys.exit(max((status for status in ended if status != _SKIPPED), default=0))
