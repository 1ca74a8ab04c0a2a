"""Settings from the environment and options."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from colligate.errors import SettingsError
from colligate.settings import Settings, settings_of


def test_nothing_set() -> None:
    assert settings_of({"HOME": "/home/ada", "NO_COLOR": ""}) == Settings()


def test_environment_is_read_and_an_option_comes_before_it() -> None:
    environment = {
        "COLLIGATE_CASE": "river.case",
        "COLLIGATE_SECONDS": "2.5",
        "COLLIGATE_WORKERS": "3",
        "COLLIGATE_VOCABULARY": "",
        "NO_COLOR": "1",
    }
    found = settings_of(environment, workers=1, case=None)
    assert found == Settings(case=Path("river.case"), seconds=2.5, workers=1, no_color=True)


@pytest.mark.parametrize("text", ["0", "no", "off", "False"])
def test_switch_can_be_off(text: str) -> None:
    assert not settings_of({"NO_COLOR": "1", "COLLIGATE_NO_COLOR": text}).no_color


@pytest.mark.parametrize(
    ("environment", "options", "said"),
    [
        ({"COLLIGATE_WORKERS": "two"}, {}, "COLLIGATE_WORKERS is 'two', which is not a whole number"),
        ({"COLLIGATE_SECONDS": "nan"}, {}, "seconds must be more than 0"),
        ({"COLLIGATE_NO_COLOR": "maybe"}, {}, "not yes or no"),
        ({}, {"workers": -1}, "workers must be 0 or more, not -1"),
        ({}, {"memory_mib": 64}, "memory_mib must be 128 or more"),
        ({}, {"text_mib": 0}, "text_mib must be 1 or more"),
    ],
)
def test_what_cannot_be_is_refused(environment: dict[str, str], options: dict[str, Any], said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        settings_of(environment, **options)


def test_misspelt_variable_is_no_setting() -> None:
    with pytest.raises(SettingsError, match="COLLIGATE_WORKER is no setting") as raised:
        settings_of({"COLLIGATE_WORKER": "2"})
    assert raised.value.hint == "Did you mean COLLIGATE_WORKERS?"
