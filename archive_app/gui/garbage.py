"""Python's garbage is collected in the GUI thread only.

A cycle that holds a Qt object and is collected in a worker thread would destroy
the object there, which Qt forbids. So the collector is off and a timer collects.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

INTERVAL_MS = 5_000


class GuiGarbage(QObject):
    """Collects garbage from a timer while it lives; ``stop`` gives the collector back."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self.collect_due)
        self._timer.start()

    def collect_due(self) -> None:
        """Collect each generation that has grown past its threshold, the youngest first."""
        counts = gc.get_count()
        for generation in (2, 1, 0):
            if counts[generation] > self._thresholds[generation]:
                gc.collect(generation)
                return

    def keep_what_is_there(self) -> None:
        """Look no more through what is alive now: modules and classes, which stay to the end.

        A full collection goes through every object and keeps the window from
        answering meanwhile; most of the objects are the libraries' own. Only once: what
        is kept so is not collected when its time is over.
        """
        if not gc.get_freeze_count():
            gc.freeze()

    def stop(self) -> None:
        """Stop the timer and let Python collect wherever it likes again."""
        self._timer.stop()
        gc.enable()
