"""The walk over an HTML tree: visible text in passages, in reading order. EPUB chapters come here too."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from colligate.model import BlockKind
from colligate.readers.markup import Call, Passage

BLOCKS = frozenset(
    """
    address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol option p pre
    search section summary table tbody tfoot thead tr ul
    """.split()  # noqa: SIM905 - a list of 60 quoted words is harder to read
)
UNSEEN = frozenset(
    """
    script style noscript template svg math iframe object embed applet canvas audio video map head title
    meta link select textarea datalist button input noframes frameset rp rt
    """.split()  # noqa: SIM905 - a list of 60 quoted words is harder to read
)
# Regions that hold what a page says about itself.
FURNITURE = frozenset({"nav", "footer", "aside", "form", "menu", "search", "dialog"})
FURNITURE_ROLES = frozenset(
    {"navigation", "banner", "contentinfo", "search", "menu", "menubar", "dialog", "alertdialog"}
)
_FURNITURE_NAME = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|sidebar|breadcrumbs?|cookies?|share|sharing|social|related|newsletter|"
    r"subscribe|advert|ads|promo|comments?|toolbar|pagination|navbox|noprint|mw-editsection|toc)(?:$|[\s_-])",
    re.IGNORECASE,
)
_NOT_SHOWN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])|"
    r"text-indent\s*:\s*-\d{3,}|left\s*:\s*-\d{4,}px",
    re.IGNORECASE,
)
# What wikis put into the text for those who edit it: "[edit]", "[citation needed]".
_NOT_PRINTED = re.compile(r"(?:^|\s)(?:mw-editsection|noprint)(?:$|\s)")
_RULE = re.compile(r"([^{}]{1,400})\{([^{}]{0,2000})\}")
_SIMPLE = re.compile(r"^\s*(?:[a-z][a-z0-9]*)?([.#])([\w-]+)\s*$", re.IGNORECASE)
_MARK = re.compile(r"^\W{0,2}(\d{1,4}|[a-z]{1,2}|[*†‡§]{1,3}|note \d{1,3})\W{0,2}$", re.IGNORECASE)
_MARK_NAME = re.compile(r"noteref|footnote|endnote|fnref|reference|cite", re.IGNORECASE)
_NOTE_LEAD = re.compile(r"^(?:\s|[\^↑↩⏎]|\[?\d{1,4}[\].:]|\[?\d{1,4}(?=\s))+\s*")
_BEFORE_MARK = re.compile(r"(?:[^\W\d_]{3,}|[.,;:!?”\"’)])$")
_KINDS = {
    "li": BlockKind.LIST_ITEM,
    "dd": BlockKind.LIST_ITEM,
    "dt": BlockKind.LIST_ITEM,
    "blockquote": BlockKind.QUOTATION,
    "tr": BlockKind.TABLE_ROW,
    "figcaption": BlockKind.CAPTION,
    "caption": BlockKind.CAPTION,
}


@dataclass(frozen=True, slots=True)
class _State:
    """What holds inside an element; its children inherit it."""

    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    outside: bool = False
    main: bool = False
    link: bool = False
    note: str = ""


class Walk:
    """Walks a tree once. ``raw`` is the page's visible text, the marks of notes included.

    ``notes`` holds the keys of notes (``file#id``) that marks link to: those of this tree, or, for a
    book, of all its chapters.
    """

    def __init__(
        self, root: Any, *, file: str = "", notes: frozenset[str] | None = None, base: int = 0
    ) -> None:
        self.passages: list[Passage] = []
        self._file = file
        self._marks, self._returns, own = marks(root, file)
        self._notes = own if notes is None else notes
        self._hidden = _hidden_names(root)
        self._parts: list[str] = []
        self._length = base
        self._open: Passage | None = None
        self._links = 0
        self._broken = False
        self._pending_note = ""
        self._led: list[Passage] = []
        self._run(root)
        self.raw = "".join(self._parts)
        for passage in self._led:
            _without_lead(passage, self.raw, base)

    def _run(self, root: Any) -> None:
        # A stack of our own: pages nest thousands of elements deep, and not only by accident.
        stack: list[tuple[Any, _State, _State | None]] = [(root, _State(), None)]
        while stack:
            element, outer, inner = stack.pop()
            tag = _tag(element)
            if inner is not None:
                if tag in BLOCKS:
                    self._close()
                elif tag in ("td", "th") and self._open is not None:
                    self._aside(" | ")
                self._say(element.tail, outer)
                continue
            if element in self._marks or (tag == "sup" and self._is_bare_mark(element)):
                self._call(element)
                self._say(element.tail, outer)
                continue
            if not tag or tag in UNSEEN or self._is_hidden(element):
                self._say(element.tail, outer)
                continue
            if tag == "br":
                self._break()
                self._say(element.tail, outer)
                continue
            state = self._entered(element, tag, outer)
            if tag in BLOCKS:
                self._close()
            if element in self._returns:
                self._say(element.tail, outer)
                continue
            stack.append((element, outer, state))
            stack += [(child, state, None) for child in reversed(element)]
            self._say(element.text, state)
        self._close()

    def _entered(self, element: Any, tag: str, outer: _State) -> _State:
        state = outer
        if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
            state = replace(state, kind=BlockKind.HEADING, level=int(tag[1]))
        elif tag in _KINDS:
            state = replace(state, kind=_KINDS[tag], level=0)
        elif tag in ("p", "div") and state.kind is BlockKind.TABLE_ROW:
            state = replace(state, kind=BlockKind.PARAGRAPH)
        elif tag == "a" and element.get("href"):
            state = replace(state, link=True)
        if tag in ("main", "article"):
            state = replace(state, main=True, outside=False)
        elif tag in BLOCKS and not state.outside and self._is_furniture(element, tag, state):
            state = replace(state, outside=True)
        name = element.get("id") or (element.get("name") if tag == "a" else None)
        if name and f"{self._file}#{name}" in self._notes:
            key = f"{self._file}#{name}"
            if tag in BLOCKS:
                state = replace(state, note=key)
            elif self._open is None:
                self._pending_note = key
            elif sum(end - start for start, end in self._open.spans) <= 4:
                self._open.note = key
        return state

    def _is_furniture(self, element: Any, tag: str, state: _State) -> bool:
        if tag in FURNITURE or (tag == "header" and not state.main):
            return True
        if element.get("role") in FURNITURE_ROLES:
            return True
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        return tag not in ("body", "html") and _FURNITURE_NAME.search(names) is not None

    def _is_hidden(self, element: Any) -> bool:
        attributes = element.attrib
        if not attributes:
            return False
        if "hidden" in attributes or attributes.get("aria-hidden") == "true":
            return True
        if _NOT_SHOWN.search(attributes.get("style", "")):
            return True
        if _NOT_PRINTED.search(attributes.get("class", "")):
            return True
        if not self._hidden:
            return False
        names = {f".{name}" for name in (attributes.get("class") or "").split()}
        return bool(names & self._hidden) or f"#{attributes.get('id')}" in self._hidden

    def _is_bare_mark(self, element: Any) -> bool:
        """A raised number that links nowhere: a mark after a word or its punctuation, no "m²", no "10⁵"."""
        text = "".join(element.itertext()).strip()
        return (
            text.isdecimal() and len(text) <= 3 and _BEFORE_MARK.search("".join(self._parts[-2:])) is not None
        )

    def _call(self, element: Any) -> None:
        text = "".join(element.itertext())
        found = _MARK.match(text.strip())
        target = next(
            (_target(link.get("href"), self._file) for link in element.iter() if link.get("href")), ""
        )
        if self._open is not None and found:
            self._open.calls.append(Call(found[1], target, self._length))
        self._aside(text, belongs=False)

    def _say(self, text: str | None, state: _State) -> None:
        if not text:
            return
        blank = text.isspace()
        if self._open is None:
            if blank:
                return
            self._open = Passage(
                state.kind, state.level, note=state.note or self._pending_note, outside=state.outside
            )
            self._pending_note = ""
            self._links = 0
        if not blank:
            self._broken = False
        if state.link:
            self._links += len(text)
        self._aside(text)

    def _aside(self, text: str, *, belongs: bool = True) -> None:
        self._parts.append(text)
        if belongs and self._open is not None:
            self._open.add(self._length, self._length + len(text))
        self._length += len(text)

    def _break(self) -> None:
        """A line break; two in a row are how old pages part their paragraphs."""
        if self._broken:
            self._close()
        elif self._open is not None:
            self._aside("\n")
            self._broken = True

    def _close(self) -> None:
        passage, self._open = self._open, None
        self._broken = False
        if passage is None:
            return
        self._aside("\n")
        length = sum(end - start for start, end in passage.spans)
        passage.linked = self._links / max(length, 1)
        if passage.note and all(earlier.note != passage.note for earlier in self.passages[-3:]):
            self._led.append(passage)
        self.passages.append(passage)


def _without_lead(passage: Passage, raw: str, base: int) -> None:
    """Takes the note's own number and the arrow back to its mark off its beginning."""
    text = "".join(raw[start - base : end - base] for start, end in passage.spans)
    lead = _NOTE_LEAD.match(text)
    if lead and lead.end() < len(text):
        passage.drop_lead(lead.end())


def marks(root: Any, file: str) -> tuple[set[Any], set[Any], frozenset[str]]:
    """The elements that are marks of notes, the links that lead back to them, and the notes' keys.

    A mark is a link to a place in the book whose text is a number or a sign, and which is raised or
    called a note by its names. A link to where an earlier mark stands is a way back, no mark.
    """
    found: set[Any] = set()
    returns: set[Any] = set()
    keys: set[str] = set()
    places: set[str] = set()
    for link in root.iter("{*}a"):
        href = link.get("href") or ""
        if "#" not in href:
            continue
        key = _target(href, file)
        if key in places:
            returns.add(link)
            continue
        if not _MARK.match("".join(link.itertext()).strip()):
            continue
        raised = _raised(link)
        names = " ".join(
            value for name, value in link.items() if name in ("class", "role", "rel") or name.endswith("type")
        )
        if raised is None and not _MARK_NAME.search(names):
            continue
        mark = link if raised is None else raised
        found.add(mark)
        keys.add(key)
        places |= {f"{file}#{one.get('id')}" for one in (link, mark, mark.getparent()) if one.get("id")}
    return found, returns, frozenset(keys)


def _raised(link: Any) -> Any:
    """The <sup> around the link, or the link when a <sup> is all that is in it; None for others."""
    parent = link.getparent()
    if parent is not None and _tag(parent) == "sup":
        return parent
    return link if any(_tag(child) == "sup" for child in link) else None


def _target(href: str, file: str) -> str:
    """The key of the place that a link leads to: the file it names, or this one, and the fragment."""
    path, _, fragment = href.partition("#")
    return f"{path.rpartition('/')[2] or file}#{fragment}"


def _tag(element: Any) -> str:
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _hidden_names(root: Any) -> frozenset[str]:
    """Classes and ids that the page's own style sheets hide, as ".name" and "#name"."""
    hidden: set[str] = set()
    for style in root.iter("{*}style"):
        for selectors, rules in _RULE.findall((style.text or "")[:200_000]):
            if _NOT_SHOWN.search(rules):
                for selector in selectors.split(","):
                    found = _SIMPLE.match(selector)
                    if found:
                        hidden.add(found[1] + found[2])
    return frozenset(hidden)
