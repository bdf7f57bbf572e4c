"""The footnotes of a transcript: written, listed, changed, taken out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from archive_app.gui.theme import GAP, STEP
from archive_app.translation import tr

_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class ShownNote:
    """A footnote as the list shows it."""

    id: int
    turn_id: int
    offset: int
    words: str
    """The words that it stands behind."""
    text: str
    link: str


class FootnoteDialog(QDialog):
    """Asks for a footnote's text and link."""

    given = Signal(str, str)

    def __init__(
        self, title: str, words: str, *, text: str = "", link: str = "",
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(110 * STEP)
        self.text = QPlainTextEdit(text)
        self.text.setAccessibleName(tr("Footnote"))
        self.text.setTabChangesFocus(True)
        self.link = QLineEdit(link)
        self.link.setPlaceholderText("https://")
        behind = QLabel(f"…{words}†")
        behind.setWordWrap(True)
        form = QFormLayout()
        form.setSpacing(GAP)
        form.addRow(tr("Behind:"), behind)
        form.addRow(tr("&Footnote:"), self.text)
        form.addRow(tr("&Link:"), self.link)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.keep = self.buttons.addButton(
            tr("Keep footnote"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.keep.setDefault(True)
        self.keep.setShortcut("Ctrl+Return")
        self.buttons.accepted.connect(self._give)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self.buttons)
        self.text.textChanged.connect(self._allow)
        self._allow()
        self.finished.connect(self.deleteLater)

    def _allow(self) -> None:
        has_text = bool(self.text.toPlainText().strip())
        self.keep.setEnabled(has_text)
        self.keep.setDefault(True)
        self.keep.setToolTip("" if has_text else tr("Write the footnote first."))

    def _give(self) -> None:
        self.given.emit(self.text.toPlainText().strip(), self.link.text().strip())
        self.accept()


class FootnoteList(QDialog):
    """Lists every footnote; stays open beside the text."""

    chosen = Signal(object)
    """ShownNote: show where it stands."""
    change_asked = Signal(object)
    delete_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Footnotes"))
        self.resize(110 * STEP, 90 * STEP)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Footnotes"))
        self.list.setWordWrap(True)
        self.nothing = QLabel(
            tr("No footnotes yet. Put the cursor behind a word and choose “Footnote…”.")
        )
        self.nothing.setWordWrap(True)
        self.change = QPushButton(tr("&Change…"))
        self.delete = QPushButton(tr("&Delete"))
        self.change.clicked.connect(self._change)
        self.delete.clicked.connect(self._delete)
        self.list.itemActivated.connect(lambda _: self._change())
        self.list.currentItemChanged.connect(lambda *_: self._choose())
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        buttons.addStretch(1)
        buttons.addWidget(self.change)
        buttons.addWidget(self.delete)
        layout = QVBoxLayout(self)
        layout.setSpacing(GAP)
        for widget in (self.nothing, self.list):
            layout.addWidget(widget)
        layout.addLayout(buttons)

    def show_notes(self, notes: Sequence[ShownNote]) -> None:
        """List footnotes; the one that was chosen stays so."""
        was = self.current()
        self.list.blockSignals(True)
        self.list.clear()
        for number, note in enumerate(notes, 1):
            item = QListWidgetItem(f"{number}.  …{note.words}†\n{note.text}")
            item.setData(_ROLE, note)
            item.setToolTip(note.link)
            self.list.addItem(item)
            if was is not None and note.id == was.id:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        self.nothing.setVisible(not notes)
        self.list.setVisible(bool(notes))
        self._allow()

    def current(self) -> ShownNote | None:
        """Return the footnote that is chosen."""
        item = self.list.currentItem()
        return item.data(_ROLE) if item is not None else None

    def _allow(self) -> None:
        has = self.current() is not None
        for button in (self.change, self.delete):
            button.setEnabled(has)
            button.setToolTip("" if has else tr("Choose a footnote first."))

    def _choose(self) -> None:
        self._allow()
        note = self.current()
        if note is not None:
            self.chosen.emit(note)

    def _change(self) -> None:
        note = self.current()
        if note is not None:
            self.change_asked.emit(note)

    def _delete(self) -> None:
        note = self.current()
        if note is not None:
            self.delete_asked.emit(note.id)
