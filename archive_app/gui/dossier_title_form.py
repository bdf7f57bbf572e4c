"""What stands on a dossier's first pages: title, author, preface, method note, cover picture."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from archive_app.domain.records import Dossier
from archive_app.gui.broken_lines import break_lines
from archive_app.gui.dossier_design_form import WORDS_WIDTH
from archive_app.gui.theme import GAP, STEP
from archive_app.translation import tr
from archive_app.work.collected import WITHOUT_TRANSLATIONS, shows_translations

REST_MS = 800
KEPT_LINES = ("subtitle", "keywords", "contact")
"""The fields of one line that are kept in the dossier's settings under their own names."""
PICTURE_FILTER = "*.png *.jpg *.jpeg"


class TitleForm(QWidget):
    """Stores a field when the keyboard leaves it, or typing rests."""

    changed = Signal(int, object)
    """A dossier's id, and what ``work.collecting.edit_dossier`` is to change of it."""
    cover_chosen = Signal(int, object)
    """A dossier's id, and the picture's path; None: no picture."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dossier: Dossier | None = None
        self._worded: frozenset[str] = frozenset()
        self._make_fields()
        self._lay_out()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.keep)
        for field in (self.about, self.method):
            field.textChanged.connect(self._rest.start)

    def _make_fields(self) -> None:
        self.name, self.subtitle = QLineEdit(), QLineEdit()
        self.author, self.contact, self.keywords = QLineEdit(), QLineEdit(), QLineEdit()
        self.keywords.setPlaceholderText(tr("Parted by semicolons"))
        self.author.setPlaceholderText(tr("Who chose and ordered this"))
        self.contact.setPlaceholderText(tr("The archive's address or page"))
        self.about, self.method = QPlainTextEdit(), QPlainTextEdit()
        self.method.setPlaceholderText(
            tr("How the interviews were made, transcribed and chosen")
        )  # fmt: skip
        for field in (self.about, self.method):
            field.setTabChangesFocus(True)
            field.setFixedHeight(18 * STEP)
        self.translations = QCheckBox(tr("Whole interviews with their translations"))
        break_lines(self.translations, WORDS_WIDTH)
        self.cover = QLabel()
        self.cover.setWordWrap(True)
        self.choose_cover = QPushButton(tr("Choose…"))
        self.choose_cover.setAccessibleName(tr("Choose a cover picture"))
        self.choose_cover.clicked.connect(self.ask_cover)
        self.no_cover = QPushButton(tr("Remove"))
        self.no_cover.setAccessibleName(tr("Remove the cover picture"))
        self.no_cover.clicked.connect(lambda: self._give_cover(None))
        self._fields: dict[str, QLineEdit | QPlainTextEdit] = {
            "title": self.name, "author": self.author, "description": self.about,
            "method": self.method, **{name: getattr(self, name) for name in KEPT_LINES},
        }  # fmt: skip
        for field, name in (
            (self.name, tr("Title")), (self.subtitle, tr("Subtitle")), (self.author, tr("Author")),
            (self.about, tr("Preface")), (self.method, tr("Method note")),
            (self.keywords, tr("Keywords")), (self.contact, tr("Contact")),
        ):  # fmt: skip
            field.setAccessibleName(name)
        for field in (self.name, self.subtitle, self.author, self.keywords, self.contact):
            field.editingFinished.connect(self.keep)
        self.translations.clicked.connect(lambda _: self.keep())

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(STEP)
        buttons.addWidget(self.choose_cover)
        buttons.addWidget(self.no_cover)
        buttons.addStretch(1)
        cover = QVBoxLayout()
        cover.setSpacing(STEP)
        cover.addWidget(self.cover)
        cover.addLayout(buttons)
        cover_label = QLabel(tr("C&over:"))
        cover_label.setBuddy(self.choose_cover)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(GAP)
        form.setVerticalSpacing(STEP)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.addRow(tr("&Title:"), self.name)
        form.addRow(tr("S&ubtitle:"), self.subtitle)
        form.addRow(tr("&Author:"), self.author)
        form.addRow(cover_label, cover)
        form.addRow(tr("P&reface:"), self.about)
        form.addRow(tr("Met&hod:"), self.method)
        form.addRow(tr("Key&words:"), self.keywords)
        form.addRow(tr("Co&ntact:"), self.contact)
        form.addRow(self.translations)

    # What is shown ------------------------------------------------------------

    def edit_title(self) -> None:
        """Put the keyboard into the title."""
        self.name.setFocus()
        self.name.selectAll()

    def show_dossier(self, dossier: Dossier, worded: Collection[str] = ()) -> None:
        """Show a dossier's first pages; what is being typed stays.

        ``worded``: the fields that read otherwise than they are kept. To store them as they
        read would lose a name, so they are only read.
        """
        is_other = self._dossier is None or self._dossier.id != dossier.id
        is_other = is_other or frozenset(worded) != self._worded
        self._allow_writing(worded)
        self._dossier = dossier
        for field, text in (
            (self.name, dossier.title), (self.author, dossier.author),
            *((getattr(self, name), dossier.settings.get(name, "")) for name in KEPT_LINES),
        ):  # fmt: skip
            if is_other or not (field.hasFocus() and field.isModified()):
                field.setText(text)
        if is_other or not self._rest.isActive():
            for field, text in self._long_texts(dossier):
                if is_other or field.toPlainText().strip() != text:
                    with QSignalBlocker(field):
                        field.setPlainText(text)
            self._rest.stop()
        self.translations.setChecked(shows_translations(dossier))
        has_cover = bool(dossier.settings.get("cover"))
        self.cover.setText(tr("A picture is chosen.") if has_cover else tr("No picture"))
        self.no_cover.setEnabled(has_cover)
        self.no_cover.setToolTip("" if has_cover else tr("There is no cover picture."))

    def _allow_writing(self, worded: Collection[str]) -> None:
        self._worded = frozenset(worded)
        reason = tr("A name stands here that this audience may not read. Look at the archive as "
                    "staff to change it.")  # fmt: skip
        for name, field in self._fields.items():
            field.setReadOnly(name in self._worded)
            field.setToolTip(reason if name in self._worded else "")

    def _long_texts(self, dossier: Dossier) -> tuple[tuple[QPlainTextEdit, str], ...]:
        method = dossier.settings.get("method", "")
        return (self.about, dossier.description), (self.method, method)

    def forget(self) -> None:
        """Show none any more."""
        self._dossier = None
        for field in self._fields.values():
            field.clear()
        self._rest.stop()

    # What is kept ---------------------------------------------------------------

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
        settings = self._changed_settings(dossier)
        if settings:
            changed["settings"] = settings
        if changed:
            self.changed.emit(dossier.id, changed)

    def _changed_settings(self, dossier: Dossier) -> dict[str, str]:
        now = {name: getattr(self, name).text().strip() for name in KEPT_LINES}
        now["method"] = self.method.toPlainText().strip()
        settings = {k: text for k, text in now.items() if text != dossier.settings.get(k, "")}
        if self.translations.isChecked() != shows_translations(dossier):
            is_with = self.translations.isChecked()
            settings["translations"] = "yes" if is_with else WITHOUT_TRANSLATIONS
        return settings

    def ask_cover(self) -> None:
        """Ask for a picture for the title page."""
        kinds = tr("Pictures ({pattern})", pattern=PICTURE_FILTER)
        chosen, _ = QFileDialog.getOpenFileName(self, tr("Cover picture"), "", kinds)
        if chosen:
            self._give_cover(Path(chosen))

    def _give_cover(self, path: Path | None) -> None:
        if self._dossier is not None:
            self.cover_chosen.emit(self._dossier.id, path)
