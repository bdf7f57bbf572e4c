"""Starting: the archive that opens, the language, and errors nobody foresaw."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from window_material import filled_archive

from archive_app.gui.application import Application
from archive_app.gui.error_dialog import ErrorDialog
from archive_app.paths import config_folder
from archive_app.settings import INTERFACE_LANGUAGE, LAST_ARCHIVE, Settings
from archive_app.translation import current_language, use_language


@pytest.fixture
def application(qapp: QApplication) -> Iterator[Application]:
    program = Application(qapp, Settings(config_folder()))
    yield program
    program.window.close()
    program.window.deleteLater()
    program.close()
    program.deleteLater()
    use_language("en")


def closed_archive(folder: Path) -> Path:
    archive = filled_archive(folder)
    archive.close()
    return archive.folder


def test_the_archive_that_was_open_last_opens_again(
    qtbot: Any, application: Application, tmp_path: Path
) -> None:
    folder = closed_archive(tmp_path)
    application.settings.set(LAST_ARCHIVE, str(folder))
    application.open(None)
    assert application.window.isVisible()
    qtbot.waitUntil(lambda: application.window.session is not None, timeout=20_000)
    page = application.window.page_named("library")
    qtbot.waitUntil(lambda: page.model.rowCount() == 3, timeout=20_000)


def test_a_last_archive_that_is_gone_leads_to_the_start_page(
    application: Application, tmp_path: Path
) -> None:
    application.settings.set(LAST_ARCHIVE, str(tmp_path / "gone.oralhistory"))
    application.open(None)
    assert application.window.start_page.isVisible()
    assert application.window.session is None


def test_another_language_makes_the_window_anew_on_the_same_archive(
    qtbot: Any, application: Application, tmp_path: Path
) -> None:
    application.open(closed_archive(tmp_path))
    qtbot.waitUntil(lambda: application.window.session is not None, timeout=20_000)
    before = application.window
    application.settings.set(INTERFACE_LANGUAGE, "ru")
    before.rebuild_asked.emit()
    qtbot.waitUntil(lambda: application.window is not before, timeout=20_000)
    qtbot.waitUntil(lambda: application.window.session is not None, timeout=20_000)
    assert current_language() == "ru"


def test_an_error_nobody_foresaw_is_shown_in_words_without_what_it_quoted(
    qtbot: Any, application: Application
) -> None:
    application.open(None)
    try:
        raise ValueError("a name that somebody said")
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    qtbot.waitUntil(lambda: isinstance(application.window._dialog, ErrorDialog))
    dialog = application.window._dialog
    assert isinstance(dialog, ErrorDialog)
    shown = dialog.message.text() + dialog.details.toPlainText()
    assert "ValueError" in shown
    assert "a name that somebody said" not in shown
    dialog.close()


def test_pages_are_fetched_before_they_are_asked_for(
    qtbot: Any, application: Application, tmp_path: Path
) -> None:
    application.open(closed_archive(tmp_path))
    window = application.window
    qtbot.waitUntil(lambda: "interview" in window._pages, timeout=30_000)
    assert window.page is window.page_named("library")
    assert gc.get_freeze_count() > 0
    gc.unfreeze()
