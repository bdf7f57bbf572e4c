"""The thread that reads an input: samples to the disk's queue, levels to the window.

It has an event loop of its own. The system keeps a generous stretch of sound while
nobody reads, so that not even a process that is held up as a whole loses a sample;
each command reads first what has come by then. Under PulseAudio and PipeWire a tap of
our own stands in place of Qt's (``gui.capture_pulse`` says why).
"""

from __future__ import annotations

import sys
import threading
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from archive_app.gui.capture_disk import DiskWriter
from archive_app.gui.capture_pulse import PulseTap
from archive_app.media.broadcast_wave import SoundFormat
from archive_app.media.recording_levels import SampleKind, levels

if TYPE_CHECKING:
    from PySide6.QtCore import QIODevice
    from PySide6.QtMultimedia import QAudioDevice, QAudioFormat, QAudioSource

KEPT_BY_SYSTEM_S = 30 if sys.platform == "linux" else 2
"""How long the system keeps what nobody reads. Windows refuses longer buffers."""

LEVELS_EVERY_S = 0.04
LOST_AFTER_S = 2.0
"""An input that gives nothing for so long is gone: its server may have died in silence."""

FIRST_SOUND_WITHIN_S = 8.0
"""Until the first samples come an input may take its time (Bluetooth, a card that wakes)."""

LET_GO_WITHIN_S = 3.0
"""So long the next input waits for the one before; letting go takes up to a second."""

_TAKE_EVERY_MS = 20
_LOOK_EVERY_S = 0.5
_PRESENT_EVERY_S = 2.0


class InputTold(QObject):
    """Tells of an input from its thread; lives as long as that runs, whoever still listens.

    Each begins with the number the reader was given: what was told before an input
    was closed may be heard after another was opened.
    """

    opened = Signal(int, bool)
    level = Signal(int, object)
    time = Signal(int, int)
    lost = Signal(int)


