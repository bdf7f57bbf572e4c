"""The whole interview as one narrow waveform, with a window on the stretch below it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen, Qt, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from archive_app.gui.theme import STEP, theme
from archive_app.gui.waveform_paint import draw_blocks, draw_flags, draw_ground, draw_wave
from archive_app.gui.waveform_strip import WaveformStrip
from archive_app.translation import tr

HEIGHT = 11 * STEP
_TURNS = 2 * STEP


class WaveformOverview(WaveformStrip):
    """A click goes there; dragging moves the stretch that is seen below."""

    centre_asked = Signal(int)
    """The stretch below shall have this time in its middle."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Waveform of the whole interview"))
        self.setFixedHeight(HEIGHT)
        self.window_ms = (0.0, 0.0)
        self._pressed: QPointF | None = None
        self._grip = 0.0
        self._is_dragging = False

    def sizeHint(self) -> QSize:
        """Say how much room it wants."""
        return QSize(200 * STEP, HEIGHT)

    def set_window(self, start_ms: float, end_ms: float) -> None:
        """Frame the stretch that is seen below."""
        if (start_ms, end_ms) != self.window_ms:
            self.window_ms = (start_ms, end_ms)
            self.update()

    def sound_area(self) -> QRectF:
        """Return where the sound is drawn."""
        return QRectF(0, 0, self.width(), self.height() - _TURNS)

    def draw(self, painter: QPainter) -> None:
        """Draw sound, turns and flags."""
        scene, scale, area = self.scene, self.scale, self.sound_area()
        draw_ground(painter, scene.shape, scale, area)
        draw_wave(painter, scene.shape, scale, area, ratio=self.devicePixelRatioF())
        turns = QRectF(0, area.bottom(), self.width(), _TURNS)
        draw_blocks(painter, scene.marks.blocks, scene.speakers, scale, turns)
        draw_flags(painter, scene.marks.flags, scale, QRectF(0, 0, self.width(), _TURNS))

    def draw_over(self, painter: QPainter) -> None:
        """Draw the selection and the window."""
        self.draw_selected(painter)
        left, right = (self.scale.x_of(ms) for ms in self.window_ms)
        shade = QColor(theme().colours.page)
        shade.setAlpha(90)
        painter.fillRect(QRectF(0, 0, left, self.height()), shade)
        painter.fillRect(QRectF(right, 0, self.width() - right, self.height()), shade)
        painter.setPen(QPen(theme().colours.text, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        frame = QRectF(left, 0, max(right - left, 2.0 * STEP), self.height())
        painter.drawRect(frame.adjusted(0.5, 0.5, -0.5, -0.5))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where it began."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._is_dragging = event.position(), False
            at = self.scale.ms_of(event.position().x())
            start, end = self.window_ms
            # Gripped inside, the window keeps its place under the pointer.
            self._grip = at - (start + end) / 2 if start <= at < end else 0.0

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the stretch."""
        if self._pressed is None:
            return
        way = (event.position() - self._pressed).manhattanLength()
        if self._is_dragging or way >= QApplication.startDragDistance():
            self._is_dragging = True
            self.centre_asked.emit(round(self.scale.ms_of(event.position().x()) - self._grip))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go there, if it was a click."""
        if self._pressed is not None and not self._is_dragging:
            at = self.scale.ms_of(event.position().x())
            self.seek_asked.emit(min(max(at, 0), self.duration_ms))
        self._pressed = None

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Show more or less below."""
        turned = event.angleDelta().y()
        if turned:
            self.zoom_asked.emit(1.25 ** (-turned / 120), self.scale.ms_of(event.position().x()))
        event.accept()
