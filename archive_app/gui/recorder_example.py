"""An input that is not there, for pictures and for trying the recorder without a microphone.

It hears what it is told to; what it "records" is silence of the right length, in real files.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from archive_app.errors import ArchiveError
from archive_app.gui.capture import InputDevice
from archive_app.gui.recorder_source import SoundSource
from archive_app.media.broadcast_wave import SoundFormat
from archive_app.media.recording_levels import Levels
from archive_app.work.recording import LiveRecording

MICROPHONE = InputDevice("mic", "USB microphone", True, (44_100, 48_000, 96_000), (1, 2), (16, 24))
BUILT_IN = InputDevice("built-in", "Built-in microphone", False, (48_000,), (1,), (16,))


class ExampleWatch(QObject):
    """Says that inputs changed when it is told to."""

    changed = Signal()


class ExampleCapture(QObject):
    """Has a capture's signals and methods; see ``gui.capture.Capture``."""

    level = Signal(object)
    clipped = Signal()
    time_changed = Signal(int)
    disk_left = Signal(object)
    state_changed = Signal(str)
    failed = Signal(object)
    device_lost = Signal(str)
    stopped = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state = "closed"
        self.position_ms = 0
        self.device: InputDevice | None = None
        self.sound: SoundFormat | None = None
        self.live: LiveRecording | None = None
        self.is_slow = False
        """Whether an input that is opened hears nothing until it is told to."""

    def _enter(self, state: str) -> None:
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)

    def open(self, device: InputDevice, sound: SoundFormat) -> None:
        """Listen; another input is let go first."""
        self.close()
        self.device, self.sound = device, sound
        self._enter("listening")
        if not self.is_slow:
            self.hear(*[0.0] * sound.channels)

    def record(self, live: LiveRecording) -> None:
        """Record into a recording, as far as ``take`` says."""
        self.live, self.position_ms = live, 0
        self._enter("recording")

    def hear(self, *peaks: float) -> None:
        """Show a moment of so loud a sound, a number for each channel."""
        clipped = tuple(peak >= 1 for peak in peaks)
        self.level.emit(Levels(peaks, tuple(peak / 3 for peak in peaks), clipped))
        if any(clipped):
            self.clipped.emit()

    def take(self, ms: int) -> None:
        """Let time go by."""
        if self.live is not None and self.state == "recording":
            sound = self.live.sound
            self.live.write(bytes(sound.sample_rate_hz * ms // 1000 * sound.frame_bytes))
            self.seem(self.position_ms + ms)

    def seem(self, ms: int) -> None:
        """Stand at a time without any sound up to it."""
        self.position_ms = ms
        self.time_changed.emit(ms)

    def pause(self) -> None:
        """Write nothing more."""
        self._enter("paused")

    def resume(self) -> None:
        """Write again."""
        self._enter("recording")

    def mark(self, title: str = "") -> int:
        """Mark this moment."""
        if self.live is not None:
            self.live.add_mark(self.position_ms, title)
        return self.position_ms

    def stop(self) -> None:
        """End the recording."""
        if self.live is not None:
            self._enter("listening")
            self._end()

    def close(self) -> None:
        """Let the input go."""
        if self.state != "closed":
            self._enter("closed")
            self._end()

    def lose(self, message: str) -> None:
        """Be unplugged."""
        self._enter("closed")
        self.device_lost.emit(message)
        self._end()

    def fail(self, error: ArchiveError) -> None:
        """Find the disk full."""
        self._enter("listening")
        self.failed.emit(error)
        self._end()

    def _end(self) -> None:
        live, self.live = self.live, None
        if live is not None:
            live.close()
            self.stopped.emit(live)


def example_sound(inputs: Sequence[InputDevice] = (MICROPHONE, BUILT_IN)) -> SoundSource:
    """Return a source of two inputs that are not there."""
    return SoundSource(lambda: inputs, ExampleWatch, ExampleCapture)
