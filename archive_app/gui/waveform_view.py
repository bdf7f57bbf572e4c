"""The waveform of an interview: all of it, and below it a stretch that can be zoomed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from archive_app.gui.theme import GAP, STEP
from archive_app.gui.waveform_overview import WaveformOverview
from archive_app.gui.waveform_stretch import WaveformStretch
from archive_app.gui.waveform_strip import Scene, WaveformStrip
from archive_app.translation import tr

SHORTEST_MS = 2_000
"""The shortest stretch: the sound is known in steps of 5 ms."""
FIRST_MS = 60_000
"""How long the stretch is at first."""
_JUMP_MS = 1_500
"""A playhead that moves further at once was sent there."""
_TURN_OVER_AT = 0.92
_LEFT_AFTER_TURNING = 0.08


class WaveformView(QWidget):
    """Shows sound, turns, parts, the selection and the playhead; asks, and does nothing itself.

    While the sound plays inside the stretch, the stretch goes along; once somebody
    moved it elsewhere, it stays until the playhead is sent somewhere.
    """

    seek_asked = Signal(int)
    selection_asked = Signal(object)
    """``(start_ms, end_ms)`` in the order in which they were chosen, or None."""
    was_selected = Signal()
    """A stretch was chosen with the mouse, and the mouse is at rest."""
    play_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Waveform"))
        self.scene = Scene()
        self.position_ms = 0
        self.selection: tuple[int, int] | None = None
        self.overview = WaveformOverview()
        self.stretch = WaveformStretch()
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setContentsMargins(GAP, STEP, GAP, STEP)
        self.words.setForegroundRole(self.words.palette().ColorRole.PlaceholderText)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(GAP, 0, GAP, STEP)
        rows.setSpacing(STEP)
        rows.addWidget(self.overview)
        rows.addWidget(self.stretch, 1)
        rows.addWidget(self.words)
        self.overview.centre_asked.connect(self._centre)
        for strip in self._strips:
            strip.seek_asked.connect(self.seek_asked)
            strip.selection_asked.connect(self.selection_asked)
            strip.was_selected.connect(self.was_selected)
            strip.play_asked.connect(self.play_asked)
            strip.zoom_asked.connect(self._zoom_around)
            strip.pan_asked.connect(self._pan)
        self.setFocusProxy(self.stretch)
        self.show_words(tr("This interview has no recording."))

    @property
    def _strips(self) -> tuple[WaveformStrip, WaveformStrip]:
        return self.overview, self.stretch

    # What the page calls --------------------------------------------------

    def show_words(self, words: str) -> None:
        """Say in words why there is no waveform."""
        self.scene = Scene()
        self.words.setText(words)
        self.words.show()
        for strip in self._strips:
            strip.show_scene(self.scene)
            strip.hide()

    def show_scene(self, scene: Scene, *, is_new: bool) -> None:
        """Show sound and marks; a new interview's stretch begins at its beginning."""
        self.scene = scene
        self.words.hide()
        for strip in self._strips:
            strip.show_scene(scene)
            strip.show()
        self.overview.set_range(0, scene.shape.duration_ms)
        if is_new:
            self.position_ms = 0
            self.set_selection(None)
            for strip in self._strips:
                strip.set_position(0)
            self._show_range(0, FIRST_MS)
        else:
            self._show_range(self.stretch.start_ms, self.stretch.end_ms)

    def set_position(self, ms: int) -> None:
        """Move the playhead; the stretch goes along."""
        before, self.position_ms = self.position_ms, ms
        start, end = self.stretch.start_ms, self.stretch.end_ms
        length = end - start
        if abs(ms - before) > _JUMP_MS:
            if not start <= ms < end:
                self._show_range(ms - 0.3 * length, ms + 0.7 * length)
        elif start <= before <= end and not start <= ms < start + _TURN_OVER_AT * length:
            left = _LEFT_AFTER_TURNING if ms >= before else 1 - _TURN_OVER_AT
            if ms >= before or ms < start:
                self._show_range(ms - left * length, ms + (1 - left) * length)
        for strip in self._strips:
            strip.set_position(ms)

    def set_selection(self, selection: tuple[int, int] | None) -> None:
        """Light a stretch of time."""
        self.selection = selection
        for strip in self._strips:
            strip.set_selection(selection)

    def zoom(self, factor: float) -> None:
        """Show a stretch so many times as long, around the playhead if it is seen."""
        start, end = self.stretch.start_ms, self.stretch.end_ms
        is_seen = start <= self.position_ms <= end
        self._zoom_around(factor, self.position_ms if is_seen else round((start + end) / 2))

    def show_all(self) -> None:
        """Show the whole interview."""
        self._show_range(0, self.scene.shape.duration_ms)

    def show_selection(self) -> None:
        """Show what is selected as large as it can be."""
        if self.selection is not None:
            start, end = self.selection
            room = (end - start) * 0.05
            self._show_range(start - room, end + room)

    @property
    def shown_ms(self) -> tuple[int, int]:
        """The stretch that is seen."""
        return round(self.stretch.start_ms), round(self.stretch.end_ms)

    # Inside ---------------------------------------------------------------

    def _zoom_around(self, factor: float, ms: int) -> None:
        start, end = self.stretch.start_ms, self.stretch.end_ms
        length = self._fitting(factor * (end - start))
        share = (ms - start) / (end - start) if start <= ms <= end and end > start else 0.5
        self._show_range(ms - share * length, ms + (1 - share) * length)

    def _pan(self, by_ms: int) -> None:
        self._show_range(self.stretch.start_ms + by_ms, self.stretch.end_ms + by_ms)

    def _centre(self, ms: int) -> None:
        half = (self.stretch.end_ms - self.stretch.start_ms) / 2
        self._show_range(ms - half, ms + half)

    def _fitting(self, length: float) -> float:
        whole = self.scene.shape.duration_ms
        return min(max(length, min(SHORTEST_MS, whole)), whole)

    def _show_range(self, start: float, end: float) -> None:
        length = self._fitting(end - start)
        start = min(max(start, 0.0), self.scene.shape.duration_ms - length)
        self.stretch.set_range(start, start + length)
        self.overview.set_window(start, start + length)
