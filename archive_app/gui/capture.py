"""The system's sound inputs, and sound captured from one of them.

Neither capturing nor writing waits for the window: samples are read on a thread of
their own and written on another, with a queue between them. QtMultimedia is imported
when inputs are first asked for.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from archive_app.media.broadcast_wave import SoundFormat
from archive_app.work.recording import LiveRecording


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
    """16, and 24 where it hands over more than 16."""


def inputs() -> list[InputDevice]:
    """Return the inputs there are now, the system's default first.

    Devices appear only once the event loop has turned: ask again when
    ``InputWatch.changed`` says so.

    Raises:
        MissingLibrary: the system's sound library is absent; says what to install.
    """
    raise NotImplementedError


class InputWatch(QObject):
    """Says when an input was plugged in or pulled."""

    changed = Signal()


class Capture(QObject):
    """One input, listened to and, on request, recorded from. Lives in the window's thread."""

    level = Signal(object)
    """``Levels`` of the last 40 ms or so, also while only listening or paused."""
    clipped = Signal()
    """A channel stood at full scale; at most ten times a second."""
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

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        raise NotImplementedError

    @property
    def state(self) -> str:
        """As ``state_changed`` said last."""
        raise NotImplementedError

    @property
    def position_ms(self) -> int:
        """How much was captured for the running recording, to the moment; for marks."""
        raise NotImplementedError

    def open(self, device: InputDevice, sound: SoundFormat) -> None:
        """Listen to an input: levels come, nothing is written. Another input is let go first.

        Raises:
            Environment: the input cannot be opened.
        """
        raise NotImplementedError

    def record(self, live: LiveRecording) -> None:
        """Write from now on into a recording (``work.recording.begin``), of the same format."""
        raise NotImplementedError

    def pause(self) -> None:
        """Go on listening and write nothing; time stands still."""
        raise NotImplementedError

    def resume(self) -> None:
        """Write again; it continues where it paused."""
        raise NotImplementedError

    def mark(self, title: str = "") -> int:
        """Mark this moment; return its time in ms. It is on the disk shortly after."""
        raise NotImplementedError

    def note(self, text: str) -> int:
        """Add a remark at this moment; return its time in ms."""
        raise NotImplementedError

    def stop(self) -> None:
        """End the recording: all that was captured is on the disk and the file is closed.

        Goes on listening. ``stopped`` follows when the file is closed; then
        ``work.recording.finish`` may take it in.
        """
        raise NotImplementedError

    stopped = Signal(object)
    """The ``LiveRecording`` whose file is closed now, after ``stop``, a failure or a loss."""

    def close(self) -> None:
        """Let the input go; ends a recording first and waits for its file. Twice does no harm."""
        raise NotImplementedError
