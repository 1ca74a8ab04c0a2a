from importlib.resources import files

import pytest
import yaml

from colligate.extract.forms import Form
from colligate.extract.renamed import in_small_letters, translated

_TABLE = yaml.safe_load(
    (files("colligate.extract") / "data" / "name_languages.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize(("english", "own"), _TABLE["translations"])
def test_one_name_in_two_languages(english: str, own: str) -> None:
    assert translated(english, own)
    assert translated(own, english)


@pytest.mark.parametrize(("one", "other"), _TABLE["no_translations"])
def test_names_of_two_bodies_are_no_translations(one: str, other: str) -> None:
    assert not translated(one, other)


def _forms(*names: str) -> list[Form]:
    return [
        Form(index, name, "organisation", adjective=False, named=True) for index, name in enumerate(names)
    ]


@pytest.mark.parametrize(
    ("name", "also", "shown"),
    [
        ("FREE FORCES OF VELK", "Free Forces of Velk", "Free Forces of Velk"),
        ("FREE FORCES OF VELK—PEOPLE'S ARMY", "Free Forces of Velk", "Free Forces of Velk"),
        ("FREE FORCES OF VELK", "Velk Forces", "FREE FORCES OF VELK"),
        ("VLF", "Velk Liberation Front", "VLF"),
    ],
)
def test_a_name_in_capitals_is_shown_as_the_text_writes_it_elsewhere(
    name: str, also: str, shown: str
) -> None:
    assert in_small_letters(name, _forms(name, also)) == shown
