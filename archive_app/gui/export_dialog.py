"""Export: for whom, as of which day, in which format; what is held back is shown first."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QDate
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from archive_app.domain.records import Audience
from archive_app.errors import ArchiveError
from archive_app.gui.export_parts import HeldBackTree, ResultPart, warning_label
from archive_app.gui.export_writing import (
    ENDINGS,
    PDF,
    Written,
    file_name,
    write_files,
    write_pdf,
)
from archive_app.gui.progress_strip import time_left
from archive_app.gui.session import Session
from archive_app.gui.theme import GAP, MARGIN, STEP
from archive_app.gui.top_bar import AUDIENCE_NAMES
from archive_app.settings import LAST_FOLDER
from archive_app.store.reading import Reader
from archive_app.translation import mark, tr, trn
from archive_app.work import access
from archive_app.work.access import HeldBack

FORMATS = {
    PDF: mark("PDF, set as a book"),
    "vtt": mark("WebVTT captions"),
    "srt": mark("SubRip captions"),
    "ohms": mark("OHMS XML"),
    "text": mark("Plain text"),
    "docx": mark("Word document"),
    "csv": mark("Table (CSV)"),
    "json": mark("Everything (JSON)"),
}


class ExportBase(QDialog):
    """The frame of both export dialogs: questions, preview, progress, result."""

    def __init__(self, session: Session, ids: Sequence[int], parent: QWidget | None) -> None:
        super().__init__(parent)
        self.session = session
        self._ids = list(ids)
        self._ticket = 0
        self._running: Any = None
        self._replaced = ""
        """The file that the person said may be replaced."""
        self.setObjectName("export_dialog")
        self.setMinimumSize(150 * STEP, 130 * STEP)
        self._make_parts()
        self.form = QFormLayout()
        self.form.setSpacing(GAP)
        self.add_rows()
        self.form.addRow(tr("&For:"), self.audience)
        self.form.addRow(tr("As &of:"), self.day)
        where = QHBoxLayout()
        where.setSpacing(STEP)
        where.addWidget(self.target, 1)
        where.addWidget(self.browse)
        label = QLabel(tr("&Save as:"))
        label.setBuddy(self.target)
        self.form.addRow(label, where)
        self._lay_out()
        self._suggest_target()
        self._ask_preview()

    def add_rows(self) -> None:
        """Add rows of a dialog's own, before those that all have."""

    def ending(self) -> str:
        """Return the ending of the file, with its dot; empty for a folder."""
        return ".pdf"

    def name(self) -> str:
        """Return what the file is called at first, without its ending."""
        raise NotImplementedError

    def stands_there(self, target: Path) -> bool:
        """Return whether something would be written over."""
        return target.is_file()

    def work(self, target: Path, audience: Audience, on: date) -> Any:
        """Return the function that writes, to be run beside the window."""
        raise NotImplementedError

    # Parts ------------------------------------------------------------------

    def _make_parts(self) -> None:
        self.audience = QComboBox()
        self.audience.setAccessibleName(tr("Audience"))
        own = self.session.audience
        for audience in (Audience.READING_ROOM, Audience.PUBLIC, Audience.STAFF):
            if audience.rank <= own.rank:
                self.audience.addItem(tr(AUDIENCE_NAMES[audience]), audience)
        wanted = own if own is not Audience.STAFF else Audience.READING_ROOM
        self.audience.setCurrentIndex(self.audience.findData(wanted))
        self.audience.currentIndexChanged.connect(self._ask_preview)
        today = self.session.today()
        self.day = QDateEdit(QDate(today.year, today.month, today.day))
        self.day.setAccessibleName(tr("As of which day"))
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setCalendarPopup(True)
        self.day.setToolTip(tr("What is open on this day goes out"))
        if not self.session.can_edit:
            # Only staff may look ahead to what opens later.
            self.day.setEnabled(False)
            self.day.setToolTip(tr("Today; only staff can export as of another day."))
        self.day.dateChanged.connect(self._ask_preview)
        self.target = QLineEdit()
        self.target.setObjectName("target")
        self.target.setAccessibleName(tr("Save as"))
        self.target.textChanged.connect(self._target_changed)
        self.browse = QPushButton(tr("Choose…"))
        self.browse.clicked.connect(self._browse)
        self.warning = warning_label()
        self.held = HeldBackTree()
        self.held_words = QLabel()
        self.held_words.setWordWrap(True)
        self.told = warning_label()
        self.told.setObjectName("export_error")
        self.progress = QProgressBar()
        self.progress.setAccessibleName(tr("Progress"))
        self.progress_words = QLabel()
        self.outcome = ResultPart()
        self.buttons = QDialogButtonBox()
        self.go = self.buttons.addButton(tr("Export"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.stop = self.buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        self.buttons.accepted.connect(self.export)
        self.buttons.rejected.connect(self.reject)

    def _lay_out(self) -> None:
        first = QWidget()
        rows = QVBoxLayout(first)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GAP)
        rows.addLayout(self.form)
        rows.addWidget(self.warning)
        rows.addWidget(self.held_words)
        rows.addWidget(self.held, 1)
        rows.addWidget(self.told)
        second = QWidget()
        rows = QVBoxLayout(second)
        rows.addStretch(1)
        rows.addWidget(self.progress_words)
        rows.addWidget(self.progress)
        rows.addStretch(2)
        self._stack = QStackedLayout()
        for widget in (first, second, self.outcome):
            self._stack.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(MARGIN)
        layout.addLayout(self._stack, 1)
        layout.addWidget(self.buttons)

    # What is asked ----------------------------------------------------------

    def chosen_audience(self) -> Audience:
        """Return for whom it is."""
        # Qt keeps an enumeration's text, not its member.
        return Audience(self.audience.currentData())

    def chosen_day(self) -> date:
        """Return as of which day."""
        day = self.day.date()
        return date(day.year(), day.month(), day.day())

    def _ask_preview(self) -> None:
        self._ticket += 1
        ticket = self._ticket
        is_staff_copy = self.chosen_audience() is Audience.STAFF
        self.warning.setText(
            tr("A copy for staff holds closed passages and real names. Keep it as safe as the "
               "archive itself.") if is_staff_copy else ""
        )  # fmt: skip
        self.warning.setVisible(is_staff_copy)
        self.held_words.setText(tr("Looking what would be held back…"))
        self.session.read(
            access.preview_release,
            self._ids,
            audience=self.chosen_audience(),
            on=self.chosen_day(),
            done=lambda held: self._show_preview(held, ticket),
            owner=self,
        )

    def _show_preview(self, held: Sequence[HeldBack], ticket: int) -> None:
        if ticket == self._ticket:
            words = self.held.show_held(held, is_staff=self.session.can_edit)
            self.held_words.setText(words)
            self.outcome.show_held(held, is_staff=self.session.can_edit)

    def _suggest_target(self) -> None:
        folder = self.session.settings.get(LAST_FOLDER)
        base = Path(folder) if folder and Path(folder).is_dir() else Path.home()
        self.target.setText(str(base / f"{file_name(self.name())}{self.ending()}"))

    def _target_changed(self) -> None:
        if self.target.text().strip() != self._replaced:
            self.go.setText(tr("Export"))
            self.told.hide()

    def _browse(self) -> None:
        if self.ending():
            kinds = tr("Files ({pattern})", pattern=f"*{self.ending()}")
            chosen, _ = QFileDialog.getSaveFileName(
                self, tr("Export"), self.target.text(), kinds
            )  # fmt: skip
        else:
            chosen = QFileDialog.getExistingDirectory(self, tr("Export"), self.target.text())
        if chosen:
            self.target.setText(chosen)
            # The system's own dialog has asked already.
            self._replaced = chosen

    # Writing ----------------------------------------------------------------

    def export(self) -> None:
        """Write it, unless a file stands there and the person did not choose it."""
        text = self.target.text().strip()
        target = Path(text)
        if not text or not target.parent.is_dir():
            self._tell(tr("There is no such folder. Choose where to save."))
            return
        if self.stands_there(target) and self._replaced != text:
            self._replaced = text
            self._tell(tr("A file of this name stands there. Press “Replace” to write over it, or "
                          "choose another name."))  # fmt: skip
            self.go.setText(tr("Replace {name}", name=target.name))
            return
        self.told.hide()
        self.session.settings.set(LAST_FOLDER, str(target.parent))
        self._stack.setCurrentIndex(1)
        self.progress.setRange(0, 0)
        self.progress_words.setText(tr("Writing…"))
        self.go.setEnabled(False)
        work = self.work(target, self.chosen_audience(), self.chosen_day())
        self._running = self.session.tasks.run(
            work, done=self._is_written, failed=self._has_failed, progress=self._show_progress,
            cancelled=self._was_stopped, owner=self,
            label=tr("Export: {name}", name=target.name),
        )  # fmt: skip

    def reject(self) -> None:
        """Stop what runs; else close."""
        if self._running is not None:
            self._running.cancel()
            self.progress_words.setText(tr("Stopping…"))
        else:
            super().reject()

    def _show_progress(self, done: int, total: int, what: str) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(min(done, total))
        left = time_left(self._running) if self._running is not None else ""
        self.progress_words.setText("\n".join(p for p in (what or tr("Writing…"), left) if p))

    def _is_written(self, written: Written) -> None:
        self._running = None
        self.outcome.show_result(written.words, written.path, written.losses)
        self._stack.setCurrentIndex(2)
        self.go.hide()
        self.stop.setText(tr("Close"))
        self.session.said.emit(tr("Exported: {name}", name=written.path.name))

    def _has_failed(self, error: ArchiveError) -> None:
        self._running = None
        self._tell(error.message)

    def _was_stopped(self) -> None:
        self._running = None
        self._tell(tr("Stopped. Nothing was written."))

    def _tell(self, words: str) -> None:
        self._stack.setCurrentIndex(0)
        self.go.setEnabled(True)
        self.told.setText(words)
        self.told.show()


class ExportDialog(ExportBase):
    """Exports interviews: one file, or for several a PDF of them all or a folder of files."""

    def __init__(
        self, session: Session, interview_ids: Sequence[int], parent: QWidget | None = None
    ) -> None:
        with session.archive.read() as reader:
            self._accessions = _accessions(reader, interview_ids)
        written = tuple(map(file_name, self._accessions.values()))
        names = access.outward_names(session.archive, written)
        self._names = dict(zip(self._accessions, names, strict=True))
        super().__init__(session, interview_ids, parent)
        count = len(self._accessions)
        one = tr("Export {accession}", accession=self.name())
        self.setWindowTitle(
            one if count == 1 else trn("Export {count} interview", "Export {count} interviews",
                                       count)
        )  # fmt: skip

    def add_rows(self) -> None:
        """Ask for the format."""
        self.format = QComboBox()
        self.format.setObjectName("format")
        self.format.setAccessibleName(tr("Format"))
        for code, name in FORMATS.items():
            self.format.addItem(tr(name), code)
        self.format.currentIndexChanged.connect(self._suggest_target)
        self.form.addRow(tr("F&ormat:"), self.format)

    def ending(self) -> str:
        """Return the format's ending; several files of a format go into a folder."""
        code = self.format.currentData()
        return "" if code != PDF and len(self._ids) > 1 else ENDINGS[code]

    def name(self) -> str:
        """Return the accession number, or the archive's name for several."""
        if len(self._names) == 1:
            return next(iter(self._names.values()))
        return access.outward_names(self.session.archive, (self.session.archive.name,))[0]

    def work(self, target: Path, audience: Audience, on: date) -> Any:
        """Return what writes the interviews in the chosen format."""
        code = self.format.currentData()
        archive = self.session.archive
        if code == PDF:
            accessions = tuple(self._accessions.values())
            return functools.partial(write_pdf, archive, accessions, target, audience, on)
        return functools.partial(write_files, archive, self._files(target), code, audience, on)

    def stands_there(self, target: Path) -> bool:
        """Return whether one of the files would be written over."""
        if self.format.currentData() == PDF:
            return target.is_file()
        return any(one.is_file() for one in self._files(target).values())

    def _files(self, target: Path) -> dict[int, Path]:
        ending = ENDINGS[self.format.currentData()]
        return {
            one: target / f"{file_name(name)}{ending}" if len(self._ids) > 1 else target
            for one, name in self._names.items()
        }


def _accessions(reader: Reader, ids: Sequence[int]) -> dict[int, str]:
    return {one.id: one.accession for one in reader.interviews(ids)}
