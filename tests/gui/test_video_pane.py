"""The picture of a filmed interview, beside the waveform and in a window of its own."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from make_media import BY_NAME, make
from PySide6.QtMultimediaWidgets import QVideoWidget
from pytestqt.qtbot import QtBot

from archive_app.gui.player_bar import PlayerBar
from archive_app.gui.timeline import Stretch, Timeline
from archive_app.gui.video_pane import VideoPane


@pytest.fixture
def bar(qtbot: QtBot, tmp_path: Path) -> PlayerBar:
    """A player with a film of two seconds."""
    bar = PlayerBar()
    qtbot.addWidget(bar)
    film = make(tmp_path / "film.mp4", BY_NAME["mp4"], seconds=2.0)
    bar.set_timeline(Timeline([Stretch(film, 0, 2_000)]))
    bar.show()
    return bar


@pytest.fixture
def pane(qtbot: QtBot, bar: PlayerBar) -> VideoPane:
    pane = VideoPane(bar.sound)
    qtbot.addWidget(pane)
    pane.show()
    return pane


def screen_of(pane: VideoPane) -> QVideoWidget:
    found = pane._screen
    assert isinstance(found, QVideoWidget)
    return found


def test_the_picture_stands_there_and_moves_with_the_sound(
    pane: VideoPane, bar: PlayerBar, qtbot: QtBot
) -> None:
    sink = screen_of(pane).videoSink()
    qtbot.waitUntil(lambda: sink.videoSize().isValid(), timeout=15_000)
    frames: list[object] = []
    sink.videoFrameChanged.connect(lambda _: frames.append(1))
    bar.play_from(300)
    qtbot.waitUntil(lambda: bar.position_ms > 600 and len(frames) > 2, timeout=15_000)
    bar.sound.pause()


def test_the_picture_moves_into_its_own_window_and_back(
    pane: VideoPane, bar: PlayerBar, qtbot: QtBot
) -> None:
    pane.own_window.click()
    assert pane.is_detached
    assert screen_of(pane).window() is not pane.window()
    assert pane.words.isVisible()
    screen_of(pane).window().close()
    assert not pane.is_detached
    assert screen_of(pane).window() is pane.window()
    assert not pane.own_window.isChecked()


def test_without_the_systems_libraries_it_says_so(
    qtbot: QtBot, bar: PlayerBar, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "PySide6.QtMultimediaWidgets", None)
    pane = VideoPane(bar.sound)
    qtbot.addWidget(pane)
    pane.show()
    assert "library" in pane.words.text()
    assert not pane.own_window.isEnabled()
