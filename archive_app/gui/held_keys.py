"""Keys pressed while the page is not ready for them, typed when it is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

HOLD_AT_MOST_MS = 5_000


class HeldKeys(QObject):
    """Holds back keys while turns are being parted or joined, and types them afterwards.

    The view still shows the turns as they were, so a key typed in between would
    land in the wrong place, or be refused.
    """

    released = Signal()
    """What was held back is typed."""

    def __init__(self, target: QWidget) -> None:
        super().__init__(target)
        self._target = target
        self._held: list[QEvent] = []
        self._is_holding = False
        self._last_resort = QTimer(self)
        self._last_resort.setSingleShot(True)
        self._last_resort.setInterval(HOLD_AT_MOST_MS)
        self._last_resort.timeout.connect(self.release)

    @property
    def is_holding(self) -> bool:
        """Whether keys are being held back."""
        return self._is_holding

    @property
    def has_held(self) -> bool:
        """Whether there are keys to be typed later."""
        return bool(self._held)

    def hold(self) -> None:
        """Hold keys back until ``release``."""
        if not self._is_holding:
            self._is_holding = True
            self._target.installEventFilter(self)
        self._last_resort.start()

    def release(self) -> None:
        """Type what was held back; a key that makes it hold again keeps the rest waiting."""
        if not self._is_holding:
            return
        self._is_holding = False
        self._last_resort.stop()
        self._target.removeEventFilter(self)
        while self._held and not self._is_holding:
            QApplication.sendEvent(self._target, self._held.pop(0))
        self.released.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep keys and composed text; everything else passes."""
        if watched is self._target and isinstance(event, QKeyEvent | QInputMethodEvent):
            if event.type() in (QEvent.Type.KeyPress, QEvent.Type.InputMethod):
                self._held.append(event.clone())
                return True
            if event.type() == QEvent.Type.ShortcutOverride:
                return False
        return super().eventFilter(watched, event)
