"""The library: filter, order, selection by id, collections, and other audiences."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from window_material import filled_archive, window_on

from archive_app.domain.records import Audience, Layer, Status
from archive_app.gui.library_model import MIME, NUMBER, LibraryModel
from archive_app.gui.library_page import LibraryPage
from archive_app.gui.main_window import MainWindow
from archive_app.gui.session import Session
from archive_app.paths import config_folder
from archive_app.settings import Settings
from archive_app.work import access, interviews


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[MainWindow]:
    window = window_on(filled_archive(tmp_path), Settings(config_folder()))
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


def column(page: LibraryPage, name: str) -> list[str]:
    model = page.model
    return [model.index(n, NUMBER[name]).data() for n in range(model.rowCount())]


def test_the_list_shows_dates_in_words_and_marks_in_words(
    page: LibraryPage, session: Session, qtbot: Any
) -> None:
    assert column(page, "date") == ["October 2022", "November 2022", "December 2022"]
    session.write(access.restrict_layer, 1, Layer.RECORDING, shut_out=Audience.PUBLIC)
    page.refresh_list()
    marks = page.model.index(0, NUMBER["marks"])
    assert marks.data(Qt.ItemDataRole.ToolTipRole) == "Something of it is closed"
    assert marks.data(Qt.ItemDataRole.AccessibleTextRole) == "Something of it is closed"


def test_typing_into_the_filter_narrows_the_list(page: LibraryPage, qtbot: Any) -> None:
    QTest.keyClicks(page.filter, "alex")
    qtbot.waitUntil(lambda: column(page, "accession") == ["MRB-002"])
    page.filter.setText("nobody of that name")
    qtbot.waitUntil(lambda: page.places.currentWidget() is page.nothing_fits)
    page.nothing_fits.buttons[0].click()
    assert len(page.model.ids) == 3


def test_ordering_keeps_what_was_chosen(page: LibraryPage) -> None:
    page.table.choose_ids([1])
    header = page.table.horizontalHeader()
    page.table._sort_by(NUMBER["title"])
    assert column(page, "interviewees") == ["Alexandra", "Vadim", "Viktor"]
    page.table._sort_by(NUMBER["title"])
    assert column(page, "interviewees") == ["Viktor", "Vadim", "Alexandra"]
    assert header.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder
    assert page.table.chosen_ids() == [1]


def test_a_collection_counts_and_lists_what_is_below_it(page: LibraryPage) -> None:
    item = page.tree.item_of("collection", "Mini Russia")
    assert item is not None
    assert item.text(1) == "2"
    page.tree.setCurrentItem(item)
    assert column(page, "accession") == ["MRB-001", "MRB-002"]


def test_interviews_dropped_on_a_collection_move_there(page: LibraryPage, session: Session) -> None:
    data = page.model.mimeData([page.model.index(2, 0), page.model.index(2, 1)])
    assert bytes(data.data(MIME).data()) == b"3"
    sport = page.tree.item_of("collection", "Sport")
    page.tree.dropped.emit([3], page.tree.shelf_at(sport).id)
    page.refresh_shelves()
    sport = page.tree.item_of("collection", "Sport")
    assert sport is not None
    assert sport.text(1) == "2"


def test_renaming_a_collection_where_it_stands_is_stored(
    page: LibraryPage, session: Session
) -> None:
    item = page.tree.item_of("collection", "Sport")
    assert item is not None
    item.setText(0, "Sports")
    with session.archive.read() as reader:
        assert "Sports" in [one.title for one in reader.collections()]


def test_delete_takes_no_question_and_undo_brings_all_back(
    page: LibraryPage, window: MainWindow
) -> None:
    page.table.choose_ids([1, 3])
    page.table.setFocus()
    window.actions_by_name["library.delete"].trigger()
    page.refresh_list()
    assert list(page.model.ids) == [2]
    window.undo()
    page.refresh_list()
    assert list(page.model.ids) == [1, 2, 3]


def test_status_of_several_is_set_in_one_step(page: LibraryPage, window: MainWindow) -> None:
    page.table.selectAll()
    window.actions_by_name["library.status.released"].trigger()
    page.refresh_list()
    assert set(column(page, "status")) == {"released"}
    window.undo()
    page.refresh_list()
    assert set(column(page, "status")) == {"transcribed"}


def test_enter_opens_the_interview(page: LibraryPage, session: Session, qtbot: Any) -> None:
    session.interview_requested.disconnect()
    page.table.choose_ids([2])
    with qtbot.waitSignal(session.interview_requested) as asked:
        QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert asked.args == [2, None]


def test_a_new_interview_is_chosen_and_its_title_can_be_typed(
    page: LibraryPage, window: MainWindow, qtbot: Any
) -> None:
    window.new_interview()
    assert page.table.chosen_ids() == [4]
    editor = page.inspector.fields["title"].editor
    qtbot.waitUntil(editor.hasFocus)
    QTest.keyClicks(editor, "Interview with Milan")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    with page._session.archive.read() as reader:
        assert reader.interview(4).title == "Interview with Milan"


def test_a_closed_listing_leaves_no_trace_for_the_public(
    page: LibraryPage, window: MainWindow, session: Session
) -> None:
    session.write(access.restrict_layer, 1, Layer.LISTING, shut_out=Audience.PUBLIC)
    window.look_as(Audience.PUBLIC)
    assert list(page.model.ids) == [2, 3]
    assert page.count.text() == "2 interviews"
    assert page.tree.item_of("collection", "Sport") is None
    everything = page.tree.item_of("all", "All interviews")
    assert everything is not None
    assert everything.text(1) == "2"
    assert window.status_line.state.text().startswith("2 interviews")
    window.look_as(Audience.READING_ROOM)
    assert list(page.model.ids) == [1, 2, 3]


def test_the_public_cannot_filter_by_a_protected_name(
    page: LibraryPage, window: MainWindow, session: Session, qtbot: Any
) -> None:
    session.write(interviews.edit_interview, 3, {"title": "Interview with Sergey Orlov"})
    session.query(lambda reader: reader.contributions(3)[0].person.id, done=lambda one:
        session.write(access.protect_name, one, pseudonym="Viktor",
                      real_names=["Sergey Orlov"]))  # fmt: skip
    window.look_as(Audience.PUBLIC)
    assert "Orlov" not in " ".join(column(page, "title"))
    page.filter.setText("Orlov")
    qtbot.waitUntil(lambda: page.model.rowCount() == 0)


def test_another_audience_sees_a_record_it_cannot_edit(
    page: LibraryPage, window: MainWindow
) -> None:
    window.look_as(Audience.PUBLIC)
    page.table.choose_ids([2])
    assert page.inspector.heading.text() == "Interview with Alexandra"
    assert not page.inspector._staff.isVisible()
    assert page.inspector._released.isVisible()


def test_a_hundred_thousand_lines_are_counted_exactly_and_fetched_in_blocks(
    page: LibraryPage, session: Session, qtmodeltester: Any
) -> None:
    model = LibraryModel(session)
    asked: list[int] = []
    model._ask = asked.append  # type: ignore[method-assign]
    model.show_ids(list(range(1, 100_001)))
    assert model.rowCount() == 100_000
    for line in range(400):
        model.row_at(line)
    assert set(asked) == {0, 1}


def test_columns_are_remembered(page: LibraryPage, tmp_path: Path) -> None:
    page.table.setColumnHidden(NUMBER["turns"], False)
    page.table.setColumnHidden(NUMBER["languages"], True)
    page.remember()
    other = LibraryPage(page._session)
    assert not other.table.isColumnHidden(NUMBER["turns"])
    assert other.table.isColumnHidden(NUMBER["languages"])
    other.deleteLater()


def test_an_embargo_date_is_shown_in_words(page: LibraryPage, session: Session) -> None:
    session.write(
        access.restrict_layer, 1, Layer.RECORDING, shut_out=Audience.PUBLIC,
        until=date(2040, 1, 1), opens_by_itself=True,
    )  # fmt: skip
    page.table.choose_ids([1])
    page.inspector.show_interviews([1])
    labels = page.inspector.parts.access.lines[0].findChildren(QLabel)
    texts = [label.text() for label in labels]
    assert "The recording: closed to the public" in texts
    assert "until 1 January 2040, then opens by itself" in texts


def test_status_names_are_words(page: LibraryPage) -> None:
    assert column(page, "status") == ["transcribed"] * 3
    assert Status.TRANSCRIBED.value == "transcribed"


def test_columns_are_as_wide_as_what_they_hold_and_the_title_has_the_rest(
    page: LibraryPage, window: MainWindow, qtbot: Any
) -> None:
    header = page.table.horizontalHeader()
    widths = {name: header.sectionSize(number) for name, number in NUMBER.items()}
    assert widths["title"] == max(widths.values())
    for name in ("marks", "accession", "languages", "duration", "status"):
        words = header.fontMetrics().horizontalAdvance(page.model.headerData(
            NUMBER[name], Qt.Orientation.Horizontal))  # fmt: skip
        assert words < widths[name] < 120
    assert page.inspector.width() <= 300
    header.resizeSection(NUMBER["date"], 200)
    page.refresh_list()
    assert header.sectionSize(NUMBER["date"]) == 200
