"""What comes from an input: its loudness for a meter, and its samples as they are filed."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FULL_SCALE = 0.9999
"""From here on a sample counts as clipped: the highest step of 16 bits is 0.99997."""

CLIPPED_FRAMES = 3
"""So many frames running at full scale are clipping; one alone may be a true peak."""


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
    """Return the loudness of whole frames; of no frames at all, silence."""
    import numpy as np

    loudness = np.abs(_as_float(samples, kind).reshape(-1, channels))
    if not len(loudness):
        silence = (0.0,) * channels
        return Levels(silence, silence, (False,) * channels)
    peaks = np.minimum(loudness.max(axis=0), 1.0)
    rms = np.minimum(np.sqrt(np.square(loudness).mean(axis=0)), 1.0)
    at_full = loudness >= FULL_SCALE
    run = at_full[: max(0, len(at_full) - CLIPPED_FRAMES + 1)].copy()
    for shift in range(1, CLIPPED_FRAMES):
        run &= at_full[shift : len(run) + shift]
    clipped = np.count_nonzero(run, axis=0).tolist()
    return Levels(tuple(peaks.tolist()), tuple(rms.tolist()), tuple(map(bool, clipped)))


def _as_float(samples: bytes, kind: SampleKind) -> NDArray[np.float32]:
    import numpy as np

    if kind is SampleKind.FLOAT:
        return np.frombuffer(samples, np.float32)
    if kind is SampleKind.INT16:
        return np.frombuffer(samples, np.int16).astype(np.float32) / np.float32(1 << 15)
    return np.frombuffer(samples, np.int32).astype(np.float32) / np.float32(1 << 31)


def filed(samples: bytes, kind: SampleKind, bits: int) -> bytes:
    """Return samples as a WAV file holds them: little-endian, 16 or 24 bits packed.

    Integers lose their lowest bits, nothing else: what came from a converter of 24
    bits is filed bit for bit.
    """
    import numpy as np

    if kind is SampleKind.INT16 and bits == 16 and sys.byteorder == "little":
        return samples
    if kind is SampleKind.FLOAT:
        numbers = np.nan_to_num(np.frombuffer(samples, np.float32).astype(np.float64))
        scaled = np.rint(numbers * (1 << 23))
        whole = np.clip(scaled, -(1 << 23), (1 << 23) - 1).astype("<i4") << 8
    elif kind is SampleKind.INT16:
        whole = np.frombuffer(samples, np.int16).astype("<i4") << 16
    else:
        whole = np.frombuffer(samples, np.int32).astype("<i4")
    octets = whole.astype("<i4", copy=False).view(np.uint8).reshape(-1, 4)
    return octets[:, 4 - bits // 8 :].tobytes()
