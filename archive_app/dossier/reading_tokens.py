"""The operators of a page's content stream, read fast: ISO 32000-1, 7.2, 7.3 and 7.8.2.

pdfminer.six reads a content stream letter by letter, which takes most of the time that
reading a dossier back takes. This reads it by one pattern and gives what pdfminer's
interpreter is used to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pdfminer.psparser import LIT

from archive_app.dossier.reading_strings import unescaped

_TOKEN = re.compile(
    rb"""[\x00\s]*(?:
      ([+-]?(?:\d+\.?\d*|\.\d+))              # a number
    | <([0-9A-Fa-f\x00\s]*)>                  # a string in hexadecimal
    | (\[|<<)                                 # something opens
    | (\]|>>)                                 # something closes
    | /([^\x00\s\[\]<>(){}/%]*)               # a name
    | \(((?:[^()\\]|\\.)*)\)                  # a string without brackets in it
    | ([A-Za-z'"][^\x00\s\[\]<>(){}/%]*)      # an operator
    | (\()                                    # a string with brackets in it
    | (%[^\r\n]*)                             # a comment
    | (.)                                     # what is none of these
    )""",
    re.VERBOSE | re.DOTALL,
)
_NUMBER, _HEX, _OPENS, _CLOSES, _NAME, _PLAIN, _OPERATOR, _NESTED, _COMMENT = range(1, 10)
_NAMED_SIGN = re.compile(rb"#([0-9A-Fa-f]{2})")
_CONSTANTS: dict[bytes, bool | None] = {b"true": True, b"false": False, b"null": None}
INLINE_IMAGE = re.compile(rb"(?:^|\s)BI\s")
"""What begins a picture within the stream; its bytes are no tokens."""


def operations(data: bytes) -> Iterator[tuple[bytes, list[Any]]]:
    """Yield each operator with its operands; what cannot be read is passed over."""
    operands: list[Any] = []
    within: list[list[Any]] = []
    current = operands
    at, end = 0, len(data)
    match = _TOKEN.match
    while at < end and (found := match(data, at)) is not None:
        at = found.end()
        kind = found.lastindex
        if kind == _NUMBER:
            digits = found[1]
            current.append(float(digits) if b"." in digits else int(digits))
        elif kind == _HEX:
            current.append(_from_hex(found[2]))
        elif kind == _OPERATOR:
            word = found[7]
            if within or word in _CONSTANTS:
                current.append(_CONSTANTS.get(word))
                continue
            yield word, operands
            operands = current = []
        elif kind == _OPENS:
            within.append(current)
            current = []
        elif kind == _CLOSES:
            if within:
                held, current = current, within.pop()
                current.append(held if found[4] == b"]" else _dictionary(held))
        elif kind == _NAME:
            current.append(LIT(_name(found[5])))
        elif kind == _PLAIN:
            held = found[6]
            current.append(unescaped(held) if b"\\" in held or b"\r" in held else held)
        elif kind == _NESTED:
            at = _end_of_string(data, at)
            current.append(unescaped(data[found.end() : at - 1]))


def _from_hex(digits: bytes) -> bytes:
    try:
        return bytes.fromhex(digits.decode("ascii"))
    except ValueError:
        bare = re.sub(rb"[\x00\s]", b"", digits)
        return bytes.fromhex((bare + b"0" * (len(bare) % 2)).decode("ascii"))


def _name(written: bytes) -> str:
    if b"#" in written:
        written = _NAMED_SIGN.sub(lambda found: bytes([int(found[1], 16)]), written)
    return written.decode("utf-8", "replace")


def _dictionary(held: list[Any]) -> dict[str, Any]:
    """Return alternating keys and values as a dictionary."""
    return {str(getattr(key, "name", key)): value for key, value in zip(held[::2], held[1::2])}


def _end_of_string(data: bytes, at: int) -> int:
    """Return the end of a string whose opening bracket ends at a place."""
    depth = 1
    while at < len(data):
        sign = data[at : at + 1]
        at += 2 if sign == b"\\" else 1
        depth += (sign == b"(") - (sign == b")")
        if depth == 0:
            break
    return at
