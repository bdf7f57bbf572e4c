"""The list of all questions of the archive: a worklist that stays open beside the window."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from archive_app.gui.icons import give_icon
from archive_app.gui.question_words import KINDS, question_in_words
from archive_app.gui.recorder_door import RecorderDoor
from archive_app.gui.session import Session
from archive_app.gui.theme import GAP, MARGIN, STEP
from archive_app.translation import mark, tr, trn
from archive_app.work.questions import AskedLine, question_lines

REFRESH_AFTER_MS = 100
HEADINGS = (mark("Accession"), mark("Title"), mark("Question"))
NOWHERE = QModelIndex()


class QuestionsModel(QAbstractTableModel):
    """One line a question."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: Sequence[AskedLine] = ()

    def show_lines(self, lines: Sequence[AskedLine]) -> None:
        """Show these questions."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = NOWHERE) -> int:
        """Return how many questions there are."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(HEADINGS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's heading."""
        is_asked = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return tr(HEADINGS[section]) if is_asked else None

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return what a cell shows."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        line = self.lines[index.row()]
        if index.column() == 2:
            return question_in_words(line.question)
        return line.title if index.column() == 1 else line.accession


class QuestionsDialog(QDialog):
    """Every question, or those of a kind; double click or Enter shows the interview's record."""

    chosen = Signal(int)
    """An interview whose record is to be shown."""
    cut_off_asked = Signal()
    """The recordings that were cut off are to be shown."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._lines: list[AskedLine] = []
        self.setWindowTitle(tr("Questions"))
        self.resize(200 * STEP, 110 * STEP)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        rows.setSpacing(GAP)
        words = QLabel(tr("These wait for somebody of the staff; until then what is closed stays "
                          "closed. A double click shows the record, where each can be "
                          "answered."))  # fmt: skip
        words.setWordWrap(True)
        rows.addWidget(words)
        self.kinds = QComboBox()
        self.kinds.setAccessibleName(tr("Which questions are shown"))
        self.kinds.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.kinds.activated.connect(lambda _: self._narrow())
        line = QHBoxLayout()
        line.addWidget(self.kinds)
        line.addStretch(1)
        self.cut_off = QPushButton()
        self.cut_off.setAutoDefault(False)
        give_icon(self.cut_off, "warning")
        self.cut_off.clicked.connect(self.cut_off_asked)
        line.addWidget(self.cut_off)
        rows.addLayout(line)
        rows.addWidget(self._make_table(), 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.go = buttons.addButton(tr("Show record"), QDialogButtonBox.ButtonRole.ActionRole)
        self.go.clicked.connect(self._go)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setAutoDefault(False)
        self.go.setDefault(True)
        buttons.rejected.connect(self.reject)
        rows.addWidget(buttons)
        self._due = QTimer(self)
        self._due.setSingleShot(True)
        self._due.setInterval(REFRESH_AFTER_MS)
        self._due.timeout.connect(self.refresh)
        session.changed.connect(lambda _: self._due.start())
        session.audience_changed.connect(self.close)
        self._door = RecorderDoor.of(session)
        self._door.unfinished_changed.connect(self._show_cut_off)
        self._show_cut_off()
        self.refresh()

    def _make_table(self) -> QTableView:
        self.model = QuestionsModel(self)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName(tr("Questions"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.setAlternatingRowColors(True)
        lines = self.table.verticalHeader()
        lines.hide()
        lines.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        lines.setDefaultSectionSize(max(self.fontMetrics().height() + 3 * STEP, 7 * STEP))
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.resizeSection(0, 24 * STEP)
        header.resizeSection(1, 60 * STEP)
        header.setStretchLastSection(True)
        self.table.doubleClicked.connect(lambda _: self._go())
        return self.table

    def _show_cut_off(self) -> None:
        count = len(self._door.unfinished)
        self.cut_off.setText(
            trn("{count} interrupted recording…", "{count} interrupted recordings…", count)
        )
        self.cut_off.setVisible(count > 0)

    def refresh(self) -> None:
        """Ask again what is asked."""
        self._session.query(
            question_lines, self._session.today(), done=self._show_lines, owner=self
        )

    def _show_lines(self, lines: list[AskedLine]) -> None:
        self._lines = lines
        counts = Counter(line.question.kind for line in lines)
        shown = self.kinds.currentData()
        self.kinds.clear()
        self.kinds.addItem(trn("{count} question", "{count} questions", len(lines)), None)
        for kind, name in KINDS.items():
            if counts[kind]:
                self.kinds.addItem(f"{tr(name)} ({counts[kind]})", kind)
        self.kinds.setCurrentIndex(max(0, self.kinds.findData(shown)) if shown else 0)
        self._narrow()

    def _narrow(self) -> None:
        kind = self.kinds.currentData()
        row = max(0, self.table.currentIndex().row())
        lines = [line for line in self._lines if kind is None or line.question.kind == kind]
        self.model.show_lines(lines)
        if lines:
            self.table.selectRow(min(row, len(lines) - 1))
        self.go.setEnabled(bool(lines))
        self.go.setToolTip("" if lines else tr("Nothing waits for a decision."))

    def _go(self) -> None:
        row = self.table.currentIndex().row()
        if 0 <= row < len(self.model.lines):
            self.chosen.emit(self.model.lines[row].interview_id)
