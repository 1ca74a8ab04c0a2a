"""Markdown: blocks by their first characters, the marks of emphasis and links left out, notes tied.

Our own reading and not a Markdown library's: those give HTML, and with it lose where the text came from.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import yaml

from colligate.model import BlockKind
from colligate.readers import published
from colligate.readers.draft import without_surrogates
from colligate.readers.encoding import decode
from colligate.readers.lines import LINE_END
from colligate.readers.markup import Call, Passage, draft_of, found_title
from colligate.readers.parsed import Parsed, Task

_FRONT = re.compile(
    r"\ufeff?---[ \t]*\r?\n(?P<yaml>.{0,16000}?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL
)
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$")
_UNDER = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+(?=\S)")
_QUOTE = re.compile(r" {0,3}>[ \t]?")
_NOTE = re.compile(r"\[\^([^\]\s]+)\]:[ \t]*")
_RULE = re.compile(r" {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$")
_FENCE = re.compile(r" {0,3}(```|~~~)")
_TABLE_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|?[ \t]*$")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
# What goes out of a line; the group ``text`` stays, ``note`` is a mark.
_INLINE = re.compile(
    r"\[\^(?P<note>[^\]\s]+)\]|!\[[^\]]*\]\([^)\s]*[^)]*\)"
    r"|(?<!!)\[(?P<text>[^\[\]]+)\]\((?:[^()\s]|\([^()]*\))*(?:\s+\"[^\"]*\")?\)"
    r"|\*{1,3}|~~|`+|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)|</?[a-zA-Z][^<>]{0,200}>|\\(?=[!-/:-@\[-`{-~])"
)


def read_markdown(task: Task) -> Parsed:
    """A Markdown file, with or without front matter."""
    decoded, _, warning = decode(task.data)
    raw = without_surrogates(decoded)
    # Comments are blanked and not cut, so that places stay.
    shown = _COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), raw)
    front = _FRONT.match(shown)
    passages = _passages(shown, front.end() if front else 0)
    parsed = Parsed(draft_of(passages, shown, letters=False), {0: raw})
    if warning:
        parsed.warnings.append(warning)
    _facts(front["yaml"] if front else "", parsed)
    return parsed


def _passages(raw: str, at: int) -> list[Passage]:
    made: list[Passage] = []
    open_: Passage | None = None
    fenced = False
    while at < len(raw):
        found = LINE_END.search(raw, at)
        end, after = (found.start(), found.end()) if found else (len(raw), len(raw))
        line = raw[at:end]
        if _FENCE.match(line):
            fenced, open_ = not fenced, None
        elif fenced:
            open_ = open_ or _begun(made, Passage(BlockKind.PARAGRAPH))
            open_.add(at, after)
        elif (
            open_ is not None and open_.kind is BlockKind.PARAGRAPH and not open_.note and _UNDER.match(line)
        ):
            open_.kind, open_.level = BlockKind.HEADING, 1 if "=" in line else 2
            open_ = None
        elif not line.strip() or _RULE.match(line) or _TABLE_RULE.match(line):
            open_ = None
        else:
            open_ = _line(raw, at, end, after, open_, made)
        at = after
    return made


def _line(
    raw: str, at: int, end: int, after: int, open_: Passage | None, made: list[Passage]
) -> Passage | None:
    """Adds one line to the open passage or to a new one; gives the passage that stays open."""
    line = raw[at:end]
    heading = _HEADING.match(line)
    if heading:
        passage = _begun(made, Passage(BlockKind.HEADING, len(heading[1])))
        _inline(raw, at + heading.start(2), at + heading.end(2), passage)
        return None
    note, quote, item = _NOTE.match(line), _QUOTE.match(line), _ITEM.match(line)
    if note:
        passage = _begun(made, Passage(BlockKind.FOOTNOTE, note=note[1]))
        at += note.end()
    elif quote:
        passage = (
            open_
            if open_ and open_.kind is BlockKind.QUOTATION
            else _begun(made, Passage(BlockKind.QUOTATION))
        )
        at += quote.end()
    elif item:
        passage = _begun(made, Passage(BlockKind.LIST_ITEM))
        at += item.end()
    elif line.lstrip().startswith("|"):
        passage = _begun(made, Passage(BlockKind.TABLE_ROW))
        inner = line.strip().strip("|")
        at += line.index(inner) if inner else 0
        _inline(raw, at, at + len(inner), passage)
        return None
    else:
        passage = open_ or _begun(made, Passage(BlockKind.PARAGRAPH))
    _inline(raw, at, end, passage)
    passage.add(end, after)
    return passage


def _begun(made: list[Passage], passage: Passage) -> Passage:
    made.append(passage)
    return passage


def _inline(raw: str, start: int, end: int, passage: Passage) -> None:
    at = start
    for found in _INLINE.finditer(raw, start, end):
        if found.start() < at:
            continue
        passage.add(at, found.start())
        at = found.end()
        if found["note"]:
            passage.calls.append(Call(found["note"], found["note"], found.start()))
        elif found["text"]:
            _inline(raw, found.start("text"), found.end("text"), passage)
    passage.add(at, end)


def _facts(front: str, parsed: Parsed) -> None:
    stated: dict[str, Any] = {}
    try:
        loaded = yaml.safe_load(front) if front else {}
        stated = (
            {str(key).lower(): value for key, value in loaded.items()} if isinstance(loaded, dict) else {}
        )
    except (yaml.YAMLError, ValueError, RecursionError):
        parsed.warnings.append("The front matter is no valid YAML and was not used.")
    title, authors, publisher = (
        stated.get("title"),
        stated.get("author") or stated.get("authors"),
        stated.get("publisher"),
    )
    parsed.title = title if isinstance(title, str) else found_title(parsed.draft)
    names = authors if isinstance(authors, list) else [authors]
    parsed.authors = tuple(name for name in names if isinstance(name, str))
    parsed.publisher = publisher if isinstance(publisher, str) else ""
    day = stated.get("date") or stated.get("published")
    if isinstance(day, date):
        when = published.span(day.year, day.month, day.day)
    elif isinstance(day, int):
        when = published.span(day)
    else:
        when = (published.iso(day) or published.printed([day])) if isinstance(day, str) else None
    if when is not None:
        parsed.published, parsed.published_how = when, "markdown front matter date"
        return
    text = parsed.draft.text()
    when = published.printed(text[block.start : block.end] for block in parsed.draft.blocks[:6])
    if when is not None:
        parsed.published, parsed.published_how = when, "printed at the head of the text"
