"""The output intent: that the file's colours are meant as sRGB (ISO 19005-2, 6.2.3).

The profile is made here (ICC.1:2010, "ICC specification 4.3"), since those that come
with colour engines carry the hour they were made and differ from release to release.
"""

from __future__ import annotations

import struct
from functools import cache
from typing import Any

from archive_app.dossier.archival_objects import Written, number_of, stream

_WHITE = (0.9642, 1.0, 0.8249)
"""D50, the white that every profile relates to (ICC.1:2010, 7.2.16)."""
_PRIMARIES = {
    b"rXYZ": (0.43607, 0.22249, 0.01392),
    b"gXYZ": (0.38515, 0.71687, 0.09708),
    b"bXYZ": (0.14307, 0.06061, 0.71410),
}
"""Of IEC 61966-2-1, brought from D65 to D50 by the Bradford matrix."""
_ADAPTATION = (
    1.04788, 0.02292, -0.05022, 0.02959, 0.99048, -0.01707, -0.00925, 0.01508, 0.75168,
)  # fmt: skip
_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
"""IEC 61966-2-1 as a parametric curve of type 3: g, a, b, c, d (ICC.1:2010, 10.16)."""


def _fixed(*values: float) -> bytes:
    """Return numbers as s15Fixed16."""
    return b"".join(struct.pack(">i", round(value * 65536)) for value in values)


def _words(text: str) -> bytes:
    """Return a text as multiLocalizedUnicodeType with one record (ICC.1:2010, 10.13)."""
    data = text.encode("utf-16-be")
    return b"mluc" + struct.pack(">4xII2s2sII", 1, 12, b"en", b"US", len(data), 28) + data


@cache
def srgb_profile() -> bytes:
    """Return an ICC profile of sRGB, always the same 500-odd bytes."""
    tags: dict[bytes, bytes] = {
        b"desc": _words("sRGB"),
        b"cprt": _words("No copyright, use freely"),
        b"wtpt": b"XYZ \0\0\0\0" + _fixed(*_WHITE),
        b"chad": b"sf32\0\0\0\0" + _fixed(*_ADAPTATION),
    }
    tags |= {name: b"XYZ \0\0\0\0" + _fixed(*place) for name, place in _PRIMARIES.items()}
    curve = b"para\0\0\0\0" + struct.pack(">HH", 3, 0) + _fixed(*_CURVE)
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve)
    at = 128 + 4 + 12 * len(tags)
    table = struct.pack(">I", len(tags))
    body = b""
    placed: dict[bytes, int] = {}
    for name, data in tags.items():
        if data not in placed:
            placed[data] = at + len(body)
            body += data + b"\0" * (-len(data) % 4)
        table += struct.pack(">4sII", name, placed[data], len(data))
    size = 128 + len(table) + len(body)
    # Header: size, no engine, version 4.3, display, RGB to XYZ, a fixed date (ICC.1:2010, 7.2)
    header = struct.pack(
        ">I4xI4s4s4s6H4s4xI4x4x8xI",
        size, 0x04300000, b"mntr", b"RGB ", b"XYZ ", 2010, 12, 1, 0, 0, 0, b"acsp", 0, 0,
    ) + _fixed(*_WHITE)  # fmt: skip
    return header.ljust(128, b"\0") + table + body


def output_intent(document: Any) -> str:
    """Write the output intent; return it as the catalogue's array."""
    document.Reference(stream(srgb_profile(), N=3), "OutputProfile")
    document.Reference(
        Written(
            "<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB IEC61966-2.1)"
            " /RegistryName (http://www.color.org) /Info (sRGB IEC61966-2.1)"
            f" /DestOutputProfile {number_of(document, 'OutputProfile')} 0 R >>"
        ),
        "OutputIntent",
    )
    return f"[ {number_of(document, 'OutputIntent')} 0 R ]"
