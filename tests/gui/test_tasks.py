from __future__ import annotations

import logging
import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from archive_app.domain.progress import Progress
from archive_app.errors import ArchiveError, Bug, Conflict
from archive_app.gui.tasks import InlineTasks, Tasks


class Ears(QObject):
    """Hears what came of a task, and in which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []
        self.is_gui_thread: list[bool] = []

    def hear(self, *values: object) -> None:
        self.heard.append(values[0] if len(values) == 1 else values)
        app = QApplication.instance()
        assert app is not None
        self.is_gui_thread.append(QThread.currentThread() is app.thread())


def wait_until_idle(qtbot: QtBot, tasks: Tasks) -> None:
    qtbot.waitUntil(tasks.is_idle, timeout=5000)


def test_a_result_arrives_in_the_gui_thread(qtbot: QtBot, tasks: Tasks) -> None:
    ears = Ears()
    tasks.run(lambda a, b: (a + b, threading.current_thread().name), 2, 3, done=ears.hear)
    wait_until_idle(qtbot, tasks)
    [result] = ears.heard
    assert isinstance(result, tuple)
    assert result[0] == 5
    assert str(result[1]).startswith("background")
    assert ears.is_gui_thread == [True]


def test_writes_run_one_at_a_time_in_order(qtbot: QtBot, tasks: Tasks) -> None:
    order: list[int] = []
    for number in range(20):
        tasks.run(order.append, number, on="writer")
    wait_until_idle(qtbot, tasks)
    assert order == list(range(20))


def test_an_error_of_ours_arrives_as_it_is(qtbot: QtBot, tasks: Tasks) -> None:
    ears = Ears()

    def refuse() -> None:
        raise Conflict("It was changed since.")

    tasks.run(refuse, failed=ears.hear)
    wait_until_idle(qtbot, tasks)
    [error] = ears.heard
    assert isinstance(error, Conflict)


def test_a_foreign_error_arrives_as_a_bug_that_quotes_nothing(
    qtbot: QtBot, tasks: Tasks, caplog: pytest.LogCaptureFixture
) -> None:
    ears = Ears()

    def stumble() -> None:
        raise KeyError("Viktor said this")

    with caplog.at_level(logging.ERROR, "archive_app"):
        tasks.run(stumble, failed=ears.hear)
        wait_until_idle(qtbot, tasks)
    [error] = ears.heard
    assert isinstance(error, Bug)
    assert "KeyError" in error.details
    assert "stumble" in error.details
    assert "Viktor" not in error.details + error.message + caplog.text


def test_an_error_that_nobody_takes_is_told_to_the_window(qtbot: QtBot, tasks: Tasks) -> None:
    def refuse() -> None:
        raise Conflict("no")

    with qtbot.waitSignal(tasks.unheard) as told:
        tasks.run(refuse)
    assert told.args is not None
    assert isinstance(told.args[0], ArchiveError)


def test_a_function_that_asks_for_progress_gets_it(qtbot: QtBot, tasks: Tasks) -> None:
    ears = Ears()

    def count(progress: Progress) -> None:
        progress.report(3, 3, "counted")

    tasks.run(count, progress=ears.hear)
    wait_until_idle(qtbot, tasks)
    assert ears.heard == [(3, 3, "counted")]
    assert ears.is_gui_thread == [True]


def test_cancelling_stops_a_running_task_at_its_next_report(qtbot: QtBot, tasks: Tasks) -> None:
    ears, done = Ears(), Ears()
    began, go_on = threading.Event(), threading.Event()

    def long_work(progress: Progress) -> str:
        began.set()
        go_on.wait(5)
        progress.report(1, 2)
        return "never"

    handle = tasks.run(long_work, done=done.hear, cancelled=lambda: ears.hear("stopped"))
    assert began.wait(5)
    handle.cancel()
    go_on.set()
    wait_until_idle(qtbot, tasks)
    assert ears.heard == ["stopped"]
    assert done.heard == []


def test_a_task_cancelled_before_it_began_never_runs(qtbot: QtBot, tasks: Tasks) -> None:
    ran: list[int] = []
    gate = threading.Event()
    tasks.run(gate.wait, 5, on="writer")
    waiting = tasks.run(ran.append, 1, on="writer")
    waiting.cancel()
    gate.set()
    wait_until_idle(qtbot, tasks)
    assert ran == []


def test_nothing_is_delivered_to_an_owner_that_is_gone(qtbot: QtBot, tasks: Tasks) -> None:
    owner = QObject()
    heard: list[object] = []
    gate = threading.Event()
    tasks.run(gate.wait, 5, done=heard.append, owner=owner)
    owner.deleteLater()
    qtbot.waitSignal(owner.destroyed).wait()
    gate.set()
    wait_until_idle(qtbot, tasks)
    assert heard == []


def test_a_task_does_not_keep_its_listener_alive(qtbot: QtBot, tasks: Tasks) -> None:
    gone: list[bool] = []
    gate = threading.Event()
    ears = Ears()
    ears.destroyed.connect(lambda: gone.append(True))
    tasks.run(gate.wait, 5, done=ears.hear)
    del ears
    assert gone == [True]
    gate.set()
    wait_until_idle(qtbot, tasks)


def test_closing_waits_for_what_is_being_written(qtbot: QtBot) -> None:
    tasks = Tasks()
    began, written = threading.Event(), []

    def write() -> None:
        began.set()
        written.append(sum(range(200_000)))

    tasks.run(write, on="writer")
    tasks.run(write, on="writer")
    assert began.wait(5)
    tasks.close()
    assert len(written) == 2


def test_tasks_with_a_label_are_listed_while_they_run(qtbot: QtBot, tasks: Tasks) -> None:
    gate = threading.Event()
    with qtbot.waitSignal(tasks.changed):
        tasks.run(gate.wait, 5, label="Hashing 3 files")
    assert [handle.label for handle in tasks.running] == ["Hashing 3 files"]
    gate.set()
    wait_until_idle(qtbot, tasks)
    assert tasks.running == ()


@pytest.mark.parametrize("function", [lambda: 7, lambda progress: 7])
def test_inline_tasks_deliver_at_once(qapp: QApplication, function: Callable[..., int]) -> None:
    heard: list[int] = []
    inline = InlineTasks()
    handle = inline.run(function, done=heard.append)
    assert heard == [7]
    assert handle.is_over
    inline.close()


def test_the_background_takes_nothing_more_after_closing(qtbot: QtBot) -> None:
    tasks = Tasks()
    tasks.close()
    heard: list[object] = []
    handle = tasks.run(lambda: 1, done=heard.append)
    assert handle.is_over
    assert tasks.is_idle()
    with pytest.raises(RuntimeError):
        tasks.run(lambda: 1, on="writer")
    assert heard == []
