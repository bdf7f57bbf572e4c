"""A stretch of a recording as a file of its own: its sound, and nothing else of the file.

Sound that is stored without loss (WAV, AIFF, FLAC) is cut on the sample and stored
without loss again. Of Opus, Vorbis, MP3 and AAC the packets are copied as they are, so
the cut falls between two packets (some 20 to 30 ms); only packets that lie wholly inside
the stretch are taken, except that a stretch shorter than one packet gets the one it lies
in. Whatever else FFmpeg can decode is stored as FLAC. No picture, no tag, no chapter and
no name goes along; the original is only read.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from archive_app.domain.progress import NO_PROGRESS, Progress
from archive_app.errors import BadInput, Environment
from archive_app.media.sources import DISK_FULL, TolerantReader, open_source, shown_name
from archive_app.translation import tr

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer, OutputContainer

_BLOCK_FRAMES = 1 << 18


@dataclass(frozen=True, slots=True)
class _Kind:
    """A codec whose packets can be copied: the muxer, and the ending of the file's name."""

    muxer: str
    extension: str
    options: tuple[tuple[str, str], ...] = ()


_COPIED = {
    "opus": _Kind("ogg", ".opus"),
    "vorbis": _Kind("ogg", ".ogg"),
    "mp3": _Kind(
        "mp3", ".mp3", (("id3v2_version", "0"), ("write_id3v1", "0"), ("write_xing", "0"))
    ),
    "aac": _Kind("ipod", ".m4a"),
}
_LOSSLESS = {"WAV": ".wav", "WAVEX": ".wav", "RF64": ".wav", "AIFF": ".aiff", "FLAC": ".flac"}
_WRITTEN = {"WAVEX": "WAV", "RF64": "WAV"}


def cut_clip(
    source: Path, target: Path, start_ms: int, end_ms: int, *, progress: Progress = NO_PROGRESS
) -> Path:
    """Write ``[start_ms, end_ms)`` of a recording's sound and return the file.

    ``target`` is given without its ending, which the sound's format decides. A file of
    that name is written anew.

    Raises:
        BadInput: there is no sound in it, or none in that stretch.
        Environment: the recording is gone, or the clip cannot be written.
        Cancelled: through ``progress``; no clip is left.
    """
    made: list[Path] = []
    clip: Path | None = None
    try:
        wanted = (source, target, start_ms, end_ms, progress, made)
        clip = _by_soundfile(*wanted) or _by_pyav(*wanted)
        return clip
    except OSError as error:
        raise _unwritable(error) from error
    finally:
        for path in made:
            if path != clip:
                path.unlink(missing_ok=True)


