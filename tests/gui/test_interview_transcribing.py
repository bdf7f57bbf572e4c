from __future__ import annotations

import pytest
from letters import type_text
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from typing_material import labels, page_on, part_of, stored

from archive_app.domain.records import Span
from archive_app.domain.typed_marks import MARKS, MarkKind
from archive_app.gui.interview_editing import next_speaker
from archive_app.gui.interview_page import InterviewPage
from archive_app.gui.interview_saving import SaveState
from archive_app.gui.interview_transcribing import Transcribing
from archive_app.gui.session import Session

pytest_plugins = ["page_material"]


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> InterviewPage:
    made = page_on(session)
    qtbot.addWidget(made)
    return made


def transcribing(page: InterviewPage) -> Transcribing:
    part = part_of(page, "Transcribing")
    assert isinstance(part, Transcribing)
    return part


def test_speakers_alternate() -> None:
    assert next_speaker(["A", "B"]) == "A"
    assert next_speaker(["A", "B", "B"]) == "A"
    assert next_speaker(["A"]) is None
    assert next_speaker([]) is None
    assert next_speaker(["A", "", "B"]) == "A"


def test_enter_behind_the_words_begins_a_turn_where_the_recording_stands_for_the_other_speaker(
    page: InterviewPage, qtbot: QtBot
) -> None:
    view, before = page.pane.view, stored(page.session)
    last = before[-1]
    assert last.start_ms is not None
    assert last.end_ms is not None
    ms = (last.start_ms + last.end_ms) // 2
    with page.session.archive.write("Clear the end") as writer:
        writer.update("turn", last.id, end_ms=None, timed=())
    page.reload()
    view.place_cursor(last.id, len(last.text))
    page.player.seek(ms)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    ended, new = stored(page.session)[-2:]
    assert (ended.id, ended.end_ms) == (last.id, ms)
    assert (new.text, new.start_ms) == ("", ms)
    assert new.speaker_label != last.speaker_label
    assert view.cursor_turn() == (new.id, 0)


def test_enter_in_the_midst_of_the_words_parts_them_and_leaves_the_speaker(
    page: InterviewPage, qtbot: QtBot
) -> None:
    turn = stored(page.session)[3]
    cut = turn.text.index(" ") + 1
    page.player.seek(1)
    page.pane.view.place_cursor(turn.id, cut)
    qtbot.keyClick(page.pane.view, Qt.Key.Key_Return)
    left, right = stored(page.session)[3:5]
    assert (left.text, right.text) == (turn.text[: cut - 1], turn.text[cut:])
    assert left.speaker_id == right.speaker_id == turn.speaker_id
    assert left.start_ms == turn.start_ms
    assert right.end_ms == turn.end_ms
    assert right.start_ms is not None
    assert turn.start_ms is not None
    assert right.start_ms > turn.start_ms


def test_a_key_gives_the_turn_to_the_next_speaker(page: InterviewPage) -> None:
    turn = stored(page.session)[2]
    page.pane.view.place_cursor(turn.id, 0)
    names = transcribing(page).names()
    now = page.pane.view.document_copy.turn(turn.id).speaker
    page.session.actions["interview.cycle_speaker"].trigger()
    following = names[(names.index(now) + 1) % len(names)]
    assert page.pane.view.document_copy.turn(turn.id).speaker == following
    assert stored(page.session)[2].speaker_label == following


def test_a_speaker_typed_in_short_has_the_turn_and_the_letters_vanish_in_one_operation(
    page: InterviewPage,
) -> None:
    turn = stored(page.session)[2]
    names = transcribing(page).names()
    other = next(name for name in names if name != turn.speaker_label)
    page.pane.view.place_cursor(turn.id, 0)
    type_text(page.pane.view, f"{other}: ")
    now = stored(page.session)[2]
    assert now.text == turn.text
    assert now.speaker_label == other
    assert page.pane.view.document_copy.turn(turn.id).text == turn.text
    assert page.pane.view.cursor_turn() == (turn.id, 0)
    assert labels(page.session) == ["Set speaker"]
    type_text(page.pane.view, "И так: да ")
    assert page.pane.view.document_copy.turn(turn.id).text == "И так: да " + turn.text


