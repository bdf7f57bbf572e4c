"""A player in a process of its own: plays recordings once, and tells where it was.

``python -m tests.playing_process '{"files": [[path, offset_ms, duration_ms]], "rate": 1,
"loop": null, "rounds": 0}'`` prints one line of JSON at its end.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from archive_app.gui.player_bar import PlayerBar
from archive_app.gui.timeline import Stretch, Timeline

GIVE_UP_MS = 60_000


def main(wanted: dict[str, Any]) -> None:
    app = QApplication([])
    bar = PlayerBar()
    bar.show()
    bar.set_volume(100)
    bar.set_timeline(Timeline(Stretch(Path(file), *times) for file, *times in wanted["files"]))
    bar.set_rate(wanted["rate"])
    places: list[int] = []
    failed: list[str] = []
    if wanted["loop"]:
        bar.set_selection(tuple(wanted["loop"]))
        bar.set_looping(True)

    rounds = 0

    def moved(ms: int) -> None:
        nonlocal rounds
        rounds += bool(places) and ms < places[-1]
        places.append(ms)
        if wanted["rounds"] and rounds >= wanted["rounds"]:
            bar.sound.pause()

    bar.position_ms_changed.connect(moved)
    bar.failed.connect(failed.append)
    bar.playing_changed.connect(lambda plays: None if plays else QTimer.singleShot(300, app.quit))
    QTimer.singleShot(GIVE_UP_MS, app.quit)
    QTimer.singleShot(0, lambda: bar.play_from(wanted["loop"][0] if wanted["loop"] else 0))
    app.exec()
    print(json.dumps({"places": places, "failed": failed}), flush=True)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
