"""The waveform: what a click, a drag, the wheel and each key ask for, and what is painted."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QColor, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from archive_app.gui.speaker_colours import SpeakerColours, initial
from archive_app.gui.tag_colours import DARK, LIGHT
from archive_app.gui.theme import theme
from archive_app.gui.waveform_marks import Flag, Marks, TurnBlock
from archive_app.gui.waveform_shape import Column, Part, TimelineShape
from archive_app.gui.waveform_strip import Scene, WaveformStrip
from archive_app.gui.waveform_view import SHORTEST_MS, WaveformView

HOUR = 3_600_000
WHEEL_UP = QPoint(0, 120)
NO_BUTTON = Qt.MouseButton.NoButton
PLAIN = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Tone:
    """A shape of one loudness."""

    def __init__(self, duration_ms: int, loudness: float = 0.5) -> None:
        self.duration_ms = duration_ms
        self.loudness = loudness

    def stretch(self, start_ms: int, end_ms: int, columns: int) -> list[Column]:
        del start_ms, end_ms
        return [(-self.loudness, self.loudness)] * columns


@pytest.fixture
def scene() -> Scene:
    """An hour, a gap of ten minutes, an hour without sound."""
    parts = [
        Part(0, HOUR, Tone(HOUR)),
        Part(HOUR + 600_000, 2 * HOUR, None, "No waveform: the file is missing.", "More words"),
    ]
    blocks = [TurnBlock(n * 10_000, n * 10_000 + 9_000, "Ana" if n % 2 else "Vera", n)
              for n in range(360)]  # fmt: skip
    flags = [Flag(0, "Childhood"), Flag(30_000, "Leaving")]
    return Scene(TimelineShape(parts), Marks(blocks, flags), SpeakerColours(["Ana", "Vera"]))


@pytest.fixture
def view(qtbot: QtBot, scene: Scene) -> WaveformView:
    view = WaveformView()
    qtbot.addWidget(view)
    view.resize(1_016, 200)
    view.show_scene(scene, is_new=True)
    view.show()
    view.seek_asked.connect(view.set_position)
    view.selection_asked.connect(
        lambda pair: view.set_selection(None if pair is None else (min(pair), max(pair)))
    )
    return view


def at(strip: WaveformStrip, ms: int) -> QPoint:
    return QPoint(round(strip.scale.x_of(ms)), strip.height() // 2)


def turn_wheel(strip: WaveformStrip, ms: int, by: QPoint, keys: Qt.KeyboardModifier) -> None:
    place = QPointF(at(strip, ms))
    event = QWheelEvent(place, QPointF(strip.mapToGlobal(place)), QPoint(), by, NO_BUTTON, keys,
                        Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip
    QApplication.sendEvent(strip, event)


def test_it_begins_with_the_first_minute(view: WaveformView) -> None:
    assert view.shown_ms == (0, 60_000)
    assert view.overview.scale.end_ms == 2 * HOUR


def test_one_click_goes_there(view: WaveformView, qtbot: QtBot) -> None:
    qtbot.mouseClick(view.stretch, Qt.MouseButton.LeftButton, pos=at(view.stretch, 24_000))
    assert view.position_ms == pytest.approx(24_000, abs=60)
    qtbot.mouseClick(view.overview, Qt.MouseButton.LeftButton, pos=at(view.overview, HOUR))
    assert view.position_ms == pytest.approx(HOUR, abs=8_000)
    start, end = view.shown_ms
    assert start <= view.position_ms <= end
    assert view.selection is None


def test_dragging_selects_and_says_when_it_is_done(view: WaveformView, qtbot: QtBot) -> None:
    stretch, button = view.stretch, Qt.MouseButton.LeftButton
    qtbot.mousePress(stretch, button, pos=at(stretch, 40_000))
    qtbot.mouseMove(stretch, at(stretch, 30_000))
    qtbot.mouseMove(stretch, at(stretch, 20_000))
    with qtbot.waitSignal(view.was_selected):
        qtbot.mouseRelease(stretch, button, pos=at(stretch, 20_000))
    assert view.selection == pytest.approx((20_000, 40_000), abs=60)
    assert view.position_ms == 0


def test_shift_and_a_click_draw_the_nearer_end(view: WaveformView, qtbot: QtBot) -> None:
    view.set_selection((20_000, 40_000))
    stretch = view.stretch
    qtbot.mouseClick(stretch, Qt.MouseButton.LeftButton, SHIFT, at(stretch, 45_000))
    assert view.selection == pytest.approx((20_000, 45_000), abs=60)
    qtbot.mouseClick(stretch, Qt.MouseButton.LeftButton, SHIFT, at(stretch, 10_000))
    assert view.selection == pytest.approx((10_000, 45_000), abs=60)


def test_a_double_click_selects_the_turn(view: WaveformView, qtbot: QtBot) -> None:
    qtbot.mouseDClick(view.stretch, Qt.MouseButton.LeftButton, pos=at(view.stretch, 24_000))
    assert view.selection == (20_000, 29_000)


def test_dragging_the_overview_moves_the_stretch(view: WaveformView, qtbot: QtBot) -> None:
    overview, button = view.overview, Qt.MouseButton.LeftButton
    qtbot.mousePress(overview, button, pos=at(overview, HOUR))
    qtbot.mouseMove(overview, at(overview, HOUR // 2))
    qtbot.mouseRelease(overview, button, pos=at(overview, HOUR // 2))
    start, end = view.shown_ms
    assert (start + end) / 2 == pytest.approx(HOUR / 2, abs=10_000)
    assert view.position_ms == 0


def test_the_wheel_zooms_around_the_pointer_and_moves_with_shift(view: WaveformView) -> None:
    before = view.stretch.scale.x_of(45_000)
    turn_wheel(view.stretch, 45_000, WHEEL_UP, PLAIN)
    start, end = view.shown_ms
    assert end - start == pytest.approx(48_000, abs=2)
    assert view.stretch.scale.x_of(45_000) == pytest.approx(before, abs=1.5)
    turn_wheel(view.stretch, 45_000, -WHEEL_UP, SHIFT)
    assert view.shown_ms[0] > start
    assert view.shown_ms[1] - view.shown_ms[0] == pytest.approx(48_000, abs=2)


def test_it_zooms_from_two_seconds_to_the_whole_interview(view: WaveformView) -> None:
    for _ in range(30):
        view.zoom(0.5)
    assert view.shown_ms[1] - view.shown_ms[0] == SHORTEST_MS
    for _ in range(30):
        view.zoom(2.0)
    assert view.shown_ms == (0, 2 * HOUR)
    view.set_selection((100_000, 120_000))
    view.show_selection()
    assert view.shown_ms == (99_000, 121_000)


def test_keys_move_the_playhead_and_select(view: WaveformView, qtbot: QtBot) -> None:
    stretch, key = view.stretch, Qt.Key
    step = stretch.scale.step_ms
    assert step == 1_000
    qtbot.keyClick(stretch, key.Key_Right)
    qtbot.keyClick(stretch, key.Key_Right)
    assert view.position_ms == 2 * step
    qtbot.keyClick(stretch, key.Key_Right, SHIFT)
    qtbot.keyClick(stretch, key.Key_Right, SHIFT)
    assert view.selection == (2 * step, 4 * step)
    qtbot.keyClick(stretch, key.Key_Left, SHIFT)
    assert view.selection == (2 * step, 3 * step)
    qtbot.keyClick(stretch, key.Key_End, SHIFT)
    assert view.selection == (2 * step, 2 * HOUR)
    qtbot.keyClick(stretch, key.Key_Home)
    assert view.position_ms == 0
    qtbot.keyClick(stretch, key.Key_Escape)
    assert view.selection is None
    with qtbot.waitSignal(view.play_asked):
        qtbot.keyClick(stretch, key.Key_Space)


def test_the_stretch_goes_along_with_the_sound_until_it_is_moved_away(view: WaveformView) -> None:
    for ms in range(0, 58_000, 100):
        view.set_position(ms)
    start, end = view.shown_ms
    assert start > 0
    assert start <= view.position_ms <= end
    view.stretch.pan_asked.emit(600_000)
    away = view.shown_ms
    for ms in range(58_000, 70_000, 100):
        view.set_position(ms)
    assert view.shown_ms == away
    view.set_position(20_000)
    assert view.shown_ms[0] <= 20_000 <= view.shown_ms[1]


@pytest.mark.parametrize("which", ["overview", "stretch"])
def test_who_cannot_see_it_hears_where_it_is(view: WaveformView, which: str, qtbot: QtBot) -> None:
    strip: WaveformStrip = getattr(view, which)
    view.set_position(750_000)
    view.set_selection((60_000, 90_000))
    interface = QAccessible.queryAccessibleInterface(strip)
    assert interface.text(QAccessible.Text.Name)
    words = interface.text(QAccessible.Text.Description)
    assert words == "0:12:30 of 2:00:00. Selected: 0:01:00 to 0:01:30"
    assert interface.role() == QAccessible.Role.Slider
    interface.valueInterface().setCurrentValue(120_000)
    assert view.position_ms == 120_000


def test_hover_tells_the_time_the_speaker_and_the_part(view: WaveformView) -> None:
    assert view.stretch.tip_at(30_050).splitlines() == ["0:00:30", "Ana", "Leaving"]
    assert view.overview.tip_at(HOUR + 300_000).splitlines() == ["1:05:00", "No recording"]
    assert "More words" in view.overview.tip_at(HOUR + 900_000)


class PaintWatch(QObject):
    """Notes how wide each painting of a widget is."""

    def __init__(self) -> None:
        super().__init__()
        self.widths: list[int] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.widths.append(sum(area.width() for area in event.region()))  # type: ignore[attr-defined]
        return super().eventFilter(watched, event)


def test_only_the_two_places_of_the_playhead_are_painted_anew(
    view: WaveformView, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: view.stretch._picture is not None)
    watch = PaintWatch()
    view.stretch.installEventFilter(watch)
    view.set_position(30_000)
    qtbot.waitUntil(lambda: bool(watch.widths))
    assert max(watch.widths) <= 40


def test_turns_stand_in_their_speakers_colours_with_names_or_initials(view: WaveformView) -> None:
    image = view.stretch.grab().toImage()
    y = round(view.stretch.sound_area().top()) - 2
    colours = {image.pixelColor(round(view.stretch.scale.x_of(ms)), y).name()
               for ms in (8_500, 18_500)}  # fmt: skip
    speakers = view.scene.speakers
    is_dark = theme().is_dark
    wanted = {speakers.colour(name, is_dark=is_dark).name() for name in ("Ana", "Vera")}
    assert colours == wanted
    assert len(wanted) == 2


def test_gaps_and_missing_sounds_look_different_from_silence(view: WaveformView) -> None:
    view.show_all()
    columns = view.scene.shape.columns(0, 2 * HOUR, 120)
    assert columns[10] is not None
    assert columns[70] is None
    assert columns[100] is None


def test_words_stand_where_there_is_no_waveform(view: WaveformView) -> None:
    view.show_words("This interview has no recording.")
    assert view.words.isVisible()
    assert not view.stretch.isVisible()
    view.show_scene(Scene(), is_new=True)
    assert view.stretch.isVisible()


def test_colours_of_speakers_follow_their_order_and_never_stand_alone() -> None:
    names = [f"Person {n}" for n in range(12)]
    speakers = SpeakerColours(names)
    for is_dark, palette in ((False, LIGHT), (True, DARK)):
        found = [speakers.colour(name, is_dark=is_dark) for name in names]
        assert {one.name() for one in found} == set(palette)
        again = SpeakerColours(names[:3]).colour("Person 2", is_dark=is_dark)
        assert again == found[2]
        assert isinstance(again, QColor)
    assert initial("«Вера»") == "В"
    assert initial("— ") == ""


def test_turns_are_found_by_time() -> None:
    marks = Marks([TurnBlock(0, 5_000, "A", 1), TurnBlock(3_000, 4_000, "B", 2),
                   TurnBlock(9_000, 9_500, "A", 3)])  # fmt: skip
    assert [one.turn_id for ms in (0, 3_500, 4_500, 9_499) if (one := marks.block_at(ms))] == [
        1, 2, 1, 3,
    ]  # fmt: skip
    assert marks.block_at(6_000) is None
    assert [one.turn_id for one in marks.blocks_between(4_500, 9_100)] == [1, 2, 3]


def test_a_quiet_recording_is_drawn_as_loud_as_its_loudest_moment() -> None:
    quiet = TimelineShape([Part(0, 1_000, Tone(1_000, 0.2)), Part(1_000, 2_000, Tone(1_000, 0.01))])
    columns = quiet.columns(0, 2_000, 2)
    assert columns[0] == pytest.approx((-1.0, 1.0))
    assert columns[1] == pytest.approx((-0.08, 0.08))
