"""The outline of a dossier: headings, passages and interviews, to be put in order."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QDropEvent, QFont, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListWidget, QListWidgetItem, QWidget

from archive_app.domain.timecode import format_timecode
from archive_app.gui.icons import icon
from archive_app.gui.theme import STEP
from archive_app.translation import tr, trn
from archive_app.work.collected import OutlineItem
from archive_app.work.collecting import HEADING, INTERVIEW

_ITEM = Qt.ItemDataRole.UserRole
SHOWN_WORDS = 140


class OutlineList(QListWidget):
    """Drag, or Ctrl+Up and Ctrl+Down, puts items in order; Delete takes them out; F2 rewords."""

    order_changed = Signal(object)
    """The items' ids in their new order."""
    remove_asked = Signal(object)
    """Ids of items."""
    reword_asked = Signal(object)
    """OutlineItem."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("outline")
        self.setAccessibleName(tr("Outline of the dossier"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setSpacing(STEP // 2)

    def show_items(self, items: Sequence[OutlineItem]) -> None:
        """Show an outline; what was chosen stays chosen."""
        chosen = set(self.chosen_ids())
        current = self.current()
        with QSignalBlocker(self):
            self.clear()
            for one in items:
                item = QListWidgetItem()
                item.setData(_ITEM, one)
                _dress(item, one, self.font())
                self.addItem(item)
                item.setSelected(one.item.id in chosen)
                if current is not None and one.item.id == current.item.id:
                    self.setCurrentItem(item)

    def outline_items(self) -> list[OutlineItem]:
        """Return the items as they stand."""
        return [self.item(row).data(_ITEM) for row in range(self.count())]

    def current(self) -> OutlineItem | None:
        """Return the item the keyboard is at."""
        item = self.currentItem()
        return item.data(_ITEM) if item is not None else None

    def chosen_ids(self) -> list[int]:
        """Return the ids of what is chosen, in the outline's order."""
        rows = sorted(self.row(item) for item in self.selectedItems())
        return [self.item(row).data(_ITEM).item.id for row in rows]

    def choose(self, item_id: int) -> None:
        """Choose an item by its id."""
        for row in range(self.count()):
            if self.item(row).data(_ITEM).item.id == item_id:
                self.setCurrentRow(row)

    def move_chosen(self, by: int) -> None:
        """Move what is chosen up (-1) or down (1) by one place."""
        ids = [one.item.id for one in self.outline_items()]
        chosen = self.chosen_ids()
        rows = [ids.index(one) for one in chosen]
        if not rows or rows[0] + by < 0 or rows[-1] + by >= len(ids):
            return
        rest = [one for one in ids if one not in chosen]
        # They come out side by side, one place further than the outermost of them.
        place = rows[0] - 1 if by < 0 else rows[-1] + 2 - len(chosen)
        self.order_changed.emit([*rest[:place], *chosen, *rest[place:]])

    def dropEvent(self, event: QDropEvent) -> None:
        """Put what was dragged where it was let go."""
        super().dropEvent(event)
        self.order_changed.emit([one.item.id for one in self.outline_items()])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, remove, reword."""
        moving = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        if event.modifiers() & moving and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.move_chosen(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.chosen_ids():
            self.remove_asked.emit(self.chosen_ids())
        elif event.key() == Qt.Key.Key_F2 and self.current() is not None:
            self.reword_asked.emit(self.current())
        else:
            super().keyPressEvent(event)


def _dress(item: QListWidgetItem, one: OutlineItem, font: QFont) -> None:
    bold = QFont(font)
    bold.setBold(True)
    if one.item.kind == HEADING:
        bold.setPointSizeF(font.pointSizeF() * 1.15)
        item.setFont(bold)
        item.setText(one.text)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, tr("Heading: {text}", text=one.text))
        return
    if not one.is_there:
        item.setIcon(icon("lock"))
        item.setText(tr("Not open to this audience, or no longer there"))
        return
    if one.item.kind == INTERVIEW:
        item.setIcon(icon("interview"))
        item.setText(f"{one.accession}  {one.title}\n{tr('whole interview')}")
    else:
        item.setIcon(icon("quote"))
        words = one.text if len(one.text) <= SHOWN_WORDS else one.text[:SHOWN_WORDS].rstrip() + " …"
        item.setText(f"{_head(one)}\n{words}")
    if one.item.text:
        item.setText(item.text() + "\n" + tr("Comment: {text}", text=one.item.text))


def _head(one: OutlineItem) -> str:
    times = [format_timecode(ms) for ms in (one.start_ms, one.end_ms) if ms is not None]
    turns = trn("{count} turn", "{count} turns", one.turns) if one.turns > 1 else ""
    parts = (one.accession, "–".join(times), one.speaker, turns)
    return " · ".join(part for part in parts if part)
