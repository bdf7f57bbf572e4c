"""Old and new turns side by side, with the words that differ struck out, or underlined."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QPainter, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from archive_app.domain.overlay_turns import TurnDifference
from archive_app.domain.records import Turn
from archive_app.gui.theme import GAP, STEP, theme
from archive_app.translation import tr

Index = QModelIndex | QPersistentModelIndex
BLOCK = 16
"""Rows that are laid out at a time, as far as somebody scrolls."""


class DifferencesModel(QAbstractTableModel):
    """A row for each place where the texts differ; rows come in blocks as they are scrolled to."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[TurnDifference] = ()
        self._shown = 0

    def show(self, rows: Sequence[TurnDifference]) -> None:
        """Show these rows in place of those before."""
        self.beginResetModel()
        self._rows = rows
        self._shown = min(BLOCK, len(rows))
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many rows are laid out so far."""
        return 0 if parent.isValid() else self._shown

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return 2: old and new."""
        return 0 if parent.isValid() else 2

    def canFetchMore(self, parent: Index) -> bool:
        """Tell whether there are rows below those laid out."""
        return not parent.isValid() and self._shown < len(self._rows)

    def fetchMore(self, parent: Index) -> None:
        """Lay out the next block."""
        del parent
        last = min(self._shown + BLOCK, len(self._rows))
        self.beginInsertRows(QModelIndex(), self._shown, last - 1)
        self._shown = last
        self.endInsertRows()

    def side(self, index: Index) -> tuple[Sequence[Turn], Sequence[Sequence[tuple[int, int]]]]:
        """Return a cell's turns and what is marked in each."""
        row = self._rows[index.row()]
        return (row.new, row.new_marks) if index.column() else (row.old, row.old_marks)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell's text; read aloud, what differs stands in brackets."""
        if not index.isValid():
            return None
        turns, marks = self.side(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return "\n".join(turn.text for turn in turns)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            pairs = zip(turns, marks, strict=True)
            return " ".join(_bracketed(turn.text, ranges) for turn, ranges in pairs)
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Name the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (tr("As it is"), tr("As it would be"))[section]
        return None


def _bracketed(text: str, ranges: Sequence[tuple[int, int]]) -> str:
    parts: list[str] = []
    done = 0
    for start, end in ranges:
        parts += text[done:start], "[", text[start:end], "]"
        done = end
    return "".join((*parts, text[done:]))


class DifferencesDelegate(QStyledItemDelegate):
    """Writes the turns, each with its speaker, and marks the words that differ."""

    def _document(self, index: Index, width: int) -> QTextDocument:
        model = index.model()
        assert isinstance(model, DifferencesModel)
        turns, marks = model.side(index)
        document = QTextDocument()
        document.setDocumentMargin(STEP)
        document.setDefaultFont(theme().testimony_font())
        document.setTextWidth(max(10 * STEP, width))
        cursor = QTextCursor(document)
        for place, (turn, ranges) in enumerate(zip(turns, marks, strict=True)):
            if place:
                cursor.insertBlock()
            _write(cursor, turn, ranges, is_new=index.column() == 1)
        return document

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a cell."""
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, theme().colours.playing)
        painter.setClipRect(option.rect)
        painter.translate(option.rect.topLeft() + QPoint(STEP, STEP))
        self._document(index, option.rect.width() - GAP).drawContents(painter)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return how high a cell is at its column's width."""
        view = option.widget
        width = view.columnWidth(index.column()) if isinstance(view, QTableView) else 80 * STEP
        height = self._document(index, width - GAP).size().height()
        return QSize(width, int(height) + GAP)


def _write(
    cursor: QTextCursor, turn: Turn, ranges: Sequence[tuple[int, int]], *, is_new: bool
) -> None:
    colours = theme().colours
    plain, muted, changed = QTextCharFormat(), QTextCharFormat(), QTextCharFormat()
    plain.setForeground(colours.text)
    muted.setForeground(colours.muted)
    muted.setFont(theme().interface_font(0.9))
    changed.setForeground(colours.text)
    changed.setBackground(colours.match if is_new else colours.doubt)
    changed.setFontUnderline(is_new)
    changed.setFontStrikeOut(not is_new)
    changed.setFontWeight(QFont.Weight.DemiBold if is_new else QFont.Weight.Normal)
    if turn.speaker_label:
        cursor.insertText(turn.speaker_label + "  ", muted)
    done = 0
    for start, end in ranges:
        cursor.insertText(turn.text[done:start], plain)
        cursor.insertText(turn.text[start:end], changed)
        done = end
    cursor.insertText(turn.text[done:], plain)


class DifferencesTable(QTableView):
    """The table itself; its rows are as high as their words need."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = DifferencesModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(DifferencesDelegate(self))
        self.setAccessibleName(tr("Differences"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().geometriesChanged.connect(self._fit)
        self.rows.modelReset.connect(self._fit)
        self.rows.rowsInserted.connect(lambda _, first, last: self._fit_rows(first, last))

    def show_differences(self, rows: Sequence[TurnDifference]) -> None:
        """Show these rows."""
        self.rows.show(rows)
        self.scrollToTop()

    def _fit(self) -> None:
        self._fit_rows(0, min(BLOCK, self.rows.rowCount()) - 1)

    def _fit_rows(self, first: int, last: int) -> None:
        for row in range(first, last + 1):
            self.resizeRowToContents(row)
