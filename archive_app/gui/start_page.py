"""What is shown without an archive: three choices, and the archives opened lately."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCommandLinkButton,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from archive_app.gui.icons import give_icon, icon
from archive_app.gui.theme import GAP, MARGIN, STEP, theme
from archive_app.translation import tr

SHOWN = 6


class StartPage(QWidget):
    """Try the sample, make a new archive, open one; or take one up again."""

    sample_asked = Signal()
    new_asked = Signal()
    open_asked = Signal()
    archive_chosen = Signal(object)
    """Path of an archive's folder."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = tr("Start")
        self.setObjectName("start_page")
        middle = QWidget()
        middle.setMaximumWidth(160 * STEP)
        column = QVBoxLayout(middle)
        column.setContentsMargins(MARGIN, 2 * MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        self._heading = QLabel(tr("Oral History Archive"))
        self._lead = QLabel(
            tr("Interviews, recordings and transcripts, kept in one folder on this computer.")
        )
        self._lead.setWordWrap(True)
        column.addWidget(self._heading)
        column.addWidget(self._lead)
        column.addSpacing(MARGIN)
        for button in self._choices():
            column.addWidget(button)
        column.addSpacing(MARGIN)
        self._recent_label = QLabel(tr("Opened lately"))
        column.addWidget(self._recent_label)
        self.recent = QListWidget()
        self.recent.setAccessibleName(tr("Archives opened lately"))
        self.recent.setIconSize(QSize(20, 20))
        self.recent.itemActivated.connect(self._choose)
        column.addWidget(self.recent)
        hint = QLabel(tr("You can also drop an archive's folder here."))
        hint.setEnabled(False)
        self._hint = hint
        column.addWidget(hint)
        column.addStretch(1)
        row = QHBoxLayout(self)
        row.addStretch(1)
        row.addWidget(middle, 8)
        row.addStretch(1)
        theme().changed.connect(self._recolour)
        self._recolour()
        self.setFocusProxy(self.sample)

    def _choices(self) -> Sequence[QWidget]:
        self.sample = _choice(
            tr("Try the sample archive"),
            tr("Four short interviews to look around in. Nothing you do there matters."),
            "eye",
        )
        self.new = _choice(
            tr("Make a new archive"),
            tr("Choose a name and a place; then bring in your recordings and transcripts."),
            "add",
        )
        self.open = _choice(
            tr("Open an archive"),
            tr("Choose the folder of an archive that is on this computer or a drive."),
            "folder",
        )
        self.sample.clicked.connect(self.sample_asked)
        self.new.clicked.connect(self.new_asked)
        self.open.clicked.connect(self.open_asked)
        return self.sample, self.new, self.open

    def show_recent(self, folders: Sequence[str]) -> None:
        """List archives by name, with where they lie."""
        self.recent.clear()
        for text in folders[:SHOWN]:
            folder = Path(text)
            item = QListWidgetItem(icon("library"), f"{folder.stem}   —   {folder.parent}")
            item.setData(Qt.ItemDataRole.UserRole, text)
            item.setToolTip(text)
            self.recent.addItem(item)
        height = sum(self.recent.sizeHintForRow(n) for n in range(self.recent.count()))
        self.recent.setFixedHeight(height + 2 * STEP)
        self._recent_label.setVisible(bool(folders))
        self.recent.setVisible(bool(folders))

    def _choose(self, item: QListWidgetItem) -> None:
        self.archive_chosen.emit(Path(item.data(Qt.ItemDataRole.UserRole)))

    def _recolour(self) -> None:
        self._heading.setFont(theme().interface_font(2.0))
        self._lead.setFont(theme().interface_font(1.15))
        bold = theme().interface_font()
        bold.setBold(True)
        self._recent_label.setFont(bold)


def _choice(words: str, explained: str, picture: str) -> QCommandLinkButton:
    button = QCommandLinkButton(words, explained)
    give_icon(button, picture)
    button.setIconSize(QSize(24, 24))
    button.setAccessibleName(words)
    button.setAccessibleDescription(explained)
    return button
