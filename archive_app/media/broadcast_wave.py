"""Broadcast WAV written while it is recorded, its header true at every moment.

One file: ``RIFF`` (``RF64`` beyond 4 GiB), a ``JUNK`` chunk in which ``ds64`` finds its
room, ``bext``, ``fmt `` and, last, ``data``. The whole header fits in one page of the
disk and is replaced in one write, after the samples it speaks of are on the disk: it
never promises what is not there. What lies behind the header's size when the process
is killed is sound too, and ``repair`` counts it in.

Sources: EBU Tech 3285 (bext), EBU Tech 3306 (RF64), Microsoft RIFF/WAVE.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SoundFormat:
    """How sound is written: frames a second, channels, and 16 or 24 bits a sample."""

    sample_rate_hz: int
    channels: int
    bits: int

    @property
    def frame_bytes(self) -> int:
        """The size of one frame: a sample of every channel."""
        return self.channels * self.bits // 8

    @property
    def bytes_per_second(self) -> int:
        """How fast a file of this format grows."""
        return self.frame_bytes * self.sample_rate_hz

    def duration_ms(self, frames: int) -> int:
        """Return how long so many frames last, in whole milliseconds."""
        return frames * 1000 // self.sample_rate_hz


@dataclass(frozen=True, slots=True)
class Origin:
    """What ``bext`` tells of where a recording comes from; ``started_at`` carries its zone."""

    originator: str
    reference: str
    started_at: datetime
    description: str = ""


class WaveWriter:
    """A WAV file that is being written; every call may come from one thread at a time."""

    def __init__(self, path: Path, sound: SoundFormat, origin: Origin) -> None:
        """Make the file, with its header, on the disk.

        Raises:
            Conflict: the file exists already.
            Environment: it cannot be written.
        """
        raise NotImplementedError

    @property
    def frames(self) -> int:
        """How many frames were written, on the disk or on the way to it."""
        raise NotImplementedError

    def write(self, frames: bytes) -> None:
        """Append whole frames, little-endian, packed (24 bits: three bytes a sample).

        Raises:
            Environment: the disk is full or gone. What was written before is kept and
                the header is true; ``close`` may be called.
        """
        raise NotImplementedError

    def flush(self) -> None:
        """Put everything on the disk: first the samples, then a header that counts them."""
        raise NotImplementedError

    def close(self) -> None:
        """Flush, pad to an even length, and close. Calling it twice does no harm."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Repaired:
    """What a file holds after ``repair``."""

    sound: SoundFormat
    frames: int
    gained_frames: int
    """Frames that the header had not counted."""

    @property
    def duration_ms(self) -> int:
        """How long it plays."""
        return self.sound.duration_ms(self.frames)


def repair(path: Path) -> Repaired:
    """Make the header of a recording of ours count all that is there; whole ones are untouched.

    Raises:
        BadInput: it is no file that ``WaveWriter`` made, or not even its header is there.
        Environment: it cannot be read or written.
    """
    raise NotImplementedError
