"""The line to find and replace in, under a transcript, and the list of what would be replaced."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from archive_app.domain.replacing import Hit, Sought
from archive_app.gui.flow_layout import FlowLayout
from archive_app.gui.icons import give_icon
from archive_app.gui.theme import GAP, STEP
from archive_app.translation import tr, trn

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
FIELD_AT_LEAST = 30 * STEP
FIELD_WANTED = 50 * STEP
"""How wide the field is before anything else stands beside it."""
CONTEXT = 32
"""Code points of context shown on either side."""


class HitTable(QAbstractTableModel):
    """What Replace All would do, place by place, each to be ticked off."""

    ticked_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.hits: Sequence[Hit] = ()
        self._remarks: Sequence[str] = ()
        self._is_off: set[int] = set()

    def show_hits(self, hits: Sequence[Hit], remarks: Sequence[str] = ()) -> None:
        """List other places, all of them ticked; a remark may stand behind each."""
        self.beginResetModel()
        self.hits, self._remarks = hits, remarks
        self._is_off.clear()
        self.endResetModel()
        self.ticked_changed.emit()

    @property
    def ticked(self) -> list[Hit]:
        """The places that are to be replaced."""
        return [hit for number, hit in enumerate(self.hits) if number not in self._is_off]

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """One row a place."""
        return 0 if parent.isValid() else len(self.hits)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """As it is, as it would be."""
        return 0 if parent.isValid() else 2

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words in their context, before and after."""
        hit = self.hits[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            words = hit.found if index.column() == 0 else hit.replacement
            text = f"{hit.before[-CONTEXT:]}⟦{words}⟧{hit.after[:CONTEXT]}"
            remark = self._remarks[index.row()] if self._remarks else ""
            return f"{remark}   {text}" if remark and index.column() else text
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == 0:
            is_off = index.row() in self._is_off
            return Qt.CheckState.Unchecked if is_off else Qt.CheckState.Checked
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick a place, or take the tick away."""
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        if Qt.CheckState(value) == Qt.CheckState.Checked:
            self._is_off.discard(index.row())
        else:
            self._is_off.add(index.row())
        self.dataChanged.emit(index, index)
        self.ticked_changed.emit()
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let the first column be ticked."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == 0 else flags

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Name the columns."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return tr("As it is") if section == 0 else tr("As it would be")
        return None


class FindBar(QWidget):
    """Fields, counts and buttons; it asks, and shows what it is told."""

    sought = Signal()
    """What is to be found, or how, was changed."""
    step_asked = Signal(int)
    """1: the next place, -1: the one before."""
    replace_asked = Signal()
    """Replace the place that is selected and go to the next."""
    preview_asked = Signal()
    """Show what Replace All would do."""
    replace_all_asked = Signal(object)
    """list[Hit]: replace these."""
    hit_chosen = Signal(object)
    """Hit: show it in the text."""
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("find_bar")
        self.text = QLineEdit()
        self.text.setAccessibleName(tr("Find in the transcript"))
        self.text.setPlaceholderText(tr("Find in the transcript"))
        self.text.setClearButtonEnabled(True)
        self.replacement = QLineEdit()
        self.replacement.setAccessibleName(tr("Replace with"))
        self.replacement.setPlaceholderText(tr("Replace with"))
        self.count = QLabel()
        self.count.setAccessibleName(tr("Places found"))
        self.count.setMinimumWidth(24 * STEP)
        self.match_case = QCheckBox(tr("&Case"))
        self.match_case.setToolTip(tr("Tell capital from small letters"))
        self.whole_words = QCheckBox(tr("&Whole words"))
        self.any_script = QCheckBox(tr("Any &script"))
        self.any_script.setToolTip(tr("Find Serbian in Cyrillic and in Latin letters alike"))
        self.previous = _button(tr("Previous place"), "")
        self.previous.setArrowType(Qt.ArrowType.UpArrow)
        self.next = _button(tr("Next place"), "")
        self.next.setArrowType(Qt.ArrowType.DownArrow)
        self.close_button = _button(tr("Close"), "close")
        self.replace = QPushButton(tr("&Replace"))
        self.replace_all = QPushButton(tr("Replace &all…"))
        self.replace_all.setToolTip(tr("Look at every place first"))
        self.hits = HitTable(self)
        self.table = QTableView()
        self.do_it = QPushButton()
        self.preview = QWidget()
        self._set_up_preview()
        self._lay_out()
        self._connect()
        self.show_count(0, None)
        self.set_replacing(is_on=False)

    def sought_text(self) -> Sought:
        """Return what is to be found, and how."""
        return Sought(
            self.text.text(),
            is_case_sensitive=self.match_case.isChecked(),
            is_whole_words=self.whole_words.isChecked(),
            is_any_script=self.any_script.isChecked(),
        )

    def set_replacing(self, *, is_on: bool) -> None:
        """Show the second line, with what comes in its place, or fold it away."""
        for widget in (self.replacement, self.replace, self.replace_all):
            widget.setVisible(is_on)
        if not is_on:
            self.preview.hide()

    def show_count(self, count: int, current: int | None, *, is_searching: bool = False) -> None:
        """Say how many places there are, and which one is looked at (from 0)."""
        if is_searching:
            self.count.setText(tr("Searching…"))
        elif not self.text.text():
            self.count.setText("")
        elif not count:
            self.count.setText(tr("Nothing found"))
        elif current is None:
            self.count.setText(trn("{count} place", "{count} places", count))
        else:
            self.count.setText(tr("{number} of {count}", number=current + 1, count=count))
        for button in (self.next, self.previous, self.replace, self.replace_all):
            button.setEnabled(count > 0)

    def show_preview(self, hits: Sequence[Hit]) -> None:
        """List what would be replaced."""
        self.hits.show_hits(hits)
        self.preview.show()
        self.table.setFocus()
        if hits:
            self.table.selectRow(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes the list, then the line."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.preview.isVisible():
            self.preview.hide()
            self.replacement.setFocus()
        else:
            self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in a field goes on, with Shift back; in the list Space ticks the chosen rows."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if watched is self.table:
            if event.key() == Qt.Key.Key_Space:
                self._tick_chosen()
                return True
            if is_enter and self.do_it.isEnabled():
                self.do_it.click()
                return True
        elif is_enter and plain in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.ShiftModifier,
        ):
            if watched is self.replacement and not plain:
                self.replace_asked.emit()
            else:
                self.step_asked.emit(-1 if plain else 1)
            return True
        return super().eventFilter(watched, event)

    def _tick_chosen(self) -> None:
        rows = self.table.selectionModel().selectedRows()
        checked, unchecked = Qt.CheckState.Checked, Qt.CheckState.Unchecked
        role = Qt.ItemDataRole.CheckStateRole
        are_on = all(self.hits.data(row, role) == checked for row in rows)
        for row in rows:
            self.hits.setData(row, unchecked if are_on else checked, role)

    def _set_up_preview(self) -> None:
        self.table.setModel(self.hits)
        self.table.setAccessibleName(tr("What would be replaced"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 2 * STEP)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.setMinimumHeight(30 * STEP)
        self.table.installEventFilter(self)
        cancel = QPushButton(tr("Cancel"))
        cancel.clicked.connect(self.preview.hide)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        self._hint = QLabel(tr("Space takes a place out or in again."))
        self._hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.table.setToolTip(self._hint.text())
        buttons.addWidget(self._hint)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.do_it)
        layout = QVBoxLayout(self.preview)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(STEP)
        layout.addWidget(self.table)
        layout.addLayout(buttons)
        self.preview.hide()

    def _lay_out(self) -> None:
        self._grid = grid = QGridLayout()
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(STEP)
        for field in (self.text, self.replacement):
            field.setMinimumWidth(FIELD_AT_LEAST)
        steps = QHBoxLayout()
        steps.setSpacing(STEP)
        for widget in (self.previous, self.next, self.count):
            steps.addWidget(widget)
        self._options = QWidget()
        options = FlowLayout(self._options)
        options.setContentsMargins(0, 0, 0, 0)
        for widget in self._boxes():
            options.addWidget(widget)
        second = QHBoxLayout()
        second.setSpacing(GAP)
        second.addWidget(self.replace)
        second.addWidget(self.replace_all)
        second.addStretch(1)
        grid.addWidget(self.text, 0, 0)
        grid.addLayout(steps, 0, 1)
        grid.addWidget(self.close_button, 0, 3)
        grid.addWidget(self.replacement, 1, 0)
        grid.addLayout(second, 1, 1, 1, 3)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(2, 3)
        self._put_options(is_narrow=False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP, STEP, GAP, GAP)
        layout.setSpacing(GAP)
        layout.addLayout(grid)
        layout.addWidget(self.preview)

    def _put_options(self, *, is_narrow: bool) -> None:
        """Put how to find beside the field, or under it where that would press it together."""
        self._is_narrow = is_narrow
        self._grid.removeWidget(self._options)
        if is_narrow:
            self._grid.addWidget(self._options, 2, 0, 1, 4)
        else:
            self._grid.addWidget(self._options, 0, 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the options a line of their own where there is no room beside the field."""
        super().resizeEvent(event)
        steps = (self.previous, self.next, self.count, self.close_button)
        beside = (*steps, *self._boxes())
        wanted = FIELD_WANTED + sum(one.sizeHint().width() + GAP for one in beside)
        if (event.size().width() - 2 * GAP < wanted) != self._is_narrow:
            self._put_options(is_narrow=not self._is_narrow)
        self._hint.setVisible(not self._is_narrow)
        # A flow's lines are not counted among what a window must hold at least.
        lines = self._options.heightForWidth(event.size().width() - 2 * GAP)
        self._options.setMinimumHeight(lines if self._is_narrow else 0)

    def _boxes(self) -> tuple[QCheckBox, ...]:
        return self.match_case, self.whole_words, self.any_script

    def _connect(self) -> None:
        self.text.textChanged.connect(lambda _: self.sought.emit())
        for box in self._boxes():
            box.toggled.connect(lambda _: self.sought.emit())
        self.replacement.textChanged.connect(lambda _: self.preview.hide())
        self.text.textChanged.connect(lambda _: self.preview.hide())
        for field in (self.text, self.replacement):
            field.installEventFilter(self)
        self.next.clicked.connect(lambda: self.step_asked.emit(1))
        self.previous.clicked.connect(lambda: self.step_asked.emit(-1))
        self.replace.clicked.connect(self.replace_asked)
        self.replace_all.clicked.connect(self.preview_asked)
        self.close_button.clicked.connect(self.closed)
        self.hits.ticked_changed.connect(self._count_ticked)
        self.do_it.clicked.connect(lambda: self.replace_all_asked.emit(self.hits.ticked))
        self.table.selectionModel().currentRowChanged.connect(self._row_chosen)

    def _count_ticked(self) -> None:
        count = len(self.hits.ticked)
        self.do_it.setText(trn("Replace {count} place", "Replace {count} places", count))
        self.do_it.setEnabled(count > 0)

    def _row_chosen(self, now: QModelIndex) -> None:
        if now.isValid():
            self.hit_chosen.emit(self.hits.hits[now.row()])


def _button(name: str, icon: str) -> QToolButton:
    button = QToolButton()
    button.setAutoRaise(True)
    button.setToolTip(name)
    button.setAccessibleName(name)
    button.setIconSize(QSize(4 * STEP, 4 * STEP))
    if icon:
        give_icon(button, icon)
    return button
