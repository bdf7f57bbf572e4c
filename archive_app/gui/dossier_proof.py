"""What the proof of a dossier found: a plain verdict, then check by check, with marks and words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication, QIcon
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from archive_app.domain.edtf_words import display
from archive_app.domain.proof import Proof
from archive_app.gui.icons import icon
from archive_app.gui.theme import GAP, STEP, theme
from archive_app.gui.top_bar import AUDIENCE_NAMES
from archive_app.translation import current_language, mark, tr, trn
from archive_app.work.proof_summary import Sentence, summary

SAID = {
    "good": mark("In order: {text}"),
    "bad": mark("Found: {text}"),
    "note": mark("Note: {text}"),
    "advice": mark("What to do: {text}"),
}
"""What a screen reader says before a sentence, and a copy writes: the marks in words."""
ICONS = {"good": "check", "bad": "error", "note": "info", "advice": "help"}
_ROLE = Qt.ItemDataRole.UserRole
VERDICT_PX = 8 * STEP


class ProofPart(QWidget):
    """A proof on a page: nothing of it is known by colour alone."""

    page_asked = Signal(int)
    """A page, counted from 0, on which something was found."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path: Path | None = None
        self._sentences: tuple[Sentence, ...] = ()
        self.mark = QLabel()
        self.verdict = QLabel()
        self.verdict.setObjectName("verdict")
        self.verdict.setWordWrap(True)
        self.verdict.setTextFormat(Qt.TextFormat.PlainText)
        font = theme().interface_font(1.3)
        font.setBold(True)
        self.verdict.setFont(font)
        self.facts = QLabel()
        self.facts.setWordWrap(True)
        self.facts.setTextFormat(Qt.TextFormat.PlainText)
        self.list = QListWidget()
        self.list.setObjectName("proof")
        self.list.setAccessibleName(tr("What was checked"))
        self.list.setWordWrap(True)
        self.list.setSpacing(STEP // 2)
        self.list.setIconSize(QSize(5 * STEP, 5 * STEP))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(self._go)
        self.open_file = _button(tr("Open"), self._open)
        self.open_folder = _button(tr("Show in folder"), self._open_folder)
        self.copy = _button(tr("Copy"), self.copy_text)
        self.copy.setToolTip(tr("Copy the verdict and all checks as text; it names nobody"))
        self._lay_out()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(GAP)
        top.addWidget(self.mark)
        top.addWidget(self.verdict, 1)
        line = QHBoxLayout()
        line.setSpacing(STEP)
        for button in (self.open_file, self.open_folder, self.copy):
            line.addWidget(button)
        line.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GAP)
        rows.addLayout(top)
        rows.addWidget(self.facts)
        rows.addWidget(self.list, 1)
        rows.addLayout(line)

    # What is shown ------------------------------------------------------------

    def show_proof(self, proof: Proof | None, *, path: Path | None = None, words: str = "") -> None:
        """Show a proof; ``path`` is the file's, where it is known to be there still."""
        self._path = path
        self._sentences = summary(proof) if proof is not None else ()
        self.list.clear()
        if proof is None:
            self.verdict.setText(words or tr("There is no proof of this file."))
            self.facts.clear()
        else:
            self._show_verdict(proof, words)
            for one in self._sentences:
                if one.kind != "title":
                    self._add(one)
        name = "help" if proof is None else "check" if proof.is_clean else "error"
        self.mark.setPixmap(icon(name).pixmap(VERDICT_PX, VERDICT_PX))
        for button in (self.open_file, self.open_folder):
            button.setVisible(path is not None)
        self.copy.setEnabled(bool(self._sentences))
        self.copy.setToolTip(
            tr("Copy the verdict and all checks as text; it names nobody") if self._sentences
            else tr("There is nothing to copy.")
        )  # fmt: skip

    def _show_verdict(self, proof: Proof, words: str) -> None:
        title = next((one.text for one in self._sentences if one.kind == "title"), "")
        self.verdict.setText(title)
        facts = [
            proof.file_name,
            trn("{count} page", "{count} pages", proof.pages),
            tr("for: {audience}", audience=tr(AUDIENCE_NAMES[proof.audience])),
            tr("as of {date}", date=display(proof.on.isoformat(), current_language())),
            ", ".join(proof.claims),
        ]
        said = " · ".join(fact for fact in facts if fact)
        self.facts.setText(f"{words}\n{said}" if words else said)

    def _add(self, one: Sentence) -> None:
        item = QListWidgetItem(one.text, self.list)
        item.setIcon(_sign(one.kind))
        item.setData(_ROLE, one)
        said = SAID.get(one.kind)
        item.setData(
            Qt.ItemDataRole.AccessibleTextRole, tr(said, text=one.text) if said else one.text
        )
        if one.finding is not None and one.finding.page:
            item.setToolTip(tr("Enter or a double click shows the page."))

    def text(self) -> str:
        """Return the verdict and all checks as text."""
        lines = [self.verdict.text(), self.facts.text(), ""]
        for one in self._sentences:
            if one.kind != "title":
                said = SAID.get(one.kind)
                lines.append(tr(said, text=one.text) if said else one.text)
        return "\n".join(lines)

    # What is done -------------------------------------------------------------

    def copy_text(self) -> None:
        """Put the verdict and all checks on the clipboard."""
        QGuiApplication.clipboard().setText(self.text())

    def _go(self, item: QListWidgetItem) -> None:
        one: Sentence = item.data(_ROLE)
        if one.finding is not None and one.finding.page:
            self.page_asked.emit(one.finding.page - 1)

    def _open(self) -> None:
        if self._path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path)))

    def _open_folder(self) -> None:
        if self._path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path.parent)))


def _sign(kind: str) -> QIcon:
    colours = theme().colours
    colour = {"bad": colours.error, "advice": colours.warning}.get(kind)
    return icon(ICONS.get(kind, "info"), colour)


def _button(text: str, run: Callable[..., object]) -> QPushButton:
    button = QPushButton(text)
    button.setAutoDefault(False)
    button.clicked.connect(run)
    return button
