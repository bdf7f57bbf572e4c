"""A pedal that sends keys, in the window's own events: never out of step, and it never types."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWindow
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from archive_app.gui.actions import Actions
from archive_app.gui.interview_page import InterviewPage
from archive_app.gui.interview_pedal import InterviewPedal
from archive_app.gui.pedal import Pedal, Switch, bound_switches
from archive_app.gui.pedal_keys import Sent
from archive_app.gui.pedal_page import TAP_MS, PedalPage
from archive_app.gui.session import Session
from archive_app.settings import PEDAL_MODE, PEDAL_STEP_MS, PEDAL_SWITCHES, Settings

pytest_plugins = ["page_material"]

NONE = Qt.KeyboardModifier.NoModifier
PRESS, RELEASE = QEvent.Type.KeyPress, QEvent.Type.KeyRelease


class Player:
    """Counts what it is told."""

    def __init__(self) -> None:
        self.is_playing = False
        self.steps: list[int] = []
        self.told = 0

    def play(self) -> None:
        self.is_playing = True
        self.told += 1

    def pause(self) -> None:
        self.is_playing = False
        self.told += 1

    def step(self, by_ms: int) -> None:
        self.steps.append(by_ms)


class Bench:
    """A window with two fields, a pedal on F13, and a player."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.player = Player()
        self.may_act = True
        self.shortcuts: set[str] = set()
        self.pedal = Pedal(
            self.player,
            settings,
            may_act=lambda: self.may_act,
            is_shortcut=lambda keys: keys.toString() in self.shortcuts,
        )
        self.widget = QWidget()
        rows = QVBoxLayout(self.widget)
        self.text, self.line = QPlainTextEdit(), QLineEdit()
        rows.addWidget(self.text)
        rows.addWidget(self.line)

    @property
    def window(self) -> QWindow:
        handle = self.widget.windowHandle()
        assert handle is not None
        return handle

    def send(
        self, kind: QEvent.Type, key: Qt.Key, text: str = "", *, repeats: bool = False,
        held: Qt.KeyboardModifier = NONE, code: int = 0,
    ) -> None:  # fmt: skip
        def event(kind: QEvent.Type) -> QKeyEvent:
            return QKeyEvent(kind, key.value, held, code, 0, 0, text, repeats)

        if kind == PRESS:
            asked = event(QEvent.Type.ShortcutOverride)
            QCoreApplication.sendEvent(self.window, asked)
        QCoreApplication.sendEvent(self.window, event(kind))

    def type(self, letter: str) -> None:
        key = Qt.Key(ord(letter.upper()))
        self.send(PRESS, key, letter)
        self.send(RELEASE, key, letter)


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: object) -> Iterator[Bench]:
    settings = Settings(tmp_path)  # type: ignore[arg-type]
    settings.set(PEDAL_SWITCHES, {"play": "F13", "back": "F14", "forward": "F15"})
    made = Bench(settings)
    made.widget.show()
    made.widget.activateWindow()
    qtbot.waitUntil(lambda: made.widget.isActiveWindow())
    made.text.setFocus()
    yield made
    made.widget.close()
    made.widget.deleteLater()
    made.pedal.deleteLater()


def test_it_plays_while_it_is_held_and_types_nothing(bench: Bench) -> None:
    bench.send(PRESS, Qt.Key.Key_F13)
    assert bench.player.is_playing
    bench.type("a")
    bench.send(RELEASE, Qt.Key.Key_F13)
    assert not bench.player.is_playing
    assert bench.text.toPlainText() == "a"


def test_a_bound_letter_never_types_but_others_do(bench: Bench) -> None:
    bench.settings.set(PEDAL_SWITCHES, {"play": "B"})
    for letter in "abba":
        bench.type(letter)
    assert bench.text.toPlainText() == "aa"
    bench.line.setFocus()
    bench.type("b")
    assert bench.line.text() == ""


def test_the_repeats_of_a_held_key_are_nothing_new(bench: Bench) -> None:
    bench.send(PRESS, Qt.Key.Key_F13)
    for _ in range(20):
        bench.send(RELEASE, Qt.Key.Key_F13, repeats=True)
        bench.send(PRESS, Qt.Key.Key_F13, repeats=True)
    assert bench.player.is_playing
    assert bench.player.told == 1
    bench.send(RELEASE, Qt.Key.Key_F13)
    assert not bench.player.is_playing


def test_a_window_that_loses_the_keyboard_lets_the_pedal_go(bench: Bench, qtbot: QtBot) -> None:
    bench.send(PRESS, Qt.Key.Key_F13)
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(lambda: not bench.player.is_playing)
    bench.send(RELEASE, Qt.Key.Key_F13)
    bench.widget.activateWindow()
    qtbot.waitUntil(lambda: bench.widget.isActiveWindow())
    bench.send(PRESS, Qt.Key.Key_F13, repeats=True)
    assert not bench.player.is_playing
    bench.send(PRESS, Qt.Key.Key_F13)
    assert bench.player.is_playing


