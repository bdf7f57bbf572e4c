"""Where the recorder's sound comes from: the system's inputs, or others in their place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from archive_app.gui.capture import InputDevice


@dataclass(frozen=True, slots=True)
class SoundSource:
    """What makes the three things the recorder listens with; see ``gui.capture``."""

    inputs: Callable[[], Sequence[InputDevice]]
    """Returns the inputs there are now; raises MissingLibrary."""
    watch: Callable[[QObject], Any]
    """Makes an ``InputWatch``, or what has its signal."""
    capture: Callable[[QObject], Any]
    """Makes a ``Capture``, or what has its signals and methods."""


def system_sound() -> SoundSource:
    """Return the inputs of this computer."""
    from archive_app.gui.capture import Capture, InputWatch, inputs

    return SoundSource(inputs, InputWatch, Capture)
