"""The recorder's window: what goes wrong, and closing it."""

from __future__ import annotations

from pathlib import Path

import pytest
from recorder_material import answer, capture_of, door_of, left_behind, press, recordings

from archive_app.domain.records import Audience
from archive_app.errors import Environment
from archive_app.gui.main_window import MainWindow
from archive_app.gui.recorder_control import State
from archive_app.gui.recorder_window import RecorderWindow
from archive_app.work import recording
from archive_app.work.archives import create_archive, open_archive

pytest_plugins = ["recorder_material"]


# -- What goes wrong -------------------------------------------------------------------------


def test_a_pulled_input_ends_the_recording_and_everything_is_kept(
    recorder: RecorderWindow, window: MainWindow
) -> None:
    press(recorder, "Record")
    capture_of(recorder).take(4_000)
    capture_of(recorder).lose("The input is gone: connect it again.")
    words = recorder.notice.words.text()
    assert words == "The input is gone: connect it again. 0:00:04 of sound is safe."
    assert recordings(window)[0].duration_ms == 4_000
    assert recorder.control.state is State.SILENT


def test_a_full_disk_ends_the_recording_and_everything_is_kept(
    recorder: RecorderWindow, window: MainWindow
) -> None:
    press(recorder, "Record")
    capture_of(recorder).take(4_000)
    capture_of(recorder).fail(Environment("The disk is full. Make room on it."))
    assert "The disk is full. Make room on it. 0:00:04" in recorder.notice.words.text()
    assert recordings(window)[0].duration_ms == 4_000
    assert recorder.record_action.isEnabled()


def test_what_could_not_be_taken_in_can_be_tried_again(
    recorder: RecorderWindow, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise Environment("The disk is full.")

    press(recorder, "Record")
    capture_of(recorder).take(4_000)
    with monkeypatch.context() as patch:
        patch.setattr(recording, "finish", full)
        press(recorder, "Stop")
        assert "safe in the archive's folder" in recorder.notice.words.text()
        assert not recordings(window)
    press(recorder, "Try again")
    assert recordings(window)[0].duration_ms == 4_000
    assert "Kept in the archive" in recorder.notice.words.text()


def test_a_failure_after_closing_brings_the_window_back(
    recorder: RecorderWindow, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise Environment("The disk is full.")

    press(recorder, "Record")
    capture_of(recorder).take(4_000)
    with monkeypatch.context() as patch:
        patch.setattr(recording, "finish", full)
        window.close()
        answer("Stop and keep")
    assert window.isVisible()
    assert recorder.isVisible()
    assert "The disk is full" in recorder.notice.words.text()
    press(recorder, "Try again")
    assert recordings(window)[0].duration_ms == 4_000


def test_an_input_that_goes_while_the_file_is_made_leaves_nothing(
    recorder: RecorderWindow, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_: object) -> None:
        raise Environment("The input is not open.")

    monkeypatch.setattr(capture_of(recorder), "record", gone)
    press(recorder, "Record")
    assert recorder.notice.words.text() == "The input is not open."
    assert recorder.record_action.isEnabled()
    window.offer_unfinished()
    assert not door_of(window).unfinished
    assert window.session is not None
    assert not list(window.session.archive.folder.rglob("*.wav"))


def test_nothing_recorded_is_said_and_leaves_nothing(
    recorder: RecorderWindow, window: MainWindow
) -> None:
    press(recorder, "Record")
    press(recorder, "Stop")
    assert "Nothing was recorded" in recorder.notice.words.text()
    assert not recordings(window)
    assert recorder.record_action.isEnabled()


# -- Closing ---------------------------------------------------------------------------------


def test_closing_while_it_records_asks_with_verbs(
    recorder: RecorderWindow, window: MainWindow
) -> None:
    press(recorder, "Record")
    capture_of(recorder).take(3_000)
    assert not recorder.close()
    assert recorder.isVisible()
    answer("Go on recording")
    assert recorder.control.state is State.RECORDING
    recorder.reject()
    answer("Stop and keep")
    assert not recorder.isVisible()
    assert recordings(window)[0].duration_ms == 3_000
    assert door_of(window).window is None


def test_the_program_does_not_close_under_a_recording(
    recorder: RecorderWindow, window: MainWindow
) -> None:
    folder = window.session.archive.folder if window.session is not None else Path()
    press(recorder, "Record")
    capture_of(recorder).take(3_000)
    assert not window.close()
    assert window.isVisible()
    answer("Go on recording")
    assert window.isVisible()
    assert not window.close_archive()
    answer("Go on recording")
    assert window.session is not None
    assert not window.close()
    answer("Stop and keep")
    assert not window.isVisible()
    with open_archive(folder) as archive, archive.read() as reader:
        assert reader.recordings(1)[0].duration_ms == 3_000


def test_another_archive_is_opened_once_the_recording_is_kept(
    recorder: RecorderWindow, window: MainWindow, tmp_path: Path
) -> None:
    other = create_archive(tmp_path / "other", who="Ana")
    other.close()
    assert window.session is not None
    folder = window.session.archive.folder
    press(recorder, "Record")
    capture_of(recorder).take(3_000)
    window.doors.open(other.folder)
    answer("Go on recording")
    assert window.session.archive.folder == folder
    recorder.note.text.setPlainText("She shows a ph")
    window.doors.open(other.folder)
    answer("Stop and keep")
    assert window.session.archive.folder == other.folder
    with open_archive(folder) as archive, archive.read() as reader:
        assert reader.recordings(1)[0].duration_ms == 3_000
        assert [one.text for one in reader.notes("interview", 1)] == ["0:00:03 She shows a ph"]


def test_the_window_is_made_anew_once_the_recording_is_kept(
    recorder: RecorderWindow, window: MainWindow
) -> None:
    done: list[str] = []
    press(recorder, "Record")
    capture_of(recorder).take(3_000)
    assert not window.close_for(lambda: done.append("forgotten"))
    answer("Go on recording")
    assert not window.close_for(lambda: done.append("made anew"))
    answer("Stop and keep")
    assert done == ["made anew"]
    assert not window.isVisible()


def test_what_was_cut_off_counts_among_the_questions(window: MainWindow) -> None:
    window.status_line._ask()
    before = window.status_line._asked
    left_behind(window)
    door_of(window).look()
    assert window.status_line.questions.text().startswith(f"{before + 1} ")
    assert window.status_line.questions.isVisible()
    window.look_as(Audience.PUBLIC)
    assert not window.status_line.questions.isVisible()


def test_looking_through_other_eyes_ends_no_recording(
    recorder: RecorderWindow, window: MainWindow
) -> None:
    press(recorder, "Record")
    capture_of(recorder).take(3_000)
    window.look_as(Audience.PUBLIC)
    assert recorder._question is None
    assert recorder.isVisible()
    assert recorder.control.state is State.RECORDING
    press(recorder, "Stop")
    assert len(recordings(window)) == 1


def test_another_interview_waits_until_this_one_is_recorded(
    recorder: RecorderWindow, window: MainWindow
) -> None:
    door = door_of(window)
    press(recorder, "Record")
    capture_of(recorder).take(1_000)
    door.open(2, window)
    assert door.window is recorder
    answer("Go on recording")
    press(recorder, "Stop")
    door.open(2, window)
    assert door.window is not None
    assert door.window.interview_id == 2
