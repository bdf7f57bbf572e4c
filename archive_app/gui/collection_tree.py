"""What stands at the left of the library: collections, saved searches and tags, with counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from archive_app.gui.icons import icon
from archive_app.gui.library_model import MIME
from archive_app.gui.theme import STEP, theme
from archive_app.translation import current_language, tr
from archive_app.work.library import Listing, Shelves

ROLE = Qt.ItemDataRole.UserRole
NO_EDIT = QAbstractItemView.EditTrigger.NoEditTriggers


@dataclass(frozen=True, slots=True)
class Shelf:
    """What the list is narrowed to: everything, a collection, a tag, or a saved search."""

    kind: str = "all"
    """"all", "collection", "tag", "search", or "heading" for what cannot be chosen."""
    id: int = 0
    path: tuple[str, ...] = ()
    """Titles or names from the root down: how another audience's list is narrowed."""
    query: str = ""


ALL = Shelf()


class CollectionTree(QTreeWidget):
    """Click filters; staff rename in place and drop interviews on a collection."""

    shelf_chosen = Signal(object)
    """Shelf."""
    renamed = Signal(int, str)
    """A collection's id and its new title."""
    dropped = Signal(object, object)
    """Interview ids, and the collection's id or None."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("collection_tree")
        self.setAccessibleName(tr("Collections, saved searches and tags"))
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setIndentation(3 * STEP)
        self.setIconSize(QSize(16, 16))
        self.setEditTriggers(NO_EDIT)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        header.setMinimumSectionSize(STEP)
        self._can_edit = True
        self._shelf = ALL
        self._folded: set[tuple[str, tuple[str, ...]]] = set()
        self.itemSelectionChanged.connect(self._choose)
        self.itemChanged.connect(self._rename)
        self.itemCollapsed.connect(self._fold)
        self.itemExpanded.connect(self._unfold)
        theme().changed.connect(self._recolour)

    @property
    def shelf(self) -> Shelf:
        """What is chosen."""
        return self._shelf

    def shelf_at(self, item: QTreeWidgetItem | None) -> Shelf:
        """Return what a line stands for; a heading for none."""
        return item.data(0, ROLE) if item is not None else Shelf("heading")

    # Filling ---------------------------------------------------------------

    def show_shelves(self, shelves: Shelves) -> None:
        """Show what staff have."""
        self._can_edit = True
        self.setAcceptDrops(True)
        with QSignalBlocker(self):
            self.clear()
            heading = self._heading(tr("Collections"), "library")
            self._line(heading, tr("All interviews"), shelves.interviews, ALL, "library")
            items: dict[int | None, QTreeWidgetItem] = {None: heading}
            self._add_collections(shelves, items, None, ())
            if shelves.searches:
                heading = self._heading(tr("Saved searches"), "search")
                for one in shelves.searches:
                    shelf = Shelf("search", one.id, (one.name,), one.query)
                    self._line(heading, one.name, None, shelf, "search")
            if shelves.tags:
                self._add_tags(shelves)
            self._restore()

    def _add_collections(
        self,
        shelves: Shelves,
        items: dict[int | None, QTreeWidgetItem],
        parent: int | None,
        path: tuple[str, ...],
    ) -> None:
        for one in shelves.collections:
            if one.parent_id == parent and one.id not in items:
                here = (*path, one.title)
                count = shelves.collection_counts.get(one.id, 0)
                item = self._line(
                    items[parent], one.title, count, Shelf("collection", one.id, here), "folder"
                )
                item.setToolTip(0, one.description or " / ".join(here))
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
                items[one.id] = item
                self._add_collections(shelves, items, one.id, here)

    def _add_tags(self, shelves: Shelves) -> None:
        heading = self._heading(tr("Tags"), "tag")
        parents: list[QTreeWidgetItem] = [heading]
        language = current_language().replace("_", "-")
        for one in shelves.tags:
            del parents[one.depth + 1 :]
            shelf = Shelf("tag", one.tag.id, one.path)
            item = self._line(parents[-1], one.tag.name(language), one.count or None, shelf, "tag")
            item.setToolTip(0, one.tag.definition or " / ".join(one.path))
            parents.append(item)

    def show_listing(self, listing: Listing) -> None:
        """Show what another audience may know of; made from released copies alone."""
        self._can_edit = False
        self.setAcceptDrops(False)
        collections: dict[tuple[str, ...], int] = {}
        tags: dict[tuple[str, ...], int] = {}
        for line in listing.lines:
            for depth in range(1, len(line.collections) + 1):
                path = line.collections[:depth]
                collections[path] = collections.get(path, 0) + 1
            for path, count in line.tags.items():
                for depth in range(1, len(path)):
                    tags.setdefault(path[:depth], 0)
                tags[path] = tags.get(path, 0) + count
        with QSignalBlocker(self):
            self.clear()
            heading = self._heading(tr("Collections"), "library")
            self._line(heading, tr("All interviews"), len(listing.lines), ALL, "library")
            self._add_paths(heading, "collection", collections, "folder")
            if tags:
                self._add_paths(self._heading(tr("Tags"), "tag"), "tag", tags, "tag")
            self._restore()

    def _add_paths(
        self,
        heading: QTreeWidgetItem,
        kind: str,
        counts: Mapping[tuple[str, ...], int],
        picture: str,
    ) -> None:
        items: dict[tuple[str, ...], QTreeWidgetItem] = {(): heading}
        for path in sorted(counts):
            shelf = Shelf(kind, 0, path)
            items[path] = self._line(
                items[path[:-1]], path[-1], counts[path] or None, shelf, picture
            )

    def _heading(self, words: str, picture: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem(self, [words.upper(), ""])
        item.setData(0, ROLE, Shelf("heading", path=(picture,)))
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        font = theme().interface_font(0.85)
        font.setBold(True)
        item.setFont(0, font)
        item.setForeground(0, theme().colours.muted)
        item.setSizeHint(0, QSize(0, 7 * STEP))
        return item

    def _line(
        self,
        parent: QTreeWidgetItem,
        words: str,
        count: int | None,
        shelf: Shelf,
        picture: str,
    ) -> QTreeWidgetItem:
        item = QTreeWidgetItem(parent, [words, "" if count is None else str(count)])
        item.setData(0, ROLE, shelf)
        item.setSizeHint(0, QSize(0, self.fontMetrics().height() + 2 * STEP))
        item.setIcon(0, icon(picture))
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        item.setForeground(1, theme().colours.muted)
        return item

    def _restore(self) -> None:
        """Unfold and choose as it was before."""
        chosen: QTreeWidgetItem | None = None
        for item in self._items():
            shelf = self.shelf_at(item)
            item.setExpanded((shelf.kind, shelf.path) not in self._folded)
            is_same = shelf.kind == self._shelf.kind and (
                shelf.id == self._shelf.id if shelf.id and self._shelf.id
                else shelf.path == self._shelf.path
            )  # fmt: skip
            if is_same and shelf.kind != "heading":
                chosen = item
        if chosen is None:
            self._shelf = ALL
            chosen = next((i for i in self._items() if self.shelf_at(i).kind == "all"), None)
        else:
            self._shelf = self.shelf_at(chosen)
        if chosen is not None:
            self.setCurrentItem(chosen)

    def _items(self) -> list[QTreeWidgetItem]:
        found: list[QTreeWidgetItem] = []
        waiting = [self.topLevelItem(n) for n in range(self.topLevelItemCount())]
        while waiting:
            item = waiting.pop(0)
            if item is not None:
                found.append(item)
                waiting.extend(item.child(n) for n in range(item.childCount()))
        return found

    def item_of(self, kind: str, title: str) -> QTreeWidgetItem | None:
        """Return the line of a kind with this title, if there is one."""
        return next(
            (i for i in self._items() if self.shelf_at(i).kind == kind and i.text(0) == title),
            None,
        )

    def choose(self, kind: str, row_id: int) -> None:
        """Choose a collection, tag or saved search by its id."""
        for item in self._items():
            shelf = self.shelf_at(item)
            if shelf.kind == kind and shelf.id == row_id:
                self.setCurrentItem(item)

    # What the person does --------------------------------------------------

    def _choose(self) -> None:
        chosen = self.selectedItems()
        shelf = self.shelf_at(chosen[0]) if chosen else Shelf("heading")
        if shelf.kind != "heading" and shelf != self._shelf:
            self._shelf = shelf
            self.shelf_chosen.emit(shelf)

    def rename(self, item: QTreeWidgetItem) -> None:
        """Let the title be typed anew where it stands."""
        if self._can_edit and self.shelf_at(item).kind == "collection":
            self.editItem(item, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F2 renames the chosen collection."""
        current = self.currentItem()
        if event.key() == Qt.Key.Key_F2 and current is not None:
            self.rename(current)
            return
        super().keyPressEvent(event)

    def _rename(self, item: QTreeWidgetItem, column: int) -> None:
        shelf = self.shelf_at(item)
        title = item.text(0).strip()
        if column != 0 or shelf.kind != "collection" or title == shelf.path[-1]:
            return
        if title:
            self.renamed.emit(shelf.id, title)
        else:
            item.setText(0, shelf.path[-1])

    def _fold(self, item: QTreeWidgetItem) -> None:
        shelf = self.shelf_at(item)
        self._folded.add((shelf.kind, shelf.path))

    def _unfold(self, item: QTreeWidgetItem) -> None:
        shelf = self.shelf_at(item)
        self._folded.discard((shelf.kind, shelf.path))

    def _recolour(self) -> None:
        pictures = {"all": "library", "collection": "folder", "tag": "tag", "search": "search"}
        with QSignalBlocker(self):
            for item in self._items():
                kind = self.shelf_at(item).kind
                if kind in pictures:
                    item.setIcon(0, icon(pictures[kind]))
                item.setForeground(0 if kind == "heading" else 1, theme().colours.muted)

    # Interviews dropped on a collection ------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take interviews from the list; files go on to the window."""
        if event.mimeData().hasFormat(MIME) and self._can_edit:
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Interviews can be put on collections, and on "All interviews" to take them out."""
        shelf = self.shelf_at(self.itemAt(event.position().toPoint()))
        if event.mimeData().hasFormat(MIME) and shelf.kind in ("collection", "all"):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """Move the dragged interviews to the collection under the pointer."""
        shelf = self.shelf_at(self.itemAt(event.position().toPoint()))
        ids = dropped_ids(bytes(event.mimeData().data(MIME).data()))
        if ids and shelf.kind in ("collection", "all"):
            event.acceptProposedAction()
            self.dropped.emit(ids, shelf.id or None)


def dropped_ids(data: bytes) -> Sequence[int]:
    """Return the interviews of a drag, by id."""
    return [int(part) for part in data.decode("ascii", "ignore").split(",") if part.isdecimal()]
