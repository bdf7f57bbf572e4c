"""Long work beside the window: three executors, and results that come back in the GUI thread.

``writer`` has one worker and does every write, in order; ``index`` has one that
keeps the search index in step, so that nobody's words wait for it to be stored;
``background`` does what only reads. This module and the exception hook hold the only broad catches.
"""

from __future__ import annotations

import contextlib
import inspect
import itertools
import logging
import threading
import time
import weakref
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Literal

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from archive_app.domain.progress import Progress
from archive_app.errors import ArchiveError, Cancelled
from archive_app.gui.crash import as_archive_error, places
from archive_app.translation import tr

log = logging.getLogger(__name__)

Executor = Literal["writer", "index", "background"]
BACKGROUND_WORKERS = 2
REPORT_EVERY_S = 0.05
"""Progress is passed on at most twenty times a second."""


@dataclass(frozen=True, slots=True)
class TaskProgress:
    """How far a task is: ``total`` 0 means not known; ``what`` is for the person."""

    done: int
    total: int
    what: str


class TaskHandle:
    """A task that runs or waits: what it is called, how far it is, and a way to stop it."""

    def __init__(self, number: int, label: str, on: Executor) -> None:
        self.number = number
        self.label = label
        """For the line at the window's foot; empty for tasks too small to show."""
        self.on: Executor = on
        self.started_at = time.monotonic()
        self.latest = TaskProgress(0, 0, "")
        self.is_over = False
        self._stop = threading.Event()

    @property
    def is_cancelled(self) -> bool:
        """Whether somebody asked it to stop."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask it to stop: at once if it still waits, else when it next reports its progress."""
        self._stop.set()


class _Reporter:
    """The Progress a function gets: passes on to the GUI thread, raises when cancelled."""

    def __init__(
        self, handle: TaskHandle, passed_on: Callable[[TaskHandle, TaskProgress], None]
    ) -> None:
        self._handle = handle
        self._passed_on = passed_on
        self._last = 0.0

    def report(self, done: int, total: int, what: str = "") -> None:
        if self._handle.is_cancelled:
            raise Cancelled(tr("Stopped. Nothing was left half done."))
        now = time.monotonic()
        if now - self._last >= REPORT_EVERY_S or (total and done >= total):
            self._last = now
            self._passed_on(self._handle, TaskProgress(done, total, what))


@dataclass(frozen=True, slots=True)
class _Ended:
    handle: TaskHandle
    value: object = None
    error: BaseException | None = None


Callback = Callable[..., object]


class _Ears:
    """Who hears of a task; methods of Qt objects are held weakly: a task keeps no window alive."""

    def __init__(
        self,
        *,
        owner: QObject | None,
        done: Callback | None,
        failed: Callback | None,
        progress: Callback | None,
        cancelled: Callback | None,
    ) -> None:
        callbacks = (done, failed, progress, cancelled)
        if owner is None:
            owner = next(filter(None, map(_object_of, callbacks)), None)
        self._owner = None if owner is None else weakref.ref(owner)
        self._held = tuple(map(_hold, callbacks))

    def done(self, value: object) -> None:
        self._tell(0, value)

    def failed(self, error: ArchiveError) -> bool:
        return self._tell(1, error)

    def progress(self, latest: TaskProgress) -> None:
        self._tell(2, latest.done, latest.total, latest.what)

    def cancelled(self) -> None:
        self._tell(3)

    @property
    def is_gone(self) -> bool:
        if self._owner is None:
            return False
        owner = self._owner()
        return owner is None or not shiboken6.isValid(owner)

    def _tell(self, which: int, *args: object) -> bool:
        """Call a callback; return whether somebody was meant to hear it."""
        held = self._held[which]
        if held is None or self.is_gone:
            return held is not None
        callback = held()
        if callback is not None:
            callback(*args)
        return True


def _object_of(callback: Callback | None) -> QObject | None:
    found = getattr(callback, "__self__", None)
    return found if isinstance(found, QObject) else None


def _hold(callback: Callback | None) -> Callable[[], Callback | None] | None:
    if callback is None:
        return None
    if inspect.ismethod(callback) and isinstance(callback.__self__, QObject):
        return weakref.WeakMethod(callback)
    return lambda: callback


def _wants_progress(function: Callable[..., object]) -> bool:
    try:
        return "progress" in inspect.signature(function).parameters
    except (TypeError, ValueError):
        return False


