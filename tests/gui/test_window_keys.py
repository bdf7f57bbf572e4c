"""The window by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from window_material import filled_archive, window_on

from archive_app.gui.help_dialog import HelpDialog, KeysDialog
from archive_app.gui.main_window import MainWindow
from archive_app.paths import config_folder
from archive_app.settings import Settings

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[MainWindow]:
    window = window_on(filled_archive(tmp_path), Settings(config_folder()))
    window.show()
    window.activateWindow()
    window.page_named("library").table.setFocus()
    yield window
    window.close()
    window.deleteLater()


def test_a_question_mark_shows_the_keys_but_is_typed_into_a_field(window: MainWindow) -> None:
    page = window.page_named("library")
    QTest.keyClicks(page.table, "?")
    assert isinstance(window._dialog, KeysDialog)
    window._dialog.close()
    window._dialog = None
    page.filter.setFocus()
    QTest.keyClicks(page.filter, "?")
    assert page.filter.text() == "?"
    assert window._dialog is None


def test_f1_explains_the_page(window: MainWindow) -> None:
    QTest.keyClick(window.page_named("library").table, Qt.Key.Key_F1)
    assert isinstance(window._dialog, HelpDialog)
    assert "Library" in window._dialog.text.toPlainText()
    window._dialog.close()


def test_delete_in_a_field_deletes_a_letter_and_no_interview(window: MainWindow) -> None:
    page = window.page_named("library")
    page.table.choose_ids([1])
    title = page.inspector.fields["title"].editor
    title.setFocus()
    title.setCursorPosition(0)
    QTest.keyClick(title, Qt.Key.Key_Delete)
    assert title.text() == "nterview with Vadim"
    assert len(page.model.ids) == 3
    QTest.keyClick(title, Qt.Key.Key_Escape)
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    page.refresh_list()
    assert list(page.model.ids) == [2, 3]


def test_ctrl_f_goes_to_the_filter_and_enter_back_to_the_list(window: MainWindow) -> None:
    page = window.page_named("library")
    QTest.keyClick(page.table, Qt.Key.Key_F, CTRL)
    assert page.filter.hasFocus()
    QTest.keyClick(page.filter, Qt.Key.Key_Return)
    assert page.table.hasFocus()


def test_ctrl_z_in_the_list_takes_back_the_last_step_of_all(window: MainWindow) -> None:
    page = window.page_named("library")
    page.table.choose_ids([3])
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    QTest.keyClick(page.table, Qt.Key.Key_Z, CTRL)
    page.refresh_list()
    assert list(page.model.ids) == [1, 2, 3]
    QTest.keyClick(page.table, Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    page.refresh_list()
    assert list(page.model.ids) == [1, 2]
