"""Every command and snippet of the pages runs, every link leads somewhere, the prose keeps its rules."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PROSE = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")]
PAGES = [*PROSE, *sorted(DOCS.rglob("*.md"))]
RUN = [path for path in PAGES if re.search(r"^```(console|python)$", path.read_text("utf-8"), re.M)]


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def without_output(text: str) -> str:
    """The page without the lines that commands print and without claim ids, which may change."""
    text = re.sub(
        r"(```console\n)(.*?)(```)",
        lambda block: "".join(
            line for line in block[0].splitlines(keepends=True) if line.startswith(("$ ", "```"))
        ),
        text,
        flags=re.S,
    )
    return re.sub(r"\b[0-9a-f]{8}\b", "", text)


@pytest.mark.parametrize("path", RUN, ids=name_of)
def test_every_command_and_snippet_runs(console: ModuleType, path: Path) -> None:
    """Outputs are renewed by `make docs`, not compared: each better pattern changes them all."""
    fresh = console.page_filled(path)
    assert without_output(fresh) == without_output(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", RUN, ids=name_of)
def test_no_command_is_left_without_its_output(path: Path) -> None:
    quiet = ("export ", "colligate export", "touch ")
    for block in re.findall(r"```console\n(.*?)```", path.read_text("utf-8"), re.S):
        pieces = re.split(r"^\$ ", block, flags=re.M)[1:]
        for piece in pieces:
            command, _, output = piece.partition("\n")
            assert output.strip() or command.startswith(quiet) or re.search(r"> \S+$", command), command


def test_tutorial_and_readme_show_what_they_promise() -> None:
    tutorial = (DOCS / "tutorial.md").read_text("utf-8")
    for promised in ("late 1998", "May 1999", "denied", "Highland Unity Front", "Daud bin Yaral"):
        shown = "\n".join(re.findall(r"```console\n(.*?)```", tutorial, re.S))
        assert promised in shown, promised


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_setup_lines_name_what_exists(path: Path) -> None:
    """`sh` blocks set up a machine and are not run here: their targets, extras and files must exist."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    tools = ("python3 -m venv .venv", "source .venv/bin/activate", ".venv/bin/")
    for block in re.findall(r"```sh\n(.*?)```", path.read_text("utf-8"), re.S):
        for line in block.splitlines():
            target = re.fullmatch(r"make ([a-z]+)", line)
            if target:
                assert re.search(rf"^{target[1]}:", makefile, re.M), line
            else:
                assert line.startswith(tools), f"{line!r} is not a line that a stranger can trust"
            for extra in re.findall(r"\.\[([a-z,]+)\]", line):
                assert set(extra.split(",")) <= extras.keys()


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text("utf-8")):
        if target.startswith(("https://", "mailto:")):
            continue
        file, _, anchor = target.partition("#")
        there = (path.parent / file).resolve() if file else path
        assert there.exists(), f"{name_of(path)} links to {target}"
        if anchor:
            headings = re.findall(r"^#+ (.+)$", there.read_text("utf-8"), re.M)
            anchors = {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in headings}
            assert anchor in anchors, f"{name_of(path)} links to {target}"


def test_every_page_is_reached_from_the_index() -> None:
    index = (DOCS / "index.md").read_text("utf-8") + (DOCS / "decisions" / "index.md").read_text("utf-8")
    for path in DOCS.rglob("*.md"):
        if path.name != "index.md":
            assert f"{path.name})" in index, f"{name_of(path)} is in no index"


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_prose(path: Path) -> None:
    prose = re.sub(r"```.*?```", "", path.read_text("utf-8"), flags=re.S)
    for word in ("simply", "just run", "obviously", "of course"):
        assert not re.search(rf"\b{word}\b", prose, re.I), f"{name_of(path)}: {word!r}"


def test_the_picture_is_of_the_samples() -> None:
    picture = (DOCS / "images" / "demo.svg").read_text("utf-8")
    assert picture.startswith("<svg")
    text = re.sub(r"<[^>]+>", " ", picture).replace("&#160;", " ")
    assert "colligate demo" in text
    assert "url(http" not in picture, "a picture that loads something"
    assert "Highland Unity Front" in text


def test_make_has_the_two_commands() -> None:
    for target in ("demo", "test", "lint", "check", "bench", "clean", "docs"):
        done = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


def test_make_says_what_is_missing(tmp_path: Path) -> None:
    """A machine whose only Python is too old gets a sentence, not a traceback."""
    (tmp_path / "Makefile").write_text((ROOT / "Makefile").read_text("utf-8"), encoding="utf-8")
    (tmp_path / "pyproject.toml").touch()
    old = tmp_path / "old-python"
    old.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    old.chmod(0o755)
    done = subprocess.run(
        ["make", "demo", f"PYTHONS={old} no-such-python"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "Python 3.11 or newer" in done.stderr
    assert "make demo PYTHON=" in done.stderr


def test_the_pattern_that_is_shown_is_one() -> None:
    from colligate.extract.rules import read_rules
    from colligate.vocabulary import load

    page = (DOCS / "how-to" / "add-a-pattern.md").read_text("utf-8")
    [shown] = re.findall(r"```yaml\n(.*?)```", page, re.S)
    [rule] = read_rules(shown, "the page")
    assert all(tie.type in load().ties for tie in rule.ties)


def test_the_files_that_can_be_changed_are_there() -> None:
    page = (DOCS / "how-to" / "add-a-pattern.md").read_text("utf-8")
    for name in re.findall(r"`((?:data|patterns)/[^`]+)`", page):
        assert list((ROOT / "src" / "colligate" / "extract").glob(name)), name


def test_ci_runs_what_contributing_says() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111, "not executable"
    subprocess.run(["bash", "-n", str(script)], check=True)
    text = script.read_text("utf-8")
    for step in ("make test", "ruff check", "ruff format --check", "mypy", "lint-imports", "</dev/null"):
        assert step in text
