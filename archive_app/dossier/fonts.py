"""The faces a dossier is set in, embedded from the files in ``resources/fonts``.

ReportLab subsets a TrueType font into sets of 256 characters. What it does not do is
added here: a sound map back to Unicode (it writes five hex digits beyond U+FFFF, which
readers take for something else), a glyph whose text is not its character's (a hyphen
that is taken out as a soft hyphen, a letter in its Serbian form), small capitals whose
text is still the small letters, and boxes for characters that no font has.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from threading import Lock
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc, pdfmetrics
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont

from archive_app.dossier.design import Family
from archive_app.dossier.families import (
    BOLD,
    FALLBACK,
    ITALIC,
    SANS,
    SERIF,
    SMALL_CAPS,
    STRONG,
    STRONG_ITALIC,
    Source,
    files_of,
    source,
    sources,
)
from archive_app.dossier.opentype import Kerning, substitutions
from archive_app.paths import resource_path

__all__ = [
    "BOLD", "FALLBACK", "ITALIC", "SANS", "SERIF", "SMALL_CAPS", "STRONG",
    "STRONG_ITALIC", "Extent", "Face", "chain", "face",
]  # fmt: skip

# Pages as ASCII85 are a quarter larger, for mail systems of the last century.
rl_config.useA85 = 0

_SOFT_HYPHEN = 0xAD
_HYPHEN = 0x2D
_SPACE = 0x20
_BOX = 0xFFFD
_BEYOND_UNICODE = 0x110000
"""From here on numbers stand for glyphs whose text is not one character of the font's map."""
_SMALL = 0.79
"""Height of made small capitals against capitals."""
_ASCII_END = 128


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


