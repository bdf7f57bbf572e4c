"""The search page: a query, how it was understood, what was found, and where."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QItemSelectionModel, Qt, QTimer
from PySide6.QtGui import QAction, QFontDatabase
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QSplitter,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from archive_app.domain.records import Audience, Dossier, SavedSearch
from archive_app.errors import ArchiveError, BadQuery
from archive_app.gui.empty_place import EmptyPlace
from archive_app.gui.interview_actions import show_vocabulary
from archive_app.gui.search_collecting import DossierChoice
from archive_app.gui.search_context import ContextColumn
from archive_app.gui.search_facets import FacetColumn
from archive_app.gui.search_paint import ResultDelegate
from archive_app.gui.search_query import narrowed, pointed_at
from archive_app.gui.search_rows import ResultRows, Row, concordance_rows, passage_rows
from archive_app.gui.search_switch import view_switch
from archive_app.gui.session import Place, Session
from archive_app.gui.theme import GAP, STEP
from archive_app.settings import SPLITTERS
from archive_app.store.archive import Archive
from archive_app.translation import tr, trn
from archive_app.work import collected, collecting, searching
from archive_app.work.searching import SearchResult

INTERVIEWS_SHOWN = 50
AGAIN_MS = 500
Identity = tuple[int, int, str]


class SearchPage(QWidget):
    """Searches beside the window; the last question asked is the one that is answered."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.title = tr("Search")
        self.result: SearchResult | None = None
        self._running: Any = None
        self._ticket = 0
        self._query = ""
        self._is_stale = False
        self.setAccessibleName(self.title)
        self._make_parts()
        self._lay_out()
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(AGAIN_MS)
        self._again.timeout.connect(self._search_again)
        self.page_actions = self._add_actions()
        session.audience_changed.connect(self._audience_changed)
        session.changed.connect(self._archive_changed)
        session.index_changed.connect(self._index_changed)
        self._say_nothing()

    # What the shell calls -------------------------------------------------

    def on_shown(self) -> None:
        """Read which searches are saved and which dossiers there are."""
        self.session.read(_kept, self.session.audience, done=self._show_kept, owner=self)

    def actions(self) -> list[QAction]:  # type: ignore[override]
        """Return the page's own actions, for the menus."""
        return self.page_actions

    def search_for(self, text: str) -> None:
        """Search for a text, as if it had been typed here."""
        self.field.setText(text)
        self.search()

    def focus_first(self) -> None:
        """Put the keyboard into the query."""
        self.field.setFocus()
        self.field.selectAll()

    # Parts ------------------------------------------------------------------

    def _make_parts(self) -> None:
        self.field = QLineEdit()
        self.field.setObjectName("query")
        self.field.setAccessibleName(tr("Query"))
        self.field.setClearButtonEnabled(True)
        self.field.setPlaceholderText(
            tr("Words in any language; “exact words”; tag:departure; speaker:Viktor; date:2022")
        )
        self.field.returnPressed.connect(self.search)
        self.go = QPushButton(tr("Search"))
        self.go.clicked.connect(self.search)
        self.keep = QPushButton(tr("Save search…"))
        self.keep.clicked.connect(self.save_search)
        self.understood = QLabel()
        self.understood.setObjectName("understood")
        self.understood.setWordWrap(True)
        self.understood.setTextFormat(Qt.TextFormat.PlainText)
        self.wrong = QLabel()
        self.wrong.setObjectName("query_error")
        self.wrong.setTextFormat(Qt.TextFormat.PlainText)
        self.wrong.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.wrong.hide()
        self.facets = FacetColumn()
        self.facets.narrowed.connect(self.narrow)
        self.facets.search_chosen.connect(self.search_for)
        self.facets.forget_asked.connect(
            lambda one: self.session.write(collecting.delete_saved_search, one)
        )
        self.rows = ResultRows(self)
        self.list = QListView()
        self.list.setObjectName("results")
        self.list.setAccessibleName(tr("Results"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setModel(self.rows)
        self.list.setItemDelegate(ResultDelegate(self.list))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.activated.connect(lambda _: self.open_chosen())
        self.list.selectionModel().currentChanged.connect(lambda now, _old: self._show_row(now))
        self.count = QLabel()
        self.by_interview = view_switch(tr("Passages"), tr("Passages under their interviews"))
        self.by_match = view_switch(tr("Concordance"), tr("Each match in the middle of its line"))
        self.by_interview.setChecked(True)
        group = QButtonGroup(self)
        for button in (self.by_interview, self.by_match):
            group.addButton(button)
            button.toggled.connect(lambda is_on: is_on and self._fill())
        self.dossier = DossierChoice(self.session)
        self.context = ContextColumn(self.session)
        self.context.open_asked.connect(self.open_chosen)
        self.context.collect_asked.connect(self.collect)
        self.empty = EmptyPlace()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(STEP)
        top.addWidget(self.field, 1)
        top.addWidget(self.go)
        top.addWidget(self.keep)
        switches = QHBoxLayout()
        switches.setSpacing(STEP)
        switches.addWidget(self.count, 1)
        for widget in (self.by_interview, self.by_match):
            switches.addWidget(widget)
        switches.addSpacing(GAP)
        into = QLabel(tr("Collect &into:"))
        into.setBuddy(self.dossier)
        switches.addWidget(into)
        switches.addWidget(self.dossier)
        middle = QWidget()
        rows = QVBoxLayout(middle)
        rows.setContentsMargins(0, STEP, 0, 0)
        rows.setSpacing(STEP)
        rows.addLayout(switches)
        inside = QWidget()
        self._stack = QStackedLayout(inside)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.list)
        rows.addWidget(inside, 1)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        for widget in (self.facets, middle, self.context):
            self.splitter.addWidget(widget)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setStretchFactor(1, 1)
        self.facets.setMinimumWidth(36 * STEP)
        self.context.setMinimumWidth(56 * STEP)
        widths = self.session.settings.get(SPLITTERS).get("search")
        self.splitter.setSizes(widths or [50 * STEP, 150 * STEP, 90 * STEP])
        self.splitter.splitterMoved.connect(lambda *_: self._keep_widths())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GAP, STEP, GAP, 0)
        layout.setSpacing(STEP)
        layout.addLayout(top)
        layout.addWidget(self.understood)
        layout.addWidget(self.wrong)
        layout.addWidget(self.splitter, 1)

    def _add_actions(self) -> list[QAction]:
        made: list[QAction] = []

        def add(name: str, text: str, run: Any, keys: str = "", *, tip: str = "", icon: str = "",
                menu: str = "search") -> None:  # fmt: skip
            made.append(
                self.session.actions.add(
                    f"search.{name}", text, run, shortcut=keys, tooltip=tip, icon=icon, menu=menu,
                    owner=self,
                )
            )  # fmt: skip

        add("open", tr("&Open at this place"), self.open_chosen)
        add("play", tr("&Play passage"), self.context.play_or_pause, "Ctrl+Space; F4", icon="play")
        add("collect", tr("&Collect into dossier"), self.collect, "Ctrl+D", icon="add",
            tip=tr("Put the chosen passages into the dossier"))  # fmt: skip
        add("basket", tr("Put in the &basket"),
            lambda: self.dossier.put_in_basket(self.chosen()), "Ctrl+B",
            tip=tr("Lay the chosen passages aside, to be put into any dossier"))  # fmt: skip
        add("cite", tr("C&ite…"), self.context.ask_cite, "Ctrl+Shift+J", icon="quote")
        add("all", tr("Choose &all passages"), self.list.selectAll)
        add("concordance", tr("&Concordance or passages"), self._switch_view, "Ctrl+Shift+K")
        add("save", tr("&Save search…"), self.save_search, "Ctrl+S", icon="save")
        add("dossier", tr("Show the &dossier"), self._show_dossier, "Ctrl+Shift+D")
        add("vocabulary", tr("&Vocabulary…"), lambda: show_vocabulary(self), "Ctrl+Shift+V",
            menu="tags")  # fmt: skip
        return made

    # Searching --------------------------------------------------------------

    def search(self) -> None:
        """Search for what stands in the field; a search that still runs is dropped."""
        self._query = self.field.text().strip()
        self._again.stop()
        if self._running is not None:
            self._running.cancel()
        self._ticket += 1
        ticket = self._ticket
        if not self._query:
            self._say_nothing()
            return
        self.count.setText(tr("Searching…"))
        self._is_stale = self.session.index_is_behind
        self._running = self.session.read(
            searching.search,
            self._query,
            audience=self.session.audience,
            on=self.session.today(),
            limit=INTERVIEWS_SHOWN,
            done=lambda found: self._take(found, ticket),
            failed=lambda error: self._refuse(error, ticket),
            owner=self,
        )

    def narrow(self, facet: str, value: str) -> None:
        """Add a facet's value to the query and search again."""
        self.search_for(narrowed(self.field.text(), facet, value))

    def _take(self, found: SearchResult, ticket: int) -> None:
        if ticket != self._ticket:
            return
        self._running = None
        self.result = found
        self.wrong.hide()
        self.understood.setText(tr("Understood as: {query}", query=found.understood))
        self.understood.show()
        self.facets.show_facets(found.facets)
        self._fill()

    def _refuse(self, error: ArchiveError, ticket: int) -> None:
        if ticket != self._ticket:
            return
        self._running = None
        if not isinstance(error, BadQuery):
            self.count.clear()
            self.session.error.emit(error)
            return
        shown, pointer = pointed_at(self._query, error.position)
        self.wrong.setText(f"{shown}\n{pointer} {error.message}")
        self.wrong.setAccessibleName(
            tr("Character {number}: {message}", number=error.position + 1, message=error.message)
        )
        self.wrong.show()
        self.understood.hide()
        self.count.clear()
        self.field.setCursorPosition(error.position)
        self.field.setFocus()

    def _fill(self) -> None:
        found = self.result
        if found is None:
            return
        is_kwic = self.by_match.isChecked()
        current, chosen = self._current(), {_identity(row) for row in self.chosen()}
        self.rows.show_rows(concordance_rows(found) if is_kwic else passage_rows(found))
        passages = sum(len(one.passages) for one in found.interviews)
        words = [
            trn("{count} interview", "{count} interviews", found.total),
            trn("{count} passage", "{count} passages", passages),
        ]
        if found.total > len(found.interviews):
            shown = len(found.interviews)
            words[1] = tr("{passages} in the first {shown}", passages=words[1], shown=shown)
        if found.cut_short:
            words.append(tr("cut short: there may be more"))
        self.count.setText(" · ".join(words))
        if not found.interviews:
            self.empty.show_words(
                tr("Nothing was found. Try fewer words, a word's beginning (mobili*), or another "
                   "language: Serbian is found in both scripts.")
            )  # fmt: skip
        self._stack.setCurrentIndex(1 if found.interviews else 0)
        self._choose_like(_identity(current) if current is not None else None, chosen)

    def _choose_like(self, current: Identity | None, chosen: set[Identity]) -> None:
        """Choose what was chosen before, where it is still there; else the first passage."""
        rows = [_identity(row) for row in self.rows.rows]
        number = self.rows.next_passage(-1, 1)
        if current is not None and current in rows:
            number = rows.index(current)
        index = self.rows.index(max(number, 0))
        if not index.isValid():
            self.context.show_row(None)
            return
        flags = QItemSelectionModel.SelectionFlag
        model = self.list.selectionModel()
        model.setCurrentIndex(index, flags.ClearAndSelect)
        for place, one in enumerate(rows):
            if one in chosen:
                model.select(self.rows.index(place), flags.Select)

    def _say_nothing(self) -> None:
        self.result = None
        self.rows.show_rows([])
        self.understood.hide()
        self.wrong.hide()
        self.count.clear()
        self.context.show_row(None)
        self.facets.show_facets(searching.Facets())
        self.empty.show_words(
            tr("Type what you look for, in Russian, Serbian or English: words are found with all "
               "their endings, Serbian in both scripts.")
        )  # fmt: skip
        self._stack.setCurrentIndex(0)

    def _search_again(self) -> None:
        if self._query and self.isVisible():
            self.search()

    def _audience_changed(self) -> None:
        # What another audience must not see shall not stand here a moment longer.
        query = self._query
        self._say_nothing()
        self.on_shown()
        if query:
            self.search()

    def _archive_changed(self, changes: Any) -> None:
        tables = {one.table for one in changes}
        if tables & {"saved_search", "dossier", "dossier_item"}:
            self.on_shown()
        if tables - {"saved_search", "dossier", "dossier_item"}:
            self._is_stale = True
            self._again.start()

    def _index_changed(self) -> None:
        if self._is_stale and self._query and not self.session.index_is_behind:
            self._is_stale = False
            self._again.start()

    # What is chosen ---------------------------------------------------------

    def _current(self) -> Row | None:
        index = self.list.currentIndex()
        return self.rows.rows[index.row()] if index.isValid() else None

    def _show_row(self, index: Any) -> None:
        self.context.show_row(self.rows.rows[index.row()] if index.isValid() else None)

    def chosen(self) -> list[Row]:
        """Return the rows that are chosen, in their order."""
        numbers = sorted(index.row() for index in self.list.selectionModel().selectedRows())
        return [self.rows.rows[number] for number in numbers]

    def open_chosen(self) -> None:
        """Open the interview at the chosen passage, what was found selected."""
        row = self._current()
        if row is None:
            return
        place = None
        if row.passage is not None:
            matches = row.passage.matches
            start, end = row.match or (matches[0] if matches else (0, 0))
            one = row.passage
            place = Place(one.transcript_id, one.turn_id, start, end, one.start_ms)
        self.session.interview_requested.emit(row.interview.interview_id, place)

    def _switch_view(self) -> None:
        (self.by_interview if self.by_match.isChecked() else self.by_match).setChecked(True)

    # Keeping ----------------------------------------------------------------

    def save_search(self) -> None:
        """Ask for a name and keep the search."""
        query = self.field.text().strip()
        if not query:
            self.session.said.emit(tr("There is no search to save yet."))
            return
        name, is_given = QInputDialog.getText(
            self, tr("Save search"), tr("Name of the search:"), text=query
        )
        if is_given:
            self.session.write(collecting.save_search, name, query)

    def collect(self) -> None:
        """Put the chosen passages into the dossier; without one, a new one is made."""
        title = tr("Dossier: {query}", query=self._query or tr("My dossier"))
        self.dossier.collect(self.chosen(), title=title)

    def _show_kept(self, kept: tuple[list[SavedSearch], list[Dossier]]) -> None:
        self.facets.show_saved(kept[0])
        self.dossier.show_dossiers(kept[1])

    def _show_dossier(self) -> None:
        if self.dossier.dossier_id is not None:
            self.session.dossier_requested.emit(self.dossier.dossier_id)

    def _keep_widths(self) -> None:
        known = dict(self.session.settings.get(SPLITTERS))
        known["search"] = self.splitter.sizes()
        self.session.settings.set(SPLITTERS, known)


def _kept(archive: Archive, audience: Audience) -> tuple[list[SavedSearch], list[Dossier]]:
    with archive.read() as reader:
        saved = reader.saved_searches()
    return saved, list(collected.kept_dossiers(archive, audience=audience))


def _identity(row: Row) -> Identity:
    """Return what tells a row from others, also in another result or view."""
    turn = row.passage.turn_id if row.passage is not None else 0
    return row.interview.interview_id, turn, "" if turn else f"{row.head} {row.piece.text}"
