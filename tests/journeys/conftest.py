"""Whole stories through the real window: a screen that is not there, and work done at once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import pytest
from hands import Hands, OpenWindow
from pytestqt.qtbot import QtBot

from archive_app.gui.main_window import MainWindow
from archive_app.gui.tasks import InlineTasks
from archive_app.paths import config_folder
from archive_app.settings import Settings
from archive_app.store.archive import Archive
from archive_app.work import searching


@pytest.fixture
def open_window(qtbot: QtBot, tmp_path: Path) -> Iterator[OpenWindow]:
    windows: list[MainWindow] = []

    def opened(archive: Archive) -> Hands:
        window = MainWindow(Settings(config_folder()), make_tasks=InlineTasks)
        windows.append(window)
        window.resize(1280, 800)
        window.attach(archive)
        window.show()
        window.activateWindow()
        session = window.session
        qtbot.waitUntil(lambda: session is not None and not session.index_is_behind)
        return Hands(window, qtbot)

    yield opened
    for window in windows:
        archive = window.session.archive if window.session is not None else None
        window.close()
        window.deleteLater()
        if archive is not None:
            searching.close_index(archive)
