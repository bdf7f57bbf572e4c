"""The library narrowed to the interviews of one status."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from window_material import filled_archive, window_on

from archive_app.domain.records import Audience, Layer, Status
from archive_app.gui.library_page import LibraryPage
from archive_app.gui.main_window import MainWindow
from archive_app.gui.session import Session
from archive_app.paths import config_folder
from archive_app.settings import Settings
from archive_app.work import access, interviews
from archive_app.work.archives import open_archive


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[MainWindow]:
    archive = filled_archive(tmp_path)
    interviews.set_status(archive, [2], Status.INDEXED)
    window = window_on(archive, Settings(config_folder()))
    window.show()
    yield window
    window.close()
    window.deleteLater()


@pytest.fixture
def page(window: MainWindow) -> LibraryPage:
    return window.page_named("library")


@pytest.fixture
def session(window: MainWindow) -> Session:
    assert window.session is not None
    return window.session


def choose(page: LibraryPage, status: Status | None) -> None:
    choice = page.status.choice
    choice.setCurrentIndex(choice.findData(status.value if status else ""))


def test_only_the_interviews_of_a_status_are_listed(page: LibraryPage) -> None:
    choose(page, Status.TRANSCRIBED)
    assert list(page.model.ids) == [1, 3]
    assert page.count.text() == "2 interviews"
    choose(page, Status.INDEXED)
    assert list(page.model.ids) == [2]
    choose(page, None)
    assert list(page.model.ids) == [1, 2, 3]


def test_status_words_and_collection_narrow_together(page: LibraryPage) -> None:
    choose(page, Status.TRANSCRIBED)
    item = page.tree.item_of("collection", "Mini Russia")
    assert item is not None
    page.tree.setCurrentItem(item)
    assert list(page.model.ids) == [1]
    page.filter.setText("Viktor")
    page.refresh_list()
    assert list(page.model.ids) == []
    page.nothing_fits.buttons[0].click()
    assert list(page.model.ids) == [1, 2, 3]
    assert page.status.status is None


def test_that_the_list_is_narrowed_is_seen_and_ended_at_a_click(page: LibraryPage) -> None:
    assert not page.status.clear_button.isVisible()
    choose(page, Status.INDEXED)
    assert page.status.choice.font().bold()
    page.status.clear_button.click()
    assert list(page.model.ids) == [1, 2, 3]
    assert not page.status.choice.font().bold()
    assert not page.status.clear_button.isVisible()


def test_a_status_is_chosen_by_keys_alone(page: LibraryPage, window: MainWindow) -> None:
    window.actions_by_name["library.filter_status"].trigger()
    popup = page.status.choice.view()
    assert popup.isVisible()
    QTest.keyClick(popup, Qt.Key.Key_End)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert page.status.status is Status.RELEASED
    assert page.places.currentWidget() is page.nothing_fits


def test_an_empty_status_does_not_offer_to_import(page: LibraryPage) -> None:
    choose(page, Status.PLANNED)
    assert page.places.currentWidget() is page.nothing_fits


def test_the_choice_is_kept_for_the_archive(
    page: LibraryPage, window: MainWindow, session: Session, qtbot: Any
) -> None:
    choose(page, Status.INDEXED)
    folder, uuid = session.archive.folder, session.archive.uuid
    window.close()
    again = window_on(open_archive(folder), Settings(config_folder()))
    again.show()
    kept: LibraryPage = again.page_named("library")
    assert again.session is not None
    assert again.session.archive.uuid == uuid
    assert kept.status.status is Status.INDEXED
    assert list(kept.model.ids) == [2]
    assert kept.status.clear_button.isVisible()
    again.close()
    again.deleteLater()


def test_a_new_interview_is_not_hidden_by_a_status(page: LibraryPage, window: MainWindow) -> None:
    choose(page, Status.INDEXED)
    window.new_interview()
    assert page.table.chosen_ids() == [4]


def test_hidden_interviews_leave_no_trace_in_a_status(
    page: LibraryPage, session: Session, qtbot: Any
) -> None:
    access.restrict_layer(session.archive, 2, Layer.LISTING, shut_out=Audience.READING_ROOM)
    offered = [page.status.choice.itemText(n) for n in range(page.status.choice.count())]
    session.audience = Audience.PUBLIC
    qtbot.waitUntil(lambda: list(page.model.ids) == [1, 3])
    assert offered == [page.status.choice.itemText(n) for n in range(page.status.choice.count())]
    choose(page, Status.INDEXED)
    qtbot.waitUntil(lambda: page.places.currentWidget() is page.nothing_fits)
    assert page.count.text() == "0 interviews"
    choose(page, Status.TRANSCRIBED)
    qtbot.waitUntil(lambda: list(page.model.ids) == [1, 3])