def _by_soundfile(
    source: Path, target: Path, start_ms: int, end_ms: int, progress: Progress, made: list[Path]
) -> Path | None:
    """Return a clip cut on the sample; None where libsndfile cannot do it without loss."""
    import soundfile

    with open_source(source) as file:
        try:
            sound = soundfile.SoundFile(file)
        except soundfile.LibsndfileError:
            return None
        with sound:
            if sound.format not in _LOSSLESS:
                return None
            first = min(start_ms * sound.samplerate // 1000, sound.frames)
            last = min(end_ms * sound.samplerate // 1000, sound.frames)
            if last <= first:
                raise _nothing_there(source)
            sound.seek(first)
            path = target.with_name(target.name + _LOSSLESS[sound.format])
            made.append(path)
            with soundfile.SoundFile(
                path, "w", samplerate=sound.samplerate, channels=sound.channels,
                subtype=sound.subtype, format=_WRITTEN.get(sound.format, sound.format),
            ) as clip:  # fmt: skip
                kind = "float64" if sound.subtype in {"FLOAT", "DOUBLE"} else "int32"
                left = last - first
                while left > 0:
                    progress.report(last - first - left, last - first, tr("Cutting clips"))
                    block = sound.read(min(left, _BLOCK_FRAMES), dtype=kind, always_2d=True)
                    if not len(block):
                        break
                    try:
                        clip.write(block)
                    except soundfile.LibsndfileError as error:
                        # libsndfile says "System error." where the system let it write no more.
                        raise OSError(errno.ENOSPC, str(error)) from error
                    left -= len(block)
    return path


def _by_pyav(
    source: Path, target: Path, start_ms: int, end_ms: int, progress: Progress, made: list[Path]
) -> Path:
    import av
    from av.error import FFmpegError

    with open_source(source) as file:
        try:
            with av.open(TolerantReader(file), "r", metadata_errors="ignore") as container:
                opened = cast("InputContainer", container)
                if not opened.streams.audio:
                    raise _nothing_there(source)
                sound = opened.streams.audio[0]
                kind = _COPIED.get(sound.codec_context.codec.canonical_name)
                span = _Span(start_ms, end_ms, progress)
                if kind is None:
                    path = target.with_name(target.name + ".flac")
                    made.append(path)
                    found = _decode(opened, sound, path, span)
                else:
                    path = target.with_name(target.name + kind.extension)
                    made.append(path)
                    found = _copy(opened, sound, path, kind, span)
        except FFmpegError as error:
            raise BadInput(
                tr("“{name}” could not be read, so no clip was cut from it.",
                   name=shown_name(source)),
                details=type(error).__name__,
            ) from error  # fmt: skip
    if not found:
        raise _nothing_there(source)
    return path


@dataclass(frozen=True, slots=True)
class _Span:
    """The stretch that is wanted, in milliseconds of the recording."""

    start_ms: int
    end_ms: int
    progress: Progress

    def report(self, at_ms: float) -> None:
        self.progress.report(
            max(0, round(at_ms) - self.start_ms), self.end_ms - self.start_ms, tr("Cutting clips")
        )


@contextmanager
def _opened(path: Path, muxer: str, options: dict[str, str]) -> Iterator[OutputContainer]:
    import av

    # "bitexact" keeps the program's own name and version out of the file.
    options = {"fflags": "+bitexact", **options}
    with av.open(str(path), "w", format=muxer, options=options) as container:
        yield cast("OutputContainer", container)


def _begin_ms(sound: AudioStream) -> float:
    """Return the time of the stream's first sample, which is 0 on the recording."""
    base = sound.time_base
    return float(sound.start_time * base) * 1000 if sound.start_time and base else 0.0


def _copy(opened: InputContainer, sound: AudioStream, path: Path, kind: _Kind, span: _Span) -> bool:
    """Copy the packets of a stretch; tell whether there were any."""
    base = sound.time_base
    if base is None:
        return False
    begin = _begin_ms(sound)
    _seek(opened, sound, span.start_ms + begin)
    taken: list[Any] = []
    with _opened(path, kind.muxer, dict(kind.options)) as clip:
        copied = clip.add_stream_from_template(sound)
        copied.metadata.clear()
        first: int | None = None
        last: Any = None
        for packet in opened.demux(sound):
            if packet.pts is None:
                continue
            at = float(packet.pts * base) * 1000 - begin
            ends = at + float((packet.duration or 0) * base) * 1000
            if at >= span.end_ms:
                break
            if at < span.start_ms - 0.5 or ends > span.end_ms + 0.5:
                last = packet if ends > span.start_ms else last
                continue
            first = _put(clip, copied, packet, first)
            taken.append(at)
            span.report(at)
        if first is None and last is not None:
            _put(clip, copied, last, first)
            taken.append(0)
    return bool(taken)


def _put(clip: OutputContainer, copied: Any, packet: Any, first: int | None) -> int:
    """Write a packet with its time counted from the clip's first, which is returned."""
    first = int(packet.pts) if first is None else first
    packet.stream = copied
    packet.pts -= first
    packet.dts = packet.pts
    clip.mux(packet)
    return first


def _seek(opened: InputContainer, sound: AudioStream, ms: float) -> None:
    """Go a little before a time, or to the start of a file that cannot be sought in."""
    from av.error import FFmpegError

    base = sound.time_base
    if base is None or ms < 5_000:
        return
    try:
        opened.seek(round((ms - 2_000) / 1000 / base), stream=sound, backward=True)
    except FFmpegError:
        opened.seek(0)


def _decode(opened: InputContainer, sound: AudioStream, path: Path, span: _Span) -> bool:
    """Store a stretch as FLAC of 16 or 24 bits; tell whether there was any sound."""
    from av.audio.resampler import AudioResampler

    begin, rate = _begin_ms(sound), sound.codec_context.sample_rate
    is_deep = sound.codec_context.format.bytes > 2
    layout = sound.codec_context.layout
    _seek(opened, sound, span.start_ms + begin)
    found = False
    with _opened(path, "flac", {}) as clip:
        written = cast("Any", clip.add_stream("flac", rate=rate))
        written.codec_context.layout = layout
        written.codec_context.format = "s32" if is_deep else "s16"
        resampler = AudioResampler("s32" if is_deep else "s16", layout, rate)
        for frame in opened.decode(sound):
            at = (frame.time or 0.0) * 1000 - begin
            if at >= span.end_ms:
                break
            if at + frame.samples * 1000 / rate <= span.start_ms:
                continue
            for one in resampler.resample(frame):
                cut = _trimmed(one, at, rate, span)
                if cut is not None:
                    cut.pts = None
                    found = True
                    for packet in written.encode(cut):
                        clip.mux(packet)
            span.report(at)
        for packet in written.encode(None):
            clip.mux(packet)
    return found


def _trimmed(frame: Any, at_ms: float, rate: int, span: _Span) -> Any:
    """Return the part of a packed frame that lies inside the stretch; None: no part does."""
    from av.audio.frame import AudioFrame

    first = max(0, round((span.start_ms - at_ms) * rate / 1000))
    last = min(frame.samples, round((span.end_ms - at_ms) * rate / 1000))
    if last <= first:
        return None
    if first == 0 and last == frame.samples:
        return frame
    channels = frame.layout.nb_channels
    samples = frame.to_ndarray()[:, first * channels : last * channels]
    part = AudioFrame.from_ndarray(samples.copy(), format=frame.format.name, layout=frame.layout)
    part.sample_rate = rate
    return part


def _nothing_there(source: Path) -> BadInput:
    return BadInput(
        tr("“{name}” holds no sound in this stretch, so no clip was cut from it.",
           name=shown_name(source))
    )  # fmt: skip


def _unwritable(error: OSError) -> Environment:
    if error.errno in DISK_FULL:
        said = tr("The disk is full, so the clips were not written. Free some space or choose "
                  "another disk, then try again.")  # fmt: skip
    else:
        said = tr("A clip could not be written there. Choose another folder and try again.")
    return Environment(said, details=type(error).__name__)
