"""The spelling of a transcript, with small dictionaries of the tests' own."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from letters import type_text
from pytestqt.qtbot import QtBot

from archive_app.domain.records import Audience, Span
from archive_app.domain.spans import TextEdit
from archive_app.gui.interview_page import InterviewPage
from archive_app.gui.interview_spelling import Spelling
from archive_app.gui.session import Session
from archive_app.gui.spelling_run import BATCH
from archive_app.gui.transcript_document import MarkKind
from archive_app.language.spelling_process import speller
from archive_app.paths import config_folder
from archive_app.settings import SPELLING
from archive_app.work import transcripts
from archive_app.work.spelling import FILE_NAME, OwnWords, known_names

pytest_plugins = ["page_material"]

FOLDER = Path(__file__).resolve().parent.parent / "data" / "dictionaries"


@pytest.fixture(autouse=True)
def dictionaries(monkeypatch: pytest.MonkeyPatch, own_home: Path) -> None:
    monkeypatch.setenv("ORAL_HISTORY_DICTIONARIES", str(FOLDER))


@pytest.fixture(scope="module", autouse=True)
def ended() -> Iterator[None]:
    yield
    speller().close()


def opened(session: Session, qtbot: QtBot) -> InterviewPage:
    page = InterviewPage(session)
    qtbot.addWidget(page)
    page.resize(1200, 700)
    page.show()
    page.open(1)
    qtbot.waitUntil(lambda: page.transcript_id == 1)
    page.pane.view.setFocus()
    qtbot.waitUntil(lambda: part(page).ready is not None and part(page).run.is_over)
    return page


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> InterviewPage:
    return opened(session, qtbot)


def part(page: InterviewPage) -> Spelling:
    return next(one for one in page.parts if isinstance(one, Spelling))


def marked(page: InterviewPage, turn: int | None = None) -> list[str]:
    document = page.pane.view.document_copy
    spans = sorted(
        (mark.span for (kind, _), mark in document.marks.items() if kind is MarkKind.SPELLING),
        key=lambda span: (document.place(span.start_turn), span.start),
    )
    return [
        document.turn(span.start_turn).text[span.start : span.end]
        for span in spans
        if turn is None or span.start_turn == turn
    ]


def write_turn(session: Session, text: str, number: int = 2) -> int:
    """Let a turn of the archive say something else."""
    with session.archive.read() as reader:
        turn = reader.turns(1)[number]
    edit = TextEdit(turn.id, 0, len(turn.text), text)
    transcripts.edit_text(session.archive, 1, [edit])
    return turn.id


def at_rest(page: InterviewPage) -> bool:
    return part(page).run.is_over and not part(page)._rest.isActive()


def test_words_that_nobody_knows_are_marked(session: Session, qtbot: QtBot) -> None:
    turn = write_turn(session, "Мы уехалли из города, и Вадим да [смех] карова.")
    page = opened(session, qtbot)
    assert marked(page, turn) == ["уехалли", "города", "карова"]
    assert len(part(page)._checked) == len(page.pane.view.document_copy.turns)


def test_names_of_the_registers_are_known_in_their_other_cases(session: Session) -> None:
    with session.archive.read() as reader:
        names = [person.public_name for person in reader.people()]
    known = known_names(session.archive)
    first = names[0].split()[0]
    assert first in known
    assert "Абракадабров" not in known
    assert "" not in known


def test_an_edited_turn_is_checked_when_the_keys_rest(
    session: Session, page: InterviewPage, qtbot: QtBot
) -> None:
    turn = page.pane.view.document_copy.turns[3].id
    before = marked(page, turn)
    page.pane.view.place_cursor(turn, 0)
    type_text(page.pane.view, "карова и ")
    assert marked(page, turn) == before
    qtbot.waitUntil(lambda: marked(page, turn) == ["карова", *before])


def test_the_word_being_typed_is_not_marked_before_it_is_left(
    threaded_session: Session, qtbot: QtBot
) -> None:
    page = opened(threaded_session, qtbot)
    turn = page.pane.view.document_copy.turns[3].id
    places = ((0, 4),)
    page.pane.view.place_cursor(turn, 0)
    type_text(page.pane.view, "каро")
    assert part(page)._without_unfinished(turn, places) == []
    page.pane.view.place_cursor(turn, 0)
    assert part(page)._without_unfinished(turn, places) == [(0, 4)]
    qtbot.waitUntil(lambda: page.editor.saver.is_clean)


def test_a_suggestion_takes_the_words_place_and_is_saved_like_typing(
    session: Session, qtbot: QtBot
) -> None:
    turn = write_turn(session, "да карова")
    page = opened(session, qtbot)
    page.pane.view.place_cursor(turn, 5)
    menu = page.pane.view.make_menu()
    texts = [action.text() for action in menu.actions()]
    assert texts[0].endswith("корова")
    menu.actions()[0].trigger()
    assert page.pane.view.document_copy.turn(turn).text == "да корова"
    qtbot.waitUntil(lambda: page.editor.saver.is_clean)
    with session.archive.read() as reader:
        assert reader.turns(1)[2].text == "да корова"
    qtbot.waitUntil(lambda: marked(page, turn) == [])


def test_a_word_that_is_not_there_any_more_is_not_replaced(
    session: Session, page: InterviewPage
) -> None:
    turn = page.pane.view.document_copy.turns[3]
    part(page).menu.replace_word(Span(turn.id, 0, turn.id, 3), "xyz", "abc")
    assert page.pane.view.document_copy.turn(turn.id).text == turn.text


def test_a_word_of_ones_own_is_known_from_then_on_and_kept_for_oneself(
    session: Session, qtbot: QtBot
) -> None:
    turn = write_turn(session, "да карова Карова")
    page = opened(session, qtbot)
    assert marked(page, turn) == ["карова", "Карова"]
    part(page).menu.keep_word("карова")
    qtbot.waitUntil(lambda: marked(page, turn) == [])
    file = config_folder() / FILE_NAME
    assert file.read_text(encoding="utf-8") == "карова\n"
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "karova" in OwnWords()


def test_a_name_of_ones_own_counts_only_with_its_capital(tmp_path: Path) -> None:
    own = OwnWords(tmp_path)
    own.add("Лиман")
    again = OwnWords(tmp_path)
    assert "Лиман" in again
    assert "Liman" in again
    assert "лиман" not in again
    again.remove("Лиман")
    assert OwnWords(tmp_path).words == ()


def test_keys_go_from_one_misspelt_word_to_the_next_and_round(
    session: Session, page: InterviewPage
) -> None:
    view, found = page.pane.view, marked(page)
    view.place_cursor(view.document_copy.turns[0].id, 0)
    seen = []
    for _ in range(len(found) + 1):
        session.actions["interview.next_misspelt"].trigger()
        seen.append(view.textCursor().selectedText())
    assert seen == [*found, found[0]]
    session.actions["interview.previous_misspelt"].trigger()
    assert view.textCursor().selectedText() == found[-1]


def test_it_can_be_switched_off_and_on(session: Session, page: InterviewPage) -> None:
    action = session.actions["interview.spelling"]
    before = marked(page)
    assert before
    assert action.isChecked()
    action.trigger()
    assert marked(page) == []
    assert session.settings.get(SPELLING) is False
    assert not session.actions["interview.next_misspelt"].isEnabled()
    action.trigger()
    assert marked(page) == before


def test_without_a_dictionary_the_action_says_what_to_install(
    session: Session, page: InterviewPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ORAL_HISTORY_DICTIONARIES", "")
    part(page).look_again()
    action = session.actions["interview.spelling"]
    assert not action.isEnabled()
    assert "Russian" in action.toolTip()


def test_another_audience_sees_no_marks(session: Session, page: InterviewPage) -> None:
    assert marked(page)
    session.audience = Audience.PUBLIC
    assert marked(page) == []
    assert not session.actions["interview.spelling"].isEnabled()
    session.audience = Audience.STAFF
    assert marked(page)


def test_what_is_seen_is_checked_before_the_rest_and_in_batches(
    threaded_session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(threaded_session, qtbot)
    asked: list[int] = []
    part(page).run.checked.connect(lambda checked: asked.extend(checked))
    turns = page.pane.view.document_copy.turns
    page.pane.view.place_cursor(turns[-1].id, 0)
    page.pane.view.ensureCursorVisible()
    in_sight = [turns[one.place].id for one in page.pane.view.visible_turns()]
    part(page).check_all_again()
    qtbot.waitUntil(lambda: part(page).run.is_over)
    assert asked[: len(in_sight)] == in_sight
    assert sorted(asked) == sorted(turn.id for turn in turns)
    assert len(in_sight) <= BATCH


def test_words_kept_by_two_starts_of_the_program_are_all_kept(tmp_path: Path) -> None:
    one, other = OwnWords(tmp_path), OwnWords(tmp_path)
    one.add("karova")
    other.add("zemunski")
    assert OwnWords(tmp_path).words == ("karova", "zemunski")
    other.remove("karova")
    one.add("dorćolski")
    assert OwnWords(tmp_path).words == ("dorćolski", "zemunski")
