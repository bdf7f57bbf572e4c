"""Every command by its name: type a few letters, Enter does it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAction, QIcon, QKeyEvent, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from archive_app.gui.actions import Actions, Registered, plain, shown_shortcut
from archive_app.gui.theme import GAP, STEP, theme
from archive_app.translation import tr

ROLE = Qt.ItemDataRole.UserRole
MOVES = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})


class CommandPalette(QDialog):
    """The commands that can be chosen on a page, with their keys; those that cannot say why."""

    def __init__(
        self, actions: Actions, page: QWidget | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Commands"))
        self.setObjectName("command_palette")
        self.resize(150 * STEP, 110 * STEP)
        actions.draw_icons()
        self._known = [one for one in actions.usable(page=page) if one.id != "help.palette"]
        nothing = QPixmap(16, 16)
        nothing.fill(Qt.GlobalColor.transparent)
        self._blank = QIcon(nothing)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(GAP, GAP, GAP, GAP)
        rows.setSpacing(GAP)
        self.line = QLineEdit()
        self.line.setPlaceholderText(tr("Type what you want to do"))
        self.line.setAccessibleName(tr("Command"))
        self.line.setFont(theme().interface_font(1.15))
        self.line.textChanged.connect(self._narrow)
        self.line.returnPressed.connect(self._do)
        self.line.installEventFilter(self)
        self.list = QTreeWidget()
        self.list.setAccessibleName(tr("Commands"))
        self.list.setColumnCount(2)
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.list.itemActivated.connect(lambda *_: self._do())
        rows.addWidget(self.line)
        rows.addWidget(self.list, 1)
        self._narrow("")
        self.line.setFocus()

    def _narrow(self, text: str) -> None:
        self.list.clear()
        for one in ordered(self._known, text):
            action = one.action
            item = QTreeWidgetItem([plain(action.text()), shown_shortcut(action)])
            item.setIcon(0, self._blank if action.icon().isNull() else action.icon())
            item.setData(0, ROLE, action)
            item.setForeground(1, theme().colours.muted)
            item.setToolTip(0, action.toolTip())
            if not action.isEnabled():
                item.setForeground(0, theme().colours.muted)
                item.setText(0, f"{plain(action.text())} – {action.toolTip()}")
            self.list.addTopLevelItem(item)
        first = self.list.topLevelItem(0)
        if first is not None:
            self.list.setCurrentItem(first)

    def _do(self) -> None:
        item = self.list.currentItem()
        action: QAction | None = item.data(0, ROLE) if item is not None else None
        if action is None or not action.isEnabled():
            return
        self.accept()
        # The palette must be gone before what it chose opens a dialog of its own.
        QTimer.singleShot(0, action, action.trigger)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows move in the list while one types."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and Qt.Key(event.key()) in MOVES
        ):
            self.list.event(event)
            return True
        return super().eventFilter(watched, event)


def ordered(known: Sequence[Registered], text: str) -> list[Registered]:
    """Return the commands whose names hold every word typed, the closest first.

    Words may be begun only; a name that begins with what was typed comes first.
    """
    words = text.casefold().split()
    found: list[tuple[int, str, Registered]] = []
    for one in known:
        name = plain(one.action.text()).casefold()
        if not plain(name) or not all(word in name for word in words):
            continue
        parts = name.replace(":", " ").split()
        begun = sum(any(part.startswith(word) for part in parts) for word in words)
        is_start = bool(words) and name.startswith(text.casefold().strip())
        found.append((-2 * is_start - begun, name, one))
    found.sort(key=lambda entry: entry[:2])
    return [one for _, _, one in found]
