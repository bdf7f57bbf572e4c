"""Every action of the window by name: menus, shortcuts, the palette and ``?`` come from here.

An action of the shell works everywhere; one with an ``owner`` (a page) has its
shortcut only while the keyboard is in that page, and goes when the page goes.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

from archive_app.gui.icons import give_icon
from archive_app.settings import SHORTCUTS, Settings

ICONS_EVERY_MS = 12
ICONS_AT_ONCE = 3
ESCAPE = "Esc"
TRANSCRIPT = "transcript"
"""The object name of the view in which people type a transcript."""
MENUS = ("file", "edit", "interview", "tags", "search", "view", "help")


@dataclass(frozen=True, slots=True)
class Registered:
    """An action, where it stands, and the shortcut it has without the person's choice."""

    id: str
    action: QAction
    menu: str
    """One of MENUS, or empty: it is in the palette alone."""
    owner: QWidget | None
    own_shortcut: str
    tooltip: str


class Actions(QObject):
    """The registry: makes actions, gives them their shortcuts, and lists them."""

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._known: dict[str, Registered] = {}
        self._to_draw: list[tuple[QAction, str]] = []
        self._is_in_text = False
        self._drawing = QTimer(self)
        self._drawing.setInterval(ICONS_EVERY_MS)
        self._drawing.timeout.connect(self._draw_icons)
        self._stop_watching = settings.watch(SHORTCUTS, self._apply_shortcuts)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            moved = _told_while_it_lives(self)
            application.focusChanged.connect(moved)
            self.destroyed.connect(lambda *_: application.focusChanged.disconnect(moved))

    def add(
        self,
        name: str,
        text: str,
        run: Callable[[], object] | None = None,
        *,
        shortcut: str = "",
        tooltip: str = "",
        icon: str = "",
        menu: str = "",
        owner: QWidget | None = None,
        is_checkable: bool = False,
    ) -> QAction:
        """Return a new action under a name such as "library.delete"; the old of that name goes.

        ``text`` is already translated and may hold an ``&``; ``shortcut`` is in
        Qt's portable form ("Ctrl+Shift+P"), several with "; " between them;
        ``run`` is called without arguments.
        """
        action = QAction(text, owner or self)
        action.setObjectName(name)
        action.setToolTip(tooltip or plain(text))
        action.setStatusTip(tooltip)
        action.setCheckable(is_checkable)
        action.setMenuRole(QAction.MenuRole.NoRole)
        if icon:
            self._to_draw.append((action, icon))
            self._drawing.start()
        if run is not None:
            action.triggered.connect(lambda *_: run())
        if owner is not None:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            owner.addAction(action)
        self._known[name] = Registered(name, action, menu, owner, shortcut, action.toolTip())
        self._give_shortcut(self._known[name])
        return action

    def __getitem__(self, name: str) -> QAction:
        return self._known[name].action

    def __contains__(self, name: object) -> bool:
        found = self._known.get(name) if isinstance(name, str) else None
        return found is not None and shiboken6.isValid(found.action)

    def __iter__(self) -> Iterator[Registered]:
        """Every action that still lives, in the order of adding."""
        gone = [name for name, one in self._known.items() if not shiboken6.isValid(one.action)]
        for name in gone:
            del self._known[name]
        return iter(tuple(self._known.values()))

    def of_menu(self, menu: str, *, page: QWidget | None) -> Sequence[QAction]:
        """Return the actions that a page adds to one of MENUS."""
        return [
            one.action
            for one in self
            if one.menu == menu and one.owner is not None and one.owner is page
        ]

    def usable(self, *, page: QWidget | None) -> Sequence[Registered]:
        """Return what can be chosen while a page is shown: the shell's actions and the page's."""
        return [one for one in self if one.owner is None or one.owner is page]

    def clashes(self, name: str, shortcut: str) -> Sequence[Registered]:
        """Return the other actions that would answer to the same keys in the same place."""
        wanted = set(sequences(shortcut))
        me = self._known[name]
        return [
            one
            for one in self
            if one.id != name
            and wanted & set(sequences(self.shortcut_of(one)))
            and (one.owner is None or me.owner is None or one.owner is me.owner)
        ]

    def shortcut_of(self, one: Registered) -> str:
        """Return the shortcut as it is: the person's choice, else the program's own."""
        return self._settings.get(SHORTCUTS).get(one.id, one.own_shortcut)

    def set_shortcut(self, name: str, shortcut: str) -> None:
        """Keep the person's choice of keys; the program's own is kept as no choice."""
        self.set_shortcuts({name: shortcut})

    def set_shortcuts(self, chosen: Mapping[str, str]) -> None:
        """Keep several choices at once, by the commands' names; the others stay as they are."""
        kept = dict(self._settings.get(SHORTCUTS))
        for name, keys in chosen.items():
            known = self._known.get(name)
            if known is not None and keys == known.own_shortcut:
                kept.pop(name, None)
            else:
                kept[name] = keys
        self._settings.set(SHORTCUTS, kept)

    def allow(self, name: str, is_allowed: bool, reason: str = "") -> None:
        """Let an action be chosen, or not: then its tooltip says why."""
        allow(self._known[name].action, is_allowed, reason, usual=self._known[name].tooltip)

    def _draw_icons(self) -> None:
        """Draw some of the icons: all at once would hold up the window's start."""
        for action, name in self._to_draw[:ICONS_AT_ONCE]:
            if shiboken6.isValid(action):
                give_icon(action, name)
        del self._to_draw[:ICONS_AT_ONCE]
        if not self._to_draw:
            self._drawing.stop()

    def draw_icons(self) -> None:
        """Draw every icon that is still to be drawn, before a menu or a list shows them."""
        while self._to_draw:
            self._draw_icons()

    def _apply_shortcuts(self) -> None:
        for one in self:
            self._give_shortcut(one)

    def _give_shortcut(self, one: Registered) -> None:
        one.action.setShortcuts(
            [QKeySequence(keys, QKeySequence.SequenceFormat.PortableText)
             for keys in sequences(self.shortcut_of(one))
             if keys != ESCAPE or self._is_in_text]
        )  # fmt: skip

    def focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Esc, where a person bound it, is the transcript's; fields and lists use it themselves."""
        is_in_text = now is not None and now.objectName() == TRANSCRIPT
        if is_in_text != self._is_in_text:
            self._is_in_text = is_in_text
            if any(ESCAPE in sequences(keys) for keys in self._settings.get(SHORTCUTS).values()):
                self._apply_shortcuts()


