"""What comes from an input: its loudness for a meter, and its samples as they are filed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class SampleKind(StrEnum):
    """How an input hands its samples over (native byte order, channels interleaved)."""

    INT16 = "int16"
    INT32 = "int32"
    FLOAT = "float"

    @property
    def sample_bytes(self) -> int:
        """The size of one sample."""
        return 2 if self is SampleKind.INT16 else 4


@dataclass(frozen=True, slots=True)
class Levels:
    """The loudness of some 40 ms, channel by channel, 0 to 1 (1: full scale)."""

    peaks: tuple[float, ...]
    rms: tuple[float, ...]
    clipped: tuple[bool, ...]
    """Whether a channel stood at full scale in three frames running."""


def levels(samples: bytes, kind: SampleKind, channels: int) -> Levels:
    """Return the loudness of whole frames."""
    raise NotImplementedError


def filed(samples: bytes, kind: SampleKind, bits: int) -> bytes:
    """Return samples as a WAV file holds them: little-endian, 16 or 24 bits packed."""
    raise NotImplementedError
