"""A pedal that sends keys: play while it is down, go back, go forward, wherever one types.

It is listened to where a key enters the window, before any field or shortcut sees
it, so a bound key never types and works in every field. Playing follows the
pedal's own state and is never switched over, so the two cannot go out of step:
a key's repeats are nothing new, a second press without a release is still one
press, and whatever would swallow a release (another window, another program)
lets the pedal go.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Protocol

import shiboken6
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QWindow

from archive_app.gui.pedal_keys import Sent, has_further_keys, sent_by
from archive_app.settings import (
    PEDAL_EVERY_MS,
    PEDAL_MODE,
    PEDAL_STEP_MS,
    PEDAL_SWITCHES,
    Settings,
)

_Kind = QEvent.Type
_PRESSES = frozenset((_Kind.KeyPress, _Kind.MouseButtonPress, _Kind.MouseButtonDblClick))
_RELEASES = frozenset((_Kind.KeyRelease, _Kind.MouseButtonRelease))
_HEARD = _PRESSES | _RELEASES | {_Kind.ShortcutOverride}


class Switch(StrEnum):
    """One of a pedal's switches, by what it does."""

    PLAY = "play"
    BACK = "back"
    FORWARD = "forward"


class Plays(Protocol):
    """What a pedal can do with a player; ``play`` and ``pause`` may be called twice."""

    @property
    def is_playing(self) -> bool:
        """Whether it sounds."""
        ...

    def play(self) -> None:
        """Play from where it stands."""
        ...

    def pause(self) -> None:
        """Be silent."""
        ...

    def step(self, by_ms: int) -> None:
        """Go back or forward."""
        ...


def bound_switches(settings: Settings) -> dict[Switch, Sent]:
    """Return what each bound switch sends."""
    known: Mapping[str, str] = settings.get(PEDAL_SWITCHES)
    found = {switch: Sent.read(known.get(switch.value, "")) for switch in Switch}
    return {switch: sent for switch, sent in found.items() if sent is not None}


class Pedal(QObject):
    """Hears a pedal in every window of the program and drives one player."""

    def __init__(
        self,
        player: Plays,
        settings: Settings,
        *,
        may_act: Callable[[], bool],
        is_shortcut: Callable[[QKeySequence], bool],
        parent: QObject | None = None,
    ) -> None:
        """``may_act``: whether the player is in sight; ``is_shortcut``: whether keys mean more."""
        super().__init__(parent)
        self._player = player
        self._settings = settings
        self._may_act = may_act
        self._is_shortcut = is_shortcut
        self._bound: dict[Switch, Sent] = {}
        self._down: list[Switch] = []
        self._window: QWindow | None = None
        self._stepping = QTimer(self)
        self._stepping.timeout.connect(self._step)
        forget = (
            settings.watch(PEDAL_SWITCHES, self._take_settings),
            settings.watch(PEDAL_MODE, self.let_go),
        )
        # The settings outlive the page that the pedal belongs to.
        self.destroyed.connect(lambda: [one() for one in forget])
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self._focus_moved)
        self._take_settings()

    @property
    def is_down(self) -> bool:
        """Whether the switch that plays is down."""
        return Switch.PLAY in self._down

    # The switches -----------------------------------------------------------

    def press(self, switch: Switch) -> None:
        """A switch went down; a second time without a release in between changes nothing."""
        is_new = switch not in self._down
        if is_new:
            self._down.append(switch)
        if switch is not Switch.PLAY:
            if is_new:
                self._step()
                if not self._is_tapped:
                    self._stepping.start(self._settings.get(PEDAL_EVERY_MS))
        elif not self._is_tapped:
            self._player.play()
        elif self._player.is_playing:
            self._player.pause()
        else:
            self._player.play()

    def release(self, switch: Switch) -> None:
        """A switch came up; one that was not down is nobody's."""
        if switch not in self._down:
            return
        self._down.remove(switch)
        if not self._wanted_step():
            self._stepping.stop()
        if switch is Switch.PLAY and not self._is_tapped:
            self._player.pause()

    def let_go(self) -> None:
        """Take every switch for released: its release may never be heard."""
        for switch in tuple(self._down):
            self.release(switch)

    @property
    def _is_tapped(self) -> bool:
        return self._settings.get(PEDAL_MODE) == "tap"

    def _wanted_step(self) -> Switch | None:
        stepping = [switch for switch in self._down if switch is not Switch.PLAY]
        return stepping[-1] if stepping else None

    def _step(self) -> None:
        switch = self._wanted_step()
        if switch is not None:
            by_ms = self._settings.get(PEDAL_STEP_MS)
            self._player.step(by_ms if switch is Switch.FORWARD else -by_ms)

    # Hearing ----------------------------------------------------------------

    def _take_settings(self) -> None:
        self.let_go()
        self._bound = bound_switches(self._settings)
        self._listen_to(QGuiApplication.focusWindow() if self._bound else None)

    def _focus_moved(self, window: QWindow | None) -> None:
        self.let_go()
        self._listen_to(window if self._bound else None)

    def _listen_to(self, window: QWindow | None) -> None:
        # Only the window that has the keyboard: a filter on the whole application would
        # be asked about every event there is.
        if self._window is not None and shiboken6.isValid(self._window):
            self._window.removeEventFilter(self)
        self._window = window
        if window is not None:
            window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take what the pedal sends; everything else passes."""
        kind = event.type()
        if kind not in _HEARD or not isinstance(event, QKeyEvent | QMouseEvent):
            return False
        switch = self._switch_of(event, is_release=kind in _RELEASES)
        if switch is None:
            return False
        event.accept()
        is_repeat = isinstance(event, QKeyEvent) and event.isAutoRepeat()
        if kind in _PRESSES and not is_repeat:
            self.press(switch)
        elif kind in _RELEASES and not is_repeat:
            self.release(switch)
        return True

    def _switch_of(self, event: QKeyEvent | QMouseEvent, *, is_release: bool) -> Switch | None:
        sent = sent_by(event)
        if sent is None:
            return None
        for switch, bound in self._bound.items():
            if not bound.is_same_key(sent):
                continue
            if switch in self._down:
                return switch
            if is_release or not self._may_act() or is_being_shown():
                return None
            if sent.modifiers == bound.modifiers:
                return switch
            # Shift or Ctrl happens to be held for what is typed; or it is a command of its own.
            is_command = self._is_shortcut(sent.sequence) or has_further_keys(sent, bound)
            return None if is_command else switch
        return None


SHOWS_PEDAL = "shows_pedal"
"""Property of the field of the preferences that shows what a pedal sends: it gets it all."""


def is_being_shown() -> bool:
    """Whether the keyboard is in the field that only shows what a pedal sends."""
    focus = QGuiApplication.focusObject()
    return focus is not None and bool(focus.property(SHOWS_PEDAL))
