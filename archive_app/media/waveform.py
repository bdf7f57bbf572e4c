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
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from archive_app.domain.progress import NO_PROGRESS, Progress
from archive_app.errors import BadInput, BadValue
from archive_app.media.formats import MP3, MediaFormat, recognise_file
from archive_app.media.sources import (
    TolerantReader,
    disk_trouble,
    open_source,
    reading_failed,
    shown_name,
)
from archive_app.translation import tr

if TYPE_CHECKING:
    import numpy as np

    Samples = np.ndarray[Any, np.dtype[np.int16]]
    Floats = np.ndarray[Any, np.dtype[np.floating[Any]]]

BUCKETS_PER_SECOND = 200
_STEP = 8
"""Each level of the pyramid is this much coarser than the one below."""
_BLOCK_SECONDS = 20
_VERSION = 1
# magic, version, frames a bucket, sample rate, frames, buckets, CRC-32 of what follows
_HEADER = struct.Struct("<4sIIIQQI")
_MAGIC = b"OHWF"


class Waveform:
    """The envelope of a recording: ``buckets`` is int16 of shape (n, 2), least and greatest."""

    def __init__(
        self, buckets: Samples, *, bucket_frames: int, sample_rate_hz: int, frames: int
    ) -> None:
        self._levels = _pyramid(buckets)
        self.bucket_frames = bucket_frames
        self.sample_rate_hz = sample_rate_hz
        self.frames = frames

    @property
    def buckets(self) -> Samples:
        """The finest level."""
        return self._levels[0]

    @property
    def duration_ms(self) -> int:
        """How long the sound lasts."""
        return self.frames * 1000 // self.sample_rate_hz

    def stretch(self, start_ms: int, end_ms: int, columns: int) -> list[tuple[float, float]]:
        """Return the least and greatest loudness, −1 to 1, in each of ``columns`` equal parts.

        Parts outside the recording are (0, 0). Takes some microseconds a column,
        whatever the length of the stretch.
        """
        import numpy as np

        if columns <= 0:
            return []
        per_bucket = self.bucket_frames * 1000 / self.sample_rate_hz
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
    kept = _place(cache, sha256)
    found = _load(kept)
    if found is None:
        found = make_waveform(path, progress)
        _save(kept, found)
    return found


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
    # A clear error for what is gone, empty or no file, before any library looks at it.
    with open_source(path):
        pass
    fast, promised = _by_soundfile(path, progress)
    if fast is not None and fast.frames + fast.sample_rate_hz >= promised:
        return fast
    try:
        slow = _by_pyav(path, progress)
    except BadInput:
        if fast is None:
            raise
        return fast
    # libsndfile stops at the first damage; FFmpeg often finds the sound behind it.
    return slow if fast is None or slow.duration_ms > fast.duration_ms else fast


