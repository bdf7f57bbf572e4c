"""What a recording is: its format, length, channels, when and with what it was made."""

from __future__ import annotations

import os
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from archive_app.domain.progress import NO_PROGRESS, Progress
from archive_app.domain.timecode import format_timecode_ms
from archive_app.errors import BadInput
from archive_app.media import formats
from archive_app.media.completeness import ends_abruptly, promised_bytes
from archive_app.media.formats import MediaFormat, is_media, recognise_file
from archive_app.media.sources import (
    disk_trouble,
    human_size,
    open_source,
    reading_failed,
    shown_name,
)
from archive_app.media.tags import as_moment, clean, gather, mutagen_pairs
from archive_app.media.wave_header import NotAWave, WaveHeader, read_wave_header
from archive_app.translation import tr

if TYPE_CHECKING:
    from archive_app.media.streams import StreamFacts

__all__ = ["MediaFacts", "is_media", "probe"]

LONGEST_MS = 31 * 24 * 3600 * 1000
"""No recording lasts a month: what claims to has a damaged header."""


@dataclass(frozen=True, slots=True)
class MediaFacts:
    """What a recording's file tells of itself, named as in ``records.Recording``."""

    format_name: str
    """For a person: "WAV", "Ogg Vorbis"."""
    container: str
    codec: str
    duration_ms: int | None
    sample_rate_hz: int | None
    channels: int | None
    bit_depth: int | None
    """Bits a sample, where the sound is stored without loss."""
    has_video: bool
    size_bytes: int
    recorded_at: str = ""
    """ISO 8601 as exact as the file tells it, local to the recorder unless it names a zone."""
    device: str = ""
    embedded_tags: Mapping[str, str] = field(default_factory=dict[str, str])
    warnings: tuple[str, ...] = ()
    """What is wrong with the file though it can be used, for a person, already translated."""
    extension: str = ""
    """The extension the content asks for, with its dot."""


@cache
def library_failures() -> tuple[type[Exception], ...]:
    """Return what mutagen and PyAV raise at damaged files.

    Besides their own errors both let through what their parsing of nonsense runs
    into: absent keys, short reads, absurd sizes, boxes nested without end.
    """
    from av.error import FFmpegError
    from mutagen import MutagenError

    return (
        *(FFmpegError, MutagenError, struct.error, ValueError, LookupError, EOFError),
        *(ArithmeticError, RecursionError, NotImplementedError, AssertionError),
        *(MemoryError, OSError),
    )


def probe(path: Path, progress: Progress = NO_PROGRESS) -> MediaFacts:
    """Return what a recording is, by its content and whatever its extension.

    A file that is cut off or damaged but still holds sound is testimony: its facts
    come with ``warnings``, and its duration is that of what can be read.

    Raises:
        BadInput: it is empty, a folder, no recording, or nothing of it can be read.
        Environment: it is gone, may not be read, or the disk does not answer.
        Cancelled: through ``progress``.
    """
    with open_source(path) as file:
        try:
            size = os.fstat(file.fileno()).st_size
            format_ = recognise_file(file)
            if format_ is None:
                raise _no_recording(path)
            file.seek(0)
            facts = _facts(path, file, format_, size, progress)
        except OSError as error:
            raise reading_failed(path, error) from error
    return _checked(path, facts)


def _facts(
    path: Path, file: BinaryIO, format_: MediaFormat, size: int, progress: Progress
) -> MediaFacts:
    if format_.demuxer == "wav":
        try:
            return _wave_facts(read_wave_header(file, size), format_, size)
        except NotAWave as error:
            raise _unreadable(path, format_, str(error)) from error
    return _other_facts(path, file, format_, size, progress)


def _wave_facts(header: WaveHeader, format_: MediaFormat, size: int) -> MediaFacts:
    pairs = [*header.bext.items(), *header.info, *header.ixml]
    warnings: list[str] = []
    if header.id3:
        pairs += _id3_pairs(header.id3)
    tags = gather(pairs)
    if header.was_unfinished:
        warnings.append(
            tr(
                "The recorder never wrote how long this recording is; probably it lost its power. "
                "Everything up to the end of the file is taken as sound."
            )
        )
    elif header.is_truncated:
        warnings.append(_cut_off(header.data_promised, header.data_present))
    day, time = header.bext.get("origination date", ""), header.bext.get("origination time", "")
    recorded = as_moment(f"{day} {time}".strip()) or as_moment(tags.get("date", ""))
    return MediaFacts(
        format_name=format_.name,
        container=format_.container,
        codec=header.codec,
        duration_ms=header.duration_ms,
        sample_rate_hz=header.sample_rate_hz,
        channels=header.channels,
        bit_depth=header.bit_depth or None,
        has_video=False,
        size_bytes=size,
        recorded_at=recorded,
        device=clean(header.bext.get("originator", "") or tags.get("ixml bwf originator", "")),
        embedded_tags=tags,
        warnings=tuple(warnings),
        extension=".wav",
    )


