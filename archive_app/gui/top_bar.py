"""The line over every page: search in everything, and through whose eyes one looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from archive_app.gui.icons import icon
from archive_app.gui.theme import GAP, STEP, theme
from archive_app.translation import mark, tr

if TYPE_CHECKING:
    from archive_app.domain.records import Audience

AUDIENCE_NAMES = {
    "staff": mark("Staff"),
    "reading-room": mark("Reading room"),
    "public": mark("Public"),
}
"""By ``Audience``'s values: the records themselves are not needed to start."""


class TopBar(QWidget):
    """The search field (Enter searches) and the choice of audience."""

    search_entered = Signal(str)
    audience_chosen = Signal(str)
    """The value of an ``Audience``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(GAP, GAP, GAP, GAP)
        layout.setSpacing(GAP)
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search everything (Ctrl+K)"))
        self.search.setAccessibleName(tr("Search everything"))
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(170 * STEP)
        self._glass = self.search.addAction(
            icon("search"), QLineEdit.ActionPosition.LeadingPosition
        )
        self.search.returnPressed.connect(self._enter)
        theme().changed.connect(self._recolour)
        layout.addWidget(self.search, 3)
        layout.addStretch(1)
        label = QLabel(tr("&Audience:"))
        self.audience = QComboBox()
        self.audience.setAccessibleName(tr("Audience"))
        self.audience.setToolTip(tr("Through whose eyes you look at the archive"))
        self.audience.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        for audience, name in AUDIENCE_NAMES.items():
            self.audience.addItem(tr(name), audience)
        self.audience.activated.connect(self._choose)
        label.setBuddy(self.audience)
        layout.addWidget(label)
        layout.addWidget(self.audience)

    def show_audience(self, audience: Audience) -> None:
        """Show who looks now, without asking for it."""
        self.audience.setCurrentIndex(list(AUDIENCE_NAMES).index(audience.value))

    def _enter(self) -> None:
        self.search_entered.emit(self.search.text().strip())

    def _choose(self, index: int) -> None:
        self.audience_chosen.emit(list(AUDIENCE_NAMES)[index])

    def _recolour(self) -> None:
        self._glass.setIcon(icon("search"))


class AudienceStrip(QFrame):
    """Says, in words, that one looks through others' eyes; with the way back."""

    back_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("audience_strip")
        self.setAutoFillBackground(True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(GAP, STEP, GAP, STEP)
        layout.setSpacing(GAP)
        self._eye = QLabel()
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.back = QPushButton(tr("Back to staff"))
        self.back.clicked.connect(self.back_asked)
        layout.addWidget(self._eye)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.back)
        theme().changed.connect(self._recolour)
        self._recolour()
        self.hide()

    def show_audience(self, audience: Audience) -> None:
        """Tell what is seen; staff need not be told."""
        if audience.value == "public":
            self.words.setText(tr("You see what the public sees. Editing is off."))
        else:
            self.words.setText(tr("You see what the reading room sees. Editing is off."))
        self.setAccessibleName(self.words.text())
        self.setVisible(audience.value != "staff")

    def _recolour(self) -> None:
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Window, theme().colours.closed)
        palette.setColor(QPalette.ColorRole.WindowText, theme().colours.text)
        self.setPalette(palette)
        self._eye.setPixmap(icon("eye", theme().colours.text).pixmap(20, 20))
