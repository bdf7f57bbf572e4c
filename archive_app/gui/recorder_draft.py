"""A note that is being typed while it records is on the disk before it is finished."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from archive_app.gui.session import Session
    from archive_app.work.recording import LiveRecording

EVERY_MS = 1_000
"""After a kill at most so much of what was typed is missing."""


class NoteDraft(QObject):
    """Keeps what stands in the note's field with the recording, at most once a second."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._live: LiveRecording | None = None
        self._words = (0, "")
        self._is_on_its_way = False
        self._due = QTimer(self)
        self._due.setSingleShot(True)
        self._due.setInterval(EVERY_MS)
        self._due.timeout.connect(self._keep)

    def begin(self, live: LiveRecording | None) -> None:
        """Keep drafts with a recording from now on; None: with none."""
        self._live = live
        self._due.stop()

    def take(self, text: str, at_ms: int) -> None:
        """The note reads so now, and was begun then; without text there is none any more."""
        self._words = (at_ms, text)
        if self._live is not None and not self._due.isActive():
            self._due.start()

    def _keep(self) -> None:
        live = self._live
        if live is None:
            return
        if self._is_on_its_way:
            self._due.start()
            return
        self._is_on_its_way = True
        # A disk that refuses is told of with the sound; the note stands in its field.
        self._session.tasks.run(
            live.keep_draft, *self._words, done=lambda _: self._is_kept(),
            failed=lambda _: self._is_kept(), cancelled=self._is_kept, owner=self,
        )  # fmt: skip

    def _is_kept(self) -> None:
        self._is_on_its_way = False
