"""Strings of a PDF as text: text strings, and whatever else may hide words in bytes."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

_PDF_DOC = {
    # PDFDocEncoding where it is not Latin-1: ISO 32000-1, annex D.3
    0x18: "\u02d8", 0x19: "\u02c7", 0x1A: "\u02c6", 0x1B: "\u02d9", 0x1C: "\u02dd",
    0x1D: "\u02db", 0x1E: "\u02da", 0x1F: "\u02dc", 0x80: "\u2022", 0x81: "\u2020",
    0x82: "\u2021", 0x83: "\u2026", 0x84: "\u2014", 0x85: "\u2013", 0x86: "\u0192",
    0x87: "\u2044", 0x88: "\u2039", 0x89: "\u203a", 0x8A: "\u2212", 0x8B: "\u2030",
    0x8C: "\u201e", 0x8D: "\u201c", 0x8E: "\u201d", 0x8F: "\u2018", 0x90: "\u2019",
    0x91: "\u201a", 0x92: "\u2122", 0x93: "\ufb01", 0x94: "\ufb02", 0x95: "\u0141",
    0x96: "\u0152", 0x97: "\u0160", 0x98: "\u0178", 0x99: "\u017d", 0x9A: "\u0131",
    0x9B: "\u0142", 0x9C: "\u0153", 0x9D: "\u0161", 0x9E: "\u017e", 0xA0: "\u20ac",
}  # fmt: skip
_LANGUAGE = re.compile("\x1b[^\x1b]*\x1b")
"""A language code within a text string: ISO 32000-1, 7.9.2.2."""
_WORDS = re.compile(r"[^\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd]{5,}")
_LITERAL = re.compile(rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)", re.DOTALL)
_HEX = re.compile(rb"<([0-9A-Fa-f\s]{8,})>")
_ESCAPES = {
    b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f",
}  # fmt: skip
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|\r\n|.)|\r\n?", re.DOTALL)
MOST_BYTES = 64_000_000
"""No stream of a dossier is larger unpacked; a larger one is cut there."""


def text_string(data: bytes) -> str:
    """Return a PDF text string: UTF-16 or UTF-8 with their marks, else PDFDocEncoding."""
    if data.startswith(b"\xfe\xff"):
        return _LANGUAGE.sub("", data[2:].decode("utf-16-be", "replace"))
    if data.startswith(b"\xff\xfe"):
        return data[2:].decode("utf-16-le", "replace")
    if data.startswith(b"\xef\xbb\xbf"):
        return data[3:].decode("utf-8", "replace")
    return data.decode("latin-1").translate(_PDF_DOC)


def readings(data: bytes) -> tuple[str, ...]:
    """Return each text that a string of bytes may be taken for, the likeliest first."""
    found = [text_string(data)]
    if data[:2] in {b"\xfe\xff", b"\xff\xfe"} or data[:3] == b"\xef\xbb\xbf":
        return tuple(found)
    if not data.isascii():
        try:
            found.append(data.decode("utf-8"))
        except UnicodeDecodeError:
            found.append(data.decode("cp1251", "replace"))
    elif b"\x00" in data and len(data) % 2 == 0:
        found.append(data.decode("utf-16-be", "replace"))
    return tuple(dict.fromkeys(found))


def words_in(data: bytes) -> Iterator[str]:
    """Yield whatever in some bytes may be words: in UTF-8, UTF-16, or one byte a letter."""
    data = data[:MOST_BYTES]
    try:
        texts = [data.decode("utf-8")]
    except UnicodeDecodeError:
        texts = [data.decode("utf-8", "replace"), data.decode("cp1251", "replace")]
    if b"\x00" in data:
        texts += [data.decode("utf-16-le", "replace"), data.decode("utf-16-be", "replace")]
    for text in texts:
        found = " \n".join(_WORDS.findall(text))
        if found:
            yield found


def strings_in(source: bytes) -> Iterator[str]:
    """Yield the text of the string objects in a PDF's own source, though nothing lists them."""
    for found in _LITERAL.finditer(source):
        yield from readings(unescaped(found[0][1:-1]))
    for found in _HEX.finditer(source):
        digits = b"".join(found[1].split())
        yield from readings(bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode()))


def unpacked(data: bytes) -> bytes:
    """Return a stream's bytes without Flate, as far as they can be read."""
    try:
        return zlib.decompressobj().decompress(data, MOST_BYTES)
    except zlib.error:
        return data


def unescaped(literal: bytes) -> bytes:
    """Return the bytes of a string object without its brackets: # ISO 32000-1, 7.3.4.2."""
    return _ESCAPED.sub(_unescaped, literal)


def _unescaped(found: re.Match[bytes]) -> bytes:
    sign = found[1]
    if sign is None:
        return b"\n"
    if sign[:1].isdigit():
        return bytes([int(sign, 8) & 0xFF])
    return _ESCAPES.get(sign, b"" if sign in {b"\n", b"\r", b"\r\n"} else sign)
