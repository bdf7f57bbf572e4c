"""Long work at the window's foot: a line each, each to be cancelled by itself."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from archive_app.domain.progress import Progress
from archive_app.gui.progress_strip import SHOWN_AT_ONCE, ProgressStrip, time_left
from archive_app.gui.tasks import TaskHandle, TaskProgress, Tasks


@pytest.fixture
def strip(qtbot: Any, tasks: Tasks) -> Iterator[ProgressStrip]:
    made = ProgressStrip()
    qtbot.addWidget(made)
    made.watch(tasks)
    yield made
    made.watch(None)


class Work:
    """Reports step after step, each when it is let go on, until it is finished or cancelled."""

    def __init__(self, what: str = "") -> None:
        self.what = what
        self._may_end = threading.Event()

    def __call__(self, *, progress: Progress) -> str:
        done = 0
        while not self._may_end.wait(0.005):
            done = min(done + 1, 50)
            progress.report(done, 100, self.what)
        return self.what

    def end(self) -> None:
        self._may_end.set()


Start = Callable[..., tuple[Work, TaskHandle]]


@pytest.fixture
def start(tasks: Tasks) -> Iterator[Start]:
    begun: list[Work] = []

    def run(label: str, what: str = "", **more: Any) -> tuple[Work, TaskHandle]:
        work = Work(what)
        begun.append(work)
        return work, tasks.run(work, label=label, **more)

    yield run
    for work in begun:
        work.end()


def labels(strip: ProgressStrip) -> list[str]:
    return [row.handle.label for row in strip.rows]


def test_nothing_is_shown_while_nothing_runs(strip: ProgressStrip, tasks: Tasks) -> None:
    assert not strip.isVisible()
    tasks.run(lambda: None)
    assert strip.rows == ()


def test_several_tasks_stand_in_a_list_and_each_is_cancelled_by_itself(
    qtbot: Any, strip: ProgressStrip, start: Start
) -> None:
    stopped: list[str] = []
    ended: list[str] = []
    _, backup = start("Backing up", cancelled=lambda: stopped.append("backup"))
    check, _ = start("Checking", "recordings", done=ended.append)
    _, imported = start("Importing", on="writer", cancelled=lambda: stopped.append("import"))
    assert strip.isVisible()
    assert labels(strip) == ["Backing up", "Checking", "Importing"]
    assert [row.stop.accessibleName() for row in strip.rows] == [
        "Cancel: Backing up", "Cancel: Checking", "Cancel: Importing",
    ]  # fmt: skip
    QTest.mouseClick(strip.rows[0].stop, Qt.MouseButton.LeftButton)
    assert backup.is_cancelled
    assert not imported.is_cancelled
    assert not strip.rows[0].stop.isEnabled()
    assert strip.rows[0].stop.toolTip()
    qtbot.waitUntil(lambda: labels(strip) == ["Checking", "Importing"])
    assert stopped == ["backup"]
    QTest.mouseClick(strip.rows[1].stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: labels(strip) == ["Checking"])
    assert stopped == ["backup", "import"]
    check.end()
    qtbot.waitUntil(lambda: not strip.isVisible())
    assert ended == ["recordings"]


def test_a_line_says_what_is_done_and_how_far_it_is(
    qtbot: Any, strip: ProgressStrip, start: Start
) -> None:
    start("Checking", "recordings")
    (row,) = strip.rows
    qtbot.waitUntil(lambda: row.words.text() == "Checking: recordings")
    assert row.bar.maximum() == 100
    qtbot.waitUntil(lambda: row.bar.value() > 5)


def test_a_task_that_only_waits_is_cancelled_at_once(
    qtbot: Any, strip: ProgressStrip, start: Start
) -> None:
    first, _ = start("Importing", on="writer")
    begun: list[str] = []
    second, _ = start("Importing more", on="writer", done=begun.append)
    QTest.mouseClick(strip.rows[1].stop, Qt.MouseButton.LeftButton)
    first.end()
    qtbot.waitUntil(lambda: strip.rows == ())
    second.end()
    assert begun == []


def test_more_tasks_than_there_is_room_for_are_counted(
    qtbot: Any, strip: ProgressStrip, start: Start
) -> None:
    works = [start(f"Task {number}")[0] for number in range(SHOWN_AT_ONCE + 2)]
    assert len(strip.rows) == SHOWN_AT_ONCE
    assert strip._more.isVisible()
    assert strip._more.text() == "and 2 more waiting"
    for work in works[:2]:
        work.end()
    qtbot.waitUntil(lambda: "Task 5" in labels(strip))
    assert not strip._more.isVisible()


def test_how_long_it_takes_still_is_guessed_only_when_it_can_be() -> None:
    handle = TaskHandle(1, "Backing up", "background")
    handle.latest = TaskProgress(10, 100, "")
    assert time_left(handle) == ""
    handle.started_at = time.monotonic() - 5
    assert time_left(handle) == "about 45 s left"
    handle.latest = TaskProgress(1, 100, "")
    assert time_left(handle) == "about 8 min left"
    handle.latest = TaskProgress(1, 0, "")
    assert time_left(handle) == ""
