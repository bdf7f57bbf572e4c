from __future__ import annotations

import sys
import wave
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QLabel, QSlider, QWidget
from pytestqt.qtbot import QtBot

from archive_app.gui.player_bar import PlayerBar
from archive_app.gui.timeline import Stretch, Timeline


def wav(file: Path, seconds: float) -> Path:
    with wave.open(str(file), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8_000)
        sound.writeframes(b"\x00\x10" * int(8_000 * seconds))
    return file


@pytest.fixture
def bar(qtbot: QtBot) -> PlayerBar:
    bar = PlayerBar()
    qtbot.addWidget(bar)
    bar.resize(700, 60)
    bar.show()
    return bar


@pytest.fixture
def two(tmp_path: Path) -> Timeline:
    """Two recordings with a pause of a second between them."""
    return Timeline(
        [
            Stretch(wav(tmp_path / "б.wav", 1.0), 2_000, 1_000),
            Stretch(wav(tmp_path / "а.wav", 1.0), 0, 1_000),
        ]
    )


@given(
    st.lists(st.tuples(st.integers(0, 500), st.integers(1, 300)), min_size=1), st.integers(0, 900)
)
def test_a_time_on_the_timeline_is_found_in_a_recording(
    rows: list[tuple[int, int]], ms: int
) -> None:
    timeline = Timeline(Stretch(Path("x"), offset, duration) for offset, duration in rows)
    number, local = timeline.find(ms)
    stretch = timeline.stretches[number]
    assert 0 <= local <= stretch.duration_ms
    if stretch.offset_ms <= ms < stretch.end_ms:
        assert timeline.at(number, local) == ms


def test_it_plays_from_where_it_is_told(bar: PlayerBar, two: Timeline, qtbot: QtBot) -> None:
    bar.set_timeline(two)
    places: list[int] = []
    bar.position_ms_changed.connect(places.append)
    bar.play_from(400)
    qtbot.waitUntil(lambda: bar.position_ms > 500, timeout=10_000)
    assert min(places) >= 400
    bar.sound.pause()


def test_it_goes_on_with_the_next_recording_and_stops_at_the_end(
    bar: PlayerBar, two: Timeline, qtbot: QtBot
) -> None:
    bar.set_timeline(two)
    bar.set_rate(2.0)
    places: list[int] = []
    bar.position_ms_changed.connect(places.append)
    bar.play_from(600)
    qtbot.waitUntil(lambda: not bar.is_playing, timeout=10_000)
    assert bar.position_ms == 3_000
    assert places == sorted(places)
    assert 2_000 in places
    assert not any(1_000 < place < 2_000 for place in places)


def test_pausing_steps_back_so_that_the_next_words_are_heard_whole(
    bar: PlayerBar, two: Timeline, qtbot: QtBot
) -> None:
    bar.set_timeline(two)
    bar.step_back_ms = 300
    bar.play_from(2_500)
    qtbot.waitUntil(lambda: bar.position_ms > 2_600, timeout=10_000)
    before = bar.position_ms
    qtbot.keyClick(bar, Qt.Key.Key_F9)
    assert not bar.is_playing
    assert before - 300 <= bar.position_ms < before