def _id3_pairs(data: bytes) -> list[tuple[str, str]]:
    from io import BytesIO

    from mutagen.id3 import ID3

    try:
        return mutagen_pairs(ID3(BytesIO(data)))
    except library_failures():
        return []


def _other_facts(
    path: Path, file: BinaryIO, format_: MediaFormat, size: int, progress: Progress
) -> MediaFacts:
    from archive_app.media.streams import read_streams

    warnings: list[str] = []
    try:
        streams = read_streams(file, format_)
    except library_failures() as error:
        # What FFmpeg cannot open, nothing in this program can play.
        _raise_if_disk_failed(error)
        raise _unreadable(path, format_, type(error).__name__) from error
    if not streams.codec:
        raise _unreadable(path, format_, "no stream of sound or picture")
    try:
        read = _read_by_mutagen(file, format_)
    except library_failures() as error:
        _raise_if_disk_failed(error)
        read = _Read(is_estimate=True)
        warnings.append(tr("The tags in this file are damaged; some may be missing."))
    promised = promised_bytes(format_, file, size) or 0
    is_cut = promised > size
    if is_cut:
        warnings.append(_cut_off(promised, size))
    elif ends_abruptly(format_, file, size):
        is_cut = True
        warnings.append(tr("This recording has no proper end: the file was probably cut off."))
    declared = read.duration_ms or streams.duration_ms
    duration = declared
    if is_cut or read.is_estimate or not declared or not _reaches_its_end(file, format_, declared):
        duration = _measured(file, format_, declared, progress)
        if not is_cut and not read.is_estimate and (declared or 0) > (duration or 0) + 250:
            warnings.append(_too_short(declared or 0, duration or 0))
    return _joined(format_, size, streams, read, duration, warnings)


@dataclass(frozen=True, slots=True)
class _Read:
    """What mutagen found; 0 and None where it found nothing."""

    duration_ms: int | None = None
    is_estimate: bool = False
    sample_rate_hz: int = 0
    channels: int = 0
    bit_depth: int = 0
    pairs: tuple[tuple[str, str], ...] = ()


def _read_by_mutagen(file: BinaryIO, format_: MediaFormat) -> _Read:
    """Return what mutagen makes of the file; nothing for what it does not read."""
    reader = _mutagen_reader(format_)
    if reader is None:
        return _Read()
    file.seek(0)
    found = reader(file)
    info = found.info
    seconds = getattr(info, "length", 0) or 0
    # Without a table of contents an MP3's length is a guess from its first frames.
    bitrate_mode = str(getattr(info, "bitrate_mode", ""))
    return _Read(
        duration_ms=round(seconds * 1000) or None,
        is_estimate=format_ is formats.MP3 and "UNKNOWN" in bitrate_mode,
        sample_rate_hz=getattr(info, "sample_rate", 0) or 0,
        channels=getattr(info, "channels", 0) or 0,
        bit_depth=getattr(info, "bits_per_sample", 0) or 0,
        pairs=tuple(mutagen_pairs(found.tags)),
    )


def _mutagen_reader(format_: MediaFormat) -> Callable[[BinaryIO], Any] | None:
    from mutagen import aiff, asf, flac, mp3, mp4, oggflac, oggopus, oggvorbis

    readers: dict[str, Callable[[BinaryIO], Any]] = {
        formats.FLAC.name: flac.FLAC,
        formats.MP3.name: mp3.MP3,
        formats.M4A.name: mp4.MP4,
        formats.OGG_VORBIS.name: oggvorbis.OggVorbis,
        formats.OPUS.name: oggopus.OggOpus,
        formats.OGG_FLAC.name: oggflac.OggFLAC,
        formats.AIFF.name: aiff.AIFF,
        formats.WMA.name: asf.ASF,
    }
    return readers.get(format_.name)


def _raise_if_disk_failed(error: BaseException) -> None:
    if trouble := disk_trouble(error):
        raise trouble


def _measured(
    file: BinaryIO, format_: MediaFormat, declared: int | None, progress: Progress
) -> int | None:
    """Return the true length, or the declared one where nothing can be measured."""
    from archive_app.media.streams import measure

    try:
        return measure(file, format_, progress)
    except library_failures() as error:
        _raise_if_disk_failed(error)
        return declared


