"""Importing: first what would come in, file by file; then it comes in, and what became of it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from archive_app.domain.records import Outcome
from archive_app.errors import ArchiveError, BadValue, Cancelled
from archive_app.gui.empty_place import EmptyPlace
from archive_app.gui.import_plan import with_language
from archive_app.gui.import_table import ImportTable
from archive_app.gui.session import Session
from archive_app.gui.tasks import TaskHandle
from archive_app.gui.theme import GAP, MARGIN, STEP, theme
from archive_app.settings import LAST_FOLDER
from archive_app.translation import tr, trn
from archive_app.work import importing, library
from archive_app.work.fields import language_tag
from archive_app.work.importing import ImportChoices, ImportPlan, ImportReport


class ImportDialog(QDialog):
    """Plans in the background, imports on the writer; both can be cancelled."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._paths: list[Path] = []
        self._plan: ImportPlan | None = None
        self._said: dict[Path, str] = {}
        self._running: TaskHandle | None = None
        self._is_over = False
        self._wanted_collection: int | None = None
        self.setObjectName("import_dialog")
        self.setWindowTitle(tr("Import"))
        self.setAcceptDrops(True)
        self.resize(220 * STEP, 130 * STEP)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        rows.setSpacing(GAP)
        self.words = QLabel()
        self.words.setWordWrap(True)
        rows.addWidget(self.words)
        self.places = QStackedWidget()
        self.table = ImportTable()
        self.table.language_chosen.connect(self._correct_language)
        self.empty = EmptyPlace()
        self.empty.show_words(
            tr("Drop recordings, transcripts or whole folders here. Nothing is changed before you "
               "have seen what would come in."),
            (tr("Choose files…"), self._ask_files),
            (tr("Choose a folder…"), self._ask_folder),
        )  # fmt: skip
        self.places.addWidget(self.empty)
        self.places.addWidget(self.table)
        rows.addWidget(self.places, 1)
        self._add_choices(rows)
        self._add_foot(rows)
        session.query(library.shelves, done=self._show_collections, owner=self)
        session.query(_accessions, done=self._show_accessions, owner=self)
        self._refresh()

    def _add_choices(self, rows: QVBoxLayout) -> None:
        self.choices = QWidget()
        form = QFormLayout(self.choices)
        form.setContentsMargins(0, 0, 0, 0)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.target = QComboBox()
        self.target.addItem(tr("New interviews: files of one name go together"), "new")
        self.target.addItem(tr("All into one interview that is here already"), "existing")
        self.target.activated.connect(self._target_chosen)
        self.accession = QLineEdit()
        self.accession.setPlaceholderText(tr("Its accession number"))
        self.accession.setAccessibleName(tr("Accession number"))
        self.accession.editingFinished.connect(self._choices_changed)
        line = QHBoxLayout()
        line.setSpacing(GAP)
        line.addWidget(self.target, 1)
        line.addWidget(self.accession, 1)
        into = QLabel(tr("&Goes into:"))
        into.setBuddy(self.target)
        form.addRow(into, line)
        self.collection = QComboBox()
        self.collection.activated.connect(self._choices_changed)
        form.addRow(tr("&Collection:"), self.collection)
        rows.addWidget(self.choices)
        self.accession.hide()

    def _add_foot(self, rows: QVBoxLayout) -> None:
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setStyleSheet(f"color: {theme().colours.error.name()}")
        self.told.hide()
        rows.addWidget(self.told)
        foot = QHBoxLayout()
        foot.setSpacing(GAP)
        self.more = QPushButton(tr("Add files…"))
        self.more.clicked.connect(self._ask_files)
        self.bar = QProgressBar()
        self.bar.setAccessibleName(tr("Progress"))
        self.bar.setTextVisible(False)
        self.cancel = QPushButton(tr("Cancel"))
        self.cancel.clicked.connect(self.reject)
        self.go = QPushButton()
        self.go.clicked.connect(self._import)
        foot.addWidget(self.more)
        foot.addWidget(self.bar, 1)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.go)
        rows.addLayout(foot)
        for button in (self.more, self.cancel):
            button.setAutoDefault(False)
        self.go.setDefault(True)

    # What is to come in ----------------------------------------------------

    def add_paths(self, paths: Sequence[Path]) -> None:
        """Look at more files and folders; what would come in is shown when it is known."""
        self._paths = list(dict.fromkeys((*self._paths, *paths)))
        self._look()

    def choose_collection(self, collection_id: int | None) -> None:
        """Put what comes in into this collection unless the person says otherwise."""
        self._wanted_collection = collection_id
        at = self.collection.findData(collection_id)
        if at >= 0:
            self.collection.setCurrentIndex(at)

    def _look(self) -> None:
        if not self._paths:
            return
        if self._running is not None:
            self._running.cancel()
        choices = ImportChoices(
            accession=self._accession(), collection_id=self.collection.currentData()
        )
        self._running = self._session.tasks.run(
            _planner(self._session, tuple(self._paths), choices),
            done=self._planned,
            failed=self._failed,
            progress=self._progress,
            cancelled=self._stopped,
            owner=self,
            label=tr("Looking at files"),
        )
        if self._plan is None and self._running.is_over:
            self._running = None
        self._refresh()

    def _accession(self) -> str:
        is_existing = self.target.currentData() == "existing"
        return self.accession.text().strip() if is_existing else ""

    def _planned(self, plan: ImportPlan) -> None:
        self._running = None
        self._plan = plan
        for number, file in enumerate(plan.files):
            if file.path in self._said:
                self._plan = with_language(self._plan, number, self._said[file.path])
        self.tell("")
        self.table.show_plan(self._plan)
        self._refresh()

    def _failed(self, error: ArchiveError) -> None:
        self._running = None
        self.tell(error.message)
        self._refresh()

    def _stopped(self) -> None:
        self._refresh()

    def _progress(self, done: int, total: int, what: str) -> None:
        self.bar.setMaximum(total)
        self.bar.setValue(done)
        self.words.setText(what)

    def _correct_language(self, number: int, text: str) -> None:
        if self._plan is None:
            return
        try:
            language = language_tag(text)
        except BadValue as error:
            self.tell(error.message)
            return
        self.tell("")
        self._said[self._plan.files[number].path] = language
        self._plan = with_language(self._plan, number, language)

    # Choices ---------------------------------------------------------------

    def _target_chosen(self) -> None:
        is_existing = self.target.currentData() == "existing"
        self.accession.setVisible(is_existing)
        self.collection.setEnabled(not is_existing)
        self.collection.setToolTip(
            tr("The interview stays in the collection where it is.") if is_existing else ""
        )
        if is_existing and not self.accession.text():
            self.accession.setFocus()
            self._refresh()
        else:
            self._choices_changed()

    def _choices_changed(self) -> None:
        if self._plan is None or self._is_over:
            return
        collection = self.collection.currentData()
        if self._accession() != self._plan.choices.accession:
            self._look()
        elif collection != self._plan.choices.collection_id:
            changed = replace(self._plan.choices, collection_id=collection)
            self._plan = replace(self._plan, choices=changed)
        self._refresh()

    def _show_collections(self, shelves: library.Shelves) -> None:
        with QSignalBlocker(self.collection):
            self.collection.clear()
            self.collection.addItem(tr("(as the files say, else none)"), None)
            depth: dict[int, int] = {}
            for one in shelves.collections:
                depth[one.id] = depth.get(one.parent_id or 0, -1) + 1
                self.collection.addItem("    " * depth[one.id] + one.title, one.id)
        self.choose_collection(self._wanted_collection)

    def _show_accessions(self, accessions: list[str]) -> None:
        completer = QCompleter(accessions, self.accession)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.accession.setCompleter(completer)

    # Importing -------------------------------------------------------------

    def _import(self) -> None:
        if self._is_over:
            self.accept()
            return
        plan = self._plan
        if plan is None or not plan.ready:
            return
        self._running = self._session.write(
            importing.run_import,
            plan,
            done=self._imported,
            failed=self._not_imported,
            label=_verb(len(plan.ready)),
        )
        if self._is_over or not self.told.isHidden():
            self._running = None
        self._refresh()

    def _imported(self, outcome: Outcome[ImportReport]) -> None:
        self._running = None
        self._is_over = True
        report = outcome.value
        came = sum(1 for file in report.files if file.status == "imported")
        failed = sum(1 for file in report.files if file.status == "failed")
        words = trn("{count} file was imported.", "{count} files were imported.", came)
        if failed:
            words += " " + trn(
                "{count} could not be taken in; the reason stands beside it.",
                "{count} could not be taken in; the reason stands beside each.",
                failed,
            )
        if came:
            words += " " + tr("Undo takes the whole import back.")
        self.words.setText(words)
        self.table.show_report(report)
        self._session.said.emit(words)
        self._refresh()
        if not self.isVisible():
            self.deleteLater()

    def _not_imported(self, error: ArchiveError) -> None:
        self._running = None
        if not self.isVisible() and not isinstance(error, Cancelled):
            self._session.error.emit(error)
        self.tell(error.message)
        self._refresh()

    def tell(self, words: str) -> None:
        """Say what is wrong, or nothing."""
        self.told.setText(words)
        self.told.setVisible(bool(words))

    def _refresh(self) -> None:
        is_running = self._running is not None and not self._running.is_over
        plan = self._plan
        self.places.setCurrentWidget(self.table if plan or is_running else self.empty)
        self.bar.setVisible(is_running)
        self.more.setVisible(not self._is_over and (plan is not None or bool(self._paths)))
        self.more.setEnabled(not is_running)
        self.choices.setVisible(plan is not None and not self._is_over)
        self.choices.setEnabled(not is_running)
        self.table.setEnabled(not is_running)
        ready = len(plan.ready) if plan else 0
        if self._is_over:
            self.go.setText(tr("Close"))
            self.go.setEnabled(True)
            self.go.setToolTip("")
            self.cancel.hide()
            return
        self.go.setText(_verb(ready))
        lacks = self.target.currentData() == "existing" and not self._accession()
        reason = tr("Nothing is ready to come in.") if not ready else ""
        reason = tr("Write the interview's accession number first.") if lacks else reason
        reason = tr("It is being worked on.") if is_running else reason
        self.go.setEnabled(not reason)
        self.go.setToolTip(reason)
        if plan is not None and not is_running:
            self.words.setText(_summary(plan))
        elif plan is None:
            self.words.setText("")
        self.words.setVisible(bool(self.words.text()))

    # Files, drops, and the end ---------------------------------------------

    def _ask_files(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(
            self, tr("Choose files to import"), self._session.settings.get(LAST_FOLDER)
        )
        self._take(names)

    def _ask_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(
            self, tr("Choose a folder to import"), self._session.settings.get(LAST_FOLDER)
        )
        self._take([name] if name else [])

    def _take(self, names: Sequence[str]) -> None:
        if names:
            self._session.settings.set(LAST_FOLDER, str(Path(names[0]).parent))
            self.add_paths([Path(name) for name in names])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and folders from the desktop."""
        if event.mimeData().hasUrls() and not self._is_over:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look at what was dropped."""
        event.acceptProposedAction()
        urls = event.mimeData().urls()
        self.add_paths([Path(url.toLocalFile()) for url in urls if url.isLocalFile()])

    def reject(self) -> None:
        """Cancel what runs; else close."""
        if self._running is not None and not self._running.is_over:
            self._running.cancel()
            self._running = None
            if self._plan is not None:
                self._refresh()
                return
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """An import that runs goes on; its progress stays at the window's foot."""
        super().closeEvent(event)


def _planner(
    session: Session, paths: tuple[Path, ...], choices: ImportChoices
) -> Callable[..., ImportPlan]:
    return functools.partial(importing.plan_import, session.archive, paths, choices)


def _accessions(reader: Any) -> list[str]:
    ids = reader.interview_ids()[:5_000]
    return [one.accession for one in reader.interviews(ids)]


def _verb(count: int) -> str:
    return trn("Import {count} file", "Import {count} files", count) if count else tr("Import")


def _summary(plan: ImportPlan) -> str:
    words = [trn("{count} file can come in.", "{count} files can come in.", len(plan.ready))]
    known = sum(1 for file in plan.files if file.status == "known")
    failed = sum(1 for file in plan.files if file.status == "failed")
    if known:
        words.append(trn("{count} is here already.", "{count} are here already.", known))
    if failed:
        words.append(trn("{count} cannot be taken in.", "{count} cannot be taken in.", failed))
    if any(file.is_language_guessed for file in plan.ready):
        words.append(tr("Languages marked as a guess can be corrected."))
    return " ".join(words)
