"""Windows without a screen, and nothing left running."""

from __future__ import annotations

import os
from collections.abc import Iterator

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import pytest
from PySide6.QtWidgets import QApplication

from archive_app.gui.tasks import Tasks
from archive_app.gui.theme import theme

# Imported by name and as a plugin: its asserts are to be rewritten either way.
pytest.register_assert_rewrite("recorder_material")


@pytest.fixture
def tasks(qapp: QApplication) -> Iterator[Tasks]:
    running = Tasks()
    yield running
    running.close()


@pytest.fixture
def dark(qapp: QApplication) -> Iterator[None]:
    theme().apply("dark")
    yield
    theme().apply("light")