class _Gatherer:
    """Takes samples in blocks of any length and keeps the least and greatest of each bucket."""

    def __init__(self, sample_rate_hz: int, channels: int) -> None:
        self.sample_rate_hz = sample_rate_hz
        self.channels = channels
        self.bucket_frames = max(1, sample_rate_hz // BUCKETS_PER_SECOND)
        self.frames = 0
        self._parts: list[Samples] = []
        self._rest: Samples | None = None

    def add(self, block: Samples) -> None:
        """Take int16 samples of shape (frames, channels); the block may be reused after."""
        import numpy as np

        self.frames += len(block)
        if self._rest is not None:
            block = np.concatenate((self._rest, block))
        whole = len(block) // self.bucket_frames
        cut = whole * self.bucket_frames
        if whole:
            self._parts.append(_envelope(block[:cut].reshape(whole, -1)))
        self._rest = block[cut:].copy() if cut < len(block) else None

    def fill_up_to(self, moment_ms: int, end_ms: int) -> None:
        """Take silence for a gap of over half a second, so that what follows keeps its time.

        Times beyond the recording's end are damage and fill nothing.
        """
        import numpy as np

        missing = moment_ms * self.sample_rate_hz // 1000 - self.frames
        if missing > self.sample_rate_hz // 2 and moment_ms <= end_ms:
            second = np.zeros((self.sample_rate_hz, self.channels), dtype=np.int16)
            while missing > 0:
                self.add(second[:missing])
                missing -= len(second)

    def finish(self) -> Waveform | None:
        """Return the waveform of all that was added; None if that was nothing."""
        import numpy as np

        if self._rest is not None:
            self._parts.append(_envelope(self._rest.reshape(1, -1)))
            self._rest = None
        if not self._parts:
            return None
        return Waveform(
            np.concatenate(self._parts),
            bucket_frames=self.bucket_frames,
            sample_rate_hz=self.sample_rate_hz,
            frames=self.frames,
        )


def _envelope(rows: Samples) -> Samples:
    import numpy as np

    return np.column_stack((rows.min(axis=1), rows.max(axis=1)))


def _whole_numbers(samples: Floats) -> Samples:
    import numpy as np

    scaled = np.nan_to_num(samples, nan=0.0, posinf=1.0, neginf=-1.0) * 32767
    return np.clip(scaled, -32768, 32767).astype(np.int16)


def _by_soundfile(path: Path, progress: Progress) -> tuple[Waveform | None, int]:
    """Return the waveform by libsndfile and how many frames the file promises.

    The fast way; None for what libsndfile does not read.
    """
    import soundfile

    what = tr("Drawing the waveform")
    with open_source(path) as source:
        if recognise_file(source) is MP3:
            return None, 0  # libmpg123 prints its complaints to stderr
        source.seek(0)
        reader: Any = TolerantReader(source)
        try:
            with soundfile.SoundFile(reader) as sound:
                if not 0 < sound.channels <= 256 or sound.samplerate <= 0:
                    return None, 0
                gatherer = _Gatherer(sound.samplerate, sound.channels)
                total = max(1, sound.frames)
                for block in _blocks(sound):
                    gatherer.add(block)
                    progress.report(min(gatherer.frames, total), total, what)
                return gatherer.finish(), sound.frames
        except (soundfile.SoundFileError, ValueError, MemoryError):
            return None, 0
        except OSError as error:
            raise reading_failed(path, error) from error


def _blocks(sound: Any) -> Iterator[Samples]:
    """Yield int16 blocks until the end or until the damage."""
    import soundfile

    # libsndfile does not scale floats when asked for whole numbers.
    kind = "float32" if sound.subtype in {"FLOAT", "DOUBLE"} else "int16"
    frames = max(1, min(sound.samplerate * _BLOCK_SECONDS, (8 << 20) // sound.channels))
    is_first = True
    while True:
        try:
            block = sound.read(frames, dtype=kind, always_2d=True)
        except soundfile.SoundFileError:
            if is_first:
                raise
            return
        if not len(block):
            return
        is_first = False
        yield block if kind == "int16" else _whole_numbers(block)


def _by_pyav(path: Path, progress: Progress) -> Waveform:
    """Return the waveform by FFmpeg, which reads everything else."""
    from archive_app.media.probe import library_failures

    waveform: Waveform | None = None
    details = ""
    with open_source(path) as source:
        format_ = recognise_file(source)
        if format_ is not None:
            try:
                waveform = _decoded(source, format_, progress)
            except library_failures() as error:
                if trouble := disk_trouble(error):
                    raise reading_failed(path, trouble) from error
                details = type(error).__name__
    if waveform is None:
        raise BadInput(
            tr(
                "No sound could be read from “{name}”, so there is no waveform. "
                "The recording itself is as it was.",
                name=shown_name(path),
            ),
            details=details,
        )
    return waveform


def _decoded(source: BinaryIO, format_: MediaFormat, progress: Progress) -> Waveform | None:
    import av
    import av.error

    from archive_app.media.streams import opened

    what = tr("Drawing the waveform")
    with opened(source, format_) as container:
        if not container.streams.audio:
            return None
        stream = container.streams.audio[0]
        total = max(1, (container.duration or 0) // 1000)
        gatherer: _Gatherer | None = None
        resampler: Any = None
        for count, frame in enumerate(_frames(container, stream)):
            if gatherer is None or resampler is None:
                gatherer = _Gatherer(frame.sample_rate, len(frame.layout.channels))
                resampler = av.AudioResampler("s16", frame.layout, frame.sample_rate)
            try:
                blocks = [each.to_ndarray() for each in resampler.resample(frame)]
            except (av.error.FFmpegError, ValueError):
                continue  # the stream changed its kind in the middle: damage
            gatherer.fill_up_to(_moment_ms(frame, stream), total)
            for block in blocks:
                gatherer.add(block.reshape(-1, gatherer.channels))
            if count % 256 == 0:
                done = gatherer.frames * 1000 // gatherer.sample_rate_hz
                progress.report(min(done, total), total, what)
        return gatherer.finish() if gatherer else None


def _frames(container: Any, stream: Any) -> Iterator[Any]:
    """Yield the decoded frames of a stream, passing over packets that cannot be decoded."""
    import av.error

    try:
        for packet in container.demux(stream):
            try:
                frames = packet.decode()
            except av.error.InvalidDataError:
                continue
            yield from frames
    except (av.error.FFmpegError, ValueError):
        return  # the file cannot be followed any further


def _moment_ms(frame: Any, stream: Any) -> int:
    if frame.pts is None or frame.time_base is None:
        return 0
    start = float((stream.start_time or 0) * stream.time_base)
    return round((float(frame.pts * frame.time_base) - max(0.0, start)) * 1000)


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
    return Waveform(buckets, bucket_frames=bucket_frames, sample_rate_hz=rate, frames=frames)


def _save(kept: Path, waveform: Waveform) -> None:
    body = waveform.buckets.astype("<i2", copy=False).tobytes()
    header = _HEADER.pack(
        *(_MAGIC, _VERSION, waveform.bucket_frames, waveform.sample_rate_hz),
        *(waveform.frames, len(waveform.buckets), zlib.crc32(body)),
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
