"""Citing an interview or a passage: choose a style, copy the text, save the reference."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from archive_app.domain.citation_styles import CitationStyle
from archive_app.domain.citation_text import as_html
from archive_app.errors import ArchiveError
from archive_app.gui.export_parts import warning_label
from archive_app.gui.export_writing import file_name
from archive_app.gui.session import Session
from archive_app.gui.theme import GAP, MARGIN, STEP
from archive_app.settings import CITATION_STYLE, LAST_FOLDER
from archive_app.translation import mark, tr, trn
from archive_app.work import citing
from archive_app.work.citing import Citations, CitedPlace

STYLES = {
    CitationStyle.CHICAGO: mark("Chicago, notes and bibliography"),
    CitationStyle.MLA: mark("MLA, 9th edition"),
    CitationStyle.APA: mark("APA, 7th edition"),
    CitationStyle.ORAL_HISTORY_SOCIETY: mark("Oral history, British usage"),
    CitationStyle.GOST: mark("GOST R 7.0.5 (Russian)"),
}
_IN_THE_TEXT = (CitationStyle.MLA, CitationStyle.APA)
FORMATS = {
    "csl-json": mark("CSL-JSON, for Zotero and pandoc"),
    "bibtex": mark("BibTeX, for LaTeX"),
    "ris": mark("RIS, for EndNote and Mendeley"),
}
_ENDINGS = {"csl-json": "json", "bibtex": "bib", "ris": "ris"}


class CiteDialog(QDialog):
    """Shows one source in the chosen style, as the present audience may cite it."""

    def __init__(
        self, session: Session, places: Sequence[CitedPlace], parent: QWidget | None = None
    ) -> None:
        """Cite the first of the places; references are saved of all of them."""
        super().__init__(parent)
        self.session = session
        self._places = list(places)
        self._found: Citations | None = None
        self.setObjectName("cite_dialog")
        self.setWindowTitle(tr("Cite"))
        self.setMinimumWidth(150 * STEP)
        self._make_parts()
        self._lay_out()
        self.finished.connect(self.deleteLater)
        session.audience_changed.connect(self.reject)
        session.read(
            citing.citations,
            self._places[0],
            audience=session.audience,
            on=session.today(),
            done=self._take,
            failed=self._refuse,
            owner=self,
        )

    # Parts ------------------------------------------------------------------

    def _make_parts(self) -> None:
        self.style_choice = QComboBox()
        self.style_choice.setAccessibleName(tr("Style"))
        for style, name in STYLES.items():
            self.style_choice.addItem(tr(name), style.value)
        kept = self.style_choice.findData(self.session.settings.get(CITATION_STYLE))
        self.style_choice.setCurrentIndex(max(kept, 0))
        self.style_choice.currentIndexChanged.connect(self._style_chosen)
        self.note_label = QLabel()
        self.note = _text_field()
        self.note_label.setBuddy(self.note)
        self.copy_note = QPushButton(tr("&Copy"))
        self.copy_note.clicked.connect(lambda: self._copy(self.note))
        self.reference_label = QLabel(tr("&Bibliography entry:"))
        self.reference = _text_field()
        self.reference.setAccessibleName(tr("Bibliography entry"))
        self.reference_label.setBuddy(self.reference)
        self.copy_reference = QPushButton(tr("C&opy"))
        self.copy_reference.setAccessibleName(tr("Copy the bibliography entry"))
        self.copy_reference.clicked.connect(lambda: self._copy(self.reference))
        self.told = warning_label()
        self.told.setObjectName("cite_error")
        self.done_words = QLabel()
        self.done_words.setWordWrap(True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.buttons.rejected.connect(self.reject)
        self.save = self.buttons.addButton(
            tr("&Save references…"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self.save.setToolTip(tr("Write a file for a reference manager"))
        self.save.clicked.connect(self.ask_file)
        self.copy_note.setDefault(True)
        self._allow()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setSpacing(GAP)
        form.addRow(tr("S&tyle:"), self.style_choice)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(GAP)
        layout.addLayout(form)
        for label, text, button in (
            (self.note_label, self.note, self.copy_note),
            (self.reference_label, self.reference, self.copy_reference),
        ):
            line = QHBoxLayout()
            line.setSpacing(STEP)
            line.addWidget(label, 1)
            line.addWidget(button)
            layout.addLayout(line)
            layout.addWidget(text)
        layout.addWidget(self.told)
        layout.addWidget(self.done_words)
        layout.addWidget(self.buttons)

    # What is shown ----------------------------------------------------------

    def chosen_style(self) -> CitationStyle:
        """Return the style that is shown."""
        return CitationStyle(self.style_choice.currentData())

    def _style_chosen(self) -> None:
        self.session.settings.set(CITATION_STYLE, self.chosen_style().value)
        self._show()

    def _take(self, found: Citations) -> None:
        self._found = found
        self._show()

    def _refuse(self, error: ArchiveError) -> None:
        self.told.setText(error.message)
        self.told.show()

    def _show(self) -> None:
        self.done_words.clear()
        style = self.chosen_style()
        is_in_text = style in _IN_THE_TEXT
        self.note_label.setText(tr("In the te&xt:") if is_in_text else tr("&Footnote:"))
        self.note.setAccessibleName(tr("In the text") if is_in_text else tr("Footnote"))
        copies = tr("Copy what stands in the text") if is_in_text else tr("Copy the footnote")
        self.copy_note.setAccessibleName(copies)
        if self._found is not None:
            shown = self._found.of(style)
            self.note.setPlainText(shown.note)
            self.reference.setPlainText(shown.reference)
        self._allow()

    def _allow(self) -> None:
        reason = "" if self._found is not None else tr("There is nothing to cite yet.")
        for button, tip in (
            (self.copy_note, tr("Copy to the clipboard")),
            (self.copy_reference, tr("Copy to the clipboard")),
            (self.save, tr("Write a file for a reference manager")),
        ):
            button.setEnabled(not reason)
            button.setToolTip(reason or tip)

    # What is done -----------------------------------------------------------

    def _copy(self, field: QPlainTextEdit) -> None:
        copied = QMimeData()
        copied.setText(field.toPlainText())
        shown = self._found.of(self.chosen_style()) if self._found is not None else None
        if field is self.reference and shown is not None and shown.italics:
            # A word processor takes the italics, everything else the plain text.
            copied.setHtml(as_html(shown.reference_runs))
        QGuiApplication.clipboard().setMimeData(copied)
        self.done_words.setText(tr("Copied: {what}", what=field.accessibleName()))

    def ask_file(self) -> None:
        """Ask where the references go; what the file is called says in which form."""
        folder = self.session.settings.get(LAST_FOLDER)
        base = Path(folder) if folder and Path(folder).is_dir() else Path.home()
        name = self._found.source.accession if self._found is not None else ""
        kinds = {f"{tr(text)} (*.{_ENDINGS[one]})": one for one, text in FORMATS.items()}
        chosen, kind = QFileDialog.getSaveFileName(
            self, tr("Save references"), str(base / f"{file_name(name)}.json"), ";;".join(kinds)
        )
        if chosen:
            self.save_to(Path(chosen), kinds.get(kind, "csl-json"))

    def save_to(self, target: Path, wanted: str) -> None:
        """Write the references; the file's ending decides, else the form that was chosen."""
        by_ending = {f".{ending}": one for one, ending in _ENDINGS.items()}
        form = by_ending.get(target.suffix.lower(), wanted)
        if not target.suffix:
            target = target.with_suffix(f".{_ENDINGS[form]}")
        self.session.settings.set(LAST_FOLDER, str(target.parent))
        self.told.hide()
        self.session.read(
            citing.save_references,
            self._places,
            target,
            format=form,
            audience=self.session.audience,
            on=self.session.today(),
            done=lambda count: self._say_saved(count, target),
            failed=self._refuse,
            owner=self,
        )

    def _say_saved(self, count: int, target: Path) -> None:
        self.done_words.setText(
            trn("{count} reference stands in “{name}”.", "{count} references stand in “{name}”.",
                count, name=target.name)
        )  # fmt: skip


def _text_field() -> QPlainTextEdit:
    field = QPlainTextEdit()
    field.setReadOnly(True)
    field.setTabChangesFocus(True)
    field.setFixedHeight(24 * STEP)
    return field
