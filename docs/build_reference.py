"""Reference pages from the program's own tables."""

from __future__ import annotations

import dataclasses
import inspect
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from colligate import errors
from colligate.settings import PREFIX, Settings
from colligate.vocabulary import load
from colligate.vocabulary.vocabulary import DEFAULT

DOCS = Path(__file__).parent
STREAMS = """\
Data goes to standard output, messages and progress to standard error. If `NO_COLOR` is set, there is
no colour. Every verb takes `--help`. See also the [exit codes](exit-codes.md).
"""
MADE = "<!-- Made by docs/build.py. Change the program, not this page. -->\n\n"


def reference_pages() -> dict[Path, str]:
    """Every generated page by its path."""
    reference = DOCS / "reference"
    return {
        reference / "cli.md": MADE + cli_page(),
        reference / "exit-codes.md": MADE + exit_codes_page(),
        reference / "settings.md": MADE + settings_page(),
        reference / "vocabulary.md": MADE + vocabulary_page(),
        reference / "errors.md": MADE + errors_page(),
        DOCS / "decisions" / "index.md": MADE + decisions_page(),
    }


def app_command() -> Any:
    """The root of the command tree, as Typer builds it."""
    from typer.main import get_command  # noqa: PLC0415

    from colligate.cli.app import app  # noqa: PLC0415

    return get_command(app)


def commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """(words, command) of every verb that does something, hidden ones left out."""
    children = getattr(command, "commands", {})
    if path and (not children or getattr(command, "invoke_without_command", False)):
        yield path, command
    for name, child in children.items():
        if not child.hidden:
            yield from commands(child, (*path, name))


def parameters(command: Any) -> Iterable[Any]:
    return [parameter for parameter in command.params if not getattr(parameter, "hidden", False)]


def cli_page() -> str:
    root = app_command()
    parts = [
        "# The command line\n",
        STREAMS,
    ]
    options = [p for p in parameters(root) if p.param_type_name == "option"]
    if options:
        parts += ["## colligate\n", one_line(root.help), "", _option_table(options)]
    for path, command in commands(root):
        arguments = [p for p in parameters(command) if p.param_type_name == "argument"]
        usage = " ".join(["colligate", *path, *map(_argument, arguments), "[OPTIONS]"])
        parts += [f"## colligate {' '.join(path)}\n", f"```text\n{usage}\n```\n", _help(command.help), ""]
        if arguments:
            parts += ["| argument | what it is |", "|---|---|"]
            parts += [f"| `{_name(p)}` | {_cell(p.help)} |" for p in arguments] + [""]
        options = [p for p in parameters(command) if p.param_type_name == "option"]
        if options:
            parts.append(_option_table(options))
    return "\n".join(parts).rstrip() + "\n"


def _help(text: str | None) -> str:
    return inspect.cleandoc((text or "").replace("\b", "").replace("\f", ""))


def one_line(text: str | None) -> str:
    return " ".join(_help(text).split())


def _cell(text: str | None) -> str:
    return one_line(text).replace("|", "\\|")


def _name(parameter: Any) -> str:
    name = parameter.metavar or parameter.name.upper()
    return name + ("..." if parameter.nargs == -1 and not name.endswith("...") else "")


def _argument(parameter: Any) -> str:
    return _name(parameter) if parameter.required else f"[{_name(parameter)}]"


def _option_table(options: list[Any]) -> str:
    rows = ["| option | what it does | default |", "|---|---|---|"]
    for option in options:
        names = ", ".join(f"`{name}`" for name in [*option.opts, *option.secondary_opts])
        rows.append(f"| {names}{_value(option)} | {_cell(option.help)} | {_default(option)} |")
    return "\n".join(rows) + "\n"


def _value(option: Any) -> str:
    """What follows the option's name; nothing after a switch."""
    if getattr(option, "is_flag", False):
        return ""
    annotation = getattr(getattr(option, "type_descriptor", None), "annotation", None)
    name = option.metavar or getattr(annotation, "__name__", "value").upper()
    return f" `{name}`"


def _default(option: Any) -> str:
    default = option.default
    plain = isinstance(default, str | int | float | Path) and not isinstance(default, bool)
    return f"`{default}`" if plain and default != "" else ""


def exit_codes_page() -> str:
    from colligate.cli.exit_codes import EXIT_CODES  # noqa: PLC0415

    rows = [f"| {code.code} | {code.name} | {code.means} |" for code in EXIT_CODES]
    return "\n".join(["# Exit codes\n", "| code | name | meaning |", "|---|---|---|", *rows]) + "\n"


