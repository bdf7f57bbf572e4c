"""Dividing an interview into parts on its page."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from archive_app.domain.records import Audience, IndexPoint
from archive_app.gui.contents_form import shown_time
from archive_app.gui.interview_page import InterviewPage
from archive_app.gui.interview_segments import ADD, DELETE, EDIT, Segments
from archive_app.gui.session import Session
from archive_app.work import index_points

pytest_plugins = ["page_material"]


def points(session: Session) -> list[IndexPoint]:
    with session.archive.read() as reader:
        return reader.index_points(1)


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> InterviewPage:
    made = InterviewPage(session)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    made.open(1)
    return made


@pytest.fixture
def part(page: InterviewPage) -> Segments:
    return next(one for one in page.parts if isinstance(one, Segments))


def line(part: Segments, name: str) -> QLineEdit:
    field = part.form.fields[name]
    assert isinstance(field, QLineEdit)
    return field


def give(part: Segments, name: str, text: str) -> None:
    field = line(part, name)
    field.setText(text)
    field.editingFinished.emit()


def test_a_part_begins_where_the_player_stands(page: InterviewPage, part: Segments) -> None:
    page.player.seek(100_000)
    page.session.actions[ADD].trigger()
    assert 100_000 in [one.start_ms for one in points(page.session)]
    assert part.form.isVisible()
    assert line(part, "start").text() == "0:01:40.000"
    give(part, "title", "The border at night")
    assert "The border at night" in [one.title for one in points(page.session)]
    shown = page.contents.list.currentItem().text()
    assert shown == "0:01:40\nThe border at night"


def test_keywords_place_and_coordinates_are_stored_as_they_are_left(
    page: InterviewPage, part: Segments
) -> None:
    page.contents.choose_row(0)
    page.session.actions[EDIT].trigger()
    give(part, "keywords", "train; border")
    give(part, "place", "Subotica")
    give(part, "coordinates", "46.1, 19.66")
    stored = points(page.session)[0]
    assert stored.keywords == ("train", "border")
    with page.session.archive.read() as reader:
        place = next(one for one in reader.places() if one.id == stored.place_id)
    assert (place.latitude, place.longitude) == (46.1, 19.66)


def test_what_is_no_time_is_said_under_the_form_and_stays(
    page: InterviewPage, part: Segments
) -> None:
    page.session.actions[EDIT].trigger()
    before = points(page.session)
    give(part, "start", "one o'clock")
    assert "is not a time" in part.form.told.text()
    assert line(part, "start").text() == "one o'clock"
    assert points(page.session) == before


def test_a_time_that_is_taken_is_refused_and_what_was_typed_stays(
    page: InterviewPage, part: Segments
) -> None:
    page.contents.choose_row(0)
    page.session.actions[EDIT].trigger()
    second = points(page.session)[1]
    give(part, "end", "")
    give(part, "start", shown_time(second.start_ms))
    assert second.title in part.form.told.text()
    assert line(part, "start").text() == shown_time(second.start_ms)


def test_escape_puts_back_what_is_stored_and_then_closes(
    page: InterviewPage, part: Segments, qtbot: QtBot
) -> None:
    page.session.actions[EDIT].trigger()
    title = line(part, "title")
    stored = title.text()
    title.setText("slip")
    qtbot.keyClick(title, Qt.Key.Key_Escape)
    assert title.text() == stored
    qtbot.keyClick(title, Qt.Key.Key_Escape)
    assert part.form.isHidden()


def test_a_deleted_part_comes_back_with_one_undo(page: InterviewPage, part: Segments) -> None:
    before = points(page.session)
    page.contents.choose_row(1)
    page.session.actions[DELETE].trigger()
    assert len(points(page.session)) == len(before) - 1
    page.editor.undo()
    assert points(page.session) == before


def test_the_contents_stay_with_the_player_when_they_change(
    page: InterviewPage, part: Segments
) -> None:
    page.player.seek(points(page.session)[2].start_ms + 10)
    assert page.contents.playing_row == 2
    page.player.seek(points(page.session)[2].start_ms + 5_000)
    page.session.actions[ADD].trigger()
    assert page.contents.playing_row == 3


def test_only_staff_divide_an_interview(page: InterviewPage, part: Segments) -> None:
    page.session.audience = Audience.PUBLIC
    assert not page.session.actions[ADD].isEnabled()
    assert "another audience" in page.session.actions[ADD].toolTip()
    assert not any(button.isVisible() for button in part.buttons)


def test_words_are_offered_from_the_vocabulary_and_the_places(
    page: InterviewPage, part: Segments
) -> None:
    page.session.actions[EDIT].trigger()
    completer = line(part, "keywords").completer()
    line(part, "keywords").setText("train; ")
    completer.setCompletionPrefix("train; depart")
    assert completer.currentCompletion() == "train; departure"


def test_what_is_typed_is_stored_before_the_page_goes(page: InterviewPage, part: Segments) -> None:
    page.session.actions[EDIT].trigger()
    line(part, "title").setText("Typed and not left")
    assert page.may_close()
    assert "Typed and not left" in [one.title for one in points(page.session)]


def test_the_page_does_not_go_while_a_field_holds_what_cannot_be_stored(
    page: InterviewPage, part: Segments
) -> None:
    page.session.actions[EDIT].trigger()
    line(part, "start").setText("one o'clock")
    line(part, "title").setText("Typed and not left")
    assert not page.may_close()
    assert "is not a time" in part.form.told.text()
    page.contents.choose_row(2)
    assert page.contents.row == 0
    assert line(part, "start").text() == "one o'clock"
    assert "Typed and not left" in [one.title for one in points(page.session)]


def test_a_change_elsewhere_does_not_take_away_what_is_typed_behind_another_window(
    page: InterviewPage, part: Segments
) -> None:
    page.session.actions[EDIT].trigger()
    line(part, "title").setText("Half a ti")
    page.pane.view.setFocus()
    line(part, "title").setText("Half a title")
    page.session.write(index_points.set_index_times, 1, points(page.session)[3].id,
                       start_ms=points(page.session)[3].start_ms + 1, end_ms=None)  # fmt: skip
    assert line(part, "title").text() == "Half a title"


def test_a_form_that_was_closed_forgets_what_could_not_be_stored(
    page: InterviewPage, part: Segments, qtbot: QtBot
) -> None:
    page.session.actions[EDIT].trigger()
    line(part, "start").setText("one o'clock")
    qtbot.keyClick(line(part, "title"), Qt.Key.Key_Escape)
    page.session.actions[EDIT].trigger()
    assert line(part, "start").text() == shown_time(points(page.session)[0].start_ms)
