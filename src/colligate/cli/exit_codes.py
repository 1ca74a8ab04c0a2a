"""The exit codes, in one table. The reference page is made from it; a test holds it to errors.py."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ExitCode:
    code: int
    name: str
    means: str


EXIT_CODES = (
    ExitCode(0, "done", "What was asked for was done. A list may be empty."),
    ExitCode(1, "error", "Something unforeseen went wrong; the message names the file with the details."),
    ExitCode(2, "usage", "An option or argument is unknown, missing, or has a value it cannot have."),
    ExitCode(3, "document", "At least one file could not be read. All others were read and stored."),
    ExitCode(4, "quote", "A quote does not match its document: the case or a file of claims is damaged."),
    ExitCode(5, "vocabulary", "A vocabulary or rule file is wrong, or lacks a type that a claim uses."),
    ExitCode(6, "case", "The case is missing, busy, full, damaged, or from a newer Colligate."),
    ExitCode(7, "not found", "The case holds no such actor, claim or document; similar names are shown."),
    ExitCode(8, "claims file", "A file of claims or of reference annotations has a line that is not one."),
    ExitCode(9, "language model", "The language model could not be asked about all of the text."),
    ExitCode(130, "interrupted", "Stopped with Ctrl-C. Every finished document is in the case."),
)
