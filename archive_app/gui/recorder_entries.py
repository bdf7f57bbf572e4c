"""Marks and notes of a running recording: the list of them, and the field for the next note."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from archive_app.domain.timecode import format_timecode
from archive_app.gui.icons import icon
from archive_app.gui.recorder_keeping import Entry
from archive_app.gui.theme import GAP, STEP, theme
from archive_app.translation import tr

TIME, NUMBER, WORDS = range(3)
"""The columns."""
MARK = Qt.ItemDataRole.UserRole
"""A mark's number; 0 for a note."""
KEY = Qt.ItemDataRole.UserRole + 1
"""By which a line is known again."""


class EntryList(QTreeWidget):
    """What was marked and noted so far, by time; a mark's title is typed where it stands."""

    titled = Signal(int, str)
    """Number of a mark and its title."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Marks and notes so far"))
        self.setColumnCount(3)
        self.setHeaderLabels([tr("Time"), tr("No."), tr("Mark or note")])
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setTabKeyNavigation(False)
        self._is_open = False
        self.allow(False)
        self.show_entries(())
        self.itemChanged.connect(self._has_changed)
        theme().changed.connect(self._recolour)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these, in order of time; what stands there stays, and is not typed anew."""
        with QSignalBlocker(self):
            if self.topLevelItemCount() > len(entries):
                self.clear()
            for row, one in enumerate(sorted(entries, key=lambda one: one.at_ms)):
                item = self.topLevelItem(row)
                if item is None or item.data(0, KEY) != _key(one):
                    item = _item(one)
                    self.insertTopLevelItem(row, item)
                _show(item, one)
            for column in (TIME, NUMBER):
                self.resizeColumnToContents(column)

    def allow(self, is_open: bool) -> None:
        """Let titles be typed, or not any more; one that is being typed is taken first."""
        editor = self.viewport().findChild(QLineEdit)
        if editor is not None and not is_open:
            self.commitData(editor)
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        self._is_open = is_open
        triggers = QAbstractItemView.EditTrigger
        can = triggers.DoubleClicked | triggers.EditKeyPressed
        self.setEditTriggers(can if is_open else triggers.NoEditTriggers)

    def choose_mark(self, number: int) -> QTreeWidgetItem | None:
        """Make a mark the current line and return it."""
        for row in range(self.topLevelItemCount()):
            item = self.topLevelItem(row)
            if item is not None and item.data(0, MARK) == number:
                self.setCurrentItem(item, WORDS)
                self.scrollToItem(item)
                return item
        return None

    def type_title(self) -> None:
        """Let the title of the current mark be typed, else of the last one."""
        if not self._is_open:
            return
        item = self.currentItem()
        if item is None or not item.data(0, MARK):
            rows = [self.topLevelItem(row) for row in range(self.topLevelItemCount())]
            item = next((one for one in reversed(rows) if one and one.data(0, MARK)), None)
        if item is not None:
            self.setFocus()
            self.setCurrentItem(item, WORDS)
            self.editItem(item, WORDS)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type the title on Enter too."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        # The Enter that ends the typing comes by here as well.
        if is_enter and self.state() is not QAbstractItemView.State.EditingState:
            self.type_title()
        else:
            super().keyPressEvent(event)

    def _has_changed(self, item: QTreeWidgetItem, column: int) -> None:
        number = item.data(0, MARK)
        if column == WORDS and number:
            title = item.text(WORDS).strip()
            self.titled.emit(number, "" if title == _untitled(number) else title)

    def _recolour(self) -> None:
        with QSignalBlocker(self):
            for row in range(self.topLevelItemCount()):
                item = self.topLevelItem(row)
                if item is not None:
                    item.setIcon(NUMBER, icon("mark" if item.data(0, MARK) else "note"))


def _untitled(number: int) -> str:
    return tr("Mark {number}", number=number)


def _key(entry: Entry) -> str:
    return str(entry.number) if entry.number else f"{entry.at_ms} {entry.text}"


def _item(entry: Entry) -> QTreeWidgetItem:
    number = str(entry.number) if entry.number else ""
    item = QTreeWidgetItem([format_timecode(entry.at_ms), number, ""])
    item.setData(0, MARK, entry.number)
    item.setData(0, KEY, _key(entry))
    item.setIcon(NUMBER, icon("mark" if entry.number else "note"))
    kind = tr("Mark {number}", number=entry.number) if entry.number else tr("Note")
    item.setData(NUMBER, Qt.ItemDataRole.AccessibleTextRole, kind)
    if entry.number:
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
    return item


def _show(item: QTreeWidgetItem, entry: Entry) -> None:
    words = entry.text.replace("\n", " ")
    if entry.number:
        words = words or _untitled(entry.number)
        item.setToolTip(WORDS, tr("F2 or Enter: type what the mark is called"))
    else:
        item.setToolTip(WORDS, entry.text)
    if item.text(WORDS) != words:
        item.setText(WORDS, words)


class _NoteText(QPlainTextEdit):
    """Enter keeps the note; Shift+Enter begins a line."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class NoteField(QWidget):
    """A note that is being written; its time is the one at which its first letter was typed."""

    written = Signal(str, int)
    """The note, and when it was begun (ms)."""
    typed = Signal(str, int)
    """What stands in the field now, and when it was begun (ms)."""

    def __init__(self, now_ms: Callable[[], int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now_ms = now_ms
        self._begun_ms: int | None = None
        self.text = _NoteText()
        self.text.setAccessibleName(tr("Note"))
        self.text.setTabChangesFocus(True)
        self.text.setPlaceholderText(
            tr("Write a note; it bears the time at which you began it. Enter keeps it.")
        )
        self.begun = QLabel()
        self.keep = QPushButton(tr("Add note"))
        self.keep.setAutoDefault(False)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(STEP)
        rows.addWidget(self.text, 1)
        line = QHBoxLayout()
        line.setSpacing(GAP)
        line.addWidget(self.begun, 1)
        line.addWidget(self.keep)
        rows.addLayout(line)
        self.text.textChanged.connect(self._has_changed)
        self.text.entered.connect(self.enter)
        self.keep.clicked.connect(self.enter)
        self.allow("")

    def allow(self, reason: str) -> None:
        """Let notes be written, or not, with the reason."""
        self.text.setEnabled(not reason)
        self.text.setToolTip(reason)
        self._show_button(reason)

    def enter(self) -> None:
        """Hand the note over, if there is one."""
        words, begun = self.text.toPlainText().strip(), self._begun_ms
        if words and begun is not None:
            self.text.clear()
            self.written.emit(words, begun)

    def _has_changed(self) -> None:
        if not self.text.toPlainText().strip():
            self._begun_ms = None
        elif self._begun_ms is None:
            self._begun_ms = self._now_ms()
        begun = self._begun_ms
        self.begun.setText("" if begun is None else tr("Begun at {time}",
                                                       time=format_timecode(begun)))  # fmt: skip
        self._show_button("")
        self.typed.emit(self.text.toPlainText().strip(), begun or 0)

    def _show_button(self, reason: str) -> None:
        can = self._begun_ms is not None and self.text.isEnabled()
        self.keep.setEnabled(can)
        self.keep.setToolTip("" if can else reason or tr("Write something first."))
