"""Which format a file is in, told from its first bytes and not from its name."""

from __future__ import annotations

import stat
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

HEAD_BYTES = 64 * 1024
"""How much of a file's beginning is looked at."""


@dataclass(frozen=True, slots=True)
class MediaFormat:
    """A format the archive takes in.

    ``demuxer`` is FFmpeg's name for it. It is always named to PyAV: left to guess,
    FFmpeg would also read play lists, which open other files and addresses.
    """

    name: str
    container: str
    extensions: tuple[str, ...]
    demuxer: str


WAV = MediaFormat("WAV", "WAV", (".wav", ".bwf", ".wave"), "wav")
RF64 = MediaFormat("WAV (RF64)", "RF64", (".wav", ".rf64", ".bwf"), "wav")
BW64 = MediaFormat("WAV (BW64)", "BW64", (".wav", ".bw64", ".bwf"), "wav")
FLAC = MediaFormat("FLAC", "FLAC", (".flac", ".fla"), "flac")
MP3 = MediaFormat("MP3", "MP3", (".mp3", ".mp2", ".mpga"), "mp3")
M4A = MediaFormat("M4A", "MP4", (".m4a", ".m4b", ".mp4", ".3gp", ".aac"), "mp4")
MP4 = MediaFormat("MP4", "MP4", (".mp4", ".m4v", ".3gp", ".3g2"), "mp4")
MOV = MediaFormat("QuickTime", "QuickTime", (".mov", ".qt"), "mov")
OGG_VORBIS = MediaFormat("Ogg Vorbis", "Ogg", (".ogg", ".oga"), "ogg")
OPUS = MediaFormat("Opus", "Ogg", (".opus", ".ogg", ".oga"), "ogg")
OGG_FLAC = MediaFormat("Ogg FLAC", "Ogg", (".oga", ".ogg", ".flac"), "ogg")
OGG = MediaFormat("Ogg", "Ogg", (".ogg", ".ogv", ".oga", ".ogx", ".spx"), "ogg")
AIFF = MediaFormat("AIFF", "AIFF", (".aiff", ".aif", ".aifc"), "aiff")
WMA = MediaFormat("WMA", "ASF", (".wma", ".asf", ".wmv"), "asf")
MKV = MediaFormat("Matroska", "Matroska", (".mkv", ".mka"), "matroska")
WEBM = MediaFormat("WebM", "WebM", (".webm", ".weba"), "matroska")

FORMATS = (
    *(WAV, RF64, BW64, FLAC, MP3, M4A, MP4, MOV, OGG_VORBIS, OPUS, OGG_FLAC, OGG),
    *(AIFF, WMA, MKV, WEBM),
)

EXTENSIONS = frozenset(extension for each in FORMATS for extension in each.extensions)
"""Every extension under which one of the formats is met, in lower case with its dot."""

