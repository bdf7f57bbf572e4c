"""One object that every page gets: the open archive, who looks at it, and how to ask and write."""

from __future__ import annotations

import functools
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

from archive_app.domain.progress import Progress
from archive_app.domain.records import Audience, Operation, Outcome
from archive_app.errors import ArchiveError, Cancelled
from archive_app.gui.actions import Actions
from archive_app.gui.tasks import TaskHandle, Tasks
from archive_app.settings import Settings
from archive_app.translation import tr

if TYPE_CHECKING:
    from archive_app.store.archive import Archive
    from archive_app.work.library import Listing

INDEX_AFTER_MS = 1_200
"""How long the archive rests before the search index catches up: longer than typing pauses,
for indexing an interview of three hours takes a fifth of a second."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in an interview to go to: a turn with a stretch of its text, or a time."""

    transcript_id: int
    turn_id: int | None = None
    start: int = 0
    end: int = 0
    ms: int | None = None


@dataclass(frozen=True, slots=True)
class UndoState:
    """What undo and redo would do now; None: nothing."""

    undo: Operation | None
    redo: Operation | None


Done = Callable[[Any], object]
Failed = Callable[[ArchiveError], object]


class Session(QObject):
    """An open archive as the window's pages see it."""

    changed = Signal(object)
    """tuple[Change, ...] after each operation that was stored, undo and redo too."""
    audience_changed = Signal()
    interview_requested = Signal(int, object)
    """Interview id, Place or None: the shell opens the interview's page there."""
    search_requested = Signal(str)
    dossier_requested = Signal(object)
    """A ``work.dossiers.Selection``."""
    error = Signal(object)
    """ArchiveError, shown by the shell."""
    index_changed = Signal()
    """The search index fell behind, or caught up."""
    said = Signal(str)
    """A sentence for the line at the window's foot ("Tag passage was undone")."""

    def __init__(
        self,
        archive: Archive,
        tasks: Tasks,
        settings: Settings,
        *,
        actions: Actions | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.archive = archive
        self.tasks = tasks
        self.settings = settings
        self.actions = actions if actions is not None else Actions(settings, self)
        self._audience = Audience.STAFF
        self._zone = _zone_of(archive)
        self._index_is_behind = False
        self._writes = 0
        self._listing: Listing | None = None
        self._listing_waits: list[tuple[weakref.ref[QObject], Done]] = []
        self._index_timer = QTimer(self)
        self._index_timer.setSingleShot(True)
        self._index_timer.setInterval(INDEX_AFTER_MS)
        self._index_timer.timeout.connect(self.catch_up)
        self.tasks.unheard.connect(self.error)

    # Who looks -------------------------------------------------------------

    @property
    def audience(self) -> Audience:
        """Through whose eyes the archive is shown."""
        return self._audience

    @audience.setter
    def audience(self, audience: Audience) -> None:
        if audience is not self._audience:
            self._audience = audience
            self._listing = None
            self._listing_waits.clear()
            self.audience_changed.emit()

    @property
    def can_edit(self) -> bool:
        """Whether anything may be changed: only staff may."""
        return self._audience is Audience.STAFF

    @property
    def why_not(self) -> str:
        """Why editing is off, for the tooltips of what cannot be chosen; empty for staff."""
        if self.can_edit:
            return ""
        return tr("Editing is off while you look at the archive as another audience.")

    def today(self) -> date:
        """Return the day it is where the archive is kept (law 16)."""
        return datetime.now(self._zone).date()

    # Writing ---------------------------------------------------------------

    @property
    def is_writing(self) -> bool:
        """Whether something is being stored right now."""
        return self._writes > 0

    @property
    def index_is_behind(self) -> bool:
        """Whether the search index does not yet know of the last change."""
        return self._index_is_behind

    def write(
        self,
        function: Callable[..., Outcome[Any]],
        *args: object,
        done: Done | None = None,
        failed: Failed | None = None,
        label: str = "",
        **kwargs: object,
    ) -> TaskHandle:
        """Run ``function(archive, *args, **kwargs)`` of ``work`` on the writer.

        In the GUI thread afterwards ``changed`` is emitted, ``done(outcome)`` is
        called and the search index catches up; or ``failed(error)``, without
        which the shell shows the error. A ``label`` puts it in the progress strip.
        """
        self._writes += 1
        work = functools.partial(function, self.archive, *args, **kwargs)

        def is_stored(outcome: Outcome[Any]) -> None:
            self._writes -= 1
            self._tell(outcome)
            if done is not None:
                done(outcome)

        def is_not_stored(error: ArchiveError) -> None:
            self._writes -= 1
            self.index_changed.emit()
            if failed is not None:
                failed(error)
            else:
                self.error.emit(error)

        def was_stopped() -> None:
            self._writes -= 1
            self.index_changed.emit()
            if failed is not None:
                failed(Cancelled(tr("Stopped. Nothing was changed.")))

        return self.tasks.run(
            work,
            done=is_stored,
            failed=is_not_stored,
            cancelled=was_stopped,
            owner=self,
            on="writer",
            label=label,
        )

    def _tell(self, outcome: Outcome[Any]) -> None:
        if outcome.changes:
            self._index_is_behind = True
            self._index_timer.start()
        self.index_changed.emit()
        if outcome.changes:
            self._listing = None
            self._forget_waveforms(outcome)
            self.changed.emit(outcome.changes)

    def _forget_waveforms(self, outcome: Outcome[Any]) -> None:
        """The shape of a voice does not outlive its recording."""
        if any(one.table == "recording" and one.kind == "delete" for one in outcome.changes):
            self.read(_forget_deleted, outcome.operation_id, failed=lambda _: None, owner=self)

    def undo(self, interview_id: int | None = None) -> None:
        """Take back the last operation, of one interview or of all."""
        from archive_app.work import history

        self.write(history.undo, interview_id=interview_id, done=self._say_undone)

    def redo(self, interview_id: int | None = None) -> None:
        """Do again what was last undone."""
        from archive_app.work import history

        self.write(history.redo, interview_id=interview_id, done=self._say_redone)

    def _say_undone(self, outcome: Outcome[Operation]) -> None:
        self.said.emit(tr("Undone: {what}", what=tr(outcome.value.label)))

    def _say_redone(self, outcome: Outcome[Operation]) -> None:
        self.said.emit(tr("Done again: {what}", what=tr(outcome.value.label)))

    # Reading ---------------------------------------------------------------

    def read(
        self,
        function: Callable[..., Any],
        *args: object,
        done: Done | None = None,
        failed: Failed | None = None,
        owner: QObject | None = None,
        label: str = "",
        **kwargs: object,
    ) -> TaskHandle:
        """Run ``function(archive, *args, **kwargs)`` on background; ``done(value)`` in the GUI."""
        work = functools.partial(function, self.archive, *args, **kwargs)
        return self.tasks.run(work, done=done, failed=failed, owner=owner, label=label)

    def query(
        self,
        function: Callable[..., Any],
        *args: object,
        done: Done | None = None,
        failed: Failed | None = None,
        owner: QObject | None = None,
        **kwargs: object,
    ) -> TaskHandle:
        """The same for ``function(reader, *args, **kwargs)``: several questions, one snapshot."""
        return self.read(
            _with_reader, function, args, kwargs, done=done, failed=failed, owner=owner
        )

    def listing(self, done: Done, *, owner: QObject) -> None:
        """Hand over the ``work.library.Listing`` of the present audience, asked for once."""
        if self._listing is not None:
            done(self._listing)
            return
        self._listing_waits.append((weakref.ref(owner), done))
        if len(self._listing_waits) == 1:
            self._ask_listing()

    def _ask_listing(self) -> None:
        from archive_app.work import library

        self.read(
            library.listing_for,
            self._audience,
            self.today(),
            done=self._listing_came,
            failed=self._listing_failed,
            owner=self,
            label=tr("Looking as another audience"),
        )

    def _listing_came(self, listing: Listing) -> None:
        if listing.audience is not self._audience:
            if self._listing_waits and not self.can_edit:
                self._ask_listing()
            return
        self._listing = listing
        waits, self._listing_waits = self._listing_waits, []
        for owner, done in waits:
            known = owner()
            if known is not None and shiboken6.isValid(known):
                done(listing)

    def _listing_failed(self, error: ArchiveError) -> None:
        self._listing_waits.clear()
        self.error.emit(error)

    # The index -------------------------------------------------------------

    def catch_up_soon(self) -> None:
        """Let the search index learn what changed once the window has shown what it opens."""
        self._index_is_behind = True
        self._index_timer.start()

    def catch_up(self) -> TaskHandle:
        """Let the search index learn what changed; it also runs by itself after each write."""
        self._index_timer.stop()
        return self.tasks.run(
            functools.partial(_catch_up, self.archive),
            done=self._index_caught_up,
            failed=self._index_failed,
            owner=self,
            on="index",
        )

    def _index_caught_up(self, _: object) -> None:
        self._index_is_behind = self._index_timer.isActive()
        self.index_changed.emit()

    def _index_failed(self, error: ArchiveError) -> None:
        self.index_changed.emit()
        self.error.emit(error)

    def close(self) -> None:
        """Wait until everything is written, let the index catch up, and close the archive."""
        self._index_timer.stop()
        self.tasks.close()
        self.archive.close()


def _with_reader(
    archive: Archive,
    function: Callable[..., Any],
    args: tuple[object, ...],
    kwargs: dict[str, object],
) -> Any:
    with archive.read() as reader:
        return function(reader, *args, **kwargs)


def _forget_deleted(archive: Archive, operation_id: int) -> None:
    from archive_app.work import waveforms

    waveforms.forget_deleted(archive, operation_id)


def _catch_up(archive: Archive, *, progress: Progress) -> None:
    from archive_app.work import searching

    searching.catch_up(archive, progress=progress)


def _zone_of(archive: Archive) -> ZoneInfo:
    with archive.read() as reader:
        name = reader.setting("time_zone") or "UTC"
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
