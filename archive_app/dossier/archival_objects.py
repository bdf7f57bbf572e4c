"""Objects of the file that ReportLab has no class for."""

from __future__ import annotations

from typing import Any

from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFObject, PDFStream, PDFZCompress

_ESCAPES = str.maketrans({"\\": r"\\", "(": r"\(", ")": r"\)", "\r": r"\r", "\n": r"\n"})
_LONGEST = 8_000
"""Characters: PDF/A has no string above 32,767 bytes (ISO 19005-2, 6.1.13)."""


def short(text: str, most: int = _LONGEST) -> str:
    """Return a text cut to what a string of the file may hold, with an ellipsis."""
    return text if len(text) <= most else text[: most - 1] + "…"


def text_string(text: str) -> str:
    """Return a text as a PDF string: plain where it is ASCII, else UTF-16 in hexadecimal."""
    text = short(text)
    if text.isascii():
        return f"({text.translate(_ESCAPES)})"
    return f"<FEFF{text.encode('utf-16-be', 'replace').hex().upper()}>"


class Written(PDFObject):
    """An object whose text is known before the file is written."""

    __slots__ = ("__InternalName__", "text")

    def __init__(self, text: str = "") -> None:
        self.text = text

    def format(self, document: Any) -> bytes:  # noqa: ARG002 - ReportLab's own signature
        """Return the object as it stands in the file."""
        return self.text.encode("latin-1")


def stream(content: bytes, **entries: Any) -> PDFStream:
    """Return a compressed stream with these entries in its dictionary."""
    return PDFStream(PDFDictionary(entries), content, [PDFZCompress])


def plain_stream(content: bytes, **entries: Any) -> PDFStream:
    """Return a stream that anybody can read without unpacking it."""
    return PDFStream(PDFDictionary(entries), content, [])


def number_of(document: Any, name: str) -> int:
    """Return the number of an object in the file by ReportLab's name for it."""
    return document.idToObjectNumberAndVersion[name][0]
