"""What stands on a dossier's title page, and the paper it is set for: a part that folds away."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from archive_app.domain.records import Dossier
from archive_app.gui.theme import STEP, theme
from archive_app.settings import SPLITTERS, Settings
from archive_app.translation import mark, tr
from archive_app.work.collected import WITHOUT_TRANSLATIONS, paper_of, shows_translations

PAPERS = {"a4": mark("A4"), "letter": mark("Letter"), "a5": mark("A5")}
FOLDED = "dossier_settings"
"""The name under which the layout remembers whether it is folded."""
REST_MS = 800


class DossierSettings(QWidget):
    """Stores a field when the keyboard leaves it, or typing rests."""

    changed = Signal(int, object)
    """A dossier's id, and what ``work.collecting.edit_dossier`` is to change of it."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._dossier: Dossier | None = None
        self.fold = QToolButton()
        self.fold.setText(tr("Title page and paper"))
        self.fold.setCheckable(True)
        self.fold.setAutoRaise(True)
        self.fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.heading = QLabel()
        self.heading.setFont(theme().interface_font(1.25))
        self.heading.setWordWrap(True)
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self._make_fields()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, STEP, 0, 0)
        rows.setSpacing(STEP)
        rows.addWidget(self.heading)
        rows.addWidget(self.fold)
        rows.addWidget(self.fields)
        is_open = self._settings.get(SPLITTERS).get(FOLDED) == [1]
        self.fold.setChecked(is_open)
        self._unfold(is_open)
        self.fold.toggled.connect(self._unfold)

    def _make_fields(self) -> None:
        self.name, self.subtitle, self.author = QLineEdit(), QLineEdit(), QLineEdit()
        self.author.setPlaceholderText(tr("Who chose and ordered this"))
        self.about = QPlainTextEdit()
        self.about.setTabChangesFocus(True)
        self.about.setFixedHeight(18 * STEP)
        self.paper = QComboBox()
        for code, name in PAPERS.items():
            self.paper.addItem(tr(name), code)
        self.translations = QCheckBox(tr("Whole interviews come with their translations"))
        self.fields = QWidget()
        form = QFormLayout(self.fields)
        form.setContentsMargins(0, 0, 0, STEP)
        form.setHorizontalSpacing(2 * STEP)
        form.setVerticalSpacing(STEP)
        form.addRow(tr("&Title:"), self.name)
        form.addRow(tr("S&ubtitle:"), self.subtitle)
        form.addRow(tr("&Author:"), self.author)
        form.addRow(tr("P&reface:"), self.about)
        form.addRow(tr("&Paper:"), self.paper)
        form.addRow("", self.translations)
        for field, name in ((self.name, tr("Title")), (self.subtitle, tr("Subtitle")),
                            (self.author, tr("Author")), (self.about, tr("Preface")),
                            (self.paper, tr("Paper"))):  # fmt: skip
            field.setAccessibleName(name)
        for field in (self.name, self.subtitle, self.author):
            field.editingFinished.connect(self.keep)
        self.paper.activated.connect(lambda _: self.keep())
        self.translations.clicked.connect(lambda _: self.keep())
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.keep)
        self.about.textChanged.connect(self._rest.start)

    def _unfold(self, is_open: bool) -> None:
        self.fields.setVisible(is_open)
        arrow = Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow
        self.fold.setArrowType(arrow)
        known = dict(self._settings.get(SPLITTERS))
        known[FOLDED] = [int(is_open)]
        self._settings.set(SPLITTERS, known)

    def edit_title(self) -> None:
        """Put the keyboard into the title."""
        self.fold.setChecked(True)
        self.name.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.name.selectAll()

    def show_dossier(self, dossier: Dossier) -> None:
        """Show a dossier's settings; what is being typed stays."""
        is_other = self._dossier is None or self._dossier.id != dossier.id
        self._dossier = dossier
        self.heading.setText(dossier.title)
        for field, text in (
            (self.name, dossier.title),
            (self.subtitle, dossier.settings.get("subtitle", "")),
            (self.author, dossier.author),
        ):
            if is_other or not (field.hasFocus() and field.isModified()):
                field.setText(text)
        if is_other or not self._rest.isActive():
            if self.about.toPlainText().strip() != dossier.description:
                with QSignalBlocker(self.about):
                    self.about.setPlainText(dossier.description)
            self._rest.stop()
        self.paper.setCurrentIndex(max(0, self.paper.findData(paper_of(dossier))))
        self.translations.setChecked(shows_translations(dossier))

    def forget(self) -> None:
        """Show none any more."""
        self._rest.stop()
        self._dossier = None

    def keep(self) -> None:
        """Tell what was changed, if anything was."""
        self._rest.stop()
        dossier = self._dossier
        if dossier is None:
            return
        changed: dict[str, Any] = {}
        title = " ".join(self.name.text().split())
        if title and title != dossier.title:
            changed["title"] = title
        if self.author.text().strip() != dossier.author:
            changed["author"] = self.author.text()
        if self.about.toPlainText().strip() != dossier.description:
            changed["description"] = self.about.toPlainText()
        settings: dict[str, str] = {}
        if self.subtitle.text().strip() != dossier.settings.get("subtitle", ""):
            settings["subtitle"] = self.subtitle.text().strip()
        if self.paper.currentData() != paper_of(dossier):
            settings["paper"] = self.paper.currentData()
        if self.translations.isChecked() != shows_translations(dossier):
            is_with = self.translations.isChecked()
            settings["translations"] = "yes" if is_with else WITHOUT_TRANSLATIONS
        if settings:
            changed["settings"] = settings
        if changed:
            self.changed.emit(dossier.id, changed)