def test_back_goes_on_while_it_is_held(bench: Bench, qtbot: QtBot) -> None:
    bench.settings.set(PEDAL_STEP_MS, 700)
    bench.send(PRESS, Qt.Key.Key_F14)
    qtbot.waitUntil(lambda: len(bench.player.steps) >= 3)
    bench.send(RELEASE, Qt.Key.Key_F14)
    taken = len(bench.player.steps)
    assert set(bench.player.steps) == {-700}
    qtbot.wait(400)
    assert len(bench.player.steps) == taken


def test_shift_held_for_a_capital_does_not_hide_the_pedal(bench: Bench) -> None:
    shift = Qt.KeyboardModifier.ShiftModifier
    bench.send(PRESS, Qt.Key.Key_F13, held=shift)
    assert bench.player.is_playing
    bench.send(RELEASE, Qt.Key.Key_F13)
    assert not bench.player.is_playing


def test_another_command_on_the_same_key_with_shift_stays_that_command(bench: Bench) -> None:
    bench.shortcuts.add("Shift+F13")
    bench.send(PRESS, Qt.Key.Key_F13, held=Qt.KeyboardModifier.ShiftModifier)
    assert not bench.player.is_playing


def test_the_same_key_counts_whatever_letter_the_layout_makes_of_it(bench: Bench) -> None:
    bench.settings.set(PEDAL_SWITCHES, {"play": Sent(Qt.Key.Key_B.value, code=56).kept})
    bench.send(PRESS, Qt.Key(0x0418), "и", code=56)
    assert bench.player.is_playing
    bench.send(RELEASE, Qt.Key(0x0418), "и", code=56)
    assert not bench.player.is_playing
    assert bench.text.toPlainText() == ""


def test_a_mouse_button_can_be_the_pedal(bench: Bench) -> None:
    bench.settings.set(PEDAL_SWITCHES, {"play": "mouse 8"})

    def click(kind: QEvent.Type, held: Qt.MouseButton) -> None:
        place, button = QPointF(5, 5), Qt.MouseButton.BackButton
        event = QMouseEvent(kind, place, place, button, held, NONE)
        QCoreApplication.sendEvent(bench.window, event)

    click(QEvent.Type.MouseButtonPress, Qt.MouseButton.BackButton)
    assert bench.player.is_playing
    click(QEvent.Type.MouseButtonRelease, Qt.MouseButton.NoButton)
    assert not bench.player.is_playing


def test_a_tapping_pedal_changes_over_from_what_the_player_does(bench: Bench) -> None:
    bench.settings.set(PEDAL_MODE, "tap")
    bench.type("\x00")
    for expected in (True, False, True):
        bench.send(PRESS, Qt.Key.Key_F13)
        bench.send(RELEASE, Qt.Key.Key_F13)
        assert bench.player.is_playing is expected
    bench.player.pause()  # The recording ended by itself.
    bench.send(PRESS, Qt.Key.Key_F13)
    bench.send(RELEASE, Qt.Key.Key_F13)
    assert bench.player.is_playing


def test_out_of_sight_the_pedal_is_an_ordinary_key(bench: Bench) -> None:
    bench.settings.set(PEDAL_SWITCHES, {"play": "B"})
    bench.may_act = False
    bench.type("b")
    assert bench.text.toPlainText() == "b"
    assert not bench.player.is_playing


STEPS = st.sampled_from(
    ["press", "repeat", "repeat release", "release", "letter", "shifted", "leave", "come"]
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEPS, max_size=40))
def test_whatever_happens_it_plays_if_and_only_if_the_pedal_is_down(
    bench: Bench, steps: list[str]
) -> None:
    key = Qt.Key.Key_F13
    bench.pedal.let_go()
    bench.text.clear()
    down, typed = False, ""
    for step in steps:
        if step == "press":
            bench.send(PRESS, key)
            down = True
        elif step == "repeat":
            bench.send(PRESS, key, repeats=True)
        elif step == "repeat release":
            bench.send(RELEASE, key, repeats=True)
        elif step == "release":
            bench.send(RELEASE, key)
            down = False
        elif step == "letter":
            bench.type("a")
            typed += "a"
        elif step == "shifted":
            bench.send(RELEASE, key, held=Qt.KeyboardModifier.ShiftModifier)
            down = False
        else:
            # What Qt tells when another program comes to the front, and back.
            bench.pedal._focus_moved(bench.window if step == "come" else None)
            bench.pedal._focus_moved(bench.window)
            down = False
        assert bench.player.is_playing is down
        assert bench.pedal.is_down is down
    assert bench.text.toPlainText() == typed


@given(
    st.builds(
        Sent,
        key=st.sampled_from([Qt.Key.Key_F13, Qt.Key.Key_B, Qt.Key.Key_MediaPlay, Qt.Key.Key_Plus])
        .map(lambda key: key.value),
        modifiers=st.sampled_from([0, Qt.KeyboardModifier.ControlModifier.value]),
        code=st.integers(0, 255),
    )
    | st.integers(3, 20).map(lambda bit: Sent(button=1 << bit))
)  # fmt: skip
def test_what_is_kept_is_read_back(sent: Sent) -> None:
    assert Sent.read(sent.kept) == sent


