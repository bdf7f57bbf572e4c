"""Several recordings of an interview as one timeline, in milliseconds."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Stretch:
    """A recording on the timeline: its file, where it begins, how long it is."""

    file: Path
    offset_ms: int
    duration_ms: int

    @property
    def end_ms(self) -> int:
        """Where it ends on the timeline."""
        return self.offset_ms + self.duration_ms


class Timeline:
    """Recordings in the order of their offsets; gaps and overlaps are allowed."""

    def __init__(self, stretches: Iterable[Stretch] = ()) -> None:
        self.stretches = tuple(sorted(stretches, key=lambda stretch: stretch.offset_ms))
        self._starts = [stretch.offset_ms for stretch in self.stretches]

    def __bool__(self) -> bool:
        return bool(self.stretches)

    @property
    def duration_ms(self) -> int:
        """Where the last recording ends; 0 without any."""
        return max((stretch.end_ms for stretch in self.stretches), default=0)

    def find(self, ms: int) -> tuple[int, int]:
        """Return (number of the recording, milliseconds into it) for a time on the timeline.

        In a gap that is the start of the next recording, behind everything the
        end of the last. Call it only where there are recordings.
        """
        number = max(bisect_right(self._starts, ms) - 1, 0)
        stretch = self.stretches[number]
        is_last = number + 1 == len(self.stretches)
        if ms >= stretch.end_ms and not is_last:
            return number + 1, 0
        return number, min(max(ms - stretch.offset_ms, 0), stretch.duration_ms)

    def at(self, number: int, local_ms: int) -> int:
        """Return the time on the timeline of a place in a recording."""
        return self.stretches[number].offset_ms + local_ms
