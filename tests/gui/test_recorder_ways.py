"""The recorder's window: after a crash, the ways in, and the keyboard."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from recorder_material import (
    CTRL,
    SHIFT,
    answer,
    capture_of,
    door_of,
    left_behind,
    press,
    reading,
    recordings,
)

from archive_app.domain.records import Audience
from archive_app.gui.main_window import MainWindow
from archive_app.gui.questions_dialog import QuestionsDialog
from archive_app.gui.recorder_control import State
from archive_app.gui.recorder_entries import MARK, WORDS
from archive_app.gui.recorder_example import (
    example_sound,
)
from archive_app.gui.recorder_unfinished import UnfinishedDialog
from archive_app.gui.recorder_window import RecorderWindow

pytest_plugins = ["recorder_material"]


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
