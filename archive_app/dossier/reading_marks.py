"""The text of a PDF's pages as its content streams mark it: by tag, without looking at the layout.

pdfminer.six interprets the pages and reads the fonts' Unicode maps. Text is gathered
by the number of its marked content (ISO 32000-1, 14.6 and 14.7.4), so that the
structure tree can put it in reading order; what is marked as an artifact, and what
is not marked at all, is kept apart.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pdfminer.pdfdevice import PDFDevice, PDFTextSeq
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import (
    PDFGraphicState,
    PDFPageInterpreter,
    PDFResourceManager,
    PDFTextState,
)
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import dict_value, resolve1, stream_value
from pdfminer.psparser import PSLiteral

from archive_app.dossier.reading_strings import text_string
from archive_app.dossier.reading_tokens import INLINE_IMAGE, operations

# It would write what it reads, testimony too, into a log that is kept at full length.
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)

_PALE = 0.97
"""From this grey on text is white on paper."""
_TINY = 1.0
"""Points: type below this size cannot be read."""
_SLACK = 2.0
"""Points that a letter may reach beyond the sheet."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text in one place of a page, as it was drawn one after another."""

    page: int
    """From 1."""
    text: str
    """As it is to be read: what the file says stands for it, else its letters."""
    drawn: str
    """The letters alone."""
    unseen: str = ""
    """Why a reader would not see it: "invisible", "white", "outside", "tiny"; "": he would."""
    kind: str = ""
    """Of an artifact: its type and subtype, as far as it says ("Pagination Header")."""


@dataclass(slots=True)
class PageMarks:
    """The text of one page."""

    marked: dict[int, Stretch] = field(default_factory=dict[int, Stretch])
    """By the number of its marked content."""
    artifacts: list[Stretch] = field(default_factory=list[Stretch])
    loose: list[Stretch] = field(default_factory=list[Stretch])
    """Neither marked content with a number nor an artifact."""
    is_whole: bool = True
    """False: the page's content could not be read to its end."""


@dataclass(slots=True)
class _Pot:
    """Text being gathered for one place."""

    shown: list[str] = field(default_factory=list[str])
    drawn: list[str] = field(default_factory=list[str])
    unseen: str = ""
    kind: str = ""

    def stretch(self, page: int) -> Stretch:
        return Stretch(page, "".join(self.shown), "".join(self.drawn), self.unseen, self.kind)


@dataclass(slots=True)
class _Open:
    """A marked-content sequence that has begun."""

    pot: _Pot | None
    """Where its text goes, None: where the one around it puts its own."""
    instead: str | None = None
    """Its /ActualText."""
    at: int = 0
    """Pieces its pot held when it began."""
    is_artifact: bool = False


class _Letters:
    """What one font's codes mean, remembered."""

    __slots__ = ("font", "known")

    def __init__(self, font: PDFFont) -> None:
        self.font = font
        self.known: dict[int, tuple[str, float]] = {}

    def read(self, code: int) -> tuple[str, float]:
        """Return a code's letters and its width in thousandths of an em."""
        try:
            letters = self.font.to_unichr(code)
        except PDFUnicodeNotDefined:
            letters = "\ufffd"
        found = self.known[code] = letters, self.font.char_width(code) * 1000
        return found


