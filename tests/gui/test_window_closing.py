"""Closing the window while something is being written, or typed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from window_material import filled_archive

from archive_app.domain.progress import Progress
from archive_app.domain.records import Outcome, Status
from archive_app.gui.main_window import MainWindow
from archive_app.paths import config_folder
from archive_app.settings import LAST_ARCHIVE, Settings
from archive_app.store.archive import Archive
from archive_app.work import interviews
from archive_app.work.archives import open_archive


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[MainWindow]:
    """A window that works beside itself, as people have it."""
    window = MainWindow(Settings(config_folder()))
    window.resize(1280, 800)
    window.show()
    window.attach(filled_archive(tmp_path))
    yield window
    window.close()
    window.deleteLater()


class SlowWrite:
    """Stores an abstract as soon as it may."""

    def __init__(self) -> None:
        self.may_go_on = threading.Event()
        self.has_begun = threading.Event()

    def __call__(self, archive: Archive, text: str, *, progress: Progress) -> Outcome[Any]:
        self.has_begun.set()
        assert self.may_go_on.wait(20)
        progress.report(1, 2)
        return interviews.edit_interview(archive, 1, {"abstract": text})


def stored(folder: Path) -> tuple[str, Status]:
    with open_archive(folder) as archive, archive.read() as reader:
        one = reader.interview(1)
        return one.abstract, one.status


def test_closing_waits_for_every_write_and_loses_none(qtbot: Any, window: MainWindow) -> None:
    session = window.session
    assert session is not None
    folder = session.archive.folder
    slow = SlowWrite()
    session.write(slow, "How they came.", label="Importing")
    session.write(interviews.set_status, [1], Status.RELEASED)
    assert slow.has_begun.wait(10)
    assert not window.close()
    assert window.isVisible()
    assert session.is_writing
    assert "as soon as everything is saved" in window.status_line.state.text()
    slow.may_go_on.set()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=20_000)
    assert window.session is None
    assert window.settings.get(LAST_ARCHIVE) == str(folder)
    assert stored(folder) == ("How they came.", Status.RELEASED)


def test_asked_twice_it_closes_once(qtbot: Any, window: MainWindow) -> None:
    session = window.session
    assert session is not None
    folder = session.archive.folder
    slow = SlowWrite()
    session.write(slow, "Once.")
    assert slow.has_begun.wait(10)
    assert not window.close()
    assert not window.close()
    slow.may_go_on.set()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=20_000)
    assert stored(folder)[0] == "Once."


def test_what_is_being_typed_is_written_before_the_window_closes(
    qtbot: Any, window: MainWindow
) -> None:
    session = window.session
    assert session is not None
    folder = session.archive.folder
    page = window.page_named("library")
    page.show_interviews([1])
    qtbot.waitUntil(lambda: page.inspector.card is not None, timeout=20_000)
    abstract: Any = page.inspector.fields["abstract"].editor
    abstract.setPlainText("Half a thought")
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=20_000)
    assert stored(folder)[0] == "Half a thought"


def test_a_write_that_is_refused_at_the_end_does_not_hold_the_window(
    qtbot: Any, window: MainWindow
) -> None:
    session = window.session
    assert session is not None
    folder = session.archive.folder
    slow = SlowWrite()
    session.write(slow, "Kept.")
    session.write(interviews.create_interview, accession="MRB-001", failed=lambda _: None)
    assert slow.has_begun.wait(10)
    assert not window.close()
    slow.may_go_on.set()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=20_000)
    assert stored(folder)[0] == "Kept."
