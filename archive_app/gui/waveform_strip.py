"""What the overview and the stretch of a waveform share: a picture that is kept, and a playhead.

A strip is a slider to whoever cannot see it: its value is the playhead's time in
milliseconds, and its description says it in words.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QRect, QRectF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractSlider, QToolTip, QWidget

from archive_app.domain.timecode import format_timecode
from archive_app.gui.speaker_colours import SpeakerColours
from archive_app.gui.theme import theme
from archive_app.gui.waveform_marks import Marks
from archive_app.gui.waveform_paint import Scale, draw_playhead, draw_selection
from archive_app.gui.waveform_shape import TimelineShape
from archive_app.translation import tr

_HEAD_REACH = 7
"""How far the playhead's mark reaches to either side."""
_FLAG_REACH = 6


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything that stands still on a waveform."""

    shape: TimelineShape = field(default_factory=TimelineShape)
    marks: Marks = field(default_factory=Marks)
    speakers: SpeakerColours = field(default_factory=SpeakerColours)


class WaveformStrip(QAbstractSlider):
    """A stretch of the timeline from edge to edge; subclasses draw the picture and take the mouse.

    Arrow keys move the playhead, with Shift they select; Escape selects nothing;
    Space plays and pauses.
    """

    seek_asked = Signal(int)
    selection_asked = Signal(object)
    """``(start_ms, end_ms)``, or None."""
    was_selected = Signal()
    """A stretch was chosen with the mouse, and the mouse is at rest."""
    play_asked = Signal()
    """Play, or pause."""
    zoom_asked = Signal(float, int)
    """How many times as long the stretch shall be, and around which time."""
    pan_asked = Signal(int)
    """By how many milliseconds to move the stretch."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.scene = Scene()
        self.start_ms, self.end_ms = 0.0, 0.0
        self.position_ms = 0
        self._head_ms = 0
        """Where the playhead is drawn; it lags by less than can be seen."""
        self.selection: tuple[int, int] | None = None
        self._anchor: int | None = None
        self._picture: QPixmap | None = None
        self.valueChanged.connect(self._value_set)
        theme().changed.connect(self.forget_picture)

    # What the waveform calls ------------------------------------------------

    @property
    def scale(self) -> Scale:
        """Where times lie."""
        return Scale(self.start_ms, self.end_ms, self.width())

    @property
    def duration_ms(self) -> int:
        """How long the timeline is."""
        return self.scene.shape.duration_ms

    def show_scene(self, scene: Scene) -> None:
        """Show sound and marks."""
        self.scene = scene
        with QSignalBlocker(self):
            self.setRange(0, scene.shape.duration_ms)
        self.forget_picture()
        self._describe()

    def set_range(self, start_ms: float, end_ms: float) -> None:
        """Show a stretch of the timeline."""
        if (start_ms, end_ms) != (self.start_ms, self.end_ms):
            self.start_ms, self.end_ms = start_ms, end_ms
            self.forget_picture()

    def set_position(self, ms: int) -> None:
        """Move the playhead; only the two narrow places that change are painted."""
        self.position_ms = ms
        scale = self.scale
        before, after = scale.x_of(self._head_ms), scale.x_of(ms)
        # Half a pixel of the screen's own cannot be seen.
        if abs(before - after) * self.devicePixelRatioF() >= 0.5:
            self._head_ms = ms
            self.update(self._head_area(before))
            self.update(self._head_area(after))
        if ms // 1000 != self.value() // 1000 or ms == 0:
            with QSignalBlocker(self):
                self.setValue(ms)
            self._describe()

    def set_selection(self, selection: tuple[int, int] | None) -> None:
        """Light a stretch."""
        self.selection = selection
        self._describe()
        self.update()

    def forget_picture(self) -> None:
        """Draw anew."""
        self._picture = None
        self.update()

    # For subclasses ---------------------------------------------------------

    def draw(self, painter: QPainter) -> None:
        """Draw what stands still."""
        raise NotImplementedError

    def draw_over(self, painter: QPainter) -> None:
        """Draw what moves, under the playhead."""

    def sound_area(self) -> QRectF:
        """Return where the sound is drawn."""
        return QRectF(self.rect())

    def tip_at(self, ms: int) -> str:
        """Return what is said about a time on hover."""
        lines = [format_timecode(ms)]
        block = self.scene.marks.block_at(ms)
        if block is not None and block.speaker:
            lines.append(block.speaker)
        reach = abs(self.scale.ms_of(_FLAG_REACH) - self.scale.ms_of(0))
        lines += [one.title for one in self.scene.marks.flags_between(ms - reach, ms + reach)]
        part = self.scene.shape.part_at(ms)
        if part is None:
            lines.append(tr("No recording"))
        elif part.shape is None:
            lines.append(part.details or part.words)
        return "\n".join(line for line in lines if line)

    # Qt -------------------------------------------------------------------

    def sliderChange(self, change: QAbstractSlider.SliderChange) -> None:
        """Leave painting to ``set_position``: a slider would paint its whole width each time."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw anew."""
        super().resizeEvent(event)
        self._picture = None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Copy the kept picture, and draw over it what moves."""
        ratio = self.devicePixelRatioF()
        picture = self._picture
        if picture is None or picture.devicePixelRatio() != ratio:
            picture = self._picture = self._drawn(ratio)
        painter = QPainter(self)
        for area in event.region():  # pyright: ignore[reportGeneralTypeIssues]
            source = QRectF(area.x() * ratio, area.y() * ratio,
                            area.width() * ratio, area.height() * ratio)  # fmt: skip
            painter.drawPixmap(QRectF(area), picture, source)
        painter.setClipRegion(event.region())
        self.draw_over(painter)
        if self.duration_ms:
            draw_playhead(painter, self.scale.x_of(self._head_ms), QRectF(self.rect()))
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
            painter.setPen(QPen(theme().colours.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the frame."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show no frame."""
        super().focusOutEvent(event)
        self._anchor = None
        self.update()

    def event(self, event: QEvent) -> bool:
        """Tell who speaks under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            if self.duration_ms:
                words = self.tip_at(self.scale.ms_of(event.pos().x()))
                QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the playhead, select, zoom, play."""
        key, step = event.key(), self.scale.step_ms
        page = round(self.end_ms - self.start_ms)
        moves = {
            Qt.Key.Key_Left: self.position_ms - step,
            Qt.Key.Key_Right: self.position_ms + step,
            Qt.Key.Key_PageUp: self.position_ms - page,
            Qt.Key.Key_PageDown: self.position_ms + page,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: self.duration_ms,
        }
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        shift = Qt.KeyboardModifier.ShiftModifier
        if key in moves and modifiers in (Qt.KeyboardModifier.NoModifier, shift):
            self._move(moves[Qt.Key(key)], is_selecting=modifiers == shift)
        elif key == Qt.Key.Key_Escape and self.selection is not None:
            self._anchor = None
            self.selection_asked.emit(None)
        elif key == Qt.Key.Key_Space and not modifiers:
            self.play_asked.emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not modifiers:
            self.zoom_asked.emit(0.5 if key == Qt.Key.Key_Up else 2.0, self.position_ms)
        else:
            event.ignore()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select the turn that is said there."""
        block = self.scene.marks.block_at(self.scale.ms_of(event.position().x()))
        if event.button() == Qt.MouseButton.LeftButton and block is not None:
            self.selection_asked.emit((block.start_ms, block.end_ms))
            self.was_selected.emit()

    # Inside ---------------------------------------------------------------

    def _move(self, ms: int, *, is_selecting: bool) -> None:
        ms = min(max(ms, 0), self.duration_ms)
        if is_selecting:
            if self._anchor is None:
                self._anchor = self.position_ms
                if self.selection is not None and self.position_ms in self.selection:
                    self._anchor = sum(self.selection) - self.position_ms
            self.selection_asked.emit((self._anchor, ms))
        else:
            self._anchor = None
        self.seek_asked.emit(ms)

    def _value_set(self, ms: int) -> None:
        # Set from outside, as by a screen reader; our own are blocked.
        self.seek_asked.emit(ms)

    def _drawn(self, ratio: float) -> QPixmap:
        size = self.size()
        picture = QPixmap(round(size.width() * ratio), round(size.height() * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(theme().colours.page)
        painter = QPainter(picture)
        if self.duration_ms:
            self.draw(painter)
        painter.end()
        return picture

    def draw_selected(self, painter: QPainter) -> None:
        """Draw the selection, if any of it is seen."""
        if self.selection is not None:
            scale = self.scale
            left, right = (scale.x_of(ms) for ms in self.selection)
            if right >= 0 and left <= self.width():
                draw_selection(painter, left, right, self.sound_area())

    def _head_area(self, x: float) -> QRect:
        return QRect(round(x) - _HEAD_REACH, 0, 2 * _HEAD_REACH, self.height())

    def _describe(self) -> None:
        words = tr(
            "{time} of {whole}",
            time=format_timecode(self.position_ms),
            whole=format_timecode(self.duration_ms),
        )
        if self.selection is not None:
            start, end = map(format_timecode, self.selection)
            words += ". " + tr("Selected: {start} to {end}", start=start, end=end)
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)
