"""The outline of a dossier: headings, passages, texts and pictures, to be put in order."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from archive_app.gui import dossier_order
from archive_app.gui.dossier_row_paint import FOLD_WIDTH, INDENT, OutlineDelegate
from archive_app.gui.dossier_rows import OWN_KIND, OutlineModel, level_of
from archive_app.gui.dossier_thumbnails import Thumbnails
from archive_app.gui.tasks import Tasks
from archive_app.gui.theme import STEP, theme
from archive_app.translation import tr
from archive_app.work.collected import OutlineItem
from archive_app.work.collecting import HEADING

PICTURES = frozenset((".png", ".jpg", ".jpeg"))
_Flags = QItemSelectionModel.SelectionFlag


class OutlineList(QListView):
    """Drag, or Ctrl+Up and Ctrl+Down, puts items in order; Delete takes them out; F2 edits.

    What is seen is what moves: a folded heading takes along what is folded under it,
    an open one goes alone, unless Alt is held.
    """

    order_changed = Signal(object)
    """The items' ids in their new order."""
    remove_asked = Signal(object)
    """Ids of items."""
    edit_asked = Signal(object)
    """OutlineItem."""
    open_asked = Signal(object)
    """OutlineItem: double-clicked, or Enter was pressed on it."""
    level_asked = Signal(object, int)
    """Ids of headings, and by how much deeper (1) or higher (-1) they are to stand."""
    pictures_dropped = Signal(object)
    """Paths of picture files."""
    chosen_changed = Signal()

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("outline")
        self.setAccessibleName(tr("Outline of the dossier"))
        self.setToolTip(
            tr("Drag items, or press Ctrl+Up and Ctrl+Down, to order them. A folded heading takes "
               "along what stands under it; hold Alt to take it along with an open one. "
               "Left folds a heading, Ctrl+Left and Ctrl+Right change its level.")
        )  # fmt: skip
        self.rows = OutlineModel(self)
        self.thumbnails = Thumbnails(tasks, self)
        self.thumbnails.came.connect(self.viewport().update)
        self._delegate = OutlineDelegate(self.thumbnails.of, self)
        self.setModel(self.rows)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(6 * STEP)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(True)
        self.activated.connect(self._open)
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen_changed.emit())
        self.selectionModel().currentChanged.connect(lambda *_: self.chosen_changed.emit())
        theme().changed.connect(self._measure_anew)

    # What is shown ------------------------------------------------------------

    def show_items(self, items: Sequence[OutlineItem]) -> None:
        """Show an outline; what was chosen stays chosen, what was seen is seen."""
        chosen, current = set(self.chosen_ids()), self.current()
        scrolled = self.verticalScrollBar().value()
        stayed = self.rows.show_items(items)
        self._measure()
        if not stayed:
            self._choose_again(chosen, current.item.id if current is not None else None)
            self._scroll_back(scrolled)

    def _choose_again(self, chosen: set[int], current: int | None) -> None:
        model, selection = self.selectionModel(), QItemSelection()
        for row in map(self.rows.row_of, chosen):
            if row >= 0:
                selection.select(self.rows.index(row), self.rows.index(row))
        model.select(selection, _Flags.Select)
        at = self.rows.row_of(current) if current is not None else -1
        if at >= 0:
            model.setCurrentIndex(self.rows.index(at), _Flags.NoUpdate)

    def _scroll_back(self, scrolled: int) -> None:
        if scrolled:
            self.executeDelayedItemsLayout()
            self.verticalScrollBar().setValue(scrolled)

    def outline_items(self) -> list[OutlineItem]:
        """Return the items as they stand, those under folded headings too."""
        return list(self.rows.items)

    def count(self) -> int:
        """Return how many rows are seen."""
        return self.rows.rowCount()

    # What is chosen -------------------------------------------------------------

    def current(self) -> OutlineItem | None:
        """Return the item the keyboard is at."""
        return self.rows.one_at(self.currentIndex().row())

    def chosen_ids(self) -> list[int]:
        """Return the ids of what is chosen, in the outline's order."""
        return [self.rows.items[place].item.id for place in self._chosen_places()]

    def taken_ids(self) -> list[int]:
        """Return what is chosen with what is folded under it."""
        return [self.rows.items[place].item.id for place in self._going()]

    def choose(self, item_id: int) -> None:
        """Choose an item by its id and bring it into sight."""
        self.rows.unfold_to(item_id)
        self._measure()
        self.setCurrentRow(self.rows.row_of(item_id))

    def setCurrentRow(self, row: int) -> None:
        """Choose a row."""
        if 0 <= row < self.rows.rowCount():
            index = self.rows.index(row)
            self.selectionModel().setCurrentIndex(index, _Flags.ClearAndSelect)
            self.scrollTo(index)

    def _chosen_places(self) -> list[int]:
        rows = {index.row() for index in self.selectionModel().selectedRows()}
        return sorted(self.rows.seen[row] for row in rows)

    def _going(self, *, with_sections: bool = False) -> list[int]:
        chosen = self._chosen_places()
        folded = set(chosen) if with_sections else self.rows.folded_places()
        return dossier_order.taken(self.rows.levels, chosen, folded)

    # Ordering -------------------------------------------------------------------

    def move_chosen(self, by: int, *, with_sections: bool = False) -> None:
        """Move what is chosen up (-1) or down (1) by one place that is seen."""
        order = dossier_order.stepped(
            self.rows.ids(), self._going(with_sections=with_sections), self.rows.seen,
            self.rows.levels, by,
        )  # fmt: skip
        if order is not None:
            self._take_order(order)

    def ask_level(self, by: int) -> None:
        """Ask for the headings that are chosen to stand deeper (1) or higher (-1)."""
        headings = [self.rows.items[place] for place in self._going()]
        ids = [one.item.id for one in headings
               if level_of(one) and 1 <= level_of(one) + by <= dossier_order.DEEPEST]  # fmt: skip
        if ids:
            self.level_asked.emit(ids, by)

    def fold_chosen(self, is_folded: bool) -> None:
        """Fold the headings that are chosen, or unfold them."""
        self._fold(self.chosen_ids(), is_folded=is_folded)

    def fold_all(self, is_folded: bool) -> None:
        """Fold every heading, or unfold them all."""
        self._fold(self.rows.ids(), is_folded=is_folded)

    def _fold(self, ids: Sequence[int], *, is_folded: bool) -> None:
        chosen, current = set(self.chosen_ids()), self.current()
        scrolled = self.verticalScrollBar().value()
        self.rows.fold(ids, is_folded)
        self._measure()
        self._choose_again(chosen, current.item.id if current is not None else None)
        self._scroll_back(scrolled)

    def _take_order(self, ids: Sequence[int]) -> None:
        """Show the new order at once, and tell of it."""
        if list(ids) != self.rows.ids():
            known = {one.item.id: one for one in self.rows.items}
            self.show_items([known[one] for one in ids])
            current = self.currentIndex()
            if current.isValid():
                self.scrollTo(current)
            self.order_changed.emit(list(ids))

    # Keys and mouse ---------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, level, fold, remove, edit."""
        keys, modifiers = Qt.Key, Qt.KeyboardModifier
        key, held = event.key(), event.modifiers() & ~modifiers.KeypadModifier
        moving = modifiers.ControlModifier | modifiers.AltModifier
        current = self.current()
        is_heading = current is not None and current.item.kind == HEADING
        if held & moving and key in (keys.Key_Up, keys.Key_Down):
            by = -1 if key == keys.Key_Up else 1
            self.move_chosen(by, with_sections=held & moving == moving)
        elif held == modifiers.ControlModifier and key in (keys.Key_Left, keys.Key_Right):
            self.ask_level(-1 if key == keys.Key_Left else 1)
        elif is_heading and not held and key in (keys.Key_Left, keys.Key_Right):
            self.fold_chosen(key == keys.Key_Left)
        elif key in (keys.Key_Delete, keys.Key_Backspace) and self.chosen_ids():
            self.remove_asked.emit(self.taken_ids())
        elif key == keys.Key_F2 and current is not None:
            self.edit_asked.emit(current)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Fold a heading by its arrow."""
        index = self.indexAt(event.position().toPoint())
        one = self.rows.one_at(index.row())
        if one is not None and one.item.kind == HEADING:
            left = STEP + (level_of(one) - 1) * INDENT
            if left <= event.position().x() < left + FOLD_WIDTH:
                self._fold([one.item.id], is_folded=not self.rows.is_folded(one.item.id))
                return
        super().mousePressEvent(event)

    def _open(self, index: object) -> None:
        del index
        current = self.current()
        if current is not None:
            self.open_asked.emit(current)

    def _measure(self) -> None:
        self._delegate.measure([self.rows.items[place] for place in self.rows.seen])

    def _measure_anew(self) -> None:
        self._delegate.forget_sizes()
        self._measure()
        self.scheduleDelayedItemsLayout()

    # Dragging -----------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take the outline's own items, and picture files."""
        if event.mimeData().hasFormat(OWN_KIND) or _pictures(event):
            event.acceptProposedAction()
        super().dragEnterEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where it would go."""
        super().dragMoveEvent(event)
        if event.mimeData().hasFormat(OWN_KIND) or _pictures(event):
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Put what was dragged where it was let go."""
        if paths := _pictures(event):
            self.pictures_dropped.emit(paths)
            event.acceptProposedAction()
            return
        self.drop_at(event, is_own=event.source() is self)

    def drop_at(self, event: QDropEvent, *, is_own: bool) -> None:
        """Put the outline's own items where they were let go; others' are not taken."""
        if not is_own:
            event.ignore()
            return
        with_sections = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        self.drop_before(self._place_at(event.position().toPoint()), with_sections=with_sections)
        # A move would let Qt take the rows away that were dragged: they are in place already.
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    def drop_before(self, place: int, *, with_sections: bool = False) -> None:
        """Put what is chosen before the item at a place of the outline."""
        going = self._going(with_sections=with_sections)
        if going:
            self._take_order(dossier_order.moved(self.rows.ids(), set(going), place))

    def _place_at(self, point: QPoint) -> int:
        index = self.indexAt(point)
        if not index.isValid():
            return len(self.rows.items)
        row = index.row()
        if point.y() > self.visualRect(index).center().y():
            row += 1
        return self.rows.seen[row] if row < len(self.rows.seen) else len(self.rows.items)


def _pictures(event: QDropEvent) -> list[Path]:
    urls = event.mimeData().urls()
    files = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    return [path for path in files if path.suffix.lower() in PICTURES]
