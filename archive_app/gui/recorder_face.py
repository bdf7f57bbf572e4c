"""What the recorder's window shows: the time, the level, the buttons; readable across a table."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QFontMetrics, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from archive_app.domain.timecode import format_timecode
from archive_app.gui.actions import shown_shortcut
from archive_app.gui.icons import icon
from archive_app.gui.recorder_control import State, Told
from archive_app.gui.recorder_words import LITTLE_MS, time_left_in_words
from archive_app.gui.theme import GAP, MARGIN, STEP, theme
from archive_app.translation import mark, tr

TIME_SCALE = 6.0
STATE_SCALE = 1.8
DISK_SCALE = 1.25
BUTTON_SCALE = 1.25
DOT = 6 * STEP
STATES = {
    State.SILENT: (mark("No sound"), "microphone"),
    State.LISTENING: (mark("Ready – not recording yet"), "microphone"),
    State.STARTING: (mark("Beginning…"), "microphone"),
    State.RECORDING: (mark("Recording now"), "record"),
    State.PAUSED: (mark("Paused – not recording"), "pause"),
    State.KEEPING: (mark("Ended – going into the archive"), "save"),
}


class Face(QWidget):
    """The large time, the state in words with its picture, and the disk's room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.time = QLabel(format_timecode(0))
        self.time.setAccessibleName(tr("Time recorded"))
        self.time.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self._sign = QLabel()
        self.state = QLabel()
        self._disk_sign = QLabel()
        self.disk = QLabel()
        self.format = QLabel()
        self._state = State.SILENT
        self._disk_ms: int | None = None
        columns = QHBoxLayout(self)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(MARGIN)
        columns.addWidget(self.time)
        columns.addStretch(1)
        rows = QVBoxLayout()
        rows.setSpacing(STEP)
        rows.addStretch(1)
        for words, sign in ((self.state, self._sign), (self.disk, self._disk_sign)):
            line = QHBoxLayout()
            line.setSpacing(GAP)
            line.addStretch(1)
            line.addWidget(sign)
            line.addWidget(words)
            rows.addLayout(line)
        self.format.setAlignment(Qt.AlignmentFlag.AlignRight)
        rows.addWidget(self.format)
        rows.addStretch(1)
        columns.addLayout(rows)
        theme().changed.connect(self._recolour)
        self._recolour()

    def show_time(self, ms: int) -> None:
        """Show how much was recorded."""
        words = format_timecode(ms)
        if words != self.time.text():
            self.time.setText(words)

    def show_state(self, state: State) -> None:
        """Say what the recorder does."""
        self._state = state
        self.state.setText(tr(STATES[state][0]))
        self._recolour()

    def show_disk(self, ms: int | None) -> None:
        """Say how much more the disk takes."""
        self._disk_ms = ms
        self.disk.setText(time_left_in_words(ms))
        self._colour_disk()

    def _recolour(self) -> None:
        colours = theme().colours
        self.time.setFont(theme().interface_font(TIME_SCALE))
        # The figures differ in width; the time must not jump.
        widest = QFontMetrics(self.time.font()).horizontalAdvance("00:00:00")
        self.time.setMinimumWidth(widest)
        self.state.setFont(theme().interface_font(STATE_SCALE))
        shade = {State.RECORDING: colours.error, State.PAUSED: colours.warning}
        colour = shade.get(self._state, colours.text)
        self.disk.setFont(theme().interface_font(DISK_SCALE))
        if self._state is State.RECORDING:
            self._sign.setPixmap(_dot(colour, self.devicePixelRatioF()))
        else:
            self._sign.setPixmap(icon(STATES[self._state][1], colour).pixmap(32, 32))
        _colour(self.time, colour if self._state is State.RECORDING else colours.text)
        _colour(self.state, colour)
        _colour(self.format, colours.muted)
        self._colour_disk()

    def _colour_disk(self) -> None:
        is_little = self._disk_ms is not None and self._disk_ms < LITTLE_MS
        colours = theme().colours
        colour = colours.warning if is_little else colours.text
        self._disk_sign.setPixmap(icon("warning", colour).pixmap(20, 20))
        self._disk_sign.setVisible(is_little)
        _colour(self.disk, colour)


class BigButton(QPushButton):
    """An action as a large button: picture, name, and the reason where it cannot be chosen."""

    def __init__(self, action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.action = action
        self.setAutoDefault(False)
        self.setIconSize(QSize(6 * STEP, 6 * STEP))
        self.setMinimumHeight(14 * STEP)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda *_: action.trigger())
        action.changed.connect(self._show)
        theme().changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        action = self.action
        keys = shown_shortcut(action)
        self.setFont(theme().interface_font(BUTTON_SCALE))
        self.setText(action.text().replace("&", ""))
        self.setAccessibleName(self.text())
        self.setAccessibleDescription(keys)
        self.setIcon(action.icon())
        self.setEnabled(action.isEnabled())
        words = action.toolTip()
        self.setToolTip(f"{words} ({keys})" if keys and action.isEnabled() else words)


class Notice(QFrame):
    """A sentence with a sign that stays until it is answered."""

    answered = Signal()

    def __init__(self, verb: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        line = QHBoxLayout(self)
        line.setContentsMargins(GAP, GAP, GAP, GAP)
        line.setSpacing(GAP)
        self._sign = QLabel()
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.button = QPushButton(verb)
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self.answered)
        line.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.words, 1)
        line.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        self._is_bad = True
        theme().changed.connect(self._recolour)
        self._recolour()
        self.hide()

    def tell(self, told: Told) -> None:
        """Say it; nothing to say hides it."""
        self._is_bad = told.is_bad
        self.words.setText(told.words)
        self.setAccessibleName(told.words)
        self._recolour()
        self.setVisible(bool(told.words))

    def _recolour(self) -> None:
        colours = theme().colours
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Window, colours.doubt if self._is_bad else colours.page)
        palette.setColor(QPalette.ColorRole.WindowText, colours.text)
        self.setPalette(palette)
        name, colour = ("warning", colours.error) if self._is_bad else ("check", colours.accent)
        self._sign.setPixmap(icon(name, colour).pixmap(24, 24))


def _dot(colour: QColor, scale: float) -> QPixmap:
    """Return the full red round that every recorder shows while it records."""
    pixels = round(DOT * scale)
    dot = QPixmap(pixels, pixels)
    dot.fill(Qt.GlobalColor.transparent)
    painter = QPainter(dot)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(colour)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawEllipse(0, 0, pixels, pixels)
    painter.end()
    dot.setDevicePixelRatio(scale)
    return dot


def _colour(label: QLabel, colour: QColor) -> None:
    palette = QPalette(label.palette())
    palette.setColor(QPalette.ColorRole.WindowText, colour)
    label.setPalette(palette)
