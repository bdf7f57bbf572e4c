"""The player: a line of buttons, the time, the place on the timeline, speed and volume."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFontMetrics, QHideEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSlider, QToolButton, QWidget

from archive_app.domain.timecode import format_timecode
from archive_app.gui.icons import give_icon
from archive_app.gui.player_slider import PlaceSlider
from archive_app.gui.sound import Sound
from archive_app.gui.theme import GAP, STEP
from archive_app.gui.timeline import Timeline
from archive_app.translation import tr

RATES = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.25, 1.5, 1.75, 2.0)
JUMP_MS = 5_000
PAGE_MS = 30_000
SHORT_JUMP_MS = 1_000
LONG_JUMP_MS = 15_000
SLIDER_EVERY_MS = 100
"""How far it plays before the slider moves: its whole width is painted each time."""
DEFAULT_STEP_BACK_MS = 1_500
DEFAULT_REPEAT_MS = 4_000


class PlayerBar(QWidget):
    """Plays an interview's recordings and says where it is.

    ``actions_by_name`` are the player's actions ("play", "back", "forward", "loop"…),
    for menus, the command palette and other shortcuts. ``play`` and ``pause`` may be
    called again and again; a pedal needs nothing else.
    """

    position_ms_changed = Signal(int)
    """Where it is on the interview's timeline: every 20 ms while it plays, and after each jump."""
    playing_changed = Signal(bool)
    selection_changed = Signal(object)
    """``(start_ms, end_ms)``, or None."""
    looping_changed = Signal(bool)
    failed = Signal(str)
    """A message for the person."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sound = Sound(self)
        self.step_back_ms = DEFAULT_STEP_BACK_MS
        self.repeat_ms = DEFAULT_REPEAT_MS
        self.stretch_at: Callable[[int], tuple[int, int] | None] | None = None
        """What a loop shall play where nothing is selected: the turn at a time."""
        self._selection: tuple[int, int] | None = None
        self.actions_by_name: dict[str, QAction] = {}
        self.setAccessibleName(tr("Player"))
        self._make_actions()
        self._slider = PlaceSlider(Qt.Orientation.Horizontal)
        self._time = QLabel()
        self._rate = QComboBox()
        self._volume = QSlider(Qt.Orientation.Horizontal)
        self._set_up_parts()
        self._lay_out()
        self.sound.position_changed.connect(self._show_position)
        self.sound.playing_changed.connect(self._show_playing)
        self.sound.failed.connect(self._show_failure)
        self.set_timeline(Timeline())

    # What the page calls --------------------------------------------------

    def set_timeline(self, timeline: Timeline) -> None:
        """Take an interview's recordings; nothing is selected then."""
        self.sound.set_timeline(timeline)
        self.set_selection(None)
        with QSignalBlocker(self._slider):
            self._slider.setRange(0, timeline.duration_ms)
            self._slider.setValue(0)
        reason = "" if timeline else tr("This interview has no recording.")
        self._explain(reason or self.sound.problem)
        self._show_time(0)

    @property
    def position_ms(self) -> int:
        """Where it is on the timeline."""
        return self.sound.position_ms

    @property
    def is_playing(self) -> bool:
        """Whether it sounds."""
        return self.sound.is_playing

    def play_from(self, ms: int) -> None:
        """Play from a time on the timeline."""
        self.sound.seek(ms)
        self.sound.play()

    def seek(self, ms: int) -> None:
        """Go to a time on the timeline."""
        self.sound.seek(ms)

    def play(self) -> None:
        """Play from where it stands; if it plays already, nothing changes."""
        if not self.sound.is_playing:
            self.sound.play()

    def pause(self) -> None:
        """Pause, stepping back a little so that the next words are heard whole.

        If it is silent already, nothing changes. Inside a loop it steps back no
        further than to the loop's start.
        """
        if not self.sound.is_playing:
            return
        self.sound.pause()
        at = self.sound.position_ms
        back = at - self.step_back_ms
        if self.is_looping and self._selection is not None and at >= self._selection[0]:
            back = max(back, self._selection[0])
        self.sound.seek(back)

    def play_or_pause(self) -> None:
        """Pause if it plays, else play on."""
        if self.sound.is_playing:
            self.pause()
        else:
            self.play()

    def play_again(self) -> None:
        """Play the last seconds once more (``repeat_ms``)."""
        self.play_from(max(0, self.sound.position_ms - self.repeat_ms))

    # A stretch of time ------------------------------------------------------

    def selection_ms(self) -> tuple[int, int] | None:
        """Return the selected stretch of the timeline, ``[start, end)`` in milliseconds."""
        return self._selection

    def set_selection(self, stretch: tuple[int, int] | None) -> None:
        """Select a stretch of the timeline; one without length, or None, selects nothing."""
        if stretch is not None:
            longest = self.sound.timeline.duration_ms
            start, end = sorted(min(max(ms, 0), longest) for ms in stretch)
            stretch = (start, end) if start < end else None
        if stretch == self._selection:
            return
        self._selection = stretch
        if stretch is None:
            self.set_looping(False)
        elif self.is_looping:
            self.sound.set_loop(stretch)
        self.selection_changed.emit(stretch)

    @property
    def is_looping(self) -> bool:
        """Whether the selection is played over and over."""
        return self.actions_by_name["loop"].isChecked()

    def set_looping(self, is_looping: bool) -> None:
        """Play the selection over and over, or no more; without one there is no loop."""
        self.actions_by_name["loop"].setChecked(is_looping and self._selection is not None)

    def set_rate(self, rate: float) -> None:
        """Play at one of RATES, the nearest to what is asked for."""
        nearest = min(range(len(RATES)), key=lambda number: abs(RATES[number] - rate))
        self._rate.setCurrentIndex(nearest)

    def set_volume(self, per_cent: int) -> None:
        """Set the volume, 0 to 100."""
        self._volume.setValue(per_cent)

    @property
    def volume(self) -> int:
        """The volume, 0 to 100."""
        return self._volume.value()

    # Qt -------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the sound smoothly while it is seen."""
        super().showEvent(event)
        self.sound.set_watched(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Let the position come as the system tells it."""
        super().hideEvent(event)
        self.sound.set_watched(False)

    # Inside ---------------------------------------------------------------

    def _make_actions(self) -> None:
        key = Qt.Key
        alt, control = Qt.Modifier.ALT, Qt.Modifier.CTRL
        play = [control | key.Key_Space, key.Key_F9, key.Key_MediaTogglePlayPause]
        self._add("play", tr("Play"), "play", play, self.play_or_pause)
        back = [alt | key.Key_Left, key.Key_F7, key.Key_MediaPrevious]
        self._add("back", tr("Back 5 seconds"), "step-back", back, lambda: self._jump(-JUMP_MS))
        on = [alt | key.Key_Right, key.Key_F8, key.Key_MediaNext]
        self._add("forward", tr("Forward 5 seconds"), "forward", on, lambda: self._jump(JUMP_MS))
        shift = Qt.Modifier.SHIFT
        for name, text, by_ms, keys in (
            ("back_short", tr("Back 1 second"), -SHORT_JUMP_MS, shift | key.Key_F7),
            ("forward_short", tr("Forward 1 second"), SHORT_JUMP_MS, shift | key.Key_F8),
            ("back_long", tr("Back 15 seconds"), -LONG_JUMP_MS, control | key.Key_F7),
            ("forward_long", tr("Forward 15 seconds"), LONG_JUMP_MS, control | key.Key_F8),
        ):
            icon = "step-back" if by_ms < 0 else "forward"
            self._add(name, text, icon, [keys], lambda by_ms=by_ms: self._jump(by_ms))
        again = [shift | key.Key_F9]
        self._add("again", tr("Play the last seconds again"), "undo", again, self.play_again)
        loop = self._add("loop", tr("Loop the selection"), "loop", [control | key.Key_L], None)
        loop.setCheckable(True)
        loop.toggled.connect(self._loop_switched)
        slower = [control | alt | key.Key_Down]
        self._add("slower", tr("Slower"), "speed", slower, lambda: self._change_rate(-1))
        faster = [control | alt | key.Key_Up]
        self._add("faster", tr("Faster"), "speed", faster, lambda: self._change_rate(1))

    def _add(
        self,
        name: str,
        text: str,
        icon: str,
        keys: Sequence[object],
        do: Callable[[], object] | None,
    ) -> QAction:
        action = QAction(text, self)
        action.setObjectName(f"player-{name}")
        action.setShortcuts([QKeySequence(key) for key in keys])  # pyright: ignore
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        if do is not None:
            action.triggered.connect(lambda _checked=False: do())
        give_icon(action, icon)
        self.addAction(action)
        self.actions_by_name[name] = action
        return action

    def _set_up_parts(self) -> None:
        self._slider.setAccessibleName(tr("Position in the recording"))
        self._slider.setSingleStep(JUMP_MS)
        self._slider.setPageStep(PAGE_MS)
        self._slider.valueChanged.connect(self._slider_moved)
        self._time.setAccessibleName(tr("Time"))
        self._time.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._rate.setAccessibleName(tr("Speed"))
        self._rate.setToolTip(tr("Speed"))
        for rate in RATES:
            self._rate.addItem(f"{rate:g}×", rate)
        self._rate.currentIndexChanged.connect(lambda number: self.sound.set_rate(RATES[number]))
        self._rate.setCurrentIndex(RATES.index(1.0))
        self._volume.setAccessibleName(tr("Volume"))
        self._volume.setToolTip(tr("Volume"))
        self._volume.setRange(0, 100)
        self._volume.setFixedWidth(20 * STEP)
        self._volume.valueChanged.connect(lambda value: self.sound.set_volume(value / 100))
        self._volume.setValue(80)

    def _lay_out(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(GAP, STEP, GAP, STEP)
        line.setSpacing(STEP)
        for name in ("back", "play", "forward", "loop"):
            line.addWidget(self._button(self.actions_by_name[name]))
        line.addSpacing(STEP)
        line.addWidget(self._time)
        line.addWidget(self._slider, 1)
        line.addWidget(self._rate)
        loudness = QLabel()
        _show_icon(loudness, "volume")
        line.addWidget(loudness)
        line.addWidget(self._volume)

    def _button(self, action: QAction) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(action)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        button.setIconSize(QSize(5 * STEP, 5 * STEP))
        button.setAutoRaise(True)
        button.setAccessibleName(action.text())
        action.changed.connect(lambda: button.setAccessibleName(action.text()))
        return button

    def _explain(self, reason: str) -> None:
        """Switch everything on, or off with a reason in every tooltip."""
        for name, action in self.actions_by_name.items():
            action.setEnabled(not reason or (bool(self.sound.timeline) and name != "play"))
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(reason or f"{action.text()} ({keys})")
        self._slider.setEnabled(bool(self.sound.timeline))
        self._slider.setToolTip(reason if not self.sound.timeline else "")

    def _loop_switched(self, is_looping: bool) -> None:
        if is_looping and self._selection is None and self.stretch_at is not None:
            self.set_selection(self.stretch_at(self.position_ms))
        if is_looping and self._selection is None:
            self.set_looping(False)
            self.failed.emit(tr("Select a stretch of time on the waveform first."))
            return
        self.sound.set_loop(self._selection if is_looping else None)
        self.looping_changed.emit(is_looping)

    def _jump(self, by_ms: int) -> None:
        self.sound.seek(self.sound.position_ms + by_ms)

    def _change_rate(self, by: int) -> None:
        number = self._rate.currentIndex() + by
        self._rate.setCurrentIndex(min(max(number, 0), len(RATES) - 1))

    def _slider_moved(self, ms: int) -> None:
        self.sound.seek(ms)

    def _show_position(self, ms: int) -> None:
        is_far = abs(ms - self._slider.value()) >= SLIDER_EVERY_MS or not self.is_playing
        if is_far and not self._slider.isSliderDown():
            with QSignalBlocker(self._slider):
                self._slider.setValue(ms)
        self._show_time(ms)
        self.position_ms_changed.emit(ms)

    def _show_time(self, ms: int) -> None:
        whole = format_timecode(self.sound.timeline.duration_ms)
        text = tr("{time} of {whole}", time=format_timecode(ms), whole=whole)
        if text != self._time.text():
            self._time.setText(text)
            widest = QFontMetrics(self._time.font()).horizontalAdvance(text.replace("1", "0"))
            self._time.setMinimumWidth(max(self._time.minimumWidth(), widest + STEP))

    def _show_playing(self, is_playing: bool) -> None:
        action = self.actions_by_name["play"]
        action.setText(tr("Pause") if is_playing else tr("Play"))
        give_icon(action, "pause" if is_playing else "play")
        self._explain("")
        self.playing_changed.emit(is_playing)

    def _show_failure(self, message: str) -> None:
        if self.sound.problem:
            self._explain(self.sound.problem)
        self.failed.emit(message)


def _show_icon(label: QLabel, name: str) -> None:
    """Show an icon on a label; through an action it follows the theme as all others do."""
    carrier = QAction(label)
    carrier.changed.connect(lambda: label.setPixmap(carrier.icon().pixmap(4 * STEP, 4 * STEP)))
    give_icon(carrier, name)
