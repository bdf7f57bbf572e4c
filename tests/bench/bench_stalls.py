"""How long the window's thread is kept from answering while an archive is opened and used.

Run: python tests/bench/bench_stalls.py [--stacks]. A heartbeat in the window's
thread beats every 2 ms; printed are the gaps of each step, and how much of the
longest the thread itself worked (the rest it waited for the interpreter or the
machine). With --stacks also where it was while it did not answer.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archive_app.gui.main_window import MainWindow

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

SHOWN_FROM_MS = 20


class Heartbeat:
    """Gaps between the beats, and samples of where the thread was in the long ones."""

    def __init__(self, *, stacks: bool) -> None:
        from PySide6.QtCore import Qt, QTimer

        self.gaps: list[tuple[str, float, float]] = []
        self.step = "start"
        self._last = time.perf_counter()
        self._worked = time.thread_time()
        self._main = threading.get_ident()
        self._samples: list[str] = []
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(2)
        self._timer.timeout.connect(self._beat)
        self._timer.start()
        if stacks:
            threading.Thread(target=self._watch, daemon=True).start()

    def _beat(self) -> None:
        now = time.perf_counter()
        gap = (now - self._last) * 1000
        self._last = now
        worked, self._worked = self._worked, time.thread_time()
        self.gaps.append((self.step, gap, (self._worked - worked) * 1000))
        if gap > 40 and self._samples:
            print(f"--- {gap:.0f} ms in {self.step}")
            for one in self._samples[::3]:
                print(one)
        self._samples = []

    def _watch(self) -> None:
        while True:
            time.sleep(0.004)
            if time.perf_counter() - self._last > 0.015:
                frame = sys._current_frames().get(self._main)
                if frame is None:
                    return
                lines = traceback.extract_stack(frame)[-7:]
                self._samples.append(
                    "   " + " < ".join(f"{Path(s.filename).name}:{s.lineno}" for s in lines[::-1])
                )


def main() -> None:
    """Open the sample and go through it, slowly enough that each step is told apart."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["ORAL_HISTORY_HOME"] = home
        _run(Path(home))


def _run(home: Path) -> None:
    from PySide6.QtWidgets import QApplication

    sample = home / "Sample.oralhistory"
    _make(sample)
    qt = QApplication([])
    from archive_app.gui.application import SWITCH_S, Application
    from archive_app.paths import config_folder
    from archive_app.settings import Settings

    sys.setswitchinterval(SWITCH_S)
    program = Application(qt, Settings(config_folder()))
    window = program.window
    program.open(None)
    heart = Heartbeat(stacks="--stacks" in sys.argv)
    _wait(heart, "start page", 0.5)
    window.doors.open(sample)
    _wait(heart, "opening", 2.0)
    library = window.page_named("library")
    library.table.choose_ids([1])
    _wait(heart, "first record", 1.0)
    library.table.choose_ids([2])
    _wait(heart, "second record", 0.6)
    window.open_interview(1)
    _wait(heart, "interview page", 2.0)
    for place in ("search", "dossiers", "library"):
        _try(lambda place=place: window.show_page(place))
        _wait(heart, f"{place} page", 1.2)
    _close_and_gather(window, sample, heart)
    window.look_as("public")
    _wait(heart, "other audience", 2.0)
    window.look_as("staff")
    _wait(heart, "staff again", 1.0)
    for step in dict.fromkeys(step for step, *_ in heart.gaps):
        gaps = sorted(((gap, work) for s, gap, work in heart.gaps if s == step), reverse=True)
        long = " ".join(f"{gap:.0f}" for gap, _ in gaps if gap >= SHOWN_FROM_MS)
        own = max(work for _, work in gaps)
        print(
            f"{step:16} longest {gaps[0][0]:4.0f} ms, of its own work {own:4.0f} ms"
            f"   from {SHOWN_FROM_MS} ms: {long}"
        )
    window.close()
    program.close()


def _close_and_gather(window: MainWindow, sample: Path, heart: Heartbeat) -> None:
    """Open anew, and ask for the keys of every page before any but one was made."""
    from archive_app.gui.preferences_dialog import PreferencesDialog

    window.close_archive()
    window.doors.open(sample)
    _wait(heart, "opening again", 0.25)
    while window.session is None:
        _wait(heart, "opening again", 0.05)
    assert not window.has_page("interview")
    window.show_preferences()
    dialog = window.findChild(PreferencesDialog)
    assert dialog is not None
    _wait(heart, "preferences", 0.3)
    dialog.show_page("keys")
    _wait(heart, "keys", 1.5)
    assert dialog.keys.is_listed
    dialog.close()
    window.open_interview(1)
    _wait(heart, "interview again", 1.5)


def _make(sample: Path) -> None:
    """Made by a process of its own: nothing may be imported here before it is needed."""
    import subprocess

    code = f"from pathlib import Path; from archive_app.work.sample import make_sample; make_sample(Path({str(sample)!r}))"  # noqa: E501
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])


def _wait(heart: Heartbeat, step: str, seconds: float) -> None:
    from PySide6.QtCore import QEventLoop, QTimer

    heart.step = step
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def _try(run: Callable[[], object]) -> None:
    try:
        run()
    except ImportError as error:
        print(f"not there yet: {error}")


if __name__ == "__main__":
    main()
