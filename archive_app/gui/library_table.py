"""The list in the middle of the library: a table whose columns the person arranges."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QByteArray,
    QItemSelection,
    QItemSelectionModel,
    QPoint,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QIcon, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from archive_app.gui.icons import icon
from archive_app.gui.library_model import COLUMNS, NUMBER, AnyIndex, LibraryModel
from archive_app.gui.theme import STEP
from archive_app.settings import COLUMNS as COLUMN_STATES
from archive_app.settings import Settings
from archive_app.translation import tr

TABLE = "library"
PICTURE = 16
WIDEST = 34 * STEP
"""How much room a column takes by itself at most; the title has all the rest."""


class MarksDelegate(QStyledItemDelegate):
    """Draws both marks of a line beside each other: closed, and pseudonym."""

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """Return the room of two marks."""
        return QSize(2 * PICTURE + 4 * STEP, super().sizeHint(option, index).height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw the cell's ground, then its marks."""
        plain = QStyleOptionViewItem(option)
        self.initStyleOption(plain, index)
        plain.icon = QIcon()
        plain.features &= ~QStyleOptionViewItem.ViewItemFeature.HasDecoration
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, plain, painter, option.widget)
        model = index.model()
        row = model.row_at(index.row()) if isinstance(model, LibraryModel) else None
        if row is None:
            return
        shown = [
            name
            for name, is_so in (("lock", row.has_restrictions), ("mask", row.has_pseudonym))
            if is_so
        ]
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        mode = QIcon.Mode.Selected if is_chosen else QIcon.Mode.Normal
        left = option.rect.left() + 2 * STEP
        top = option.rect.top() + (option.rect.height() - PICTURE) // 2
        for name in shown:
            icon(name).paint(painter, left, top, PICTURE, PICTURE, mode=mode)
            left += PICTURE + STEP