class MarkReader(PDFDevice):
    """Gathers the text of pages by their marks."""

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources)
        self.page = PageMarks()
        self.drawn_forms: set[int] = set()
        """Object numbers of the forms that a page draws."""
        self._number = 0
        self._box = (0.0, 0.0, 0.0, 0.0)
        self._stack: list[_Open] = []
        self._pots: dict[int, _Pot] = {}
        self._loose = _Pot()
        self._letters: dict[int, _Letters] = {}
        self._forms = 0

    def begin_page(self, page: PDFPage, ctm: Any) -> None:  # noqa: ARG002 - so it is called
        """Begin with an empty page."""
        self._number += 1
        x0, y0, x1, y1 = page.mediabox
        self._box = (-_SLACK, -_SLACK, x1 - x0 + _SLACK, y1 - y0 + _SLACK)
        if page.rotate % 180:
            self._box = (-_SLACK, -_SLACK, y1 - y0 + _SLACK, x1 - x0 + _SLACK)
        self.page = PageMarks()
        self._stack, self._pots, self._loose, self._forms = [], {}, _Pot(), 0

    def finish(self) -> PageMarks:
        """Return the page that was read, whole or not."""
        page = self.page
        while self._stack:
            self.end_tag()
        page.marked = {number: pot.stretch(self._number) for number, pot in self._pots.items()}
        if self._loose.drawn:
            page.loose.append(self._loose.stretch(self._number))
        return page

    def begin_figure(self, name: str, bbox: Any, matrix: Any) -> None:  # noqa: ARG002
        """Go into a form: the numbers of its marks are its own, not the page's."""
        self._forms += 1

    def end_figure(self, name: str) -> None:  # noqa: ARG002
        """Come out of a form."""
        self._forms -= 1

    def begin_tag(self, tag: PSLiteral, props: Any = None) -> None:
        """Begin marked content."""
        told: Mapping[str, Any] = props if isinstance(props, dict) else {}
        number = resolve1(told.get("MCID"))
        pot: _Pot | None = None
        if tag.name == "Artifact":
            pot = _Pot(kind=_kind(told))
        elif isinstance(number, int) and not self._forms:
            pot = self._pots.setdefault(number, _Pot())
        instead = resolve1(told.get("ActualText"))
        opened = _Open(pot, is_artifact=tag.name == "Artifact")
        self._stack.append(opened)
        if isinstance(instead, bytes):
            opened.instead = text_string(instead)
            opened.at = len(self._pot().shown)

    def end_tag(self) -> None:
        """End the marked content that began last."""
        if not self._stack:
            return
        ended = self._stack[-1]
        if ended.instead is not None:
            self._pot().shown[ended.at :] = [ended.instead]
        self._stack.pop()
        if ended.pot is not None and ended.is_artifact:
            self.page.artifacts.append(ended.pot.stretch(self._number))

    def do_tag(self, tag: PSLiteral, props: Any = None) -> None:
        """Pass over a marked point: it holds no text."""

    def render_string(
        self,
        textstate: PDFTextState,
        seq: PDFTextSeq,
        ncs: Any,  # noqa: ARG002 - the colour knows its space
        graphicstate: PDFGraphicState,
    ) -> None:
        """Take in the letters of one text operator."""
        font = textstate.font
        if font is None:
            return
        letters = self._letters.get(id(font))
        if letters is None:
            letters = self._letters[id(font)] = _Letters(font)
        known, read = letters.known, letters.read
        found: list[str] = []
        units = 0.0
        count = 0
        for piece in seq:
            if isinstance(piece, bytes):
                for code in font.decode(piece):
                    text, width = known.get(code) or read(code)
                    found.append(text)
                    units += width
                    count += 1
            elif isinstance(piece, int | float):
                units -= piece
        size, scale = textstate.fontsize, textstate.scaling * 0.01
        x, y = textstate.linematrix
        across = (units * 0.001 * size + textstate.charspace * count) * scale
        textstate.linematrix = (x + across, y)
        text = "".join(found)
        if not text:
            return
        pot = self._pot()
        pot.shown.append(text)
        pot.drawn.append(text)
        if not pot.unseen and not text.isspace():
            pot.unseen = self._why_unseen(textstate, graphicstate, x, across)

    def _pot(self) -> _Pot:
        for opened in reversed(self._stack):
            if opened.pot is not None:
                return opened.pot
        return self._loose

    def _why_unseen(
        self, textstate: PDFTextState, graphicstate: PDFGraphicState, x: float, across: float
    ) -> str:
        if textstate.render in {3, 7}:
            return "invisible"
        if textstate.render != 1 and _is_white(graphicstate):
            return "white"
        a, b, c, d, e, f = textstate.matrix
        ta, tb, tc, td, te, tf = self.ctm or (1, 0, 0, 1, 0, 0)
        tall = abs((c * tb + d * td) or (c * ta + d * tc)) * abs(textstate.fontsize)
        if tall < _TINY:
            return "tiny"
        left, bottom, right, top = self._box
        for along in (x, x + across):
            px, py = a * along + e, b * along + f
            sx, sy = ta * px + tc * py + te, tb * px + td * py + tf
            if not (left <= sx <= right and bottom <= sy <= top):
                return "outside"
        return ""


