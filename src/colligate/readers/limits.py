"""What a document may cost before its child process is stopped."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1 << 20
GIB = 1 << 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Limits of one child process, which reads one document.

    ``address_space`` is in bytes and counts the interpreter and its libraries (about 250 MiB);
    ``seconds`` bounds both wall-clock and processor time; ``max_bytes`` is the size of the file,
    ``max_unpacked`` the bytes that a zip container (DOCX, EPUB) may unpack to, ``max_text`` the
    characters of the text that comes out.
    """

    address_space: int = GIB
    seconds: float = 60.0
    max_bytes: int = 256 * MIB
    max_unpacked: int = 256 * MIB
    max_text: int = 64 * MIB

    def __post_init__(self) -> None:
        for field in ("address_space", "seconds", "max_bytes", "max_unpacked", "max_text"):
            if not getattr(self, field) > 0:
                raise ValueError(f"the limit {field} must be more than 0, not {getattr(self, field)}")
