"""The faces a dossier is set in, embedded from the files in ``resources/fonts``.

ReportLab subsets a TrueType font into sets of 256 characters. Three things it
does not do are added here: the map back to Unicode for characters beyond
U+FFFF (it writes five hex digits, which readers take for something else), a
face of small capitals whose text is still the small letters, and boxes for
characters no font has whose text is still the character.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc, pdfmetrics
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont

from archive_app.paths import resource_path

# Pages as ASCII85 are a quarter larger, for mail systems of the last century.
rl_config.useA85 = 0

SERIF = "serif"
ITALIC = "italic"
SANS = "sans"
BOLD = "bold"
SMALL_CAPS = "small-caps"
FALLBACK = "fallback"

_FILES = {
    SERIF: "CharisSIL-Regular.ttf",
    ITALIC: "CharisSIL-Italic.ttf",
    SMALL_CAPS: "CharisSIL-Regular.ttf",
    SANS: "NotoSans-Regular.ttf",
    BOLD: "NotoSans-Bold.ttf",
    FALLBACK: "DejaVuSans.ttf",
}
_CHAINS = {
    SERIF: (SERIF, SANS, FALLBACK),
    ITALIC: (ITALIC, SERIF, SANS, FALLBACK),
    SMALL_CAPS: (SMALL_CAPS, SERIF, SANS, FALLBACK),
    SANS: (SANS, SERIF, FALLBACK),
    BOLD: (BOLD, SANS, SERIF, FALLBACK),
    FALLBACK: (FALLBACK,),
}
_BOX = 0xFFFD
_SMALL = 0.79
"""Height of small capitals against capitals."""


@dataclass(frozen=True, slots=True)
class Extent:
    """The box around a glyph's outline, in thousandths of an em."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def centre(self) -> float:
        """Half way between left and right."""
        return (self.left + self.right) / 2


def _unicode_map(name: str, subset: list[int]) -> str:
    """Return the ToUnicode stream of a subset (ISO 32000-1, 9.10.3; blocks of at most 100)."""
    pairs = [
        f"<{code:02X}> <{chr(point).encode('utf-16-be', 'replace').hex().upper()}>"
        for code, point in enumerate(subset)
        if point
    ]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
        f"/CMapName /{name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<00> <FF>",
        "endcodespacerange",
    ]
    for at in range(0, len(pairs), 100):
        block = pairs[at : at + 100]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines)


class Face(TTFont):
    """A font file as the dossier uses it; ``covered`` are the code points it can show."""

    def __init__(self, name: str) -> None:
        file: Any = str(resource_path("fonts", _FILES[name]))
        if name == SMALL_CAPS:
            file = _shrunk(resource_path("fonts", _FILES[name]).read_bytes())
        super().__init__(f"dossier-{name}", file, shapable=False)
        metrics: Any = self.face
        if name == SMALL_CAPS:
            metrics.name = metrics.name + b"-SmallCapitals"
            _raise_small_letters(metrics)
        self.covered: frozenset[int] = frozenset(metrics.charToGlyph)
        self._extents: dict[int, Extent | None] = {}
        self._scale = 1000 / metrics.unitsPerEm

    def width(self, point: int) -> float:
        """Return a character's advance in thousandths of an em."""
        metrics: Any = self.face
        return metrics.charWidths.get(point, metrics.defaultWidth)

    def extent(self, point: int) -> Extent | None:
        """Return the box of a character's outline, ``None`` where it has none (a space)."""
        if point not in self._extents:
            self._extents[point] = self._measure(point)
        return self._extents[point]

    def _measure(self, point: int) -> Extent | None:
        metrics: Any = self.face
        glyph = metrics.charToGlyph.get(point)
        if glyph is None:
            return None
        first, last = metrics.glyphPos[glyph], metrics.glyphPos[glyph + 1]
        if last - first < 10:
            return None
        # glyf header: contours, xMin, yMin, xMax, yMax (OpenType, "glyf")
        table = metrics.get_table("glyf")
        box = struct.unpack(">4h", table[first + 2 : first + 10])
        return Extent(*(side * self._scale for side in box))

    def add_box(self, point: int) -> None:
        """Let a character that no face has stand as a box, its text kept."""
        metrics: Any = self.face
        metrics.charToGlyph[point] = metrics.charToGlyph[_BOX]
        metrics.charWidths[point] = metrics.charWidths[_BOX]

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - ReportLab's own name
        """Write the subsets into the document: ReportLab's method with a sound Unicode map."""
        metrics: Any = self.face
        state = self.state[doc]
        state.frozen = 1
        for number, subset in enumerate(state.subsets):
            internal = self.getSubsetInternalName(number, doc)[1:]
            base = (SUBSETN(number) + b"+" + bytes(metrics.name)).decode("ascii")
            font: Any = pdfdoc.PDFTrueTypeFont()
            font.Name = internal
            font.BaseFont = base
            font.FirstChar = 0
            font.LastChar = len(subset) - 1
            font.Widths = pdfdoc.PDFArray([self.width(point) for point in subset])
            stream = pdfdoc.PDFStream()
            stream.content = _unicode_map(base, subset)
            if doc.compression:
                stream.filters = [pdfdoc.PDFZCompress]
            font.ToUnicode = doc.Reference(stream, "toUnicodeCMap:" + base)
            font.FontDescriptor = metrics.addSubsetObjects(doc, base, subset)
            doc.Reference(font, internal)
            doc.idToObject["BasicFonts"].dict[internal] = font
        del self.state[doc]


def _shrunk(font: bytes) -> BytesIO:
    """Return a font whose every glyph is drawn smaller at the same nominal size.

    Small capitals set by a smaller size would look the same, but readers of PDF take a
    change of size within a line for another column, and the turn's text falls apart.
    """
    tables = struct.unpack(">H", font[4:6])[0]
    changed = bytearray(font)
    for number in range(tables):
        tag, _, offset, _ = struct.unpack(">4sLLL", font[12 + 16 * number : 28 + 16 * number])
        if tag == b"head":
            # head: unitsPerEm is the uint16 at byte 18 (OpenType, "head")
            em = struct.unpack(">H", font[offset + 18 : offset + 20])[0]
            struct.pack_into(">H", changed, offset + 18, round(em / _SMALL))
    return BytesIO(bytes(changed))


def _raise_small_letters(metrics: Any) -> None:
    """Give every small letter the glyph and width of its capital."""
    glyphs = dict(metrics.charToGlyph)
    for point in glyphs:
        capital = chr(point).upper()
        if len(capital) == 1 and ord(capital) != point and ord(capital) in glyphs:
            metrics.charToGlyph[point] = glyphs[ord(capital)]
            metrics.charWidths[point] = metrics.charWidths[ord(capital)]


@cache
def face(name: str) -> Face:
    """Return a face by its role, read once in the life of the program."""
    loaded = Face(name)
    if name == SERIF:
        # The canvas asks for an initial font; Helvetica would be listed unembedded.
        pdfmetrics.registerFont(loaded)
    return loaded


def chain(name: str) -> tuple[Face, ...]:
    """Return the faces to try for a character, the named one first."""
    return tuple(face(each) for each in _CHAINS[name])
