from __future__ import annotations

import pytest
from letters import type_text
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from archive_app.domain.records import Audience, Span, Turn
from archive_app.errors import Environment
from archive_app.gui.interview_page import InterviewPage
from archive_app.gui.interview_saving import SaveState
from archive_app.gui.orphan_tray import OrphanTray
from archive_app.gui.session import Place, Session
from archive_app.gui.tag_palette import Chosen, TagPalette
from archive_app.work import interviews, tagging, vocabulary

pytest_plugins = ["page_material"]


def turns(session: Session, transcript_id: int = 1) -> list[Turn]:
    with session.archive.read() as reader:
        return reader.turns(transcript_id)


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> InterviewPage:
    made = InterviewPage(session)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    made.open(1)
    made.pane.view.setFocus()
    return made


@pytest.fixture
def threaded(threaded_session: Session, qtbot: QtBot) -> InterviewPage:
    made = InterviewPage(threaded_session)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    made.open(1)
    qtbot.waitUntil(lambda: made.transcript_id == 1)
    made.pane.view.setFocus()
    return made


def settled(page: InterviewPage) -> bool:
    return page.editor.saver.is_clean and not page.editor.keys.is_holding


def place(page: InterviewPage, turn: int, offset: int) -> None:
    page.pane.view.place_cursor(turn, offset)


def test_an_interview_shows_its_transcripts_contents_and_record(page: InterviewPage) -> None:
    titles = [page.pane.bar.tabText(index) for index in range(page.pane.bar.count())]
    assert titles == ["Russian · verbatim", "English · translation"]
    assert page.contents.list.count() == 6
    assert page.player.sound.timeline.duration_ms > 300_000
    assert page.tabs.tabText(0).startswith("MRB-001")


def test_typed_words_are_saved_as_one_operation_and_said_to_be_saved_only_then(
    threaded: InterviewPage, qtbot: QtBot
) -> None:
    page, session = threaded, threaded.session
    turn = turns(session)[3]
    place(page, turn.id, 0)
    with session.archive.read() as reader:
        before = reader.operations(1)[0].id
    type_text(page.pane.view, "Да так ")
    assert page.editor.saver.state is SaveState.SAVING
    assert page.pane.saved.text() == "Saving…"
    qtbot.waitUntil(lambda: page.editor.saver.state is SaveState.SAVED)
    assert turns(session)[3].text == "Да так " + turn.text
    with session.archive.read() as reader:
        assert [one.label for one in reader.operations(5) if one.id > before] == ["Edit text"]
    qtbot.waitUntil(lambda: settled(page))


def test_what_was_typed_is_saved_when_the_page_is_left(page: InterviewPage, qtbot: QtBot) -> None:
    turn = turns(page.session)[0]
    place(page, turn.id, 0)
    type_text(page.pane.view, "x")
    page.open(2)
    assert turns(page.session)[0].text == "x" + turn.text
    page.open(1)
    place(page, turn.id, 0)
    type_text(page.pane.view, "y")
    assert page.may_close()
    assert turns(page.session)[0].text == "yx" + turn.text


def test_enter_parts_a_turn_and_backspace_joins_it_again(
    threaded: InterviewPage, qtbot: QtBot
) -> None:
    page, session = threaded, threaded.session
    before = turns(session)
    turn = before[3]
    cut = turn.text.index(" ") + 1
    place(page, turn.id, cut)
    qtbot.keyClick(page.pane.view, Qt.Key.Key_Return)
    type_text(page.pane.view, "Ну ")
    qtbot.waitUntil(lambda: len(turns(session)) == len(before) + 1)
    qtbot.waitUntil(lambda: settled(page))
    now = turns(session)
    assert now[3].text == turn.text[: cut - 1]
    assert now[4].text == "Ну " + turn.text[cut:]
    assert page.pane.view.cursor_turn() == (now[4].id, 3)
    place(page, now[4].id, 0)
    qtbot.keyClick(page.pane.view, Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: len(turns(session)) == len(before))
    qtbot.waitUntil(lambda: settled(page))
    assert turns(session)[3].text == turn.text[: cut - 1] + " Ну " + turn.text[cut:]


def test_keys_typed_while_a_turn_is_parted_land_in_the_new_turn(
    threaded: InterviewPage, qtbot: QtBot
) -> None:
    page, session = threaded, threaded.session
    last = turns(session)[-1]
    place(page, last.id, len(last.text))
    for word in ("раз", "два", "три"):
        qtbot.keyClick(page.pane.view, Qt.Key.Key_Return)
        type_text(page.pane.view, word)
    qtbot.waitUntil(lambda: settled(page) and len(turns(session)) == 69)
    qtbot.waitUntil(lambda: turns(session)[-1].text == "три")
    assert [turn.text for turn in turns(session)[-4:]] == [last.text, "раз", "два", "три"]