def _told_while_it_lives(actions: Actions) -> Callable[[QWidget | None, QWidget | None], None]:
    """Return what hears of the focus for the registry, and of nothing once that is going.

    While a window is taken down the focus still moves, and Qt would call a method of a
    registry that Python has let go of already.
    """
    lives = weakref.ref(actions)

    def moved(old: QWidget | None, now: QWidget | None) -> None:
        found = lives()
        if found is not None and shiboken6.isValid(found):
            found.focus_moved(old, now)

    return moved


def allow(action: QAction, is_allowed: bool, reason: str = "", *, usual: str = "") -> None:
    """Enable an action, or disable it with the reason in its tooltip."""
    if not isinstance(action.property("usual_tooltip"), str):
        action.setProperty("usual_tooltip", usual or action.toolTip())
    action.setEnabled(is_allowed)
    usual = str(action.property("usual_tooltip"))
    action.setToolTip(usual if is_allowed or not reason else reason)


def plain(text: str) -> str:
    """Return a menu's text without the mark of its letter and without its dots."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("…").rstrip()


def sequences(shortcut: str) -> list[str]:
    """Return each of the key sequences of a shortcut, in portable form."""
    return [part.strip() for part in shortcut.split("; ") if part.strip()]


def shown_shortcut(action: QAction) -> str:
    """Return an action's keys as this platform writes them."""
    native = QKeySequence.SequenceFormat.NativeText
    return "  ".join(keys.toString(native) for keys in action.shortcuts())
