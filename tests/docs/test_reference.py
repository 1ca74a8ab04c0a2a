"""The reference is the program's: what it does not name does not exist, and the other way round."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from types import ModuleType

import pytest

from colligate import errors
from colligate.cli.exit_codes import EXIT_CODES
from colligate.model import Event, Tie
from colligate.vocabulary import load

ROOT = Path(__file__).parents[2]
PAGES = tuple(f"reference/{name}.md" for name in ("cli", "exit-codes", "settings", "vocabulary", "errors"))


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [*PAGES, "decisions/index.md"])
def test_generated_pages_are_current(reference: ModuleType, name: str) -> None:
    wanted = reference.reference_pages()[ROOT / "docs" / name]
    assert page(name) == wanted, f"docs/{name} is stale: run `make docs` and commit it"


def test_every_verb_and_option_is_documented(reference: ModuleType) -> None:
    text = page("reference/cli.md")
    verbs = dict(reference.commands(reference.app_command()))
    assert len(verbs) >= 12
    for path, command in verbs.items():
        head = f"## colligate {' '.join(path)}\n"
        assert head in text, f"{head!r} is missing"
        section = text.split(head)[1].split("\n## ")[0]
        assert command.help, f"{path} has no help"
        for parameter in reference.parameters(command):
            names = parameter.opts if parameter.param_type_name == "option" else [parameter.name.upper()]
            assert parameter.help, f"{path} {parameter.name} has no help"
            if parameter.param_type_name == "option":
                assert all(f"`{name}`" in section for name in names), f"{path} {names}"


def test_every_verb_has_json_and_help(reference: ModuleType) -> None:
    for path, command in reference.commands(reference.app_command()):
        options = {name for parameter in command.params for name in parameter.opts}
        assert "--json" in options, f"colligate {' '.join(path)} has no --json"


def test_every_exit_code_is_documented_and_every_error_has_one() -> None:
    text = page("reference/exit-codes.md")
    codes = {code.code for code in EXIT_CODES}
    assert {int(found) for found in re.findall(r"^\| (\d+) \|", text, re.M)} == codes
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    for kind in kinds:
        if issubclass(kind, errors.ColligateError):
            assert kind.exit_code in codes, kind


def test_every_reason_for_a_bad_file_has_advice() -> None:
    advice = page("how-to/bad-files.md")
    for reason in errors.ReadFailure:
        assert f"`{reason.value}`" in advice, f"how-to/bad-files.md says nothing about {reason.value}"


def test_every_field_of_a_claim_is_documented() -> None:
    text = page("reference/claims.md")
    elsewhere = {
        "basis": "confidence",
        "trigger": "quote",
    }  # fields of the model with another name on the wire
    for field in {*dataclasses.fields(Tie), *dataclasses.fields(Event)}:
        assert f"`{elsewhere.get(field.name, field.name)}`" in text, field.name


def test_every_stance_is_explained() -> None:
    for name in ("explanation/three-doubts.md", "reference/claims.md"):
        assert all(stance in page(name) for stance in load().stances)