_ASF_HEADER = bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c")
_EBML_HEADER = bytes.fromhex("1a45dfa3")
_APPLE_DOUBLE = bytes.fromhex("00051607")
_ISO_BOXES = frozenset({b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"})
# MPEG audio header, ISO/IEC 11172-3, 2.4.1.3 and ISO/IEC 13818-3: kbit/s by index.
_BITRATES = {
    (1, 3): (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (1, 2): (0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (2, 3): (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    (2, 2): (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_RATES = {0: (11025, 12000, 8000), 2: (22050, 24000, 16000), 3: (44100, 48000, 32000)}


def id3_length(head: bytes) -> int:
    """Return how many bytes of ID3v2 tag a file begins with (0: none). ID3v2.4.0, 3.1."""
    if len(head) < 10 or head[:3] != b"ID3" or max(head[6:10]) > 0x7F:
        return 0
    size = 0
    for byte in head[6:10]:
        size = size << 7 | byte
    return size + (20 if head[5] & 0x10 else 10)


def recognise(head: bytes, *, after_id3: bytes = b"") -> MediaFormat | None:
    """Return the format that a file's first HEAD_BYTES show, or None.

    ``after_id3`` is what follows an ID3v2 tag, where the file begins with one.
    """
    kind = head[8:12]
    if head[:4] in {b"RIFF", b"RF64", b"BW64"}:
        by_id = {b"RIFF": WAV, b"RF64": RF64, b"BW64": BW64}
        return by_id[head[:4]] if kind == b"WAVE" else None
    if head[:4] == b"FORM":
        return AIFF if kind in {b"AIFF", b"AIFC"} else None
    if head[:4] == b"OggS":
        return _ogg(head)
    if head[:4] == _EBML_HEADER:
        return WEBM if b"webm" in head[:128] else MKV if b"matroska" in head[:128] else None
    if head[:16] == _ASF_HEADER:
        return WMA
    if head[4:8] == b"ftyp":
        return MOV if kind == b"qt  " else M4A if kind in {b"M4A ", b"M4B "} else MP4
    if head[4:8] in _ISO_BOXES:
        return MOV
    body = after_id3 if id3_length(head) else head
    if body[:4] == b"fLaC":
        return FLAC
    return MP3 if begins_mpeg_audio(body) else None


def _ogg(head: bytes) -> MediaFormat:
    first = head[:4096]
    if b"\x80theora" in first:
        return OGG
    if b"OpusHead" in first:
        return OPUS
    if b"\x01vorbis" in first:
        return OGG_VORBIS
    return OGG_FLAC if b"\x7fFLAC" in first else OGG


def begins_mpeg_audio(data: bytes) -> bool:
    """Tell whether three MPEG frames follow each other within the data.

    Leading rubbish is passed over, as players do. One frame's mark alone (11 bits)
    is met in any file; three in the right distances are not.
    """
    if not data:
        return False
    position = data.find(b"\xff")
    while 0 <= position < len(data) - 4:
        if _frames_follow(data, position):
            return True
        position = data.find(b"\xff", position + 1)
    return False


def _frames_follow(data: bytes, position: int) -> bool:
    for count in range(3):
        length = _frame_length(data[position : position + 4])
        if not length:
            # A very short file may hold fewer than three frames.
            return count > 0 and position == len(data)
        position += length
    return True


def _frame_length(header: bytes) -> int:
    """Return an MPEG layer II or III frame's length in bytes, or 0 if it is none."""
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE0 != 0xE0:
        return 0
    version, layer = header[1] >> 3 & 3, 4 - (header[1] >> 1 & 3)
    bitrate_index, rate_index = header[2] >> 4, header[2] >> 2 & 3
    if version == 1 or layer not in {2, 3} or bitrate_index in {0, 15} or rate_index == 3:
        return 0
    bitrate = _BITRATES[1 if version == 3 else 2, layer][bitrate_index] * 1000
    samples_eighth = 72 if version != 3 and layer == 3 else 144
    return samples_eighth * bitrate // _RATES[version][rate_index] + (header[2] >> 1 & 1)


def recognise_file(file: BinaryIO) -> MediaFormat | None:
    """Return the format of an open file, which is left at an unspecified place."""
    file.seek(0)
    head = file.read(HEAD_BYTES)
    after = b""
    if skip := id3_length(head):
        file.seek(skip)
        after = file.read(HEAD_BYTES)
    return recognise(head, after_id3=after)


def is_media(path: Path) -> bool:
    """Tell whether a folder walk should offer this file as a recording.

    A media extension is enough, so that a damaged recording is offered and its
    damage told; without one the content must show a format. Never raises; folders,
    pipes and the "._" files of macOS are no recordings.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return False
        with path.open("rb") as file:
            if file.read(4) == _APPLE_DOUBLE:
                return False
            return path.suffix.lower() in EXTENSIONS or recognise_file(file) is not None
    except (OSError, ValueError):
        return False
