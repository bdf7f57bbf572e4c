"""The thread that puts what was captured on the disk, in the order it came."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from archive_app.errors import ArchiveError
from archive_app.gui.crash import as_archive_error
from archive_app.media.recording_levels import SampleKind, filed
from archive_app.work.recording import LiveRecording, time_left_ms

FLUSH_EVERY_S = 1.0
"""After a kill at most this much, and what is on its way, is missing."""

_POLL_S = 0.1


@dataclass(frozen=True, slots=True)
class _Sound:
    samples: bytes


@dataclass(frozen=True, slots=True)
class _Words:
    """A mark, or a remark."""

    write: Callable[[int, str], None]
    at_ms: int
    text: str


_Item = _Sound | _Words
_NOTHING = _Sound(b"")


@dataclass(frozen=True, slots=True)
class Ears:
    """Who hears of it; called in the disk's thread."""

    failed: Callable[[ArchiveError], None]
    disk_left: Callable[[int | None], None]
    stopped: Callable[[LiveRecording], None]


class DiskWriter:
    """Writes one recording; made when it begins, over when its file is closed."""

    def __init__(self, live: LiveRecording, kind: SampleKind, ears: Ears) -> None:
        self.live = live
        self._kind = kind
        self._ears = ears
        self._queue: queue.SimpleQueue[_Item | None] = queue.SimpleQueue()
        self._has_failed = False
        self._due = time.monotonic() + FLUSH_EVERY_S
        self._thread = threading.Thread(target=self._work, name="recording", daemon=False)
        self._thread.start()

    def put(self, samples: bytes) -> None:
        """Take whole frames as they came from the input; never waits."""
        self._queue.put(_Sound(samples))

    def put_mark(self, at_ms: int, title: str) -> None:
        """Take a mark; never waits."""
        self._queue.put(_Words(self.live.add_mark, at_ms, title))

    def put_note(self, at_ms: int, text: str) -> None:
        """Take a remark; never waits."""
        self._queue.put(_Words(self.live.add_note, at_ms, text))

    def end(self) -> None:
        """Let it write what it has and close the file; ``stopped`` is told then."""
        self._queue.put(None)

    def wait(self) -> None:
        """Wait until the file is closed."""
        self._thread.join()

    def _work(self) -> None:
        while (item := self._next()) is not None:
            self._attempt(lambda item=item: self._take(item))
        self._attempt(self.live.close)
        self._ears.stopped(self.live)

    def _next(self) -> _Item | None:
        try:
            return self._queue.get(timeout=_POLL_S)
        except queue.Empty:
            return _NOTHING

    def _take(self, item: _Item) -> None:
        """Do what came. After a failure sound goes by; marks are tried on: they need no room."""
        if isinstance(item, _Words):
            item.write(item.at_ms, item.text)
        elif item.samples and not self._has_failed:
            self.live.write(filed(item.samples, self._kind, self.live.sound.bits))
        if time.monotonic() >= self._due and not self._has_failed:
            self._due = time.monotonic() + FLUSH_EVERY_S
            self._ears.disk_left(time_left_ms(self.live.path.parent, self.live.sound))
            self.live.flush()

    def _attempt(self, step: Callable[[], None]) -> None:
        """Do a step and tell of the first that fails.

        Whatever it is: a thread that died in silence would record nothing and say nothing.
        """
        try:
            step()
        except Exception as error:  # noqa: BLE001 - told in the GUI thread, as by gui.tasks
            if not self._has_failed:
                self._has_failed = True
                self._ears.failed(as_archive_error(error))
