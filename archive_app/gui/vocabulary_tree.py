"""The tree of tags as the vocabulary shows it: names by language, colours, how often used."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from archive_app.domain.records import Tag
from archive_app.gui.interview_words import language_name, tag_language
from archive_app.gui.tag_rows import tag_icon
from archive_app.gui.theme import STEP, theme
from archive_app.translation import tr
from archive_app.work.tag_search import TagFinder
from archive_app.work.vocabulary import CountedTag

_TAG = Qt.ItemDataRole.UserRole
USUAL = ("en", "ru", "sr-Latn")
NAME_WIDTH = 48 * STEP


class VocabularyTree(QTreeWidget):
    """Click twice or F2 renames in a language; drag hangs a tag elsewhere."""

    named = Signal(int, str, str)
    """A tag's id, a language, and its new name in it."""
    moved = Signal(int, object, object)
    """A tag's id, its new parent's id or None, and the id of the tag it stands before or None."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("vocabulary")
        self.setAccessibleName(tr("Vocabulary"))
        self.setAlternatingRowColors(True)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.DoubleClicked | trigger.EditKeyPressed)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.languages: tuple[str, ...] = ()
        self._tree: tuple[CountedTag, ...] = ()
        self._items: dict[int, QTreeWidgetItem] = {}
        self._folded: set[int] = set()
        self._filter = ""
        self.itemChanged.connect(self._renamed)
        self.itemCollapsed.connect(lambda item: self._folded.add(_id_of(item)))
        self.itemExpanded.connect(lambda item: self._folded.discard(_id_of(item)))
        theme().changed.connect(self._recolour)

    @property
    def tags(self) -> tuple[CountedTag, ...]:
        """What is shown, depth first."""
        return self._tree

    @property
    def current(self) -> CountedTag | None:
        """The tag the keyboard is at."""
        item = self.currentItem()
        return None if item is None else self.tag_of(_id_of(item))

    def tag_of(self, tag_id: int) -> CountedTag | None:
        """Return a tag by its id."""
        return next((one for one in self._tree if one.tag.id == tag_id), None)

    def item_of(self, tag_id: int) -> QTreeWidgetItem:
        """Return a tag's line."""
        return self._items[tag_id]

    def show_tags(self, tree: Sequence[CountedTag], chosen: int | None = None) -> None:
        """Show the vocabulary; what was chosen stays chosen, what was folded folded."""
        current = self.currentItem()
        wanted = chosen if chosen is not None else (_id_of(current) if current else None)
        column, top = max(0, self.currentColumn()), self.verticalScrollBar().value()
        with QSignalBlocker(self):
            self._show_columns(tree)
            self._tree = tuple(tree)
            self.clear()
            self._items = {}
            for one in tree:
                above = self._items.get(one.tag.parent_id or 0)
                item = QTreeWidgetItem(above if above is not None else self)
                self._items[one.tag.id] = item
                self._dress(item, one)
            for number, item in self._items.items():
                item.setExpanded(number not in self._folded)
            self.narrow(self._filter)
            found = self._items.get(wanted or 0) or self.topLevelItem(0)
            if found is not None:
                self.setCurrentItem(found, column)
            self.verticalScrollBar().setValue(top)
            if chosen is not None and found is not None:
                self.scrollToItem(found)
        self.itemSelectionChanged.emit()

    def narrow(self, typed: str) -> None:
        """Show the tags one of whose names holds what was typed, and those above them."""
        self._filter = typed
        found = TagFinder(self._tree).find(typed) if typed.strip() else []
        fits = {one.one.tag.id for one in found} if typed.strip() else None
        shown: set[int] = set()
        for one in self._tree:
            tag: CountedTag | None = one
            while fits is not None and one.tag.id in fits and tag is not None:
                shown.add(tag.tag.id)
                tag = self.tag_of(tag.tag.parent_id) if tag.tag.parent_id is not None else None
        for number, item in self._items.items():
            item.setHidden(fits is not None and number not in shown)
            if fits is not None:
                item.setExpanded(True)
        if fits:
            self.setCurrentItem(self._items[found[0].one.tag.id])

    def rename(self, tag_id: int, language: str) -> None:
        """Let the person type another name of a tag in a language."""
        self.setFocus()
        self.setCurrentItem(self._items[tag_id], self.languages.index(language))
        self.editItem(self._items[tag_id], self.languages.index(language))

    def _show_columns(self, tree: Sequence[CountedTag]) -> None:
        used = {language for one in tree for language in one.tag.names}
        own = tag_language()
        if own.startswith("sr") and own not in used:
            own = "en"
        known = [*USUAL, *sorted(used - set(USUAL))]
        known = [one for one in known if one in used or one in USUAL]
        languages = (own, *(one for one in known if one != own))
        if languages == self.languages:
            return
        self.languages = languages
        self.setColumnCount(len(languages) + 1)
        self.setHeaderLabels([*(language_name(one) for one in languages), tr("Passages")])
        header = self.header()
        header.setStretchLastSection(False)
        for column in range(len(languages)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(len(languages), QHeaderView.ResizeMode.ResizeToContents)
        self.headerItem().setTextAlignment(len(languages), Qt.AlignmentFlag.AlignRight)
        header.setMinimumSectionSize(18 * STEP)

    def _dress(self, item: QTreeWidgetItem, one: CountedTag) -> None:
        tag, flag = one.tag, Qt.ItemFlag
        item.setData(0, _TAG, tag.id)
        item.setIcon(0, tag_icon(tag))
        for column, language in enumerate(self.languages):
            item.setText(column, tag.names.get(language, ""))
            if tag.definition:
                item.setToolTip(column, tag.definition)
        if not tag.names.get(self.languages[0]):
            item.setText(0, "")
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, tag.name())
        last = len(self.languages)
        item.setText(last, str(one.count) if one.count else "")
        item.setTextAlignment(last, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        item.setFlags(flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsEditable
                      | flag.ItemIsDragEnabled | flag.ItemIsDropEnabled)  # fmt: skip

    def _recolour(self) -> None:
        with QSignalBlocker(self):
            for one in self._tree:
                self._items[one.tag.id].setIcon(0, tag_icon(one.tag))

    def _renamed(self, item: QTreeWidgetItem, column: int) -> None:
        one = self.tag_of(_id_of(item))
        if one is None or column >= len(self.languages):
            return
        language, name = self.languages[column], item.text(column).strip()
        if name != one.tag.names.get(language, ""):
            self.named.emit(one.tag.id, language, name)

    def dropEvent(self, event: QDropEvent) -> None:
        """Say where a tag was let go; the tree is filled anew when that is stored."""
        target = self.itemAt(event.position().toPoint())
        dragged = self.currentItem()
        event.ignore()
        if dragged is None or dragged is target:
            return
        place = self.dropIndicatorPosition()
        self.drop(_id_of(dragged), _id_of(target) if target else None, place)

    def drop(
        self, tag_id: int, target: int | None, place: QAbstractItemView.DropIndicatorPosition
    ) -> None:
        """Hang a tag below another, or beside it."""
        where = QAbstractItemView.DropIndicatorPosition
        one = self.tag_of(target) if target is not None else None
        if one is None or place == where.OnViewport:
            self.moved.emit(tag_id, None, None)
        elif place == where.OnItem:
            self.moved.emit(tag_id, one.tag.id, None)
        elif place == where.AboveItem:
            self.moved.emit(tag_id, one.tag.parent_id, one.tag.id)
        else:
            siblings = [t.tag.id for t in self._tree if t.tag.parent_id == one.tag.parent_id]
            later = siblings[siblings.index(one.tag.id) + 1 :]
            self.moved.emit(tag_id, one.tag.parent_id, later[0] if later else None)


def _id_of(item: QTreeWidgetItem) -> int:
    return int(item.data(0, _TAG) or 0)


def neighbour(tree: Sequence[CountedTag], tag: Tag, by: int) -> tuple[bool, int | None]:
    """Return whether a tag can move among its siblings by a place, and before which it then is."""
    siblings = [one.tag.id for one in tree if one.tag.parent_id == tag.parent_id]
    place = siblings.index(tag.id) + by
    if not 0 <= place < len(siblings):
        return False, None
    after = place if by < 0 else place + 1
    return True, siblings[after] if after < len(siblings) else None
