"""From a recording's samples to their envelope, block by block, with bounded memory."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from archive_app.domain.progress import Progress
from archive_app.errors import BadInput
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
_BLOCK_SECONDS = 5
"""Short enough that a block is still in the processor's cache when it is looked at."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """The least and the greatest sample of each bucket: ``buckets`` is int16, shape (n, 2)."""

    buckets: Samples
    bucket_frames: int
    sample_rate_hz: int
    frames: int

    @property
    def duration_ms(self) -> int:
        """How long the sound lasts."""
        return self.frames * 1000 // self.sample_rate_hz


def read_envelope(path: Path, progress: Progress) -> Envelope:
    """Return the envelope of a recording, over all its channels.

    Where a damaged recording cannot be read on, the envelope ends.

    Raises:
        BadInput: nothing of the file can be heard.
        Environment: the file is gone or its disk fails.
        Cancelled: through ``progress``.
    """
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

    def finish(self) -> Envelope | None:
        """Return the envelope of all that was added; None if that was nothing."""
        import numpy as np

        if self._rest is not None:
            self._parts.append(_envelope(self._rest.reshape(1, -1)))
            self._rest = None
        if not self._parts:
            return None
        return Envelope(
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


def _by_soundfile(path: Path, progress: Progress) -> tuple[Envelope | None, int]:
    """Return the envelope by libsndfile and how many frames the file promises.

    The fast way; None for what libsndfile does not read.
    """
    import soundfile

    what = tr("Drawing the waveform")
    with open_source(path) as source:
        if recognise_file(source) is MP3:
            return None, 0  # libmpg123 prints its complaints to stderr
        try:
            with soundfile.SoundFile(_for_libsndfile(source), closefd=False) as sound:
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


def _for_libsndfile(source: BufferedReader) -> Any:
    """Return a file from its beginning, as libsndfile reads it fastest.

    It reads a descriptor by itself; calling back for every few kilobytes takes two
    thirds longer. On Windows its C runtime may be another one, with other descriptors.
    """
    source.seek(0)
    if os.name != "posix":
        return TolerantReader(source)
    os.lseek(source.fileno(), 0, os.SEEK_SET)
    return source.fileno()


def _blocks(sound: Any) -> Iterator[Samples]:
    """Yield int16 blocks until the end or until the damage; each is gone when the next comes."""
    import numpy as np
    import soundfile

    # libsndfile does not scale floats when asked for whole numbers.
    kind = "float32" if sound.subtype in {"FLOAT", "DOUBLE"} else "int16"
    frames = max(1, min(sound.samplerate * _BLOCK_SECONDS, (8 << 20) // sound.channels))
    # One buffer for all blocks: fresh memory for each would cost a third of the time.
    room = np.empty((frames, sound.channels), dtype=kind)
    is_first = True
    while True:
        try:
            block = sound.read(out=room)
        except soundfile.SoundFileError:
            if is_first:
                raise
            return
        if not len(block):
            return
        is_first = False
        yield block if kind == "int16" else _whole_numbers(block)


def _by_pyav(path: Path, progress: Progress) -> Envelope:
    """Return the envelope by FFmpeg, which reads everything else."""
    from archive_app.media.probe import library_failures

    envelope: Envelope | None = None
    details = ""
    with open_source(path) as source:
        format_ = recognise_file(source)
        if format_ is not None:
            try:
                envelope = _decoded(source, format_, progress)
            except library_failures() as error:
                if trouble := disk_trouble(error):
                    raise reading_failed(path, trouble) from error
                details = type(error).__name__
    if envelope is None:
        raise BadInput(
            tr(
                "No sound could be read from “{name}”, so there is no waveform. "
                "The recording itself is as it was.",
                name=shown_name(path),
            ),
            details=details,
        )
    return envelope


def _decoded(source: BinaryIO, format_: MediaFormat, progress: Progress) -> Envelope | None:
    from archive_app.media.streams import opened

    what = tr("Drawing the waveform")
    with opened(source, format_) as container:
        stream = next((s for s in container.streams.audio if s.codec_context is not None), None)
        if stream is None:
            return None
        total = max(1, (container.duration or 0) // 1000)
        progress.report(0, total, what)
        batch: _Batch | None = None
        for frame in _frames(container, stream):
            if batch is None:
                batch = _Batch(frame)
            moment = _moment_ms(frame, stream)
            if batch.takes(frame, moment):
                continue
            batch.flush()
            progress.report(min(batch.heard_ms, total), total, what)
            # The stream may change its kind in the middle only where it is damaged.
            if batch.fits(frame):
                batch.gatherer.fill_up_to(moment, total)
                batch.takes(frame, batch.heard_ms)
        return batch.finish() if batch else None


class _Batch:
    """Decoded frames as they came, many of which are looked at in one go.

    Codecs give frames of some 20 ms; one by one they would take four times as long.
    """

    def __init__(self, first: Any) -> None:
        self.gatherer = _Gatherer(first.sample_rate, len(first.layout.channels))
        self._kind = _kind(first)
        self._arrays: list[Any] = []
        self._frames = 0

    @property
    def heard_ms(self) -> int:
        """How much sound was taken."""
        return (self.gatherer.frames + self._frames) * 1000 // self.gatherer.sample_rate_hz

    def fits(self, frame: Any) -> bool:
        """Tell whether a frame is of the same kind as the first."""
        return _kind(frame) == self._kind

    def takes(self, frame: Any, moment_ms: int) -> bool:
        """Take a frame that follows what is here already; False where it does not."""
        is_next = moment_ms <= self.heard_ms + 500
        if not is_next or len(self._arrays) >= 1000 or not self.fits(frame):
            return False
        self._arrays.append(frame.to_ndarray())
        self._frames += frame.samples
        return True

    def flush(self) -> None:
        """Hand everything taken so far to the gatherer."""
        import numpy as np

        if not self._arrays:
            return
        samples = np.concatenate(self._arrays, axis=1)
        self._arrays, self._frames = [], 0
        channels = self.gatherer.channels
        samples = samples.T if len(samples) == channels else samples.reshape(-1, channels)
        self.gatherer.add(_as_int16(samples))

    def finish(self) -> Envelope | None:
        """Return the envelope of all that was taken."""
        self.flush()
        return self.gatherer.finish()


def _kind(frame: Any) -> tuple[str, int, int]:
    return frame.format.name, frame.sample_rate, len(frame.layout.channels)


def _as_int16(samples: Any) -> Samples:
    """Return samples of any of FFmpeg's kinds as int16: u8, s16, s32, s64, flt, dbl."""
    import numpy as np

    if samples.dtype.kind == "f":
        return _whole_numbers(samples)
    if samples.dtype.kind == "u":
        return (samples.astype(np.int16) - 128) << 8
    spare = 8 * (samples.dtype.itemsize - 2)
    return (samples >> spare).astype(np.int16) if spare else samples


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
