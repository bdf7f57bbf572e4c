from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from tagging_material import laid, operations, part, put_cursor, taggings, turns

from archive_app.domain.records import Audience, Span
from archive_app.gui.interview_page import InterviewPage
from archive_app.gui.tag_ends import dragged, stepped
from archive_app.gui.tag_handles import Handle, TagHandles
from archive_app.gui.transcript_document import ShownTurn, TranscriptDocument

pytest_plugins = ["tagging_page"]


@pytest.fixture
def page(tagging_page: InterviewPage) -> InterviewPage:
    return tagging_page


LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def handles(page: InterviewPage) -> TagHandles:
    return part(page, TagHandles)


def handle(handles: TagHandles, *, is_end: bool) -> Handle:
    return next(one for one in handles.handles() if one.is_end == is_end)


def point_at(page: InterviewPage, turn: int, offset: int) -> QPoint:
    """Return where a letter stands in the viewport."""
    view = page.pane.view
    cursor = view.textCursor()
    cursor.setPosition(view.position_of(turn, offset))
    return view.cursorRect(cursor).center()


def drag(page: InterviewPage, start: QPoint, *way: QPoint) -> None:
    viewport = page.pane.view.viewport()
    QTest.mousePress(viewport, LEFT, Qt.KeyboardModifier.NoModifier, start)
    for point in way:
        QTest.mouseMove(viewport, point)
    QTest.mouseRelease(viewport, LEFT, Qt.KeyboardModifier.NoModifier, way[-1])


def test_the_tag_at_the_cursor_has_handles_at_both_ends(
    page: InterviewPage, handles: TagHandles
) -> None:
    one = laid(page, "уехали осенью", 1)
    assert handles.handles() == []
    put_cursor(page, "осенью")
    assert handles.tagging_id == one
    assert page.pane.view.chosen_tagging == one
    start, end = handle(handles, is_end=False), handle(handles, is_end=True)
    assert start.x < end.x
    put_cursor(page, "друзей")
    assert handles.handles() == []


def test_dragging_the_end_is_one_operation_at_whole_words(
    page: InterviewPage, handles: TagHandles
) -> None:
    one = laid(page, "уехали", 1)
    put_cursor(page, "уехали")
    before = operations(page)
    knob = handle(handles, is_end=True).knob.toPoint()
    text = turns(page)[0].text
    middle, target = text.index("сенью"), text.index("ждать") + 3
    drag(page, knob, point_at(page, 0, middle), point_at(page, 0, target))
    (tagging,) = taggings(page)
    assert tagging.id == one
    assert tagging.quote == "уехали осенью, потому что ждать"
    assert operations(page) == before + 1


def test_an_end_is_dragged_over_turns_and_the_strip_follows_at_once(
    page: InterviewPage, handles: TagHandles
) -> None:
    one = laid(page, "нечего", 1)
    put_cursor(page, "нечего")
    viewport = page.pane.view.viewport()
    knob = handle(handles, is_end=True).knob.toPoint()
    QTest.mousePress(viewport, LEFT, Qt.KeyboardModifier.NoModifier, knob)
    QTest.mouseMove(viewport, point_at(page, 2, 9))
    (strip,) = page.pane.view.tag_strips.strips()
    assert strip.area.bottom() >= point_at(page, 2, 9).y()
    assert taggings(page)[0].quote == "нечего", "nothing is stored before the button is let go"
    QTest.mouseRelease(viewport, LEFT, Qt.KeyboardModifier.NoModifier, point_at(page, 2, 9))
    (tagging,) = taggings(page)
    assert tagging.id == one
    assert tagging.span.end_turn == turns(page)[2].id
    assert tagging.quote.endswith("Белград? Сначала у")


def test_the_start_cannot_be_dragged_past_the_end(page: InterviewPage, handles: TagHandles) -> None:
    laid(page, "уехали осенью", 1)
    put_cursor(page, "осенью")
    knob = handle(handles, is_end=False).knob.toPoint()
    drag(page, knob, point_at(page, 0, turns(page)[0].text.index("осенью")), point_at(page, 1, 5))
    (tagging,) = taggings(page)
    assert tagging.quote == "осенью"


def test_esc_lets_a_dragged_end_go_back(
    page: InterviewPage, handles: TagHandles, qtbot: QtBot
) -> None:
    laid(page, "уехали", 1)
    put_cursor(page, "уехали")
    before = operations(page)
    viewport = page.pane.view.viewport()
    knob = handle(handles, is_end=True).knob.toPoint()
    QTest.mousePress(viewport, LEFT, Qt.KeyboardModifier.NoModifier, knob)
    QTest.mouseMove(viewport, point_at(page, 1, 9))
    qtbot.keyClick(page.pane.view, Qt.Key.Key_Escape)
    QTest.mouseRelease(viewport, LEFT, Qt.KeyboardModifier.NoModifier, point_at(page, 1, 9))
    assert [one.quote for one in taggings(page)] == ["уехали"]
    assert operations(page) == before


