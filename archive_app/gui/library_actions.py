"""What can be done in the library: with interviews, collections and tags."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QInputDialog, QLineEdit, QMenu, QTreeWidgetItem

from archive_app.domain.records import Status
from archive_app.gui.library_model import STATUS_NAMES
from archive_app.gui.session import Session
from archive_app.gui.tag_dialogs import MergeDialog
from archive_app.translation import current_language, tr
from archive_app.work import interviews as catalogue
from archive_app.work import library, vocabulary

if TYPE_CHECKING:
    from archive_app.gui.library_page import LibraryPage

NEEDS_CHOICE = ("library.open", "library.move", "library.delete", "library.dossier")
NEEDS_STAFF = (
    "library.move", "library.delete", "library.add_collection", "library.add_tag",
    "library.merge_tags", "library.vocabulary", "library.record",
)  # fmt: skip


class LibraryActions(QObject):
    """The library's actions and its two context menus."""

    def __init__(self, page: LibraryPage, session: Session) -> None:
        super().__init__(page)
        self._page = page
        self._session = session
        self._add_actions()

    def _add_actions(self) -> None:
        page, add = self._page, self._session.actions.add
        add("library.open", tr("&Open interview"), self._open, shortcut="Ctrl+Return",
            icon="interview", menu="interview", owner=page)  # fmt: skip
        add("library.record", tr("&Record an interview…"), self._ask_record, shortcut="Ctrl+R",
            icon="microphone", menu="interview", owner=page,
            tooltip=tr("Make or choose an interview, and open its recorder"))  # fmt: skip
        add("library.dossier", tr("Make a &dossier…"), self._make_dossier, shortcut="Ctrl+D",
            icon="dossier", menu="interview", owner=page,
            tooltip=tr("A PDF of the chosen interviews"))  # fmt: skip
        add("library.move", tr("&Move to collection…"), self._ask_collection,
            shortcut="Ctrl+Shift+M", icon="folder", menu="interview", owner=page)  # fmt: skip
        for status in Status:
            add(f"library.status.{status.value}",
                tr("Set status: {status}", status=tr(STATUS_NAMES[status])),
                _call(self._set_status, status), owner=page)  # fmt: skip
        add("library.delete", tr("&Delete"), self._delete, shortcut="Del", icon="delete",
            menu="interview", owner=page,
            tooltip=tr("Take the chosen interviews out of the archive (undo brings them "
                       "back)"))  # fmt: skip
        add("library.filter", tr("&Filter the list"), self._focus_filter, shortcut="Ctrl+F",
            icon="filter", menu="search", owner=page)  # fmt: skip
        add("library.filter_status", tr("Filter by stat&us"), self._focus_status,
            shortcut="Ctrl+Shift+F", menu="search", owner=page,
            tooltip=tr("List the interviews of one status only"))  # fmt: skip
        add("library.all", tr("Show &all interviews"), page.show_everything,
            shortcut="Ctrl+Shift+A", menu="view", owner=page)  # fmt: skip
        add("library.select_all", tr("Select &all"), page.table.selectAll, shortcut="Ctrl+A",
            menu="edit", owner=page)  # fmt: skip
        add("library.add_collection", tr("Add &collection…"), self._ask_new_collection,
            icon="folder", menu="interview", owner=page)  # fmt: skip
        add("library.add_tag", tr("&New tag…"), self._ask_new_tag, icon="tag", menu="tags",
            owner=page)  # fmt: skip
        add("library.merge_tags", tr("&Merge tags…"), self._ask_merge, icon="merge", menu="tags",
            owner=page, tooltip=tr("Two tags that mean the same become one"))  # fmt: skip
        add("library.vocabulary", tr("&Vocabulary…"), self._show_vocabulary,
            shortcut="Ctrl+Shift+V", menu="tags", owner=page,
            tooltip=tr("Rename, move, merge and delete tags"))  # fmt: skip
        # In a field these keys belong to the text, not to the list.
        for name in ("library.delete", "library.select_all"):
            action = self._session.actions[name]
            page.removeAction(action)
            page.table.addAction(action)

    def allow(self) -> None:
        """Say of each action whether it can be chosen now, and else why not."""
        actions, session = self._session.actions, self._session
        has_choice = bool(self._page.table.chosen_ids())
        for name in {*NEEDS_CHOICE, *NEEDS_STAFF}:
            if name in NEEDS_STAFF and not session.can_edit:
                actions.allow(name, False, session.why_not)
            elif name in NEEDS_CHOICE and not has_choice:
                actions.allow(name, False, tr("Choose an interview first."))
            else:
                actions.allow(name, True)
        reason = session.why_not or tr("Choose an interview first.")
        for status in Status:
            can = has_choice and session.can_edit
            actions.allow(f"library.status.{status.value}", can, reason)

    # Interviews ------------------------------------------------------------

    def context_menu(self, ids: Sequence[int]) -> QMenu:
        """Return what can be done with the chosen interviews."""
        actions = self._session.actions
        menu = QMenu(self._page)
        menu.setToolTipsVisible(True)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addAction(actions["library.open"])
        if "file.export" in actions:
            menu.addAction(actions["file.export"])
        menu.addAction(actions["library.dossier"])
        menu.addSeparator()
        menu.addAction(actions["library.move"])
        status = menu.addMenu(tr("Set &status"))
        status.setToolTipsVisible(True)
        for one in Status:
            action = status.addAction(tr(STATUS_NAMES[one]))
            action.triggered.connect(_call(self._set_status, one))
        status.setEnabled(bool(ids) and self._session.can_edit)
        status.menuAction().setToolTip(self._session.why_not or tr("Choose an interview first."))
        menu.addSeparator()
        menu.addAction(actions["library.delete"])
        return menu

    def _open(self) -> None:
        current = self._page.table.current_id()
        chosen = self._page.table.chosen_ids()
        if chosen:
            self._page.open_interview(current if current in chosen else chosen[0])

    def _set_status(self, status: Status) -> None:
        ids = self._page.table.chosen_ids()
        if ids and self._page.may_close():
            self._session.write(catalogue.set_status, ids, status)

    def _delete(self) -> None:
        ids = self._page.table.chosen_ids()
        if ids and self._session.can_edit:
            self._session.write(library.delete_interviews, ids, done=self._say_deleted)

    def _say_deleted(self, _: object) -> None:
        self._session.said.emit(tr("Deleted. Undo brings it back."))

    def _ask_record(self) -> None:
        from archive_app.gui.recorder_choice import InterviewChoice
        from archive_app.gui.recorder_door import RecorderDoor

        page, session = self._page, self._session
        if not page.may_close():
            return
        chosen = page.table.chosen_ids()
        dialog = InterviewChoice(
            session, page.window(), title=tr("Record an interview"),
            words=tr("What is recorded belongs to an interview. Which one?"),
            verb=tr("Open the recorder"), interview_id=chosen[0] if chosen else None,
            collection_id=page.chosen_collection(),
        )  # fmt: skip
        door = RecorderDoor.of(session)
        dialog.chosen.connect(lambda one: door.open(one, page.window()))
        dialog.open()

    def _make_dossier(self) -> None:
        ids = self._page.table.chosen_ids()
        self._session.query(
            lambda reader: [one.accession for one in reader.interviews(ids)],
            done=self._ask_dossier, owner=self._page,
        )  # fmt: skip

    def _ask_dossier(self, accessions: list[str]) -> None:
        from archive_app.work.dossiers import Selection

        self._session.dossier_requested.emit(Selection(accessions=tuple(accessions)))

    def _ask_collection(self) -> None:
        self._session.query(library.shelves, done=self._choose_collection, owner=self._page)

    def _choose_collection(self, shelves: library.Shelves) -> None:
        paths: dict[str, int | None] = {tr("(no collection)"): None}
        by_id = {one.id: one for one in shelves.collections}
        for one in shelves.collections:
            path, parent = one.title, one.parent_id
            while parent is not None:
                path, parent = f"{by_id[parent].title} / {path}", by_id[parent].parent_id
            paths[path] = one.id
        chosen, is_chosen = QInputDialog.getItem(
            self._page, tr("Move to collection"), tr("Collection:"), list(paths), 0, False
        )
        if is_chosen:
            ids = self._page.table.chosen_ids()
            self._session.write(catalogue.move_to_collection, ids, paths[chosen])

    def _focus_filter(self) -> None:
        self._page.filter.setFocus()
        self._page.filter.selectAll()

    def _focus_status(self) -> None:
        self._page.status.choice.setFocus()
        self._page.status.choice.showPopup()

    # Collections and tags --------------------------------------------------

    def tree_menu(self, item: QTreeWidgetItem | None) -> QMenu:
        """Return what can be done with a collection or a tag."""
        shelf = self._page.tree.shelf_at(item)
        menu = QMenu(self._page)
        menu.setToolTipsVisible(True)
        menu.aboutToHide.connect(menu.deleteLater)
        is_tag = shelf.kind == "tag"
        if is_tag:
            menu.addAction(tr("Rename…"), _call(self._ask_tag_name, shelf.id, shelf.path))
            menu.addAction(tr("Add tag below…"), _call(self._ask_new_tag, shelf.id))
            menu.addAction(tr("Merge with…"), _call(self._ask_merge, shelf.id))
            menu.addAction(tr("Delete tag"), _call(self._delete_tag, shelf.id))
        elif shelf.kind == "collection" and item is not None:
            menu.addAction(tr("Rename"), _call(self._page.tree.rename, item))
            menu.addAction(tr("Add collection below…"), _call(self._ask_new_collection, shelf.id))
            menu.addAction(tr("Delete collection"), _call(self._delete_collection, shelf.id))
        else:
            menu.addAction(tr("Add collection…"), self._ask_new_collection)
            menu.addAction(tr("New tag…"), self._ask_new_tag)
        for action in menu.actions():
            action.setEnabled(self._session.can_edit)
            action.setToolTip(self._session.why_not or action.text())
        return menu

    def _ask(self, title: str, words: str, text: str = "") -> str:
        answer, is_given = QInputDialog.getText(
            self._page, title, words, QLineEdit.EchoMode.Normal, text
        )
        return answer.strip() if is_given else ""

    def _ask_new_collection(self, parent_id: int | None = None) -> None:
        parent = parent_id if parent_id is not None else self._page.chosen_collection()
        title = self._ask(tr("Add collection"), tr("Title:"))
        if title:
            self._session.write(catalogue.add_collection, title, parent_id=parent)

    def _delete_collection(self, collection_id: int) -> None:
        self._session.write(library.delete_collection, collection_id)

    def _ask_new_tag(self, parent_id: int | None = None) -> None:
        name = self._ask(tr("New tag"), tr("Name:"))
        if name:
            self._session.write(vocabulary.add_tag, {_language(): name}, parent_id=parent_id)

    def _ask_tag_name(self, tag_id: int, path: tuple[str, ...]) -> None:
        name = self._ask(tr("Rename tag"), tr("Name:"), path[-1])
        if name:
            self._session.write(library.rename_tag, tag_id, _language(), name)

    def _delete_tag(self, tag_id: int) -> None:
        self._session.write(vocabulary.delete_tag, tag_id, done=self._say_deleted)

    def _show_vocabulary(self) -> None:
        from archive_app.gui.vocabulary_dialog import VocabularyDialog

        VocabularyDialog(self._session, self._page).show()

    def _ask_merge(self, tag_id: int | None = None) -> None:
        dialog = MergeDialog(self._session, self._page.window(), kept=tag_id)
        dialog.open()


def _language() -> str:
    return current_language().replace("_", "-")


def _call(function: Callable[..., object], *args: object) -> Callable[[], object]:
    return lambda *_: function(*args)
