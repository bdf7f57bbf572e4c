"""The shape of a recording's sound, small enough to draw an hour in a blink.

The least and the greatest sample of every 5 ms, over all channels, kept as derived
data in the cache folder: lost, damaged or of an older version, it is made anew.
"""

from __future__ import annotations

import os
import re
import secrets
import struct
import zlib
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from archive_app.domain.progress import NO_PROGRESS, Progress
from archive_app.errors import BadValue
from archive_app.media.envelopes import Envelope, read_envelope
from archive_app.translation import tr

if TYPE_CHECKING:
    from archive_app.media.envelopes import Samples

_STEP = 8
"""Each level of the pyramid is this much coarser than the one below."""
_VERSION = 1
# magic, version, frames a bucket, sample rate, frames, buckets, CRC-32 of what follows
_HEADER = struct.Struct("<4sIIIQQI")
_MAGIC = b"OHWF"


class Waveform:
    """The shape of a recording, at several finenesses."""

    def __init__(self, envelope: Envelope) -> None:
        self.envelope = envelope
        self._levels = _pyramid(envelope.buckets)

    @property
    def duration_ms(self) -> int:
        """How long the sound lasts."""
        return self.envelope.duration_ms

    def stretch(self, start_ms: int, end_ms: int, columns: int) -> list[tuple[float, float]]:
        """Return the least and greatest loudness, −1 to 1, in each of ``columns`` equal parts.

        Parts outside the recording are (0, 0). Takes some microseconds a column,
        whatever the length of the stretch.
        """
        import numpy as np

        if columns <= 0:
            return []
        per_bucket = self.envelope.bucket_frames * 1000 / self.envelope.sample_rate_hz
        width = (end_ms - start_ms) / columns / per_bucket
        level = 0
        while level + 1 < len(self._levels) and width >= 4 * _STEP ** (level + 1):
            level += 1
        data = self._levels[level]
        edges = start_ms + (end_ms - start_ms) * np.arange(columns + 1) / columns
        # Each bucket belongs to the one column in which it begins.
        places = np.floor(edges / (per_bucket * _STEP**level) + 1e-6).astype(np.int64)
        begins, ends = places[:-1], np.maximum(places[1:], places[:-1] + 1)
        inside = (begins < len(data)) & (ends > 0)
        shown = np.zeros((columns, 2))
        if inside.any():
            part = data[: max(0, int(ends[inside][-1]))]
            starts = np.maximum(begins[inside], 0)
            shown[inside, 0] = np.minimum.reduceat(part[:, 0], starts)
            shown[inside, 1] = np.maximum.reduceat(part[:, 1], starts)
        return [(low, high) for low, high in (shown / 32768).tolist()]


def _pyramid(buckets: Samples) -> list[Samples]:
    import numpy as np

    levels = [buckets]
    while len(levels[-1]) > 2 * _STEP:
        below = levels[-1]
        starts = np.arange(0, len(below), _STEP)
        low = np.minimum.reduceat(below[:, 0], starts)
        high = np.maximum.reduceat(below[:, 1], starts)
        levels.append(np.column_stack((low, high)))
    return levels


def waveform_of(
    path: Path, *, sha256: str, cache: Path, progress: Progress = NO_PROGRESS
) -> Waveform:
    """Return a recording's waveform from the cache folder, else make it and keep it there.

    A cache that cannot be written is no failure.

    Raises:
        BadInput: nothing of the file can be heard.
        Environment: the file is gone or its disk fails.
        Cancelled: through ``progress``; nothing is kept.
    """
    found = kept_waveform(sha256, cache)
    if found is None:
        found = make_waveform(path, progress)
        _save(_place(cache, sha256), found)
    return found


def kept_waveform(sha256: str, cache: Path) -> Waveform | None:
    """Return a recording's waveform from the cache folder; None if it is to be made anew.

    A kept one of three hours is there in some hundredths of a second.
    """
    return _load(_place(cache, sha256))


def forget_waveform(sha256: str, cache: Path) -> None:
    """Remove a recording's waveform from the cache folder, if it is there. Raises OSError."""
    _place(cache, sha256).unlink(missing_ok=True)


def _place(cache: Path, sha256: str) -> Path:
    if not re.fullmatch("[0-9a-f]{64}", sha256):
        raise BadValue(tr("This is not the SHA-256 of a file."))
    return cache / "waveforms" / f"{sha256}.waveform"


def make_waveform(path: Path, progress: Progress = NO_PROGRESS) -> Waveform:
    """Return a recording's waveform, read block by block (memory does not grow with its length).

    Where a damaged recording cannot be read on, the waveform ends.

    Raises: as ``waveform_of``.
    """
    return Waveform(read_envelope(path, progress))


def _load(kept: Path) -> Waveform | None:
    """Return a kept waveform; None if there is none, or it is damaged or of another version."""
    import numpy as np

    try:
        data = kept.read_bytes()
    except OSError:
        return None
    if len(data) < _HEADER.size:
        return None
    magic, version, bucket_frames, rate, frames, count, check = _HEADER.unpack_from(data)
    body = data[_HEADER.size :]
    is_good = magic == _MAGIC and version == _VERSION and bucket_frames and rate and count
    if not is_good or len(body) != 4 * count or zlib.crc32(body) != check:
        return None
    buckets = np.frombuffer(body, dtype="<i2").reshape(-1, 2).astype(np.int16, copy=False)
    return Waveform(Envelope(buckets, bucket_frames, rate, frames))


def _save(kept: Path, waveform: Waveform) -> None:
    envelope = waveform.envelope
    body = envelope.buckets.astype("<i2", copy=False).tobytes()
    header = _HEADER.pack(
        *(_MAGIC, _VERSION, envelope.bucket_frames, envelope.sample_rate_hz),
        *(envelope.frames, len(envelope.buckets), zlib.crc32(body)),
    )
    beside = kept.with_name(f"{kept.name}.{os.getpid()}-{secrets.token_hex(4)}")
    # Derived data: without it the waveform is made again the next time.
    with suppress(OSError):
        kept.parent.mkdir(parents=True, exist_ok=True)
        try:
            beside.write_bytes(header + body)
            beside.replace(kept)
        finally:
            beside.unlink(missing_ok=True)