# Settings have no text of their own; a field that is missing here fails the build.
SETTINGS = {
    "case": "the case's folder",
    "vocabulary": "a vocabulary file for new cases",
    "workers": "processes that read; 0 for one per core",
    "memory_mib": "address space of the child process that parses one file, in MiB",
    "seconds": "time that it has",
    "file_mib": "size of the largest file that is read, in MiB",
    "unpacked_mib": "what a DOCX or EPUB may unpack to, in MiB",
    "text_mib": "how many characters may come out of one file, in units of 1,048,576",
    "no_color": "no colour; also set by `NO_COLOR`",
    "llm_key": "the key of a language model's service; never stored, never shown",
}


def settings_page() -> str:
    rows = [
        f"| `{PREFIX}{field.name.upper()}` | {SETTINGS[field.name]} | `{field.default}` |"
        for field in dataclasses.fields(Settings)
    ]
    head = (
        "# Settings\n\nSettings come from the environment. An option of the command line comes before them. A"
    )
    head += "\nvariable that begins with `COLLIGATE_` and is no setting is an error, not passed over.\n"
    return "\n".join([head, "| variable | what it sets | default |", "|---|---|---|", *rows]) + "\n"


def vocabulary_page() -> str:
    vocabulary = load()
    parts = [
        "# The vocabulary\n",
        f"The default pack, version {vocabulary.version}: `{DEFAULT.name}` in `colligate/vocabulary`.",
        "To use your own, see [Pass another vocabulary](../how-to/other-vocabulary.md).\n",
        "## Kinds of actor\n",
        "| kind | what it is |",
        "|---|---|",
        *(f"| `{name}` | {means} |" for name, means in vocabulary.entity_kinds.items()),
    ]
    for family in dict.fromkeys(tie.family for tie in vocabulary.ties.values()):
        parts += [f"\n## Ties of {family}\n", "| tie | subject | object | meaning |", "|---|---|---|---|"]
        parts += [
            f"| `{tie.name}`{' ↔' if tie.symmetric else ''} | {_kinds(tie.subjects)} | {_kinds(tie.objects)}"
            f" | {tie.means} |"
            for tie in vocabulary.ties.values()
            if tie.family == family
        ]
    parts += ["\n↔ marks a tie whose order carries nothing.\n", "## Events\n"]
    parts += ["| event | roles | meaning |", "|---|---|---|"]
    parts += [f"| `{e.name}` | {', '.join(e.roles)} | {e.means} |" for e in vocabulary.events.values()]
    parts += ["\nOutcomes: " + ", ".join(f"`{name}`" for name in vocabulary.outcomes) + ".\n", "## Stances\n"]
    parts += ["| stance | meaning |", "|---|---|"]
    parts += [f"| `{name}` | {means} |" for name, means in vocabulary.stances.items()]
    return "\n".join(parts) + "\n"


def _kinds(kinds: frozenset[str]) -> str:
    order = list(load().entity_kinds)
    return ", ".join(sorted(kinds, key=order.index))


def errors_page() -> str:
    parts = [
        "# Errors\n",
        "Every error of the package is a `ColligateError`: its text says what happened and to what,",
        "`hint` what to do, and `exit_code` is the status of the process.\n",
        "| error | kind of | exit code | meaning |",
        "|---|---|---|---|",
    ]
    for error in error_types():
        base = error.__mro__[1].__name__
        means = one_line(error.__doc__).replace("``", "`").replace("|", "\\|")
        parts.append(f"| `{error.__name__}` | `{base}` | {error.exit_code} | {means} |")
    parts += ["\n## Why a file gave no document\n"]
    parts += ["A file that cannot be read is recorded with one of these reasons; the others are read.\n"]
    parts += [f"- `{reason.value}`" for reason in errors.ReadFailure]
    parts += ["\n[What to do about each](../how-to/bad-files.md)."]
    return "\n".join(parts) + "\n"


def error_types() -> list[type[errors.ColligateError]]:
    """Every error of the tree, as errors.py orders them."""
    return [
        found
        for found in vars(errors).values()
        if isinstance(found, type) and issubclass(found, errors.ColligateError)
    ]


def decisions_page() -> str:
    pages = sorted(path for path in (DOCS / "decisions").glob("*.md") if path.name != "index.md")
    lines = [f"- [{_title(path)}]({path.name})" for path in pages]
    head = "# Decisions\n\nOne short page for each decision that was not obvious, and why.\n\n"
    return head + "\n".join(lines) + "\n"


def _title(path: Path) -> str:
    match = re.search(r"^# (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    if not match:
        raise ValueError(f"{path} has no title")
    return match[1]
