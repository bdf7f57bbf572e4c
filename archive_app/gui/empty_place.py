"""What stands where there is nothing yet: what belongs there, and a button that brings it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from archive_app.gui.theme import GAP, MARGIN, STEP, theme


class EmptyPlace(QWidget):
    """A sentence in the middle, and under it what can be done about it."""

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        rows.setSpacing(MARGIN)
        rows.addStretch(1)
        self.words = QLabel(words)
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.words.setFont(theme().interface_font(1.15))
        self.words.setMaximumWidth(120 * STEP)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(self.words, 6)
        line.addStretch(1)
        rows.addLayout(line)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(GAP)
        rows.addLayout(self._buttons)
        rows.addStretch(2)
        self.buttons: list[QPushButton] = []

    def show_words(self, words: str, *choices: tuple[str, Callable[[], object]]) -> None:
        """Show a sentence and, for each choice, a button with its verb."""
        self.words.setText(words)
        self.setAccessibleName(words)
        while self._buttons.count():
            item = self._buttons.takeAt(0)
            if item is not None and (old := item.widget()) is not None:
                old.deleteLater()
        self.buttons = []
        self._buttons.addStretch(1)
        for name, run in choices:
            button = QPushButton(name)
            button.setAutoDefault(False)
            button.clicked.connect(lambda *_, run=run: run())
            self._buttons.addWidget(button)
            self.buttons.append(button)
        self._buttons.addStretch(1)
