"""Lines onto pages: margins, running heads, footnotes, columns, links and bookmarks.

A page is gathered whole and handed to the canvas when it is full: first the
text in reading order, then its footnotes, then what surrounds it, so that
whoever takes the text out gets the testimony uninterrupted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from archive_app.dossier.blocks import Block, Close, Fragment, Item, Line, NewPage, Open, Pair
from archive_app.dossier.drawing import Placed, PlacedPage, Rule, draw_page
from archive_app.dossier.fonts import SANS
from archive_app.dossier.lines import Compositor
from archive_app.dossier.shaping import Ink, one_line
from archive_app.dossier.sheets import Sheet
from archive_app.dossier.structure import Element, Structure

_WHOLE_NOTE_LINES = 6
"""A footnote of at most so many lines is not split over two pages."""
_HEAD_GREY = 0.35


@dataclass(frozen=True, slots=True)
class Place:
    """Where an anchor came to stand: the page's number as printed, and its order from 1."""

    label: str
    number: int


@dataclass(slots=True)
class _Page:
    placed: PlacedPage = field(default_factory=PlacedPage)
    foot: list[Line] = field(default_factory=list[Line])
    foot_height: float = 0.0


class Pager:
    """Fills pages of one numbering (roman front matter, or arabic body) in order."""

    def __init__(
        self,
        canvas: Any,
        compositor: Compositor,
        sheet: Sheet,
        *,
        label: Callable[[int], str],
    ) -> None:
        self.places: dict[str, Place] = {}
        self.outline: list[tuple[int, str, str]] = []
        """Level, title and anchor of each bookmark, in order."""
        self.count = 0
        """Pages finished or begun."""
        self.structure = Structure()
        self._canvas = canvas
        self._compositor = compositor
        self._sheet = sheet
        self._label = label
        self._frame = NewPage()
        self._page: _Page | None = None
        self._column = 0
        self._used = 0.0
        self._after = 0.0
        self._kept: list[Line] = []
        self._carried: list[Line] = []
        size = sheet.text * 0.7
        self._head_ink = Ink(SANS, round(size, 2), grey=_HEAD_GREY)
        self._time_ink = Ink(SANS, round(sheet.text * 0.66, 2), grey=0.45)
        self._heads: dict[tuple[str, float], Line] = {}

    # What a page is filled with

    def set(self, item: Item) -> None:
        """Set whatever comes next in the stream; a step is none of the pages' concern."""
        if isinstance(item, Block):
            self.add(item)
        elif isinstance(item, Pair):
            self.add_pair(item)
        elif isinstance(item, NewPage):
            self.start(item)
        elif isinstance(item, Open):
            self.structure.open(item.tag, item.lang)
        elif isinstance(item, Close):
            self.structure.close()

    def add(self, block: Block) -> None:
        """Set a block, on as many pages as it takes."""
        lines = self._compositor.lines(block, self._measure)
        parts = self.structure.parts_of(block)
        for line in lines:
            line.owner = parts
            for note in line.notes:
                line.foot.append(self._compositor.lines(note, self._sheet.measure))
                of_note = self.structure.parts_of_note(parts, note)
                for each in line.foot[-1]:
                    each.owner = of_note
        if block.style.keeps_next:
            self._kept += lines
            return
        kept, self._kept = self._kept, []
        chunks = _chunks(lines)
        self._set_chunk(kept + chunks[0])
        for chunk in chunks[1:]:
            self._set_chunk(chunk)

    def add_pair(self, pair: Pair) -> None:
        """Set blocks of two columns; the right ones go below the left ones for now."""
        self.structure.open("Div")
        for block in (*pair.left, *pair.right):
            self.add(block)
        self.structure.close()

    def start(self, frame: NewPage) -> None:
        """Finish the page and begin another with a new running head."""
        self.finish()
        self._frame = frame

    def finish(self) -> None:
        """Finish the page, and the footnotes that are still to come on further ones."""
        kept, self._kept = self._kept, []
        if kept:
            self._set_chunk(kept)
        if self._page is not None:
            self._close(self._page)
        while self._carried:
            self._close(self._open(foot_share=1.0))

    def blank(self) -> None:
        """Add a page with nothing on it."""
        self.start(NewPage(has_number=False))
        self._close(self._open())

    # Lines

    @property
    def _measure(self) -> float:
        columns = self._frame.columns
        return (self._sheet.measure - (columns - 1) * self._sheet.gutter) / columns

    @property
    def _left(self) -> float:
        left = self._sheet.left(is_recto=self.count % 2 == 1)
        if self._frame.is_centred:
            left = (self._sheet.width - self._sheet.measure) / 2
        return left + self._column * (self._measure + self._sheet.gutter)

    def _set_chunk(self, chunk: list[Line]) -> None:
        """Set lines that should stay together; where no page holds them, they are parted."""
        page = self._page or self._open()
        if not self._fits(page, chunk):
            if self._used:
                page = self._next_column(page)
            if len(chunk) > 1 and not self._fits(page, chunk):
                for line in chunk:
                    self._set_chunk([line])
                return
        for line in chunk:
            self._set_line(page, line)

    def _gap(self, line: Line, used: float, after: float) -> float:
        if not used and not line.is_forced_down:
            return 0.0
        return max(after, line.before)

    def _fits(self, page: _Page, chunk: list[Line]) -> bool:
        used, after = self._used, self._after
        foot = page.foot_height
        for line in chunk:
            used += self._gap(line, used, after) + line.leading
            after = line.after
            for note in line.foot:
                if not foot:
                    foot = self._sheet.foot_gap
                least = len(note) if len(note) <= _WHOLE_NOTE_LINES else 2
                foot += sum(each.leading for each in note[:least])
        return used + foot <= self._sheet.depth + 0.01

    def _set_line(self, page: _Page, line: Line) -> None:
        self._used += self._gap(line, self._used, self._after) + line.leading
        self._after = line.after
        x, y = self._left, self._sheet.height - self._sheet.top - self._used
        self._draw(page, page.placed.text, line, x, y, self._measure)
        for note in line.foot:
            self._take_note(page, note)

    def _draw(
        self, page: _Page, into: list[Placed], line: Line, left: float, y: float, measure: float
    ) -> None:
        x = left + line.indent
        if line.align == "centre":
            x = left + line.indent + (measure - line.indent - line.width) / 2
        elif line.align == "right":
            x = left + measure - line.width
        top = y + line.leading
        parts = line.owner
        if line.lead is not None:
            lead_x = left + line.lead.indent
            self._put(page, into, line.lead, lead_x, y, parts.lead if parts else None)
        self._put(page, into, line, x, y, parts.body if parts else None)
        if line.trail is not None:
            trail_x = left + measure - line.trail.width
            self._put(page, into, line.trail, trail_x, y, parts.trail if parts else None)
        page.placed.anchors += [(anchor, top) for anchor in line.anchors]
        for anchor in line.anchors:
            self.places[anchor] = Place(self._label(self.count), self.count)
        if line.outline is not None and line.anchors:
            level, title = line.outline
            self.outline.append((level, one_line(title), line.anchors[0]))
        if line.margin:
            self._put_margin(page, line.margin, y, parts.time if parts else None)

    def _put(
        self, page: _Page, into: list[Placed], line: Line, x: float, y: float,
        element: Element | None,
    ) -> None:  # fmt: skip
        if line.pieces:
            into.append(Placed(line, x, y, element))
        for start, end, mark in line.links:
            height = line.leading or self._sheet.text * 1.3
            box = (x + start, y - height / 4, x + end, y + height * 0.75)
            page.placed.links.append((mark, box, element))

    def _put_margin(self, page: _Page, timecode: str, y: float, element: Element | None) -> None:
        line = self._compositor.single(Fragment(timecode, self._time_ink))
        space = self._sheet.text * 1.2
        x = self._left + self._sheet.measure + space
        if self.count % 2 == 0:
            x = self._left - space - line.width
        page.placed.margin.append(Placed(line, x, y, element))

    # Footnotes

    def _take_note(self, page: _Page, note: list[Line]) -> None:
        """Lay a footnote at the foot as far as there is room; the rest goes to the next page."""
        if self._carried:
            self._carried += note
            return
        for number, line in enumerate(note):
            room = self._sheet.depth - self._used - page.foot_height
            need = line.leading + (0.0 if page.foot else self._sheet.foot_gap)
            if need > room + 0.01:
                self._carried += note[number:]
                return
            page.foot_height += need
            page.foot.append(line)

    def _draw_foot(self, page: _Page) -> float:
        """Draw the page's footnotes upon its lower edge; return where their rule goes."""
        left = self._sheet.left(is_recto=self.count % 2 == 1)
        y = self._sheet.bottom + sum(line.leading for line in page.foot)
        rule = y + self._sheet.foot_gap * 0.3
        for line in page.foot:
            y -= line.leading
            at = y + line.leading * 0.25
            self._draw(page, page.placed.foot, line, left, at, self._sheet.measure)
        return rule

    # Pages

    def _open(self, *, foot_share: float = 0.5) -> _Page:
        self.count += 1
        self._page = page = _Page()
        self._column = 0
        self._used = self._after = 0.0
        carried, self._carried = self._carried, []
        if carried:
            share = self._sheet.depth * foot_share
            height = self._sheet.foot_gap
            taken = 0
            while taken < len(carried) and height + carried[taken].leading <= share:
                height += carried[taken].leading
                taken += 1
            page.foot, self._carried = carried[:taken], carried[taken:]
            page.foot_height = height
        return page

    def _next_column(self, page: _Page) -> _Page:
        if self._column + 1 < self._frame.columns:
            self._column += 1
            self._used = self._after = 0.0
            return page
        self._close(page)
        return self._open()

    def _close(self, page: _Page) -> None:
        self._column = 0
        if page.foot:
            rule = self._draw_foot(page)
            left = self._sheet.left(is_recto=self.count % 2 == 1)
            page.placed.rules.append(Rule(left, rule, 72, 0.5, 0.5))
        self._draw_surroundings(page.placed)
        draw_page(self._canvas, page.placed)
        self._page = None

    def _head(self, text: str, widest: float) -> Line:
        """Return a part of the running head, cut to its room once for all its pages."""
        key = (text, widest)
        if key not in self._heads:
            self._heads[key] = self._compositor.single(Fragment(text, self._head_ink), widest)
        return self._heads[key]

    def _draw_surroundings(self, page: PlacedPage) -> None:
        """Place the running head and the page number."""
        frame, sheet = self._frame, self._sheet
        left = sheet.left(is_recto=self.count % 2 == 1)
        drawn = page.surroundings
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
            line = self._compositor.single(Fragment(self._label(self.count), number))
            x = left + (sheet.measure - line.width) / 2
            drawn.append(Placed(line, x, sheet.bottom - sheet.text * 3))
        if frame.head_left or frame.head_right:
            page.rules.append(Rule(left, top - sheet.text * 0.55, sheet.measure, 0.4, 0.6))


def _chunks(lines: list[Line]) -> list[list[Line]]:
    """Return lines in groups that must not be parted: no widow, no orphan line."""
    if len(lines) <= 3:
        return [lines]
    return [lines[:2], *([line] for line in lines[2:-2]), lines[-2:]]