def _reaches_its_end(file: BinaryIO, format_: MediaFormat, duration_ms: int) -> bool:
    """Tell whether there is sound where the header says that the recording ends."""
    from archive_app.media.streams import has_packets_at

    if format_.container not in {"FLAC", "Matroska", "WebM"}:
        return True  # judged by promised_bytes
    try:
        return has_packets_at(file, format_, max(0, duration_ms - 300))
    except library_failures() as error:
        _raise_if_disk_failed(error)
        return False


def _joined(
    format_: MediaFormat,
    size: int,
    streams: StreamFacts,
    read: _Read,
    duration_ms: int | None,
    warnings: list[str],
) -> MediaFacts:
    has_video = bool(streams.video_codec)
    if format_ is formats.MP4 and not has_video:
        format_ = formats.M4A
    tags = gather([*read.pairs, *streams.metadata])
    device = " ".join(tags[key] for key in ("make", "model") if key in tags)
    return MediaFacts(
        format_name=format_.name,
        container=format_.container,
        codec=streams.codec,
        duration_ms=duration_ms,
        sample_rate_hz=streams.sample_rate_hz or read.sample_rate_hz or None,
        channels=streams.channels or read.channels or None,
        bit_depth=streams.bit_depth or None,
        has_video=has_video,
        size_bytes=size,
        recorded_at=as_moment(tags.get("date", "")),
        device=clean(device),
        embedded_tags=tags,
        warnings=tuple(warnings),
        extension=format_.extensions[0],
    )


def _checked(path: Path, facts: MediaFacts) -> MediaFacts:
    """Return the facts without what cannot be true, with what a person should know.

    Raises:
        BadInput: there is a header and no sound behind it.
    """
    warnings = list(facts.warnings)
    duration = facts.duration_ms
    if duration is not None and not 0 <= duration <= LONGEST_MS:
        duration = None
        warnings.append(tr("The length in this file's header is absurd and was left out."))
    if duration == 0:
        raise BadInput(
            tr(
                "“{name}” has the header of a recording ({format}) but no sound in it. Nothing "
                "was taken in. If it should hold sound, copy it from the recorder once more.",
                name=shown_name(path),
                format=facts.format_name,
            )
        )
    known = next(f for f in formats.FORMATS if f.name == facts.format_name)
    suffix = path.suffix.lower()
    if suffix not in known.extensions:
        warnings.append(
            tr(
                "The file is named “{suffix}” but is {format}; it is treated as what it is.",
                suffix=clean(suffix)[:12] or "-",
                format=facts.format_name,
            )
        )
    rate, channels = facts.sample_rate_hz or 0, facts.channels or 0
    return replace(
        facts,
        duration_ms=duration,
        sample_rate_hz=rate if 0 < rate <= 6_144_000 else None,
        channels=channels if 0 < channels <= 256 else None,
        bit_depth=facts.bit_depth if 0 < (facts.bit_depth or 0) <= 64 else None,
        warnings=tuple(warnings),
    )


def _cut_off(promised: int, present: int) -> str:
    return tr(
        "This recording is cut off: it should have {promised} and has {present}. "
        "What is there is kept; see whether the recorder still holds the whole of it.",
        promised=human_size(promised),
        present=human_size(present),
    )


def _too_short(declared_ms: int, found_ms: int) -> str:
    return tr(
        "This recording should last {declared}, but only {found} of it can be read. "
        "What is there is kept; see whether the recorder still holds the whole of it.",
        declared=format_timecode_ms(declared_ms),
        found=format_timecode_ms(found_ms),
    )


def _no_recording(path: Path) -> BadInput:
    return BadInput(
        tr(
            "“{name}” is not a recording that the archive can read. Nothing was taken in. It reads "
            "WAV, FLAC, MP3, M4A, Ogg Vorbis, Opus, AIFF, WMA, MP4, MOV, MKV and WebM; convert the "
            "file to one of these, or take it from the recorder again if it should be one.",
            name=shown_name(path),
        )
    )


def _unreadable(path: Path, format_: MediaFormat, details: str) -> BadInput:
    return BadInput(
        tr(
            "“{name}” begins as {format} but nothing of it can be played: it is damaged, or the "
            "recorder never finished writing it. Nothing was taken in and the file is as it was. "
            "Copy it from the recorder once more, or have it repaired.",
            name=shown_name(path),
            format=format_.name,
        ),
        details=details,
    )
