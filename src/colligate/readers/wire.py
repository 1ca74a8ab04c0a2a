"""What passes between the parent and a child that parses a hostile file: JSON, checked on arrival.

Not pickle: unpickling what a taken-over child sends would run its code in the parent. JSON gives plain
values, and every one of them is checked before a Document is made of it.
"""

from __future__ import annotations

import itertools
import json
import math
from datetime import date
from typing import Any

from colligate.errors import ReadFailure
from colligate.model import Block, BlockKind, Document, Footnote, Origin, Page, When

BOUNDS = ("start_earliest", "start_latest", "end_earliest", "end_latest")


class WireError(ValueError):
    """An answer that no honest child gives."""


def document_bytes(document: Document) -> bytes:
    """The document as an answer. Its id and name stay out: the parent knows them better."""
    when = document.published
    answer = {
        "text": document.text,
        "body_end": document.body_end,
        "media_type": document.media_type,
        "reader": document.reader,
        "title": document.title,
        "authors": document.authors,
        "publisher": document.publisher,
        "published": when
        and {
            "edtf": when.edtf,
            "quote": when.quote,
            "basis": when.basis,
            **{bound: value and value.isoformat() for bound in BOUNDS for value in [getattr(when, bound)]},
        },
        "published_how": document.published_how,
        "language": document.language,
        "readable": document.readable,
        "blocks": [(b.kind.value, b.start, b.end, b.level) for b in document.blocks],
        "pages": [(p.number, p.start, p.end, p.label) for p in document.pages],
        "footnotes": [(f.mark, f.start, f.end, f.mark_at) for f in document.footnotes],
        "origins": [
            (o.start, o.end, o.page, o.source_start, o.source_end, o.repair) for o in document.origins
        ],
        "warnings": document.warnings,
    }
    return json.dumps({"document": answer}, ensure_ascii=False).encode("utf-8", "replace")


def failure_bytes(failure: ReadFailure, message: str, hint: str) -> bytes:
    """A typed failure as an answer."""
    return json.dumps({"failure": [failure.value, message, hint]}).encode("ascii")


def answer_of(data: bytes) -> dict[str, Any]:
    """The answer as plain values. Raises WireError when it is none."""
    try:
        answer = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise WireError("not JSON") from error
    if not isinstance(answer, dict) or not ({"document", "failure"} & answer.keys()):
        raise WireError("neither a document nor a failure")
    return answer


def failure_of(value: Any) -> tuple[ReadFailure, str, str]:
    """Failure, message and hint. Raises WireError when it is none."""
    try:
        failure, message, hint = value
        return ReadFailure(failure), _text(message)[:2000], _text(hint)[:2000]
    except (TypeError, ValueError) as error:
        raise WireError("not a failure") from error


def document_of(value: Any, *, id: str, name: str, most: int) -> Document:  # noqa: A002 - the field's word
    """The document with the id and name that the parent knows. Raises WireError for anything amiss:

    more than ``most`` characters, spans that are reversed, overlap or leave the text.
    """
    try:
        return _document(value, id, name, most)
    except WireError:
        raise
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise WireError("not a document") from error


def _document(value: dict[str, Any], id: str, name: str, most: int) -> Document:  # noqa: A002
    text = _text(value["text"])
    size = len(text)
    if size > most:
        raise WireError("more text than allowed")
    blocks = tuple(
        Block(BlockKind(kind), _within(start, size), _within(end, size), _number(level))
        for kind, start, end, level in value["blocks"]
    )
    pages = tuple(
        Page(_number(number), _within(start, size), _within(end, size), _text(label))
        for number, start, end, label in value["pages"]
    )
    notes = tuple(
        Footnote(_text(mark), _within(start, size), _within(end, size), _within(at, size, -1))
        for mark, start, end, at in value["footnotes"]
    )
    origins = tuple(_origin(item, size) for item in value["origins"])
    for spans, what in ((blocks, "blocks"), (origins, "origins")):
        last = 0
        for span in spans:
            if not last <= span.start <= span.end:
                raise WireError(f"{what} out of order")
            last = span.end
    if any(after.start < before.start for before, after in itertools.pairwise(pages)):
        raise WireError("pages out of order")
    return Document(
        id=id,
        text=text,
        body_end=_within(value["body_end"], size),
        media_type=_text(value["media_type"]),
        reader=_text(value["reader"]),
        name=name,
        title=_text(value["title"]),
        authors=tuple(_text(author) for author in value["authors"]),
        publisher=_text(value["publisher"]),
        published=_when(value["published"]),
        published_how=_text(value["published_how"]),
        language=_text(value["language"]),
        readable=value["readable"] is True,
        blocks=blocks,
        pages=pages,
        footnotes=notes,
        origins=origins,
        warnings=tuple(_text(warning) for warning in value["warnings"]),
    )


def _origin(item: Any, size: int) -> Origin:
    start, end, page, source_start, source_end, repair = item
    return Origin(
        _within(start, size), _within(end, size), _number(page), _number(source_start), _number(source_end),
        _text(repair),
    )  # fmt: skip


def _when(value: Any) -> When | None:
    if value is None:
        return None
    low, late, soon, high = (value[bound] and date.fromisoformat(value[bound]) for bound in BOUNDS)
    return When(
        _text(value["edtf"]), low, late, soon, high, quote=_text(value["quote"]), basis=_text(value["basis"])
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise WireError("not a text")
    return value


def _number(value: Any) -> int:
    if type(value) is not int or not 0 <= value < 1 << 40:
        raise WireError("not a number")
    return value


def _within(value: Any, most: float = math.inf, least: int = 0) -> int:
    if type(value) is not int or not least <= value <= most:
        raise WireError("a place outside the text")
    return value
