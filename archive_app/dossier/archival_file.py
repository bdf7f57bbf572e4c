"""The objects of a document as the bytes of a file: packed, in order, always the same.

Elements of the structure, fields and pages are many and alike, so they go into object
streams (ISO 32000-1, 7.5.7), which make a long dossier a quarter smaller than ReportLab's
own table of objects does.
"""

from __future__ import annotations

import struct
import zlib
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFStream
from reportlab.pdfbase.pdfdoc import format as formatted

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
"""Four bytes above 127 follow, so that nobody takes the file for text."""
_PACK = 200
"""Objects in one object stream."""


def write_file(document: Any, identity: bytes) -> bytes:
    """Return the finished file of a ReportLab document; ``identity`` is its ID."""
    root = document.Reference(document.Catalog).format(document)
    info = document.Reference(document.info).format(document)
    out = bytearray(_HEADER)
    places: dict[int, bytes] = {0: struct.pack(">BIH", 0, 0, 65535)}
    loose: list[tuple[int, bytes]] = []
    number = 1
    # To write an object may make new ones, whose numbers follow.
    while number in document.numberToId:
        held = document.idToObject[document.numberToId[number]]
        text = formatted(held, document, toplevel=1)
        if isinstance(held, PDFStream):
            # The end stands on a line of its own, as PDF/A asks (ISO 19005-2, 6.1.7.1).
            sound = text.removesuffix(b"endstream\n") + b"\nendstream"
            places[number] = _placed(out, number, sound)
        else:
            loose.append((number, text))
        number += 1
    for at in range(0, len(loose), _PACK):
        pack = loose[at : at + _PACK]
        places[number] = _placed(out, number, _object_stream(pack))
        for index, (each, _) in enumerate(pack):
            places[each] = struct.pack(">BIH", 2, number, index)
        number += 1
    start = len(out)
    places[number] = struct.pack(">BIH", 1, start, 0)
    name = identity.hex().encode()
    entries = b"/Type /XRef /Size %d /W [ 1 4 2 ] /Root %s /Info %s /ID [ <%s> <%s> ]" % (
        number + 1, root, info, name, name,
    )  # fmt: skip
    table = b"".join(places[each] for each in range(number + 1))
    _placed(out, number, _stream(table, entries))
    out += b"startxref\n%d\n%%%%EOF\n" % start
    return bytes(out)


def _placed(out: bytearray, number: int, text: bytes) -> bytes:
    """Write an object; return its entry in the table of objects."""
    entry = struct.pack(">BIH", 1, len(out), 0)
    out += b"%d 0 obj\n%s\nendobj\n" % (number, text.rstrip(b"\n"))
    return entry


def _object_stream(pack: list[tuple[int, bytes]]) -> bytes:
    numbers: list[bytes] = []
    body = bytearray()
    for number, text in pack:
        numbers.append(b"%d %d" % (number, len(body)))
        body += text.rstrip(b"\n") + b"\n"
    head = b" ".join(numbers) + b"\n"
    entries = b"/Type /ObjStm /N %d /First %d" % (len(pack), len(head))
    return _stream(head + bytes(body), entries)


def _stream(content: bytes, entries: bytes) -> bytes:
    packed = zlib.compress(content)
    return b"<< %s /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (
        entries, len(packed), packed,
    )  # fmt: skip
