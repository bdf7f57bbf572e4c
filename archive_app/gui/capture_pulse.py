"""Sound from PulseAudio (or PipeWire in its place) without the holes that Qt leaves.

QAudioSource (Qt 6.11, ``qpulseaudiosource.cpp``) lets the server keep 1,024 frames and
no more: 21 ms. On a busy machine, when the server or this process is scheduled later
than that, sound is dropped without a word (measured: 100 to 6,000 frames in 15 s).
Here the server is asked to keep all it can, 4 MiB, which is 5 seconds of 96 kHz
stereo and 20 of 48 kHz mono. The library comes with the one that Qt needs itself
(Debian: libpulse0). Can go when QAudioSource lets its ``maxlength`` be set.
"""

from __future__ import annotations

import ctypes
import sys
import threading
from functools import cache

from archive_app.media.broadcast_wave import SoundFormat
from archive_app.media.recording_levels import SampleKind

_FRAGMENTS_PER_S = 50
_OPEN_WITHIN_S = 5.0
_GONE_WITHIN_S = 1.0

# pulse/def.h, pulse/sample.h
_RECORD = 2
_AS_THE_SERVER_LIKES = 0xFFFFFFFF
_FORMATS = {
    "little": {SampleKind.INT16: 3, SampleKind.FLOAT: 5, SampleKind.INT32: 7},
    "big": {SampleKind.INT16: 4, SampleKind.FLOAT: 6, SampleKind.INT32: 8},
}


class _Format(ctypes.Structure):
    _fields_ = (
        ("format", ctypes.c_int),
        ("rate", ctypes.c_uint32),
        ("channels", ctypes.c_uint8),
    )  # fmt: skip


class _Buffers(ctypes.Structure):
    _fields_ = tuple(
        (name, ctypes.c_uint32) for name in ("maxlength", "tlength", "prebuf", "minreq", "fragsize")
    )


@cache
def _library() -> ctypes.CDLL | None:
    """Return libpulse-simple; None where there is none."""
    if sys.platform != "linux":
        return None
    try:
        library = ctypes.CDLL("libpulse-simple.so.0")
    except OSError:
        return None
    text, number = ctypes.c_char_p, ctypes.POINTER(ctypes.c_int)
    library.pa_simple_new.restype = ctypes.c_void_p
    library.pa_simple_new.argtypes = (
        text, text, ctypes.c_int, text, text,
        ctypes.POINTER(_Format), ctypes.c_void_p, ctypes.POINTER(_Buffers), number,
    )  # fmt: skip
    library.pa_simple_read.restype = ctypes.c_int
    library.pa_simple_read.argtypes = (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t, number)
    library.pa_simple_free.restype = None
    library.pa_simple_free.argtypes = (ctypes.c_void_p,)
    return library


class PulseTap:
    """One input, read by a thread that does nothing else."""

    def __init__(self, source: str, sound: SoundFormat, kind: SampleKind) -> None:
        self._source = source.encode()
        self._format = _Format(_FORMATS[sys.byteorder][kind], sound.sample_rate_hz, sound.channels)
        self._fragment = (
            sound.sample_rate_hz // _FRAGMENTS_PER_S * kind.sample_bytes * sound.channels
        )
        self._came = bytearray()
        self._lock = threading.Lock()
        self._is_settled = threading.Event()
        self._is_open = False
        self._is_over = False
        self._thread: threading.Thread | None = None

    def start(self) -> bool:
        """Open the input; False where it cannot be had in this way."""
        library = _library()
        if library is None:
            return False
        # A server that hangs must not keep the program from ending.
        self._thread = threading.Thread(
            target=self._work, args=(library,), name="pulse", daemon=True
        )
        self._thread.start()
        self._is_settled.wait(_OPEN_WITHIN_S)
        if not self._is_open:
            self._is_over = True
        return self._is_open

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come."""
        return self._is_over

    def take(self) -> bytes:
        """Return what has come since it was last asked."""
        with self._lock:
            came, self._came = self._came, bytearray()
        return bytes(came)

    def stop(self) -> None:
        """Let the input go."""
        self._is_over = True
        if self._thread is not None:
            self._thread.join(_GONE_WITHIN_S)

    def _work(self, library: ctypes.CDLL) -> None:
        asked = _Buffers(
            maxlength=_AS_THE_SERVER_LIKES, tlength=_AS_THE_SERVER_LIKES,
            prebuf=_AS_THE_SERVER_LIKES, minreq=_AS_THE_SERVER_LIKES, fragsize=self._fragment,
        )  # fmt: skip
        error = ctypes.c_int()
        handle = library.pa_simple_new(
            None, b"Oral History Archive", _RECORD, self._source, b"Recording",
            ctypes.byref(self._format), None, ctypes.byref(asked), ctypes.byref(error),
        )  # fmt: skip
        self._is_open = bool(handle)
        self._is_settled.set()
        if not handle:
            return
        block = ctypes.create_string_buffer(self._fragment)
        while not self._is_over:
            if library.pa_simple_read(handle, block, self._fragment, ctypes.byref(error)) < 0:
                break
            with self._lock:
                self._came += block.raw
        self._is_over = True
        library.pa_simple_free(handle)
