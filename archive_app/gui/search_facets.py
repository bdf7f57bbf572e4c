"""The left column of the search page: by what a result can be narrowed, and saved searches."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QFrame, QHeaderView, QMenu, QTreeWidget, QTreeWidgetItem, QWidget

from archive_app.domain.records import SavedSearch
from archive_app.gui.search_query import FACET_TITLES, SHOWN_FACETS, facet_value_name
from archive_app.translation import tr
from archive_app.work.searching import Facets

_CHOICE = Qt.ItemDataRole.UserRole
VALUES_SHOWN = 8


class FacetColumn(QTreeWidget):
    """A tree of facets with counts; a click or Enter narrows the search."""

    narrowed = Signal(str, str)
    """(facet, value)"""
    search_chosen = Signal(str)
    """The query of a saved search."""
    forget_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("facets")
        self.setAccessibleName(tr("Narrow the search"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHeaderHidden(True)
        self.setColumnCount(2)
        self.setRootIsDecorated(False)
        self.setIndentation(12)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.itemClicked.connect(self._choose)
        self.itemActivated.connect(self._choose)
        self._saved: Sequence[SavedSearch] = ()
        self._facets = Facets()

    def show_facets(self, facets: Facets) -> None:
        """Show by what the result can be narrowed."""
        self._facets = facets
        self._fill()

    def show_saved(self, saved: Sequence[SavedSearch]) -> None:
        """Show the searches that are kept."""
        self._saved = saved
        self._fill()

    def _fill(self) -> None:
        self.clear()
        for facet in SHOWN_FACETS:
            values = self._facets.values.get(facet, ())
            if not values:
                continue
            top = self._heading(tr(FACET_TITLES[facet]))
            for one in values[:VALUES_SHOWN]:
                name = facet_value_name(facet, one.value)
                item = QTreeWidgetItem(top, [name, str(one.count)])
                item.setData(0, _CHOICE, ("facet", facet, one.value))
                item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight)
                item.setToolTip(0, tr("Only what has “{value}”", value=name))
        if self._saved:
            top = self._heading(tr("Saved searches"))
            for search in self._saved:
                item = QTreeWidgetItem(top, [search.name, ""])
                item.setData(0, _CHOICE, ("saved", search.id, search.query))
                item.setToolTip(0, search.query)
        self.expandAll()

    def _heading(self, text: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem(self, [text, ""])
        font = item.font(0)
        font.setBold(True)
        item.setFont(0, font)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        return item

    def _choose(self, item: QTreeWidgetItem) -> None:
        choice = item.data(0, _CHOICE)
        if choice and choice[0] == "facet":
            self.narrowed.emit(choice[1], choice[2])
        elif choice:
            self.search_chosen.emit(choice[2])

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to forget a saved search."""
        item = self.itemAt(event.pos())
        choice = item.data(0, _CHOICE) if item is not None else None
        if choice and choice[0] == "saved":
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.addAction(tr("Delete this saved search")).triggered.connect(
                lambda: self.forget_asked.emit(choice[1])
            )
            menu.popup(event.globalPos())
