import re
from importlib.resources import files

import pytest
import yaml
from tests.extract.marked import marked

from colligate.extract.base import Reading
from colligate.extract.nominals import NominalStage

_EXAMPLES = yaml.safe_load(
    (files("colligate.extract") / "data" / "nominals.yaml").read_text(encoding="utf-8")
)["examples"]
_CAST = {
    "Orel Torvan": "person", "Velk Column": "organisation", "Ordan Workers Party": "organisation",
    "Azure Band": "organisation", "Telm": "place", "Pakistan": "place",
}  # fmt: skip


def resolved(text: str) -> Reading:
    for name, kind in _CAST.items():
        text = re.sub(rf"\b{name}\b", f"[{name}]({kind})", text)
    reading = marked(text)
    NominalStage().run(reading)
    return reading


def meant(reading: Reading, phrase: str) -> list[str]:
    """The name that each such phrase was given, "" for none."""
    found = {n.start: n.cluster for n in reading.namings if n.form == "nominal"}
    places = [m.start() for m in re.finditer(rf"\b{re.escape(phrase)}\b", reading.document.text)]
    assert places
    return [reading.clusters[found[at]].name if at in found else "" for at in places]


@pytest.mark.parametrize("example", _EXAMPLES, ids=lambda example: str(example["text"]))
def test_a_description_is_given_whom_it_points_to(example: dict[str, str]) -> None:
    assert meant(resolved(example["text"]), example["phrase"]) == [example["means"]]


def test_a_heading_says_whom_the_group_below_it_is() -> None:
    text = (
        "Velk Column\nThe group grew in Telm.\n\nAzure Band\nThe group fought the Velk Column.\n\n"
        "Ordan Workers Party\nThe group disbanded."
    )
    assert meant(resolved(text), "The group") == ["Velk Column", "Azure Band", "Ordan Workers Party"]


def test_an_unnamed_group_in_between_leaves_the_description_alone() -> None:
    text = "The Velk Column left Telm. Many months passed. Then another group came. The group stayed."
    assert meant(resolved(text), "The group") == [""]


def test_two_groups_side_by_side_leave_the_description_alone() -> None:
    text = "Men of the Velk Column and of the Azure Band met. The group left."
    assert meant(resolved(text), "The group") == [""]


def test_a_role_with_two_holders_is_left_alone() -> None:
    text = "Velk Column leader Orel Torvan fled. The Velk Column grew. Its commander was caught."
    assert meant(resolved(text), "Its commander") == [""]
