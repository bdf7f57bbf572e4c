"""The library: shelves at the left, the list in the middle, the record at the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from archive_app.domain.records import Change, InterviewRow
from archive_app.gui.collection_tree import ALL, CollectionTree, Shelf
from archive_app.gui.empty_place import EmptyPlace
from archive_app.gui.icons import give_icon
from archive_app.gui.inspector import Inspector
from archive_app.gui.library_actions import LibraryActions
from archive_app.gui.library_filter import Narrowed, narrowed
from archive_app.gui.library_model import LibraryModel
from archive_app.gui.library_table import LibraryTable
from archive_app.gui.session import Session
from archive_app.gui.status_filter import StatusFilter
from archive_app.gui.theme import GAP, STEP
from archive_app.settings import SPLITTERS
from archive_app.translation import tr, trn
from archive_app.work import interviews as catalogue
from archive_app.work import library

FILTER_AFTER_MS = 200
REFRESH_AFTER_MS = 30
SHELF_TABLES = frozenset({"collection", "tag", "tagging", "saved_search", "interview"})


class LibraryPage(QWidget):
    """Every interview of the archive, as the audience may list it."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.title = tr("Library")
        self.setObjectName("library_page")
        self._session = session
        self._ticket = 0
        self._wanted: list[int] = []
        self._edit_when_shown = False
        self.model = LibraryModel(session)
        self.model.setParent(self)
        self.tree = CollectionTree()
        self.table = LibraryTable(self.model, session.settings, self)
        self.inspector = Inspector(session)
        self._lay_out()
        self.commands = LibraryActions(self, session)
        self._listen()
        self.inspector.show_interviews([])
        self.refresh_shelves()
        self.refresh_list()

    def _lay_out(self) -> None:
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(tr("Filter by title, accession number or name"))
        self.filter.setAccessibleName(tr("Filter the list"))
        self.filter.setClearButtonEnabled(True)
        self.status = StatusFilter(self._session.settings, self._session.archive.uuid)
        self.count = QLabel()
        columns = QToolButton()
        columns.setToolTip(tr("Which columns are shown"))
        columns.setAccessibleName(tr("Columns"))
        columns.setAutoRaise(True)
        give_icon(columns, "columns")
        columns.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        columns.pressed.connect(lambda: columns.setMenu(self.table.column_menu()))
        line = QHBoxLayout()
        line.setContentsMargins(GAP, 0, GAP, GAP)
        line.setSpacing(GAP)
        line.addWidget(self.filter, 1)
        line.addWidget(self.status)
        line.addWidget(self.count)
        line.addWidget(columns)
        self.places = QStackedWidget()
        self.empty = EmptyPlace()
        self.nothing_fits = EmptyPlace()
        for part in (self.table, self.empty, self.nothing_fits):
            self.places.addWidget(part)
        middle = QWidget()
        rows = QVBoxLayout(middle)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(line)
        rows.addWidget(self.places, 1)
        self.splitter = QSplitter()
        self.splitter.setChildrenCollapsible(True)
        for part in (self.tree, middle, self.inspector):
            self.splitter.addWidget(part)
        self.splitter.setCollapsible(1, False)
        for number, share in enumerate((0, 1, 0)):
            self.splitter.setStretchFactor(number, share)
        self.tree.setMinimumWidth(40 * STEP)
        self.inspector.setMinimumWidth(64 * STEP)
        sizes = self._session.settings.get(SPLITTERS).get("library")
        self.splitter.setSizes(sizes if sizes and len(sizes) == 3 else [192, 732, 272])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.splitter)

    def _listen(self) -> None:
        session = self._session
        session.changed.connect(self._changed)
        session.audience_changed.connect(self._audience_changed)
        self._typing = _timer(self, FILTER_AFTER_MS, self.refresh_list)
        self.filter.textChanged.connect(lambda _: self._typing.start())
        self.filter.returnPressed.connect(self.table.setFocus)
        self.status.changed.connect(self.refresh_list)
        self._due_list = _timer(self, REFRESH_AFTER_MS, self.refresh_list)
        self._due_shelves = _timer(self, REFRESH_AFTER_MS, self.refresh_shelves)
        self.tree.shelf_chosen.connect(self._shelf_chosen)
        self.tree.renamed.connect(
            lambda number, title: session.write(catalogue.rename_collection, number, title)
        )
        self.tree.dropped.connect(
            lambda ids, number: session.write(catalogue.move_to_collection, ids, number)
        )
        self.table.chosen.connect(self._show_chosen)
        self.table.opened.connect(self.open_interview)
        self.table.sort_asked.connect(lambda *_: self.refresh_list())
        self.table.customContextMenuRequested.connect(self._show_menu)
        self.tree.customContextMenuRequested.connect(self._show_tree_menu)

    # What the shell calls --------------------------------------------------

    def on_shown(self) -> None:
        """Put the keyboard into the list."""
        self.focus_first()

    def focus_first(self) -> None:
        """Put the keyboard into the list."""
        if self.places.currentWidget() is self.table:
            self.table.setFocus()

    def actions(self) -> list[QAction]:
        """Return the page's own actions."""
        return [one.action for one in self._session.actions if one.owner is self]

    def may_close(self) -> bool:
        """Store what is being typed; False while a field holds what cannot be stored."""
        return self.inspector.commit()

    def remember(self) -> None:
        """Keep columns and splitters for the next time."""
        self.table.remember_columns()
        known = dict(self._session.settings.get(SPLITTERS))
        known["library"] = self.splitter.sizes()
        self._session.settings.set(SPLITTERS, known)
        self.inspector.remember()

    def chosen_collection(self) -> int | None:
        """Return the collection whose interviews are listed, if it is one."""
        shelf = self.tree.shelf
        return shelf.id if shelf.kind == "collection" and shelf.id else None

    def export_selection(self) -> None:
        """Export the chosen interviews, or all that are listed."""
        from archive_app.gui.export_dialog import ExportDialog

        ids = self.table.chosen_ids() or list(self.model.ids)
        dialog = ExportDialog(self._session, ids, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def new_interview(self) -> None:
        """Add a record to the collection that is shown, and let its title be typed."""
        self._edit_when_shown = True
        self.filter.clear()
        self._session.write(
            catalogue.create_interview,
            collection_id=self.chosen_collection(),
            done=lambda outcome: self.show_interviews([outcome.value]),
        )

    def show_interviews(self, interview_ids: Sequence[int]) -> None:
        """Choose interviews, as soon as they are listed; a status that may hide them goes."""
        self.status.clear()
        self._wanted = list(interview_ids)
        self.refresh_list()

    def open_interview(self, interview_id: int) -> None:
        """Ask for an interview's page."""
        if self.may_close():
            self._session.interview_requested.emit(interview_id, None)

    # Asking ----------------------------------------------------------------

    def _changed(self, changes: Sequence[Change]) -> None:
        tables = {change.table for change in changes}
        if tables & SHELF_TABLES:
            self._due_shelves.start()
        self._due_list.start()

    def _audience_changed(self) -> None:
        # What one audience saw must not stand there for the next even a moment.
        self._ticket += 1
        self.model.show_ids([])
        self.tree.clear()
        self.inspector.show_interviews([])
        self.commands.allow()
        self.refresh_shelves()
        self.refresh_list()

    def refresh_shelves(self) -> None:
        """Ask again for collections, saved searches and tags."""
        if self._session.can_edit:
            self._session.query(library.shelves, done=self._show_shelves, owner=self)
        else:
            self._session.listing(self._show_listed_shelves, owner=self)

    def _show_shelves(self, shelves: library.Shelves) -> None:
        if self._session.can_edit:
            before = self.tree.shelf
            self.tree.show_shelves(shelves)
            if self.tree.shelf != before:
                self.refresh_list()

    def _show_listed_shelves(self, listing: library.Listing) -> None:
        if listing.audience is self._session.audience:
            before = self.tree.shelf
            self.tree.show_listing(listing)
            if self.tree.shelf != before:
                self.refresh_list()

    def _shelf_chosen(self, shelf: Shelf) -> None:
        if shelf.kind == "search":
            self._session.search_requested.emit(shelf.query)
        else:
            self.refresh_list()

    def refresh_list(self) -> None:
        """Ask again which interviews are listed, and in which order."""
        self._typing.stop()
        self._ticket += 1
        narrow = Narrowed(
            self.tree.shelf if self.tree.shelf.kind != "search" else ALL,
            self.filter.text().strip(),
            self.status.status,
            self.table.sort,
            self.table.is_descending,
        )
        ticket = self._ticket
        if self._session.can_edit:
            self._session.query(_ids_of, narrow, ticket, done=self._show_ids, owner=self)
        else:
            self._session.listing(
                lambda listing: self._show_listing(listing, narrow, ticket), owner=self
            )

    def _show_ids(self, found: tuple[int, list[int]]) -> None:
        ticket, ids = found
        if ticket == self._ticket:
            self._show(ids, None)

    def _show_listing(self, listing: library.Listing, narrow: Narrowed, ticket: int) -> None:
        if ticket == self._ticket and listing.audience is self._session.audience:
            rows = narrowed(listing, narrow)
            self._show([row.id for row in rows], {row.id: row for row in rows})

    def _show(self, ids: list[int], listed: Mapping[int, InterviewRow] | None) -> None:
        chosen = self._wanted or self.table.chosen_ids()
        current = self.table.current_id()
        self._wanted = []
        if listed is None and ids == list(self.model.ids):
            self.model.refresh_rows()
        else:
            top = self.table.verticalScrollBar().value()
            self.model.show_ids(ids, listed)
            self.table.verticalScrollBar().setValue(top)
        self.table.choose_ids(chosen, current=current)
        self._show_count(len(ids))
        self._show_chosen()

    def _show_count(self, number: int) -> None:
        self.count.setText(trn("{count} interview", "{count} interviews", number))
        is_narrowed = (
            bool(self.filter.text().strip())
            or self.status.status is not None
            or self.tree.shelf.kind != "all"
        )
        if number:
            self.places.setCurrentWidget(self.table)
        elif is_narrowed:
            self.nothing_fits.show_words(
                tr("No interview fits."),
                (tr("Show all interviews"), self.show_everything),
            )
            self.places.setCurrentWidget(self.nothing_fits)
        elif not self._session.can_edit:
            self.empty.show_words(tr("There is nothing here for this audience."))
            self.places.setCurrentWidget(self.empty)
        else:
            actions = self._session.actions
            buttons: list[tuple[str, Any]] = []
            if "file.import" in actions:
                buttons = [
                    (tr("Import…"), actions["file.import"].trigger),
                    (tr("New interview"), actions["file.new_interview"].trigger),
                ]
            self.empty.show_words(
                tr("No interviews yet. Import recordings or transcripts, or drop files here."),
                *buttons,
            )
            self.places.setCurrentWidget(self.empty)

    def show_everything(self) -> None:
        """Take the filter, the status and the shelf away."""
        self.filter.clear()
        self.status.clear()
        item = self.tree.item_of("all", tr("All interviews"))
        if item is not None:
            self.tree.setCurrentItem(item)
        self.refresh_list()

    def _show_chosen(self) -> None:
        ids = self.table.chosen_ids()
        self.inspector.show_interviews(ids)
        self.commands.allow()
        if self._edit_when_shown and len(ids) == 1:
            self._edit_when_shown = False
            self.inspector.edit_first()

    # Menus -----------------------------------------------------------------

    def _show_menu(self, place: QPoint) -> None:
        menu = self.commands.context_menu(self.table.chosen_ids())
        menu.popup(self.table.viewport().mapToGlobal(place))

    def _show_tree_menu(self, place: QPoint) -> None:
        item = self.tree.itemAt(place)
        menu = self.commands.tree_menu(item)
        menu.popup(self.tree.viewport().mapToGlobal(place))

    def showEvent(self, event: QShowEvent) -> None:
        """Nothing is asked for while the page is hidden but what changed."""
        super().showEvent(event)
        self.commands.allow()


def _ids_of(reader: Any, narrow: Narrowed, ticket: int) -> tuple[int, list[int]]:
    shelf = narrow.shelf
    ids = reader.interview_ids(
        collection_id=shelf.id if shelf.kind == "collection" else None,
        tag_id=shelf.id if shelf.kind == "tag" else None,
        status=narrow.status,
        sort=narrow.sort,
        descending=narrow.is_descending,
        text=narrow.text,
    )
    return ticket, ids


def _timer(parent: QWidget, after_ms: int, run: Any) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(after_ms)
    timer.timeout.connect(run)
    return timer
