"""Broadcast WAV written while it is recorded, its header true at every moment.

One file: ``RIFF`` (``RF64`` beyond 4 GiB), a ``JUNK`` chunk in which ``ds64`` finds its
room, ``bext``, ``fmt `` and, last, ``data``. The whole header fits in one page of the
disk and is replaced in one write, after the samples it speaks of are on the disk: it
never promises what is not there. What lies behind the header's size when the process
is killed is sound too, and ``repair`` counts it in.

Sources: EBU Tech 3285 (bext), EBU Tech 3306 (RF64), Microsoft RIFF/WAVE.
"""

from __future__ import annotations

import os
import struct
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import FileIO
from pathlib import Path
from typing import BinaryIO

from archive_app.disk import sync_folder
from archive_app.errors import BadInput, Bug, Conflict
from archive_app.media.recording_errors import recording_failed
from archive_app.media.wave_header import NotAWave, read_wave_header
from archive_app.translation import tr

RIFF_LIMIT = 0xFFFFFFFF
"""From this size on a file is RF64; a name of its own so that it can be shown with less."""

_IN_DS64 = 0xFFFFFFFF
_DS64_BYTES = 28
_CHUNKS_AT = 12 + 8 + _DS64_BYTES
_MOST_HISTORY = 256


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
    """What ``bext`` tells of where a recording comes from; ``started_at`` carries its zone.

    It stays in the original for ever and travels with it: no names, no device, which is
    often called after its owner.
    """

    originator: str
    reference: str
    started_at: datetime
    description: str = ""


class WaveWriter:
    """A WAV file that is being written; calls may come from one thread at a time."""

    def __init__(self, path: Path, sound: SoundFormat, origin: Origin) -> None:
        """Make the file, with its header, on the disk.

        It gets its name once the header is in it: whatever bears the name can be read.

        Raises:
            Conflict: the file exists already.
            Environment: it cannot be written.
        """
        self.path = path
        self.sound = sound
        self._layout = _Layout.of(sound, origin)
        self._data_bytes = 0
        self._counted_bytes = 0
        self._has_failed = False
        if path.exists():
            raise Conflict(tr("A file of this name is there already. Nothing was recorded."))
        draft = path.with_name(path.name + ".new")
        try:
            with draft.open("wb", buffering=0) as file:
                file.write(self._layout.header(0))
                os.fsync(file.fileno())
            draft.replace(path)
            sync_folder(path.parent)
            self._file: FileIO | None = path.open("r+b", buffering=0)
        except OSError as error:
            with suppress(OSError):
                draft.unlink(missing_ok=True)
            raise recording_failed(path, error) from error

    @property
    def frames(self) -> int:
        """How many frames were written, on the disk or on the way to it."""
        return self._data_bytes // self.sound.frame_bytes

    def write(self, frames: bytes) -> None:
        """Append whole frames, little-endian, packed (24 bits: three bytes a sample).

        Raises:
            Environment: the disk is full or gone. What was written before is kept and
                the header is true; ``close`` may be called.
        """
        file = self._open_file()
        view = memoryview(frames)
        try:
            file.seek(self._layout.size + self._data_bytes)
            while view:
                written = file.write(view)
                self._data_bytes += written
                view = view[written:]
        except OSError as error:
            self._fail(file)
            raise recording_failed(self.path, error) from error

    def flush(self) -> None:
        """Put everything on the disk: first the samples, then a header that counts them.

        Raises:
            Environment: the disk is full or gone.
        """
        file = self._open_file()
        if self._counted_bytes == self._data_bytes:
            return
        try:
            _sync_data(file)
            self._count(file)
        except OSError as error:
            self._fail(file)
            raise recording_failed(self.path, error) from error

    def close(self) -> None:
        """Flush, pad to an even length, and close. Calling it twice does no harm.

        Raises:
            Environment: the end could not be put on the disk; not where a write failed
                before, which was told then.
        """
        file, self._file = self._file, None
        if file is None:
            return
        try:
            with file:
                if self._data_bytes % 2:
                    file.seek(self._layout.size + self._data_bytes)
                    file.write(b"\0")
                _sync_data(file)
                self._count(file)
                os.fsync(file.fileno())
        except OSError as error:
            if not self._has_failed:
                raise recording_failed(self.path, error) from error

    def _open_file(self) -> FileIO:
        if self._file is None:
            raise Bug(tr("The program wrote to a recording that was closed."))
        return self._file

    def _count(self, file: FileIO) -> None:
        """Replace the header by one that counts what is there."""
        file.seek(0)
        file.write(self._layout.header(self._data_bytes))
        self._counted_bytes = self._data_bytes

    def _fail(self, file: FileIO) -> None:
        """Let the header count the whole frames that are there, if the disk takes that."""
        self._has_failed = True
        self._data_bytes -= self._data_bytes % self.sound.frame_bytes
        with suppress(OSError):
            file.truncate(self._layout.size + self._data_bytes)
            self._count(file)


