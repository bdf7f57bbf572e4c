"""The system's sound inputs, and sound captured from one of them.

Neither capturing nor writing waits for the window: samples are read on a thread of
their own and written on another, with a queue between them. QtMultimedia is imported
when inputs are first asked for.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QMetaObject, QObject, Qt, QThread, Signal

from archive_app.errors import ArchiveError, Environment, MissingLibrary
from archive_app.gui.capture_disk import DiskWriter, Ears
from archive_app.gui.capture_input import InputReader, audio_format, id_of
from archive_app.gui.capture_leaving import leaving
from archive_app.media.broadcast_wave import SoundFormat
from archive_app.media.recording_levels import Levels, SampleKind
from archive_app.translation import tr
from archive_app.work.recording import LiveRecording

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QAudioDevice, QMediaDevices

log = logging.getLogger(__name__)

SAMPLE_RATES_HZ = (44_100, 48_000, 96_000)

State = Literal["closed", "listening", "recording", "paused"]


@dataclass(frozen=True, slots=True)
class InputDevice:
    """An input with what can be asked of it."""

    id: str
    name: str
    is_default: bool
    sample_rates_hz: tuple[int, ...]
    """Those of 44,100, 48,000 and 96,000 that it takes."""
    channels: tuple[int, ...]
    """1, 2 or both."""
    bits: tuple[int, ...]
    """16, and 24 where the system hands over more than 16."""
    own_rate_hz: int = 0
    """What the system runs it at; at any other rate the system converts."""


def inputs() -> list[InputDevice]:
    """Return the inputs there are now, the system's default first.

    Devices appear only once the event loop has turned: ask again when
    ``InputWatch.changed`` says so.

    Raises:
        MissingLibrary: the system's sound library is absent; says what to install.
    """
    found = [_described(one) for one in _media_devices().audioInputs()]
    return sorted(found, key=lambda one: not one.is_default)


def _media_devices() -> type[QMediaDevices]:
    try:
        from PySide6.QtMultimedia import QMediaDevices
    except ImportError as error:
        log.warning("QtMultimedia cannot be imported: %s", type(error).__name__)
        raise MissingLibrary(
            tr("Nothing can be recorded: the system's sound library is missing. Everything else "
               "works. On Debian or Ubuntu install it with: sudo apt install libpulse0")
        ) from error  # fmt: skip
    return QMediaDevices


def _described(device: QAudioDevice) -> InputDevice:
    rates = range(device.minimumSampleRate(), device.maximumSampleRate() + 1)
    channels = range(device.minimumChannelCount(), device.maximumChannelCount() + 1)
    return InputDevice(
        id=id_of(device),
        name=device.description(),
        is_default=device.isDefault(),
        sample_rates_hz=tuple(rate for rate in SAMPLE_RATES_HZ if rate in rates),
        channels=tuple(count for count in (1, 2) if count in channels),
        bits=(16,) if _kind_for(device, 24) is None else (16, 24),
        own_rate_hz=device.preferredFormat().sampleRate(),
    )


def _kind_for(device: QAudioDevice, bits: int) -> SampleKind | None:
    """Return as what to ask for samples of so many bits; None where they would be made up.

    A sound server takes every request and fills up with zeros: only what it runs the
    input at itself tells how much is really there.
    """
    from PySide6.QtMultimedia import QAudioFormat

    kinds = QAudioFormat.SampleFormat
    if bits == 16:
        return SampleKind.INT16
    own = device.preferredFormat().sampleFormat()
    return {kinds.Int32: SampleKind.INT32, kinds.Float: SampleKind.FLOAT}.get(own)


class InputWatch(QObject):
    """Says when an input was plugged in or pulled."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin to watch. Raises MissingLibrary as ``inputs``."""
        super().__init__(parent)
        self._devices = _media_devices()(self)
        self._devices.audioInputsChanged.connect(self.changed)