def test_keys_jump_by_five_seconds(bar: PlayerBar, tmp_path: Path, qtbot: QtBot) -> None:
    bar.set_timeline(Timeline([Stretch(tmp_path / "x.wav", 0, 3_723_000)]))
    bar.seek(20_000)
    qtbot.keyClick(bar, Qt.Key.Key_F8)
    assert bar.position_ms == 25_000
    qtbot.keyClick(bar, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(bar, Qt.Key.Key_F7)
    assert bar.position_ms == 15_000
    assert "0:00:15 of 1:02:03" in [label.text() for label in bar.findChildren(QLabel)]


def test_a_click_on_the_line_goes_there(bar: PlayerBar, tmp_path: Path, qtbot: QtBot) -> None:
    bar.set_timeline(Timeline([Stretch(tmp_path / "x.wav", 0, 100_000)]))
    slider = bar.findChildren(QSlider)[0]
    middle = QPoint(slider.width() // 2, slider.height() // 2)
    qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=middle)
    assert 45_000 <= bar.position_ms <= 55_000


def test_speed_changes_in_steps_and_stays_in_bounds(bar: PlayerBar, two: Timeline) -> None:
    bar.set_timeline(two)
    bar.set_rate(0.55)
    for _ in range(20):
        bar.actions_by_name["faster"].trigger()
    assert bar.sound._rate == 2.0
    for _ in range(20):
        bar.actions_by_name["slower"].trigger()
    assert bar.sound._rate == 0.5


def test_a_file_that_is_gone_is_told_and_nothing_breaks(
    bar: PlayerBar, tmp_path: Path, qtbot: QtBot
) -> None:
    bar.set_timeline(Timeline([Stretch(tmp_path / "gone.wav", 0, 5_000)]))
    with qtbot.waitSignal(bar.failed, timeout=10_000) as told:
        bar.play_from(1_000)
    assert told.args is not None
    assert "missing" in told.args[0]
    assert not bar.is_playing


def test_without_the_sound_library_it_says_what_to_install_and_positions_still_move(
    bar: PlayerBar, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", None)
    bar.set_timeline(Timeline([Stretch(tmp_path / "x.wav", 0, 5_000)]))
    with qtbot.waitSignal(bar.failed) as told:
        bar.play_from(1_000)
    assert told.args is not None
    assert "libpulse0" in told.args[0]
    assert bar.position_ms == 1_000
    assert not bar.actions_by_name["play"].isEnabled()
    assert "libpulse0" in bar.actions_by_name["play"].toolTip()
    bar.seek(3_000)
    assert bar.position_ms == 3_000


def test_without_a_recording_every_tooltip_gives_the_reason(bar: PlayerBar) -> None:
    for action in bar.actions_by_name.values():
        assert not action.isEnabled()
        assert action.toolTip() == "This interview has no recording."


def test_every_control_has_an_accessible_name(bar: PlayerBar) -> None:
    controls = [w for w in bar.findChildren(QWidget) if isinstance(w, QAbstractButton | QSlider)]
    assert len(controls) >= 5
    for control in controls:
        interface = QAccessible.queryAccessibleInterface(control)
        assert interface.text(QAccessible.Text.Name)


def test_play_and_pause_said_twice_are_said_once(
    bar: PlayerBar, two: Timeline, qtbot: QtBot
) -> None:
    bar.set_timeline(two)
    bar.step_back_ms = 200
    told: list[bool] = []
    bar.playing_changed.connect(told.append)
    bar.seek(300)
    bar.pause()
    assert bar.position_ms == 300
    bar.play()
    bar.play()
    qtbot.waitUntil(lambda: bar.position_ms > 600, timeout=10_000)
    bar.pause()
    after = bar.position_ms
    bar.pause()
    assert bar.position_ms == after
    assert told == [True, False]


def test_a_selection_is_played_over_and_over_until_it_is_let_go(
    bar: PlayerBar, two: Timeline, qtbot: QtBot
) -> None:
    bar.set_timeline(two)
    bar.set_selection((500, 300))
    assert bar.selection_ms() == (300, 500)
    bar.set_looping(True)
    places: list[int] = []
    bar.position_ms_changed.connect(places.append)
    bar.play_from(300)
    qtbot.waitUntil(lambda: places.count(300) >= 3, timeout=10_000)
    assert max(places) < 700
    bar.step_back_ms = 5_000
    bar.pause()
    assert bar.position_ms == 300
    bar.set_selection(None)
    assert not bar.is_looping


def test_a_loop_goes_round_over_two_recordings(bar: PlayerBar, two: Timeline, qtbot: QtBot) -> None:
    bar.set_timeline(two)
    bar.set_selection((800, 3_000))
    bar.set_looping(True)
    places: list[int] = []
    bar.position_ms_changed.connect(places.append)
    bar.play_from(2_700)
    qtbot.waitUntil(lambda: 2_000 in places, timeout=10_000)
    assert 800 in places
    assert bar.is_playing
    bar.sound.pause()


def test_a_loop_needs_a_stretch_and_takes_the_turn_where_it_can(
    bar: PlayerBar, two: Timeline, qtbot: QtBot
) -> None:
    bar.set_timeline(two)
    with qtbot.waitSignal(bar.failed):
        bar.actions_by_name["loop"].trigger()
    assert not bar.is_looping
    bar.stretch_at = lambda ms: (ms, ms + 400)
    bar.seek(2_100)
    bar.actions_by_name["loop"].trigger()
    assert bar.is_looping
    assert bar.selection_ms() == (2_100, 2_500)


def test_the_last_seconds_are_played_again(bar: PlayerBar, two: Timeline, qtbot: QtBot) -> None:
    bar.set_timeline(two)
    bar.repeat_ms = 700
    bar.seek(2_900)
    bar.actions_by_name["again"].trigger()
    assert bar.is_playing
    assert bar.position_ms == 2_200
    bar.sound.pause()


def test_short_and_long_jumps(bar: PlayerBar, tmp_path: Path, qtbot: QtBot) -> None:
    bar.set_timeline(Timeline([Stretch(tmp_path / "x.wav", 0, 3_723_000)]))
    bar.seek(20_000)
    shift, control = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(bar, Qt.Key.Key_F7, shift)
    assert bar.position_ms == 19_000
    qtbot.keyClick(bar, Qt.Key.Key_F8, control)
    assert bar.position_ms == 34_000


def test_the_position_moves_in_small_steps_while_it_is_seen(
    bar: PlayerBar, two: Timeline, qtbot: QtBot
) -> None:
    bar.set_timeline(two)
    places: list[int] = []
    bar.position_ms_changed.connect(places.append)
    bar.play_from(0)
    qtbot.waitUntil(lambda: bar.position_ms > 900, timeout=10_000)
    assert len(places) > 15
    bar.hide()
    assert not bar.sound._clock.isActive()
    bar.sound.pause()
