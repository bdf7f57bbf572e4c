"""The shell: start page, places, undo by name, audiences, dialogs, and the end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from window_material import filled_archive, window_on

from archive_app.domain.records import Audience, Status
from archive_app.gui.command_palette import CommandPalette
from archive_app.gui.error_dialog import ErrorDialog
from archive_app.gui.help_dialog import KeysDialog
from archive_app.gui.history_dialog import HistoryDialog
from archive_app.gui.main_window import MainWindow
from archive_app.gui.preferences_dialog import PreferencesDialog
from archive_app.paths import config_folder
from archive_app.settings import LAST_ARCHIVE, RECENT_ARCHIVES, SHORTCUTS, Settings
from archive_app.work import interviews


@pytest.fixture
def settings() -> Settings:
    return Settings(config_folder())


@pytest.fixture
def window(qtbot: Any, tmp_path: Path, settings: Settings) -> Iterator[MainWindow]:
    window = window_on(filled_archive(tmp_path), settings)
    window.show()
    qtbot.waitExposed(window)
    yield window
    window.close()
    window.deleteLater()


@pytest.fixture
def empty_window(qtbot: Any, settings: Settings) -> Iterator[MainWindow]:
    window = window_on(None, settings)
    window.show()
    yield window
    window.close()
    window.deleteLater()


def test_without_an_archive_three_choices_are_offered(empty_window: MainWindow) -> None:
    page = empty_window.start_page
    assert page.isVisible()
    for choice in (page.sample, page.new, page.open):
        assert choice.text()
        assert choice.description().endswith(".")
    assert not empty_window.side_bar.isVisible()
    action = empty_window.actions_by_name["file.import"]
    assert not action.isEnabled()
    assert action.toolTip() == "Open an archive first."


def test_an_archive_dropped_on_the_start_page_opens(
    qtbot: Any, empty_window: MainWindow, tmp_path: Path
) -> None:
    archive = filled_archive(tmp_path)
    folder = archive.folder
    archive.close()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(folder))])
    event = QDropEvent(
        QPointF(10, 10), Qt.DropAction.CopyAction, data,
        Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    empty_window.dropEvent(event)
    qtbot.waitUntil(lambda: empty_window.session is not None)
    assert empty_window.settings.get(RECENT_ARCHIVES)[0] == str(folder)


def test_a_folder_that_is_no_archive_is_said_in_words(
    empty_window: MainWindow, tmp_path: Path
) -> None:
    empty_window.doors.open(tmp_path)
    assert isinstance(empty_window._dialog, ErrorDialog)
    assert empty_window._dialog.message.text()
    assert empty_window.start_page.isEnabled()
    empty_window._dialog.close()


def test_a_new_archive_opens_on_an_empty_library_that_says_what_belongs_there(
    empty_window: MainWindow, tmp_path: Path
) -> None:
    from archive_app.work.archives import create_archive

    empty_window.attach(create_archive(tmp_path / "new"))
    page = empty_window.page_named("library")
    assert "Import recordings or transcripts" in page.empty.words.text()
    assert [button.text() for button in page.empty.buttons] == ["Import…", "New interview"]


def test_undo_names_what_it_takes_back(window: MainWindow) -> None:
    undo = window.actions_by_name["edit.undo"]
    assert window.session is not None
    window.session.write(interviews.set_status, [1], Status.RELEASED)
    assert undo.text() == "&Undo: Set status"
    undo.trigger()
    assert window.actions_by_name["edit.redo"].text() == "&Redo: Set status"
    assert "Undone: Set status" in window.status_line.state.text()


def test_the_foot_says_how_much_there_is(window: MainWindow) -> None:
    assert "3 interviews" in window.status_line.state.text()
    assert window.status_line.state.text().startswith("Saved")


def test_another_audience_is_said_clearly_and_editing_is_off(window: MainWindow) -> None:
    window.look_as(Audience.PUBLIC)
    assert window.audience_strip.isVisible()
    assert window.audience_strip.words.text() == "You see what the public sees. Editing is off."
    for name in ("file.import", "edit.undo", "library.delete"):
        action = window.actions_by_name[name]
        assert not action.isEnabled()
        assert "another audience" in action.toolTip()
    QTest.mouseClick(window.audience_strip.back, Qt.MouseButton.LeftButton)
    assert window.session is not None
    assert window.session.can_edit
    assert not window.audience_strip.isVisible()


def test_nothing_is_greyed_out_without_a_reason(window: MainWindow) -> None:
    for one in window.actions_by_name:
        if not one.action.isEnabled():
            assert one.action.toolTip() not in ("", one.tooltip), one.id


def test_ctrl_k_goes_to_the_search_field(window: MainWindow) -> None:
    window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert window.top_bar.search.hasFocus()


def test_the_palette_finds_by_words_and_does_what_was_chosen(
    qtbot: Any, window: MainWindow
) -> None:
    window.show_palette()
    palette = window._dialog
    assert isinstance(palette, CommandPalette)
    QTest.keyClicks(palette.line, "hist")
    first = palette.list.topLevelItem(0)
    assert first is not None
    assert first.text(0).startswith("History")
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(window._dialog, HistoryDialog))
    assert window._dialog is not None
    window._dialog.close()


def test_every_command_of_the_shell_is_in_the_palette(window: MainWindow) -> None:
    palette = CommandPalette(window.actions_by_name, window.page, window)
    assert palette.list.topLevelItemCount() > 40
    palette.deleteLater()


def choose(dialog: HistoryDialog, line: int) -> None:
    item = dialog.steps.topLevelItem(line)
    assert item is not None
    dialog.steps.setCurrentItem(item)


def test_history_takes_back_an_old_step_and_refuses_in_words(window: MainWindow) -> None:
    session = window.session
    assert session is not None
    session.write(interviews.edit_interview, 1, {"abstract": "first"})
    session.write(interviews.edit_interview, 1, {"abstract": "second"})
    session.write(interviews.edit_interview, 2, {"abstract": "elsewhere"})
    window.show_history()
    dialog = window._dialog
    assert isinstance(dialog, HistoryDialog)
    choose(dialog, 2)
    dialog.take_back.click()
    assert dialog.told.text()
    assert session.archive.name
    with session.archive.read() as reader:
        assert reader.interview(1).abstract == "second"
    choose(dialog, 1)
    dialog.take_back.click()
    with session.archive.read() as reader:
        assert reader.interview(1).abstract == "first"
        assert reader.interview(2).abstract == "elsewhere"
    dialog.close()


def test_history_does_a_step_again_that_was_taken_back_before_others(window: MainWindow) -> None:
    session = window.session
    assert session is not None
    session.write(interviews.edit_interview, 1, {"abstract": "first"})
    session.undo()
    session.write(interviews.edit_interview, 2, {"abstract": "elsewhere"})
    window.show_history()
    dialog = window._dialog
    assert isinstance(dialog, HistoryDialog)
    choose(dialog, 0)
    assert not dialog.again.isEnabled()
    choose(dialog, 2)
    dialog.again.click()
    assert dialog.told.text()
    with session.archive.read() as reader:
        assert reader.interview(1).abstract == "first"
    dialog.close()


def test_the_keys_of_a_page_name_its_own_commands(window: MainWindow) -> None:
    dialog = KeysDialog(window.actions_by_name, window.page, window)
    words = [entry[1] for entry in dialog.entries]
    assert "Open interview" in words
    assert "Library" in words
    dialog.deleteLater()


def test_keys_can_be_changed_but_not_to_those_of_another_command(window: MainWindow) -> None:
    actions = window.actions_by_name
    assert [one.id for one in actions.clashes("help.about", "Ctrl+K")] == ["search.everything"]
    actions.set_shortcut("help.about", "Ctrl+Alt+A")
    assert actions["help.about"].shortcut().toString() == "Ctrl+Alt+A"
    actions.set_shortcut("help.about", "")
    assert window.settings.get(SHORTCUTS) == {}


def test_no_two_commands_answer_to_the_same_keys(window: MainWindow) -> None:
    actions = window.actions_by_name
    for one in actions:
        clashes = actions.clashes(one.id, actions.shortcut_of(one))
        assert not clashes, (one.id, [other.id for other in clashes])


def test_preferences_take_effect_at_once(window: MainWindow) -> None:
    window.show_preferences()
    dialog = window._dialog
    assert isinstance(dialog, PreferencesDialog)
    QTest.keyClicks(dialog.who, "Milica")
    assert window.settings.get(SHORTCUTS) == {}
    from archive_app.settings import WHO

    assert window.settings.get(WHO) == "Milica"
    dialog.close()


def test_closing_remembers_the_archive_and_lets_it_go(
    window: MainWindow, settings: Settings, tmp_path: Path
) -> None:
    assert window.session is not None
    folder = window.session.archive.folder
    window.close()
    assert settings.get(LAST_ARCHIVE) == str(folder)
    from archive_app.work.archives import open_archive

    open_archive(folder).close()


def test_every_control_has_a_name_for_screen_readers(window: MainWindow) -> None:
    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractItemView,
             QAbstractSpinBox)  # fmt: skip
    page = window.page_named("library")
    page.table.selectRow(0)
    nameless = []
    for widget in window.findChildren(QWidget):
        if not isinstance(widget, kinds) or widget.objectName().startswith("qt_"):
            continue
        parent = widget.parent()
        if parent is None or parent.metaObject().className() == "QComboBoxPrivateContainer":
            continue
        if isinstance(parent, QLineEdit | QComboBox | QAbstractItemView):
            continue
        found = QAccessible.queryAccessibleInterface(widget)
        if found is not None and not found.text(QAccessible.Text.Name):
            nameless.append(f"{type(widget).__name__} {widget.objectName()}")
    assert nameless == []


def test_the_keys_of_the_interview_stand_under_the_titles_of_its_menus(
    window: MainWindow,
) -> None:
    page = window.page_named("interview")
    dialog = KeysDialog(window.actions_by_name, page, window)
    titles = [label.text() for label in dialog.findChildren(QLabel)]
    assert titles.index("Play") < titles.index("Check") < titles.index("Also on this page")
    dialog.deleteLater()
