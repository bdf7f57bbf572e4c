"""Another interview, another column, another audience: while keys are still on their way."""

from __future__ import annotations

import pytest
from letters import type_text
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from archive_app.gui.interview_beside import SHOW, Beside
from archive_app.gui.interview_page import InterviewPage
from archive_app.gui.session import Session

pytest_plugins = ["page_material"]


@pytest.fixture
def page(threaded_session: Session, qtbot: QtBot) -> InterviewPage:
    made = InterviewPage(threaded_session)
    qtbot.addWidget(made)
    made.resize(1400, 700)
    made.show()
    made.open(1)
    qtbot.waitUntil(lambda: made.transcript_id == 1)
    made.pane.view.setFocus()
    return made


@pytest.fixture
def beside(page: InterviewPage, qtbot: QtBot) -> Beside:
    part = next(one for one in page.parts if isinstance(one, Beside))
    page.session.actions[SHOW].setChecked(True)
    qtbot.waitUntil(lambda: bool(part.view.document_copy.turns))
    return part


def texts(page: InterviewPage, interview_id: int) -> dict[int, list[str]]:
    with page.session.archive.read() as reader:
        return {
            one.id: [turn.text for turn in reader.turns(one.id)]
            for one in reader.transcripts(interview_id)
        }


def is_still(page: InterviewPage) -> bool:
    editor = page.editor
    return editor.saver.is_clean and not editor.is_waiting and not page.after_keys.is_held


def test_keys_behind_enter_stay_in_the_interview_they_were_typed_for(
    page: InterviewPage, qtbot: QtBot
) -> None:
    view, others = page.pane.view, texts(page, 2)
    first = view.document_copy.turns[0]
    view.place_cursor(first.id, len(first.text))
    qtbot.keyClick(view, Qt.Key.Key_Return)
    type_text(view, "And then?")
    page.open(2)
    qtbot.waitUntil(lambda: page.loaded is not None and page.loaded.interview_id == 2)
    qtbot.waitUntil(lambda: is_still(page))
    assert texts(page, 2) == others
    assert texts(page, 1)[1][:2] == [first.text, "And then?"]


def test_keys_behind_enter_stay_in_the_transcript_they_were_typed_for(
    page: InterviewPage, qtbot: QtBot
) -> None:
    view, other = page.pane.view, texts(page, 1)[2]
    first = view.document_copy.turns[0]
    view.place_cursor(first.id, len(first.text))
    qtbot.keyClick(view, Qt.Key.Key_Return)
    type_text(view, "And then?")
    page.show_transcript(2)
    qtbot.waitUntil(lambda: page.transcript_id == 2)
    qtbot.waitUntil(lambda: is_still(page))
    assert texts(page, 1)[2] == other
    assert texts(page, 1)[1][:2] == [first.text, "And then?"]


def test_the_page_does_not_go_before_keys_that_wait_are_typed(
    page: InterviewPage, qtbot: QtBot
) -> None:
    view = page.pane.view
    first = view.document_copy.turns[0]
    view.place_cursor(first.id, len(first.text))
    qtbot.keyClick(view, Qt.Key.Key_Return)
    type_text(view, "And then?")
    assert not page.may_close()
    qtbot.waitUntil(page.may_close)
    qtbot.waitUntil(lambda: is_still(page))
    assert texts(page, 1)[1][:2] == [first.text, "And then?"]


def test_keys_for_the_second_column_are_typed_before_it_is_folded_away(
    page: InterviewPage, beside: Beside, qtbot: QtBot
) -> None:
    first = beside.view.document_copy.turns[0]
    beside.view.setFocus()
    beside.view.place_cursor(first.id, len(first.text))
    qtbot.keyClick(beside.view, Qt.Key.Key_Return)
    type_text(beside.view, "And then?")
    assert page.pane.saved.text() == "Saving…"
    page.session.actions[SHOW].setChecked(False)
    qtbot.waitUntil(lambda: is_still(page), timeout=3_000)
    assert texts(page, 1)[2][:2] == [first.text, "And then?"]
    assert not beside.view.document_copy.turns


def test_a_column_unfolded_again_shows_what_was_just_typed_in_it(
    page: InterviewPage, beside: Beside, qtbot: QtBot
) -> None:
    first = beside.view.document_copy.turns[0]
    beside.view.setFocus()
    beside.view.place_cursor(first.id, 0)
    type_text(beside.view, "Well, ")
    page.session.actions[SHOW].setChecked(False)
    page.session.actions[SHOW].setChecked(True)
    qtbot.waitUntil(lambda: bool(beside.view.document_copy.turns))
    assert beside.view.document_copy.turn(first.id).text == "Well, " + first.text
    beside.view.place_cursor(first.id, 6 + len(first.text))
    type_text(beside.view, " Yes.")
    qtbot.waitUntil(lambda: is_still(page))
    assert texts(page, 1)[2][0] == f"Well, {first.text} Yes."