@dataclass(frozen=True, slots=True)
class _Layout:
    """A header's two parts that never change: ``bext`` and ``fmt `` as they are filed."""

    sound: SoundFormat
    chunks: bytes

    @classmethod
    def of(cls, sound: SoundFormat, origin: Origin) -> _Layout:
        """Return the layout of a new file."""
        return cls(sound, _chunk(b"bext", _bext(sound, origin)) + _chunk(b"fmt ", _fmt(sound)))

    @property
    def size(self) -> int:
        """Where the samples begin."""
        return _CHUNKS_AT + len(self.chunks) + 8

    def header(self, data_bytes: int) -> bytes:
        """Return the whole header of a file with so many bytes of samples."""
        riff_bytes = self.size - 8 + data_bytes + data_bytes % 2
        if riff_bytes < RIFF_LIMIT:
            start = struct.pack("<4sI4s4sI28x", b"RIFF", riff_bytes, b"WAVE", b"JUNK", _DS64_BYTES)
            return start + self.chunks + struct.pack("<4sI", b"data", data_bytes)
        # EBU Tech 3306, 4: sizes of 32 bits are set to the greatest, the true ones stand in ds64.
        frames = data_bytes // self.sound.frame_bytes
        start = struct.pack(
            "<4sI4s4sIQQQI", b"RF64", _IN_DS64, b"WAVE", b"ds64", _DS64_BYTES,
            riff_bytes, data_bytes, frames, 0,
        )  # fmt: skip
        return start + self.chunks + struct.pack("<4sI", b"data", _IN_DS64)


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack("<4sI", name, len(content)) + content + b"\0" * (len(content) % 2)


def _fmt(sound: SoundFormat) -> bytes:
    return struct.pack(
        "<HHIIHH", 1, sound.channels, sound.sample_rate_hz,
        sound.bytes_per_second, sound.frame_bytes, sound.bits,
    )  # fmt: skip


def _bext(sound: SoundFormat, origin: Origin) -> bytes:
    """Return the content of ``bext``, version 1 (EBU Tech 3285, 2.3).

    Letters beyond ASCII are UTF-8, as most programs write them by now.
    """
    start = origin.started_at
    midnight = start.replace(hour=0, minute=0, second=0, microsecond=0)
    microseconds = (start - midnight) // timedelta(microseconds=1)
    mode = {1: "mono", 2: "stereo"}.get(sound.channels, "multitrack")
    # Coding history: EBU R 98.
    history = f"A=PCM,F={sound.sample_rate_hz},W={sound.bits},M={mode},T=Oral History Archive\r\n"
    return struct.pack(
        "<256s32s32s10s8sQH64s190x",
        _field(origin.description, 256), _field(origin.originator, 32),
        _field(origin.reference, 32), f"{start:%Y-%m-%d}".encode(), f"{start:%H:%M:%S}".encode(),
        microseconds * sound.sample_rate_hz // 1_000_000, 1, b"",
    ) + _field(history, _MOST_HISTORY)  # fmt: skip


def _field(text: str, size: int) -> bytes:
    """Return text cut to a field's size, never within a letter."""
    return text.encode("utf-8")[:size].decode("utf-8", "ignore").encode("utf-8")


def _sync_data(file: FileIO) -> None:
    getattr(os, "fdatasync", os.fsync)(file.fileno())


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
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            layout, counted = _layout_of(file, size)
        frames = (size - layout.size) // layout.sound.frame_bytes
        data_bytes = frames * layout.sound.frame_bytes
        if counted != data_bytes or size != layout.size + data_bytes + data_bytes % 2:
            with path.open("r+b", buffering=0) as file:
                file.truncate(layout.size + data_bytes)
                file.seek(layout.size + data_bytes)
                file.write(b"\0" * (data_bytes % 2))
                _sync_data(file)
                file.seek(0)
                file.write(layout.header(data_bytes))
                os.fsync(file.fileno())
    except OSError as error:
        raise recording_failed(path, error) from error
    return Repaired(layout.sound, frames, max(0, frames - counted // layout.sound.frame_bytes))


def _layout_of(file: BinaryIO, size: int) -> tuple[_Layout, int]:
    """Return how a file of ours is laid out, and how many bytes of sound its header counts."""
    start = file.read(_CHUNKS_AT)
    is_ours = start[:4] in {b"RIFF", b"RF64"} and start[12:20] in {
        struct.pack("<4sI", name, _DS64_BYTES) for name in (b"JUNK", b"ds64")
    }
    try:
        if not is_ours:
            raise NotAWave("no room for ds64")
        header = read_wave_header(file, size)
    except NotAWave as error:
        raise _not_ours(str(error)) from error
    sound = SoundFormat(header.sample_rate_hz, header.channels, header.bit_depth)
    if sound.frame_bytes != header.block_align or not sound.frame_bytes:
        raise _not_ours("block align")
    file.seek(_CHUNKS_AT)
    layout = _Layout(sound, file.read(header.data_offset - 8 - _CHUNKS_AT))
    file.seek(header.data_offset - 4)
    counted = int.from_bytes(file.read(4), "little")
    if counted == _IN_DS64:
        counted = struct.unpack_from("<Q", start, 28)[0]
    return layout, counted


def _not_ours(details: str) -> BadInput:
    return BadInput(
        tr("The file is not a recording that this program made, or its beginning is lost. It was "
           "left as it is."),
        details=details,
    )  # fmt: skip
