"""The waveform on the interview's page: what it follows, and what nobody may see."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from archive_app.domain.progress import Progress
from archive_app.domain.records import Audience, Layer, Recording
from archive_app.errors import BadInput, Environment
from archive_app.gui.interview_page import InterviewPage
from archive_app.gui.interview_waveform import InterviewWaveform
from archive_app.gui.session import Session
from archive_app.gui.waveform_loading import WaveformLoader
from archive_app.store.archive import Archive
from archive_app.work import access, library, waveforms

pytest_plugins = ["page_material"]


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> InterviewPage:
    made = InterviewPage(session)
    qtbot.addWidget(made)
    made.resize(1_200, 700)
    made.show()
    made.open(1)
    return made


def part_of(page: InterviewPage) -> InterviewWaveform:
    return next(one for one in page.parts if isinstance(one, InterviewWaveform))


def recordings(session: Session, interview_id: int = 1) -> list[Recording]:
    with session.archive.read() as reader:
        return list(reader.recordings_of([interview_id]))


def test_the_page_shows_sound_turns_and_parts(page: InterviewPage) -> None:
    scene = part_of(page).view.scene
    assert [part.shape is not None for part in scene.shape.parts] == [True]
    assert len(scene.marks.blocks) > 20
    assert len(scene.marks.flags) == 6
    loud = [one for one in scene.shape.columns(0, 60_000, 100) if one and one[1] > 0.3]
    assert len(loud) > 10


def test_waveform_and_player_have_one_playhead_and_one_selection(page: InterviewPage) -> None:
    view, player = part_of(page).view, page.player
    view.seek_asked.emit(42_000)
    assert player.position_ms == 42_000
    player.seek(50_000)
    assert view.position_ms == 50_000
    view.selection_asked.emit((70_000, 60_000))
    assert player.selection_ms() == (60_000, 70_000)
    assert view.selection == (60_000, 70_000)
    view.was_selected.emit()
    assert player.position_ms == 60_000
    page.session.actions["interview.select_no_time"].trigger()
    assert view.selection is None


def test_the_turn_that_plays_is_selected_and_looped_by_key(page: InterviewPage) -> None:
    block = part_of(page).view.scene.marks.blocks[3]
    page.player.seek(block.start_ms + 10)
    page.session.actions["interview.select_turn_time"].trigger()
    assert page.player.selection_ms() == (block.start_ms, block.end_ms)
    page.player.set_selection(None)
    page.session.actions["interview.loop"].trigger()
    assert page.player.is_looping
    assert page.player.selection_ms() == (block.start_ms, block.end_ms)


def test_a_turns_new_time_moves_its_block(page: InterviewPage, session: Session) -> None:
    part = part_of(page)
    block = part.view.scene.marks.blocks[2]
    view = page.pane.view
    view.place_cursor(block.turn_id, 0)
    page.player.seek(block.start_ms + 700)
    session.actions["interview.turn_start"].trigger()
    page.reload()
    moved = next(one for one in part.view.scene.marks.blocks if one.turn_id == block.turn_id)
    assert moved.start_ms == block.start_ms + 700


def test_what_changes_no_time_draws_nothing_anew(page: InterviewPage) -> None:
    part = part_of(page)
    before = part.view.scene
    assert page.loaded is not None
    part.show_changed(page.loaded, {one.turn_id for one in before.marks.blocks[:5]})
    assert part.view.scene is before


def test_whom_the_sound_is_closed_to_sees_no_shape_of_it(
    page: InterviewPage, session: Session
) -> None:
    part = part_of(page)
    session.write(access.restrict_layer, 1, Layer.RECORDING, shut_out=Audience.PUBLIC, until=None)
    session.audience = Audience.PUBLIC
    assert part.view.scene.shape.parts == ()
    assert "closed" in part.view.words.text()
    assert part.view.words.isVisible()
    assert not part.view.stretch.isVisible()


def test_an_interview_without_recordings_says_so(page: InterviewPage) -> None:
    assert page.loaded is not None
    part_of(page).show_loaded(replace(page.loaded, recordings=()))
    words = part_of(page).view.words.text()
    assert words.startswith("This interview has no recording. Record it (Ctrl+R)")
    assert page.loaded.accession in words
    assert part_of(page).view.words.isVisible()


@pytest.mark.parametrize(
    ("error", "has_video", "words"),
    [
        (Environment("The file is gone."), False, "missing"),
        (BadInput("Nothing to hear."), True, "no sound in this film"),
        (BadInput("Nothing to hear."), False, "no sound can be read"),
    ],
)
def test_why_there_is_no_waveform_is_said_in_words(
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    has_video: bool,
    words: str,
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(waveforms, "waveform_of_recording", fails)
    monkeypatch.setattr(waveforms, "kept_waveforms", lambda *_: {})
    loader = WaveformLoader(session)
    loader.load([replace(one, has_video=has_video) for one in recordings(session)])
    [part] = loader.shape.parts
    assert words in part.words
    assert str(error) in part.details


def test_drawing_shows_at_the_foot_and_can_be_stopped(
    threaded_session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()

    def slow(_: Archive, __: Recording, *, progress: Progress) -> None:
        while not go_on.wait(0.01):
            progress.report(1, 10, "Drawing the waveform")

    monkeypatch.setattr(waveforms, "waveform_of_recording", slow)
    monkeypatch.setattr(waveforms, "kept_waveforms", lambda *_: {})
    loader = WaveformLoader(threaded_session)
    loader.load(recordings(threaded_session))
    qtbot.waitUntil(lambda: len(threaded_session.tasks.running) == 1)
    [handle] = threaded_session.tasks.running
    assert handle.label == "Drawing the waveform"
    handle.cancel()
    qtbot.waitUntil(lambda: "stopped" in loader.shape.parts[0].words)
    go_on.set()


def test_a_kept_waveform_is_not_made_again(
    page: InterviewPage, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[object] = []
    monkeypatch.setattr(waveforms, "waveform_of_recording", lambda *words, **_: made.append(words))
    loader = WaveformLoader(session)
    loader.load(recordings(session))
    assert made == []
    assert loader.shape.parts[0].shape is not None
    loader.load(recordings(session), anew=True)
    assert len(made) == 1


def test_waveform_and_video_fold_and_stay_so(page: InterviewPage, session: Session) -> None:
    part = part_of(page)
    session.actions["view.waveform"].trigger()
    assert not part.view.isVisible()
    again = InterviewPage(session)
    assert not session.actions["view.waveform"].isChecked()
    again.deleteLater()
    assert not session.actions["view.video"].isEnabled()
    assert "no video" in session.actions["view.video"].toolTip()


def test_a_turn_that_was_deleted_leaves_the_waveform(page: InterviewPage, session: Session) -> None:
    part = part_of(page)
    gone = part.view.scene.marks.blocks[-1].turn_id
    page.pane.view.place_cursor(gone, 0)
    session.actions["interview.delete_turn"].trigger()
    assert gone not in {one.turn_id for one in part.view.scene.marks.blocks}


def test_the_window_keeps_no_shape_of_a_recording_that_was_deleted(
    page: InterviewPage, qtbot: QtBot
) -> None:
    session = page.session
    kept = recordings(session)
    assert waveforms.kept_waveforms(session.archive, kept)
    session.write(library.delete_interviews, [1])
    qtbot.waitUntil(lambda: not waveforms.kept_waveforms(session.archive, kept))
    session.undo()
    assert recordings(session) == kept
