"""The left margin of a transcript: who speaks, when, what plays and what is closed."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from archive_app.domain.timecode import format_timecode
from archive_app.gui.icons import draw_icon
from archive_app.gui.theme import GAP, MARGIN, STEP, theme
from archive_app.gui.transcript_document import MarkKind
from archive_app.gui.transcript_paint import VisibleTurn, vertical_stretch
from archive_app.translation import tr

if TYPE_CHECKING:
    from archive_app.gui.transcript_page import TranscriptPage

SPEAKER_WIDTH = 36 * STEP
LOCK_PX = 4 * STEP
NAME_AT_MOST = 50 * STEP


class TranscriptMargin(QWidget):
    """A strip beside the transcript that scrolls with it."""

    def __init__(self, view: TranscriptPage) -> None:
        super().__init__(view)
        self.view = view
        self.setMouseTracking(True)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the transcript."""
        QApplication.sendEvent(self.view.viewport(), event)


class SpeakerMargin(TranscriptMargin):
    """Names the speaker of each visible turn and its timecode; a click on that plays from there."""

    def __init__(self, view: TranscriptPage) -> None:
        super().__init__(view)
        self.setObjectName("speaker-margin")
        self.setAccessibleName(tr("Speakers and times"))
        self._hovered: int | None = None
        self._kept_fonts: tuple[QFont, QFont] | None = None
        theme().changed.connect(self._forget_fonts)

    def sizeHint(self) -> QSize:
        """Say how much room names and times want."""
        return QSize(SPEAKER_WIDTH, 100)

    def narrowest(self) -> int:
        """Return how many pixels the times and the locks need; long names are cut short there."""
        times = QFontMetricsF(self._fonts()[1])
        return ceil(times.horizontalAdvance("~0:00:00")) + 2 * STEP + GAP + LOCK_PX

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw names, times and marks of the visible turns."""
        painter = QPainter(self)
        # A name and a timecode under one another may reach below a turn of one line.
        area = event.rect().adjusted(0, -MARGIN, 0, MARGIN)
        for turn in self.view.visible_turns():
            if turn.area.bottom() >= area.top() and turn.area.top() <= area.bottom():
                self._paint_turn(painter, turn)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show that a timecode can be clicked."""
        turn = self._turn_of_timecode(event.position())
        hovered = None if turn is None else turn.place
        if hovered != self._hovered:
            self._hovered = hovered
            if hovered is None:
                self.unsetCursor()
            else:
                self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Forget which timecode was under the pointer."""
        del event
        self._hovered = None
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ask to play from the timecode that was clicked."""
        turn = self._turn_of_timecode(event.position())
        if turn is None or event.button() != Qt.MouseButton.LeftButton:
            return
        shown = self.view.document_copy.turns[turn.place]
        if shown.start_ms is not None:
            self.view.timecode_clicked.emit(shown.id, shown.start_ms)

    def event(self, event: QEvent) -> bool:
        """Tell the whole name and what a click does."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._show_tip(event)
            return True
        return super().event(event)

    def timecode_area(self, turn: VisibleTurn) -> QRectF:
        """Return where a turn's timecode stands, in this margin."""
        return self._areas(turn)[1]

    def _show_tip(self, event: QHelpEvent) -> None:
        position = QPointF(event.pos())
        if self._turn_of_timecode(position) is not None:
            QToolTip.showText(event.globalPos(), tr("Play from here"), self)
            return
        for turn in self.view.visible_turns():
            if turn.area.top() <= position.y() < turn.area.bottom():
                speaker = self.view.document_copy.turns[turn.place].speaker
                QToolTip.showText(event.globalPos(), speaker, self)
                return
        QToolTip.hideText()

    def _turn_of_timecode(self, position: QPointF) -> VisibleTurn | None:
        for turn in self.view.visible_turns():
            shown = self.view.document_copy.turns[turn.place]
            if shown.start_ms is not None and self._areas(turn)[1].contains(position):
                return turn
        return None

    def _forget_fonts(self) -> None:
        self._kept_fonts = None

    def _fonts(self) -> tuple[QFont, QFont]:
        if self._kept_fonts is None:
            name = theme().interface_font()
            name.setWeight(QFont.Weight.DemiBold)
            self._kept_fonts = name, theme().interface_font(0.92)
        return self._kept_fonts

    def _areas(self, turn: VisibleTurn) -> tuple[QRectF, QRectF]:
        """Return where the name and where the timecode of a turn stand."""
        name_font, time_font = self._fonts()
        names, times = QFontMetricsF(name_font), QFontMetricsF(time_font)
        right = self.width() - GAP - LOCK_PX
        baseline = turn.area.top() + self.view.first_ascent(turn.block)
        top = baseline - names.ascent()
        width = min(NAME_AT_MOST, right)
        name = QRectF(right - width, top, width, names.height())
        shown = self.view.document_copy.turns[turn.place]
        if not shown.speaker:
            return name, QRectF(name.left(), top, width, times.height())
        time_width = times.horizontalAdvance("~0:00:00") + STEP
        time_top = name.bottom() + 1
        return name, QRectF(right - time_width, time_top, time_width, times.height())

    def _paint_turn(self, painter: QPainter, turn: VisibleTurn) -> None:
        colours = theme().colours
        shown = self.view.document_copy.turns[turn.place]
        name_font, time_font = self._fonts()
        name_area, time_area = self._areas(turn)
        is_playing = shown.id == self.view.playing_turn
        painter.setFont(name_font)
        painter.setPen(colours.text)
        elided = QFontMetricsF(name_font).elidedText(
            shown.speaker, Qt.TextElideMode.ElideRight, name_area.width()
        )
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
        painter.drawText(name_area, right, elided)
        if shown.start_ms is not None:
            if turn.place == self._hovered:
                time_font = QFont(time_font)
                time_font.setUnderline(True)
            painter.setFont(time_font)
            is_lit = is_playing or turn.place == self._hovered
            painter.setPen(colours.accent if is_lit else colours.muted)
            time = format_timecode(shown.start_ms)
            painter.drawText(time_area, right, f"~{time}" if shown.is_time_estimated else time)
        gutter = QRectF(self.width() - LOCK_PX - STEP / 2, 0, LOCK_PX, LOCK_PX)
        if is_playing:
            gutter.moveTop(name_area.center().y() - LOCK_PX / 2)
            draw_icon(painter, "play", gutter, colours.accent)
        self._paint_locks(painter, turn, gutter, colours.text)

    def _paint_locks(
        self, painter: QPainter, turn: VisibleTurn, gutter: QRectF, colour: QColor
    ) -> None:
        document = self.view.document_copy
        for piece in document.pieces(turn.place):
            is_first = piece.mark.span.start_turn == document.turns[turn.place].id
            if piece.mark.kind is not MarkKind.CLOSED or not is_first:
                continue
            top, _ = vertical_stretch(turn, document.turns[turn.place].text, piece)
            gutter.moveTop(top + STEP / 2)
            draw_icon(painter, "lock", gutter, colour)
