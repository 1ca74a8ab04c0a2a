"""The one error tree. Every error says what happened, to what, and what to do; data travels as fields.

The command line prints ``str(error)`` and ``error.hint`` and exits with ``error.exit_code``; the web
will map the class to a status. Nothing below those two edges catches an error to print it.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path


class ColligateError(Exception):
    """The root. ``hint`` tells the user what to do next; ``exit_code`` is the process's status."""

    exit_code = 1
    hint = ""

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        if hint is not None:
            self.hint = hint


class ReadFailure(StrEnum):
    """Why a file gave no document. Stored with the file's name, so the values never change."""

    EMPTY = "empty"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    NEEDS_OCR = "needs_ocr"
    NO_TEXT = "no_text"
    UNSUPPORTED = "unsupported"
    TOO_LARGE = "too_large"
    OUT_OF_MEMORY = "out_of_memory"
    OUT_OF_TIME = "out_of_time"
    CRASHED = "crashed"
    UNSAFE = "unsafe"
    NOT_READABLE = "not_readable"


class DocumentError(ColligateError):
    """A file could not be read. ``source`` is its name, ``failure`` says why."""

    exit_code = 3

    def __init__(self, message: str, *, source: str, failure: ReadFailure, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.source = source
        self.failure = failure


class QuoteError(ColligateError):
    """A claim's quote is not what the document says at its span. The claim is refused."""

    exit_code = 4

    def __init__(self, *, document: str, start: int, end: int, quote: str, found: str) -> None:
        super().__init__(
            f"The quote at characters {start}-{end} of {document} does not match the text there."
        )
        self.document = document
        self.start = start
        self.end = end
        self.quote = quote
        self.found = found


class VocabularyError(ColligateError):
    """A vocabulary or pattern file is wrong, or a claim uses a type the vocabulary lacks."""

    exit_code = 5


class ModelError(ColligateError):
    """The weights of the reading model are missing, damaged or not those of the manifest."""

    exit_code = 5
    hint = "Install Colligate again, or read with patterns alone (--patterns-only)."

    def __init__(self, *, path: Path, why: str) -> None:
        super().__init__(f"The reading model's file {path} cannot be used: {why}.")
        self.path = path


class CaseError(ColligateError):
    """A case could not be opened, written or found. ``case`` is its folder."""

    exit_code = 6

    def __init__(self, message: str, *, case: str, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.case = case


class CaseTooNewError(CaseError):
    """The case was written by a newer Colligate."""


class CaseBusyError(CaseError):
    """Another process holds the case."""


class CaseFullError(CaseError):
    """The disk, or the quota on it, is full. What was committed before stays."""


class NotFoundError(ColligateError):
    """Nothing in the case answers to what was asked for."""

    exit_code = 7


class ClaimsFileError(ColligateError):
    """A file of claims or of reference annotations has a line that is not one. Nothing of it is taken."""

    exit_code = 8
    hint = "Write the file again with `colligate export claims`, or mend the line."

    def __init__(self, message: str, *, source: str, line: int, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.source = source
        self.line = line


class LanguageModelError(ColligateError):
    """A language model could not be asked, or not about all of the text. ``host`` is that of its endpoint.
    What patterns found, and what it said before, is in the case."""

    exit_code = 9

    def __init__(self, message: str, *, host: str, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.host = host


class QueryError(ColligateError):
    """The words of a search cannot be understood. ``query`` is as given."""

    exit_code = 2

    def __init__(self, message: str, *, query: str, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.query = query


class SettingsError(ColligateError):
    """A setting or an option has a value it cannot have."""

    exit_code = 2
