"""The table of an import: a line for each file, with a language that can be corrected."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from archive_app.gui.icons import icon
from archive_app.gui.import_plan import (
    LANGUAGES,
    goes_into,
    has_language,
    kind_in_words,
    language_name,
    remarks,
    tag_in,
)
from archive_app.gui.theme import STEP, theme
from archive_app.translation import mark, tr
from archive_app.work.importing import ImportPlan, ImportReport, PlannedFile

FILE, KIND, LANGUAGE, TARGET, REMARK = range(5)
STATES = {
    "ready": ("check", mark("Ready to come in")),
    "imported": ("check", mark("Imported")),
    "known": ("info", mark("Already in the archive")),
    "failed": ("error", mark("Cannot be taken in")),
}


class ImportTable(QTableWidget):
    """File, what it is, language, where it goes, and what is to be said about it."""

    language_chosen = Signal(int, str)
    """The file's number in the plan, and the language tag."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, 5, parent)
        self.setAccessibleName(tr("Files to import"))
        self.setHorizontalHeaderLabels(
            [tr("File"), tr("What it is"), tr("Language"), tr("Goes into"), tr("Remarks")]
        )
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setStretchLastSection(True)
        for column, width in ((FILE, 200), (KIND, 170), (LANGUAGE, 210), (TARGET, 120)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            header.resizeSection(column, width)

    def show_plan(self, plan: ImportPlan) -> None:
        """Show what an import would do."""
        self.clearContents()
        self.setRowCount(len(plan.files))
        for number, file in enumerate(plan.files):
            self._line(number, file, goes_into(file, plan))
            if has_language(file):
                self.setCellWidget(number, LANGUAGE, self._language_choice(number, file))
        self.resizeRowsToContents()

    def show_report(self, report: ImportReport) -> None:
        """Show what an import did."""
        self.clearContents()
        self.setRowCount(len(report.files))
        for number, file in enumerate(report.files):
            # A cell's widget stays where its item is taken away.
            self.removeCellWidget(number, LANGUAGE)
            self._line(number, file, file.accession)
        self.resizeRowsToContents()

    def _line(self, number: int, file: PlannedFile, target: str) -> None:
        picture, words = STATES[file.status]
        name = QTableWidgetItem(icon(picture, _colour(file.status)), file.path.name)
        name.setToolTip(f"{tr(words)}\n{file.path}")
        remark = "\n".join(remarks(file)) or (tr(words) if file.status == "imported" else "")
        texts = {KIND: kind_in_words(file), LANGUAGE: _language(file), TARGET: target,
                 REMARK: remark}  # fmt: skip
        self.setItem(number, FILE, name)
        for column, text in texts.items():
            item = QTableWidgetItem(text)
            item.setToolTip(text)
            item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            if column == REMARK and file.status == "failed":
                item.setForeground(theme().colours.error)
            self.setItem(number, column, item)

    def _language_choice(self, number: int, file: PlannedFile) -> QComboBox:
        choice = QComboBox()
        choice.setEditable(True)
        choice.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        choice.setAccessibleName(tr("Language of {file}", file=file.path.name))
        choice.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for tag in LANGUAGES:
            choice.addItem(language_name(tag), tag)
        choice.setEditText(_language(file))
        if file.is_language_guessed:
            choice.setToolTip(
                tr("Nothing in the file says its language; this is a guess. Correct it here.")
            )
        choice.setMinimumHeight(7 * STEP)
        choice.activated.connect(
            lambda index: self.language_chosen.emit(number, choice.itemData(index))
        )
        line = choice.lineEdit()
        if line is not None:
            line.setCursorPosition(0)
            line.editingFinished.connect(
                lambda: self._typed(number, choice.currentText(), _language(file))
            )
        return choice

    def _typed(self, number: int, text: str, shown: str) -> None:
        if text.strip() and text != shown:
            self.language_chosen.emit(number, tag_in(text))


def _language(file: PlannedFile) -> str:
    if not file.language:
        return ""
    name = language_name(file.language)
    return tr("{language} (guess)", language=name) if file.is_language_guessed else name


def _colour(status: str) -> QColor:
    colours = theme().colours
    return colours.error if status == "failed" else colours.text
