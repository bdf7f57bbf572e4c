"""The dossiers page: which there are, what is in one, in which order, and how its pages look."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QInputDialog,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from archive_app.domain.records import Dossier, Outcome
from archive_app.gui.dossier_outline import OutlineList
from archive_app.gui.dossier_pages import PagesColumn
from archive_app.gui.dossier_settings import DossierSettings
from archive_app.gui.empty_place import EmptyPlace
from archive_app.gui.icons import give_icon
from archive_app.gui.interview_actions import show_vocabulary
from archive_app.gui.interview_contents import column_title
from archive_app.gui.session import Place, Session
from archive_app.gui.theme import GAP, STEP
from archive_app.settings import SPLITTERS
from archive_app.translation import tr
from archive_app.work import collected, collecting
from archive_app.work.collected import Outline, OutlineItem
from archive_app.work.collecting import HEADING
from archive_app.work.dossiers import Selection

_ID = Qt.ItemDataRole.UserRole


class DossiersPage(QWidget):
    """Dossiers at the left, the outline of one in the middle, its pages at the right."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.title = tr("Dossiers")
        self.dossier_id: int | None = None
        self.outline_shown: Outline | None = None
        self._ticket = 0
        self._choose_item: int | None = None
        self.setAccessibleName(self.title)
        self._make_parts()
        self._lay_out()
        self.page_actions = self._add_actions()
        session.changed.connect(self._archive_changed)
        session.audience_changed.connect(self._audience_changed)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(50)
        self._soon.timeout.connect(self.reload)
        self.reload()

    # What the shell calls -------------------------------------------------

    def on_shown(self) -> None:
        """Show the dossiers as they are now, and the pages of the one that is shown."""
        self.reload()

    def actions(self) -> list[QAction]:  # type: ignore[override]
        """Return the page's own actions, for the menus."""
        return self.page_actions

    def may_close(self) -> bool:
        """Keep what was typed in the settings."""
        self._keep_settings()
        return True

    def take(self, wanted: object) -> None:
        """Show a dossier by its id, or make one of a selection."""
        if isinstance(wanted, int):
            self.show_dossier(wanted)
        elif isinstance(wanted, Selection):
            self.session.write(
                collecting.collect_selection,
                None,
                wanted,
                audience=self.session.audience,
                on=self.session.today(),
                done=self._made,
            )

    def export_selection(self) -> None:
        """Export the dossier that is shown."""
        if self.outline_shown is None:
            self.session.said.emit(tr("There is no dossier to export yet."))
            return
        from archive_app.gui.export_dialog import DossierExportDialog

        self._keep_settings()
        self._dialog = DossierExportDialog(self.session, self.outline_shown.dossier, self)
        self._dialog.open()

    # Parts ------------------------------------------------------------------

    def _make_parts(self) -> None:
        self.dossiers = QListWidget()
        self.dossiers.setObjectName("dossiers")
        self.dossiers.setAccessibleName(tr("Dossiers"))
        self.dossiers.setFrameShape(QFrame.Shape.NoFrame)
        self.dossiers.setWordWrap(True)
        self.dossiers.currentItemChanged.connect(self._dossier_chosen)
        self.dossiers.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.dossiers.customContextMenuRequested.connect(self._show_dossier_menu)
        self.dossiers.itemDoubleClicked.connect(lambda _: self.rename())
        self.new = _button(tr("New…"), "add", self.ask_new)
        self.outline = OutlineList()
        self.outline.order_changed.connect(self._reorder)
        self.outline.remove_asked.connect(
            lambda ids: self.session.write(collecting.remove_items, ids)
        )
        self.outline.reword_asked.connect(self.ask_words)
        self.outline.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.outline.customContextMenuRequested.connect(self._show_item_menu)
        self.outline.itemDoubleClicked.connect(lambda _: self.open_item())
        self.heading = _button(tr("Heading…"), "add", self.ask_heading)
        self.up = _button(tr("Up"), "", lambda: self.outline.move_chosen(-1))
        self.up.setToolTip(tr("Move what is chosen up (Ctrl+Up)"))
        self.down = _button(tr("Down"), "", lambda: self.outline.move_chosen(1))
        self.down.setToolTip(tr("Move what is chosen down (Ctrl+Down)"))
        self.remove = _button(tr("Remove"), "remove", self._remove)
        self.export = _button(tr("Export PDF…"), "export", self.export_selection)
        self.export.setToolTip(tr("Write these pages into a file, for whom you choose (Ctrl+E)"))
        self.settings = DossierSettings(self.session.settings)
        self.settings.changed.connect(
            lambda one, changed: self.session.write(collecting.edit_dossier, one, **changed)
        )
        self.pages = PagesColumn(self.session, self.export)
        self.empty = EmptyPlace()
        self.nothing_in = EmptyPlace()

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, GAP)
        column.setSpacing(STEP)
        column.addWidget(column_title(tr("Dossiers")))
        column.addWidget(self.dossiers, 1)
        column.addLayout(_line(self.new))
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(GAP, STEP, GAP, GAP)
        column.setSpacing(STEP)
        column.addWidget(self.settings)
        column.addLayout(_line(self.heading, self.up, self.down, self.remove, left=0))
        inside = QWidget()
        self._middle = QStackedLayout(inside)
        self._middle.addWidget(self.outline)
        self._middle.addWidget(self.nothing_in)
        column.addWidget(inside, 1)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(GAP, STEP, 0, 0)
        column.setSpacing(STEP)
        column.addWidget(self.pages, 1)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        for widget in (left, middle, right):
            self.splitter.addWidget(widget)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setStretchFactor(1, 1)
        widths = self.session.settings.get(SPLITTERS).get("dossiers")
        self.splitter.setSizes(widths or [48 * STEP, 130 * STEP, 110 * STEP])
        self.splitter.splitterMoved.connect(lambda *_: self._keep_widths())
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.splitter)

    def _add_actions(self) -> list[QAction]:
        made: list[QAction] = []

        def add(name: str, text: str, run: Any, keys: str = "", *, tip: str = "", icon: str = "",
                menu: str = "edit") -> None:  # fmt: skip
            made.append(
                self.session.actions.add(
                    f"dossier.{name}", text, run, shortcut=keys, tooltip=tip, icon=icon, menu=menu,
                    owner=self,
                )
            )  # fmt: skip

        add("new", tr("New &dossier…"), self.ask_new, menu="file", icon="dossier")
        add("heading", tr("Add &heading…"), self.ask_heading, "Ctrl+Shift+H",
            tip=tr("Put a heading behind what is chosen"))  # fmt: skip
        add("reword", tr("Edit &heading or comment…"), self._reword, "F2")
        add("open", tr("&Open the interview there"), self.open_item, "Ctrl+Return")
        add("pages", tr("Refresh the &pages"), self.draw_pages, "F5", menu="view")
        add("rename", tr("Rena&me the dossier"), self.rename, menu="edit")
        add("delete", tr("De&lete dossier"), self.delete, menu="edit", icon="delete")
        add("vocabulary", tr("&Vocabulary…"), lambda: show_vocabulary(self), "Ctrl+Shift+V",
            menu="tags")  # fmt: skip
        return made

    # Reading ----------------------------------------------------------------

    def reload(self) -> None:
        """Read the dossiers, and the one that is shown as the audience may see it."""
        self._ticket += 1
        ticket = self._ticket
        self.session.read(
            _read,
            self.dossier_id,
            self.session.audience,
            self.session.today(),
            done=lambda found: self._take(found, ticket),
            owner=self,
        )

    def show_dossier(self, dossier_id: int) -> None:
        """Show another dossier."""
        if dossier_id != self.dossier_id:
            self._keep_settings()
            self.dossier_id = dossier_id
            self.pages.clear()
        self.reload()

    def _take(self, found: tuple[Sequence[Dossier], Outline | None], ticket: int) -> None:
        if ticket != self._ticket:
            return
        dossiers, outline = found
        self._allow(outline)
        self._stack.setCurrentIndex(1 if dossiers else 0)
        if not dossiers:
            self.outline_shown, self.dossier_id = None, None
            self.settings.forget()
            self.pages.clear()
            self.empty.show_words(
                tr("No dossiers yet. Collect passages on the search page (Ctrl+D); here they are "
                   "put in order, under headings, and set as a PDF."),
                (tr("New dossier…"), self.ask_new),
            )  # fmt: skip
            return
        self._fill_dossiers(dossiers, outline)
        self.outline_shown = outline
        if outline is None:
            return
        self.dossier_id = outline.dossier.id
        self.settings.show_dossier(outline.dossier)
        self.outline.show_items(outline.items)
        self._middle.setCurrentIndex(0 if outline.items else 1)
        self.nothing_in.show_words(
            tr("Nothing is collected yet. Choose passages on the search page and press Ctrl+D.")
        )
        if self._choose_item is not None:
            self.outline.choose(self._choose_item)
            self._choose_item = None
        self.pages.show_outline(outline)

    def _allow(self, outline: Outline | None) -> None:
        session, none = self.session, tr("There is no dossier yet.")
        for name in ("heading", "pages", "rename"):
            session.actions.allow(f"dossier.{name}", outline is not None, none)
        is_empty = tr("Nothing is collected yet.")
        for name in ("reword", "open"):
            can = outline is not None and bool(outline.items)
            session.actions.allow(f"dossier.{name}", can, is_empty)
        can = session.can_edit and outline is not None
        session.actions.allow("dossier.delete", can, session.why_not or none)
        session.actions.allow("dossier.vocabulary", session.can_edit, session.why_not)

    def _fill_dossiers(self, dossiers: Sequence[Dossier], outline: Outline | None) -> None:
        with QSignalBlocker(self.dossiers):
            self.dossiers.clear()
            for one in dossiers:
                item = QListWidgetItem(one.title)
                item.setData(_ID, one.id)
                self.dossiers.addItem(item)
                if outline is not None and one.id == outline.dossier.id:
                    self.dossiers.setCurrentItem(item)

    def _keep_settings(self) -> None:
        self.settings.keep()

    def _archive_changed(self, changes: Any) -> None:
        del changes
        self._soon.start()

    def _audience_changed(self) -> None:
        self.outline.show_items([])
        self.pages.clear()
        self.reload()

    # What is done -----------------------------------------------------------

    def ask_new(self) -> None:
        """Ask for a title and make an empty dossier."""
        title, is_given = QInputDialog.getText(self, tr("New dossier"), tr("Its title:"))
        if is_given and title.strip():
            self.session.write(collecting.create_dossier, title, done=self._made)

    def ask_heading(self) -> None:
        """Ask for a heading; it goes before what is chosen, or to the end."""
        if self.dossier_id is None:
            return
        text, is_given = QInputDialog.getText(self, tr("Heading"), tr("Words of the heading:"))
        if is_given and text.strip():
            self.add_heading(text)

    def add_heading(self, text: str) -> None:
        """Put a heading before what is chosen, or at the end."""
        items = self.outline.outline_items()
        chosen = self.outline.chosen_ids()
        places = [n for n, one in enumerate(items) if chosen and one.item.id == chosen[0]]
        before = places[0] if places else None
        ids = [one.item.id for one in items]

        def is_added(outcome: Outcome[int]) -> None:
            self._choose_item = outcome.value
            if before is not None:
                self._reorder([*ids[:before], outcome.value, *ids[before:]])

        self.session.write(collecting.add_heading, self.dossier_id, text, done=is_added)

    def ask_words(self, one: OutlineItem) -> None:
        """Ask for other words of a heading, or a comment under a passage."""
        is_heading = one.item.kind == HEADING
        title = tr("Heading") if is_heading else tr("Comment")
        label = tr("Words of the heading:") if is_heading else tr("Comment under the passage:")
        text, is_given = QInputDialog.getText(self, title, label, text=one.item.text)
        if is_given and (text.strip() or not is_heading):
            self.session.write(collecting.reword_item, one.item.id, text)

    def _reword(self) -> None:
        one = self.outline.current()
        if one is not None:
            self.ask_words(one)

    def rename(self) -> None:
        """Put the keyboard into the dossier's title."""
        if self.dossier_id is not None:
            self.settings.edit_title()

    def _show_dossier_menu(self, place: QPoint) -> None:
        export = ("file.export",) if "file.export" in self.session.actions else ()
        menu = self._menu("dossier.new", "dossier.rename", *export, "", "dossier.delete")
        menu.popup(self.dossiers.viewport().mapToGlobal(place))

    def _show_item_menu(self, place: QPoint) -> None:
        menu = self._menu("dossier.open", "dossier.reword", "dossier.heading", "")
        menu.addAction(tr("Remove"), self._remove)
        menu.popup(self.outline.viewport().mapToGlobal(place))

    def _menu(self, *names: str) -> QMenu:
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        menu.aboutToHide.connect(menu.deleteLater)
        for name in names:
            if name:
                menu.addAction(self.session.actions[name])
            else:
                menu.addSeparator()
        return menu

    def open_item(self) -> None:
        """Open the interview at the passage that is chosen."""
        one = self.outline.current()
        if one is None or one.item.interview_id is None or not one.is_there:
            return
        place = None
        if one.item.transcript_id is not None and one.item.span is not None:
            turn = one.item.span.start_turn
            place = Place(one.item.transcript_id, turn, ms=one.start_ms)
        self.session.interview_requested.emit(one.item.interview_id, place)

    def draw_pages(self) -> None:
        """Set the dossier and show its pages."""
        if self.outline_shown is not None:
            self._keep_settings()
            self.pages.draw(self.outline_shown)

    def delete(self) -> None:
        """Take the dossier away; undo brings it back."""
        if self.dossier_id is not None:
            gone, self.dossier_id = self.dossier_id, None
            self.outline_shown = None
            self.settings.forget()
            self.pages.clear()
            self.session.write(collecting.delete_dossier, gone)
            self.session.said.emit(tr("The dossier was deleted. Undo brings it back."))

    def _remove(self) -> None:
        ids = self.outline.chosen_ids()
        if ids:
            self.session.write(collecting.remove_items, ids)

    def _reorder(self, ids: Sequence[int]) -> None:
        self.session.write(collecting.reorder, self.dossier_id, list(ids))

    def _made(self, outcome: Outcome[int]) -> None:
        self.show_dossier(outcome.value)

    def _dossier_chosen(self, now: QListWidgetItem | None, _old: object) -> None:
        if now is not None:
            self.show_dossier(int(now.data(_ID)))

    def _keep_widths(self) -> None:
        known = dict(self.session.settings.get(SPLITTERS))
        known["dossiers"] = self.splitter.sizes()
        self.session.settings.set(SPLITTERS, known)


def _read(
    archive: Any, dossier_id: int | None, audience: Any, on: Any
) -> tuple[Sequence[Dossier], Outline | None]:
    dossiers = collected.kept_dossiers(archive, audience=audience)
    known = [one.id for one in dossiers]
    if not known:
        return (), None
    chosen = known[-1] if dossier_id is None or dossier_id not in known else dossier_id
    return dossiers, collected.outline(archive, chosen, audience=audience, on=on)


def _button(text: str, icon: str, run: Any) -> QPushButton:
    button = QPushButton(text)
    if icon:
        give_icon(button, icon)
    button.clicked.connect(lambda _=False: run())
    return button


def _line(*widgets: QWidget, left: int = GAP) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setContentsMargins(left, 0, 0, 0)
    line.setSpacing(STEP)
    for widget in widgets:
        line.addWidget(widget)
    line.addStretch(1)
    return line
