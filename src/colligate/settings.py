"""All that a user can set, built once at the edge and passed in.

Nothing below the command line and the web reads the environment: two runs with equal Settings do
the same.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from colligate.errors import SettingsError

PREFIX = "COLLIGATE_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """``COLLIGATE_<FIELD>`` sets a field; an option of the command line comes before it.

    ``workers`` counts processes that read, 0 for one per core. The others limit the child process
    that parses one file: ``memory_mib`` its address space, ``seconds`` its time, ``file_mib`` the
    file's size, ``unpacked_mib`` what a DOCX or EPUB may unpack to, ``text_mib`` the characters (in
    units of 2**20) that come out. ``no_color`` is also set by ``NO_COLOR`` with any text in it.
    ``llm_key`` is the key of a language model's service; it is never stored and never shown.
    """

    case: Path = Path("case")
    vocabulary: Path | None = None
    workers: int = 0
    memory_mib: int = 1024
    seconds: float = 60.0
    file_mib: int = 256
    unpacked_mib: int = 256
    text_mib: int = 64
    no_color: bool = False
    llm_key: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        _at_least("workers", self.workers, 0)
        _at_least("memory_mib", self.memory_mib, 128)
        for name in ("file_mib", "unpacked_mib", "text_mib"):
            _at_least(name, getattr(self, name), 1)
        if not (self.seconds > 0 and math.isfinite(self.seconds)):
            raise SettingsError(f"seconds must be more than 0, not {self.seconds}.")


def settings_of(environment: Mapping[str, str], **options: Any) -> Settings:
    """Settings from the environment and from options; an option of None was not given.

    Raises SettingsError for a value that a field cannot have and for a ``COLLIGATE_`` variable that
    is no field's: a misspelt limit that is passed over in silence is no limit.
    """
    values: dict[str, Any] = {"no_color": bool(environment.get("NO_COLOR"))}
    names = [each.name for each in fields(Settings)]
    for variable, text in environment.items():
        if not variable.startswith(PREFIX):
            continue
        name = variable.removeprefix(PREFIX).lower()
        if name not in names:
            near = difflib.get_close_matches(name, names, n=1)
            hint = f"Did you mean {PREFIX}{near[0].upper()}?" if near else f"There are: {', '.join(names)}."
            raise SettingsError(f"{variable} is no setting.", hint=hint)
        if text:
            values[name] = _value(variable, name, text)
    values.update({name: value for name, value in options.items() if value is not None})
    return Settings(**values)


def _value(variable: str, name: str, text: str) -> Any:
    read = _READ[name]
    try:
        return read(text)
    except ValueError as error:
        raise SettingsError(f"{variable} is {text!r}, which is not {_KINDS[read]}.") from error


def _switch(text: str) -> bool:
    known = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False}
    if text.lower() not in known and text.lower() != "off":
        raise ValueError(text)
    return known.get(text.lower(), False)


_READ: dict[str, Callable[[str], Any]] = {
    "case": Path,
    "vocabulary": Path,
    "workers": int,
    "memory_mib": int,
    "seconds": float,
    "file_mib": int,
    "unpacked_mib": int,
    "text_mib": int,
    "no_color": _switch,
    "llm_key": str,
}
_KINDS: dict[Callable[[str], Any], str] = {
    Path: "a path",
    int: "a whole number",
    float: "a number",
    _switch: "yes or no",
    str: "text",
}


def _at_least(name: str, value: int, least: int) -> None:
    if value < least:
        raise SettingsError(f"{name} must be {least} or more, not {value}.")
