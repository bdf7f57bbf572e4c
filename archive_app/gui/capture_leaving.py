"""Inputs that are being let go: nobody waits for them, and nobody takes them apart too early."""

from __future__ import annotations

import atexit
import threading

from PySide6.QtCore import QObject, QThread

from archive_app.gui.capture_input import InputReader


class Leaving(QObject):
    """Holds the threads of inputs, and what lives in them, until they have ended.

    An input that is still being opened cannot be let go before it is open, up to a
    second later. Its reader may be destroyed only once its thread has ended, and by
    the window's thread. Lives there.
    """

    def __init__(self) -> None:
        super().__init__()
        self._held: list[tuple[QThread, InputReader]] = []
        atexit.register(self.wait)

    def take(self, thread: QThread, reader: InputReader) -> None:
        """Hold a reader that was told to close, until its thread has ended."""
        self._held.append((thread, reader))
        thread.finished.connect(self._tidy)
        self._tidy()

    @property
    def is_empty(self) -> bool:
        """Whether every input was let go."""
        return not self._held

    @property
    def last(self) -> threading.Event | None:
        """What is set when the input that was closed last is let go; None: it is."""
        return self._held[-1][1].is_gone if self._held else None

    def wait(self) -> None:
        """Wait for them all: at the program's end no thread may run on."""
        for thread, _ in self._held:
            thread.wait()

    def _tidy(self) -> None:
        ended = [one for one in self._held if one[0].isFinished()]
        for one in ended:
            # It tells that it has finished a moment before it has.
            one[0].wait()
            self._held.remove(one)


_leaving: Leaving | None = None


def leaving() -> Leaving:
    """Return the one of this program; first asked for by the window's thread."""
    global _leaving  # noqa: PLW0603 - threads belong to the process, whichever window began them
    if _leaving is None:
        _leaving = Leaving()
    return _leaving
