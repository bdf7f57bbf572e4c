"""The recorder's choice of input, sample rate, depth and channels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSizePolicy, QWidget

from archive_app.gui.recorder_words import channels_in_words, rate_in_words
from archive_app.gui.theme import GAP, STEP
from archive_app.media.broadcast_wave import SoundFormat
from archive_app.settings import (
    RECORDER_BITS,
    RECORDER_CHANNELS,
    RECORDER_INPUT,
    RECORDER_RATE_HZ,
    Settings,
)
from archive_app.translation import tr

if TYPE_CHECKING:
    from archive_app.gui.capture import InputDevice


class InputForm(QWidget):
    """Four choices in a line, remembered; each offers only what the input really gives."""

    chosen = Signal(object, object)
    """An ``InputDevice`` and a ``SoundFormat``."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._inputs: Sequence[InputDevice] = ()
        self._reason = ""
        self.device = _box(tr("Input"))
        self.rate = _box(tr("Sample rate"))
        self.bits = _box(tr("Depth"))
        self.channels = _box(tr("Channels"))
        self.device.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.device.setMinimumContentsLength(16)
        self.device.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GAP)
        words = QLabel(tr("&Input:"))
        words.setBuddy(self.device)
        line.addWidget(words)
        line.addWidget(self.device, 1)
        for box in (self.rate, self.bits, self.channels):
            line.addSpacing(STEP)
            line.addWidget(box)
        self.device.activated.connect(self._device_chosen)
        for box in (self.rate, self.bits, self.channels):
            box.activated.connect(self._format_chosen)

    @property
    def shown_device(self) -> InputDevice | None:
        """The input that stands in the field."""
        number = self.device.currentIndex()
        return self._inputs[number] if 0 <= number < len(self._inputs) else None

    @property
    def shown_sound(self) -> SoundFormat | None:
        """The format that stands in the fields; None without an input."""
        values = [box.currentData() for box in (self.rate, self.channels, self.bits)]
        return None if None in values else SoundFormat(*values)

    def show_inputs(self, inputs: Sequence[InputDevice]) -> None:
        """Offer these; the one chosen before stays, else the system's own comes first."""
        before = self.shown_device
        self._inputs = tuple(inputs)
        wanted = before.id if before is not None else self._settings.get(RECORDER_INPUT)
        ids = [one.id for one in inputs]
        with QSignalBlocker(self.device):
            self.device.clear()
            for one in inputs:
                name = tr("{name} (the system's own choice)", name=one.name)
                self.device.addItem(name if one.is_default else one.name, one.id)
            if inputs:
                self.device.setCurrentIndex(ids.index(wanted) if wanted in ids else 0)
        self._show_formats()

    def allow(self, reason: str) -> None:
        """Let the fields be used, or not, with the reason."""
        self._reason = reason
        self._allow()

    def _allow(self) -> None:
        for box in (self.device, self.rate, self.bits, self.channels):
            only = box.count() < 2
            why = tr("This input gives nothing else.") if box.count() == 1 else tr("No input.")
            if box is self.device and box.count() == 1:
                why = tr("This is the only input. Others appear here when they are connected.")
            box.setEnabled(not self._reason and not only)
            box.setToolTip(self._reason or (why if only else box.accessibleName()))

    def _show_formats(self) -> None:
        device, get = self.shown_device, self._settings.get
        rates = device.sample_rates_hz if device else ()
        own_hz = device.own_rate_hz if device else 0
        _fill(
            self.rate, rates, lambda one: rate_in_words(one, own_hz=own_hz), get(RECORDER_RATE_HZ)
        )
        bits = sorted(device.bits, reverse=True) if device else ()
        _fill(self.bits, bits, lambda one: tr("{count} bit", count=one), get(RECORDER_BITS))
        channels = device.channels if device else ()
        _fill(self.channels, channels, channels_in_words, get(RECORDER_CHANNELS))
        self._allow()

    def _device_chosen(self, _: int) -> None:
        device = self.shown_device
        if device is not None:
            self._settings.set(RECORDER_INPUT, device.id)
            self._show_formats()
            self._tell()

    def _format_chosen(self, _: int) -> None:
        sound = self.shown_sound
        if sound is not None:
            self._settings.set(RECORDER_RATE_HZ, sound.sample_rate_hz)
            self._settings.set(RECORDER_BITS, sound.bits)
            self._settings.set(RECORDER_CHANNELS, sound.channels)
            self._tell()

    def _tell(self) -> None:
        device, sound = self.shown_device, self.shown_sound
        if device is not None and sound is not None:
            self.chosen.emit(device, sound)


def _box(name: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setToolTip(name)
    # "Stereo (2 channels)" is known only when the input is.
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    return box


def _fill(box: QComboBox, values: Sequence[int], words: Callable[[int], str], wanted: int) -> None:
    with QSignalBlocker(box):
        box.clear()
        for value in values:
            box.addItem(words(value), value)
        if values:
            box.setCurrentIndex(box.findData(wanted) if wanted in values else 0)
