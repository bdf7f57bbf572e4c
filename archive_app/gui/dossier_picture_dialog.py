"""The dialog for a picture in a dossier: which file, its caption, and what it shows."""

from __future__ import annotations

import functools
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from archive_app.gui.access_dialog import AskDialog
from archive_app.gui.dossier_thumbnails import read_small
from archive_app.gui.session import Session
from archive_app.gui.theme import STEP
from archive_app.translation import tr

PREVIEW = QSize(80 * STEP, 48 * STEP)
KINDS = "*.png *.jpg *.jpeg"


class PictureDialog(AskDialog):
    """Asks for a picture; one that is there already keeps its file and gets other words."""

    given = Signal(object, str, str)
    """The file's path, the caption, what it shows."""

    def __init__(
        self,
        session: Session,
        parent: QWidget | None = None,
        *,
        path: Path | None = None,
        caption: str = "",
        alt: str = "",
        is_kept: bool = False,
    ) -> None:
        super().__init__(
            session, parent,
            title=tr("Picture"),
            words=tr("The caption is printed below the picture. What it shows is read aloud to "
                     "those who cannot see it."),
            verb=tr("Keep picture"),
        )  # fmt: skip
        self._path = path
        self._make_fields(caption, alt, file="" if path is None else str(path))
        line = QHBoxLayout()
        line.setSpacing(STEP)
        line.addWidget(self.file, 1)
        line.addWidget(self.choose)
        label = QLabel(tr("&File:"))
        label.setBuddy(self.file)
        if not is_kept:
            self.form.addRow(label, line)
        self.form.addRow("", self.shown)
        self.form.addRow(tr("&Caption:"), self.caption)
        self.form.addRow(tr("&What it shows:"), self.alt)
        if path is None:
            self.go.setEnabled(False)
            self.go.setToolTip(tr("Choose a picture first."))
        else:
            self._show(path)

    def _make_fields(self, caption: str, alt: str, *, file: str) -> None:
        self.shown = QLabel()
        self.shown.setFixedSize(PREVIEW)
        self.shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.shown.setFrameShape(QLabel.Shape.StyledPanel)
        self.file = QLineEdit(file)
        self.file.setAccessibleName(tr("File of the picture"))
        self.file.setPlaceholderText(tr("A JPEG or PNG file"))
        self.file.editingFinished.connect(self._typed)
        self.choose = QPushButton(tr("C&hoose…"))
        self.choose.setAccessibleName(tr("Choose a picture"))
        self.choose.setAutoDefault(False)
        self.choose.clicked.connect(self.ask_file)
        self.caption = QPlainTextEdit(caption)
        self.caption.setAccessibleName(tr("Caption"))
        self.caption.setTabChangesFocus(True)
        self.caption.setFixedHeight(12 * STEP)
        self.alt = QPlainTextEdit(alt)
        self.alt.setAccessibleName(tr("What it shows"))
        self.alt.setTabChangesFocus(True)
        self.alt.setFixedHeight(18 * STEP)
        self.alt.setPlaceholderText(tr("A family on a railway platform, two suitcases beside them"))

    def ask_file(self) -> None:
        """Ask the system's dialog for a file."""
        kinds = tr("Pictures ({pattern})", pattern=KINDS)
        chosen, _ = QFileDialog.getOpenFileName(self, tr("Picture"), self.file.text(), kinds)
        if chosen:
            self.file.setText(chosen)
            self._typed()

    def _typed(self) -> None:
        text = self.file.text().strip()
        path = Path(text) if text else None
        if path != self._path:
            self._path = path
            self.shown.clear()
            self.go.setEnabled(False)
            if path is not None:
                self._show(path)

    def _show(self, path: Path) -> None:
        scale = self.devicePixelRatioF()
        self._session.tasks.run(
            functools.partial(read_small, path, PREVIEW * scale),
            done=lambda image: self._take(path, image, scale),
            failed=self._refused,
            owner=self,
        )

    def _take(self, path: Path, image: QImage | None, scale: float) -> None:
        if path != self._path:
            return
        if image is None:
            self.tell(tr("This file cannot be read as a picture. Choose a JPEG or PNG file."))
            return
        self.tell("")
        drawn = QPixmap.fromImage(image)
        drawn.setDevicePixelRatio(scale)
        self.shown.setPixmap(drawn)
        self.go.setEnabled(True)
        self.go.setToolTip("")

    def do(self) -> None:
        """Tell what was given."""
        if self._path is not None:
            caption = " ".join(self.caption.toPlainText().split())
            alt = self.alt.toPlainText().strip()
            path = self._path
            self.accept()
            self.given.emit(path, caption, alt)
