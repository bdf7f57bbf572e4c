"""Tiny real recordings for tests, written by PyAV and soundfile: no system tool is needed."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import soundfile

TAGS = {"title": "Разговор", "artist": "Живка", "comment": "ћерка"}


@dataclass(frozen=True)
class Recipe:
    """How one format is made, and what a probe has to say of it."""

    name: str
    muxer: str
    codec: str
    extension: str
    format_name: str
    shown_codec: str
    rate: int = 48000
    video: str = ""
    options: dict[str, str] = field(default_factory=dict[str, str])
    bit_depth: int | None = None


RECIPES = (
    Recipe("wav", "wav", "pcm_s16le", ".wav", "WAV", "PCM", bit_depth=16),
    Recipe("flac", "flac", "flac", ".flac", "FLAC", "FLAC", bit_depth=16),
    Recipe("mp3", "mp3", "libmp3lame", ".mp3", "MP3", "MP3", rate=44100),
    Recipe("m4a", "ipod", "aac", ".m4a", "M4A", "AAC"),
    Recipe("vorbis", "ogg", "vorbis", ".ogg", "Ogg Vorbis", "Vorbis"),
    Recipe("opus", "opus", "libopus", ".opus", "Opus", "Opus"),
    Recipe("aiff", "aiff", "pcm_s16be", ".aiff", "AIFF", "PCM", bit_depth=16),
    Recipe("wma", "asf", "wmav2", ".wma", "WMA", "WMA 2", rate=44100),
    Recipe("mp4", "mp4", "aac", ".mp4", "MP4", "MPEG-4, AAC", video="mpeg4"),
    Recipe(
        "mov", "mov", "pcm_s16le", ".mov", "QuickTime", "MPEG-4, PCM", video="mpeg4", bit_depth=16
    ),
    Recipe(
        "mkv", "matroska", "flac", ".mkv", "Matroska", "MPEG-4, FLAC", video="mpeg4", bit_depth=16
    ),
    Recipe("webm", "webm", "libopus", ".webm", "WebM", "VP8, Opus", video="libvpx"),
)
BY_NAME = {recipe.name: recipe for recipe in RECIPES}


def tone(seconds: float, rate: int, channels: int = 2) -> np.ndarray[Any, np.dtype[np.int16]]:
    """A 440 Hz tone at half loudness, frames by channels."""
    times = np.arange(round(seconds * rate)) / rate
    wave = (16000 * np.sin(2 * np.pi * 440 * times)).astype(np.int16)
    return np.repeat(wave[:, None], channels, axis=1)


def make(
    path: Path, recipe: Recipe, seconds: float = 0.6, tags: dict[str, str] | None = None
) -> Path:
    """Write a recording by a recipe with tags."""
    with av.open(str(path), "w", format=recipe.muxer, options=recipe.options) as out:
        out.metadata.update(TAGS if tags is None else tags)
        picture = _add_video(out, recipe.video) if recipe.video else None
        sound = out.add_stream(recipe.codec, rate=recipe.rate, layout="stereo")
        if recipe.codec == "wmav2":
            sound.codec_context.bit_rate = 64000
        if recipe.codec == "vorbis":
            sound.codec_context.options = {"strict": "experimental"}
        if picture is not None:
            _write_video(out, picture, seconds)
        _write_sound(out, sound, tone(seconds, recipe.rate), recipe.rate)
    return path


def _add_video(out: Any, codec: str) -> Any:
    stream = out.add_stream(codec, rate=10)
    stream.width, stream.height, stream.pix_fmt = 32, 32, "yuv420p"
    return stream


def _write_video(out: Any, stream: Any, seconds: float) -> None:
    for index in range(round(seconds * 10)):
        shade = np.full((32, 32, 3), index * 20 % 255, dtype=np.uint8)
        frame = av.VideoFrame.from_ndarray(shade, format="rgb24")
        frame.pts, frame.time_base = index, Fraction(1, 10)
        out.mux(stream.encode(frame))
    out.mux(stream.encode(None))


def _write_sound(out: Any, stream: Any, samples: Any, rate: int) -> None:
    for start in range(0, len(samples), 1024):
        block = np.ascontiguousarray(samples[start : start + 1024].reshape(1, -1))
        frame = av.AudioFrame.from_ndarray(block, format="s16", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = rate, start, Fraction(1, rate)
        out.mux(stream.encode(frame))
    out.mux(stream.encode(None))


def make_wav(
    path: Path,
    seconds: float = 0.5,
    *,
    rate: int = 8000,
    channels: int = 1,
    subtype: str = "PCM_16",
    kind: str = "WAV",
) -> Path:
    """Write a plain WAV (or RF64, AIFF …) by soundfile."""
    samples = tone(seconds, rate, channels) / 32768
    soundfile.write(path, samples, rate, subtype=subtype, format=kind)
    return path


def chunk(name: bytes, data: bytes) -> bytes:
    """One RIFF chunk with its padding."""
    return name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) & 1)


def wav_bytes(*extra: bytes, seconds: float = 0.5, rate: int = 8000) -> bytes:
    """A mono 16-bit WAV with further chunks before the sound."""
    data = tone(seconds, rate, 1).tobytes()
    fmt = chunk(b"fmt ", struct.pack("<HHIIHH", 1, 1, rate, rate * 2, 2, 16))
    body = b"WAVE" + fmt + b"".join(extra) + chunk(b"data", data)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def bext(description: str = "", originator: str = "", day: str = "", time: str = "") -> bytes:
    """A bext chunk, version 1."""
    parts = [(description, 256), (originator, 32), ("", 32), (day, 10), (time, 8)]
    fixed = b"".join(text.encode("utf-8")[:size].ljust(size, b"\0") for text, size in parts)
    return chunk(b"bext", fixed + bytes(8) + b"\1\0" + bytes(254) + b"A=PCM,F=8000,W=16,M=mono\r\n")


def info(*fields: tuple[bytes, bytes]) -> bytes:
    """A LIST/INFO chunk."""
    return chunk(b"LIST", b"INFO" + b"".join(chunk(name, value + b"\0") for name, value in fields))
