"""An error as a person needs it: what happened, whether the data is safe, what to do next."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from archive_app.errors import ArchiveError, Bug, Environment, UserFacing
from archive_app.gui.crash import as_archive_error
from archive_app.gui.icons import icon
from archive_app.gui.theme import GAP, MARGIN, STEP, theme
from archive_app.translation import tr


class ErrorDialog(QDialog):
    """Shows one error; details unfold and can be copied."""

    def __init__(self, error: BaseException, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        known = as_archive_error(error)
        self.setWindowTitle(_title(known))
        self.setMinimumWidth(120 * STEP)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(MARGIN)
        top = QHBoxLayout()
        top.setSpacing(MARGIN)
        sign = QLabel()
        colours = theme().colours
        is_ours = isinstance(known, UserFacing)
        name, colour = ("info", colours.accent) if is_ours else ("warning", colours.warning)
        sign.setPixmap(icon(name, colour).pixmap(32, 32))
        top.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        self.message = QLabel(known.message)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setWordWrap(True)
        self.message.setMinimumWidth(100 * STEP)
        self.message.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        top.addWidget(self.message, 1)
        layout.addLayout(top)
        self.details = QPlainTextEdit(known.details)
        self.details.setReadOnly(True)
        self.details.setAccessibleName(tr("Details"))
        self.details.setMinimumHeight(40 * STEP)
        self.details.hide()
        self.unfold = QToolButton()
        self._add_details(layout, bool(known.details))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self._copy.setVisible(False)

    def _add_details(self, layout: QVBoxLayout, has_details: bool) -> None:
        line = QHBoxLayout()
        line.setSpacing(GAP)
        self.unfold.setText(tr("Details"))
        self.unfold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.unfold.setArrowType(Qt.ArrowType.RightArrow)
        self.unfold.setCheckable(True)
        self.unfold.setAutoRaise(True)
        self.unfold.toggled.connect(self._show_details)
        self.unfold.setVisible(has_details)
        self._copy = QPushButton(tr("Copy details"))
        self._copy.setAutoDefault(False)
        self._copy.clicked.connect(self._copy_details)
        line.addWidget(self.unfold)
        line.addStretch(1)
        line.addWidget(self._copy)
        layout.addLayout(line)
        layout.addWidget(self.details)

    def _show_details(self, is_shown: bool) -> None:
        arrow = Qt.ArrowType.DownArrow if is_shown else Qt.ArrowType.RightArrow
        self.unfold.setArrowType(arrow)
        self.details.setVisible(is_shown)
        self._copy.setVisible(is_shown)
        self.adjustSize()

    def _copy_details(self) -> None:
        text = f"{self.message.text()}\n\n{self.details.toPlainText()}"
        QGuiApplication.clipboard().setText(text)


def _title(error: ArchiveError) -> str:
    if isinstance(error, Bug):
        return tr("Something went wrong")
    if isinstance(error, Environment):
        return tr("It could not be done")
    return tr("Not done")
