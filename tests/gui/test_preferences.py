"""The preferences' pages of keys, pedal and spelling."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from window_material import filled_archive, window_on

from archive_app.gui.main_window import MainWindow
from archive_app.gui.preferences_dialog import PreferencesDialog
from archive_app.gui.preferences_keys import ROLE, KeysPage
from archive_app.paths import config_folder
from archive_app.settings import DICTIONARY_FOLDER, PEDAL_SWITCHES, SHORTCUTS, Settings
from archive_app.work.spelling import OwnWords

CTRL = Qt.KeyboardModifier.ControlModifier
DICTIONARIES = Path(__file__).resolve().parent.parent / "data" / "dictionaries"


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[MainWindow]:
    window = window_on(filled_archive(tmp_path), Settings(config_folder()))
    window.show()
    yield window
    window.close()
    window.deleteLater()


@pytest.fixture
def dialog(window: MainWindow) -> Iterator[PreferencesDialog]:
    window.show_preferences()
    dialog = window._dialog
    assert isinstance(dialog, PreferencesDialog)
    yield dialog
    if shiboken6.isValid(dialog):
        dialog.close()


@pytest.fixture
def keys(dialog: PreferencesDialog, qtbot: Any) -> KeysPage:
    dialog.show_page("keys")
    qtbot.waitUntil(lambda: dialog.keys.is_listed)
    return dialog.keys


def choose(page: KeysPage, name: str) -> None:
    for row in range(page.commands.topLevelItemCount()):
        item = page.commands.topLevelItem(row)
        if item is not None and item.data(0, ROLE) == name:
            page.commands.setCurrentItem(item)
            return
    raise AssertionError(f"{name} is not listed")


def shown_keys(page: KeysPage) -> list[str]:
    return [page.given.item(row).text() for row in range(page.given.count())]


def press(page: KeysPage, key: Qt.Key, held: Qt.KeyboardModifier = CTRL) -> None:
    page.keys.setFocus()
    QTest.keyClick(page.keys, key, held)
    QTest.keyClick(page.keys, Qt.Key.Key_Tab)


def test_every_command_of_every_page_is_listed(window: MainWindow, keys: KeysPage) -> None:
    page = keys
    listed = {
        item.data(0, ROLE)
        for row in range(page.commands.topLevelItemCount())
        if (item := page.commands.topLevelItem(row)) is not None
    }
    assert listed == {one.id for one in window.actions_by_name if one.action.text()}
    assert {"interview.play", "interview.back", "interview.spelling", "interview.pedal"} <= listed


def test_the_window_answers_while_the_commands_are_gathered(
    window: MainWindow, dialog: PreferencesDialog, qtbot: Any
) -> None:
    dialog.show_page("keys")
    page = dialog.keys
    assert not page.is_listed
    assert "every page" in page.told.text()
    assert not page.show_preset.isEnabled()
    answered: list[bool] = []
    beat = QTimer()
    beat.timeout.connect(lambda: answered.append(window.has_page("interview")))
    beat.start(0)
    qtbot.waitUntil(lambda: page.is_listed)
    assert answered.count(False) > 10
    assert page.told.text() == ""
    assert page.show_preset.isEnabled()


def test_a_page_asked_for_while_it_is_made_is_there_at_once(
    window: MainWindow, dialog: PreferencesDialog, qtbot: Any
) -> None:
    dialog.show_page("keys")
    qtbot.waitUntil(lambda: bool(window.making.begun))
    begun = window.making.begun["interview"]
    dialog.close()
    window.show_page("interview")
    assert window.page is begun
    qtbot.waitUntil(lambda: window.has_page("dossiers"))


def test_an_archive_is_closed_while_its_pages_are_made(
    window: MainWindow, dialog: PreferencesDialog, qtbot: Any
) -> None:
    dialog.show_page("keys")
    qtbot.waitUntil(lambda: bool(window.making.begun))
    begun = window.making.begun["interview"]
    dialog.close()
    assert window.close_archive()
    qtbot.waitUntil(lambda: not shiboken6.isValid(begun))
    assert not window.has_page("interview")


def test_a_command_takes_several_keys_and_gives_them_up(window: MainWindow, keys: KeysPage) -> None:
    page = keys
    choose(page, "interview.people")
    assert shown_keys(page) == []
    press(page, Qt.Key.Key_F10)
    press(page, Qt.Key.Key_F11)
    assert window.settings.get(SHORTCUTS) == {"interview.people": "Ctrl+F10; Ctrl+F11"}
    assert shown_keys(page) == ["Ctrl+F10", "Ctrl+F11"]
    page.given.setCurrentRow(0)
    page.take_away.click()
    assert shown_keys(page) == ["Ctrl+F11"]
    page.own.click()
    assert shown_keys(page) == []
    assert window.settings.get(SHORTCUTS) == {}
    assert not page.own.isEnabled()


def test_keys_of_another_command_are_taken_only_when_asked(
    window: MainWindow, keys: KeysPage
) -> None:
    page = keys
    choose(page, "interview.people")
    press(page, Qt.Key.Key_E)
    assert "Export" in page.told.text()
    assert window.settings.get(SHORTCUTS) == {}
    page.take_over.click()
    assert window.settings.get(SHORTCUTS) == {"interview.people": "Ctrl+E", "file.export": ""}
    assert [one.id for one in window.actions_by_name if one.id == "file.export"
            and one.action.shortcuts()] == []  # fmt: skip
    choose(page, "file.export")
    page.own.click()
    assert "People" in page.told.text()


def test_keys_that_the_pedal_sends_are_not_given_to_a_command(
    window: MainWindow, keys: KeysPage
) -> None:
    window.settings.set(PEDAL_SWITCHES, {"play": "Ctrl+F10"})
    choose(keys, "interview.people")
    press(keys, Qt.Key.Key_F10)
    assert "pedal" in keys.told.text()
    assert window.settings.get(SHORTCUTS) == {}


def test_the_list_is_narrowed_by_words_and_by_keys(keys: KeysPage) -> None:
    page = keys

    def visible() -> list[str]:
        items = [page.commands.topLevelItem(n) for n in range(page.commands.topLevelItemCount())]
        return [str(one.data(0, ROLE)) for one in items if one is not None and not one.isHidden()]

    page.filter.setText("play pause")
    assert visible() == ["interview.play"]
    page.filter.setText("ctrl+e")
    assert "file.export" in visible()


def test_the_spelling_page_tells_what_it_finds_and_forgets_words(
    window: MainWindow, dialog: PreferencesDialog
) -> None:
    OwnWords().add("Лиман")
    dialog.show_page("spelling")
    page = dialog.spelling
    assert "No dictionary was found" in page.found.text()
    page.folder.setText(str(DICTIONARIES))
    page.folder.editingFinished.emit()
    assert window.settings.get(DICTIONARY_FOLDER) == str(DICTIONARIES)
    assert "Russian (ru_XX)" in page.found.text()
    page.words.setCurrentRow(0)
    page.forget.click()
    assert page.words.count() == 0
    assert OwnWords().words == ()
