"""The dialog for a scholar's own text in a dossier: an introduction, words between passages."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from archive_app.domain.rich_text import BlockKind, RichText
from archive_app.gui.dossier_text_edit import RichTextEdit
from archive_app.gui.theme import GAP, MARGIN, STEP
from archive_app.translation import mark, tr

KINDS = {
    BlockKind.PARAGRAPH: mark("Paragraph"),
    BlockKind.HEADING: mark("Heading"),
    BlockKind.BULLET: mark("List with bullets"),
    BlockKind.NUMBER: mark("Numbered list"),
    BlockKind.QUOTE: mark("Quotation"),
}
NOTES_HEIGHT = 22 * STEP


class NoteDialog(QDialog):
    """Asks for the words of a note."""

    given = Signal(str)

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Note"))
        self.setMinimumWidth(110 * STEP)
        self.words = QPlainTextEdit(words)
        self.words.setAccessibleName(tr("Words of the note"))
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(24 * STEP)
        about = QLabel(tr("It stands at the foot of the page, its number behind the word."))
        about.setWordWrap(True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.keep = self.buttons.addButton(tr("Keep note"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.keep.setShortcut("Ctrl+Return")
        self.keep.setDefault(True)
        self.buttons.accepted.connect(self._give)
        self.buttons.rejected.connect(self.reject)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        rows.setSpacing(GAP)
        for widget in (about, self.words, self.buttons):
            rows.addWidget(widget)
        self.words.textChanged.connect(self._allow)
        self._allow()
        self.finished.connect(self.deleteLater)

    def _allow(self) -> None:
        has_words = bool(self.words.toPlainText().strip())
        self.keep.setEnabled(has_words)
        self.keep.setToolTip("" if has_words else tr("Write the note first."))

    def _give(self) -> None:
        self.given.emit(self.words.toPlainText())
        self.accept()


class TextDialog(QDialog):
    """A field with the few looks that a dossier prints, and its notes below it."""

    given = Signal(object)
    """RichText, when it is kept."""

    def __init__(self, text: RichText = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("dossier_text")
        self.setWindowTitle(tr("Your own text"))
        self.setMinimumSize(130 * STEP, 110 * STEP)
        self.resize(180 * STEP, 150 * STEP)
        self.field = RichTextEdit()
        self.field.show_text(text)
        self._make_tools()
        self._make_notes()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.keep = self.buttons.addButton(tr("Keep text"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.keep.setShortcut("Ctrl+Return")
        self.buttons.accepted.connect(self._give)
        self.buttons.rejected.connect(self.reject)
        self._lay_out()
        self.field.look_changed.connect(self._show_look)
        self.field.notes_changed.connect(self._list_notes)
        self.field.document().contentsChanged.connect(self._allow)
        self._show_look()
        self._list_notes()
        self._allow()
        self.field.setFocus()
        self.finished.connect(self.deleteLater)

    def _make_tools(self) -> None:
        self.kind = QComboBox()
        self.kind.setAccessibleName(tr("Kind of paragraph"))
        self.kind.setToolTip(
            tr("Ctrl+Alt+0 paragraph, 1 heading, 8 list with bullets, 7 numbered list, "
               "9 quotation")
        )  # fmt: skip
        for code, name in KINDS.items():
            self.kind.addItem(tr(name), code)
        self.kind.activated.connect(self._kind_chosen)
        self.bold = _switch(tr("B"), tr("Bold"), "Ctrl+B")
        font = self.bold.font()
        font.setBold(True)
        self.bold.setFont(font)
        self.bold.clicked.connect(self._bolden)
        self.italic = _switch(tr("I"), tr("Italic"), "Ctrl+I")
        font = self.italic.font()
        font.setItalic(True)
        self.italic.setFont(font)
        self.italic.clicked.connect(self._slant)
        self.note = QPushButton(tr("&Note…"))
        self.note.setAutoDefault(False)
        self.note.setShortcut("Ctrl+Alt+F")
        self.note.setToolTip(tr("Put a note at the foot of the page (Ctrl+Alt+F)"))
        self.note.clicked.connect(self.ask_note)

    def _make_notes(self) -> None:
        self.notes_title = QLabel(tr("No&tes:"))
        self.notes = QListWidget()
        self.notes.setObjectName("notes")
        self.notes.setAccessibleName(tr("Notes"))
        self.notes.setToolTip(tr("Enter or F2 changes a note, Delete takes it out"))
        self.notes.setWordWrap(True)
        self.notes.setFixedHeight(NOTES_HEIGHT)
        self.notes.itemActivated.connect(lambda _: self.change_note())
        self.notes.currentRowChanged.connect(self._note_chosen)
        self.notes_title.setBuddy(self.notes)
        self.notes.installEventFilter(self)

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        tools.setSpacing(STEP)
        for widget in (self.kind, self.bold, self.italic, self.note):
            tools.addWidget(widget)
        tools.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        rows.setSpacing(GAP)
        rows.addLayout(tools)
        rows.addWidget(self.field, 1)
        rows.addWidget(self.notes_title)
        rows.addWidget(self.notes)
        rows.addWidget(self.buttons)

    # Looks ------------------------------------------------------------------

    def _show_look(self) -> None:
        self.kind.setCurrentIndex(list(KINDS).index(self.field.kind()))
        self.bold.setChecked(self.field.is_bold())
        self.italic.setChecked(self.field.is_italic())

    def _kind_chosen(self, index: int) -> None:
        self.field.set_kind(list(KINDS)[index])
        self.field.setFocus()

    def _bolden(self, is_on: bool) -> None:
        self.field.set_bold(is_on)
        self.field.setFocus()

    def _slant(self, is_on: bool) -> None:
        self.field.set_italic(is_on)
        self.field.setFocus()

    # Notes ------------------------------------------------------------------

    def ask_note(self) -> None:
        """Ask for a note and call for it behind what is chosen."""
        self._dialog = NoteDialog(parent=self)
        self._dialog.given.connect(self.field.put_note)
        self._dialog.open()

    def change_note(self) -> None:
        """Ask for other words of the note that is chosen."""
        number = self.notes.currentRow()
        if number >= 0:
            self._dialog = NoteDialog(self.field.notes()[number].words, self)
            self._dialog.given.connect(lambda words: self.field.change_note(number, words))
            self._dialog.open()

    def _note_chosen(self, number: int) -> None:
        if number >= 0 and self.notes.hasFocus():
            self.field.go_to_note(number)

    def _list_notes(self) -> None:
        number = self.notes.currentRow()
        notes = self.field.notes()
        self.notes.blockSignals(True)
        self.notes.clear()
        for place, one in enumerate(notes, 1):
            QListWidgetItem(f"{place}  {one.words}", self.notes)
        self.notes.setCurrentRow(min(number, len(notes) - 1))
        self.notes.blockSignals(False)
        self.notes_title.setVisible(bool(notes))
        self.notes.setVisible(bool(notes))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Change and take out notes by keys."""
        if watched is self.notes and isinstance(event, QKeyEvent):
            is_press = event.type() == QEvent.Type.KeyPress
            number = self.notes.currentRow()
            if is_press and number >= 0 and event.key() == Qt.Key.Key_F2:
                self.change_note()
                return True
            if is_press and number >= 0 and event.key() == Qt.Key.Key_Delete:
                self.field.change_note(number, "")
                return True
        return super().eventFilter(watched, event)

    # The end ----------------------------------------------------------------

    def _allow(self) -> None:
        has_words = bool(self.field.document().toPlainText().strip())
        self.keep.setEnabled(has_words)
        self.keep.setToolTip(
            tr("Put it into the dossier (Ctrl+Enter)") if has_words
            else tr("Write the text first.")
        )  # fmt: skip

    def _give(self) -> None:
        self.given.emit(self.field.rich_text())
        self.accept()

    def has_unkept_words(self) -> bool:
        """Tell whether something stands here that would be lost with the dialog."""
        return self.field.document().isModified() and self.keep.isEnabled()

    def reject(self) -> None:
        """Close; what was written and not kept is asked about, for it cannot be brought back."""
        if not self.has_unkept_words():
            super().reject()
            return
        question = QMessageBox(self)
        question.setWindowTitle(tr("Your own text"))
        question.setText(tr("What you wrote is not kept yet."))
        keep = question.addButton(tr("Keep text"), QMessageBox.ButtonRole.AcceptRole)
        drop = question.addButton(tr("Discard text"), QMessageBox.ButtonRole.DestructiveRole)
        back = question.addButton(tr("Go on writing"), QMessageBox.ButtonRole.RejectRole)
        question.setEscapeButton(back)
        question.setDefaultButton(keep)
        keep.clicked.connect(self._give)
        drop.clicked.connect(super().reject)
        self._question = question
        question.open()


def text_again(text: RichText, parent: QWidget) -> TextDialog:
    """Return a dialog with words that were given and could not be stored: they are not lost."""
    dialog = TextDialog(text, parent)
    dialog.field.document().setModified(True)
    return dialog


def _switch(text: str, name: str, keys: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setCheckable(True)
    button.setAccessibleName(name)
    button.setShortcut(QKeySequence(keys))
    button.setToolTip(f"{name} ({QKeySequence(keys).toString()})")
    button.setFixedSize(8 * STEP, 7 * STEP)
    return button