class Face(TTFont):
    """A font file as the dossier uses it; ``covered`` are the code points it can show.

    A point is a code point, or a number beyond them that ``serbian`` or ``broken`` gave.
    """

    def __init__(self, source: Source) -> None:
        path = resource_path("fonts", *source.file.split("/"))
        file: Any = str(path)
        is_made = source.is_small and not _has_small_capitals(source.file)
        if is_made:
            file = _shrunk(path.read_bytes())
        name = path.stem + ("-SmallCapitals" if source.is_small else "")
        super().__init__(f"dossier-{name}", file, shapable=False)
        metrics: Any = self.face
        self._scale = 1000 / metrics.unitsPerEm
        if source.is_small:
            metrics.name = metrics.name + b"-SmallCapitals"
            self._raise_small_letters(is_made=is_made)
        self._let(_SOFT_HYPHEN, metrics.charToGlyph[_HYPHEN])
        self.covered: frozenset[int] = frozenset(metrics.charToGlyph)
        self._extents: dict[int, Extent | None] = {}
        self._texts: dict[int, str] = {}
        self._broken: dict[int, int] = {}
        self._lock = Lock()
        self.serbian: dict[int, int] = {} if source.is_small else self._serbian_forms()
        """The letters that look otherwise in Serbian, above all in italics: б г д п т."""
        has_pairs = "GPOS" in metrics.table
        self._kerning = Kerning(metrics.get_table("GPOS")) if has_pairs else None

    def width(self, point: int) -> float:
        """Return a character's advance in thousandths of an em."""
        metrics: Any = self.face
        return metrics.charWidths.get(point, metrics.defaultWidth)

    def kern(self, first: int, second: int) -> float:
        """Return what is added to the width of the first of two, in thousandths of an em."""
        if self._kerning is None:
            return 0.0
        metrics: Any = self.face
        glyphs = metrics.charToGlyph
        return self._kerning.between(glyphs.get(first, 0), glyphs.get(second, 0)) * self._scale

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

    # Glyphs whose text is not what the font's map says

    def text(self, point: int) -> str:
        """Return what a point is when the text is taken out."""
        return self._texts.get(point) or chr(point)

    def add_box(self, point: int) -> None:
        """Let a character that no face has stand as a box, its text kept."""
        metrics: Any = self.face
        self._let(point, metrics.charToGlyph[_BOX])

    def broken(self, point: int) -> int:
        """Return the point that looks the same and says that its word goes on in the next line.

        Its text has a soft hyphen at the end, so that the word can be put together again.
        """
        with self._lock:
            if point not in self._broken:
                metrics: Any = self.face
                self._broken[point] = self._beyond(
                    metrics.charToGlyph[point], self.text(point) + chr(_SOFT_HYPHEN)
                )
            return self._broken[point]

    def _beyond(self, glyph: int, text: str) -> int:
        point = _BEYOND_UNICODE + len(self._texts)
        self._texts[point] = text
        self._let(point, glyph)
        return point

    def _let(self, point: int, glyph: int) -> None:
        metrics: Any = self.face
        metrics.charToGlyph[point] = glyph
        metrics.charWidths[point] = metrics.hmetrics[glyph][0] * self._scale

    def _serbian_forms(self) -> dict[int, int]:
        metrics: Any = self.face
        if "GSUB" not in metrics.table:
            return {}
        forms = substitutions(metrics.get_table("GSUB"), "locl", "cyrl", "SRB")
        glyphs = dict(metrics.charToGlyph)
        return {
            point: self._beyond(forms[glyph], chr(point))
            for point, glyph in sorted(glyphs.items())
            if glyph in forms
        }

    def _raise_small_letters(self, *, is_made: bool) -> None:
        """Give every small letter the form of a small capital, or of its shrunk capital."""
        metrics: Any = self.face
        glyphs = dict(metrics.charToGlyph)
        forms = {} if is_made else substitutions(metrics.get_table("GSUB"), "smcp")
        for point, glyph in glyphs.items():
            capital = chr(point).upper()
            if glyph in forms:
                self._let(point, forms[glyph])
            elif len(capital) == 1 and ord(capital) != point and ord(capital) in glyphs:
                self._let(point, glyphs[ord(capital)])

    # Into the document

    def encode(self, points: Iterable[int], doc: Any) -> Iterator[tuple[str, list[int]]]:
        """Yield runs of codes, each with the name of the PDF font (a subset) they belong to.

        A code below 256 stands for each point; a space is code 32 in every subset.
        """
        if doc not in self.state:
            self.splitString("", doc)  # which begins the document's subsets
        state: Any = self.state[doc]
        assigned = state.assignments
        current, codes = -1, list[int]()
        for point in points:
            code = assigned.get(point)
            if code is None:
                code = assigned[point] = self._assign(state, point)
            if code >> 8 != current:
                if codes:
                    yield self.getSubsetInternalName(current, doc), codes
                current, codes = code >> 8, []
            codes.append(code & 0xFF)
        if codes:
            yield self.getSubsetInternalName(current, doc), codes

    def _assign(self, state: Any, point: int) -> int:
        """Return the next free code: ASCII has its own, 0 is nothing, 32 is a space."""
        code, subsets = state.nextCode, state.subsets
        while True:
            if _SPACE <= code < _ASCII_END:
                code = _ASCII_END
            elif code & 0xFF == 0:
                subsets.append([0])
                code += 1
            elif code & 0xFF == _SPACE:
                subsets[code >> 8].append(_SPACE)
                code += 1
            else:
                break
        if code < _SPACE:
            subsets[0][code] = point
        else:
            subsets[code >> 8].append(point)
        state.nextCode = code + 1
        return code

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
            stream.content = self._unicode_map(base, subset)
            if doc.compression:
                stream.filters = [pdfdoc.PDFZCompress]
            font.ToUnicode = doc.Reference(stream, "toUnicodeCMap:" + base)
            font.FontDescriptor = metrics.addSubsetObjects(doc, base, subset)
            doc.Reference(font, internal)
            doc.idToObject["BasicFonts"].dict[internal] = font
        del self.state[doc]

    def _unicode_map(self, name: str, subset: list[int]) -> str:
        """Return the ToUnicode stream of a subset (ISO 32000-1, 9.10.3; blocks of at most 100)."""
        pairs = [
            f"<{code:02X}> <{self.text(point).encode('utf-16-be', 'replace').hex().upper()}>"
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


def _has_small_capitals(file: str) -> bool:
    return any(
        files.regular == file and files.has_small_capitals for files in map(files_of, Family)
    )


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


@cache
def _loaded(source: Source) -> Face:
    """Return a face, read once in the life of the program."""
    loaded = Face(source)
    # The canvas asks for an initial font by name; Helvetica would be listed unembedded.
    pdfmetrics.registerFont(loaded)
    return loaded


def face(role: str, family: Family = Family.CHARIS) -> Face:
    """Return the face of a role in a family."""
    return _loaded(source(role, family))


def chain(role: str, family: Family = Family.CHARIS) -> Iterator[Face]:
    """Yield the faces to try for a character, the role's own first; each is read when needed."""
    return map(_loaded, sources(role, family))
