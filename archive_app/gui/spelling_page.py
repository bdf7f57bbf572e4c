"""The preferences' page of spelling: which dictionaries there are, and the person's own words."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from archive_app.gui.interview_words import language_name
from archive_app.gui.theme import GAP, MARGIN, STEP
from archive_app.language.spelling import Dictionary
from archive_app.settings import DICTIONARY_FOLDER, SPELLING, Settings
from archive_app.translation import tr
from archive_app.work.spelling import OwnWords, dictionaries


class SpellingPage(QWidget):
    """What is found is looked for when the page is first shown."""

    def __init__(
        self, settings: Settings, parent: QWidget | None = None, *, shows_own: bool = True
    ) -> None:
        """Make it; ``shows_own``: a person's own words, names among them, are for staff alone."""
        super().__init__(parent)
        self._settings = settings
        self._shows_own = shows_own
        self._own: OwnWords | None = None
        rows = QVBoxLayout(self)
        rows.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        rows.setSpacing(GAP)
        self.is_on = QCheckBox(tr("&Mark words that no dictionary knows"))
        self.is_on.setChecked(settings.get(SPELLING))
        self.is_on.toggled.connect(lambda is_on: settings.set(SPELLING, is_on))
        rows.addWidget(self.is_on)
        self.found = QLabel()
        self.found.setWordWrap(True)
        self.found.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.found.setAccessibleName(tr("Dictionaries that were found"))
        rows.addWidget(self.found)
        rows.addLayout(self._folder_line())
        label = QLabel(tr("&Words of your own:"))
        self.words = QListWidget()
        self.words.setAccessibleName(tr("Words of your own"))
        self.words.itemSelectionChanged.connect(self._allow)
        label.setBuddy(self.words)
        rows.addSpacing(STEP)
        rows.addWidget(label)
        rows.addWidget(self.words, 1)
        self.forget = QPushButton(tr("&Forget the word"))
        self.forget.clicked.connect(self._forget)
        note = QLabel(tr("They stay on this computer, in a file that only you can read."))
        line = QHBoxLayout()
        line.addWidget(note, 1)
        line.addWidget(self.forget)
        rows.addLayout(line)
        for widget in (label, self.words, note, self.forget):
            widget.setVisible(shows_own)
        if not shows_own:
            rows.addStretch(1)
        self._allow()

    def _folder_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(GAP)
        label = QLabel(tr("F&urther dictionaries in:"))
        self.folder = QLineEdit(self._settings.get(DICTIONARY_FOLDER))
        self.folder.setAccessibleName(tr("Folder with further dictionaries"))
        self.folder.setPlaceholderText(tr("A folder with .aff and .dic files"))
        self.folder.setToolTip(tr("Hunspell's dictionaries, as LibreOffice and Firefox use them"))
        self.folder.editingFinished.connect(lambda: self.take_folder(self.folder.text()))
        label.setBuddy(self.folder)
        choose = QPushButton(tr("Choose…"))
        choose.setAccessibleName(tr("Choose the folder with further dictionaries"))
        choose.clicked.connect(self._choose)
        line.addWidget(label)
        line.addWidget(self.folder, 1)
        line.addWidget(choose)
        return line

    def look(self) -> None:
        """Look for dictionaries and read the person's own words."""
        self.words.clear()
        if self._shows_own:
            self._own = OwnWords()
            self.words.addItems(list(self._own.words))
        self.found.setText(described(dictionaries(self._settings.get(DICTIONARY_FOLDER))))
        self._allow()

    def take_folder(self, text: str) -> None:
        """Look in another folder too."""
        if text.strip() != self._settings.get(DICTIONARY_FOLDER):
            self._settings.set(DICTIONARY_FOLDER, text.strip())
            self.look()

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, tr("Folder with further dictionaries"), self.folder.text() or str(Path.home())
        )
        if chosen:
            self.folder.setText(chosen)
            self.take_folder(chosen)

    def _allow(self) -> None:
        is_chosen = bool(self.words.selectedItems())
        self.forget.setEnabled(is_chosen)
        self.forget.setToolTip("" if is_chosen else tr("Choose a word first."))

    def _forget(self) -> None:
        for item in self.words.selectedItems():
            if self._own is not None:
                try:
                    self._own.remove(item.text())
                except OSError:
                    self.found.setText(tr("The file of your own words cannot be written."))
                    return
            self.words.takeItem(self.words.row(item))
        self._allow()


def described(known: Mapping[str, Dictionary]) -> str:
    """Return in words which dictionaries there are."""
    if not known:
        return tr(
            "No dictionary was found. On Debian or Ubuntu, for example: sudo apt install "
            "hunspell-ru hunspell-sr hunspell-en-us. Elsewhere LibreOffice brings them."
        )
    names = [f"{language_name(language)} ({one.name})" for language, one in sorted(known.items())]
    return tr("Dictionaries: {names}.", names=", ".join(names))