class LibraryTable(QTableView):
    """Sorting asks for ids again; what was chosen stays chosen, by id."""

    chosen = Signal()
    """Other interviews are selected."""
    opened = Signal(int)
    """Double click or Enter on an interview."""
    sort_asked = Signal(str, bool)
    """A column's sort and whether it descends."""

    def __init__(self, model: LibraryModel, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._settings = settings
        self.sort = "accession"
        self.is_descending = False
        self.setModel(model)
        self.setObjectName("library_table")
        self.setAccessibleName(tr("Interviews"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setItemDelegateForColumn(NUMBER["marks"], MarksDelegate(self))
        self._is_fitted = False
        self._set_up_header()
        model.dataChanged.connect(self._fit_columns)
        model.modelReset.connect(self._fit_columns)
        self.doubleClicked.connect(lambda index: self._open(index.row()))
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen.emit())

    def _set_up_header(self) -> None:
        lines = self.verticalHeader()
        lines.hide()
        lines.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        lines.setDefaultSectionSize(max(self.fontMetrics().height() + 3 * STEP, 7 * STEP))
        header = self.horizontalHeader()
        header.setSectionsMovable(True)
        header.setHighlightSections(False)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setMinimumSectionSize(10 * STEP)
        header.setStretchLastSection(False)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._show_column_menu)
        for number, column in enumerate(COLUMNS):
            header.resizeSection(number, column.width)
            header.setSectionHidden(number, column.is_hidden)
        state = self._settings.get(COLUMN_STATES).get(TABLE)
        if state:
            self._is_fitted = True
            header.restoreState(QByteArray.fromBase64(state.encode("ascii", "ignore")))
        header.setSectionResizeMode(NUMBER["title"], QHeaderView.ResizeMode.Stretch)
        header.setSortIndicatorShown(True)
        header.setSectionsClickable(True)
        header.setSortIndicator(NUMBER["accession"], Qt.SortOrder.AscendingOrder)
        header.sectionClicked.connect(self._sort_by)

    def _fit_columns(self) -> None:
        """Give each column the room of its heading and lines, once, unless the person did."""
        if self._is_fitted or self._model.row_at(0) is None:
            return
        self._is_fitted = True
        header = self.horizontalHeader()
        for number, column in enumerate(COLUMNS):
            if column.name != "title" and not header.isSectionHidden(number):
                # (sectionSizeHint keeps room for the sign of the order in every column.)
                words = header.fontMetrics().horizontalAdvance(tr(column.heading))
                heading = words + (6 if column.sort == self.sort else 3) * STEP
                header.resizeSection(
                    number, max(heading, min(self.sizeHintForColumn(number), WIDEST))
                )

    def remember_columns(self) -> None:
        """Keep which columns are shown, in which order and how wide."""
        state = bytes(self.horizontalHeader().saveState().toBase64().data()).decode("ascii")
        known = dict(self._settings.get(COLUMN_STATES))
        known[TABLE] = state
        self._settings.set(COLUMN_STATES, known)

    def column_menu(self) -> QMenu:
        """Return a menu that shows and hides columns."""
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        header = self.horizontalHeader()
        for number, column in enumerate(COLUMNS):
            action = menu.addAction(tr(column.heading))
            action.setCheckable(True)
            action.setChecked(not header.isSectionHidden(number))
            if column.name == "title":
                action.setEnabled(False)
                action.setToolTip(tr("The title is always shown."))
            action.toggled.connect(
                lambda is_shown, number=number: header.setSectionHidden(number, not is_shown)
            )
        return menu

    def _show_column_menu(self, place: QPoint) -> None:
        menu = self.column_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.horizontalHeader().mapToGlobal(place))

    def _sort_by(self, number: int) -> None:
        column = COLUMNS[number]
        if not column.sort:
            self._show_sort()
            return
        self.is_descending = column.sort == self.sort and not self.is_descending
        self.sort = column.sort
        self._show_sort()
        self.sort_asked.emit(self.sort, self.is_descending)

    def _show_sort(self) -> None:
        number = next(n for n, column in enumerate(COLUMNS) if column.sort == self.sort)
        order = Qt.SortOrder.DescendingOrder if self.is_descending else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(number, order)

    # What is chosen --------------------------------------------------------

    def chosen_ids(self) -> list[int]:
        """Return the selected interviews in the order of the list, however many."""
        ids = self._model.ids
        lines: set[int] = set()
        selection = self.selectionModel().selection()
        for stretch in (selection.at(number) for number in range(selection.count())):
            lines.update(range(stretch.top(), stretch.bottom() + 1))
        return [ids[line] for line in sorted(lines) if line < len(ids)]

    def choose_ids(self, wanted: Sequence[int], *, current: int | None = None) -> None:
        """Select interviews by id and show the first; those that are not listed are passed over."""
        if not wanted:
            return
        sought = set(wanted)
        selection = QItemSelection()
        last = len(COLUMNS) - 1
        first: int | None = None
        start: int | None = None
        ids = self._model.ids
        for line in range(len(ids) + 1):
            is_in = line < len(ids) and ids[line] in sought
            if is_in and start is None:
                start = line
                first = line if first is None else first
            elif not is_in and start is not None:
                model = self._model
                selection.select(model.index(start, 0), model.index(line - 1, last))
                start = None
        if first is None:
            return
        if current in sought:
            first = ids.index(current) if current in ids else first
        flags = QItemSelectionModel.SelectionFlag
        index = self._model.index(first, NUMBER["title"])
        self.selectionModel().setCurrentIndex(index, flags.NoUpdate)
        self.selectionModel().select(selection, flags.ClearAndSelect)
        self.scrollTo(index)

    def current_id(self) -> int | None:
        """Return the interview the keyboard stands on."""
        line = self.currentIndex().row()
        return self._model.ids[line] if 0 <= line < len(self._model.ids) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the interview."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def _open(self, line: int) -> None:
        if 0 <= line < len(self._model.ids):
            self.opened.emit(self._model.ids[line])