def test_undo_takes_back_what_was_just_typed_even_before_it_was_saved(
    threaded: InterviewPage, qtbot: QtBot
) -> None:
    page, session = threaded, threaded.session
    turn = turns(session)[2]
    place(page, turn.id, 0)
    type_text(page.pane.view, "лишнее ")
    qtbot.keyClick(page.pane.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    shown = page.pane.view.document_copy
    qtbot.waitUntil(
        lambda: settled(page) and page.pane.view.document_copy.turn(turn.id).text == turn.text
    )
    del shown
    assert turns(session)[2].text == turn.text
    assert page.pane.view.document().findBlockByNumber(2).text() == turn.text


def test_words_that_cannot_be_saved_stay_on_the_page_and_are_tried_again(
    page: InterviewPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from archive_app.work import transcripts

    turn = turns(page.session)[0]
    real = transcripts.edit_text

    def full_disk(*_: object) -> None:
        raise Environment("The disk is full.")

    errors: list[object] = []
    page.session.error.connect(errors.append)
    monkeypatch.setattr(transcripts, "edit_text", full_disk)
    place(page, turn.id, 0)
    type_text(page.pane.view, "а")
    page.editor.saver.flush()
    assert page.editor.saver.state is SaveState.FAILED
    assert len(errors) == 1
    assert page.pane.saved.text() == "Not saved"
    assert not page.pane.again.isHidden()
    assert not page.may_close()
    monkeypatch.setattr(transcripts, "edit_text", real)
    qtbot.mouseClick(page.pane.again, Qt.MouseButton.LeftButton)
    assert page.editor.saver.state is SaveState.SAVED
    assert turns(page.session)[0].text == "а" + turn.text


def test_ctrl_t_lays_a_tag_named_in_any_script_on_the_selection(
    page: InterviewPage, qtbot: QtBot
) -> None:
    turn = turns(page.session)[5]
    page.pane.view.select_span(Span(turn.id, 0, turn.id, 4))
    page.session.actions["tags.lay"].trigger()
    palette = page.tagger.palette
    assert palette is not None
    type_text(palette.field, "odlazak")
    assert palette.list.item(0).data(Qt.ItemDataRole.UserRole).name == "departure"
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    with page.session.archive.read() as reader:
        found = [one for one in reader.taggings(1) if one.span == Span(turn.id, 0, turn.id, 4)]
        assert [reader.tag(one.tag_id).name() for one in found] == ["departure"]
    assert [one.id for one in page.editor.taggings_here()][:1]


def test_without_a_selection_the_whole_turn_is_tagged_by_a_recent_tags_number(
    page: InterviewPage,
) -> None:
    turn = turns(page.session)[7]
    place(page, turn.id, 1)
    page.session.actions["tags.recent1"].trigger()
    with page.session.archive.read() as reader:
        spans = [one.span for one in reader.taggings_with(page.tagger.recent.tag(1) or 0)]
    assert Span(turn.id, 0, turn.id, len(turn.text)) in spans


def test_a_new_name_makes_a_new_tag(page: InterviewPage, qtbot: QtBot) -> None:
    place(page, turns(page.session)[0].id, 0)
    page.session.actions["tags.lay"].trigger()
    palette = page.tagger.palette
    assert palette is not None
    type_text(palette.field, "work/night shift")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    with page.session.archive.read() as reader:
        tag = vocabulary.find_tag(reader, "work/night shift")
        assert tag is not None
        assert len(reader.taggings_with(tag.id)) == 1


def test_the_palette_finds_tags_by_any_language_and_offers_new_ones(
    session: Session, qtbot: QtBot
) -> None:
    with session.archive.read() as reader:
        tree = vocabulary.tag_tree(reader)
    palette = TagPalette(tree)
    qtbot.addWidget(palette)
    palette.show()
    with qtbot.waitSignal(palette.chosen) as chosen:
        type_text(palette.field, "ничего такого")
        qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert chosen.args == [Chosen(None, "ничего такого")]


def test_the_inspector_shows_changes_and_removes_the_tag_at_the_cursor(
    page: InterviewPage, qtbot: QtBot
) -> None:
    with page.session.archive.read() as reader:
        one = reader.taggings(1)[0]
    place(page, one.span.start_turn, one.span.start + 1)
    page._show_here()
    assert page.inspector.current_tagging() is not None
    here = page.inspector.here
    here.memo.setFocus()
    type_text(here.memo, "ask again")
    qtbot.keyClick(here.memo, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    with page.session.archive.read() as reader:
        assert "ask again" in {tagging.memo for tagging in reader.taggings(1)}
    count = here.list.count()
    chosen = page.inspector.current_tagging()
    qtbot.mouseClick(here.remove, Qt.MouseButton.LeftButton)
    page._show_here()
    assert here.list.count() == count - 1
    with page.session.archive.read() as reader:
        assert chosen is not None
        assert chosen.id not in {tagging.id for tagging in reader.taggings(1)}


def test_a_tag_that_lost_its_words_is_put_back_when_they_return(
    page: InterviewPage, qtbot: QtBot
) -> None:
    with page.session.archive.read() as reader:
        one = next(t for t in reader.taggings(1) if t.span.start_turn == t.span.end_turn)
    view = page.pane.view
    view.select_span(Span(one.span.start_turn, 0, one.span.start_turn, one.span.end))
    words = view.textCursor().selectedText()
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    page.editor.saver.flush()
    page.reload()
    tray = page.findChildren(OrphanTray)[0]
    assert tray.isVisible()
    assert one.id not in tray.fitting()
    place(page, one.span.start_turn, 0)
    view.replace_selection(words)
    page.editor.saver.flush()
    page.reload()
    assert one.id in tray.fitting()
    tray.all.click()
    assert not tagging.orphans(page.session.archive, 1)


def test_another_audience_reads_released_words_and_cannot_edit(
    page: InterviewPage, qtbot: QtBot
) -> None:
    page.open(3)
    page.session.audience = Audience.READING_ROOM
    view = page.pane.view
    assert view.isReadOnly()
    assert "Сергей" not in view.toPlainText()
    assert not page.player.sound.timeline
    assert not page.session.actions["tags.lay"].isEnabled()
    assert page.session.actions["tags.lay"].toolTip() == page.session.why_not
    page.session.audience = Audience.STAFF
    assert not view.isReadOnly()
    assert "Сергей" in view.toPlainText()


def test_a_place_from_a_search_is_shown_selected(page: InterviewPage) -> None:
    turn = turns(page.session, 7)[4]
    page.open(4, Place(7, turn.id, 2, 6))
    assert page.transcript_id == 7
    assert page.pane.view.selection_span() == Span(turn.id, 2, turn.id, 6)


def test_a_click_in_the_contents_goes_there(page: InterviewPage, qtbot: QtBot) -> None:
    item = page.contents.list.item(3)
    area = page.contents.list.visualItemRect(item)
    qtbot.mouseClick(page.contents.list.viewport(), Qt.MouseButton.LeftButton, pos=area.center())
    assert page.player.position_ms == item.data(Qt.ItemDataRole.UserRole)
    assert page.pane.view.playing_turn is not None


def test_a_turns_time_is_set_from_the_player(page: InterviewPage) -> None:
    turn = turns(page.session)[4]
    place(page, turn.id, 0)
    assert turn.start_ms is not None
    ms = turn.start_ms - 345
    page.player.seek(ms)
    page.session.actions["interview.turn_start"].trigger()
    assert turns(page.session)[4].start_ms == ms


def test_an_interview_without_a_transcript_offers_to_begin_one(
    page: InterviewPage, qtbot: QtBot
) -> None:
    made = interviews.create_interview(page.session.archive, title="New").value
    page.open(made)
    qtbot.mouseClick(page.pane._begin.begin, Qt.MouseButton.LeftButton)
    assert page.transcript_id
    type_text(page.pane.view, "Добрый день")
    page.editor.saver.flush()
    assert turns(page.session, page.transcript_id)[0].text == "Добрый день"


def test_next_passage_with_the_same_tag(page: InterviewPage) -> None:
    with page.session.archive.read() as reader:
        one = reader.taggings(1)[0]
        places = {turn.id: n for n, turn in enumerate(reader.turns(1))}
        same = sorted((places[t.span.start_turn], t.span.start) for t in
                      reader.taggings_with(one.tag_id) if t.transcript_id == 1)  # fmt: skip
    place(page, one.span.start_turn, one.span.start)
    page._show_here()
    page.inspector.here.list.setCurrentRow(
        [t.id for t in page.editor.taggings_here()].index(one.id)
    )
    page.session.actions["tags.next"].trigger()
    span = page.pane.view.selection_span()
    assert span is not None
    assert (places[span.start_turn], span.start) == same[1 % len(same)]


def test_several_interviews_stay_open_and_keep_their_place(page: InterviewPage) -> None:
    turn = turns(page.session)[20]
    place(page, turn.id, 5)
    page.open(2)
    assert page.open_interviews() == [2, 1]
    page.open(1)
    assert page.pane.view.cursor_turn() == (turn.id, 5)
    page.close_current()
    assert page.open_interviews() == [2]


def test_everything_on_the_page_has_an_accessible_name(page: InterviewPage) -> None:
    from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QListWidget

    for kind in (QAbstractButton, QComboBox, QLineEdit, QListWidget):
        for widget in page.findChildren(kind):
            if widget.isVisibleTo(page) and widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
                has_text = isinstance(widget, QAbstractButton) and widget.text()
                name = widget.accessibleName() or widget.toolTip()
                assert has_text or name, widget.metaObject().className()


def test_a_word_selected_with_the_keyboard_is_the_passage_meant(page: InterviewPage) -> None:
    turn = turns(page.session)[1]
    place(page, turn.id, 0)
    cursor = page.pane.view.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor, 3)
    page.pane.view.setTextCursor(cursor)
    assert page.editor.span_meant() == Span(turn.id, 0, turn.id, 3)
