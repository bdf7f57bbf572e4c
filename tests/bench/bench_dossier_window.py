"""How long the dossiers page keeps the window's thread from answering: rows, pages, scrolling.

Run: python tests/bench/bench_dossier_window.py [--stacks]. An outline of 5,000 items is
opened, and the pages of a volume of some 300 are set in the background while the outline
is scrolled; a heartbeat in the window's thread beats every 2 ms. Printed are the longest
gap of each step, how much of it the thread itself worked, and how long the first pages
and the whole took. It fails if the thread worked 50 ms at a stretch when the outline was
shown, or did not answer for 50 ms while the pages were set; where the machine is shared
the second says as much of the machine, so the same steps without pages stand beside it.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE)]

from bench_stalls import Heartbeat  # noqa: E402 - lies beside this file

INTERVIEWS, TURNS, WORDS = 40, 110, 55
ITEMS = 5_000
VOCABULARY = ("как", "мы", "уехали", "весной", "потому", "что", "больше", "могли", "там", "жить")
BAR_MS = 50
WAIT_S = 300


def fill(folder: Path) -> None:
    """Make an archive with a dossier of whole interviews and one of thousands of items."""
    from archive_app.work.archives import create_archive

    chosen = random.Random(3)
    archive = create_archive(folder, who="Ana")
    with archive.write("Fill") as writer:
        passages: list[tuple[int, int, int]] = []
        interviews: list[int] = []
        for number in range(INTERVIEWS):
            interview = writer.insert(
                "interview", accession=f"OH-{number:03d}", titles={"ru": f"Интервью {number}"}
            )
            transcript = writer.insert("transcript", interview_id=interview, language="ru")
            turns = writer.insert_many(
                "turn",
                [
                    {
                        "transcript_id": transcript, "position": n, "speaker_label": "AB"[n % 2],
                        "text": " ".join(chosen.choices(VOCABULARY, k=WORDS)).capitalize() + ".",
                        "start_ms": n * 20_000, "end_ms": n * 20_000 + 19_000,
                    }
                    for n in range(TURNS)
                ],
            )  # fmt: skip
            interviews.append(interview)
            passages += [(interview, transcript, turn) for turn in turns]
        volume = writer.insert("dossier", title="Volume")
        writer.insert_many(
            "dossier_item",
            [{"dossier_id": volume, "kind": "interview", "interview_id": one, "position": n}
             for n, one in enumerate(interviews)],
        )  # fmt: skip
        many = writer.insert("dossier", title="Thousands")
        writer.insert_many("dossier_item", [_item(n, many, passages) for n in range(ITEMS)])
    archive.close()


def _item(number: int, dossier: int, passages: list[tuple[int, int, int]]) -> dict[str, Any]:
    common = {"dossier_id": dossier, "position": number}
    if number % 25 == 0:
        return {**common, "kind": "heading", "text": f"Heading {number}", "level": 1 + number % 2}
    interview, transcript, turn = passages[number % len(passages)]
    return {
        **common, "kind": "passage", "interview_id": interview, "transcript_id": transcript,
        "start_turn": turn, "start": 0, "end_turn": turn, "end": 1,
    }  # fmt: skip


def main() -> int:
    """Measure and print; return 1 if a bar was missed."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["ORAL_HISTORY_HOME"] = home
        folder = Path(home) / "Big.oralhistory"
        code = f"import sys; sys.path[:0] = [{str(HERE.parents[1])!r}, {str(HERE)!r}]\n"
        code += "from pathlib import Path; import bench_dossier_window as bench\n"
        subprocess.run([sys.executable, "-c", f"{code}bench.fill(Path({str(folder)!r}))"],
                       check=True)  # fmt: skip
        return _run(folder)


def _run(folder: Path) -> int:
    from PySide6.QtWidgets import QApplication

    qt = QApplication([])
    from archive_app.gui.application import SWITCH_S, Application
    from archive_app.paths import config_folder
    from archive_app.settings import Settings

    sys.setswitchinterval(SWITCH_S)
    program = Application(qt, Settings(config_folder()))
    window = program.window
    program.open(None)
    window.doors.open(folder)
    heart = Heartbeat(stacks="--stacks" in sys.argv)
    _wait(heart, "opening", 6.0)
    window.show_page("dossiers")
    page: Any = window.page_named("dossiers")
    _until(heart, "outline", lambda: page.outline.count() == ITEMS)
    _wait(heart, "outline", 0.5)
    page.pages.clear()
    _scroll(heart, page, "scroll, no pages")
    with page.session.archive.read() as reader:
        volume = next(one.id for one in reader.dossiers_only() if one.title == "Volume")
    start = time.perf_counter()
    page.show_dossier(volume)
    _until(heart, "volume, first", lambda: page.pages.pages > 0)
    first = time.perf_counter() - start
    _wait(heart, "rows shown", 0.01)
    page.outline.show_items(_many(page))
    _wait(heart, "rows shown", 0.3)
    while not page.pages.is_whole and time.perf_counter() - start < WAIT_S:
        _scroll(heart, page, "scroll, pages set", count=10)
    whole = time.perf_counter() - start
    _wait(heart, "pages shown", 1.0)
    for number in range(0, page.pages.pages, 20):
        page.pages.go_to_page(number)
        _wait(heart, "leafing", 0.1)
    print(f"first pages after {first:.1f} s, all {page.pages.pages} after {whole:.1f} s")
    is_good = _tell(heart)
    window.close()
    program.close()
    return 0 if is_good else 1


def _many(page: Any) -> tuple[Any, ...]:
    """Return thousands of rows to scroll while the volume's pages are set."""
    one = page.outline.rows.items[0]
    from dataclasses import replace

    return tuple(
        replace(one, item=replace(one.item, id=10_000 + n, kind="passage"), text=f"Words {n} " * 20)
        for n in range(ITEMS)
    )


def _tell(heart: Heartbeat) -> bool:
    is_good = True
    for step in dict.fromkeys(step for step, *_ in heart.gaps):
        gaps = sorted(((gap, work) for s, gap, work in heart.gaps if s == step), reverse=True)
        own = max(work for _, work in gaps)
        long = " ".join(f"{gap:.0f}" for gap, _ in gaps if gap >= BAR_MS / 2)
        print(f"{step:18} longest {gaps[0][0]:4.0f} ms, own work {own:4.0f} ms   {long[:60]}")
        if step == "outline":
            is_good &= own < BAR_MS
        if step == "scroll, pages set":
            is_good &= own < BAR_MS
            quiet = max(gap for s, gap, _ in heart.gaps if s == "scroll, no pages")
            print(f"ratio of the longest gap with pages to that without: {gaps[0][0] / quiet:.2f}")
    return is_good


def _scroll(heart: Heartbeat, page: Any, step: str, count: int = 60) -> None:
    bar = page.outline.verticalScrollBar()
    for _ in range(count):
        bar.setValue((bar.value() + 900) % max(bar.maximum(), 1))
        _wait(heart, step, 0.02)


def _until(heart: Heartbeat, step: str, is_so: Callable[[], bool]) -> None:
    end = time.perf_counter() + WAIT_S
    while not is_so() and time.perf_counter() < end:
        _wait(heart, step, 0.02)


def _wait(heart: Heartbeat, step: str, seconds: float) -> None:
    from PySide6.QtCore import QEventLoop, QTimer

    heart.step = step
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


if __name__ == "__main__":
    sys.exit(main())
