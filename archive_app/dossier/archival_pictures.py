"""Pictures and QR codes on a page: without transparency, without anything but their pixels."""

from __future__ import annotations

import hashlib
import io
import zlib
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFStream

from archive_app.dossier.blocks import Image

_QUIET = 4
"""Modules kept white around a QR code (ISO/IEC 18004, 9.1)."""


def drawn(canvas: Any, image: Image, box: tuple[float, float, float, float]) -> str:
    """Return the operators that fill a box (left, bottom, right, top) with an image."""
    left, bottom, right, top = box
    width, height = right - left, top - bottom
    if image.qr:
        return _qr_code(image.qr, box)
    name = f"Picture{hashlib.sha256(image.data).hexdigest()[:32]}"
    known = canvas._doc.idToObject.keys()
    if canvas._doc.getXObjectName(name) not in known:
        canvas._doc.Reference(_picture(image.data), canvas._doc.getXObjectName(name))
    if name not in canvas._formsinuse:
        canvas._formsinuse.append(name)
    canvas._currentPageHasImages = 1
    return (
        f"q {width:.2f} 0 0 {height:.2f} {left:.2f} {bottom:.2f} cm"
        f" /{canvas._doc.getXObjectName(name)} Do Q"
    )


def _picture(data: bytes) -> PDFStream:
    """Return a picture as an image of the file, on white where one could see through it."""
    from PIL import Image as Pictures

    with Pictures.open(io.BytesIO(data)) as opened:
        width, height = opened.size
        if opened.format == "JPEG" and opened.mode in ("L", "RGB"):
            mode, packed, packing = opened.mode, data, "/DCTDecode"
        else:
            mode = "L" if opened.mode in ("1", "L") else "RGB"
            layer = opened.convert("RGBA" if mode == "RGB" else mode)
            if mode == "RGB":
                paper = Pictures.new("RGBA", layer.size, "white")
                layer = Pictures.alpha_composite(paper, layer).convert("RGB")
            packed, packing = zlib.compress(layer.tobytes()), "/FlateDecode"
    entries = {
        "Type": "/XObject",
        "Subtype": "/Image",
        "Width": width,
        "Height": height,
        "BitsPerComponent": 8,
        "ColorSpace": "/DeviceGray" if mode == "L" else "/DeviceRGB",
        "Filter": packing,
    }
    return PDFStream(PDFDictionary(entries), packed)


def _qr_code(text: str, box: tuple[float, float, float, float]) -> str:
    """Return a QR code as one filled path of rectangles."""
    from reportlab.graphics.barcode.qrencoder import QR8bitByte, QRCode, QRErrorCorrectLevel

    code: Any = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(QR8bitByte(text))
    code.make()
    left, bottom, right, top = box
    side = min(right - left, top - bottom)
    size = side / (code.moduleCount + 2 * _QUIET)
    rectangles: list[str] = []
    for row, modules in enumerate(code.modules):
        y = top - (row + 1 + _QUIET) * size
        at = 0
        while at < len(modules):
            end = at
            while end < len(modules) and modules[end]:
                end += 1
            if end > at:
                x = left + (at + _QUIET) * size
                rectangles.append(f"{x:.3f} {y:.3f} {(end - at) * size:.3f} {size:.3f} re")
            at = end + 1
    return f"q 0 g {' '.join(rectangles)} f Q"
