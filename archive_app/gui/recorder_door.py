"""The way to the recorder: one window at a time, and what was cut off is offered again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from archive_app.domain.records import Outcome
from archive_app.domain.timecode import format_timecode
from archive_app.errors import ArchiveError
from archive_app.gui.session import Session
from archive_app.translation import tr

if TYPE_CHECKING:
    from archive_app.gui.recorder_source import SoundSource
    from archive_app.gui.recorder_window import RecorderWindow
    from archive_app.store.archive import Archive
    from archive_app.work.recording import Unfinished


class RecorderDoor(QObject):
    """One for each open archive: ``RecorderDoor.of(session)``."""

    unfinished_changed = Signal()
    """``unfinished`` lists others than before."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.session = session
        self.window: RecorderWindow | None = None
        self.source: SoundSource | None = None
        """Where the sound comes from; None: the system's inputs."""
        self.unfinished: tuple[Unfinished, ...] = ()
        """Recordings that were cut off and wait for a decision, the oldest first."""
        session.audience_changed.connect(self._audience_changed)

    @staticmethod
    def of(session: Session) -> RecorderDoor:
        """Return the one of a session, made when it is first asked for."""
        return session.findChild(RecorderDoor) or RecorderDoor(session)

    # The window -------------------------------------------------------------

    def open(self, interview_id: int, parent: QWidget | None) -> None:
        """Show the recorder of an interview; one that records stays, and comes to the front."""
        session = self.session
        if not session.can_edit:
            session.said.emit(session.why_not)
            return
        if self.window is not None:
            is_same = self.window.interview_id == interview_id and self.window.isVisible()
            if not is_same and self.window.may_close():
                self.window.close()
            else:
                self._bring_forward(is_same)
                return
        from archive_app.gui.recorder_source import system_sound
        from archive_app.gui.recorder_window import RecorderWindow

        window = RecorderWindow(session, interview_id, self.source or system_sound(), parent)
        self.window = window
        window.gone.connect(self._is_gone)
        window.show()

    def _bring_forward(self, is_same: bool) -> None:
        if self.window is None:
            return
        if not is_same:
            self.session.said.emit(tr("Another interview is being recorded: end that recording "
                                       "first."))  # fmt: skip
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()

    def _is_gone(self) -> None:
        window, self.window = self.window, None
        if window is not None:
            window.deleteLater()
        self.look()

    def may_close(self, then: Callable[[], object]) -> bool:
        """Return whether the archive may be closed; else ask, and do ``then`` when it may."""
        return self.window is None or self.window.may_close(then)

    def _audience_changed(self) -> None:
        """A recording that runs goes on: no look through other eyes may end it."""
        window = self.window
        if window is not None and not self.session.can_edit and not window.control.is_busy:
            window.close()
        self.unfinished_changed.emit()

    # What was cut off -------------------------------------------------------

    def look(self) -> None:
        """Look for recordings that were cut off; ``unfinished_changed`` follows."""
        self.session.read(_unfinished, done=self._found, owner=self)

    def _found(self, found: list[Unfinished]) -> None:
        self.unfinished = tuple(found)
        self.unfinished_changed.emit()

    def keep(self, one: Unfinished, *, interview_id: int | None = None) -> None:
        """Take what was cut off into its interview, or into another."""
        from archive_app.work import recording

        self._leave_out(one)
        length = format_timecode(one.duration_ms)

        def is_kept(_: Outcome[int]) -> None:
            self.session.said.emit(tr("Kept in the archive: {what}.", what=length))
            self.look()

        self.session.write(
            recording.recover, one.uuid, interview_id=interview_id, done=is_kept,
            failed=self._failed, label=tr("Keeping the recording"),
        )  # fmt: skip

    def discard(self, one: Unfinished) -> None:
        """Remove what was cut off for good."""
        from archive_app.work import recording

        self._leave_out(one)
        self.session.read(
            recording.discard, one.uuid, done=lambda _: self.look(), failed=self._failed, owner=self
        )

    def _leave_out(self, one: Unfinished) -> None:
        """Offer it no more while it is seen to."""
        self.unfinished = tuple(other for other in self.unfinished if other.uuid != one.uuid)
        self.unfinished_changed.emit()

    def _failed(self, error: ArchiveError) -> None:
        self.session.error.emit(error)
        self.look()


def _unfinished(archive: Archive) -> list[Unfinished]:
    # Imported in the worker: it brings much with it.
    from archive_app.work import recording

    return recording.unfinished(archive)
