"""The right margin of a transcript: a strip for each tag, in lanes, and what it says on hover."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QMenu, QToolTip

from archive_app.gui.tag_colours import text_on
from archive_app.gui.tag_rows import colour_icon
from archive_app.gui.theme import GAP, STEP, theme
from archive_app.gui.transcript_document import Mark, MarkKind
from archive_app.gui.transcript_margins import TranscriptMargin
from archive_app.gui.transcript_paint import mark_colour, vertical_stretch
from archive_app.translation import tr, trn

if TYPE_CHECKING:
    from archive_app.gui.transcript_page import TranscriptPage

LANE_PX = 2 * STEP
STRIP_PX = STEP
MORE_PX = 7 * STEP
"""How wide "+12" is drawn, for the tags that no lane is left for."""
LANES_SHOWN = 10
STRIPS_WIDTH = LANES_SHOWN * LANE_PX + GAP
STRIPS_NARROW = 5 * LANE_PX + GAP
"""What is left of them where the words need the room; the further tags are gathered in "+3"."""
LANES_AT_MOST = 24
"""However wide the margin is, strips stay near the words."""
REACH_PX = 2


class Strip(NamedTuple):
    """A drawn strip: which tagging, and where."""

    mark: Mark
    area: QRectF


class More(NamedTuple):
    """Taggings of a turn that no lane is left for, gathered in one box "+3"."""

    marks: tuple[Mark, ...]
    area: QRectF


class _Seen(NamedTuple):
    """What of a tagging lies in one visible turn: from where to where it reaches down."""

    place: int
    mark: Mark
    top: float
    bottom: float


class Drawn(NamedTuple):
    """Everything in the margin that can be seen."""

    strips: list[Strip]
    more: list[More]


class TagStrips(TranscriptMargin):
    """Strips of the tags on the visible turns; the pointer shows a tag's name and its words."""

    strip_clicked = Signal(int)
    """A strip of this tagging was clicked, or it was chosen from a "+3"."""

    def __init__(self, view: TranscriptPage) -> None:
        super().__init__(view)
        self.setObjectName("tag-strips")
        self.setAccessibleName(tr("Tags beside the text"))

    def sizeHint(self) -> QSize:
        """Say how much room the lanes want."""
        return QSize(STRIPS_WIDTH, 100)

    def strips(self) -> list[Strip]:
        """Return the strips that can be seen, one a tagging, from its first line to its last."""
        return self.drawn().strips

    def drawn(self) -> Drawn:
        """Return what can be seen: strips, and a box where more tags lie than lanes fit."""
        lanes = self.view.document_copy.lanes
        pieces = self._visible()
        fit = min((self.width() - GAP) // LANE_PX, LANES_AT_MOST)
        if any(lanes.get(one.mark.key, 0) >= fit for one in pieces):
            fit = max((self.width() - GAP - MORE_PX) // LANE_PX, 1)
            fit = min(fit, LANES_AT_MOST)
        strips: dict[int, Strip] = {}
        crowded: dict[int, list[_Seen]] = {}
        for one in pieces:
            lane = lanes.get(one.mark.key, 0)
            if lane >= fit:
                crowded.setdefault(one.place, []).append(one)
                continue
            area = QRectF(GAP + lane * LANE_PX, one.top, STRIP_PX, one.bottom - one.top)
            known = strips.get(one.mark.key)
            strips[one.mark.key] = Strip(one.mark, area if known is None else known.area | area)
        left, height = GAP + fit * LANE_PX, self._line_height()
        return Drawn(
            list(strips.values()), [_box(seen, left, height) for seen in crowded.values()]
        )  # fmt: skip

    def _visible(self) -> list[_Seen]:
        """Return what of the taggings lies in the visible turns, and how far each reaches."""
        document = self.view.document_copy
        found: list[_Seen] = []
        for turn in self.view.visible_turns():
            text = document.turns[turn.place].text
            for piece in document.pieces(turn.place):
                if piece.mark.kind is MarkKind.TAG:
                    stretch = vertical_stretch(turn, text, piece)
                    found.append(_Seen(turn.place, piece.mark, *stretch))
        return found

    def _line_height(self) -> float:
        return self.fontMetrics().height() + 2.0

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the strips."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        is_dark = theme().is_dark
        drawn, outstanding = self.drawn(), self.view.outstanding_tagging
        for strip in drawn.strips:
            painter.setBrush(mark_colour(strip.mark, is_dark=is_dark))
            wider = 1 if strip.mark.key == outstanding else 0
            area = strip.area.adjusted(-wider, 1, wider, -1)
            painter.drawRoundedRect(area, STRIP_PX / 2, STRIP_PX / 2)
        for more in drawn.more:
            self._paint_more(painter, more, is_chosen=_holds(more.marks, outstanding))
        painter.end()

    def _paint_more(self, painter: QPainter, more: More, *, is_chosen: bool) -> None:
        colours = theme().colours
        edge = colours.accent if is_chosen else colours.muted
        painter.setPen(QPen(edge, 1.5 if is_chosen else 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(more.area.adjusted(0.5, 1.5, -0.5, -1.5), STEP, STEP)
        tab = QRectF(more.area.left(), more.area.top() + 1, more.area.width(), self._line_height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(edge)
        painter.drawRoundedRect(tab, STEP, STEP)
        painter.setPen(text_on(edge))
        painter.drawText(tab, Qt.AlignmentFlag.AlignCenter, f"+{len(more.marks)}")
        painter.setPen(Qt.PenStyle.NoPen)

    # The pointer --------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Make the words of the strip under the pointer stand out."""
        marks = self._marks_at(event.position())
        self.view.emphasise_tagging(marks[0].key if len(marks) == 1 else None)
        if marks:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.unsetCursor()

    def leaveEvent(self, event: QEvent) -> None:
        """Let nothing stand out any more."""
        del event
        self.view.emphasise_tagging(None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Say which tagging was clicked; a box of several offers them."""
        marks = self._marks_at(event.position())
        if not marks or event.button() != Qt.MouseButton.LeftButton:
            return
        if len(marks) == 1:
            self.strip_clicked.emit(marks[0].key)
            return
        menu = self.menu_of(marks)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPosition().toPoint())

    def menu_of(self, marks: Sequence[Mark]) -> QMenu:
        """Return a menu of taggings that share a box."""
        menu = QMenu(self)
        menu.setAccessibleName(trn("{count} further tag", "{count} further tags", len(marks)))
        for mark in marks:
            colour = mark_colour(mark, is_dark=theme().is_dark)
            action = menu.addAction(colour_icon(colour), mark.name.replace("&", "&&"))
            action.triggered.connect(lambda *_, key=mark.key: self.strip_clicked.emit(key))
            action.hovered.connect(lambda key=mark.key: self.view.emphasise_tagging(key))
        menu.aboutToHide.connect(lambda: self.view.emphasise_tagging(None))
        return menu

    def event(self, event: QEvent) -> bool:
        """Tell the tag's name, who laid it, when, and why."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            marks = self._marks_at(QPointF(event.pos()))
            if marks:
                QToolTip.showText(event.globalPos(), self.view.tip_of(marks), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def _marks_at(self, position: QPointF) -> tuple[Mark, ...]:
        drawn = self.drawn()
        for strip in drawn.strips:
            if strip.area.adjusted(-REACH_PX, 0, REACH_PX, 0).contains(position):
                return (strip.mark,)
        for more in drawn.more:
            if more.area.contains(position):
                return more.marks
        return ()


def _box(seen: Sequence[_Seen], left: float, height: float) -> More:
    """Return the box for the taggings of one turn that no lane is left for."""
    top = min(one.top for one in seen)
    bottom = max(*(one.bottom for one in seen), top + height + 2)
    area = QRectF(left, top, MORE_PX - STEP, bottom - top)
    return More(tuple(one.mark for one in seen), area)


def _holds(marks: Sequence[Mark], key: int | None) -> bool:
    return any(mark.key == key for mark in marks)
