"""What staff had before them is gone from every part of the page when another audience looks."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot
from window_material import filled_archive, window_on

from archive_app.domain.records import Audience, Layer, Span
from archive_app.errors import Environment
from archive_app.gui import interview_page
from archive_app.gui.interview_page import InterviewPage
from archive_app.gui.interview_waveform import InterviewWaveform
from archive_app.gui.main_window import MainWindow
from archive_app.gui.preferences_dialog import PreferencesDialog
from archive_app.gui.session import Session
from archive_app.settings import Settings
from archive_app.work import access, interviews, recording
from archive_app.work.spelling import OwnWords

pytest_plugins = ["page_material"]


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
    return made


def words_of(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def test_why_a_passage_is_closed_is_for_staff(page: InterviewPage) -> None:
    turn = page.pane.view.document_copy.turns[1]
    access.restrict_span(
        page.session.archive, 1, Span(turn.id, 0, turn.id, 5),
        shut_out=Audience.PUBLIC, reason="his brother is in prison",
    )  # fmt: skip
    page.reload()
    page.pane.view.place_cursor(turn.id, 2)
    page._show_here()
    assert "his brother" in words_of(page.inspector)
    page.session.audience = Audience.PUBLIC
    assert "his brother" not in words_of(page.inspector)
    assert not page.inspector.lift.isVisible()


def test_tabs_name_no_interview_that_is_not_listed(page: InterviewPage) -> None:
    session = page.session
    interviews.edit_interview(session.archive, 1, {"title": "Talk with Petar Petrović"})
    access.restrict_layer(session.archive, 1, Layer.LISTING, shut_out=Audience.PUBLIC)
    page.reload()
    with session.archive.read() as reader:
        accession = reader.interview(1).accession
    session.audience = Audience.PUBLIC
    page.open(2)
    shown = [page.tabs.tabText(n) for n in range(page.tabs.count())]
    assert not any("Petar" in one for one in shown), shown
    assert not any(accession in one for one in shown), shown
    session.audience = Audience.STAFF
    shown = [page.tabs.tabText(n) for n in range(page.tabs.count())]
    assert any(accession in one for one in shown), shown


def test_menus_name_no_tags_to_others(page: InterviewPage) -> None:
    actions = page.session.actions
    assert any(actions[f"tags.recent{n}"].isVisible() for n in range(1, 10))
    told = {actions[f"tags.recent{n}"].text() for n in range(1, 10)}
    page.session.audience = Audience.PUBLIC
    recent = [actions[f"tags.recent{n}"] for n in range(1, 10)]
    assert not any(one.isVisible() for one in recent)
    # Nor do the lists of commands and of keys, which show what is hidden too.
    assert not any("Tag:" in one.text() for one in recent)
    page.session.audience = Audience.STAFF
    assert {one.text() for one in recent} == told


def test_the_page_is_empty_until_what_they_may_see_is_read(
    threaded: InterviewPage, qtbot: QtBot
) -> None:
    go_on = threading.Event()
    for _ in range(2):
        threaded.session.tasks.run(go_on.wait, 10, owner=threaded)
    threaded.session.audience = Audience.PUBLIC
    try:
        assert not threaded.pane.view.isVisible() or not threaded.pane.view.toPlainText()
        assert not threaded.contents.list.isVisible() or not threaded.contents.list.count()
        assert not threaded.player.sound.timeline
    finally:
        go_on.set()
    qtbot.waitUntil(lambda: bool(threaded.pane.view.toPlainText()))


def test_what_cannot_be_read_anew_is_not_left_standing(
    page: InterviewPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise Environment("The disk is gone.")

    monkeypatch.setattr(interview_page, "load", fails)
    page.session.audience = Audience.PUBLIC
    assert not page.pane.view.isVisible() or not page.pane.view.toPlainText()


def test_back_at_staff_it_can_be_typed_into_again(page: InterviewPage) -> None:
    page.session.audience = Audience.PUBLIC
    assert page.pane.view.isReadOnly()
    page.session.audience = Audience.STAFF
    assert not page.pane.view.isReadOnly()
    assert page.contents.list.count() == 6


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, own_home: Path) -> Iterator[MainWindow]:
    made = window_on(filled_archive(tmp_path), Settings(tmp_path / "settings"))
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


def test_the_menu_does_not_say_what_staff_did_last(window: MainWindow) -> None:
    assert window.session is not None
    access.restrict_layer(window.session.archive, 1, Layer.LISTING, shut_out=Audience.PUBLIC)
    window._refresh_undo()
    undo = window.actions_by_name["edit.undo"]
    assert undo.text() != "&Undo"
    window.look_as("public")
    assert undo.text() == "&Undo"
    assert not undo.isEnabled()


def test_no_list_of_commands_names_a_tag_to_others(page: InterviewPage) -> None:
    actions = page.session.actions
    with page.session.archive.read() as reader:
        names = {name for tag in reader.tags() for name in tag.names.values()}

    def named() -> set[str]:
        return {one.id for one in actions if any(name in one.action.text() for name in names)}

    before = named()
    page.session.audience = Audience.PUBLIC
    assert not {one for one in named() if one.startswith("tags.")}
    page.session.audience = Audience.STAFF
    assert named() == before


def test_ones_own_words_are_for_staff(window: MainWindow) -> None:
    OwnWords().add("Petrović")
    for audience, shown in (("staff", ["Petrović"]), ("public", [])):
        window.look_as(audience)
        window.show_preferences()
        dialog = window._dialog
        assert isinstance(dialog, PreferencesDialog)
        dialog.show_page("spelling")
        words = dialog.spelling.words
        assert [words.item(row).text() for row in range(words.count())] == shown
        assert words.isVisible() == bool(shown)
        dialog.close()


def test_the_foot_says_nothing_that_was_said_to_staff(window: MainWindow) -> None:
    window.say("Undone: Close passage")
    window.look_as("public")
    assert "Close passage" not in window.status_line.state.text()


def test_a_film_in_its_own_window_is_closed_to_others(page: InterviewPage) -> None:
    part = next(one for one in page.parts if isinstance(one, InterviewWaveform))
    part.video.show()
    part.video.own_window.setChecked(True)
    assert part.video.is_detached
    page.session.audience = Audience.PUBLIC
    assert not part.video.is_detached
    assert not part.video.isVisible()


def test_a_recording_that_was_cut_off_is_heard_no_further(window: MainWindow) -> None:
    session = window.session
    assert session is not None
    live = recording.begin(session.archive, 1, sound=recording.SoundFormat(48_000, 1, 16))
    live.write(b"\0\1" * 48_000)
    live.close()
    window.offer_unfinished()
    strip = window.unfinished_strip
    assert strip.row is not None
    strip.row.listen.click()
    sound = strip._listener._sound
    assert sound is not None
    assert sound.timeline
    window.look_as("public")
    assert not sound.timeline
