"""A program that types into the interview's page as a person does, and tells what it saw.

    python tests/faults/typist.py FOLDER TRANSCRIPT SEED

Prints "typed N T" for each key (N keys so far, T the system's running time) and
"saved N" each time the page says that all is saved; goes on until it is killed.
"""

from __future__ import annotations

import gc
import os
import random
import sys
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "gui")]

ENTER = "\n"
BACK = "\b"
WORDS = ("мы", "тогда", "приехали", "в", "Белград", "ljudi", "su", "dolazili", "svaki", "dan", "we")
PAUSES_MS = (25, 400)
"""Between two keys; a fast typist needs some 70 ms a key, and stops to listen."""


def keys(seed: int, count: int) -> list[str]:
    """Return what is typed: words, now and then a slip taken back, and a new turn."""
    chance = random.Random(seed)
    made: list[str] = []
    while len(made) < count:
        made += [*chance.choice(WORDS), " "]
        if chance.random() < 0.1:
            made += ["x", BACK]
        if chance.random() < 0.06:
            made.append(ENTER)
            made += chance.choice(WORDS)
    return made[:count]


def states(typed: list[str]) -> list[tuple[str, ...]]:
    """Return how the turns that are typed into stand before the first key and after each."""
    turns = [""]
    found = [tuple(turns)]
    for key in typed:
        if key == ENTER:
            turns.append("")
        elif key == BACK:
            turns[-1] = turns[-1][:-1]
        else:
            turns[-1] += key
        found.append(tuple(turns))
    return found


def main() -> int:
    from letters import type_text  # pyright: ignore[reportMissingImports]
    from PySide6.QtCore import Qt, QTimer
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from archive_app.gui.interview_page import InterviewPage
    from archive_app.gui.session import Place, Session
    from archive_app.gui.tasks import Tasks
    from archive_app.settings import Settings
    from archive_app.store.archive import Archive

    folder, transcript_id, seed = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    app = QApplication([])
    gc.disable()
    archive = Archive.open(folder, who="Typist")
    with archive.read() as reader:
        interview = reader.transcript(transcript_id).interview_id
    session = Session(archive, Tasks(), Settings(folder.parent / "settings"))
    page = InterviewPage(session)
    page.resize(1200, 800)
    page.show()
    page.open(interview, Place(transcript_id))
    typed = keys(seed, 5_000)
    chance = random.Random(seed)
    view = page.pane.view
    done = 0

    def say_saved(_state: object) -> None:
        if page.pane.saved.text() == "Saved":
            print(f"saved {done}", flush=True)

    def press() -> None:
        nonlocal done
        key = typed[done]
        done += 1
        # Told first: a key that did not come through is one that was lost.
        print(f"typed {done} {time.monotonic():.4f}", flush=True)
        if key == ENTER:
            QTest.keyClick(view, Qt.Key.Key_Return)
        elif key == BACK:
            QTest.keyClick(view, Qt.Key.Key_Backspace)
        else:
            type_text(view, key)
        pause = chance.choice(PAUSES_MS) if chance.random() < 0.1 else chance.randrange(40, 130)
        QTimer.singleShot(pause, press)

    def begin() -> None:
        if not page.transcript_id:
            QTimer.singleShot(20, begin)
            return
        last = view.document_copy.turns[-1]
        view.setFocus()
        view.place_cursor(last.id, len(last.text))
        page.editor.saver.state_changed.connect(say_saved)
        print("begun", flush=True)
        press()

    begin()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
