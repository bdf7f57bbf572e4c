"""Who did what, and when; with a way to take back any step that nothing later depends on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from archive_app.domain.records import Operation, Outcome
from archive_app.errors import ArchiveError
from archive_app.gui.icons import icon
from archive_app.gui.library_model import shown_date
from archive_app.gui.session import Session
from archive_app.gui.theme import GAP, MARGIN, STEP, theme
from archive_app.translation import tr
from archive_app.work import history

LIMIT = 500
ROLE = Qt.ItemDataRole.UserRole


class HistoryDialog(QDialog):
    """The operations, newest first, of one interview or of all."""

    def __init__(
        self, session: Session, parent: QWidget | None = None, *, interview_id: int | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._interview_id = interview_id
        self.setWindowTitle(tr("History"))
        self.resize(170 * STEP, 120 * STEP)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        rows.setSpacing(GAP)
        words = QLabel(
            tr("Every step that was stored. You can take back any of them that nothing later "
               "depends on.")
        )  # fmt: skip
        words.setWordWrap(True)
        rows.addWidget(words)
        self.only_this = QCheckBox(tr("Only this &interview"))
        self.only_this.setChecked(interview_id is not None)
        self.only_this.setVisible(interview_id is not None)
        self.only_this.toggled.connect(self._ask)
        rows.addWidget(self.only_this)
        self.steps = self._make_list()
        rows.addWidget(self.steps, 1)
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.hide()
        rows.addWidget(self.told)
        line = QHBoxLayout()
        self.take_back = QPushButton(tr("&Take back this step"))
        self.take_back.clicked.connect(self._take_back)
        line.addWidget(self.take_back)
        self.again = QPushButton(tr("&Redo"))
        self.again.clicked.connect(self._do_again)
        line.addWidget(self.again)
        line.addStretch(1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        line.addWidget(buttons)
        rows.addLayout(line)
        session.changed.connect(self._ask)
        self._allow()
        self._ask()

    def _make_list(self) -> QTreeWidget:
        steps = QTreeWidget()
        steps.setAccessibleName(tr("Steps"))
        steps.setHeaderLabels([tr("Step"), tr("Who"), tr("When"), tr("State")])
        steps.setRootIsDecorated(False)
        steps.setUniformRowHeights(True)
        steps.setAlternatingRowColors(True)
        steps.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = steps.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2, 3):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        steps.itemSelectionChanged.connect(self._allow)
        return steps

    def _ask(self, _: object = None) -> None:
        scope = self._interview_id if self.only_this.isChecked() else None
        self._session.read(
            history.history, limit=LIMIT, interview_id=scope, done=self._show, owner=self
        )

    def _show(self, operations: Sequence[Operation]) -> None:
        chosen = self._chosen()
        self.steps.clear()
        for one in operations:
            item = QTreeWidgetItem([_step(one), one.who or tr("(no name)"), _when(one), ""])
            item.setData(0, ROLE, one)
            if one.is_undone:
                item.setText(3, tr("taken back"))
                item.setIcon(3, icon("undo"))
                for column in range(4):
                    item.setForeground(column, theme().colours.muted)
            self.steps.addTopLevelItem(item)
            if chosen is not None and one.id == chosen.id:
                self.steps.setCurrentItem(item)
        self._allow()

    def _chosen(self) -> Operation | None:
        items = self.steps.selectedItems()
        return items[0].data(0, ROLE) if items else None

    def _allow(self) -> None:
        one = self._chosen()
        reason = ""
        if one is None:
            reason = tr("Choose a step first.")
        elif one.is_undone:
            reason = tr("This step is taken back already.")
        elif one.undoes is not None or one.redoes is not None:
            reason = tr("This is itself an undo or a redo: take back the step it belongs to.")
        elif not self._session.can_edit:
            reason = self._session.why_not
        self.take_back.setEnabled(not reason)
        self.take_back.setToolTip(reason)
        self._allow_again(one)

    def _allow_again(self, one: Operation | None) -> None:
        reason = ""
        if one is None:
            reason = tr("Choose a step first.")
        elif not one.is_undone:
            reason = tr("There is nothing to redo.")
        elif not self._session.can_edit:
            reason = self._session.why_not
        self.again.setEnabled(not reason)
        self.again.setToolTip(reason)

    def _take_back(self) -> None:
        one = self._chosen()
        if one is not None:
            self._tell("", is_error=False)
            self._session.write(
                history.undo_operation, one.id, done=self._taken_back, failed=self._refused
            )

    def _do_again(self) -> None:
        one = self._chosen()
        if one is not None:
            self._tell("", is_error=False)
            self._session.write(
                history.redo_operation, one.id, done=self._done_again, failed=self._refused
            )

    def _done_again(self, outcome: Outcome[Operation]) -> None:
        self._tell(tr("Done again: {what}", what=tr(outcome.value.label)), is_error=False)
        self._ask()

    def _taken_back(self, outcome: Outcome[Operation]) -> None:
        self._tell(tr("Taken back: {what}", what=tr(outcome.value.label)), is_error=False)
        self._ask()

    def _refused(self, error: ArchiveError) -> None:
        self._tell(error.message, is_error=True)

    def _tell(self, words: str, *, is_error: bool) -> None:
        colours = theme().colours
        colour = colours.error if is_error else colours.text
        self.told.setStyleSheet(f"color: {colour.name()}")
        self.told.setText(words)
        self.told.setVisible(bool(words))


def _step(one: Operation) -> str:
    if one.undoes is not None:
        return tr("Undo: {what}", what=tr(one.label))
    if one.redoes is not None:
        return tr("Redo: {what}", what=tr(one.label))
    return tr(one.label)


def _when(one: Operation) -> str:
    here = one.at.astimezone()
    return f"{shown_date(here.date().isoformat())}, {here:%H:%M}"
