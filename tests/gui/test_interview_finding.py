from __future__ import annotations

import pytest
from letters import type_text
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.qtbot import QtBot
from typing_material import labels, page_on, part_of, stored

from archive_app.domain.records import Audience, Span
from archive_app.gui.find_bar import FindBar
from archive_app.gui.interview_finding import Finding
from archive_app.gui.interview_page import InterviewPage
from archive_app.gui.session import Session
from archive_app.gui.transcript_document import MarkKind
from archive_app.work import tagging

pytest_plugins = ["page_material"]
CHECKED = Qt.ItemDataRole.CheckStateRole


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> InterviewPage:
    made = page_on(session)
    qtbot.addWidget(made)
    return made


def finding(page: InterviewPage) -> Finding:
    part = part_of(page, "Finding")
    assert isinstance(part, Finding)
    return part


def sought(page: InterviewPage, text: str, replacement: str | None = None) -> FindBar:
    """Open the line and look for a text, with nothing selected."""
    name = "interview.find" if replacement is None else "interview.replace"
    page.session.actions[name].trigger()
    bar = finding(page).bar
    assert bar is not None
    bar.text.setText(text)
    if replacement is not None:
        bar.replacement.setText(replacement)
    finding(page).search()
    return bar


def places(session: Session, text: str) -> int:
    return sum(turn.text.casefold().count(text) for turn in stored(session))


def matches(page: InterviewPage) -> int:
    return sum(key[0] is MarkKind.MATCH for key in page.pane.view.document_copy.marks)


def test_every_place_is_counted_and_marked_and_enter_goes_from_one_to_the_next(
    page: InterviewPage, qtbot: QtBot
) -> None:
    count = places(page.session, "то")
    assert count > 3
    bar = sought(page, "то")
    assert matches(page) == count
    assert bar.count.text() == f"1 of {count}"
    seen: list[Span | None] = []
    for number in (1, 2, 3):
        qtbot.keyClick(bar.text, Qt.Key.Key_Return)
        assert bar.count.text() == f"{number} of {count}"
        seen.append(page.pane.view.selection_span())
    assert len(set(seen)) == 3
    qtbot.keyClick(bar.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert bar.count.text() == f"2 of {count}"
    assert page.pane.view.selection_span() == seen[1]


def test_from_the_first_place_back_is_the_last(page: InterviewPage) -> None:
    count = places(page.session, "то")
    bar = sought(page, "то")
    page.session.actions["interview.find_next"].trigger()
    page.session.actions["interview.find_previous"].trigger()
    assert bar.count.text() == f"{count} of {count}"


def test_case_and_whole_words_are_told_apart_where_asked(page: InterviewPage) -> None:
    bar = sought(page, "НА")
    both = matches(page)
    bar.whole_words.setChecked(True)
    finding(page).search()
    words = matches(page)
    bar.match_case.setChecked(True)
    finding(page).search()
    assert both > words > matches(page)


def test_the_selected_word_is_what_is_looked_for(page: InterviewPage) -> None:
    turn = stored(page.session)[3]
    page.pane.view.select_span(Span(turn.id, 0, turn.id, 4))
    page.session.actions["interview.find"].trigger()
    bar = finding(page).bar
    assert bar is not None
    assert bar.text.text() == turn.text[:4]


def test_escape_closes_the_line_and_takes_the_marks_away(page: InterviewPage, qtbot: QtBot) -> None:
    bar = sought(page, "то")
    qtbot.keyClick(bar.text, Qt.Key.Key_Escape)
    assert not finding(page).is_open
    assert matches(page) == 0


def test_nothing_found_is_said(page: InterviewPage) -> None:
    bar = sought(page, "zzzzqqq")
    assert bar.count.text() == "Nothing found"
    assert not bar.next.isEnabled()


def test_one_place_is_replaced_and_the_next_is_shown(page: InterviewPage) -> None:
    count = places(page.session, "то")
    bar = sought(page, "то", "ТАК")
    bar.replace.click()
    bar.replace.click()
    assert sum(turn.text.count("ТАК") for turn in stored(page.session)) == 1
    finding(page).search()
    assert matches(page) == count - 1


def test_replace_all_lists_every_place_and_replaces_the_ticked_ones_in_one_operation(
    page: InterviewPage, qtbot: QtBot
) -> None:
    before = stored(page.session)
    count = places(page.session, "то")
    bar = sought(page, "то", "ТАК")
    bar.replace_all.click()
    assert bar.preview.isVisible()
    assert bar.hits.rowCount() == count
    assert "⟦ТАК⟧" in bar.hits.data(bar.hits.index(0, 1))
    bar.table.selectRow(1)
    qtbot.keyClick(bar.table, Qt.Key.Key_Space)
    assert bar.hits.data(bar.hits.index(1, 0), CHECKED) == Qt.CheckState.Unchecked
    assert bar.do_it.text() == f"Replace {count - 1} places"
    bar.do_it.click()
    now = stored(page.session)
    assert sum(turn.text.count("ТАК") for turn in now) == count - 1
    assert not bar.preview.isVisible()
    shown = page.pane.view.document_copy.turns
    assert [turn.text for turn in shown] == [turn.text for turn in now]
    page.editor.undo()
    assert [turn.text for turn in stored(page.session)] == [turn.text for turn in before]
    assert [turn.text for turn in shown] != [turn.text for turn in now] or count == 1


def test_tags_stay_on_their_words_when_all_places_are_replaced(page: InterviewPage) -> None:
    with page.session.archive.read() as reader:
        before = {one.id: one.quote for one in reader.taggings(1)}
    bar = sought(page, "то", "ТАК")
    bar.replace_all.click()
    bar.do_it.click()
    with page.session.archive.read() as reader:
        now = {one.id: one.quote for one in reader.taggings(1) if not one.is_orphan}
        texts = {turn.id: turn.text for turn in reader.turns(1)}
        for one in reader.taggings(1):
            if one.span.start_turn == one.span.end_turn and not one.is_orphan:
                assert texts[one.span.start_turn][one.span.start : one.span.end] == one.quote
    assert now.keys() == before.keys()
    assert tagging.orphans(page.session.archive, 1) == ()


def test_what_is_typed_meanwhile_is_in_the_list(page: InterviewPage) -> None:
    bar = sought(page, "щщщ", "ы")
    turn = stored(page.session)[3]
    page.pane.view.place_cursor(turn.id, 0)
    type_text(page.pane.view, "щщщ ")
    bar.preview_asked.emit()
    assert bar.hits.rowCount(QModelIndex()) == 1
    bar.do_it.click()
    assert stored(page.session)[3].text == "ы " + turn.text
    assert labels(page.session) != ["Edit text"]


def test_other_audiences_may_find_but_not_replace(page: InterviewPage) -> None:
    page.session.audience = Audience.READING_ROOM
    assert page.session.actions["interview.find"].isEnabled()
    assert not page.session.actions["interview.replace"].isEnabled()
