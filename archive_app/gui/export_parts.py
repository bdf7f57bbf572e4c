"""Parts of the export dialogs: what is held back, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from archive_app.domain.parsed import Loss
from archive_app.gui.icons import icon
from archive_app.gui.interview_words import LAYERS
from archive_app.gui.theme import GAP, STEP, theme
from archive_app.translation import tr, trn
from archive_app.work.access import HeldBack


class HeldBackTree(QTreeWidget):
    """What an audience would not get, interview by interview, before anything is written."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("held_back")
        self.setAccessibleName(tr("What is held back"))
        self.setHeaderHidden(True)
        self.setColumnCount(1)
        self.setWordWrap(True)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.setSelectionMode(QTreeWidget.SelectionMode.NoSelection)

    def show_held(self, held: Sequence[HeldBack], *, is_staff: bool) -> str:
        """Show it and return it in a sentence.

        Somebody who is not staff is told nothing of interviews that they may not know of.
        """
        self.clear()
        touched = 0
        for one in held:
            if one.is_absent and not is_staff:
                continue
            lines = _lines(one, is_staff=is_staff)
            if not lines:
                continue
            touched += 1
            top = QTreeWidgetItem(self, [one.accession])
            for name, text in lines:
                item = QTreeWidgetItem(top, [text])
                item.setIcon(0, icon(name))
        self.expandAll()
        if not touched:
            QTreeWidgetItem(self, [tr("Nothing is held back.")])
            return tr("Nothing is held back.")
        return trn(
            "Something is held back of {count} interview.",
            "Something is held back of {count} interviews.",
            touched,
        )


def _lines(one: HeldBack, *, is_staff: bool) -> list[tuple[str, str]]:
    lines: list[tuple[str, str]] = []
    if one.is_absent:
        lines.append(("lock", tr("Left out altogether: not a trace of it goes out")))
    for layer in one.withheld:
        name = tr(LAYERS[layer.layer])
        if layer.passages:
            text = trn("{layer}: {count} passage closed", "{layer}: {count} passages closed",
                       layer.passages, layer=name)  # fmt: skip
        else:
            text = tr("{layer}: closed", layer=name)
        if layer.until is not None:
            text += f", {tr('until {date}', date=layer.until.isoformat())}"
        lines.append(("lock", text[:1].upper() + text[1:]))
    if one.hides_names:
        lines.append(("mask", tr("Real names are replaced by pseudonyms")))
    if is_staff:
        lines += [("help", question.text) for question in one.questions]
    return lines


class ResultPart(QWidget):
    """What was written, what the format could not say, and ways to look at it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path = Path()
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.losses = QTreeWidget()
        self.losses.setAccessibleName(tr("What the format could not hold"))
        self.losses.setHeaderLabels([tr("What the format could not hold"), tr("Where")])
        self.losses.setRootIsDecorated(False)
        self.held_words = QLabel()
        self.held = HeldBackTree()
        self.open_file = QPushButton(tr("Open file"))
        self.open_file.clicked.connect(lambda: self._show(self._path))
        self.open_folder = QPushButton(tr("Open folder"))
        self.open_folder.clicked.connect(lambda: self._show(self._path.parent))
        line = QHBoxLayout()
        line.setSpacing(STEP)
        line.addWidget(self.open_file)
        line.addWidget(self.open_folder)
        line.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addWidget(self.words)
        layout.addLayout(line)
        layout.addWidget(self.losses, 1)
        layout.addWidget(self.held_words)
        layout.addWidget(self.held, 1)

    def show_result(self, words: str, path: Path, losses: Sequence[Loss]) -> None:
        """Show what was written."""
        self._path = path
        self.words.setText(words)
        self.losses.clear()
        for loss in losses:
            QTreeWidgetItem(self.losses, [loss.what, loss.where])
        self.losses.resizeColumnToContents(0)
        self.losses.setVisible(bool(losses))

    def show_held(self, held: Sequence[HeldBack], *, is_staff: bool) -> None:
        """Say once more what did not go out."""
        self.held_words.setText(self.held.show_held(held, is_staff=is_staff))

    def _show(self, path: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def warning_label() -> QLabel:
    """Return a label for a sentence that must not be overlooked, hidden until it has one."""
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    palette = label.palette()
    palette.setColor(palette.ColorRole.WindowText, theme().colours.warning)
    label.setPalette(palette)
    label.hide()
    return label
