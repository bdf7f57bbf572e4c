"""What waits until keys that are held back are typed: they belong to the text that is left."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from archive_app.gui.held_keys import HeldKeys


class AfterKeys(QObject):
    """Puts off what shows another text while keys for this one are held back."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._columns: list[HeldKeys] = []
        self._do: Callable[[], object] | None = None

    def watch(self, keys: HeldKeys) -> None:
        """Wait for the keys of one more column of text."""
        self._columns.append(keys)
        keys.released.connect(self._released)

    @property
    def is_held(self) -> bool:
        """Whether keys were pressed that no text has taken yet."""
        return any(keys.has_held for keys in self._columns)

    def put_off(self, do: Callable[[], object]) -> bool:
        """Do something once held keys are typed; False: none are held, it can be done now.

        What was put off before is not done any more.
        """
        self._do = do if self.is_held else None
        return self.is_held

    def _released(self) -> None:
        if self.is_held:
            return
        do, self._do = self._do, None
        if do is not None:
            # Not amidst the typing: whoever holds the keys back finishes first.
            QTimer.singleShot(0, self, do)
