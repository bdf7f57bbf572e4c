"""The lines at the window's foot that say what runs, how far it is, how long still."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from archive_app.gui.tasks import TaskHandle, Tasks
from archive_app.gui.theme import GAP, STEP
from archive_app.translation import tr, trn

SHOWN_AT_ONCE = 4
GUESS_AFTER_S = 3.0
"""How long a task runs before it is guessed how long it takes still."""


class ProgressRow(QWidget):
    """One task: what it does, a bar, the time left, and Cancel."""

    def __init__(self, handle: TaskHandle, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.handle = handle
        layout = QHBoxLayout(self)
        layout.setContentsMargins(GAP, STEP // 2, GAP, STEP // 2)
        layout.setSpacing(GAP)
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.bar = QProgressBar()
        self.bar.setFixedWidth(45 * STEP)
        self.bar.setMaximumHeight(4 * STEP)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(handle.label)
        self.left = QLabel()
        self.stop = QPushButton(tr("Cancel"))
        self.stop.setAccessibleName(tr("Cancel: {task}", task=handle.label))
        self.stop.clicked.connect(self._cancel)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.left)
        layout.addWidget(self.bar)
        layout.addWidget(self.stop)
        self.refresh()

    def refresh(self) -> None:
        """Show how far the task is now."""
        latest = self.handle.latest
        words = self.handle.label
        if latest.what and latest.what != words:
            words = f"{words}: {latest.what}"
        self.words.setText(words)
        self.bar.setMaximum(latest.total)
        self.bar.setValue(min(latest.done, latest.total))
        self.left.setText(time_left(self.handle))

    def _cancel(self) -> None:
        self.handle.cancel()
        self.stop.setEnabled(False)
        self.stop.setToolTip(tr("It stops at its next step; nothing is left half done."))


class ProgressStrip(QWidget):
    """A line for each task that has a label; hidden while nothing runs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("progress_strip")
        self.setAccessibleName(tr("Running tasks"))
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, STEP, 0, STEP)
        self._layout.setSpacing(0)
        self._more = QLabel()
        self._more.setContentsMargins(GAP, 0, GAP, 0)
        self._layout.addWidget(self._more)
        self._more.hide()
        self._rows: dict[int, ProgressRow] = {}
        self._tasks: Tasks | None = None
        self.hide()

    @property
    def rows(self) -> tuple[ProgressRow, ...]:
        """The lines shown, the oldest first."""
        return tuple(self._rows.values())

    def watch(self, tasks: Tasks | None) -> None:
        """Show these tasks from now on, or none."""
        if self._tasks is not None:
            self._tasks.changed.disconnect(self.refresh)
        self._tasks = tasks
        if tasks is not None:
            tasks.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what runs now."""
        running = self._tasks.running if self._tasks is not None else ()
        shown = {handle.number: handle for handle in running[:SHOWN_AT_ONCE]}
        for number in [n for n in self._rows if n not in shown]:
            row = self._rows.pop(number)
            self._layout.removeWidget(row)
            row.deleteLater()
        for number, handle in shown.items():
            if number not in self._rows:
                self._rows[number] = ProgressRow(handle)
                self._layout.insertWidget(self._layout.count() - 1, self._rows[number])
            self._rows[number].refresh()
        more = len(running) - len(shown)
        self._more.setText(trn("and {count} more waiting", "and {count} more waiting", more))
        self._more.setVisible(more > 0)
        self.setVisible(bool(running))


def time_left(handle: TaskHandle) -> str:
    """Return "about 2 min left", or nothing while it cannot be told."""
    latest = handle.latest
    gone = time.monotonic() - handle.started_at
    if not latest.total or not latest.done or gone < GUESS_AFTER_S:
        return ""
    left = gone * (latest.total - latest.done) / latest.done
    if left < 90:
        return trn("about {count} s left", "about {count} s left", max(1, round(left)))
    return trn("about {count} min left", "about {count} min left", round(left / 60))
