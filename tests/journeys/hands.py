"""A person's hands on the window: keys, clicks and drops, each counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QModelIndex, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QInputDialog,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from archive_app.gui.main_window import MainWindow
from archive_app.store.archive import Archive

NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


class Hands:
    """Does what a person does; ``actions`` counts keys, clicks, drops, and each stretch typed."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window = window
        self.qtbot = qtbot
        self.actions = 0
        self.clicks = 0

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE, *, times: int = 1) -> None:
        """Press a key where the keyboard is."""
        for _ in range(times):
            self.actions += 1
            QTest.keyClick(self.focus(), key, modifiers)
            self.settle()

    def type(self, text: str) -> None:
        """Type a stretch of text where the keyboard is; it counts as one action."""
        self.actions += 1
        target = self.focus()
        for letter in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(target, QKeyEvent(kind, 0, NONE, letter))
        self.settle()

    def click(self, target: QWidget, *, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Click in the middle of a button or field."""
        self.actions += 1
        self.clicks += 1
        QTest.mouseClick(target, Qt.MouseButton.LeftButton, modifiers, target.rect().center())
        self.settle()

    def click_item(
        self, view: QAbstractItemView, index: QModelIndex, modifiers: Qt.KeyboardModifier = NONE
    ) -> None:
        """Click an entry of a list."""
        view.scrollTo(index)
        self.actions += 1
        self.clicks += 1
        area = view.visualRect(index)
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, modifiers, area.center())
        self.settle()

    def choose(self, box: QComboBox, text: str) -> None:
        """Choose an entry of a combo box by its first letters, from the keyboard."""
        box.setFocus()
        self.actions += 2
        QTest.keyClicks(box, text.split(maxsplit=1)[0])
        self.settle()

    def drop(self, paths: Sequence[Path]) -> None:
        """Let files go over the window."""
        self.actions += 1
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        middle = QPointF(self.window.rect().center())
        event = QDropEvent(middle, Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, NONE)
        self.window.dropEvent(event)
        self.settle()

    def answering(self, text: str) -> None:
        """Be ready to type an answer into the little dialog that the next action opens."""

        def answer() -> None:
            dialog = QApplication.activeModalWidget()
            assert isinstance(dialog, QInputDialog)
            field = dialog.findChild(QLineEdit)
            assert field is not None
            field.selectAll()
            for letter in text:
                QApplication.sendEvent(field, QKeyEvent(QEvent.Type.KeyPress, 0, NONE, letter))
            self.actions += 2
            QTest.keyClick(field, Qt.Key.Key_Return)

        QTimer.singleShot(0, answer)

    def focus(self) -> QWidget:
        """Return where the keyboard is."""
        popup = QApplication.activePopupWidget()
        found = popup or QApplication.focusWidget() or QApplication.activeModalWidget()
        return found or self.window

    def settle(self, ms: int = 60) -> None:
        """Let timers and redrawing catch up."""
        self.qtbot.wait(ms)
        if QApplication.activeWindow() is None:
            # Without a window manager nobody gives the keyboard back when a dialog closes.
            open_ones = [one for one in self.window.findChildren(QDialog) if one.isVisible()]
            (open_ones[-1] if open_ones else self.window).activateWindow()
            self.qtbot.wait(1)

    def told(self, story: str) -> None:
        """Say how many actions the story took."""
        print(f"{story}: {self.actions} actions, {self.clicks} of them clicks")


OpenWindow = Callable[[Archive], Hands]
"""Shows the window on an archive and puts hands on it."""
