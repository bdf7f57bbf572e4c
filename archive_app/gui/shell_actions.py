"""The shell's own actions and the menu bar they stand in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from archive_app.gui.actions import MENUS, Actions
from archive_app.gui.menu_groups import GROUPED, LINE, Group, part_letters
from archive_app.gui.top_bar import AUDIENCE_NAMES
from archive_app.settings import TEXT_SIZE, THEME, Setting
from archive_app.translation import mark, tr

if TYPE_CHECKING:
    from archive_app.gui.main_window import MainWindow

PLACES = {
    "library": (mark("Library"), "library", "Ctrl+1"),
    "interview": (mark("Interview"), "interview", "Ctrl+2"),
    "search": (mark("Search"), "search", "Ctrl+3"),
    "dossiers": (mark("Dossiers"), "dossier", "Ctrl+4"),
}
MENU_NAMES = {
    "file": mark("&File"),
    "edit": mark("&Edit"),
    "interview": mark("&Interview"),
    "tags": mark("&Tags"),
    "search": mark("&Search"),
    "view": mark("&View"),
    "help": mark("&Help"),
}
SCHEMES = {"system": mark("As the system"), "light": mark("Light"), "dark": mark("Dark")}
SIZES = {"small": mark("Small"), "normal": mark("Normal"), "large": mark("Large")}

NEEDS_ARCHIVE = (
    "file.import", "file.export", "file.backup", "file.check", "file.relink", "file.close",
    "file.new_interview", "edit.undo", "edit.redo", "edit.history", "interview.people",
    "interview.questions", "library.unfinished_recordings", "search.everything", "search.link",
    *(f"view.{place}" for place in PLACES),
    *(f"audience.{audience}" for audience in AUDIENCE_NAMES),
)  # fmt: skip
NEEDS_STAFF = (
    "file.import", "file.new_interview", "file.relink", "edit.undo", "edit.redo", "edit.history",
    "interview.people", "interview.questions", "library.unfinished_recordings", "file.backup",
    "file.check",
)  # fmt: skip


def add_shell_actions(window: MainWindow, actions: Actions) -> None:
    """Make every action that works wherever one is."""
    _add_file(window, actions)
    add = actions.add
    add("edit.undo", tr("&Undo"), window.undo, shortcut="Ctrl+Z", icon="undo", menu="edit")
    add("edit.redo", tr("&Redo"), window.redo, shortcut="Ctrl+Shift+Z; Ctrl+Y", icon="redo",
        menu="edit")  # fmt: skip
    add("edit.history", tr("&History…"), window.show_history, shortcut="Ctrl+Alt+Z",
        icon="history", menu="edit",
        tooltip=tr("Who did what, and when; take back single steps"))  # fmt: skip
    add("edit.preferences", tr("&Preferences…"), window.show_preferences, shortcut="Ctrl+,",
        icon="settings", menu="edit")  # fmt: skip
    add("interview.people", tr("&People…"), window.show_people, icon="people", menu="interview",
        tooltip=tr("Everybody in the archive: names, pseudonyms, biographies"))  # fmt: skip
    add("interview.questions", tr("&Questions…"), window.show_questions, icon="help",
        menu="interview",
        tooltip=tr("What waits for a decision: embargoes that ended, reviews, "
                   "consents"))  # fmt: skip
    add("library.unfinished_recordings", tr("&Interrupted recordings…"), window.show_unfinished,
        icon="microphone", menu="interview",
        tooltip=tr("What was recorded and cut off: keep it, listen, or discard it"))  # fmt: skip
    add("search.everything", tr("Search &everything"), window.focus_search, shortcut="Ctrl+K",
        icon="search", menu="search")  # fmt: skip
    add("search.link", tr("Go to &link…"), window.doors.links.ask, shortcut="Ctrl+Alt+K",
        menu="search", tooltip=tr("Go to the place that a printed dossier names"))  # fmt: skip
    _add_view(window, actions)
    add("help.page", tr("Help for this &page"), window.show_help, shortcut="F1", icon="help",
        menu="help")  # fmt: skip
    add("help.keys", tr("&Keys of this page"), window.show_keys, shortcut="?", menu="help")
    add("help.palette", tr("&Command palette…"), window.show_palette, shortcut="Ctrl+Shift+P",
        icon="menu", menu="help", tooltip=tr("Every command by its name"))  # fmt: skip
    add("help.about", tr("&About"), window.show_about, icon="info", menu="help")


def _add_file(window: MainWindow, actions: Actions) -> None:
    add = actions.add
    doors = window.doors
    add("file.new_interview", tr("&New interview"), window.new_interview, shortcut="Ctrl+N",
        icon="add", menu="file")  # fmt: skip
    add("file.import", tr("&Import…"), window.import_files, shortcut="Ctrl+I", icon="import",
        menu="file", tooltip=tr("Bring in recordings, transcripts and records"))  # fmt: skip
    add("file.export", tr("&Export…"), window.export, shortcut="Ctrl+E", icon="export",
        menu="file", tooltip=tr("Write interviews into files for other programs"))  # fmt: skip
    add("file.new", tr("New &archive…"), doors.ask_new, icon="library", menu="file")
    add("file.open", tr("&Open archive…"), doors.ask_open, shortcut="Ctrl+O", icon="folder",
        menu="file")  # fmt: skip
    add("file.sample", tr("Try the &sample archive"), doors.ask_sample, menu="file")
    add("file.backup", tr("&Back up…"), doors.ask_backup, icon="save", menu="file",
        tooltip=tr("Write the whole archive, recordings too, into one checked file"))  # fmt: skip
    add("file.restore", tr("&Restore a backup…"), doors.ask_restore, menu="file")
    add("file.check", tr("&Check the archive"), doors.check, icon="check", menu="file",
        tooltip=tr("Read everything and tell whether it is as it should be"))  # fmt: skip
    add("file.relink", tr("&Find missing recordings…"), doors.ask_relink, menu="file")
    add("file.close", tr("C&lose archive"), window.close_archive, menu="file")
    add("file.quit", tr("&Quit"), window.close, shortcut="Ctrl+Q", menu="file")


def _add_view(window: MainWindow, actions: Actions) -> None:
    places = QActionGroup(window)
    for place, (name, picture, keys) in PLACES.items():
        action = actions.add(
            f"view.{place}", tr(name), _call(window.show_page, place), shortcut=keys,
            icon=picture, menu="view", is_checkable=True,
        )  # fmt: skip
        places.addAction(action)
    audiences = QActionGroup(window)
    for audience, name in AUDIENCE_NAMES.items():
        action = actions.add(
            f"audience.{audience}",
            tr("Look as: {audience}", audience=tr(name)),
            _call(window.look_as, audience),
            is_checkable=True,
        )
        action.setChecked(audience == "staff")
        audiences.addAction(action)
    _add_choices(window, actions, THEME, SCHEMES, mark("Colours: {choice}"))
    _add_choices(window, actions, TEXT_SIZE, SIZES, mark("Text size: {choice}"))


def _add_choices(
    window: MainWindow,
    actions: Actions,
    setting: Setting[str],
    choices: dict[str, str],
    words: str,
) -> None:
    group = QActionGroup(window)
    for choice, name in choices.items():
        action = actions.add(
            f"{setting.name}.{choice}",
            tr(words, choice=tr(name)),
            _call(window.settings.set, setting, choice),
            is_checkable=True,
        )
        action.setChecked(window.settings.get(setting) == choice)
        group.addAction(action)


def _call(function: Callable[..., object], *args: object) -> Callable[[], object]:
    return lambda: function(*args)


class Menus:
    """The menu bar: the shell's actions, and between them those of the page that is shown."""

    ORDER = {
        "file": ("file.new_interview", "file.import", "file.export", "", "file.new", "file.open",
                 "recent", "file.sample", "", "file.backup", "file.restore", "file.check",
                 "file.relink", "", "page", "file.close", "file.quit"),
        "edit": ("edit.undo", "edit.redo", "edit.history", "", "page", "", "edit.preferences"),
        "interview": ("page", "", "interview.people", "interview.questions",
                      "library.unfinished_recordings"),
        "tags": ("page",),
        "search": ("search.everything", "search.link", "", "page"),
        "view": (*(f"view.{place}" for place in PLACES), "", "page", "", "audience", "theme",
                 "text_size"),
        "help": ("help.page", "help.keys", "help.palette", "", "help.about"),
    }  # fmt: skip

    def __init__(self, window: MainWindow, actions: Actions) -> None:
        self._window = window
        self._actions = actions
        self._recent = QMenu(tr("Open &recent"), window)
        self._submenus = {
            "audience": self._submenu(tr("&Audience"), "audience."),
            "theme": self._submenu(tr("&Colours"), "theme."),
            "text_size": self._submenu(tr("Te&xt size"), "text_size."),
        }
        self._menus: dict[str, QMenu] = {}
        self._groups: dict[str, QMenu] = {}
        for name in MENUS:
            menu = window.menuBar().addMenu(tr(MENU_NAMES[name]))
            menu.setToolTipsVisible(True)
            menu.aboutToShow.connect(_call(self.fill, name))
            self._menus[name] = menu
            self.fill(name)

    def menu(self, name: str) -> QMenu:
        """Return one of the menu bar's menus."""
        return self._menus[name]

    def _submenu(self, title: str, prefix: str) -> QMenu:
        menu = QMenu(title, self._window)
        menu.setToolTipsVisible(True)
        menu.addActions([one.action for one in self._actions if one.id.startswith(prefix)])
        return menu

    def fill(self, name: str) -> None:
        """Put into a menu what belongs there now."""
        menu = self._menus[name]
        if self._window.isVisible():
            self._actions.draw_icons()
        menu.clear()
        for entry in self.ORDER[name]:
            if not entry:
                _add_line(menu)
            elif entry == "page":
                self._add_page(menu, name)
            elif entry == "recent":
                self._fill_recent()
                menu.addMenu(self._recent)
            elif entry in self._submenus:
                menu.addMenu(self._submenus[entry])
            else:
                menu.addAction(self._actions[entry])
        part_letters(menu)

    def _add_page(self, menu: QMenu, name: str) -> None:
        page = self._window.page
        found = self._actions.of_menu(name, page=page)
        left = {action.objectName(): action for action in found}
        for entry in GROUPED.get(name, ()):
            if isinstance(entry, Group):
                self._add_group(menu, entry, left)
            elif entry == LINE:
                _add_line(menu)
            elif entry in left:
                menu.addAction(left.pop(entry))
        menu.addActions(list(left.values()))
        if not found and name == "tags":
            empty = QAction(tr("Tags are laid on the interview page"), menu)
            empty.setEnabled(False)
            empty.setToolTip(tr("Open an interview and select a passage; or choose the library."))
            menu.addAction(empty)

    def _add_group(self, menu: QMenu, group: Group, left: dict[str, QAction]) -> None:
        """Add a submenu with those of its actions that the page has, and take them away."""
        names = [one for one in group.names if one == LINE or one in left]
        if not any(names):
            return
        submenu = self._groups.get(group.title)
        if submenu is None:
            submenu = self._groups[group.title] = QMenu(self._window)
            submenu.setToolTipsVisible(True)
        submenu.setTitle(tr(group.title))
        submenu.clear()
        for name in names:
            if name == LINE:
                _add_line(submenu)
            else:
                submenu.addAction(left.pop(name))
        part_letters(submenu)
        menu.addMenu(submenu)

    def _fill_recent(self) -> None:
        self._recent.clear()
        folders = self._window.doors.recent()
        for folder in folders:
            action = self._recent.addAction(folder.stem)
            action.setToolTip(str(folder))
            action.triggered.connect(_call(self._window.doors.open, folder))
        self._recent.setToolTipsVisible(True)
        self._recent.menuAction().setEnabled(bool(folders))
        if not folders:
            self._recent.menuAction().setToolTip(tr("No archive was opened yet."))


def _add_line(menu: QMenu) -> None:
    """Draw a line under what stands in a menu, never two and never above everything."""
    actions = menu.actions()
    if actions and not actions[-1].isSeparator():
        menu.addSeparator()
