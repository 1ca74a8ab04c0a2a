"""The scripts of docs/, as the tests use them."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


def script(name: str) -> ModuleType:
    """A module of docs/, which is no package: its scripts import one another by name."""
    folder = str(ROOT / "docs")
    if folder not in sys.path:
        sys.path.insert(0, folder)
    return importlib.import_module(name)


@pytest.fixture
def reference() -> ModuleType:
    return script("build_reference")


@pytest.fixture
def console() -> ModuleType:
    return script("build_console")
