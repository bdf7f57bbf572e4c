"""The right margin of a transcript: a strip for each tag, in lanes, with its name on hover."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip

from archive_app.gui.theme import GAP, STEP, theme
from archive_app.gui.transcript_document import Mark, MarkKind
from archive_app.gui.transcript_margins import TranscriptMargin
from archive_app.gui.transcript_paint import mark_colour, vertical_stretch
from archive_app.translation import tr

if TYPE_CHECKING:
    from archive_app.gui.transcript_page import TranscriptPage

LANE_PX = 2 * STEP
STRIP_PX = STEP
LANES_SHOWN = 10
STRIPS_WIDTH = LANES_SHOWN * LANE_PX + GAP
REACH_PX = 2


class Strip(NamedTuple):
    """A drawn strip: which tagging, and where."""

    mark: Mark
    area: QRectF


class TagStrips(TranscriptMargin):
    """Strips of the tags on the visible turns; the pointer shows a tag's name and its words."""

    strip_clicked = Signal(int)
    """A strip of this tagging was clicked."""

    def __init__(self, view: TranscriptPage) -> None:
        super().__init__(view)
        self.setObjectName("tag-strips")
        self.setAccessibleName(tr("Tags beside the text"))

    def sizeHint(self) -> QSize:
        """Say how much room the lanes want."""
        return QSize(STRIPS_WIDTH, 100)

    def strips(self) -> list[Strip]:
        """Return the strips that can be seen, one a tagging, from its first line to its last."""
        document = self.view.document_copy
        found: dict[int, Strip] = {}
        for turn in self.view.visible_turns():
            text = document.turns[turn.place].text
            for piece in document.pieces(turn.place):
                mark = piece.mark
                if mark.kind is not MarkKind.TAG:
                    continue
                top, bottom = vertical_stretch(turn, text, piece)
                known = found.get(mark.key)
                if known is None:
                    lane = min(document.lanes.get(mark.key, 0), LANES_SHOWN - 1)
                    area = QRectF(GAP + lane * LANE_PX, top, STRIP_PX, bottom - top)
                else:
                    area = known.area.united(QRectF(known.area.left(), top, STRIP_PX, bottom - top))
                found[mark.key] = Strip(mark, area)
        return list(found.values())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the strips."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        is_dark = theme().is_dark
        for strip in self.strips():
            painter.setBrush(mark_colour(strip.mark, is_dark=is_dark))
            wider = 1 if strip.mark.key == self.view.emphasised_tagging else 0
            area = strip.area.adjusted(-wider, 1, wider, -1)
            painter.drawRoundedRect(area, STRIP_PX / 2, STRIP_PX / 2)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Make the words of the strip under the pointer stand out."""
        found = self._strip_at(event.position())
        self.view.emphasise_tagging(None if found is None else found.mark.key)

    def leaveEvent(self, event: QEvent) -> None:
        """Let nothing stand out any more."""
        del event
        self.view.emphasise_tagging(None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Say which tagging was clicked."""
        found = self._strip_at(event.position())
        if found is not None and event.button() == Qt.MouseButton.LeftButton:
            self.strip_clicked.emit(found.mark.key)

    def event(self, event: QEvent) -> bool:
        """Tell the tag's name."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self._strip_at(QPointF(event.pos()))
            if found is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), found.mark.name, self)
            return True
        return super().event(event)

    def _strip_at(self, position: QPointF) -> Strip | None:
        for strip in self.strips():
            if strip.area.adjusted(-REACH_PX, 0, REACH_PX, 0).contains(position):
                return strip
        return None