def test_a_click_beside_the_knobs_puts_the_cursor(page: InterviewPage, handles: TagHandles) -> None:
    laid(page, "уехали", 1)
    put_cursor(page, "уехали")
    QTest.mouseClick(
        page.pane.view.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, point_at(page, 0, 30)
    )
    where = page.pane.view.cursor_turn()
    assert where is not None
    assert where[1] == 30


def test_several_steps_by_key_are_one_operation(
    page: InterviewPage, handles: TagHandles, qtbot: QtBot
) -> None:
    laid(page, "уехали", 1)
    put_cursor(page, "уехали")
    before = operations(page)
    for _ in range(3):
        page.session.actions["tags.end_later"].trigger()
    page.session.actions["tags.start_earlier"].trigger()
    assert operations(page) == before
    qtbot.keyRelease(page.pane.view, Qt.Key.Key_Alt)
    assert [one.quote for one in taggings(page)] == ["Мы уехали осенью, потому"]
    assert operations(page) == before + 1


def test_moved_ends_are_stored_by_themselves(page: InterviewPage, qtbot: QtBot) -> None:
    laid(page, "уехали осенью", 1)
    put_cursor(page, "осенью")
    page.session.actions["tags.end_earlier"].trigger()
    qtbot.waitUntil(lambda: [one.quote for one in taggings(page)] == ["уехали"])


def test_moved_ends_are_stored_before_another_interview_is_shown(page: InterviewPage) -> None:
    laid(page, "уехали осенью", 1)
    put_cursor(page, "осенью")
    page.session.actions["tags.end_earlier"].trigger()
    page.open(2)
    assert [one.quote for one in taggings(page)] == ["уехали"]


def test_the_only_word_is_never_lost(page: InterviewPage, qtbot: QtBot) -> None:
    laid(page, "уехали", 1)
    put_cursor(page, "уехали")
    with qtbot.waitSignal(page.session.said):
        page.session.actions["tags.end_earlier"].trigger()
    assert [one.quote for one in taggings(page)] == ["уехали"]


def test_what_was_laid_last_can_be_adjusted_although_the_cursor_is_elsewhere(
    page: InterviewPage, handles: TagHandles, qtbot: QtBot
) -> None:
    put_cursor(page, "друзей")
    span = Span(turns(page)[0].id, 3, turns(page)[0].id, 9)
    page.tagger.lay(1, span)
    page._show_here()
    assert page.session.actions["tags.end_later"].isEnabled()
    page.session.actions["tags.end_later"].trigger()
    qtbot.keyRelease(page.pane.view, Qt.Key.Key_Alt)
    assert [one.quote for one in taggings(page)] == ["уехали осенью"]


def test_other_audiences_have_no_handles(page: InterviewPage, handles: TagHandles) -> None:
    laid(page, "уехали", 1)
    put_cursor(page, "уехали")
    page.session.audience = Audience.PUBLIC
    assert handles.handles() == []


# Where ends come to lie


def document(*texts: str) -> TranscriptDocument:
    return TranscriptDocument([ShownTurn(n, "", None, text) for n, text in enumerate(texts)])


def test_an_end_steps_over_an_empty_turn() -> None:
    texts = document("one two", "", "three four")
    later = stepped(texts, Span(0, 4, 0, 7), is_end=True, is_forward=True)
    assert later == Span(0, 4, 2, 5)
    assert later is not None
    assert stepped(texts, later, is_end=True, is_forward=False) == Span(0, 4, 0, 7)


def test_a_start_steps_into_the_turn_before() -> None:
    texts = document("one two", "three")
    assert stepped(texts, Span(1, 0, 1, 5), is_end=False, is_forward=False) == Span(0, 4, 1, 5)


def test_there_is_nothing_beyond_the_transcript() -> None:
    texts = document("one two")
    assert stepped(texts, Span(0, 0, 0, 7), is_end=True, is_forward=True) is None
    assert stepped(texts, Span(0, 0, 0, 7), is_end=False, is_forward=False) is None


def test_dragging_by_letters_is_possible() -> None:
    texts = document("one two")
    span = Span(0, 0, 0, 3)
    assert dragged(texts, span, (0, 5), is_end=True, by_letter=True) == Span(0, 0, 0, 5)
    assert dragged(texts, span, (0, 6), is_end=True, by_letter=False) == Span(0, 0, 0, 7)


def test_ends_that_were_just_moved_are_stored_before_the_page_goes(
    page: InterviewPage, handles: TagHandles
) -> None:
    laid(page, "уехали осенью", 1)
    put_cursor(page, "осенью")
    before = taggings(page)[0].span
    handles.move(is_end=True, is_forward=True)
    assert page.may_close()
    page.session.audience = Audience.PUBLIC
    assert taggings(page)[0].span.end > before.end