def test_the_players_time_goes_to_the_clipboard_and_into_the_text(page: InterviewPage) -> None:
    page.player.seek(83_000)
    page.session.actions["interview.copy_timecode"].trigger()
    assert QApplication.clipboard().text() == "0:01:23"
    turn = stored(page.session)[2]
    page.pane.view.place_cursor(turn.id, 0)
    page.session.actions["interview.insert_timecode"].trigger()
    assert page.pane.view.document_copy.turn(turn.id).text == "[0:01:23] " + turn.text
    page.editor.saver.flush()
    assert stored(page.session)[2].text == "[0:01:23] " + turn.text


def test_marks_are_typed_in_the_transcripts_language_with_the_spaces_they_need(
    page: InterviewPage,
) -> None:
    turn = stored(page.session)[3]
    word = turn.text.split(" ")[0]
    page.pane.view.place_cursor(turn.id, len(word))
    page.session.actions["interview.mark_laughter"].trigger()
    shown = page.pane.view.document_copy.turn(turn.id).text
    assert shown == word + " [смех]" + turn.text[len(word) :]
    page.pane.view.select_span(Span(turn.id, 0, turn.id, len(word)))
    page.player.seek(83_000)
    page.session.actions["interview.mark_unclear"].trigger()
    shown = page.pane.view.document_copy.turn(turn.id).text
    assert shown == "[неразборчиво 0:01:23] [смех]" + turn.text[len(word) :]


def test_the_menu_of_marks_shows_each_as_it_will_stand(page: InterviewPage) -> None:
    menu = QMenu()
    transcribing(page).fill_marks(menu)
    assert len(menu.actions()) == len(MARKS)
    assert "[пауза]" in menu.actions()[list(MARKS).index(MarkKind.PAUSE)].text()


def test_a_turn_is_nudged_by_a_tenth_of_a_second(page: InterviewPage) -> None:
    turn = stored(page.session)[4]
    page.pane.view.place_cursor(turn.id, 0)
    assert turn.start_ms is not None
    page.session.actions["interview.start_later"].trigger()
    assert stored(page.session)[4].start_ms == turn.start_ms + 100
    page.session.actions["interview.start_earlier"].trigger()
    assert stored(page.session)[4].start_ms == turn.start_ms


def test_saved_is_not_shown_while_keys_wait_for_a_turn_to_be_parted(
    threaded_session: Session, qtbot: QtBot
) -> None:
    page = page_on(threaded_session)
    qtbot.addWidget(page)
    qtbot.waitUntil(lambda: page.transcript_id == 1)
    last = stored(threaded_session)[-1]
    page.pane.view.place_cursor(last.id, len(last.text))
    told: list[tuple[SaveState, str]] = []

    def tell(state: SaveState) -> None:
        told.append((state, page.pane.view.document_copy.turns[-1].text))

    page.editor.saver.state_changed.connect(tell)
    qtbot.keyClick(page.pane.view, Qt.Key.Key_Return)
    type_text(page.pane.view, "раз")
    assert page.editor.saver.state is SaveState.SAVING
    qtbot.waitUntil(lambda: page.editor.saver.state is SaveState.SAVED)
    assert [text for state, text in told if state is SaveState.SAVED] == ["раз"]
    assert stored(threaded_session)[-1].text == "раз"


def test_an_undone_key_shows_the_page_without_reading_the_interview_anew(
    page: InterviewPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    turn = stored(page.session)[4]
    view = page.pane.view
    view.place_cursor(turn.id, 2)
    type_text(view, "ж")
    page.editor.saver.flush()

    def read(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr(page, "reload", read)
    qtbot.keyClick(view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert view.document_copy.turn(turn.id).text == turn.text
    assert view.document().findBlockByNumber(4).text() == turn.text
    assert view.cursor_turn() == (turn.id, 2)
    assert page.loaded is not None
    full = page.loaded.transcript(1)
    assert full is not None
    assert full.turns == tuple(stored(page.session))
    qtbot.keyClick(
        view,
        Qt.Key.Key_Z,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    assert view.document_copy.turn(turn.id).text == turn.text[:2] + "ж" + turn.text[2:]
