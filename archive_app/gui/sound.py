"""Playing an interview's recordings, as one; without the system's sound libraries, in silence.

QtMultimedia is imported when something is first played. It needs libpulse0 on
Linux, which bare servers lack: then positions still move where they are sent, so
the transcript can be worked on, and ``problem`` says what to install.

The system tells where it is some ten times a second; in between a clock of our own
reckons it, so that what follows the sound moves smoothly and a loop turns in time.
"""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, QUrl, Signal

from archive_app.gui.timeline import Timeline
from archive_app.translation import tr

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QAudioOutput, QMediaPlayer

log = logging.getLogger(__name__)

TICK_MS = 20
"""How often the clock reckons the position while it plays."""
MOST_AHEAD_MS = 400
"""How far it reckons beyond what the system last told: the sound may have stalled."""


class Sound(QObject):
    """One voice: a timeline, a place on it, and whether it sounds."""

    position_changed = Signal(int)
    """Milliseconds on the timeline."""
    playing_changed = Signal(bool)
    failed = Signal(str)
    """A recording cannot be played: what to tell the person."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.timeline = Timeline()
        self.position_ms = 0
        self.is_playing = False
        self.problem = ""
        """Why nothing can sound, with what to do; empty where it can."""
        self._player: QMediaPlayer | None = None
        self._output: QAudioOutput | None = None
        self._number = -1
        self._waiting_ms: int | None = None
        """Where to go once the recording is loaded: while it loads the player forgets it."""
        self._told: tuple[int, float] | None = None
        """The last place the system told in the recording, and when (seconds)."""
        self._rate = 1.0
        self._volume = 0.8
        self._loop: tuple[int, int] | None = None
        self._is_watched = False
        self._picture: QObject | None = None
        self._clock = QTimer(self)
        self._clock.setInterval(TICK_MS)
        self._clock.setTimerType(Qt.TimerType.PreciseTimer)
        self._clock.timeout.connect(self._tick)

    def set_timeline(self, timeline: Timeline) -> None:
        """Take other recordings and stand at their beginning."""
        self.pause()
        self.timeline = timeline
        self._number = -1
        self._waiting_ms = self._told = self._loop = None
        if self._player is not None:
            self._player.setSource(QUrl())
        self._tell_position(0)

    def play(self) -> None:
        """Play from where it stands; at the very end, from the beginning."""
        if not self.timeline or not self._make_player():
            return
        if self.position_ms >= self.timeline.duration_ms:
            self.position_ms = 0
        self._set_playing(True)
        self._go(self.position_ms)

    def pause(self) -> None:
        """Be silent, and stay where it is."""
        self._set_playing(False)
        self._told = None
        if self._player is not None:
            self._player.pause()

    def seek(self, ms: int) -> None:
        """Go to a time on the timeline; goes on playing if it plays."""
        ms = min(max(ms, 0), self.timeline.duration_ms)
        self._tell_position(ms)
        if self.timeline and self._player is not None:
            self._go(ms)

    def set_rate(self, rate: float) -> None:
        """Play slower or faster, at the same pitch where the system can."""
        self._rate = rate
        if self._player is not None:
            self._player.setPlaybackRate(rate)

    def set_volume(self, volume: float) -> None:
        """Set the loudness, 0 to 1 as the ear hears it."""
        self._volume = volume
        if self._output is not None:
            self._output.setVolume(_linear_volume(volume))

    def set_loop(self, stretch: tuple[int, int] | None) -> None:
        """Go back to the start of a stretch whenever its end is reached; None: play on."""
        self._loop = stretch if stretch is not None and stretch[0] < stretch[1] else None
        self._run_clock()

    def set_watched(self, is_watched: bool) -> None:
        """Say whether somebody sees where it is: then the position moves smoothly."""
        self._is_watched = is_watched
        self._run_clock()

    def show_picture(self, screen: QObject | None) -> None:
        """Show the recordings' picture on a QVideoWidget, or nowhere.

        The recording is loaded at once, so that its picture stands there before it plays.
        """
        self._picture = screen
        if screen is not None and not self._make_player():
            return
        if self._player is not None:
            self._player.setVideoOutput(screen)  # pyright: ignore[reportArgumentType]
            if screen is not None and self.timeline:
                self._go(self.position_ms)

    def _make_player(self) -> bool:
        if self._player is not None:
            return True
        if self.problem:
            return False
        try:
            from PySide6.QtMultimedia import QAudioOutput, QMediaPlayer
        except ImportError as error:
            log.warning("QtMultimedia cannot be imported: %s", type(error).__name__)
            self.problem = tr(
                "Recordings cannot be played: the system's sound library is missing. Everything "
                "else works. On Debian or Ubuntu install it with: sudo apt install libpulse0"
            )
            self.failed.emit(self.problem)
            return False
        player = QMediaPlayer(self)
        self._output = QAudioOutput(self)
        self._output.setVolume(_linear_volume(self._volume))
        player.setAudioOutput(self._output)
        player.setPlaybackRate(self._rate)
        _keep_pitch(player)
        player.positionChanged.connect(self._player_moved)
        player.mediaStatusChanged.connect(self._status_changed)
        player.errorOccurred.connect(self._error_occurred)
        self._player = player
        return True

    def _go(self, ms: int) -> None:
        if self._player is None:
            return
        self._told = None
        number, local_ms = self.timeline.find(ms)
        if number == self._number and self._waiting_ms is None:
            self._player.setPosition(local_ms)
            if self.is_playing:
                self._player.play()
            return
        self._waiting_ms = local_ms
        if number != self._number:
            self._number = number
            self._player.setSource(self._address(number))

    def _address(self, number: int) -> QUrl:
        return QUrl.fromLocalFile(str(self.timeline.stretches[number].file))

    def _status_changed(self, status: object) -> None:
        from PySide6.QtMultimedia import QMediaPlayer

        states = QMediaPlayer.MediaStatus
        if status in (states.LoadedMedia, states.BufferedMedia):
            self._loaded()
        elif status == states.EndOfMedia:
            self._ended()

    def _loaded(self) -> None:
        if self._waiting_ms is None or self._player is None:
            return
        if self._player.source() != self._address(self._number):
            return  # The old recording says goodbye.
        waiting, self._waiting_ms = self._waiting_ms, None
        self._player.setPosition(waiting)
        self._player.setPlaybackRate(self._rate)
        if self.is_playing:
            self._player.play()

    def _ended(self) -> None:
        if not self.is_playing or self._number < 0:
            return
        following = self._number + 1
        has_next = following < len(self.timeline.stretches)
        next_ms = self.timeline.at(following, 0) if has_next else self.timeline.duration_ms
        self._told = None
        if self._loop is not None and self.position_ms < self._loop[1] <= next_ms:
            self._tell_position(self._loop[0])
            QTimer.singleShot(0, self._play_on)
        elif has_next:
            self._tell_position(next_ms)
            # The player is still busy ending: what it is given now it would stop again.
            QTimer.singleShot(0, self._play_on)
        else:
            self._tell_position(next_ms)
            self._set_playing(False)

    def _play_on(self) -> None:
        if self.is_playing:
            self._go(self.position_ms)

    def _player_moved(self, local_ms: int) -> None:
        # While it loads, and when it stops at the end, it reports places nobody sent it to.
        if self.is_playing and self._waiting_ms is None and self._number >= 0:
            self._told = (local_ms, time.perf_counter())
            self._tick()

    def _tick(self) -> None:
        """Tell where it is by now; at the end of a loop, go back to its start."""
        if self._told is None or not self.is_playing or self._waiting_ms is not None:
            return
        local_ms, when = self._told
        gone_ms = min((time.perf_counter() - when) * 1_000, MOST_AHEAD_MS) * self._rate
        longest = self.timeline.stretches[self._number].duration_ms or local_ms
        ms = self.timeline.at(self._number, min(local_ms + round(gone_ms), longest))
        before = self.position_ms
        if before - MOST_AHEAD_MS < ms < before:
            return  # The clock ran ahead of the sound by a little; it waits.
        if self._loop is not None and before < self._loop[1] <= ms:
            self.seek(self._loop[0])
        else:
            self._tell_position(ms)

    def _run_clock(self) -> None:
        if self.is_playing and (self._is_watched or self._loop is not None):
            self._clock.start()
        else:
            self._clock.stop()

    def _error_occurred(self, *_what: object) -> None:
        log.warning("a recording could not be played")
        self._number, self._waiting_ms, self._told = -1, None, None
        self._set_playing(False)
        self.failed.emit(
            tr(
                "This recording cannot be played: its file is missing or cannot be read. "
                "Nothing was changed. Check the archive to see which files are affected."
            )
        )

    def _tell_position(self, ms: int) -> None:
        if ms != self.position_ms:
            self.position_ms = ms
            self.position_changed.emit(ms)

    def _set_playing(self, is_playing: bool) -> None:
        if is_playing != self.is_playing:
            self.is_playing = is_playing
            self._run_clock()
            self.playing_changed.emit(is_playing)


def _linear_volume(heard: float) -> float:
    from PySide6.QtMultimedia import QAudio

    scale = QAudio.VolumeScale
    return QAudio.convertVolume(heard, scale.LogarithmicVolumeScale, scale.LinearVolumeScale)


def _keep_pitch(player: QMediaPlayer) -> None:
    """Let voices keep their height at every speed, where the system can (Qt 6.10 and later)."""
    if hasattr(player, "pitchCompensationAvailability"):
        kinds = type(player).PitchCompensationAvailability
        if player.pitchCompensationAvailability() is kinds.Available:
            player.setPitchCompensation(True)
