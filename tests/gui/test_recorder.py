"""The recorder's window: listening, recording, and what it shows."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication
from recorder_material import CTRL, OpenRecorder, capture_of, door_of, press, reading, recordings

from archive_app.domain.records import ConsentUse, Status
from archive_app.domain.release_rules import QuestionKind
from archive_app.errors import MissingLibrary
from archive_app.gui import level_meter
from archive_app.gui.consent_dialog import ConsentBeforeRecording
from archive_app.gui.level_meter import LevelMeter
from archive_app.gui.main_window import MainWindow
from archive_app.gui.recorder_control import State
from archive_app.gui.recorder_example import (
    BUILT_IN,
    MICROPHONE,
    ExampleCapture,
    ExampleWatch,
    example_sound,
)
from archive_app.gui.recorder_source import SoundSource
from archive_app.gui.recorder_window import RecorderWindow
from archive_app.gui.recorder_words import time_left_in_words
from archive_app.media.broadcast_wave import SoundFormat
from archive_app.media.recording_levels import Levels
from archive_app.settings import RECORDER_BITS, RECORDER_RATE_HZ
from archive_app.work import access, interviews, questions
from archive_app.work.recording_files import read_card

pytest_plugins = ["recorder_material"]


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
