"""A recorder's window on an input that is not there, for its tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QMessageBox
from window_material import filled_archive, window_on

from archive_app.domain.records import ConsentUse
from archive_app.gui.main_window import MainWindow
from archive_app.gui.recorder_door import RecorderDoor
from archive_app.gui.recorder_example import (
    ExampleCapture,
    example_sound,
)
from archive_app.gui.recorder_source import SoundSource
from archive_app.gui.recorder_window import RecorderWindow
from archive_app.media.broadcast_wave import SoundFormat
from archive_app.paths import config_folder
from archive_app.settings import Settings
from archive_app.work import access, recording

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
