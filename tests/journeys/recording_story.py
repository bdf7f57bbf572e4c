"""A person at the recorder, in a process of its own: ``… ARCHIVE record|until-killed|come-back``.

Qt asks for the sound server once in a process's life, and one of the stories ends
in a power cut. What is seen is told in lines of JSON.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QElapsedTimer, QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from archive_app.gui.consent_dialog import ConsentBeforeRecording
from archive_app.gui.level_meter import FLOOR_DB
from archive_app.gui.main_window import MainWindow
from archive_app.gui.recorder_control import State
from archive_app.gui.recorder_door import RecorderDoor
from archive_app.gui.recorder_window import RecorderWindow
from archive_app.paths import config_folder
from archive_app.settings import Settings
from archive_app.work import searching
from archive_app.work.archives import open_archive

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
WAIT_MS = 30_000


def tell(event: str, **values: object) -> None:
    print(json.dumps({"event": event, **values}), flush=True)


def until(is_so: Callable[[], object]) -> None:
    """Let the window live until something is so."""
    loop, look, end = QEventLoop(), QTimer(), QTimer()
    look.timeout.connect(lambda: loop.quit() if is_so() else None)
    end.setSingleShot(True)
    end.timeout.connect(loop.quit)
    look.start(10)
    end.start(WAIT_MS)
    loop.exec()
    assert is_so(), "it did not come about"


def rest(ms: int) -> None:
    since = QElapsedTimer()
    since.start()
    until(lambda: since.elapsed() >= ms)


def come_forward(window: QWidget) -> None:
    window.activateWindow()
    until(window.isActiveWindow)


def press(key: Qt.Key, modifiers: Any = Qt.KeyboardModifier.NoModifier) -> None:
    target = QApplication.focusWidget() or QApplication.activeWindow()
    assert target is not None
    QTest.keyClick(target, key, modifiers)


def open_recorder(window: MainWindow) -> RecorderWindow:
    """Open the first interview and, by its key, its recorder; wait until it hears speech."""
    assert window.session is not None
    window.open_interview(1)
    page: Any = window.page
    until(lambda: page.loaded is not None)
    window.activateWindow()
    page.contents.setFocus()
    window.actions_by_name["interview.record"].trigger()
    recorder = RecorderDoor.of(window.session).window
    assert recorder is not None
    come_forward(recorder)
    form = recorder.inputs
    until(lambda: form.device.findData("mic") >= 0)
    form.device.setCurrentIndex(form.device.findData("mic"))
    form.device.activated.emit(form.device.currentIndex())
    until(lambda: recorder.control.state is State.LISTENING)
    until(lambda: max(recorder.meter.peaks_db) > FLOOR_DB + 10)
    tell("heard", format=recorder.face.format.text(), disk=recorder.face.disk.text())
    return recorder


def begin(recorder: RecorderWindow) -> None:
    """Press record, and put the form off if it is asked for."""
    recorder.buttons[0].setFocus()
    press(Qt.Key.Key_R, CTRL)

    def form() -> Any:
        shown = recorder.findChildren(ConsentBeforeRecording)
        return next((one for one in shown if one.isVisible()), None)

    until(lambda: form() is not None or recorder.control.is_running)
    if (asked := form()) is not None:
        asked.later.click()
    until(lambda: recorder.control.is_running)


def record(window: MainWindow) -> None:
    recorder = open_recorder(window)
    begin(recorder)
    until(lambda: recorder.control.position_ms > 2_000)
    come_forward(recorder)
    recorder.buttons[2].setFocus()
    press(Qt.Key.Key_M)
    press(Qt.Key.Key_F2)
    for letter in "Bus":
        press(getattr(Qt.Key, f"Key_{letter.upper()}"))
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_N, CTRL | SHIFT)
    QTest.keyClicks(recorder.note.text, "She laughs")
    until(lambda: recorder.control.position_ms > 4_000)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Space, CTRL)
    until(lambda: recorder.control.state is State.PAUSED)
    stood = recorder.control.position_ms
    rest(500)
    assert recorder.control.position_ms == stood
    press(Qt.Key.Key_Space, CTRL)
    until(lambda: recorder.control.position_ms > stood + 1_000)
    press(Qt.Key.Key_R, CTRL | SHIFT)
    until(lambda: recorder.notice.isVisible())
    page: Any = window.page
    until(lambda: page.loaded is not None and page.player.sound.timeline)
    tell(
        "kept", words=recorder.notice.words.text(), stood=stood,
        shown_ms=page.player.sound.timeline.duration_ms,
    )  # fmt: skip
    recorder.close()


def record_until_killed(window: MainWindow) -> None:
    recorder = open_recorder(window)
    begin(recorder)
    until(lambda: recorder.control.position_ms > 2_500)
    recorder.mark()
    recorder.control.time_changed.connect(lambda ms: tell("time", ms=ms))
    QApplication.exec()


def come_back(window: MainWindow) -> None:
    strip = window.unfinished_strip
    until(strip.isVisible)
    assert strip.row is not None
    tell("offered", words=strip.row.words.text(), ms=strip.row.one.duration_ms)
    come_forward(window)
    strip.row.keep.setFocus()
    press(Qt.Key.Key_Space)
    until(lambda: not strip.isVisible())
    assert window.session is not None
    session = window.session
    until(lambda: not session.is_writing)
    tell("kept")


STORIES = {"record": record, "until-killed": record_until_killed, "come-back": come_back}


def main() -> None:
    folder, story = Path(sys.argv[1]), sys.argv[2]
    application = QApplication([])
    archive = open_archive(folder, who="Ana")
    window = MainWindow(Settings(config_folder()))
    window.resize(1280, 800)
    window.show()
    window.attach(archive)
    STORIES[story](window)
    until(lambda: window.close() or not window.isVisible())
    searching.close_index(archive)
    tell("closed")
    del application


def give_up(*error: Any) -> None:
    """End at once: threads that still run would hold a failed story up for ever."""
    traceback.print_exception(*error)
    sys.stderr.flush()
    os._exit(1)


if __name__ == "__main__":
    sys.excepthook = give_up
    main()
