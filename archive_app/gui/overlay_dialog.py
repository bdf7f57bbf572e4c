"""Laying a new transcript over a tagged one: choose it, see what differs, then do it."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from archive_app.domain.records import Outcome, Transcript
from archive_app.errors import ArchiveError
from archive_app.gui.interview_words import name_of, tag_language
from archive_app.gui.overlay_lists import ClosingsList, LostList
from archive_app.gui.overlay_table import DifferencesTable
from archive_app.gui.session import Session
from archive_app.gui.theme import GAP, MARGIN, STEP, theme
from archive_app.settings import LAST_FOLDER
from archive_app.translation import tr, trn
from archive_app.work import overlaying

if TYPE_CHECKING:
    from archive_app.gui.tasks import TaskHandle
    from archive_app.store.reading import Reader
    from archive_app.work.overlaying import LaidOver, OverlayPreview


class OverlayDialog(QDialog):
    """Compares in the background, lays over on the writer; comparing can be cancelled."""

    def __init__(
        self,
        session: Session,
        interview_id: int,
        transcript_id: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._transcript_id = transcript_id
        self._preview: OverlayPreview | None = None
        self._running: TaskHandle | None = None
        self.setObjectName("overlay_dialog")
        self.setWindowTitle(tr("Lay a new transcript over this one"))
        self.resize(230 * STEP, 160 * STEP)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        rows.setSpacing(GAP)
        self._add_choice(rows)
        self.summary = QLabel()
        self.summary.setWordWrap(True)
        rows.addWidget(self.summary)
        self._add_lists(rows)
        self._add_foot(rows)
        session.query(_others, interview_id, transcript_id, done=self._show_choices, owner=self)
        self._refresh()

    def _add_choice(self, rows: QVBoxLayout) -> None:
        words = QLabel(
            tr("Tags, closed passages, footnotes and speakers move to the new words. Nothing is "
               "changed before you have seen what would become of them.")
        )  # fmt: skip
        words.setWordWrap(True)
        rows.addWidget(words)
        line = QHBoxLayout()
        line.setSpacing(GAP)
        self.source = QComboBox()
        self.source.setAccessibleName(tr("New text"))
        self.source.activated.connect(self._source_chosen)
        label = QLabel(tr("&New text:"))
        label.setBuddy(self.source)
        self.choose = QPushButton(tr("Choose a &file…"))
        self.choose.setAutoDefault(False)
        self.choose.clicked.connect(self._ask_file)
        line.addWidget(label)
        line.addWidget(self.source, 1)
        line.addWidget(self.choose)
        rows.addLayout(line)

    def _add_lists(self, rows: QVBoxLayout) -> None:
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(tr("What becomes of them"))
        self.differences = DifferencesTable()
        self.lost = LostList()
        self.closings = ClosingsList()
        self.closings.agreed.connect(self._refresh)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, GAP, 0, 0)
        column.setSpacing(GAP)
        self.only_changed = QCheckBox(tr("Only turns that &differ"))
        self.only_changed.setChecked(True)
        self.only_changed.toggled.connect(self._show_differences)
        column.addWidget(self.only_changed)
        column.addWidget(self.differences, 1)
        self.tabs.addTab(page, tr("Differences"))
        self.tabs.addTab(self.lost, "")
        self.tabs.addTab(self.closings, "")
        rows.addWidget(self.tabs, 1)

    def _add_foot(self, rows: QVBoxLayout) -> None:
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setStyleSheet(f"color: {theme().colours.error.name()}")
        self.told.hide()
        rows.addWidget(self.told)
        foot = QHBoxLayout()
        foot.setSpacing(GAP)
        self.bar = QProgressBar()
        self.bar.setAccessibleName(tr("Progress"))
        self.bar.setTextVisible(False)
        self.cancel = QPushButton(tr("Cancel"))
        self.cancel.setAutoDefault(False)
        self.cancel.clicked.connect(self.reject)
        self.go = QPushButton(tr("&Lay over"))
        self.go.setDefault(True)
        self.go.clicked.connect(self._lay_over)
        foot.addWidget(self.bar, 1)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.go)
        rows.addLayout(foot)

    # Choosing ---------------------------------------------------------------

    def _show_choices(self, others: Sequence[Transcript]) -> None:
        self.source.addItem(tr("Choose a file, or a transcript of this interview"), None)
        for one in others:
            self.source.addItem(name_of(one), one.id)

    def _source_chosen(self, place: int) -> None:
        chosen = self.source.itemData(place)
        if isinstance(chosen, int | Path):
            self._compare(chosen)

    def _ask_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, tr("Choose the new transcript"), self._session.settings.get(LAST_FOLDER)
        )
        if name:
            self._session.settings.set(LAST_FOLDER, str(Path(name).parent))
            self.take_file(Path(name))

    def take_file(self, path: Path) -> None:
        """Compare a file with the transcript."""
        if self.source.findData(path) < 0:
            self.source.addItem(path.name, path)
        self.source.setCurrentIndex(self.source.findData(path))
        self._compare(path)

    def take_transcript(self, transcript_id: int) -> None:
        """Compare another transcript of the interview with this one."""
        self.source.setCurrentIndex(self.source.findData(transcript_id))
        self._compare(transcript_id)

    # Comparing --------------------------------------------------------------

    def _compare(self, new: Path | int) -> None:
        if self._running is not None:
            self._running.cancel()
        self._preview = None
        self._tell("")
        self._running = self._session.tasks.run(
            functools.partial(overlaying.preview, self._session.archive, self._transcript_id, new),
            done=self._compared,
            failed=self._failed,
            progress=self._progress,
            cancelled=self._refresh,
            owner=self,
            label=tr("Comparing transcripts"),
        )
        self._refresh()

    def _compared(self, preview: OverlayPreview) -> None:
        self._preview = preview
        self._running = None
        self.lost.show_lost(preview.plan.lost, preview.tags, tag_language())
        self.closings.show_closings(preview.plan)
        self._show_differences()
        if preview.plan.to_confirm:
            self.tabs.setCurrentWidget(self.closings)
        self._refresh()

    def _failed(self, error: ArchiveError) -> None:
        self._running = None
        self._tell(error.message)
        self._refresh()

    def _progress(self, done: int, total: int, what: str) -> None:
        self.bar.setMaximum(total)
        self.bar.setValue(done)
        if what:
            self.summary.setText(what)

    def _show_differences(self) -> None:
        if self._preview is not None:
            found = self._preview.plan.differences
            if self.only_changed.isChecked():
                found = tuple(row for row in found if not row.is_same)
            self.differences.show_differences(found)

    # Laying over --------------------------------------------------------------

    def _lay_over(self) -> None:
        if self._preview is None:
            return
        self._running = self._session.write(
            overlaying.lay_over,
            self._preview,
            confirmed=frozenset(self.closings.agreed_ids()),
            done=self._laid_over,
            failed=self._failed,
            label=tr("Laying the new transcript over"),
        )
        self._refresh()

    def _laid_over(self, outcome: Outcome[LaidOver]) -> None:
        self._running = None
        laid = outcome.value
        words = tr("The new transcript was laid over.") + " " + _carried(laid.carried, laid.lost)
        self._session.said.emit(words)
        self.accept()

    def _tell(self, words: str) -> None:
        self.told.setText(words)
        self.told.setVisible(bool(words))

    def _refresh(self) -> None:
        is_running = self._running is not None and not self._running.is_over
        preview = self._preview
        self.bar.setVisible(is_running)
        self.tabs.setEnabled(preview is not None and not is_running)
        self.source.setEnabled(not is_running)
        self.choose.setEnabled(not is_running)
        plan = preview.plan if preview else None
        self.tabs.setTabText(1, tr("Not carried ({count})", count=len(plan.lost) if plan else 0))
        closed = len(plan.closings) + len(plan.further) if plan else 0
        self.tabs.setTabText(2, tr("Closed passages ({count})", count=closed))
        if preview is not None:
            self.summary.setText(_summary(preview))
        elif not is_running:
            self.summary.setText("")
        self.summary.setVisible(bool(self.summary.text()))
        self.go.setToolTip(reason := self._why_not(is_running=is_running))
        self.go.setEnabled(not reason)

    def _why_not(self, *, is_running: bool) -> str:
        if not self._session.can_edit:
            return self._session.why_not
        if is_running:
            return tr("It is being worked on.")
        if self._preview is None:
            return tr("Choose a file or a transcript first.")
        if self.closings.waits():
            return tr("Look at the closed passages first, and agree to what will be closed.")
        return ""

    def reject(self) -> None:
        """Stop comparing; else close."""
        if self._running is not None and not self._running.is_over:
            self._running.cancel()
            self._running = None
            self._refresh()
            return
        super().reject()

    def keyPressEvent(self, event: Any) -> None:
        """Enter in a list must not lay over by accident; it is for the button."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and not self.go.hasFocus():
            event.accept()
            return
        super().keyPressEvent(event)


