"""Lines set apart from any page, and their text as it would be taken out of the PDF."""

from __future__ import annotations

import re
from typing import Any

from reportlab.pdfgen import canvas

from archive_app.dossier.blocks import Block, Fragment, Line, Style
from archive_app.dossier.design import Family
from archive_app.dossier.fonts import SERIF, Face, face
from archive_app.dossier.lines import Compositor
from archive_app.dossier.shaping import Ink, Shaper

_SHOWN = re.compile(r"(/F\d+\+\d+) [\d.]+ Tf|<([0-9a-f]*)>")


class Setting:
    """A document that is never written: a compositor and the way back from codes to text."""

    def __init__(self, language: str = "en", family: Family = Family.CHARIS) -> None:
        make: Any = canvas.Canvas
        self.canvas = make("none.pdf", initialFontName=face(SERIF, family).fontName)
        self.shaper = Shaper(self.canvas._doc, family)
        self.compositor = Compositor(self.shaper, language)
        self.family = family

    def lines(self, text: str, measure: float = 300, **style: Any) -> list[Line]:
        """Return the lines of one paragraph in one ink."""
        size: float = style.pop("size", 10.8)
        role: str = style.pop("role", SERIF)
        lang: str = style.pop("lang", "")
        held = {"leading": 15.3, "align": "justify", "hyphens": 2} | style
        block = Block((Fragment(text, Ink(role, size)),), Style(**held), lang=lang)
        return self.compositor.lines(block, measure)

    def text(self, line: Line) -> str:
        """Return a line's text by the maps to Unicode that would be in the file."""
        font, text = "", ""
        for name, codes in _SHOWN.findall(line.codes):
            font = name or font
            text += self._decode(font, codes)
        return text

    def texts(self, lines: list[Line]) -> list[str]:
        """Return each line's text."""
        return [self.text(line) for line in lines]

    def _decode(self, font: str, codes: str) -> str:
        name, subset = font.split("+") if font else ("", "0")
        text = ""
        for code in bytes.fromhex(codes):
            face = self._face(name)
            text += face.text(face.state[self.canvas._doc].subsets[int(subset)][code])
        return text

    def _face(self, name: str) -> Face:
        for held in self.canvas._doc.delayedFonts:
            if f"/{held.state[self.canvas._doc].internalName}" == name:
                return held
        raise LookupError(name)


def whole(texts: list[str]) -> str:
    """Return lines' texts as one text, words that were parted put together again."""
    joined = "\n".join(text if text.endswith("\u00ad") else text.rstrip(" ") for text in texts)
    return joined.replace("\u00ad\n", "").replace("\n", " ")
