"""The recorder's window: with an input that is not there, and recordings that are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QMessageBox, QWidget
from window_material import filled_archive, window_on

from archive_app.domain.records import Audience, ConsentUse, Status
from archive_app.domain.release_rules import QuestionKind
from archive_app.errors import Environment, MissingLibrary
from archive_app.gui import level_meter
from archive_app.gui.consent_dialog import ConsentBeforeRecording
from archive_app.gui.level_meter import LevelMeter
from archive_app.gui.main_window import MainWindow
from archive_app.gui.questions_dialog import QuestionsDialog
from archive_app.gui.recorder_control import State
from archive_app.gui.recorder_door import RecorderDoor
from archive_app.gui.recorder_entries import MARK, WORDS
from archive_app.gui.recorder_example import (
    BUILT_IN,
    MICROPHONE,
    ExampleCapture,
    ExampleWatch,
    example_sound,
)
from archive_app.gui.recorder_source import SoundSource
from archive_app.gui.recorder_unfinished import UnfinishedDialog
from archive_app.gui.recorder_window import RecorderWindow
from archive_app.gui.recorder_words import time_left_in_words
from archive_app.media.broadcast_wave import SoundFormat
from archive_app.media.recording_levels import Levels
from archive_app.paths import config_folder
from archive_app.settings import RECORDER_BITS, RECORDER_RATE_HZ, Settings
from archive_app.work import access, interviews, questions, recording
from archive_app.work.archives import create_archive, open_archive
from archive_app.work.recording_files import read_card

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
SOUND = SoundFormat(48_000, 1, 24)


@pytest.fixture
def window(qtbot: Any, tmp_path: Path) -> Iterator[MainWindow]:
    archive = filled_archive(tmp_path)
    access.add_consent(archive, 1, form="Deed of gift", uses=[ConsentUse.RESEARCH])
    window = window_on(archive, Settings(config_folder()))
    window.show()
    yield window
    door = door_of(window) if window.session is not None else None
    if door is not None and door.window is not None:
        door.window.control.stop()
    window.close()
    window.deleteLater()


def door_of(window: MainWindow) -> RecorderDoor:
    assert window.session is not None
    return RecorderDoor.of(window.session)


def reading(window: MainWindow) -> Any:
    assert window.session is not None
    return window.session.archive.read()


OpenRecorder = Callable[..., RecorderWindow]


@pytest.fixture
def open_recorder(window: MainWindow) -> OpenRecorder:
    def opened(interview_id: int = 1, source: SoundSource | None = None) -> RecorderWindow:
        door = door_of(window)
        door.source = source or example_sound()
        door.open(interview_id, window)
        assert door.window is not None
        return door.window

    return opened


@pytest.fixture
def recorder(open_recorder: OpenRecorder) -> RecorderWindow:
    return open_recorder()


def capture_of(recorder: RecorderWindow) -> ExampleCapture:
    return recorder.control._capture


def press(recorder: RecorderWindow, words: str) -> None:
    """Press a button of the window by its words."""
    buttons = recorder.findChildren(QAbstractButton)
    found = [one for one in buttons if one.text() == words and one.isVisible()]
    assert len(found) == 1, [one.text() for one in buttons]
    assert found[0].isEnabled(), found[0].toolTip()
    found[0].click()


def answer(words: str) -> None:
    """Press a button of the question that is asked."""
    boxes = [one for one in QApplication.topLevelWidgets() if isinstance(one, QMessageBox)]
    box = next(one for one in boxes if one.isVisible())
    next(one for one in box.buttons() if one.text() == words).click()


def recordings(window: MainWindow, interview_id: int = 1) -> list[Any]:
    with reading(window) as reader:
        return list(reader.recordings(interview_id))


def left_behind(window: MainWindow, interview_id: int = 1, ms: int = 2_000) -> None:
    """Leave a recording as a crash leaves it."""
    assert window.session is not None
    live = recording.begin(window.session.archive, interview_id, sound=SOUND, device="Desk")
    live.write(bytes(SOUND.bytes_per_second * ms // 1000))
    live.close()


# -- Listening -------------------------------------------------------------------------------


def test_it_listens_before_it_records_and_shows_what_will_be_written(
    recorder: RecorderWindow,
) -> None:
    assert recorder.control.state is State.LISTENING
    assert recorder.face.state.text() == "Ready – not recording yet"
    assert recorder.face.format.text() == "Broadcast WAV · 48 kHz · 24 bit · Mono (1 channel)"
    assert "left on the disk" in recorder.face.disk.text()
    capture_of(recorder).hear(0.5)
    assert recorder.meter.peaks_db == pytest.approx((-6.02,), abs=0.01)
    assert recorder.name.text() == "MRB-001  Interview with Vadim"


def test_an_input_offers_only_what_it_gives_and_the_choice_is_remembered(
    recorder: RecorderWindow, window: MainWindow
) -> None:
    form = recorder.inputs
    assert [form.bits.itemText(n) for n in range(form.bits.count())] == ["24 bit", "16 bit"]
    form.rate.setCurrentIndex(form.rate.findData(96_000))
    form.rate.activated.emit(form.rate.currentIndex())
    assert capture_of(recorder).sound == SoundFormat(96_000, 1, 24)
    assert window.settings.get(RECORDER_RATE_HZ) == 96_000
    form.device.setCurrentIndex(1)
    form.device.activated.emit(1)
    assert capture_of(recorder).device == BUILT_IN
    assert capture_of(recorder).sound == SoundFormat(48_000, 1, 16)
    assert not form.bits.isEnabled()
    assert form.bits.toolTip() == "This input gives nothing else."
    assert window.settings.get(RECORDER_BITS) == 24
    recorder.close()
    door_of(window).open(1, window)
    again = door_of(window).window
    assert again is not None
    assert capture_of(again).device == BUILT_IN


def test_an_input_is_not_let_go_while_it_is_still_being_opened(recorder: RecorderWindow) -> None:
    capture, form = capture_of(recorder), recorder.inputs
    capture.is_slow = True
    for rate in (96_000, 44_100):
        form.rate.setCurrentIndex(form.rate.findData(rate))
        form.rate.activated.emit(form.rate.currentIndex())
    assert capture.sound == SoundFormat(96_000, 1, 24)
    press(recorder, "Record")
    assert recorder.control.state is State.LISTENING
    assert "just being opened" in recorder.notice.words.text()
    capture.hear(0.1)
    assert capture.sound == SoundFormat(44_100, 1, 24)
    capture.hear(0.1)
    press(recorder, "Record")
    assert recorder.control.state is State.RECORDING


def test_a_rate_that_the_system_makes_up_is_called_so(open_recorder: OpenRecorder) -> None:
    desk = replace(MICROPHONE, own_rate_hz=48_000)
    recorder = open_recorder(source=example_sound([desk]))
    box = recorder.inputs.rate
    assert [box.itemText(n) for n in range(box.count())] == [
        "44.1 kHz, converted from 48 kHz", "48 kHz", "96 kHz, converted from 48 kHz",
    ]  # fmt: skip


def test_without_the_sound_library_it_says_what_to_install(open_recorder: OpenRecorder) -> None:
    def missing() -> list[Any]:
        raise MissingLibrary("The sound library is missing: sudo apt install libpulse0")

    recorder = open_recorder(source=SoundSource(missing, ExampleWatch, ExampleCapture))
    assert "libpulse0" in recorder.notice.words.text()
    assert recorder.notice.isVisible()
    assert not recorder.record_action.isEnabled()
    assert "libpulse0" in recorder.record_action.toolTip()


def test_an_input_that_is_plugged_in_later_is_heard_and_the_message_goes(
    open_recorder: OpenRecorder,
) -> None:
    there: list[Any] = []
    recorder = open_recorder(source=SoundSource(lambda: there, ExampleWatch, ExampleCapture))
    assert recorder.control.state is State.SILENT
    assert "No input is found" in recorder.notice.words.text()
    there.append(MICROPHONE)
    watch: Any = recorder.control._watch
    watch.changed.emit()
    assert recorder.control.state is State.LISTENING
    assert not recorder.notice.isVisible()
    assert recorder.record_action.isEnabled()


def test_an_input_that_is_pulled_while_listening_can_be_tried_again(
    recorder: RecorderWindow,
) -> None:
    capture_of(recorder).lose("The input is gone.")
    assert recorder.control.state is State.SILENT
    press(recorder, "Try again")
    assert recorder.control.state is State.LISTENING
    assert not recorder.notice.isVisible()


# -- Recording -------------------------------------------------------------------------------


def test_a_recording_is_kept_with_its_marks_and_notes(
    recorder: RecorderWindow, window: MainWindow
) -> None:
    press(recorder, "Record")
    assert recorder.control.state is State.RECORDING
    assert recorder.face.state.text() == "Recording now"
    capture = capture_of(recorder)
    capture.take(65_000)
    assert recorder.face.time.text() == "0:01:05"
    press(recorder, "Mark this moment")
    capture.take(5_000)
    recorder.note.text.setPlainText("She laughs")
    capture.take(5_000)
    assert recorder.note.begun.text() == "Begun at 0:01:10"
    press(recorder, "Add note")
    press(recorder, "Mark this moment")
    recorder.control.title_mark(2, "The bus")
    press(recorder, "Stop")
    assert recorder.control.state is State.LISTENING
    assert recorder.notice.words.text() == (
        "Kept in the archive: 0:01:15 of sound, 2 marks, 1 note."
    )
    (one,) = recordings(window)
    assert one.duration_ms == 75_000
    assert one.device == "USB microphone"
    with reading(window) as reader:
        points = reader.index_points(1)
        notes = reader.notes("interview", 1)
        assert reader.interview(1).status is Status.TRANSCRIBED
    assert [(one.start_ms, one.title) for one in points] == [
        (65_000, "Mark 1"), (75_000, "The bus"),
    ]  # fmt: skip
    assert [one.text for one in notes] == ["0:01:10 She laughs"]


def test_a_pause_stands_still_and_goes_on(recorder: RecorderWindow, window: MainWindow) -> None:
    press(recorder, "Record")
    capture_of(recorder).take(2_000)
    press(recorder, "Pause")
    assert recorder.control.state is State.PAUSED
    assert recorder.face.state.text() == "Paused – not recording"
    capture_of(recorder).take(2_000)
    press(recorder, "Go on")
    capture_of(recorder).take(1_000)
    press(recorder, "Stop")
    assert recordings(window)[0].duration_ms == 3_000


def test_what_is_still_being_noted_when_it_stops_is_kept_too(
    recorder: RecorderWindow, window: MainWindow
) -> None:
    press(recorder, "Record")
    capture_of(recorder).take(2_000)
    recorder.note.text.setPlainText("Half a thought")
    press(recorder, "Stop")
    with reading(window) as reader:
        assert [one.text for one in reader.notes("interview", 1)] == ["0:00:02 Half a thought"]


def test_a_note_that_is_being_typed_outlives_the_program(
    recorder: RecorderWindow, window: MainWindow, qtbot: Any
) -> None:
    press(recorder, "Record")
    capture, note = capture_of(recorder), recorder.note.text
    capture.take(2_000)
    live = capture.live
    assert live is not None

    def on_the_disk() -> list[tuple[int, str]]:
        # As another start of the program would find it.
        card = read_card(live.path.parent, live.uuid)
        return [(one.at_ms, one.text) for one in card.notes] if card is not None else []

    note.setPlainText("She shows a ph")
    qtbot.waitUntil(lambda: on_the_disk() == [(2_000, "She shows a ph")])
    note.setPlainText("She shows a photograph")
    qtbot.waitUntil(lambda: on_the_disk() == [(2_000, "She shows a photograph")])
    press(recorder, "Add note")
    assert on_the_disk() == [(2_000, "She shows a photograph")]
    capture.take(2_000)
    note.setPlainText("not meant")
    qtbot.waitUntil(lambda: len(on_the_disk()) == 2)
    note.clear()
    press(recorder, "Stop")
    with reading(window) as reader:
        texts = [one.text for one in reader.notes("interview", 1)]
    assert texts == ["0:00:02 She shows a photograph"]


def test_a_title_that_is_being_typed_when_it_stops_is_kept_too(
    recorder: RecorderWindow, window: MainWindow
) -> None:
    press(recorder, "Record")
    capture_of(recorder).take(2_000)
    recorder.mark()
    recorder.entries.type_title()
    editor = QApplication.focusWidget()
    assert editor is not None
    QTest.keyClick(editor, Qt.Key.Key_A, CTRL)
    QTest.keyClicks(editor, "Bus")
    recorder.stop_action.trigger()
    with reading(window) as reader:
        assert [one.title for one in reader.index_points(1)] == ["Bus"]
    recorder.entries.type_title()
    assert recorder.entries.state() is not QAbstractItemView.State.EditingState


def test_two_marks_of_one_moment_are_one(recorder: RecorderWindow) -> None:
    press(recorder, "Record")
    capture_of(recorder).take(1_000)
    recorder.mark()
    recorder.mark()
    assert recorder.entries.topLevelItemCount() == 1


def test_clipping_is_told_until_it_is_understood(recorder: RecorderWindow) -> None:
    press(recorder, "Record")
    capture_of(recorder).take(12_000)
    capture_of(recorder).hear(1.0)
    assert recorder.clip_notice.isVisible()
    assert "at 0:00:12 the sound was distorted" in recorder.clip_notice.words.text()
    capture_of(recorder).take(5_000)
    capture_of(recorder).hear(0.1)
    capture_of(recorder).hear(1.0)
    assert "0:00:12" in recorder.clip_notice.words.text()
    press(recorder, "Understood")
    assert not recorder.clip_notice.isVisible()


def test_the_input_stays_while_it_records(recorder: RecorderWindow) -> None:
    press(recorder, "Record")
    for box in (recorder.inputs.device, recorder.inputs.rate, recorder.inputs.channels):
        assert not box.isEnabled()
        assert box.toolTip() == "Stop the recording first."
    capture_of(recorder).take(100)
    press(recorder, "Stop")
    assert recorder.inputs.rate.isEnabled()


# -- The form --------------------------------------------------------------------------------


def form_of(recorder: RecorderWindow) -> ConsentBeforeRecording:
    shown = recorder.findChildren(ConsentBeforeRecording)
    return next(one for one in shown if one.isVisible())


def test_the_form_is_asked_for_before_the_first_recording(
    open_recorder: OpenRecorder, window: MainWindow
) -> None:
    recorder = open_recorder(2)
    press(recorder, "Record")
    assert recorder.control.state is State.STARTING
    form = form_of(recorder)
    assert form.person.itemText(0) == "Alexandra"
    form.go.click()
    assert "Tick what was allowed" in form.told.text()
    form.uses[ConsentUse.RESEARCH].setChecked(True)
    form.go.click()
    assert recorder.control.state is State.RECORDING
    with reading(window) as reader:
        assert reader.consents(2)[0].uses == frozenset({ConsentUse.RESEARCH})


def test_a_form_that_is_put_off_stands_among_the_questions(
    open_recorder: OpenRecorder, window: MainWindow
) -> None:
    recorder = open_recorder(2)
    press(recorder, "Record")
    form_of(recorder).later.click()
    assert recorder.control.state is State.RECORDING
    assert window.session is not None
    with reading(window) as reader:
        asked = questions.questions_about(reader, 2, window.session.today())
    assert [one.kind for one in asked] == [QuestionKind.CONSENT_POSTPONED]
    capture_of(recorder).take(1_000)
    press(recorder, "Stop")
    press(recorder, "Record")
    assert recorder.control.state is State.RECORDING


def test_without_an_answer_nothing_is_recorded(open_recorder: OpenRecorder) -> None:
    recorder = open_recorder(2)
    press(recorder, "Record")
    form_of(recorder).reject()
    assert recorder.control.state is State.LISTENING
    assert recorder.record_action.isEnabled()


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


# -- After a crash ---------------------------------------------------------------------------


def test_what_was_cut_off_is_offered_over_the_pages_and_kept(window: MainWindow) -> None:
    left_behind(window)
    window.offer_unfinished()
    strip = window.unfinished_strip
    assert strip.isVisible()
    assert strip.row is not None
    words = strip.row.words.text()
    assert words.startswith("A recording of 0:00:02 of MRB-001 Interview with Vadim, begun on ")
    assert "The sound up to then is safe." in words
    strip.row.keep.click()
    assert not strip.isVisible()
    assert recordings(window)[0].duration_ms == 2_000


def test_a_cut_off_recording_is_discarded_only_when_asked_twice(window: MainWindow) -> None:
    left_behind(window)
    window.offer_unfinished()
    row = window.unfinished_strip.row
    assert row is not None
    row.discard.click()
    answer("Leave it")
    assert row.one.path.exists()
    row.discard.click()
    answer("Discard this recording")
    assert not row.one.path.exists()
    assert not window.unfinished_strip.isVisible()
    assert not recordings(window)


def test_later_is_not_lost(window: MainWindow) -> None:
    left_behind(window)
    left_behind(window, 2)
    window.offer_unfinished()
    strip = window.unfinished_strip
    assert strip.more.text() == "1 more…"
    strip.later.click()
    assert not strip.isVisible()
    window.actions_by_name["library.unfinished_recordings"].trigger()
    dialog = window.findChild(UnfinishedDialog)
    assert dialog is not None
    assert len(dialog.shown) == 2
    dialog.shown[1].keep.click()
    assert len(dialog.shown) == 1
    assert len(recordings(window, 2)) == 1
    window.look_as(Audience.PUBLIC)
    assert not dialog.isVisible()


def test_the_questions_lead_to_what_was_cut_off(window: MainWindow) -> None:
    window.show_questions()
    dialog = window.findChild(QuestionsDialog)
    assert dialog is not None
    assert not dialog.cut_off.isVisible()
    left_behind(window)
    window.offer_unfinished()
    assert dialog.cut_off.text() == "1 interrupted recording…"
    dialog.cut_off.click()
    assert window.findChild(UnfinishedDialog) is not None


def test_a_recording_whose_interview_is_gone_goes_into_another(window: MainWindow) -> None:
    assert window.session is not None
    left_behind(window, 3)
    from archive_app.work.library import delete_interviews

    delete_interviews(window.session.archive, [3])
    window.offer_unfinished()
    row = window.unfinished_strip.row
    assert row is not None
    assert "no longer in the archive" in row.words.text()
    row.keep.click()
    from archive_app.gui.recorder_choice import InterviewChoice

    choice = window.findChild(InterviewChoice)
    assert choice is not None
    choice.is_known.setChecked(True)
    choice.list.setCurrentRow(1)
    choice.go.click()
    assert len(recordings(window, 2)) == 1
    assert not window.unfinished_strip.isVisible()


def test_only_staff_are_offered_what_was_cut_off(window: MainWindow) -> None:
    left_behind(window)
    window.offer_unfinished()
    window.look_as(Audience.READING_ROOM)
    assert not window.unfinished_strip.isVisible()
    window.look_as(Audience.STAFF)
    assert window.unfinished_strip.isVisible()


# -- The ways in, and the keyboard -----------------------------------------------------------


def test_the_library_records_a_new_interview(window: MainWindow) -> None:
    from archive_app.gui.recorder_choice import InterviewChoice

    door_of(window).source = example_sound()
    window.page_named("library")
    window.actions_by_name["library.record"].trigger()
    choice = window.findChild(InterviewChoice)
    assert choice is not None
    assert choice.is_new.isChecked()
    choice.interviewee.setText("Jelena")
    choice.go.click()
    recorder = door_of(window).window
    assert recorder is not None
    with reading(window) as reader:
        names = [one.person.public_name for one in reader.contributions(recorder.interview_id)]
    assert names == ["Jelena"]
    assert recorder.interview_id == 4


def test_the_chosen_interview_is_the_first_choice(window: MainWindow) -> None:
    from archive_app.gui.recorder_choice import InterviewChoice

    door_of(window).source = example_sound()
    window.page_named("library").table.choose_ids([2])
    window.actions_by_name["library.record"].trigger()
    choice = window.findChild(InterviewChoice)
    assert choice is not None
    assert choice.is_known.isChecked()
    choice.go.click()
    recorder = door_of(window).window
    assert recorder is not None
    assert recorder.interview_id == 2


def test_only_staff_record_and_the_action_says_why(window: MainWindow) -> None:
    door_of(window).source = example_sound()
    window.open_interview(1)
    action = window.actions_by_name["interview.record"]
    assert action.isEnabled()
    window.look_as(Audience.PUBLIC)
    for name in ("interview.record", "library.record", "library.unfinished_recordings"):
        if name in window.actions_by_name:
            assert not window.actions_by_name[name].isEnabled()
            assert "another audience" in window.actions_by_name[name].toolTip()
    window.look_as(Audience.STAFF)
    action.trigger()
    assert door_of(window).window is not None


def test_everything_is_done_from_the_keyboard(
    qtbot: Any, recorder: RecorderWindow, window: MainWindow
) -> None:
    recorder.activateWindow()
    qtbot.waitUntil(recorder.isActiveWindow)
    recorder.buttons[0].setFocus()

    def key(key: Qt.Key, modifiers: Any = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or recorder, key, modifiers)

    key(Qt.Key.Key_R, CTRL)
    assert recorder.control.state is State.RECORDING
    capture_of(recorder).take(1_000)
    recorder.entries.setFocus()
    key(Qt.Key.Key_M)
    assert len(recorder.control.entries) == 1
    key(Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    assert editor is not None
    assert editor is not recorder.entries
    QTest.keyClick(editor, Qt.Key.Key_A, CTRL)
    for letter in "Map":
        QTest.keyClick(editor, letter)  # type: ignore[call-overload]
    assert len(recorder.control.entries) == 1
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: recorder.control.entries[0].text == "Map")
    qtbot.waitUntil(recorder.entries.hasFocus)
    capture_of(recorder).take(1_000)
    key(Qt.Key.Key_N, CTRL | SHIFT)
    assert recorder.note.text.hasFocus()
    QTest.keyClicks(recorder.note.text, "mmm")
    key(Qt.Key.Key_Return)
    assert [one.text for one in recorder.control.entries] == ["Map", "mmm"]
    key(Qt.Key.Key_M, CTRL)
    assert len(recorder.control.entries) == 3
    key(Qt.Key.Key_Space, CTRL)
    assert recorder.control.state is State.PAUSED
    key(Qt.Key.Key_Space, CTRL)
    assert recorder.control.state is State.RECORDING
    key(Qt.Key.Key_R, CTRL | SHIFT)
    assert len(recordings(window)) == 1


def test_a_mark_while_a_title_is_typed_keeps_what_was_typed(recorder: RecorderWindow) -> None:
    press(recorder, "Record")
    capture_of(recorder).take(1_000)
    recorder.mark()
    recorder.entries.type_title()
    editor = QApplication.focusWidget()
    assert editor is not None
    QTest.keyClick(editor, Qt.Key.Key_A, CTRL)
    QTest.keyClicks(editor, "Bus")
    capture_of(recorder).take(1_000)
    recorder.mark()
    assert [one.text for one in recorder.control.entries] == ["Bus", ""]
    item = recorder.entries.topLevelItem(0)
    assert item is not None
    assert (item.data(0, MARK), item.text(WORDS)) == (1, "Bus")


def test_every_control_has_a_name_and_no_keys_clash(
    recorder: RecorderWindow, window: MainWindow
) -> None:
    for one in recorder.findChildren(QWidget):
        if one.focusPolicy() == Qt.FocusPolicy.NoFocus or not one.isVisible():
            continue
        if one.parent() is not None and "qt_" in one.objectName():
            continue
        interface = QAccessible.queryAccessibleInterface(one)
        assert interface.text(QAccessible.Text.Name), one
    seen: dict[str, str] = {}
    for one in window.actions_by_name:
        if one.owner is not recorder:
            continue
        assert not window.actions_by_name.clashes(one.id, one.own_shortcut)
        for keys in one.action.shortcuts():
            assert seen.setdefault(keys.toString(), one.id) == one.id
    assert QKeySequence("Ctrl+R").toString() in seen


def test_dark_is_dark(recorder: RecorderWindow, dark: None) -> None:
    picture = recorder.grab().toImage()
    assert picture.pixelColor(4, 4).lightness() < 80


# -- The meter and the words -----------------------------------------------------------------


def heard(*peaks: float) -> Levels:
    return Levels(peaks, peaks, tuple(peak >= 1 for peak in peaks))


def test_a_peak_is_held_and_then_falls(qtbot: Any) -> None:
    meter = LevelMeter()
    qtbot.addWidget(meter)
    meter.take(heard(0.5), now=10.0)
    meter.take(heard(0.01), now=11.0)
    assert meter.peaks_db == pytest.approx((-6.02,), abs=0.01)
    meter.take(heard(0.01), now=12.0)
    meter.take(heard(0.01), now=12.5)
    assert -45 < meter.peaks_db[0] < -20


def test_the_level_is_told_in_words(qtbot: Any) -> None:
    meter = LevelMeter()
    qtbot.addWidget(meter)
    said: list[str] = []
    meter.judged.connect(said.append)
    for step in range(100):
        meter.take(heard(0.2), now=10 + step / 25)
    for step in range(200):
        meter.take(heard(0.0), now=14 + step / 25)
    meter.take(heard(0.99), now=22.0)
    assert said == [
        "The level is good",
        "No sound is heard from this input",
        "Too loud: turn the input down",
    ]


def test_silence_is_no_number(qtbot: Any) -> None:
    assert level_meter.decibels(0.0) == level_meter.FLOOR_DB
    meter = LevelMeter()
    qtbot.addWidget(meter)
    meter.resize(400, 80)
    meter.take(heard(0.0, 1.0))
    assert not meter.grab().isNull()


@pytest.mark.parametrize(
    ("ms", "words"),
    [
        (None, "The disk does not say how much room is left"),
        (59_999, "Less than a minute left on the disk"),
        (119_999, "1 min left on the disk"),
        (12_000_000, "3 h 20 min left on the disk"),
        (400 * 3_600_000, "More than 100 h left on the disk"),
    ],
)
def test_the_time_left_is_never_promised_too_long(ms: int | None, words: str) -> None:
    assert time_left_in_words(ms) == words


def test_a_closed_archive_closes_its_recorder(recorder: RecorderWindow, window: MainWindow) -> None:
    assert window.close_archive()
    assert window.session is None
    assert not recorder.isVisible()


def test_planned_becomes_recorded(open_recorder: OpenRecorder, window: MainWindow) -> None:
    assert window.session is not None
    planned = interviews.create_interview(window.session.archive).value
    access.add_consent(window.session.archive, planned)
    recorder = open_recorder(planned)
    press(recorder, "Record")
    capture_of(recorder).take(1_000)
    press(recorder, "Stop")
    with reading(window) as reader:
        assert reader.interview(planned).status is Status.RECORDED