class Interpreter(PDFPageInterpreter):
    """Resolves property lists by name, which the device cannot, and counts the forms drawn."""

    device: MarkReader

    def execute(self, streams: Any) -> None:
        """Carry out the operators of content streams, one after another."""
        held = [stream_value(stream) for stream in streams]
        if any(stream.objid in self.parent_stream_ids for stream in held):
            return
        data = b"\n".join(stream.get_data() for stream in held)
        if INLINE_IMAGE.search(data) is not None:
            super().execute(streams)
            return
        self.stream_ids.update(stream.objid for stream in held if stream.objid is not None)
        known: dict[bytes, tuple[Any, int]] = {}
        for operator, operands in operations(data):
            done = known.get(operator)
            if done is None:
                done = known[operator] = self._done_by(operator)
            function, wanted = done
            if function is None or len(operands) < wanted:
                continue
            if wanted:
                function(*operands[-wanted:])
            else:
                # Colours of any number of parts are taken from the stack.
                self.argstack = operands
                function()

    def _done_by(self, operator: bytes) -> tuple[Any, int]:
        """Return what carries out an operator, and with how many operands."""
        name = operator.decode("latin-1").replace("*", "_a").replace('"', "_w").replace("'", "_q")
        function = getattr(self, f"do_{name}", None)
        return function, 0 if function is None else function.__code__.co_argcount - 1

    def do_BDC(self, tag: Any, props: Any) -> None:  # noqa: N802 - pdfminer's name
        """Begin marked content with its properties."""
        if isinstance(props, PSLiteral):
            held = resolve1(self.resources.get("Properties")) or {}
            props = resolve1(dict_value(held).get(props.name)) if held else None
        super().do_BDC(tag, props if isinstance(props, dict) else {})

    def do_Do(self, xobjid_arg: Any) -> None:  # noqa: N802 - pdfminer's name
        """Draw a form or picture; afterwards the page's own coordinates hold again."""
        if isinstance(xobjid_arg, PSLiteral):
            drawn = self.xobjmap.get(xobjid_arg.name)
            number = getattr(drawn, "objid", None)
            if isinstance(number, int):
                self.device.drawn_forms.add(number)
        super().do_Do(xobjid_arg)
        self.device.set_ctm(self.ctm)

    def do_TJ(self, seq: Any) -> None:  # noqa: N802 - pdfminer's name
        """Show text, without a copy of the graphics state for each line."""
        if self.textstate.font is not None:
            self.device.render_string(self.textstate, seq, self.graphicstate.ncs, self.graphicstate)


def _kind(told: Mapping[str, Any]) -> str:
    named = (resolve1(told.get(key)) for key in ("Type", "Subtype"))
    return " ".join(str(each.name) for each in named if isinstance(each, PSLiteral))


def _is_white(state: PDFGraphicState) -> bool:
    colour = state.ncolor
    if isinstance(colour, int | float):
        return state.ncs.name in {"DeviceGray", "CalGray"} and colour >= _PALE
    if not isinstance(colour, tuple) or not all(isinstance(c, int | float) for c in colour):
        return False
    values = [float(c) for c in colour if isinstance(c, int | float)]
    if len(values) == 3:
        return min(values) >= _PALE
    return len(values) == 4 and max(values) <= 1 - _PALE
