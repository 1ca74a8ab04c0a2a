from importlib.resources import files

import pytest
import yaml

from colligate.extract.prose import is_prose
from colligate.extract.tokens import tokenize

RULES = yaml.safe_load((files("colligate.extract") / "data" / "not_prose.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("example", RULES["examples"], ids=lambda example: example["say"][:30])
def test_the_examples_hold(example: dict[str, object]) -> None:
    lower = tokenize(str(example["say"])).lower
    assert is_prose(lower, 0, len(lower)) is example["prose"]


@pytest.mark.parametrize("cue", RULES["cues"])
def test_every_cue_counts_in_the_middle_of_a_line(cue: str) -> None:
    lower = tokenize(f"Orsan Velk {cue} 1998").lower
    assert not is_prose(lower, 0, len(lower))
