"""The preferences' page of the pedal: shows live what a pedal sends, and binds it."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from archive_app.gui.actions import Actions, plain
from archive_app.gui.pedal import SHOWS_PEDAL, Switch, bound_switches
from archive_app.gui.pedal_keys import Sent, sent_by
from archive_app.gui.theme import GAP, MARGIN, STEP
from archive_app.settings import (
    PEDAL_EVERY_MS,
    PEDAL_MODE,
    PEDAL_STEP_MS,
    PEDAL_SWITCHES,
    Setting,
    Settings,
)
from archive_app.translation import mark, tr

TAP_MS = 25
"""No foot is that quick: what is released within this time was released by the pedal itself."""
TAPS = 2
"""So many in a row, and it is told."""
LINES_KEPT = 200

_NAMES = {
    Switch.PLAY: mark("Play"),
    Switch.BACK: mark("Back"),
    Switch.FORWARD: mark("Forward"),
}
_MODES = {
    "hold": mark("Plays while it is held"),
    "tap": mark("Each tap starts or stops"),
}
_LEAVING = frozenset((Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape))


class PedalDisplay(QPlainTextEdit):
    """Lists each press and release with its time while it has the keyboard.

    Tab and Esc leave it, as everywhere; no pedal sends them.
    """

    sent = Signal(object)
    """The ``Sent`` of a press."""
    taps_found = Signal(bool)
    """Whether the last presses were released at once."""

    def __init__(self, now_ms: Callable[[], float] = lambda: time.monotonic() * 1000) -> None:
        super().__init__()
        self._now_ms = now_ms
        self._pressed_at: dict[Sent, float] = {}
        self._last_ms: float | None = None
        self._repeats = 0
        self._held_ms: list[float] = []
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setMaximumBlockCount(LINES_KEPT)
        self.setTabChangesFocus(True)
        self.setProperty(SHOWS_PEDAL, True)
        self.setAccessibleName(tr("What the pedal sends"))
        self.setPlaceholderText(tr("Click here, then press and release the pedal."))
        self.setToolTip(tr("Shows every press and release while it has the keyboard"))

    def event(self, event: QEvent) -> bool:
        """Take keys and further mouse buttons for the pedal's."""
        kind = event.type()
        if isinstance(event, QKeyEvent) and Qt.Key(event.key()) not in _LEAVING:
            if kind == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                return self._take(event, is_press=kind == QEvent.Type.KeyPress)
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take a button that does not point."""
        if not self._take(event, is_press=True):
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The same for its release."""
        if not self._take(event, is_press=False):
            super().mouseReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What is released elsewhere is not measured."""
        self._pressed_at.clear()
        super().focusOutEvent(event)

    def _take(self, event: QKeyEvent | QMouseEvent, *, is_press: bool) -> bool:
        found = sent_by(event)
        if found is None:
            return False
        event.accept()
        if isinstance(event, QKeyEvent) and event.isAutoRepeat():
            self._repeats += is_press
            return True
        now = self._now_ms()
        if is_press:
            self._pressed_at[found] = now
            self._write(tr("{key} pressed", key=found.shown), found, now)
            self.sent.emit(found)
        else:
            since = next((self._pressed_at.pop(one) for one in tuple(self._pressed_at)
                          if one.is_same_key(found)), None)  # fmt: skip
            held = "" if since is None else tr(", held {ms} ms", ms=round(now - since))
            again = tr(", repeated {number} times", number=self._repeats) if self._repeats else ""
            self._write(tr("{key} released", key=found.shown) + held + again, found, now)
            self._repeats = 0
            if since is not None:
                self._held_ms = [*self._held_ms[-(TAPS - 1) :], now - since]
                is_tapped = len(self._held_ms) == TAPS and max(self._held_ms) < TAP_MS
                self.taps_found.emit(is_tapped)
        return True

    def _write(self, words: str, found: Sent, now: float) -> None:
        after = 0 if self._last_ms is None else round(now - self._last_ms)
        self._last_ms = now
        code = tr(" (code {code})", code=found.code) if found.code else ""
        self.appendPlainText(f"+{after} ms  {words}{code}")


class PedalPage(QWidget):
    """Three switches, what each sends, and how the pedal works."""

    def __init__(self, settings: Settings, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._actions = actions
        self._waiting: Switch | None = None
        self.shown: dict[Switch, QLabel] = {}
        self.bind_buttons: dict[Switch, QPushButton] = {}
        self.clear_buttons: dict[Switch, QPushButton] = {}
        rows = QVBoxLayout(self)
        rows.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        rows.setSpacing(GAP)
        words = QLabel(
            tr("A pedal is a small keyboard: each switch sends a key. Choose “Bind…”, then press "
               "the switch. A bound key works wherever one types and types nothing itself.")
        )  # fmt: skip
        words.setWordWrap(True)
        rows.addWidget(words)
        rows.addLayout(self._switches())
        rows.addLayout(self._ways())
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setAccessibleName(tr("Notes on the pedal"))
        rows.addWidget(self.told)
        self.display = PedalDisplay()
        self.display.sent.connect(self._take)
        self.display.taps_found.connect(self._tell_taps)
        rows.addWidget(self.display, 1)
        self._show()

    def _switches(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(STEP)
        for row, (switch, name) in enumerate(_NAMES.items()):
            self.shown[switch] = QLabel()
            bind = QPushButton(tr("Bind…"))
            bind.setAccessibleName(tr("Bind: {switch}", switch=tr(name)))
            bind.setToolTip(tr("Then press this switch of the pedal"))
            bind.clicked.connect(lambda _=False, switch=switch: self.begin(switch))
            clear = QPushButton(tr("Clear"))
            clear.setAccessibleName(tr("Clear: {switch}", switch=tr(name)))
            clear.clicked.connect(lambda _=False, switch=switch: self._clear(switch))
            self.bind_buttons[switch], self.clear_buttons[switch] = bind, clear
            grid.addWidget(QLabel(tr(name)), row, 0)
            grid.addWidget(self.shown[switch], row, 1)
            grid.addWidget(bind, row, 2)
            grid.addWidget(clear, row, 3)
        grid.setColumnStretch(1, 1)
        return grid

    def _ways(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(GAP)
        self.mode = QComboBox()
        self.mode.setAccessibleName(tr("How the pedal plays"))
        self.mode.setToolTip(
            tr("A pedal that sends press and release at once cannot be held: let each tap count")
        )
        for mode, name in _MODES.items():
            self.mode.addItem(tr(name), mode)
        self.mode.activated.connect(
            lambda index: self._settings.set(PEDAL_MODE, str(self.mode.itemData(index)))
        )
        line.addWidget(self.mode, 1)
        self.step = self._number(PEDAL_STEP_MS, tr("Back and forward by"), 100, 60_000)
        self.every = self._number(PEDAL_EVERY_MS, tr("while held, every"), 50, 5_000)
        for field in (self.step, self.every):
            line.addWidget(QLabel(field.accessibleName()))
            line.addWidget(field)
        return line

    def _number(self, setting: Setting[int], name: str, low: int, high: int) -> QSpinBox:
        field = QSpinBox()
        field.setAccessibleName(name)
        field.setRange(low, high)
        field.setSingleStep(50)
        field.setSuffix(tr(" ms"))
        field.setValue(self._settings.get(setting))
        field.valueChanged.connect(lambda value: self._settings.set(setting, value))
        return field

    # Binding ----------------------------------------------------------------

    def begin(self, switch: Switch) -> None:
        """Bind a switch to what is pressed next."""
        self._waiting = switch
        self._tell(tr("Press the switch for “{switch}” now.", switch=tr(_NAMES[switch])))
        self.display.setFocus()

    def _take(self, found: Sent) -> None:
        switch, self._waiting = self._waiting, None
        if switch is None:
            return
        kept = {
            other.value: one.kept
            for other, one in bound_switches(self._settings).items()
            if other is not switch and not one.is_same_key(found)
        }
        self._settings.set(PEDAL_SWITCHES, kept | {switch.value: found.kept})
        self._show()
        self._tell("\n".join(self.conflicts(found)) or tr("Bound."))

    def _clear(self, switch: Switch) -> None:
        kept = dict(self._settings.get(PEDAL_SWITCHES))
        kept.pop(switch.value, None)
        self._settings.set(PEDAL_SWITCHES, kept)
        self._show()
        self._tell("")

    def conflicts(self, found: Sent) -> list[str]:
        """Return in words what else the pedal's key would have done."""
        said: list[str] = []
        if found.types_text:
            said.append(
                tr("This key also types. While an interview is shown it cannot be typed any more; "
                   "set the pedal to a key such as F13 if it can send one.")
            )  # fmt: skip
        names = [
            plain(one.action.text())
            for one in self._actions
            if not found.sequence.isEmpty() and found.sequence in one.action.shortcuts()
        ]
        if names:
            said.append(
                tr("The pedal takes this key from: {commands}. Those commands keep their other "
                   "keys and their place in the menus.", commands=", ".join(names))
            )  # fmt: skip
        elif found.sequence in _text_keys():
            said.append(tr("This key also moves or edits in text; there the pedal comes first."))
        return said

    def _show(self) -> None:
        bound = bound_switches(self._settings)
        for switch, label in self.shown.items():
            one = bound.get(switch)
            label.setText(tr("not bound") if one is None else one.shown)
            self.clear_buttons[switch].setEnabled(one is not None)
            self.clear_buttons[switch].setToolTip("" if one else tr("It is not bound."))
        self.mode.setCurrentIndex(self.mode.findData(self._settings.get(PEDAL_MODE)))

    def _tell_taps(self, is_tapped: bool) -> None:
        if is_tapped and self._settings.get(PEDAL_MODE) == "hold":
            self._tell(
                tr("This pedal releases its key at once, however long it is held. “{mode}” is the "
                   "way that fits it; some pedals can be set to hold by their maker’s program.",
                   mode=tr(_MODES["tap"]))
            )  # fmt: skip

    def _tell(self, words: str) -> None:
        self.told.setText(words)


def _text_keys() -> list[QKeySequence]:
    kinds = QKeySequence.StandardKey
    wanted = (
        kinds.Copy, kinds.Cut, kinds.Paste, kinds.SelectAll, kinds.MoveToStartOfLine,
        kinds.MoveToEndOfLine, kinds.MoveToNextChar, kinds.MoveToPreviousChar,
        kinds.MoveToNextLine, kinds.MoveToPreviousLine, kinds.MoveToNextPage,
        kinds.MoveToPreviousPage, kinds.Delete, kinds.Backspace,
    )  # fmt: skip
    return [keys for kind in wanted for keys in QKeySequence.keyBindings(kind)]