# The preferences' page -----------------------------------------------------


@pytest.fixture
def shown(qtbot: QtBot, tmp_path: object) -> PedalPage:
    settings = Settings(tmp_path)  # type: ignore[arg-type]
    actions = Actions(settings)
    owner = QWidget()
    qtbot.addWidget(owner)
    actions.add("interview.play", "&Play or pause", shortcut="F4; F9", owner=owner)
    page = PedalPage(settings, actions)
    page.owner = owner  # type: ignore[attr-defined]
    qtbot.addWidget(page)
    page.show()
    return page


def press(page: PedalPage, key: Qt.Key, text: str = "", *, for_ms: float = 300) -> None:
    now = [0.0]
    page.display._now_ms = lambda: now[0]
    event = QKeyEvent(PRESS, key.value, NONE, 70, 0, 0, text)
    QCoreApplication.sendEvent(page.display, event)
    now[0] += for_ms
    event = QKeyEvent(RELEASE, key.value, NONE, 70, 0, 0, text)
    QCoreApplication.sendEvent(page.display, event)


def test_the_page_shows_what_a_pedal_sends_with_times(shown: PedalPage) -> None:
    press(shown, Qt.Key.Key_F13)
    lines = shown.display.toPlainText().splitlines()
    assert lines == ["+0 ms  F13 pressed (code 70)", "+300 ms  F13 released, held 300 ms (code 70)"]
    assert bound_switches(shown._settings) == {}


def test_the_page_binds_what_is_pressed_next_and_clears_it(shown: PedalPage) -> None:
    shown.bind_buttons[Switch.PLAY].click()
    press(shown, Qt.Key.Key_F13)
    assert bound_switches(shown._settings) == {Switch.PLAY: Sent(Qt.Key.Key_F13.value, code=70)}
    assert shown.shown[Switch.PLAY].text() == "F13"
    shown.bind_buttons[Switch.BACK].click()
    press(shown, Qt.Key.Key_F13)
    assert list(bound_switches(shown._settings)) == [Switch.BACK]
    shown.clear_buttons[Switch.BACK].click()
    assert bound_switches(shown._settings) == {}
    assert not shown.clear_buttons[Switch.BACK].isEnabled()


def test_the_page_tells_of_a_command_and_of_a_letter_that_the_pedal_takes(
    shown: PedalPage,
) -> None:
    shown.begin(Switch.PLAY)
    press(shown, Qt.Key.Key_F4)
    assert "Play or pause" in shown.told.text()
    shown.begin(Switch.PLAY)
    press(shown, Qt.Key.Key_B, "b")
    assert "cannot be typed" in shown.told.text()


def test_a_pedal_that_taps_is_told_from_one_that_is_held(shown: PedalPage) -> None:
    press(shown, Qt.Key.Key_F13, for_ms=400)
    press(shown, Qt.Key.Key_F13, for_ms=TAP_MS / 5)
    assert shown.told.text() == ""
    press(shown, Qt.Key.Key_F13, for_ms=TAP_MS / 5)
    assert "Each tap starts or stops" in shown.told.text()


# On the interview's page ---------------------------------------------------


def test_it_plays_the_interview_while_one_types_in_the_transcript(
    session: Session, qtbot: QtBot
) -> None:
    session.settings.set(PEDAL_SWITCHES, {"play": "F4", "back": "F14"})
    page = InterviewPage(session)
    qtbot.addWidget(page)
    page.resize(1200, 700)
    page.show()
    page.open(1)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.pane.view.setFocus()
    pedal = next(one for one in page.parts if isinstance(one, InterviewPedal)).pedal
    told: list[str] = []
    sound = page.player.sound
    page.player.playing_changed.connect(lambda on: told.append("play" if on else "pause"))
    page.player.seek(60_000)
    before = page.pane.view.toPlainText()
    handle = page.windowHandle()
    assert handle is not None

    def send(kind: QEvent.Type, key: Qt.Key) -> None:
        if kind == PRESS:
            asked = QKeyEvent(QEvent.Type.ShortcutOverride, key.value, NONE)
            QCoreApplication.sendEvent(handle, asked)
            assert asked.isAccepted()
        QCoreApplication.sendEvent(handle, QKeyEvent(kind, key.value, NONE))

    send(PRESS, Qt.Key.Key_F4)
    assert pedal.is_down
    assert sound.is_playing or sound.problem
    send(RELEASE, Qt.Key.Key_F4)
    assert not pedal.is_down
    assert not sound.is_playing
    at = page.player.position_ms
    send(PRESS, Qt.Key.Key_F14)
    send(RELEASE, Qt.Key.Key_F14)
    assert page.player.position_ms == at - 1000
    assert page.pane.view.toPlainText() == before
