"""What the base install brings along: small, without GPL or AGPL, and each with its reason written down."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PAGE = Path(__file__).parents[2] / "docs" / "decisions" / "dependencies.md"
COPYLEFT = re.compile(r"(?<![a-z])a?gpl|(?<!lesser )general public license", re.I)


def closure(root: str) -> dict[str, Distribution]:
    """The package and all that it needs on this machine, extras of ``root`` left out."""
    found: dict[str, Distribution] = {}
    waiting: list[tuple[str, frozenset[str]]] = [(root, frozenset())]
    while waiting:
        name, extras = waiting.pop()
        key = canonicalize_name(name)
        if key in found and not extras:
            continue
        try:
            found[key] = distribution(name)
        except PackageNotFoundError:
            pytest.fail(f"{name} is required and not installed")
        for line in found[key].requires or []:
            need = Requirement(line)
            wanted = [{"extra": extra} for extra in extras] or [{"extra": ""}]
            if need.marker is None or any(need.marker.evaluate(each) for each in wanted):
                waiting.append((need.name, frozenset(need.extras)))
    return found


def licence(package: Distribution) -> str:
    """The licence as the package states it: the expression, else the classifiers, else the free text."""
    meta = package.metadata
    classifiers = [line for line in meta.get_all("Classifier") or [] if line.startswith("License ::")]
    expression = (meta.get_all("License-Expression") or [""])[0]
    free_text = (meta.get_all("License") or [""])[0].strip()
    # A whole licence text in the field names other licences in its clauses: its first line tells.
    return expression or " OR ".join(classifiers) or free_text.split("\n")[0]


def free_of_gpl(stated: str) -> bool:
    """Whether some choice that the licence offers is neither GPL nor AGPL."""
    choices = re.split(r"\bOR\b", stated.strip("()"))
    return any(choice.strip() and not COPYLEFT.search(choice) for choice in choices)


@pytest.mark.parametrize(
    ("stated", "free"),
    [
        ("MIT", True),
        ("AGPL-3.0-or-later", False),
        ("GPL-2.0-only", False),
        ("LGPL-2.1-or-later", True),
        ("MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later", True),
        ("License :: OSI Approved :: GNU Affero General Public License v3", False),
        ("License :: OSI Approved :: GNU General Public License v3 (GPLv3)", False),
        ("MIT AND GPL-3.0-only", False),
        ("", False),
    ],
)
def test_the_judge(stated: str, free: bool) -> None:
    assert free_of_gpl(stated) is free


def test_nothing_installed_is_under_gpl_only() -> None:
    packages = closure("colligate")
    assert len(packages) > 10
    bad = {name: licence(package) for name, package in packages.items() if not free_of_gpl(licence(package))}
    assert not bad, f"not free of GPL/AGPL, or without a stated licence: {bad}"


def test_the_base_install_is_small() -> None:
    """400 MB on disk, compiled caches included; pip and setuptools come with the environment."""
    size = 0
    for name, package in closure("colligate").items():
        if name == "colligate":
            size += sum(f.stat().st_size for f in (PAGE.parents[2] / "src").rglob("*") if f.is_file())
            continue
        for file in package.files or []:
            path = Path(str(file.locate()))
            if path.is_file():
                size += path.stat().st_size
    assert 10e6 < size < 400e6, f"{size / 1e6:.0f} MB"


def test_every_direct_dependency_has_its_paragraph() -> None:
    headings = re.findall(r"^## (.+)$", PAGE.read_text(encoding="utf-8"), re.M)
    pyproject = tomllib.loads((PAGE.parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    needed = {canonicalize_name(Requirement(line).name) for line in pyproject["project"]["dependencies"]}
    assert needed == {canonicalize_name(heading) for heading in headings}
