"""Sets the pages of a dossier beside the window: the first at once, then the whole."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from archive_app.domain.records import Audience
from archive_app.errors import ArchiveError, Environment
from archive_app.gui.session import Session
from archive_app.gui.tasks import TaskHandle
from archive_app.store.lock import is_alive
from archive_app.translation import tr
from archive_app.work import previewing
from archive_app.work.previewing import PreviewReport

FIRST_PAGES = 12
PREFIX = "oral-history-pages-"
LEFT_BEHIND_S = 24 * 60 * 60
"""How old a folder is that nobody needs, whoever has the number of its process now."""


@dataclass(frozen=True, slots=True)
class SetPages:
    """Pages that were set: their file, what was said of them, and who may see them."""

    path: Path
    report: PreviewReport
    audience: Audience
    is_whole: bool


class PreviewMaker(QObject):
    """The last pages asked for are the ones that come; what still runs for others is stopped.

    The files hold what the audience may see, lie in a folder that only this person can
    read, and go when newer ones came, when the audience changes and when the page closes.
    """

    came = Signal(object)
    """SetPages: the first pages, or the whole."""
    failed = Signal(str)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._running: TaskHandle | None = None
        self._number = 0
        self._files: list[Path] = []
        self._coming: Path | None = None
        """What is being set: it may be there before it is told of."""
        self.folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
        """Where the pages lie while they are shown; its name tells whose it is."""
        self.destroyed.connect(_remover(self.folder))
        session.read(_remove_left_behind, self.folder, failed=lambda _: None, owner=self)

    @property
    def is_running(self) -> bool:
        """Whether pages are being set."""
        return self._running is not None

    def set_pages(self, dossier_id: int, *, at_once: bool) -> None:
        """Set a dossier's pages for the present audience.

        ``at_once``: its first pages come before the whole; else the whole alone.
        """
        self.stop()
        number = self._number
        if at_once:
            self._run(dossier_id, number, FIRST_PAGES)
        else:
            self._run(dossier_id, number, None)

    def stop(self) -> None:
        """Set none any more; what comes late is not heard."""
        self._number += 1
        self._coming = None
        if self._running is not None and not self._running.is_over:
            self._running.cancel()
        self._running = None

    def forget(self) -> None:
        """Stop, and remove what was set."""
        self.stop()
        self.keep_only(None)

    def keep_only(self, path: Path | None) -> None:
        """Remove every file but one: call it when no other is shown any more."""
        for old in self._files:
            # Windows does not remove what is still open: it goes with the folder. What was
            # stopped too late comes after all: so every file is looked for each time.
            if old not in (path, self._coming):
                with contextlib.suppress(OSError):
                    old.unlink(missing_ok=True)

    def _run(self, dossier_id: int, number: int, first_pages: int | None) -> None:
        stage = "all" if first_pages is None else "first"
        target = self.folder / f"{number}-{stage}.pdf"
        audience = self._session.audience
        self._files.append(target)
        self._coming = target

        def is_done(report: PreviewReport) -> None:
            if number != self._number:
                target.unlink(missing_ok=True)
                return
            self._running = None
            is_whole = first_pages is None or report.is_whole
            self.came.emit(SetPages(target, report, audience, is_whole))
            if not is_whole and number == self._number:
                self._run(dossier_id, number, None)

        def has_failed(error: ArchiveError) -> None:
            if number == self._number:
                self._running = None
                self.failed.emit(error.message)

        running = self._session.read(
            previewing.preview,
            dossier_id,
            target,
            audience=audience,
            on=self._session.today(),
            first_pages=first_pages,
            done=is_done,
            failed=has_failed,
            owner=self,
            label="" if first_pages else tr("Setting the pages"),
        )
        if not running.is_over:
            self._running = running


def _remove_left_behind(_: object, own: Path) -> None:
    """Remove the folders of programs that ended without removing them."""
    try:
        for folder in own.parent.glob(f"{PREFIX}*"):
            if folder != own and _is_left_behind(folder):
                shutil.rmtree(folder, ignore_errors=True)
    except OSError as error:
        raise Environment(tr("Old pages could not be removed.")) from error


def _is_left_behind(folder: Path) -> bool:
    """Tell whether the program that made a folder is gone, or has long forgotten it."""
    pid = folder.name.removeprefix(PREFIX).partition("-")[0]
    is_gone = pid.isascii() and pid.isdecimal() and len(pid) < 10 and not is_alive(int(pid))
    return is_gone or folder.stat().st_mtime < time.time() - LEFT_BEHIND_S


def _remover(folder: Path) -> object:
    """Return what removes a folder; it holds no widget, so that it can outlive them all."""
    return lambda *_: shutil.rmtree(folder, ignore_errors=True)
