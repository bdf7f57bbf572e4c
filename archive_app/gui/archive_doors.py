"""Opening, making, backing up, restoring and checking archives, asked for in the window."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMessageBox

from archive_app.domain.progress import NO_PROGRESS, Progress
from archive_app.errors import ArchiveError
from archive_app.gui.link_door import LinkDoor
from archive_app.gui.preloading import FIRST, preload
from archive_app.settings import LAST_FOLDER, RECENT_ARCHIVES, WHO
from archive_app.translation import tr, trn

if TYPE_CHECKING:
    from archive_app.gui.main_window import MainWindow
    from archive_app.store.archive import Archive

SUFFIX = ".oralhistory"


class Doors(QObject):
    """The ways into an archive, and what is done to one as a whole."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._settings = window.settings
        self.links = LinkDoor(window)

    def recent(self) -> list[Path]:
        """Return the archives opened lately that are still there, the last first."""
        paths = (Path(text) for text in self._settings.get(RECENT_ARCHIVES))
        return [path for path in paths if path.is_dir()]

    # Opening ---------------------------------------------------------------

    def ask_open(self) -> None:
        """Let the person choose an archive's folder, and open it."""
        chosen = QFileDialog.getExistingDirectory(
            self._window, tr("Open an archive: choose its folder"), self._last_folder()
        )
        if chosen:
            self._remember(Path(chosen).parent)
            self.open(Path(chosen))

    def open(self, path: Path) -> None:
        """Open an archive; what is open is closed first."""
        label = tr("Opening {name}", name=path.stem)
        self._enter(_open, path, self._settings.get(WHO), label=label)

    def ask_new(self) -> None:
        """Let the person name a new archive, and open it."""
        chosen = self._ask_place(tr("Make a new archive: its name and place"), tr("My interviews"))
        if chosen:
            label = tr("Making the archive")
            self._enter(_create, chosen, self._settings.get(WHO), label=label)

    def ask_sample(self) -> None:
        """Make the sample archive in the person's documents, or open the one made before."""
        from archive_app.paths import cache_folder

        self.make_sample(cache_folder() / "sample" / tr("Mini Russia in Belgrade"))

    def make_sample(self, path: Path) -> None:
        """Open the sample archive at a path, made first if it is not there."""
        self._enter(_sample, path, self._settings.get(WHO), label=tr("Preparing the sample"))

    def _enter(self, function: Any, path: Path, who: str, *, label: str) -> None:
        again = functools.partial(self._enter, function, path, who, label=label)
        if not self._window.close_archive(again):
            return
        self._window.set_busy(label)
        self._window.tasks.run(
            functools.partial(function, path, who),
            done=self._is_open,
            failed=self._is_not_open,
            cancelled=self._was_stopped,
            owner=self._window,
            on="writer",
            label=label,
        )

    def _is_open(self, archive: Archive) -> None:
        self._window.attach(archive)

    def _is_not_open(self, error: ArchiveError) -> None:
        self._window.set_busy("")
        self._window.show_error(error)

    def _was_stopped(self) -> None:
        self._window.set_busy("")

    # The whole archive -----------------------------------------------------

    def ask_backup(self) -> None:
        """Write a backup where the person says."""
        from archive_app.work import backups

        session = self._window.session
        if session is None:
            return
        name = f"{session.archive.folder.stem} {session.today()}{backups.BACKUP_SUFFIX}"
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, tr("Back up the whole archive"), str(Path(self._last_folder()) / name),
            tr("Backups ({pattern})", pattern=f"*{backups.BACKUP_SUFFIX}"),
        )  # fmt: skip
        if chosen:
            self._remember(Path(chosen).parent)
            session.read(
                backups.backup, Path(chosen), done=self._backed_up, owner=self,
                label=tr("Backing up"),
            )  # fmt: skip

    def _backed_up(self, path: Path) -> None:
        self._window.say(tr("Backed up and checked: {name}", name=path.name))

    def ask_restore(self) -> None:
        """Make an archive from a backup, and open it."""
        from archive_app.work import backups

        source, _ = QFileDialog.getOpenFileName(
            self._window, tr("Restore: choose the backup"), self._last_folder(),
            tr("Backups ({pattern})", pattern=f"*{backups.BACKUP_SUFFIX}"),
        )  # fmt: skip
        if not source:
            return
        target = self._ask_place(tr("Restore: where the archive shall stand"), Path(source).stem)
        if target:
            self._window.tasks.run(
                functools.partial(backups.restore, Path(source), target),
                done=self.open,
                owner=self,
                label=tr("Restoring"),
            )

    def check(self) -> None:
        """Read the whole archive and tell what was found."""
        from archive_app.work import archives

        if self._window.session is not None:
            self._window.session.read(
                archives.check, done=self._checked, owner=self, label=tr("Checking the archive")
            )

    def _checked(self, report: Any) -> None:
        if not report.problems:
            words = tr("All is well: interviews, recordings and tags are as they should be.")
        else:
            words = trn("{count} problem was found.", "{count} problems were found.",
                        len(report.problems))  # fmt: skip
        box = QMessageBox(self._window)
        box.setWindowTitle(tr("Check of the archive"))
        box.setText(words)
        box.setInformativeText("\n".join(report.problems[:20]))
        box.setDetailedText("\n".join(report.problems) if len(report.problems) > 20 else "")
        box.open()

    def ask_relink(self) -> None:
        """Look in a folder for recordings that the archive misses."""
        from archive_app.work import archives

        session = self._window.session
        if session is None:
            return
        chosen = QFileDialog.getExistingDirectory(
            self._window, tr("Where may the missing recordings be?"), self._last_folder()
        )
        if chosen:
            session.read(
                archives.relink, Path(chosen), done=self._relinked, owner=self,
                label=tr("Looking for recordings"),
            )  # fmt: skip

    def _relinked(self, report: Any) -> None:
        if not report.missing:
            self._window.say(tr("No recording is missing."))
        else:
            self._window.say(
                tr("{found} of {missing} missing recordings were found.",
                   found=report.found, missing=report.missing)
            )  # fmt: skip

    def _ask_place(self, title: str, name: str) -> Path | None:
        start = Path(self._last_folder()) / name
        chosen, _ = QFileDialog.getSaveFileName(self._window, title, str(start))
        if not chosen:
            return None
        self._remember(Path(chosen).parent)
        return Path(chosen)

    def _last_folder(self) -> str:
        folder = self._settings.get(LAST_FOLDER)
        return folder if folder and Path(folder).is_dir() else str(Path.home())

    def _remember(self, folder: Path) -> None:
        self._settings.set(LAST_FOLDER, str(folder))


def _open(path: Path, who: str) -> Archive:
    from archive_app.work import archives

    preload(FIRST)
    return archives.open_archive(path, who=who)


def _create(path: Path, who: str) -> Archive:
    from archive_app.work import archives

    preload(FIRST)
    return archives.create_archive(path, who=who)


def _sample(path: Path, who: str, *, progress: Progress = NO_PROGRESS) -> Archive:
    from archive_app.work import archives
    from archive_app.work.sample import make_sample

    preload(FIRST)
    folder = archives.archive_folder(path)
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        make_sample(folder, progress=progress)
    return archives.open_archive(folder, who=who)
