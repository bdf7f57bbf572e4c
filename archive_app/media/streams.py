"""What PyAV (FFmpeg) tells of a file's streams, and how long they really last."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO

from archive_app.domain.progress import NO_PROGRESS, Progress
from archive_app.media.sources import TolerantReader
from archive_app.translation import tr

if TYPE_CHECKING:
    from av.container import InputContainer

    from archive_app.media.formats import MediaFormat

_CODECS = {
    "aac": "AAC",
    "alac": "ALAC",
    "flac": "FLAC",
    "mp3": "MP3",
    "mp3float": "MP3",
    "mp2": "MP2",
    "mp2float": "MP2",
    "opus": "Opus",
    "libopus": "Opus",
    "vorbis": "Vorbis",
    "libvorbis": "Vorbis",
    "wmav1": "WMA 1",
    "wmav2": "WMA 2",
    "wmapro": "WMA Pro",
    "wmalossless": "WMA Lossless",
    "wmavoice": "WMA Voice",
    "speex": "Speex",
    "ac3": "AC-3",
    "amrnb": "AMR-NB",
    "amr_nb": "AMR-NB",
    "amr_wb": "AMR-WB",
    "h264": "H.264",
    "hevc": "H.265",
    "libvpx": "VP8",
    "vp8": "VP8",
    "libvpx-vp9": "VP9",
    "vp9": "VP9",
    "av1": "AV1",
    "libdav1d": "AV1",
    "mpeg4": "MPEG-4",
    "mjpeg": "Motion JPEG",
    "prores": "ProRes",
    "theora": "Theora",
    "wmv3": "WMV 9",
}


@dataclass(slots=True)
class StreamFacts:
    """What FFmpeg found; 0, "" and None where it found nothing."""

    audio_codec: str = ""
    video_codec: str = ""
    sample_rate_hz: int = 0
    channels: int = 0
    bit_depth: int = 0
    duration_ms: int | None = None
    metadata: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])

    @property
    def codec(self) -> str:
        """Picture and sound in one: "H.264, AAC"."""
        return ", ".join(name for name in (self.video_codec, self.audio_codec) if name)


def _named(codec: str) -> str:
    if codec.startswith("pcm_"):
        return "PCM float" if codec.startswith("pcm_f") else "PCM"
    return _CODECS.get(codec, codec)


@contextmanager
def opened(file: BinaryIO, format_: MediaFormat) -> Iterator[InputContainer]:
    """Open a file with FFmpeg as the format it is, and as nothing else.

    A file object and a named demuxer: whatever is written in the file, no other file
    and no address is opened for it.
    """
    import av

    file.seek(0)
    with av.open(
        TolerantReader(file),
        mode="r",
        format=format_.demuxer,
        metadata_errors="replace",
        io_open=_refuse,
    ) as container:
        yield container


def _refuse(*_: object) -> object:
    raise PermissionError("a recording may not open other files")


def read_streams(file: BinaryIO, format_: MediaFormat) -> StreamFacts:
    """Return what the first audio and the first true video stream are.

    Raises:
        av.error.FFmpegError and what PyAV leaves unmapped: ``probe.LIBRARY_FAILURES``.
    """
    from av.stream import Disposition

    facts = StreamFacts()
    with opened(file, format_) as container:
        for stream in container.streams.video:
            # A cover is stored as a film of one picture.
            if not stream.disposition & Disposition.attached_pic and stream.codec_context:
                facts.video_codec = _named(stream.codec_context.name)
                break
        # A codec that this FFmpeg does not know has no context.
        stream = next((s for s in container.streams.audio if s.codec_context is not None), None)
        if stream is not None:
            context = stream.codec_context
            facts.audio_codec = _named(context.name)
            facts.sample_rate_hz, facts.channels = context.sample_rate, context.channels
            if _is_lossless(facts.audio_codec):
                facts.bit_depth = _bits(stream)
        if container.duration is not None and container.duration > 0:
            facts.duration_ms = container.duration // 1000
        facts.metadata = [(str(k), str(v)) for k, v in container.metadata.items()]
        for stream in [*container.streams.audio[:1], *container.streams.video[:1]]:
            facts.metadata += [(str(k), str(v)) for k, v in stream.metadata.items() if v != "und"]
    return facts


def _is_lossless(codec: str) -> bool:
    return codec in {"PCM", "PCM float", "ALAC", "FLAC", "WMA Lossless"}


def _bits(stream: object) -> int:
    context = getattr(stream, "codec_context", None)
    name = getattr(context, "name", "")
    digits = "".join(c for c in name[4:] if c.isdigit()) if name.startswith("pcm_") else ""
    if digits:
        return int(digits)
    raw = getattr(context, "bits_per_coded_sample", 0) or getattr(context, "format", None)
    return raw if isinstance(raw, int) else 8 * int(getattr(raw, "bytes", 0) or 0)


def measure(file: BinaryIO, format_: MediaFormat, progress: Progress = NO_PROGRESS) -> int | None:
    """Return how many ms of sound (or picture) can really be read, packet by packet.

    For files whose header does not tell their length, or is not to be believed.
    Reading stops without a complaint where the damage begins. None if nothing was read.
    """
    import av.error

    first: float | None = None
    last = 0.0
    size = file.seek(0, 2)
    what = tr("Measuring the recording")
    with opened(file, format_) as container:
        streams = [*container.streams.audio, *container.streams.video]
        if not streams:
            return None
        try:
            for count, packet in enumerate(container.demux(*streams)):
                if count % 512 == 0:
                    progress.report(min(packet.pos or 0, size), size, what)
                if packet.pts is None or packet.time_base is None:
                    continue
                begin = float(packet.pts * packet.time_base)
                first = begin if first is None else min(first, begin)
                last = max(last, begin + float((packet.duration or 0) * packet.time_base))
        except (av.error.FFmpegError, ValueError):
            pass
    return None if first is None else round((last - max(first, 0.0)) * 1000)


def has_packets_at(file: BinaryIO, format_: MediaFormat, moment_ms: int) -> bool:
    """Tell whether there is any sound or picture from a moment on."""
    with opened(file, format_) as container:
        streams = [*container.streams.audio, *container.streams.video]
        if not streams:
            return False
        container.seek(moment_ms * 1000)
        for count, packet in enumerate(container.demux(*streams)):
            if packet.pts is not None and packet.time_base is not None:
                end = (packet.pts + (packet.duration or 0)) * packet.time_base * 1000
                if end >= moment_ms:
                    return True
            if count > 20_000:
                break
    return False
