"""What happens to an error that nobody foresaw: a log line, a text for a dialog, no testimony.

Messages of unforeseen exceptions may quote what somebody said, so they are never
kept: only the exception's type and the places in the program it came through.
"""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from archive_app.errors import ArchiveError, Bug
from archive_app.translation import tr

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CrashReport:
    """What a dialog shows of an error: a message, and details that unfold and can be copied."""

    message: str
    details: str


def places(error: BaseException) -> str:
    """Return the exception's type and where it came through, line by line, without its message."""
    lines = [type(error).__name__]
    lines.extend(
        f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    )
    cause = error.__cause__ or error.__context__
    if cause is not None:
        lines.append(places(cause))
    return "\n".join(lines)


def as_archive_error(error: BaseException) -> ArchiveError:
    """Return the error itself if it is one of ours, else a Bug that stands for it."""
    if isinstance(error, ArchiveError):
        return error
    bug = Bug(
        tr(
            "Something went wrong in the program. What was saved before is safe; "
            "the last step was not done. You can go on, or start the program again."
        ),
        details=places(error),
    )
    bug.__cause__ = error
    return bug


def report(error: BaseException) -> CrashReport:
    """Return what to show of an error, one of ours or not."""
    known = as_archive_error(error)
    return CrashReport(known.message, known.details)


def install_exception_hook(show: Callable[[CrashReport], None]) -> Callable[[], None]:
    """Log every exception that reaches the top, hand its report to ``show``; return the undoing.

    ``show`` is called in whichever thread raised: it must hand over to the GUI
    thread itself (a queued signal) and should show one dialog at a time.
    """
    before = sys.excepthook
    before_threads = threading.excepthook

    def at_the_top(
        kind: type[BaseException], error: BaseException, _where: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt | SystemExit):
            before(kind, error, _where)
            return
        log.error("unforeseen error\n%s", places(error))
        try:
            show(report(error))
        except Exception as second:  # noqa: BLE001 - the hook must never raise itself
            log.error("the error could not be shown\n%s", places(second))

    def in_a_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            at_the_top(args.exc_type, args.exc_value, args.exc_traceback)

    sys.excepthook = at_the_top
    threading.excepthook = in_a_thread

    def undo() -> None:
        sys.excepthook = before
        threading.excepthook = before_threads

    return undo
