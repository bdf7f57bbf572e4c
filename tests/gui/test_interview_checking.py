from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot
from typing_material import make_doubtful, page_on, part_of, stored

from archive_app.domain.doubts import FlagKind
from archive_app.domain.records import Audience, Span
from archive_app.gui.flags_again import runs_around
from archive_app.gui.interview_checking import Checking
from archive_app.gui.interview_page import InterviewPage
from archive_app.gui.mend_dialog import MendDialog
from archive_app.gui.session import Session
from archive_app.gui.transcript_document import Mark, MarkKind

pytest_plugins = ["page_material"]


@pytest.fixture
def page(session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> InterviewPage:
    turns = stored(session)
    make_doubtful(session, turns[3], [0.2, 0.9, 0.4])
    make_doubtful(session, turns[5], [0.1])
    made = page_on(session)
    qtbot.addWidget(made)
    monkeypatch.setattr(made.player, "play_from", lambda _ms: None)
    checking(made).look_through()
    return made


def checking(page: InterviewPage) -> Checking:
    part = part_of(page, "Checking")
    assert isinstance(part, Checking)
    return part


def marks(page: InterviewPage, kind: MarkKind) -> Sequence[Mark]:
    return [one for one in page.pane.view.document_copy.marks.values() if one.kind is kind]


def words(page: InterviewPage, span: Span | None) -> str:
    assert span is not None
    return page.pane.view.document_copy.turn(span.start_turn).text[span.start : span.end]


def put(session: Session, number: int, text: str) -> None:
    with session.archive.write("Put") as writer:
        writer.belongs_to(1)
        writer.update("turn", stored(session)[number].id, text=text, timed=())


def test_words_that_the_recogniser_was_not_sure_of_are_shaded_and_counted(
    page: InterviewPage,
) -> None:
    turn = stored(page.session)[3]
    found = [words(page, one.span) for one in marks(page, MarkKind.DOUBT)]
    first, _, third = turn.text.split(" ")[:3]
    assert found[:2] == [first, third]
    strip = checking(page).strip
    assert strip.isVisible()
    assert strip.buttons[FlagKind.DOUBTFUL].text() == "3 doubtful words"
    assert not strip.buttons[FlagKind.LOOP].isVisible()


def test_the_threshold_says_which_words_are_doubtful(page: InterviewPage) -> None:
    checking(page).set_threshold(30)
    assert len(marks(page, MarkKind.DOUBT)) == 2
    checking(page).set_threshold(0)
    assert marks(page, MarkKind.DOUBT) == []
    assert checking(page).strip.threshold.isVisible()
    checking(page).set_threshold(50)


def test_a_key_selects_the_next_doubtful_word_and_plays_it_from_a_little_before(
    page: InterviewPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn = stored(page.session)[3]
    played: list[int] = []
    monkeypatch.setattr(page.player, "play_from", played.append)
    page.pane.view.place_cursor(stored(page.session)[0].id, 0)
    page.session.actions["interview.next_doubt"].trigger()
    assert words(page, page.pane.view.selection_span()) == turn.text.split(" ")[0]
    assert turn.start_ms is not None
    assert played == [turn.start_ms - 500]
    page.session.actions["interview.next_doubt"].trigger()
    assert words(page, page.pane.view.selection_span()) == turn.text.split(" ")[2]
    page.session.actions["interview.previous_doubt"].trigger()
    assert words(page, page.pane.view.selection_span()) == turn.text.split(" ")[0]


def test_the_sound_stops_behind_the_word(
    page: InterviewPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped: list[bool] = []
    monkeypatch.setattr(page.player.sound, "pause", lambda: stopped.append(True))
    page.session.actions["interview.next_doubt"].trigger()
    end_ms = checking(page)._stop_at_ms
    assert end_ms is not None
    page.player.position_ms_changed.emit(end_ms - 50)
    assert stopped == []
    page.player.position_ms_changed.emit(end_ms + 10)
    page.player.position_ms_changed.emit(end_ms + 60)
    assert stopped == [True]


def test_enter_on_a_doubtful_word_says_it_is_right_and_goes_on(
    page: InterviewPage, qtbot: QtBot
) -> None:
    before = stored(page.session)
    page.pane.view.place_cursor(before[0].id, 0)
    page.session.actions["interview.next_doubt"].trigger()
    qtbot.keyClick(page.pane.view, Qt.Key.Key_Return)
    now = stored(page.session)
    assert [turn.text for turn in now] == [turn.text for turn in before]
    assert [word.confidence for word in now[3].timed] == [None, 0.9, 0.4]
    assert words(page, page.pane.view.selection_span()) == before[3].text.split(" ")[2]
    assert checking(page).strip.buttons[FlagKind.DOUBTFUL].text() == "2 doubtful words"
    qtbot.keyClick(page.pane.view, Qt.Key.Key_Return)
    qtbot.keyClick(page.pane.view, Qt.Key.Key_Return)
    assert marks(page, MarkKind.DOUBT) == []
    assert [turn.text for turn in stored(page.session)] == [turn.text for turn in before]


def test_enter_elsewhere_parts_a_turn_as_ever(page: InterviewPage, qtbot: QtBot) -> None:
    before = stored(page.session)
    page.session.actions["interview.next_doubt"].trigger()
    page.pane.view.place_cursor(before[6].id, before[6].text.index(" "))
    qtbot.keyClick(page.pane.view, Qt.Key.Key_Return)
    assert len(stored(page.session)) == len(before) + 1


def test_shading_moves_with_the_words_while_somebody_types(page: InterviewPage) -> None:
    turn = stored(page.session)[3]
    page.pane.view.place_cursor(turn.id, 0)
    page.pane.view.replace_selection("Ну ")
    assert words(page, marks(page, MarkKind.DOUBT)[0].span) == turn.text.split(" ")[0]


def test_what_is_typed_is_looked_at_again_at_rest_and_the_rest_stays_as_it_was(
    page: InterviewPage,
) -> None:
    turn = stored(page.session)[8]
    before = {words(page, one.span) for one in marks(page, MarkKind.DOUBT)}
    page.pane.view.place_cursor(turn.id, 0)
    page.pane.view.replace_selection("инженеp и ")  # with a Latin p
    page.editor.saver.flush()
    page.patching._at_rest()
    checking(page)._look_again()
    assert [words(page, one.span) for one in marks(page, MarkKind.FLAG)] == ["инженеp"]
    assert {words(page, one.span) for one in marks(page, MarkKind.DOUBT)} == before
    page.editor.undo()
    checking(page)._look_again()
    assert marks(page, MarkKind.FLAG) == []
    assert {words(page, one.span) for one in marks(page, MarkKind.DOUBT)} == before


def test_turns_around_those_that_were_changed_are_looked_at_together(page: InterviewPage) -> None:
    turns = stored(page.session)
    runs = runs_around(turns, {turns[1].id, turns[4].id, turns[40].id}, by=2)
    assert runs == [turns[0:7], turns[38:43]]


def test_mixed_letters_are_flagged_and_mended_from_the_menu(page: InterviewPage) -> None:
    put(page.session, 8, "Он был инженеp в Белграде.")  # a Latin p
    page.reload()
    checking(page).look_through()
    flag = marks(page, MarkKind.FLAG)[0]
    assert words(page, flag.span) == "инженеp"
    assert checking(page).strip.mend.isVisible()
    page.pane.view.place_cursor(flag.span.start_turn, flag.span.start + 1)
    menu = page.pane.view.make_menu()
    offered = next(one for one in menu.actions() if one.text() == "Write “инженер”")
    offered.trigger()
    assert stored(page.session)[8].text == "Он был инженер в Белграде."
    del menu


def test_all_is_mended_after_a_look_in_one_operation(page: InterviewPage) -> None:
    put(page.session, 8, "Он был инженеp в Белграде.")
    put(page.session, 9, "Она была тожe там.")
    put(page.session, 10, "Мы пoехали.")
    page.reload()
    checking(page).look_through()
    assert checking(page).strip.mend.text() == "Mend all 3…"
    checking(page).strip.mend.click()
    dialog = page.dialog
    assert isinstance(dialog, MendDialog)
    hits = dialog.hits
    hits.setData(hits.index(1, 0), Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    assert dialog.do_it.text() == "Mend 2 places"
    dialog.do_it.click()
    texts = [turn.text for turn in stored(page.session)[8:11]]
    assert texts == ["Он был инженер в Белграде.", "Она была тожe там.", "Мы поехали."]
    page.editor.undo()
    texts = [turn.text for turn in stored(page.session)[8:11]]
    assert texts == ["Он был инженеp в Белграде.", "Она была тожe там.", "Мы пoехали."]


def test_a_loop_is_flagged_with_its_reason(page: InterviewPage) -> None:
    put(page.session, 8, "Мы пошли " + "туда и обратно, " * 5)
    page.reload()
    checking(page).look_through()
    assert any("5 times" in one.name for one in marks(page, MarkKind.FLAG))
    assert checking(page).strip.buttons[FlagKind.LOOP].isVisible()


def test_where_nothing_is_doubtful_there_is_no_strip(session: Session, qtbot: QtBot) -> None:
    with session.archive.read() as reader:
        english = reader.transcripts(1)[1]
    made = page_on(session)
    qtbot.addWidget(made)
    made.show_transcript(english.id)
    checking(made).look_through()
    assert marks(made, MarkKind.DOUBT) == []
    assert checking(made).strip.isVisible() == bool(marks(made, MarkKind.FLAG))


def test_other_audiences_see_no_doubts(page: InterviewPage) -> None:
    page.session.audience = Audience.READING_ROOM
    assert marks(page, MarkKind.DOUBT) == []
    assert not checking(page).strip.isVisible()
    assert not page.session.actions["interview.next_doubt"].isEnabled()
    menu = QMenu()
    checking(page).fill_menu(menu, None)
    assert menu.actions() == []
