"""What a pedal's switch sends, as it is kept, shown and told from other keys.

Pedals are keyboards or mice of one to three keys. A letter arrives as another
letter under another layout (b is и on a Russian keyboard), so where the system
tells which key of the keyboard it was, that is what counts.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent

from archive_app.translation import tr

_PORTABLE = QKeySequence.SequenceFormat.PortableText
_NATIVE = QKeySequence.SequenceFormat.NativeText
_Modifier = Qt.KeyboardModifier
_COUNTED = (
    _Modifier.ShiftModifier
    | _Modifier.ControlModifier
    | _Modifier.AltModifier
    | _Modifier.MetaModifier
)
_COMMANDS = _COUNTED & ~_Modifier.ShiftModifier
_ONLY_MODIFIERS = frozenset((
    Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr,
    Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock, Qt.Key.Key_ScrollLock, Qt.Key.Key_Super_L,
    Qt.Key.Key_Super_R, Qt.Key.Key_Mode_switch,
))  # fmt: skip
_POINTING = frozenset((Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton))
_KEPT = re.compile(r"(?:mouse (?P<button>\d+)|(?P<keys>.*?))(?: #(?P<code>\d+))?")


@dataclass(frozen=True, slots=True)
class Sent:
    """A key with what was held with it, or a button of a mouse."""

    key: int = 0
    """Qt.Key; 0 for a mouse's button."""
    modifiers: int = 0
    code: int = 0
    """The system's number of the key on the keyboard, whatever the layout; 0: not told."""
    button: int = 0
    """Qt.MouseButton; 0 for a key."""

    @property
    def sequence(self) -> QKeySequence:
        """The keys as a shortcut would name them; empty for a mouse's button."""
        if self.button:
            return QKeySequence()
        return QKeySequence(QKeyCombination(_Modifier(self.modifiers), Qt.Key(self.key)))

    @property
    def kept(self) -> str:
        """As it stands in the settings: "F13", "Ctrl+Alt+P #33", "mouse 8"."""
        name = f"mouse {self.button}" if self.button else self.sequence.toString(_PORTABLE)
        return f"{name} #{self.code}" if self.code else name

    @property
    def shown(self) -> str:
        """As a person reads it."""
        if self.button:
            return tr("Mouse button {number}", number=self.button.bit_length())
        name = self.sequence.toString(_NATIVE)
        return name if name.isprintable() and name else tr("Key {code}", code=self.code)

    @property
    def types_text(self) -> bool:
        """Whether the key types when it is no pedal's."""
        if self.button or self.modifiers & _COMMANDS.value:
            return False
        return self.key < Qt.Key.Key_Escape.value and self.key > 0

    @classmethod
    def read(cls, kept: str) -> Sent | None:
        """Return what ``kept`` says, or ``None`` if it says nothing."""
        found = _KEPT.fullmatch(kept)
        if found is None or not kept:
            return None
        code = int(found["code"] or 0)
        if found["button"]:
            return cls(button=int(found["button"]))
        keys = QKeySequence(found["keys"], _PORTABLE)
        if keys.isEmpty():
            return cls(key=Qt.Key.Key_unknown.value, code=code) if code else None
        first = keys[0]  # type: ignore[index]  # Qt's own, missing in the stubs
        return cls(first.key().value, first.keyboardModifiers().value, code)

    def is_same_key(self, other: Sent) -> bool:
        """Whether both are the same key of the keyboard, or the same button."""
        if self.button or other.button:
            return self.button == other.button
        if self.code and other.code:
            return self.code == other.code
        return self.key == other.key


def sent_by(event: QKeyEvent | QMouseEvent) -> Sent | None:
    """Return what an event says was sent; ``None`` for what no pedal is for.

    That is the left and right button of the mouse, and Shift, Ctrl, Alt alone.
    """
    if isinstance(event, QMouseEvent):
        is_pointing = event.button() in _POINTING or event.button() == Qt.MouseButton.NoButton
        return None if is_pointing else Sent(button=event.button().value)
    key = Qt.Key(event.key()) if event.key() else Qt.Key.Key_unknown
    if key in _ONLY_MODIFIERS:
        return None
    return Sent(key.value, (event.modifiers() & _COUNTED).value, _code(event))


def has_further_keys(sent: Sent, bound: Sent) -> bool:
    """Whether Ctrl, Alt or Meta make something else of a bound letter, as in Ctrl+B."""
    return bound.types_text and bool(sent.modifiers & _COMMANDS.value)


def _code(event: QKeyEvent) -> int:
    # macOS has no scan codes (Qt always says 1); its virtual keys know no layout.
    return event.nativeVirtualKey() if sys.platform == "darwin" else event.nativeScanCode()
