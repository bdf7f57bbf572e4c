"""The dossiers page: what is in one, in which order, and how its pages look."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QInputDialog, QStackedLayout, QToolButton, QWidget

from archive_app.domain.records import Audience, Dossier, Outcome
from archive_app.gui.dossier_actions import ADDING, add_actions, allow_actions
from archive_app.gui.dossier_adding import Adder
from archive_app.gui.dossier_editing import Editor
from archive_app.gui.dossier_layout import (
    Columns,
    DossierChoice,
    OutlineColumn,
    make_button,
    menu_of,
)
from archive_app.gui.dossier_outline import OutlineList
from archive_app.gui.dossier_pages import PagesColumn
from archive_app.gui.dossier_references import ask_references
from archive_app.gui.dossier_settings import DossierSettings
from archive_app.gui.empty_place import EmptyPlace
from archive_app.gui.session import Place, Session
from archive_app.store.archive import Archive
from archive_app.translation import tr, trn
from archive_app.work import collected, collecting
from archive_app.work.collected import Outline, OutlineItem
from archive_app.work.collecting import INTERVIEW, PASSAGE, POINT
from archive_app.work.dossiers import Selection

SOON_MS = 50
OPENED = frozenset((PASSAGE, INTERVIEW, POINT))
"""Kinds of items that lead to their interview; the others are edited."""


class DossiersPage(QWidget):
    """The outline of a dossier at the left, its pages at the right, its settings beside them."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.title = tr("Dossiers")
        self.dossier_id: int | None = None
        self.outline_shown: Outline | None = None
        self._ticket = 0
        self._choose_item: int | None = None
        self._grown_from: int | None = None
        self._dialog: QDialog | None = None
        self.setAccessibleName(self.title)
        self.adder, self.editor = Adder(self), Editor(self)
        self._make_parts()
        self.left = OutlineColumn(self)
        self.columns = Columns(self, self.left)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.columns)
        self.page_actions = add_actions(self)
        self.left.fill_menus(self)
        self.settings_button.setDefaultAction(session.actions["dossier.settings"])
        self._show_settings(self.settings.isVisibleTo(self.columns))
        session.changed.connect(self._archive_changed)
        session.audience_changed.connect(self._audience_changed)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self._reload_if_seen)
        self.reload()

    # What the shell calls -------------------------------------------------

    def on_shown(self) -> None:
        """Show the dossiers as they are now, and the pages of the one that is shown."""
        self.reload()

    def actions(self) -> list[QAction]:  # type: ignore[override]
        """Return the page's own actions, for the menus."""
        return self.page_actions

    def may_close(self) -> bool:
        """Keep what was typed in the settings; words in an open dialog are asked about."""
        self.settings.keep()
        return self.editor.may_close() and self.adder.may_close()

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
                label=tr("Collecting passages"),
            )

    def export_selection(self) -> None:
        """Export the dossier that is shown."""
        if self.outline_shown is None:
            self.session.said.emit(tr("There is no dossier to export yet."))
            return
        from archive_app.gui.dossier_export import DossierExportDialog

        self.settings.keep()
        self._dialog = DossierExportDialog(self.session, self.outline_shown.dossier, self)
        self._dialog.page_asked.connect(self.pages.go_to_page)
        # It does not stand in the way: the work can go on while a long dossier is set.
        self._dialog.show()

    # Parts ------------------------------------------------------------------

    def _make_parts(self) -> None:
        self.dossiers = DossierChoice()
        self.dossiers.activated.connect(
            lambda index: self.show_dossier(int(self.dossiers.itemData(index)))
        )
        self.new = make_button(tr("New…"), "", self.ask_new)
        self.new.setToolTip(tr("Make a new, empty dossier (Ctrl+Shift+N)"))
        self.outline = OutlineList(self.session.tasks)
        self.outline.order_changed.connect(self.editor.reorder)
        self.outline.remove_asked.connect(self.editor.remove)
        self.outline.edit_asked.connect(self.editor.edit)
        self.outline.open_asked.connect(self._open_or_edit)
        self.outline.level_asked.connect(self.editor.set_levels)
        self.outline.pictures_dropped.connect(self.adder.take_pictures)
        self.outline.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.outline.customContextMenuRequested.connect(self._show_item_menu)
        self.outline.chosen_changed.connect(self._follow)
        self.settings = DossierSettings()
        self.settings.changed.connect(
            lambda one, changed: self.session.write(collecting.edit_dossier, one, **changed)
        )
        self.settings.titles.cover_chosen.connect(self.editor.set_cover)
        self.export = make_button(tr("Export PDF…"), "export", self.export_selection)
        self.settings_button = QToolButton()
        self.settings_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.pages = PagesColumn(self.session, self.settings_button, self.export)
        self.empty, self.nothing_in = EmptyPlace(), EmptyPlace()

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

    def _reload_if_seen(self) -> None:
        # Every operation of another page would gather the whole dossier again; on_shown does it.
        if self.isVisible():
            self.reload()

    def show_dossier(self, dossier_id: int) -> None:
        """Show another dossier."""
        if dossier_id != self.dossier_id:
            self.settings.keep()
            self.dossier_id = dossier_id
            self.pages.clear()
        self.reload()

    def _take(self, found: tuple[Sequence[Dossier], Outline | None], ticket: int) -> None:
        if ticket != self._ticket:
            return
        dossiers, outline = found
        allow_actions(self, outline)
        self._stack.setCurrentIndex(1 if dossiers else 0)
        if not dossiers:
            self._show_none()
            return
        self._fill_dossiers(dossiers, outline)
        self.outline_shown = outline
        if outline is None:
            return
        self.dossier_id = outline.dossier.id
        self.settings.show_dossier(outline.dossier, outline.worded)
        self.outline.show_items(outline.items)
        changes = [one.change for one in outline.items]
        self.left.strip.show_changes(changes.count("changed"), changes.count("gone"))
        self.left.stack.setCurrentIndex(0 if outline.items else 1)
        self.nothing_in.show_words(
            tr("Nothing is collected yet. Choose passages on the search page and press Ctrl+D, or "
               "put something in here."),
            (tr("Whole interviews…"), self.adder.ask_interviews),
            (tr("From tags…"), self.adder.ask_tags),
            (tr("Your own text…"), self.adder.ask_text),
        )  # fmt: skip
        if self._choose_item is not None:
            self.outline.choose(self._choose_item)
            self._choose_item = None
        self._say_growth(len(outline.items))
        self.pages.show_outline(outline)

    def _show_none(self) -> None:
        self.outline_shown, self.dossier_id = None, None
        self.settings.forget()
        self.outline.show_items([])
        self.pages.clear()
        self.empty.show_words(
            tr("No dossiers yet. Collect passages on the search page (Ctrl+D); here they are "
               "put in order, under headings, and set as a PDF."),
            (tr("New dossier…"), self.ask_new),
        )  # fmt: skip

    def _fill_dossiers(self, dossiers: Sequence[Dossier], outline: Outline | None) -> None:
        with QSignalBlocker(self.dossiers):
            self.dossiers.clear()
            for one in dossiers:
                self.dossiers.addItem(one.title, one.id)
            if outline is not None:
                self.dossiers.setCurrentIndex(self.dossiers.findData(outline.dossier.id))

    def _archive_changed(self, _changes: object) -> None:
        self._soon.start()

    def _audience_changed(self) -> None:
        self.settings.keep()
        # What another audience must not see shall not stand here a moment longer.
        self.settings.forget()
        self.dossiers.clear()
        self.outline.show_items([])
        self.pages.clear()
        self.reload()

    # What is chosen ---------------------------------------------------------

    def choose_soon(self, item_id: int) -> None:
        """Choose an item once the outline with it has come."""
        self._choose_item = item_id

    def say_growth_since(self, count: int) -> None:
        """Tell, once the outline has come, how many items it has more than before."""
        self._grown_from = count

    def _say_growth(self, count: int) -> None:
        if self._grown_from is not None:
            more = max(0, count - self._grown_from)
            self._grown_from = None
            self.session.said.emit(
                trn("{count} item was added.", "{count} items were added.", more) if more
                else tr("Nothing was added: nothing was found, or it was there already.")
            )  # fmt: skip

    def _follow(self) -> None:
        """Let the pages follow the outline where one item is chosen by the person."""
        chosen = self.outline.chosen_ids() if self.outline.hasFocus() else []
        if len(chosen) == 1:
            self.pages.show_item(chosen[0])

    def _show_item_menu(self, place: QPoint) -> None:
        menu = menu_of(
            self, "dossier.open", "dossier.reword", "dossier.ends", "", "dossier.higher",
            "dossier.deeper", "", "dossier.accept", "dossier.remove", "",
        )  # fmt: skip
        adding = menu_of(self, *ADDING)
        adding.setTitle(tr("Add"))
        menu.addMenu(adding)
        menu.aboutToHide.connect(adding.deleteLater)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.outline.viewport().mapToGlobal(place))

    def _open_or_edit(self, one: OutlineItem) -> None:
        if one.item.kind in OPENED:
            self.open_item()
        else:
            self.editor.edit(one)

    def open_item(self) -> None:
        """Open the interview at the passage that is chosen."""
        one = self.outline.current()
        if one is None or one.item.interview_id is None or not one.is_there:
            self.session.said.emit(tr("Choose a passage first."))
            return
        place = None
        if one.item.transcript_id is not None and one.item.span is not None:
            turn = one.item.span.start_turn
            place = Place(one.item.transcript_id, turn, ms=one.start_ms)
        self.session.interview_requested.emit(one.item.interview_id, place)

    # What is done -----------------------------------------------------------

    def ask_new(self) -> None:
        """Ask for a title and make an empty dossier."""
        title, is_given = QInputDialog.getText(self, tr("New dossier"), tr("Its title:"))
        if is_given and title.strip():
            self.session.write(collecting.create_dossier, title, done=self._made)

    def rename(self) -> None:
        """Put the keyboard into the dossier's title."""
        if self.dossier_id is not None:
            self._show_settings(True)
            self.settings.edit_title()

    def toggle_settings(self) -> None:
        """Show the settings, or fold them away."""
        self._show_settings(self.settings.isHidden())

    def _show_settings(self, is_shown: bool) -> None:
        self.columns.show_settings(is_shown)
        self.session.actions["dossier.settings"].setChecked(is_shown)

    def draw_pages(self) -> None:
        """Set the dossier and show its pages."""
        if self.outline_shown is not None:
            self.settings.keep()
            self.pages.draw(self.outline_shown)

    def save_references(self) -> None:
        """Ask where the references of what the dossier draws on are to be saved."""
        if self.outline_shown is not None:
            ask_references(self.session, self.outline_shown.dossier, self)

    def show_exports(self) -> None:
        """Show what was made of the dossier, and what the proofs found."""
        if self.outline_shown is None:
            return
        from archive_app.gui.dossier_exports_dialog import ExportsDialog

        dossier = self.outline_shown.dossier
        self._dialog = ExportsDialog(self.session, dossier.id, dossier.title, self)
        self._dialog.page_asked.connect(self.pages.go_to_page)
        self._dialog.show()

    def delete(self) -> None:
        """Take the dossier away; undo brings it back."""
        if self.dossier_id is not None:
            gone, self.dossier_id = self.dossier_id, None
            self.outline_shown = None
            self.settings.forget()
            self.pages.clear()
            self.session.write(collecting.delete_dossier, gone)
            self.session.said.emit(tr("The dossier was deleted. Undo brings it back."))

    def _made(self, outcome: Outcome[int]) -> None:
        self.show_dossier(outcome.value)


def _read(
    archive: Archive, dossier_id: int | None, audience: Audience, on: date
) -> tuple[Sequence[Dossier], Outline | None]:
    dossiers = collected.kept_dossiers(archive, audience=audience)
    known = [one.id for one in dossiers]
    if not known:
        return (), None
    chosen = known[-1] if dossier_id is None or dossier_id not in known else dossier_id
    return dossiers, collected.outline(archive, chosen, audience=audience, on=on)
