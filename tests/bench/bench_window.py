"""How long the window takes to start, against a bare application with one label.

Run: python tests/bench/bench_window.py [starts]. Each start is a process of its
own, on no screen; printed are the medians, their ratio, and the peak memory.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

BARE = """
import sys, time
start = time.perf_counter()
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication([])
label = QLabel("one label")
label.show()
app.processEvents()
"""
WINDOW = """
import sys, time
start = time.perf_counter()
from archive_app.paths import config_folder
from archive_app.settings import Settings
from PySide6.QtWidgets import QApplication
from archive_app.gui.application import Application
app = QApplication([])
program = Application(app, Settings(config_folder()))
program.open(None)
app.processEvents()
"""
END = """
took = time.perf_counter() - start
peak = 0
if sys.platform != "win32":
    import resource
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(took * 1000, peak)
"""


def start(code: str, home: str) -> tuple[float, float]:
    """Return milliseconds and peak KiB of one start in a process of its own."""
    environment = dict(os.environ, QT_QPA_PLATFORM="offscreen", ORAL_HISTORY_HOME=home)
    found = subprocess.run(
        [sys.executable, "-c", code + END],
        cwd=ROOT, env=environment, check=True, capture_output=True, text=True,
    )  # fmt: skip
    took, peak = found.stdout.split()
    return float(took), float(peak)


def main() -> None:
    """Print the medians; the two kinds take turns, so that neither has the warmer machine."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    bare: list[tuple[float, float]] = []
    window: list[tuple[float, float]] = []
    with tempfile.TemporaryDirectory() as home:
        start(BARE, home)
        start(WINDOW, home)
        for _ in range(times):
            bare.append(start(BARE, home))
            window.append(start(WINDOW, home))
    bare_ms = statistics.median(one[0] for one in bare)
    window_ms = statistics.median(one[0] for one in window)
    print(f"bare application with one label: {bare_ms:.0f} ms")
    print(f"window on its start page:        {window_ms:.0f} ms")
    print(f"ratio:                           {window_ms / bare_ms:.2f}")
    print(
        f"peak memory, bare:               {statistics.median(o[1] for o in bare) / 1024:.0f} MiB"
    )
    print(
        f"peak memory, window:             {statistics.median(o[1] for o in window) / 1024:.0f} MiB"
    )


if __name__ == "__main__":
    main()
