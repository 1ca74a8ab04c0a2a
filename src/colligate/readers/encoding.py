"""Bytes -> text, when nobody says in which encoding they are."""

from __future__ import annotations

import codecs

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16-LE, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 256 * 1024
# Of the single-byte encodings the guesser may choose from these: the ones reports are written in.
_CANDIDATES = [
    "cp1252", "latin_1", "iso8859_15", "mac_roman", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255",
    "cp1256", "koi8_r", "shift_jis", "euc_jp", "gb18030", "big5", "euc_kr",
]  # fmt: skip


def decode(data: bytes) -> tuple[str, str, str]:
    """The text, the encoding, and a warning ("" when there is no doubt).

    A byte-order mark decides; then strict UTF-8; then UTF-16 without a mark (every other byte NUL);
    then UTF-8 with a few broken bytes; then the best guess among single-byte and Asian encodings.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, "replace")
            return text, encoding, _damage(text)
    sixteen = _sixteen(data)
    if sixteen:
        text = data.decode(sixteen, "replace")
        return text, sixteen, _damage(text)
    try:
        return data.decode("utf-8"), "utf-8", ""
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    foreign = sum(1 for byte in data if byte >= 0x80) if len(data) < _SAMPLE else len(data) // 50
    # Mostly right multi-byte sequences: UTF-8 that was cut or damaged, not another encoding.
    if broken * 4 <= foreign and broken * 100 <= len(data):
        return text, "utf-8", _damage(text)
    encoding = _guess(data)
    text = data.decode(encoding, "replace")
    return text, encoding, f"The encoding is not stated; the text was read as {encoding}."


def _damage(text: str) -> str:
    broken = text.count("\ufffd")
    return f"{broken} damaged characters were read as \ufffd." if broken else ""


def _sixteen(data: bytes) -> str:
    """UTF-16 without a mark: Western text in it has a NUL in every other place."""
    head = data[:4096]
    if len(head) < 8:
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > half * 0.4 and even < half * 0.05:
        return "utf-16-le"
    if even > half * 0.4 and odd < half * 0.05:
        return "utf-16-be"
    return ""


def _guess(data: bytes) -> str:
    """The likeliest encoding.

    A text that is mostly ASCII is Western: the guesser takes the few letters with accents in it for
    many things. Latin-1 is read as cp1252, which has curly quotes where the other has control characters.
    """
    sample = data[:_SAMPLE]
    letters = sum(1 for byte in sample if 0x41 <= byte <= 0x5A or 0x61 <= byte <= 0x7A)
    high = sum(1 for byte in sample if byte >= 0x80)
    if high * 5 <= letters:
        return "cp1252"
    from charset_normalizer import from_bytes  # noqa: PLC0415 - slow to import, rarely needed

    best = from_bytes(sample, cp_isolation=_CANDIDATES).best()
    if best is None or best.encoding in ("latin_1", "iso8859_1", "ascii"):
        return "cp1252"
    return best.encoding
