import pytest

from colligate.extract.bodies import body_of, crowd_of, state_of
from colligate.extract.countries import capital_of, country_of


@pytest.mark.parametrize(
    ("name", "country"),
    [("U.S.", "United States"), ("American", "United States"), ("Malian", "Mali"), ("Velkan", "")],
)
def test_country_of(name: str, country: str) -> None:
    assert country_of(name) == country


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Malian government", "Mali"),
        ("government of Mali", "Mali"),
        ("Syrian Ba'athist government", "Syria"),
        ("Malian army", ""),
        ("Velkan government", ""),
    ],
)
def test_state_of(name: str, country: str) -> None:
    assert state_of(name) == country


def test_capital_of() -> None:
    assert capital_of("Bamako") == "Mali"
    assert capital_of("Timbuktu") == ""


def test_bodies_and_crowds() -> None:
    assert body_of("army of Mali") == body_of("Malian troops") == ("Mali", "army")
    assert body_of("Malian police") == ("Mali", "police")
    assert crowd_of("Tuareg rebels") == crowd_of("Touareg fighters") == ("tuareg", "fighters")
    assert crowd_of("Velk Front") == ("", "")
