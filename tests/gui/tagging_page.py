"""The page of an interview in the archive of ``tagging_material``, everything done at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tagging_material import add_interview

from archive_app.gui.interview_page import InterviewPage
from archive_app.gui.session import Session
from archive_app.gui.tasks import InlineTasks
from archive_app.settings import Settings
from archive_app.store.archive import Archive
from archive_app.work import archives, vocabulary


@pytest.fixture
def tagging_archive(tmp_path: Path) -> Iterator[Archive]:
    made = archives.create_archive(tmp_path / "Tags", who="Ana")
    for name in ("arrival", "home", "work"):
        vocabulary.add_tag(made, {"en": name})
    for accession in ("A-1", "A-2", "A-10"):
        add_interview(made, accession)
    yield made
    made.close()


@pytest.fixture
def tagging_session(
    tagging_archive: Archive, qapp: QApplication, tmp_path: Path
) -> Iterator[Session]:
    tasks = InlineTasks()
    made = Session(tagging_archive, tasks, Settings(tmp_path / "settings"))
    yield made
    made._index_timer.stop()
    tasks.close()


@pytest.fixture
def tagging_page(tagging_session: Session, qtbot: QtBot) -> InterviewPage:
    made = InterviewPage(tagging_session)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    made.open(1)
    made.pane.view.setFocus()
    tagging_session.interview_requested.connect(made.open)
    return made
