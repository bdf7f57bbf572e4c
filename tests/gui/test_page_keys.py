"""Every action by keyboard alone: each can be reached, does what it says, and no two clash."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from window_material import window_on

from archive_app.gui.actions import MENUS, Registered, plain, sequences
from archive_app.gui.command_palette import CommandPalette
from archive_app.gui.main_window import MainWindow
from archive_app.gui.pedal import bound_switches
from archive_app.gui.shell_actions import PLACES
from archive_app.settings import Settings
from archive_app.work.archives import open_archive

pytest_plugins = ["page_material"]

TEXT_KEYS = frozenset((
    "Ctrl+C", "Ctrl+X", "Ctrl+V", "Ctrl+A", "Ctrl+Ins", "Shift+Ins", "Shift+Del", "Del",
    "Backspace", "Ctrl+Del", "Ctrl+Backspace", "Return", "Enter", "Shift+Return", "Tab",
    "Shift+Tab", "Home", "End", "PgUp", "PgDown", "Left", "Right", "Up", "Down",
    *(f"{held}{key}" for held in ("Shift+", "Ctrl+", "Ctrl+Shift+")
      for key in ("Home", "End", "Left", "Right", "Up", "Down")),
    "Shift+PgUp", "Shift+PgDown", "Menu", "Shift+F10",
))  # fmt: skip
"""What a person expects of any text field; undo and redo are the program's own."""
TYPED = frozenset(("?",))
"""Keys of the shell that a text field takes for typing; there they are no command."""


@contextlib.contextmanager
def shown(sample_folder: Path, place: Path) -> Iterator[MainWindow]:
    """Show a window on a sample archive, every page made, the keyboard in a transcript."""
    archive = open_archive(shutil.copytree(sample_folder, place / sample_folder.name), who="Ana")
    window = window_on(archive, Settings(place))
    window.show()
    for name in PLACES:
        window.page_named(name)
    window.open_interview(1)
    window.activateWindow()
    window.page_named("interview").pane.view.setFocus()
    yield window
    window.close()
    window.deleteLater()


@pytest.fixture(scope="module")
def window(
    sample_folder: Path, tmp_path_factory: pytest.TempPathFactory, qapp: QApplication
) -> Iterator[MainWindow]:
    """One for all that only look."""
    with shown(sample_folder, tmp_path_factory.mktemp("keys")) as made:
        yield made


@pytest.fixture
def own_window(sample_folder: Path, tmp_path: Path, qtbot: Any) -> Iterator[MainWindow]:
    with shown(sample_folder, tmp_path) as made:
        qtbot.waitUntil(made.isActiveWindow)
        yield made


def of_page(window: MainWindow, place: str) -> list[Registered]:
    return list(window.actions_by_name.usable(page=window.page_named(place)))


@pytest.mark.parametrize("place", PLACES)
def test_every_action_has_a_name_and_a_tooltip(window: MainWindow, place: str) -> None:
    for one in of_page(window, place):
        assert plain(one.action.text()), one.id
        assert one.action.toolTip(), one.id
        assert one.menu in (*MENUS, ""), one.id


@pytest.mark.parametrize("place", PLACES)
def test_every_action_is_reached_by_keyboard(window: MainWindow, place: str, qtbot: Any) -> None:
    page = window.page_named(place)
    window.show_page(place)
    palette = CommandPalette(window.actions_by_name, page, window)
    qtbot.addWidget(palette)
    in_palette = {one.id for one in palette._known}
    assert window.actions_by_name["help.palette"].shortcuts()
    for name in MENUS:
        assert "&" in window.menus.menu(name).title(), name
    for one in of_page(window, place):
        is_shown = one.id in in_palette
        assert is_shown or one.action.shortcuts(), f"{one.id} can only be clicked"


def test_no_two_actions_answer_to_the_same_keys(window: MainWindow) -> None:
    actions = window.actions_by_name
    found = {
        (one.id, other.id)
        for one in actions
        for other in actions.clashes(one.id, actions.shortcut_of(one))
        if one.id < other.id
    }
    assert found == set()


def test_no_action_takes_a_key_that_edits_text(window: MainWindow) -> None:
    taken = {
        (one.id, keys)
        for one in of_page(window, "interview")
        for keys in sequences(one.own_shortcut)
        if keys in TEXT_KEYS or (keys not in TYPED and is_typed(keys))
    }
    assert taken == set()


def is_typed(keys: str) -> bool:
    """Whether keys put a letter into a text."""
    combination: QKeyCombination = QKeySequence(keys)[0]  # type: ignore[index]
    held = combination.keyboardModifiers()
    commands = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    return combination.key().value < Qt.Key.Key_Escape.value and not held & commands


def test_the_pedal_takes_no_key_before_it_is_bound(window: MainWindow) -> None:
    assert bound_switches(window.settings) == {}


def test_keys_that_no_action_owns_are_no_second_way_to_the_same_key(window: MainWindow) -> None:
    """A button's own action may show keys but must not answer to them as well."""
    actions = window.actions_by_name
    owned = {id(one.action) for one in actions}
    known = {keys.toString() for one in actions for keys in one.action.shortcuts()}
    page = window.page_named("interview")
    double = [
        (action.objectName() or action.text(), keys.toString())
        for action in page.findChildren(QAction)
        if id(action) not in owned
        and action.shortcutContext() != Qt.ShortcutContext.WidgetShortcut
        and not action.isShortcutVisibleInContextMenu()
        for keys in action.shortcuts()
        if keys.toString() in known
    ]
    assert double == []


def test_pressing_the_keys_of_an_action_in_the_transcript_does_it_and_types_nothing(
    own_window: MainWindow,
) -> None:
    window = own_window
    view = window.page_named("interview").pane.view
    text, done = view.toPlainText(), []
    wrong: list[tuple[str, str, list[str]]] = []
    usable = of_page(window, "interview")
    for one in usable:
        # The keys are what is tried, not what the action does.
        one.action.triggered.disconnect()
        one.action.setEnabled(True)
        one.action.setVisible(True)
        one.action.setCheckable(False)
        one.action.triggered.connect(lambda *_, name=one.id: done.append(name))
    for signal, name in ((view.undo_requested, "edit.undo"), (view.redo_requested, "edit.redo")):
        # The transcript hears these itself: its text is undone turn by turn.
        signal.disconnect()
        signal.connect(lambda name=name: done.append(name))
    handle = window.windowHandle()
    for one in usable:
        for keys in sequences(window.actions_by_name.shortcut_of(one)):
            if keys in TYPED:
                continue
            done.clear()
            combination: QKeyCombination = QKeySequence(keys)[0]  # type: ignore[index]
            QTest.keyClick(handle, combination.key(), combination.keyboardModifiers())
            if done != [one.id] or not view.hasFocus():
                wrong.append((one.id, keys, list(done)))
                view.setFocus()
    assert wrong == []
    assert view.toPlainText() == text


def test_the_tab_key_leaves_the_transcript(own_window: MainWindow) -> None:
    view = own_window.page_named("interview").pane.view
    QTest.keyClick(view, Qt.Key.Key_Tab)
    focus: QWidget | None = QApplication.focusWidget()
    assert focus is not None
    assert focus is not view