class InputReader(QObject):
    """One input; all of it lives in the thread of its own, reached by queued signals."""

    def __init__(
        self,
        device: QAudioDevice,
        sound: SoundFormat,
        kind: SampleKind,
        *,
        number: int,
        after: threading.Event | None = None,
    ) -> None:
        """``after``: when the input that was heard before has been let go."""
        super().__init__()
        self._device = device
        self._sound = sound
        self._kind: SampleKind = kind
        self.told = InputTold()
        """Made in the window's thread, and told by this one."""
        self.is_gone = threading.Event()
        self._number = number
        self._after = after
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.read_and_look)
        self._frame_bytes = kind.sample_bytes * sound.channels
        self._tap: _QtTap | PulseTap | None = None
        self._rest = b""
        self._unmeasured = bytearray()
        self._disk: DiskWriter | None = None
        self._is_paused = False
        self.frames = 0
        """Captured for the recording that runs; read by the window's thread too."""
        self._looked_at = self._present_at = self._told_at = 0.0
        self._deaf_looks = 0
        """How often it was looked after the input since anything came from it."""
        self._has_sounded = False
        self._takes_two: bool | None = None
        """Whether the system lets the input be opened a second time; None: not tried yet."""
        self._refusals = 0

    @Slot()
    def open(self) -> None:
        """Begin to listen."""
        if self._after is not None:
            # Some systems give an input to one listener at a time.
            self._after.wait(LET_GO_WITHIN_S)
        pulse = PulseTap(id_of(self._device), self._sound, self._kind)
        self._tap = pulse if pulse.start() else self._qt_tap()
        self._looked_at = self._present_at = time.monotonic()
        if self._tap is not None:
            self._timer.start(_TAKE_EVERY_MS)
        self.told.opened.emit(self._number, self._tap is not None)

    def _qt_tap(self) -> _QtTap | None:
        tap = _QtTap(self._new_source())
        return tap if tap.start() else None

    def _new_source(self) -> QAudioSource:
        from PySide6.QtMultimedia import QAudioSource

        source = QAudioSource(self._device, audio_format(self._sound, self._kind), self)
        second = self._sound.sample_rate_hz * self._frame_bytes
        source.setBufferSize(second * KEPT_BY_SYSTEM_S)
        return source

    @Slot()
    def read(self) -> None:
        """Take what has come."""
        if self._tap is None:
            return
        came = self._rest + self._tap.take()
        whole = len(came) - len(came) % self._frame_bytes
        samples, self._rest = came[:whole], came[whole:]
        if not samples:
            return
        self._deaf_looks = 0
        self._has_sounded = True
        if self._disk is not None and not self._is_paused:
            self._disk.put(samples)
            self.frames += len(samples) // self._frame_bytes
        self._measure(samples)

    def _measure(self, samples: bytes) -> None:
        self._unmeasured += samples
        if len(self._unmeasured) < LEVELS_EVERY_S * self._sound.sample_rate_hz * self._frame_bytes:
            return
        heard = levels(bytes(self._unmeasured), self._kind, self._sound.channels)
        self.told.level.emit(self._number, heard)
        self._unmeasured.clear()
        now = time.monotonic()
        if self._disk is not None and now - self._told_at >= 0.1:
            self._told_at = now
            self.told.time.emit(self._number, self._sound.duration_ms(self.frames))

    @Slot(object)
    def record(self, disk: DiskWriter) -> None:
        """Let what comes from now on be written."""
        self.read()
        self._disk, self._is_paused, self.frames = disk, False, 0

    @Slot()
    def pause(self) -> None:
        """Let what comes from now on go by."""
        self.read()
        self._is_paused = True

    @Slot()
    def resume(self) -> None:
        """Let what comes from now on be written again."""
        self.read()
        self._is_paused = False

    @Slot()
    def stop(self) -> None:
        """End the recording, if one runs."""
        self.read()
        disk, self._disk = self._disk, None
        if disk is not None:
            self.told.time.emit(self._number, self._sound.duration_ms(self.frames))
            disk.end()

    @Slot()
    def close(self) -> None:
        """Let the input go."""
        self.stop()
        self._timer.stop()
        tap, self._tap = self._tap, None
        if tap is not None:
            tap.stop()
        self.is_gone.set()
        self.thread().quit()

    @Slot()
    def read_and_look(self) -> None:
        """Take what has come, and see now and then whether the input is still there."""
        self.read()
        now = time.monotonic()
        if self._tap is None or now - self._looked_at < _LOOK_EVERY_S:
            return
        self._looked_at = now
        # Looks are counted, not seconds: after a stretch in which no thread ran, the one
        # that takes the sound from the system may come to its turn later than this one.
        self._deaf_looks += 1
        patience_s = LOST_AFTER_S if self._has_sounded else FIRST_SOUND_WITHIN_S
        is_deaf = self._deaf_looks * _LOOK_EVERY_S > patience_s
        if self._tap.is_over or is_deaf or not self._is_present(now):
            self.told.lost.emit(self._number)
            self.close()

    def _is_present(self, now: float) -> bool:
        """Tell whether the system still has this input, not just any.

        PulseAudio moves the sound of a microphone that was pulled over to another one,
        and Qt (6.11) neither says so nor takes it off its list; but it refuses to open
        the one that is gone. Can go when Qt tells of it. A system that never lets an
        input be opened twice is not asked again; one refusal alone may be chance.
        """
        is_asked = sys.platform == "linux" and self._takes_two is not False and self._has_sounded
        is_due = self._takes_two is None or now - self._present_at >= _PRESENT_EVERY_S
        if not (is_asked and is_due):
            return True
        second = self._new_source()
        is_there = second.start() is not None
        second.stop()
        second.deleteLater()
        if self._takes_two is None:
            self._takes_two = is_there
            return True
        self._refusals = 0 if is_there else self._refusals + 1
        if is_there:
            self._present_at = now
        return self._refusals < 2


class _QtTap:
    """An input by way of Qt; lives in the reader's thread."""

    def __init__(self, source: QAudioSource) -> None:
        self._source = source
        self._io: QIODevice | None = None

    def start(self) -> bool:
        """Open the input; False where it cannot be had."""
        self._io = self._source.start()
        return self._io is not None

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come."""
        return self._source.state() == type(self._source.state()).StoppedState

    def take(self) -> bytes:
        """Return what has come since it was last asked."""
        return b"" if self._io is None else bytes(self._io.readAll().data())

    def stop(self) -> None:
        """Let the input go."""
        self._io = None
        self._source.stop()
        self._source.deleteLater()


def id_of(device: QAudioDevice) -> str:
    """Return by what the system knows an input."""
    return bytes(device.id().data()).decode("utf-8", "backslashreplace")


def audio_format(sound: SoundFormat, kind: SampleKind) -> QAudioFormat:
    """Return what Qt is asked for."""
    from PySide6.QtMultimedia import QAudioFormat

    wanted = QAudioFormat()
    wanted.setSampleRate(sound.sample_rate_hz)
    wanted.setChannelCount(sound.channels)
    kinds = QAudioFormat.SampleFormat
    of_qt = {
        SampleKind.INT16: kinds.Int16,
        SampleKind.INT32: kinds.Int32,
        SampleKind.FLOAT: kinds.Float,
    }
    wanted.setSampleFormat(of_qt[kind])
    return wanted
