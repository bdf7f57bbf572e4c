"""Letting an input go that is still being opened."""

from __future__ import annotations

import threading
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QByteArray, QObject

from archive_app.gui import capture, capture_input
from archive_app.gui.capture import Capture, InputDevice
from archive_app.gui.capture_leaving import leaving
from archive_app.media.broadcast_wave import SoundFormat

SOUND = SoundFormat(48_000, 1, 16)
DESK = InputDevice("desk", "Desk", True, (48_000,), (1,), (16,))


class Desk:
    """An input, as Qt lists it."""

    @staticmethod
    def id() -> QByteArray:
        return QByteArray(b"desk")

    @staticmethod
    def isFormatSupported(_: object) -> bool:
        return True

    @classmethod
    def audioInputs(cls) -> list[type[Desk]]:
        return [cls]


class SlowTap:
    """An input that is opened when it is let."""

    def __init__(self, name: str, *_: object) -> None:
        del name
        self.is_over = False

    opened: list[SlowTap]
    closed: list[SlowTap]
    may_open: threading.Event

    def start(self) -> bool:
        self.may_open.wait(20)
        self.opened.append(self)
        return True

    def take(self) -> bytes:
        return bytes(9_600)

    def stop(self) -> None:
        self.closed.append(self)


@pytest.fixture
def slow(qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(capture, "_media_devices", lambda: Desk)
    monkeypatch.setattr(capture_input, "PulseTap", SlowTap)
    SlowTap.opened, SlowTap.closed, SlowTap.may_open = [], [], threading.Event()
    yield SlowTap
    SlowTap.may_open.set()
    qtbot.waitUntil(lambda: leaving().is_empty)


def test_closing_waits_for_no_input_that_is_still_being_opened(slow: Any, qtbot: Any) -> None:
    parent = QObject()
    one = Capture(parent)
    one.open(DESK, SOUND)
    heard: list[object] = []
    one.level.connect(heard.append)
    one.close()
    assert one.state == "closed"
    assert slow.opened == []
    # As its window goes, with everything in it.
    shiboken6.delete(parent)
    assert not shiboken6.isValid(one)
    assert not leaving().is_empty
    slow.may_open.set()
    qtbot.waitUntil(lambda: leaving().is_empty)
    assert len(slow.opened) == len(slow.closed) == 1
    assert heard == []


def test_the_next_input_is_opened_once_the_one_before_is_let_go(slow: Any, qtbot: Any) -> None:
    one = Capture()
    one.open(DESK, SOUND)
    one.close()
    other = Capture()
    heard: list[object] = []
    other.level.connect(heard.append)
    other.open(DESK, SOUND)
    slow.may_open.set()
    qtbot.waitUntil(lambda: bool(heard))
    assert slow.opened[:1] == slow.closed
    other.close()
    other.close()
