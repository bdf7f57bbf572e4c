"""A stretch of the interview, drawn large: sound, turns, parts and times."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QNativeGestureEvent, QPainter, QPen, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from archive_app.gui.theme import STEP, theme
from archive_app.gui.waveform_paint import (
    draw_blocks,
    draw_flags,
    draw_ground,
    draw_ruler,
    draw_wave,
)
from archive_app.gui.waveform_strip import WaveformStrip
from archive_app.translation import tr

_FLAGS = 4 * STEP
_TURNS = 4 * STEP
_RULER = 4 * STEP
_LEAST_HEIGHT = 24 * STEP
_ZOOM_A_NOTCH = 1.25


class WaveformStretch(WaveformStrip):
    """A click goes there, dragging selects, Shift and a click select up to there.

    The wheel shows more or less around the pointer; sideways, or with Shift, it
    moves the stretch. A double click selects the turn.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Waveform, enlarged"))
        self.setMinimumHeight(_LEAST_HEIGHT)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self._pressed: QPointF | None = None
        self._from_ms = 0
        self._is_dragging = False

    def sizeHint(self) -> QSize:
        """Say how much room it wants."""
        return QSize(200 * STEP, 28 * STEP)

    def sound_area(self) -> QRectF:
        """Return where the sound is drawn."""
        top = _TURNS + (_FLAGS if self.scene.marks.flags else 0)
        return QRectF(0, top, self.width(), self.height() - top - _RULER)

    def draw(self, painter: QPainter) -> None:
        """Draw parts, turns, sound and times."""
        scene, scale, area = self.scene, self.scale, self.sound_area()
        draw_ground(painter, scene.shape, scale, area)
        draw_wave(painter, scene.shape, scale, area, ratio=self.devicePixelRatioF())
        start, end = round(self.start_ms), round(self.end_ms)
        turns = QRectF(0, area.top() - _TURNS, self.width(), _TURNS)
        blocks = scene.marks.blocks_between(start, end)
        draw_blocks(painter, blocks, scene.speakers, scale, turns)
        if scene.marks.flags:
            flags = scene.marks.flags_between(start, end)
            draw_flags(painter, flags, scale, QRectF(0, 0, self.width(), _FLAGS))
        painter.setPen(QPen(theme().colours.rule, 1))
        painter.drawLine(QPointF(0, area.bottom()), QPointF(self.width(), area.bottom()))
        draw_ruler(painter, scale, QRectF(0, area.bottom(), self.width(), _RULER))

    def draw_over(self, painter: QPainter) -> None:
        """Draw the selection."""
        self.draw_selected(painter)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a selection, or go on with one."""
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self._pressed, self._is_dragging = event.position(), False
        self._from_ms = self.scale.ms_of(event.position().x())
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._is_dragging = True
            at, self._from_ms = self._from_ms, self._far_end(self._from_ms)
            self.selection_asked.emit((self._from_ms, at))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Select up to the pointer; beyond the edge the stretch moves along."""
        if self._pressed is None:
            return
        way = (event.position() - self._pressed).manhattanLength()
        if not self._is_dragging and way < QApplication.startDragDistance():
            return
        self._is_dragging = True
        x = event.position().x()
        if x < 0 or x > self.width():
            beyond = x if x < 0 else x - self.width()
            self.pan_asked.emit(self.scale.ms_of(beyond) - self.scale.ms_of(0))
        self.selection_asked.emit((self._from_ms, self.scale.ms_of(x)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go there, if it was a click."""
        if self._pressed is not None and not self._is_dragging:
            at = self.scale.ms_of(event.position().x())
            self.seek_asked.emit(min(max(at, 0), self.duration_ms))
        elif self._pressed is not None:
            self.was_selected.emit()
        self._pressed = None

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Show more or less, or move."""
        turned = event.angleDelta()
        is_shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        sideways = turned.x() or (turned.y() if is_shifted else 0)
        if sideways:
            self.pan_asked.emit(round(-sideways / 120 * (self.end_ms - self.start_ms) / 8))
        elif turned.y():
            at = self.scale.ms_of(event.position().x())
            self.zoom_asked.emit(_ZOOM_A_NOTCH ** (-turned.y() / 120), at)
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Show more or less when two fingers part or meet."""
        is_native = isinstance(event, QNativeGestureEvent)
        if is_native and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            at = self.scale.ms_of(event.position().x())
            self.zoom_asked.emit(1 / max(0.2, 1 + event.value()), at)
            return True
        return super().event(event)

    def _far_end(self, ms: int) -> int:
        """Return where a selection up to a time begins: at its far end, else at the playhead."""
        if self.selection is None:
            return self.position_ms
        start, end = self.selection
        return start if abs(ms - start) > abs(ms - end) else end