class Capture(QObject):
    """One input, listened to and, on request, recorded from. Lives in the window's thread."""

    level = Signal(object)
    """``Levels`` of the last 40 ms or so, also while only listening or paused."""
    clipped = Signal()
    """A channel stood at full scale."""
    time_changed = Signal(int)
    """Milliseconds recorded, ten times a second while recording."""
    disk_left = Signal(object)
    """Milliseconds that the disk still takes (int), or None; every second while recording."""
    state_changed = Signal(str)
    """"closed", "listening", "recording" or "paused"."""
    failed = Signal(object)
    """``ArchiveError``: the disk is full or the like. Recording has stopped; all is kept."""
    device_lost = Signal(str)
    """The input went away: what to tell the person. Recording has stopped; all is kept."""
    stopped = Signal(object)
    """The ``LiveRecording`` whose file is closed now, after ``stop``, a failure or a loss."""

    _record = Signal(object)
    _pause = Signal()
    _resume = Signal()
    _stop = Signal()
    _disk_failed = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state: State = "closed"
        self._thread: QThread | None = None
        self._reader: InputReader | None = None
        self._kind = SampleKind.INT16
        self._sound: SoundFormat | None = None
        self._disk: DiskWriter | None = None
        self._number = 0
        """Which opening this is: what a former one still says is nothing any more."""
        self._disk_failed.connect(self._take_failure)

    @property
    def state(self) -> State:
        """As ``state_changed`` said last."""
        return self._state

    @property
    def position_ms(self) -> int:
        """How much was captured for the running recording, to the moment; for marks."""
        if self._reader is None or self._sound is None or self._disk is None:
            return 0
        return self._sound.duration_ms(self._reader.frames)

    def open(self, device: InputDevice, sound: SoundFormat) -> None:
        """Listen to an input: levels come, nothing is written. Another input is let go first.

        That it cannot be opened is told by ``device_lost``, at once or a little later.

        Raises:
            Environment: there is no such input any more, or it has no such format.
        """
        self.close()
        found = next((d for d in _media_devices().audioInputs() if id_of(d) == device.id), None)
        kind = None if found is None else _kind_for(found, sound.bits)
        if found is None or kind is None or not found.isFormatSupported(audio_format(sound, kind)):
            raise Environment(
                tr("“{name}” cannot be opened in this way: it is no longer connected, or it does "
                   "not have this sample rate and depth. Choose another input or another quality.",
                   name=device.name)
            )  # fmt: skip
        self._sound, self._kind = sound, kind
        thread = QThread()
        self._number += 1
        reader = InputReader(found, sound, kind, number=self._number, after=leaving().last)
        reader.told.opened.connect(self._take_opened)
        reader.told.level.connect(self._take_level)
        reader.told.time.connect(self._take_time)
        reader.told.lost.connect(self._take_lost)
        reader.moveToThread(thread)
        self._record.connect(reader.record)
        self._pause.connect(reader.pause)
        self._resume.connect(reader.resume)
        self._stop.connect(reader.stop)
        thread.started.connect(reader.open)
        self._thread, self._reader = thread, reader
        thread.setObjectName("input")
        thread.start(QThread.Priority.TimeCriticalPriority)
        self._set_state("listening")

    def record(self, live: LiveRecording) -> None:
        """Write from now on into a recording (``work.recording.begin``), of the same format."""
        if self._state != "listening" or live.sound != self._sound:
            raise Environment(
                tr("The input is not open in the recording's format. Nothing is recorded.")
            )
        if self._reader is not None:
            self._reader.frames = 0
        self._disk = DiskWriter(live, self._kind, Ears(
            failed=lambda error: self._disk_failed.emit(live, error),
            disk_left=self.disk_left.emit,
            stopped=self.stopped.emit,
        ))  # fmt: skip
        self._record.emit(self._disk)
        self._set_state("recording")

    def pause(self) -> None:
        """Go on listening and write nothing; time stands still."""
        if self._state == "recording":
            self._pause.emit()
            self._set_state("paused")

    def resume(self) -> None:
        """Write again; it continues where it paused."""
        if self._state == "paused":
            self._resume.emit()
            self._set_state("recording")

    def mark(self, title: str = "") -> int:
        """Mark this moment; return its time in ms. It is on the disk shortly after."""
        at_ms = self.position_ms
        if self._disk is not None:
            self._disk.put_mark(at_ms, title)
        return at_ms

    def note(self, text: str) -> int:
        """Add a remark at this moment; return its time in ms."""
        at_ms = self.position_ms
        if self._disk is not None:
            self._disk.put_note(at_ms, text)
        return at_ms

    def stop(self) -> None:
        """End the recording: all that was captured comes on the disk and the file is closed.

        Goes on listening. ``stopped`` follows when the file is closed; then
        ``work.recording.finish`` may take it in.
        """
        if self._state in ("recording", "paused"):
            self._disk = None
            self._stop.emit()
            self._set_state("listening")

    def close(self) -> None:
        """Let the input go; ends a recording first and waits for its file. Twice does no harm.

        Where nothing is recorded nobody waits: an input that is still being opened
        takes up to a second, and is let go then.
        """
        thread, reader, disk = self._thread, self._reader, self._disk
        self._thread = self._reader = self._disk = None
        if thread is None or reader is None:
            return
        # Not by a signal of this object's: it may be gone before it is heard.
        QMetaObject.invokeMethod(reader, "close", Qt.ConnectionType.QueuedConnection)
        if disk is not None:
            thread.wait()
            disk.wait()
        leaving().take(thread, reader)
        self._set_state("closed")

    def _set_state(self, state: State) -> None:
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)

    def _take_level(self, number: int, level: Levels) -> None:
        if number != self._number or self._state == "closed":
            return
        self.level.emit(level)
        if any(level.clipped):
            self.clipped.emit()

    def _take_time(self, number: int, ms: int) -> None:
        if number == self._number:
            self.time_changed.emit(ms)

    def _take_opened(self, number: int, is_open: bool) -> None:
        if is_open or number != self._number or self._thread is None:
            return
        self.close()
        self.device_lost.emit(
            tr("The input could not be opened: another program may hold it, or it is no longer "
               "connected. Nothing was recorded. Choose another input, or try again.")
        )  # fmt: skip

    def _take_lost(self, number: int) -> None:
        if number != self._number or self._thread is None:
            return
        was_recording = self._disk is not None
        # Its thread has ended the recording by itself; ``stopped`` tells when the file is closed.
        self._disk = None
        self.close()
        self.device_lost.emit(
            tr("The input is gone: it was unplugged, or the system's sound server stopped. The "
               "recording was ended, and everything up to then is kept. Connect it again and "
               "go on in a new recording.")
            if was_recording
            else tr("The input is gone: it was unplugged, or the system's sound server stopped. "
                    "Connect it again, or choose another one.")
        )  # fmt: skip

    def _take_failure(self, live: LiveRecording, error: ArchiveError) -> None:
        if self._disk is not None and self._disk.live is live:
            self.stop()
        self.failed.emit(error)
