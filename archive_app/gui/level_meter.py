"""A level meter: a bar for each channel on a scale in decibels, with the peak held."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleValueChangeEvent, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from archive_app.gui.theme import GAP, STEP, theme
from archive_app.translation import tr

if TYPE_CHECKING:
    from archive_app.media.recording_levels import Levels

FLOOR_DB = -60.0
LOUD_DB = -9.0
"""Speech that peaks above this leaves too little room for a laugh."""
HOT_DB = -3.0
QUIET_DB = -30.0
"""Speech that never peaks above this is drowned in the hiss of the input."""
SCALE_DB = (-60, -48, -36, -24, -18, -12, -6, -3, 0)
HOLD_S = 1.5
FALL_DB_PER_S = 24.0
"""How fast a bar and a held peak go down: PPMs of IEC 60268-10 fall some 24 dB in 2.8 s;
this is quicker, for whoever looks up from a conversation only for a moment."""
JUDGED_S = 3.0
"""Over how long it is judged whether the sound is too loud or too quiet."""
SPOKEN_EVERY_S = 2.0


def decibels(peak: float) -> float:
    """Return a peak of 0 to 1 in decibels below full scale, never below FLOOR_DB."""
    return max(FLOOR_DB, 20 * math.log10(peak)) if peak > 0 else FLOOR_DB


def level_in_words(db: float) -> str:
    """Return what somebody who sets the level has to know."""
    if db <= FLOOR_DB:
        return tr("No sound is heard from this input")
    if db > HOT_DB:
        return tr("Too loud: turn the input down")
    if db > LOUD_DB:
        return tr("Loud")
    if db < QUIET_DB:
        return tr("Very quiet: turn the input up, or move closer")
    return tr("The level is good")


class _Channel:
    """What the meter remembers of one channel, in decibels."""

    def __init__(self) -> None:
        self.bar = self.rms = self.peak = FLOOR_DB
        self.peaked_at = 0.0

    def take(self, peak: float, rms: float, *, now: float, since_s: float) -> None:
        db = decibels(peak)
        self.rms = decibels(rms)
        self.bar = max(db, self.bar - FALL_DB_PER_S * since_s)
        if db >= self.peak:
            self.peak, self.peaked_at = db, now
        elif now - self.peaked_at > HOLD_S:
            self.peak = max(db, self.peak - FALL_DB_PER_S * since_s)


class LevelMeter(QWidget):
    """Shows ``Levels`` as they come. Colour says nothing that place and words do not say too."""

    judged = Signal(str)
    """The level in words, when they are other words than before."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._channels: list[_Channel] = [_Channel()]
        self._taken_at = 0.0
        self._judged_at = self._spoken_at = 0.0
        self._loudest = FLOOR_DB
        self.words = ""
        self.setAccessibleName(tr("Level"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.update)

    @property
    def peaks_db(self) -> tuple[float, ...]:
        """The held peak of each channel."""
        return tuple(channel.peak for channel in self._channels)

    def clear(self, channels: int = 1) -> None:
        """Stand at silence, with so many bars."""
        self._channels = [_Channel() for _ in range(channels)]
        self._loudest, self._judged_at = FLOOR_DB, 0.0
        self._say("")
        self.updateGeometry()
        self.update()

    def take(self, levels: Levels, *, now: float | None = None) -> None:
        """Show the loudness of a moment; ``now`` in seconds, for tests."""
        at = time.monotonic() if now is None else now
        if len(levels.peaks) != len(self._channels):
            self.clear(len(levels.peaks))
        since_s = min(1.0, max(0.0, at - self._taken_at)) if self._taken_at else 0.0
        self._taken_at = at
        for channel, peak, rms in zip(self._channels, levels.peaks, levels.rms, strict=True):
            channel.take(peak, rms, now=at, since_s=since_s)
        self._judge(levels.peaks, at)
        self.update()

    def _judge(self, peaks: Sequence[float], at: float) -> None:
        self._loudest = max(self._loudest, *map(decibels, peaks))
        self._judged_at = self._judged_at or at
        # Too loud is said at once; that it is quiet only after a while of listening.
        if self._loudest > LOUD_DB or at - self._judged_at >= JUDGED_S:
            self._say(level_in_words(self._loudest))
        if at - self._judged_at >= JUDGED_S:
            self._loudest, self._judged_at = FLOOR_DB, at
        if at - self._spoken_at >= SPOKEN_EVERY_S:
            self._spoken_at = at
            shown = ", ".join(_db_in_words(peak) for peak in self.peaks_db)
            self.setAccessibleDescription(f"{shown}. {self.words}" if self.words else shown)
            if QAccessible.isActive():
                event = QAccessibleValueChangeEvent(self, round(max(self.peaks_db)))
                QAccessible.updateAccessibility(event)

    def _say(self, words: str) -> None:
        if words != self.words:
            self.words = words
            self.judged.emit(words)

    # Drawing ----------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """Return room for every channel and the scale under them."""
        line = self.fontMetrics().height()
        bars = len(self._channels) * (self._bar_height() + STEP)
        return QSize(120 * STEP, bars + line + GAP)

    def minimumSizeHint(self) -> QSize:
        """Return the least that the scale can be read in."""
        return QSize(80 * STEP, self.sizeHint().height())

    def _bar_height(self) -> int:
        return 7 * STEP if len(self._channels) == 1 else 5 * STEP

    def _x(self, db: float) -> float:
        metrics = self.fontMetrics()
        left = metrics.horizontalAdvance("−60") / 2
        right = self.width() - self._number_width() - GAP
        return left + (right - left) * (db - FLOOR_DB) / -FLOOR_DB

    def _number_width(self) -> int:
        return self.fontMetrics().horizontalAdvance("−00.0 dB") + STEP

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bars, the held peaks with their numbers, and the scale."""
        painter = QPainter(self)
        colours = theme().colours
        height = self._bar_height()
        for number, channel in enumerate(self._channels):
            top = number * (height + STEP)
            self._draw_bar(painter, channel, top, height)
            painter.setPen(colours.text)
            area = QRectF(self._x(0) + GAP, top, self._number_width(), height)
            painter.drawText(
                area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                _db_in_words(channel.peak),
            )  # fmt: skip
        bottom = len(self._channels) * (height + STEP)
        self._draw_scale(painter, bottom)
        painter.end()

    def _draw_bar(self, painter: QPainter, channel: _Channel, top: int, height: int) -> None:
        colours = theme().colours
        left, right = self._x(FLOOR_DB), self._x(0)
        painter.fillRect(QRectF(left, top, right - left, height), colours.rule)
        for start, end, colour in (
            (FLOOR_DB, LOUD_DB, colours.accent),
            (LOUD_DB, HOT_DB, colours.warning),
            (HOT_DB, 0.0, colours.error),
        ):
            reached = min(channel.bar, end)
            if reached > start:
                self._fill(painter, (start, reached), (top, height), _faint(colour))
            reached = min(channel.rms, end)
            if reached > start:
                self._fill(painter, (start, reached), (top, height), colour)
        if channel.peak > FLOOR_DB:
            at = self._x(channel.peak)
            painter.fillRect(QRectF(at - STEP / 2, top, STEP, height), colours.text)

    def _fill(
        self,
        painter: QPainter,
        db: tuple[float, float],
        rows: tuple[int, int],
        colour: QColor,
    ) -> None:
        left, right = self._x(db[0]), self._x(db[1])
        painter.fillRect(QRectF(left, rows[0], right - left, rows[1]), colour)

    def _draw_scale(self, painter: QPainter, top: int) -> None:
        colours = theme().colours
        painter.setPen(colours.muted)
        line = self.fontMetrics().height()
        width = self.fontMetrics().horizontalAdvance("−60") + GAP
        for db in SCALE_DB:
            at = self._x(db)
            painter.drawLine(round(at), top - STEP, round(at), top)
            area = QRectF(at - width / 2, top + STEP / 2, width, line)
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, _number(db))


def _faint(colour: QColor) -> QColor:
    faint = QColor(colour)
    faint.setAlphaF(0.55)
    return faint


def _number(db: float) -> str:
    return f"−{abs(db):.0f}" if db < 0 else "0"


def _db_in_words(db: float) -> str:
    if db <= FLOOR_DB:
        return "–"
    return tr("{level} dB", level=f"−{abs(db):.1f}" if db < -0.05 else "0.0")