def _others(reader: Reader, interview_id: int, transcript_id: int) -> list[Transcript]:
    return [one for one in reader.transcripts(interview_id) if one.id != transcript_id]


def _summary(preview: OverlayPreview) -> str:
    plan = preview.plan
    differing = sum(not row.is_same for row in plan.differences)
    words = [
        _carried(len(plan.taggings) - len(plan.lost), plan.lost),
        trn("{count} of the words stays.", "{kept} of {count} words stay.", plan.words_before,
            kept=plan.words_kept),
        trn("{count} place differs.", "{count} places differ.", differing),
    ]  # fmt: skip
    moved = sum(not note.is_sure for note in plan.footnotes)
    lost = sum(passage.carried.span is None for passage in plan.passages)
    if moved:
        words.append(
            trn("{count} footnote goes behind the nearest words, for its own are gone.",
                "{count} footnotes go behind the nearest words, for their own are gone.", moved)
        )  # fmt: skip
    if lost:
        words.append(
            trn("{count} passage of a dossier loses its words.",
                "{count} passages of dossiers lose their words.", lost)
        )  # fmt: skip
    return " ".join(words)


def _carried(count: int, lost: Sequence[object]) -> str:
    total = count + len(lost)
    words = trn("{carried} of {count} tag carried", "{carried} of {count} tags carried", total,
                carried=count)  # fmt: skip
    if not lost:
        return words + "."
    return words + trn(
        "; {count} listed, to be put back from the lost tags.",
        "; {count} listed, to be put back from the lost tags.",
        len(lost),
    )