class Tasks(QObject):
    """Runs functions beside the GUI thread and delivers what came of them in it.

    A function with a parameter named ``progress`` is handed a Progress. Functions
    and their arguments must not be Qt objects: they are let go in a worker thread.
    """

    changed = Signal()
    """A task with a label began, ended or reported its progress."""
    unheard = Signal(object)
    """An ArchiveError that no ``failed`` callback took: the window shows it."""

    _ended = Signal(object)
    _reported = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._numbers = itertools.count(1)
        self._is_closed = False
        self._running: dict[int, tuple[TaskHandle, _Ears]] = {}
        self._executors = {
            "writer": ThreadPoolExecutor(1, thread_name_prefix="writer"),
            "index": ThreadPoolExecutor(1, thread_name_prefix="index"),
            "background": ThreadPoolExecutor(BACKGROUND_WORKERS, thread_name_prefix="background"),
        }
        queued = Qt.ConnectionType.QueuedConnection
        self._ended.connect(self._deliver, queued)
        self._reported.connect(self._deliver_progress, queued)

    @property
    def running(self) -> tuple[TaskHandle, ...]:
        """Tasks with a label that are not over, the oldest first."""
        return tuple(handle for handle, _ in self._running.values() if handle.label)

    def is_idle(self) -> bool:
        """Whether nothing runs, waits or is still to be delivered."""
        return not self._running

    def run(
        self,
        function: Callable[..., Any],
        *args: object,
        done: Callback | None = None,
        failed: Callback | None = None,
        progress: Callback | None = None,
        cancelled: Callback | None = None,
        owner: QObject | None = None,
        on: Executor = "background",
        label: str = "",
    ) -> TaskHandle:
        """Run ``function(*args)`` on an executor; return a handle that can cancel it.

        In the GUI thread then ``done(value)``, ``failed(ArchiveError)``,
        ``progress(done, total, what)`` or ``cancelled()`` is called, unless the
        ``owner`` (by default the Qt object whose method a callback is) is gone.
        An error nobody takes is emitted by ``unheard``. After ``close`` the
        background takes nothing more; a write then is a fault and raises.
        """
        handle = TaskHandle(next(self._numbers), label, on)
        if self._is_closed and on == "background":
            # A late timer or repaint of a closing window asks; nobody is left to be told.
            handle.cancel()
            handle.is_over = True
            return handle
        ears = _Ears(owner=owner, done=done, failed=failed, progress=progress, cancelled=cancelled)
        self._running[handle.number] = (handle, ears)
        self._start(handle, function, args)
        if label:
            self.changed.emit()
        return handle

    def close(self) -> None:
        """Cancel the background, wait for every write and the index, deliver nothing more."""
        self._is_closed = True
        for handle, _ in self._running.values():
            if handle.on == "background":
                handle.cancel()
        self._executors["background"].shutdown(wait=False, cancel_futures=True)
        self._executors["writer"].shutdown(wait=True)
        self._executors["index"].shutdown(wait=True)
        self._running.clear()

    def _start(
        self, handle: TaskHandle, function: Callable[..., Any], args: tuple[object, ...]
    ) -> None:
        future: Future[None] = self._executors[handle.on].submit(self._work, handle, function, args)
        del future

    def _work(
        self, handle: TaskHandle, function: Callable[..., Any], args: tuple[object, ...]
    ) -> None:
        ended = _carry_out(handle, function, args, self._pass_on)
        del function, args
        # The window may have closed in between; then there is nobody to tell.
        with contextlib.suppress(RuntimeError):
            self._ended.emit(ended)

    def _pass_on(self, handle: TaskHandle, latest: TaskProgress) -> None:
        with contextlib.suppress(RuntimeError):
            self._reported.emit(handle, latest)

    def _deliver_progress(self, handle: TaskHandle, latest: TaskProgress) -> None:
        entry = self._running.get(handle.number)
        if entry is None or handle.is_cancelled:
            return
        handle.latest = latest
        entry[1].progress(latest)
        if handle.label:
            self.changed.emit()

    def _deliver(self, ended: _Ended) -> None:
        entry = self._running.pop(ended.handle.number, None)
        if entry is None:
            return
        handle, ears = entry
        handle.is_over = True
        if handle.label:
            self.changed.emit()
        if ended.error is None:
            # Cancelled too late: what was done was done, and the window must know.
            ears.done(ended.value)
        elif isinstance(ended.error, Cancelled):
            ears.cancelled()
        else:
            error = as_archive_error(ended.error)
            if not ears.failed(error):
                self.unheard.emit(error)


def _carry_out(
    handle: TaskHandle,
    function: Callable[..., Any],
    args: tuple[object, ...],
    pass_on: Callable[[TaskHandle, TaskProgress], None],
) -> _Ended:
    if handle.is_cancelled:
        return _Ended(handle, error=Cancelled(tr("Stopped before it began.")))
    reporter: Progress = _Reporter(handle, pass_on)
    try:
        if _wants_progress(function):
            return _Ended(handle, function(*args, progress=reporter))
        return _Ended(handle, function(*args))
    except ArchiveError as error:
        return _Ended(handle, error=error)
    except Exception as error:  # noqa: BLE001 - whatever went wrong is told in the GUI thread
        log.error("a task failed\n%s", places(error))
        return _Ended(handle, error=error)


class InlineTasks(Tasks):
    """The same, at once and in the calling thread: for tests and for drawing pictures."""

    def _start(
        self, handle: TaskHandle, function: Callable[..., Any], args: tuple[object, ...]
    ) -> None:
        self._deliver(_carry_out(handle, function, args, self._deliver_progress))
