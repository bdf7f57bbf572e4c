from __future__ import annotations

import logging
import sys
import threading

import pytest

from archive_app.errors import Withheld
from archive_app.gui.crash import CrashReport, install_exception_hook, report


def stumble(said: str) -> None:
    raise ValueError(said)


def test_an_unforeseen_error_is_shown_and_logged_without_its_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    shown: list[CrashReport] = []
    undo = install_exception_hook(shown.append)
    try:
        stumble("We left in March, said Alexandra")
    except ValueError as error:
        with caplog.at_level(logging.ERROR, "archive_app"):
            sys.excepthook(type(error), error, error.__traceback__)
    finally:
        undo()
    [shown_report] = shown
    assert "safe" in shown_report.message
    assert "ValueError" in shown_report.details
    assert "stumble" in shown_report.details
    assert "Alexandra" not in shown_report.message + shown_report.details + caplog.text


def test_an_error_in_another_thread_is_shown_too() -> None:
    shown: list[CrashReport] = []
    undo = install_exception_hook(shown.append)
    thread = threading.Thread(target=stumble, args=("x",))
    thread.start()
    thread.join()
    undo()
    assert len(shown) == 1


def test_an_error_of_ours_keeps_its_message() -> None:
    shown = report(Withheld("The reading room may not see this.", details="layer"))
    assert shown == CrashReport("The reading room may not see this.", "layer")
