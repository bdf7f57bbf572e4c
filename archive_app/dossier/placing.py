"""A filled page's lines at their places on the sheet, and what surrounds them.

Text first, in reading order, then its footnotes, then margins, rules, running heads:
whoever takes the text out gets the testimony uninterrupted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive_app.dossier.blocks import Fragment, Line, NewPage
from archive_app.dossier.drawing import Placed, PlacedPage, Rule
from archive_app.dossier.filling import Filling, Frame
from archive_app.dossier.fonts import SANS
from archive_app.dossier.footing import height
from archive_app.dossier.inks import LEAST_TYPE
from archive_app.dossier.lines import Compositor
from archive_app.dossier.shaping import Ink
from archive_app.dossier.sheets import Sheet
from archive_app.dossier.structure import Element

if TYPE_CHECKING:
    from archive_app.dossier.page_model import PageModel

_HEAD_GREY, _TIME_GREY = 0.35, 0.42
_COUNTED = 5
"""Every so manieth numbered line has its number in the margin."""


def _size(sheet: Sheet, times: float) -> float:
    """Return a size of type in points, so many times the testimony's."""
    return max(round(sheet.text * times, 2), LEAST_TYPE)


class Placer:
    """Places the pages of one numbering; ``depth`` is the height of their text."""

    def __init__(
        self,
        compositor: Compositor,
        sheet: Sheet,
        depth: float,
        *,
        has_links: bool = True,
        model: PageModel | None = None,
    ) -> None:
        self._compositor = compositor
        self._sheet = sheet
        self._foot = sheet.height - sheet.top - depth
        self._has_links = has_links
        self._model = model
        self._head_ink = Ink(SANS, _size(sheet, 0.72), grey=_HEAD_GREY)
        self._time_ink = Ink(SANS, _size(sheet, 0.66), grey=_TIME_GREY)
        self._heads: dict[tuple[str, float], Line] = {}

    def place(self, page: Filling, frame: NewPage, *, number: int, label: str) -> PlacedPage:
        """Return a page's drawing; ``number`` counts from 1, ``label`` is what is printed."""
        placed = PlacedPage()
        is_recto = number % 2 == 1
        left = self._sheet.left(is_recto=is_recto)
        at = (self._sheet.width - self._sheet.measure) / 2 if frame.is_centred else left
        self._place_text(page, placed, at, is_recto=is_recto)
        for each in page.frames:
            self._draw_frame(page, each, placed, at)
        if page.foot:
            self._place_foot(page, placed, left)
        self._place_surroundings(placed, frame, left, label)
        if self._model is not None:
            self._model.take(page, placed, number=number, left=at)
        return placed

    def _place_text(
        self, page: Filling, placed: PlacedPage, left: float, *, is_recto: bool
    ) -> None:
        top = self._sheet.height - self._sheet.top
        timed: set[int] = set()
        counted = 0
        for line, depth, offset in page.rows:
            y = top - depth
            self._put_line(placed, placed.text, line, left + offset, y)
            if line.margin and round(y) not in timed:
                # The left one of two columns speaks for both.
                timed.add(round(y))
                self._put_time(placed, line, left, y, is_recto=is_recto)
            if line.is_numbered:
                counted += 1
                if counted % _COUNTED == 0:
                    self._put_count(placed, counted, left, y, is_recto=is_recto)

    def _put_line(
        self, placed: PlacedPage, into: list[Placed], line: Line, left: float, y: float
    ) -> None:
        parts = line.owner
        if line.lead is not None:
            self._put(placed, into, line.lead, left, y, parts.lead if parts else None)
        body = parts.body if parts else None
        if line.image is not None and parts is not None:
            body = parts.figure
        self._put(placed, into, line, left, y, body)
        if line.trail is not None:
            self._put(placed, into, line.trail, left, y, parts.trail if parts else None)
        if line.anchors:
            placed.anchors += [(anchor, y + line.leading) for anchor in line.anchors]

    def _put(
        self, placed: PlacedPage, into: list[Placed], line: Line, left: float, y: float,
        element: Element | None,
    ) -> None:  # fmt: skip
        x = left + line.indent
        if line.pieces or line.image is not None:
            into.append(Placed(line, x, y, element))
        for start, end, mark in line.links if self._has_links else ():
            tall = line.leading or self._sheet.text * 1.3
            box = (x + start, y - tall / 4, x + end, y + tall * 0.75)
            placed.links.append((mark, box, element))

    # The margins

    def _put_time(
        self, placed: PlacedPage, line: Line, left: float, y: float, *, is_recto: bool
    ) -> None:
        """Place a timecode in the outer margin."""
        time = self._compositor.single(Fragment(line.margin, self._time_ink))
        space = self._sheet.text * 1.2
        x = left + self._sheet.measure + space if is_recto else left - space - time.width
        element = line.owner.time if line.owner else None
        placed.margin.append(Placed(time, x, y, element))

    def _put_count(
        self, placed: PlacedPage, count: int, left: float, y: float, *, is_recto: bool
    ) -> None:
        """Place a line's number in the inner margin."""
        number = self._head(str(count), self._sheet.inner)
        space = self._sheet.text * 0.9
        x = left - space - number.width if is_recto else left + self._sheet.measure + space
        placed.margin.append(Placed(number, x, y))

    # Footnotes, frames

    def _place_foot(self, page: Filling, placed: PlacedPage, left: float) -> None:
        """Place the footnotes upon the text's lower edge, a rule above them."""
        y = self._foot + height(page.foot)
        placed.rules.append(Rule(left, y + self._sheet.foot_gap * 0.25, 72, 0.5, 0.5))
        for line in page.foot:
            y -= line.leading
            self._put_line(placed, placed.foot, line, left, y)

    def _draw_frame(self, page: Filling, frame: Frame, placed: PlacedPage, left: float) -> None:
        """Draw a frame around its rows, or the part of it that stands on this page."""
        rows = page.rows[frame.first : frame.last + 1 if frame.has_foot else None]
        if not rows:
            return
        base = self._sheet.height - self._sheet.top
        line, depth, offset = rows[0]
        top = base - depth + line.leading
        foot = base - max(depth for _, depth, _ in rows)
        if not frame.has_foot:
            foot -= self._sheet.text / 3
        x, width = left + offset, self._sheet.measure
        sides: list[Rule] = []
        if frame.has_top:
            sides.append(Rule(x, top, width, 0.4, 0.5))
        if frame.has_foot:
            sides.append(Rule(x, foot, width, 0.4, 0.5))
        if frame.kind == "box":
            sides.append(Rule(x, foot, 0.0, 0.4, 0.5, top - foot))
            sides.append(Rule(x + width, foot, 0.0, 0.4, 0.5, top - foot))
        placed.rules += sides

    # Above and below

    def _head(self, text: str, widest: float) -> Line:
        """Return small sans type, cut to its room once for all pages."""
        key = (text, widest)
        if key not in self._heads:
            self._heads[key] = self._compositor.single(Fragment(text, self._head_ink), widest)
        return self._heads[key]

    def _place_surroundings(
        self, placed: PlacedPage, frame: NewPage, left: float, label: str
    ) -> None:
        """Place the running head and the page number."""
        sheet, drawn = self._sheet, placed.surroundings
        top = sheet.height - sheet.top + sheet.text * 2.6
        right = None
        if frame.head_right:
            right = self._head(frame.head_right, sheet.measure / 2)
            drawn.append(Placed(right, left + sheet.measure - right.width, top))
        if frame.head_left:
            room = sheet.measure - (right.width if right else 0.0) - sheet.text * 2
            drawn.append(Placed(self._head(frame.head_left, room), left, top))
        if frame.has_number:
            number = Ink(SANS, self._head_ink.size + 0.8)
            line = self._compositor.single(Fragment(label, number))
            x = left + (sheet.measure - line.width) / 2
            drawn.append(Placed(line, x, sheet.bottom - sheet.text * 3))
        if frame.head_left or frame.head_right:
            placed.rules.append(Rule(left, top - sheet.text * 0.55, sheet.measure, 0.4, 0.6))
