"""Two transcripts side by side on the interview's page."""

from __future__ import annotations

import pytest
from letters import type_text
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from archive_app.domain.records import Audience, Turn
from archive_app.gui.interview_beside import BEGIN, OTHER, SHOW, Beside
from archive_app.gui.interview_page import InterviewPage
from archive_app.gui.session import Session
from archive_app.gui.transcript_document import MarkKind
from archive_app.gui.transcript_view import TranscriptView

pytest_plugins = ["page_material"]


def turns(session: Session, transcript_id: int) -> list[Turn]:
    with session.archive.read() as reader:
        return reader.turns(transcript_id)


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> InterviewPage:
    made = InterviewPage(session)
    qtbot.addWidget(made)
    made.resize(1400, 700)
    made.show()
    made.open(1)
    return made


@pytest.fixture
def beside(page: InterviewPage) -> Beside:
    return next(one for one in page.parts if isinstance(one, Beside))


def show(page: InterviewPage) -> None:
    page.session.actions[SHOW].setChecked(True)


def tops(view: TranscriptView) -> dict[int, int]:
    """Where each visible turn begins, in pixels of the viewport."""
    return {
        view.document_copy.turns[turn.place].id: round(turn.area.top())
        for turn in view.visible_turns()
    }


def assert_in_step(page: InterviewPage, beside: Beside) -> None:
    left, right = tops(page.pane.view), tops(beside.view)
    pairs = [
        (left[turn], right[row.translation[0]])
        for turn, row in beside._beside.items()
        if turn in left and row.translation and row.translation[0] in right
        and row.original[0] == turn
    ]  # fmt: skip
    seen = [pair for pair in pairs if 0 <= pair[0] < page.pane.view.viewport().height()]
    assert seen
    assert all(abs(one - other) <= 2 for one, other in seen), seen


def test_a_translation_stands_beside_row_by_row(page: InterviewPage, beside: Beside) -> None:
    show(page)
    assert beside.view.isVisible()
    assert len(beside.view.document_copy.turns) == len(turns(page.session, 2))
    assert_in_step(page, beside)


def test_both_scroll_together_whichever_is_scrolled(page: InterviewPage, beside: Beside) -> None:
    show(page)
    for view in (page.pane.view, beside.view):
        bar = view.verticalScrollBar()
        for value in (400, 900, 1300, 700, 100):
            bar.setValue(value)
            assert_in_step(page, beside)


def test_what_is_typed_beside_is_stored_and_stays_in_step(
    page: InterviewPage, beside: Beside, qtbot: QtBot
) -> None:
    show(page)
    first = turns(page.session, 2)[0]
    beside.view.setFocus()
    beside.view.place_cursor(first.id, 0)
    type_text(beside.view, "Well, " * 40)
    assert page.pane.saved.text() == "Saving…"
    page.editor.saver.flush()
    assert turns(page.session, 2)[0].text.startswith("Well, Well, ")
    assert page.pane.saved.text() == "Saved"
    qtbot.waitUntil(lambda: not beside.rows._soon.isActive())
    assert_in_step(page, beside)


def test_enter_parts_a_turn_of_the_translation(
    page: InterviewPage, beside: Beside, qtbot: QtBot
) -> None:
    show(page)
    before = turns(page.session, 2)
    beside.view.setFocus()
    beside.view.place_cursor(before[1].id, 5)
    qtbot.keyClick(beside.view, Qt.Key.Key_Return)
    assert len(turns(page.session, 2)) == len(before) + 1
    assert len(turns(page.session, 1)) == len(page.pane.view.document_copy.turns)
    where = beside.view.cursor_turn()
    assert where == (turns(page.session, 2)[2].id, 0)
    beside.view.undo_requested.emit()
    assert turns(page.session, 2) == before
    assert len(beside.view.document_copy.turns) == len(before)


def test_a_translation_begins_with_a_turn_for_each_turn(
    page: InterviewPage, beside: Beside
) -> None:
    beside.begin_translation("sr-Latn")
    assert beside.view.isVisible()
    assert beside.choice.currentText() == "Serbian, Latin · translation"
    assert len(beside.view.document_copy.turns) == len(page.pane.view.document_copy.turns)
    assert not beside.view.isReadOnly()
    assert_in_step(page, beside)


def test_the_cursor_goes_across_and_back(page: InterviewPage, beside: Beside) -> None:
    show(page)
    page.pane.view.setFocus()
    page.pane.view.place_cursor(turns(page.session, 1)[3].id, 2)
    page.session.actions[OTHER].trigger()
    assert beside.view.hasFocus()
    where = beside.view.cursor_turn()
    assert where is not None
    assert where[0] == turns(page.session, 2)[3].id
    page.session.actions[OTHER].trigger()
    assert page.pane.view.hasFocus()


def test_closing_the_column_takes_the_room_away_again(
    page: InterviewPage, beside: Beside, qtbot: QtBot
) -> None:
    before = tops(page.pane.view)
    show(page)
    page.session.actions[SHOW].setChecked(False)
    assert not beside.view.isVisible()
    view = page.pane.view
    assert all(view.room_below(place) == 0 for place in range(len(view.document_copy.turns)))
    qtbot.waitUntil(lambda: tops(page.pane.view).keys() == before.keys())


def test_a_serbian_transcript_is_shown_in_its_other_script_with_its_tags(
    page: InterviewPage, beside: Beside
) -> None:
    serbian = _serbian(page)
    page.open(serbian)
    show(page)
    index = beside.choice.findText("The same in", Qt.MatchFlag.MatchStartsWith)
    assert index >= 0
    beside.choice.setCurrentIndex(index)
    beside.choice.activated.emit(index)
    assert beside.view.isReadOnly()
    main, other = page.pane.view.document_copy, beside.view.document_copy
    assert [turn.id for turn in other.turns] == [turn.id for turn in main.turns]
    assert other.turns[1].text != main.turns[1].text
    kept = {key for key in main.marks if key[0] is MarkKind.TAG}
    assert kept
    assert kept == {key for key in other.marks if key[0] is MarkKind.TAG}
    assert_in_step(page, beside)


def test_another_audience_compares_what_it_may_read(page: InterviewPage, beside: Beside) -> None:
    show(page)
    page.session.audience = Audience.PUBLIC
    assert beside.view.isReadOnly()
    text = " ".join(turn.text for turn in beside.view.document_copy.turns)
    released = page.loaded.released_transcript(2) if page.loaded else None
    assert released is not None
    assert text == " ".join(turn.text for turn in released.turns)
    assert not page.session.actions[BEGIN].isEnabled()


def _serbian(page: InterviewPage) -> int:
    with page.session.archive.read() as reader:
        for interview_id in range(1, 5):
            for transcript in reader.transcripts(interview_id):
                if transcript.language.startswith("sr"):
                    return interview_id
    pytest.fail("the sample has no Serbian transcript")
