"""The shapes of all recordings of an interview, side by side on its timeline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import Protocol

MOST_GAIN = 8.0
"""How much a quiet recording is drawn louder than it is, at most."""
_SAMPLES_FOR_PEAK = 512

Column = tuple[float, float]


class Shape(Protocol):
    """The waveform of one recording (``media.waveform.Waveform``)."""

    @property
    def duration_ms(self) -> int:
        """How long the sound lasts."""
        ...

    def stretch(self, start_ms: int, end_ms: int, columns: int) -> list[Column]:
        """Return the least and greatest loudness, −1 to 1, in each of equal parts."""
        ...


@dataclass(frozen=True, slots=True)
class Part:
    """A recording on the timeline, ``[start_ms, end_ms)``.

    ``shape`` is None while there is none; ``words`` then say why, ``details`` say more.
    """

    start_ms: int
    end_ms: int
    shape: Shape | None = None
    words: str = ""
    details: str = ""


class TimelineShape:
    """Recordings in the order of time. Quiet ones are drawn as loud as their loudest moment."""

    def __init__(self, parts: Sequence[Part] = ()) -> None:
        self.parts = tuple(sorted(parts, key=lambda part: part.start_ms))
        self.duration_ms = max((part.end_ms for part in self.parts), default=0)
        self._gains = [_gain(part) for part in self.parts]

    def part_at(self, ms: int) -> Part | None:
        """Return the recording at a time; None in a gap."""
        for part in reversed(self.parts):
            if part.start_ms <= ms < part.end_ms:
                return part
        return None

    def columns(self, start_ms: int, end_ms: int, count: int) -> list[Column | None]:
        """Return what to draw in each of ``count`` equal parts of a stretch; None: nothing."""
        shown: list[Column | None] = [None] * max(count, 0)
        if end_ms <= start_ms or count <= 0:
            return shown
        width = (end_ms - start_ms) / count
        for part, gain in zip(self.parts, self._gains, strict=True):
            if part.shape is None:
                continue
            last_ms = min(part.end_ms, part.start_ms + part.shape.duration_ms)
            first = max(0, floor((part.start_ms - start_ms) / width))
            last = min(count, ceil((last_ms - start_ms) / width))
            if first >= last:
                continue
            begin = round(start_ms + first * width - part.start_ms)
            end = round(start_ms + last * width - part.start_ms)
            found = part.shape.stretch(begin, end, last - first)
            shown[first:last] = [(low * gain, high * gain) for low, high in found]
        return shown


def _gain(part: Part) -> float:
    if part.shape is None or part.shape.duration_ms <= 0:
        return 1.0
    found = part.shape.stretch(0, part.shape.duration_ms, _SAMPLES_FOR_PEAK)
    peak = max((max(-low, high) for low, high in found), default=0.0)
    return min(MOST_GAIN, 1.0 / peak) if peak > 0 else 1.0
