"""What a WAV file's chunks tell: plain, RF64 and BW64, with bext, LIST/INFO and iXML.

Read here and not by a library because recordings whose header was never finished
(the recorder lost its power) are still testimony, and because RF64 is to be read too.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, field
from html import unescape
from typing import BinaryIO

from archive_app.media.tags import legacy_text

_MOST_CHUNKS = 4096
_MOST_TEXT = 1 << 20
_UNKNOWN = 0xFFFFFFFF
# Microsoft's mmreg.h
_CODECS = {
    0x0001: "PCM",
    0x0002: "MS ADPCM",
    0x0003: "PCM float",
    0x0006: "A-law",
    0x0007: "µ-law",
    0x0011: "IMA ADPCM",
    0x0031: "GSM 6.10",
    0x0050: "MPEG",
    0x0055: "MP3",
}
_EXTENSIBLE = 0xFFFE
_IXML_NAMES = ("PROJECT", "SCENE", "TAKE", "TAPE", "NOTE", "BWF_ORIGINATOR", "TRACK_NAME")


class NotAWave(ValueError):
    """The chunks cannot be followed as far as the sound; the argument says why, for details."""


@dataclass(slots=True)
class WaveHeader:
    """What was found. Sizes in bytes, ``sample_count`` in frames."""

    codec: str = ""
    channels: int = 0
    sample_rate_hz: int = 0
    bit_depth: int = 0
    byte_rate: int = 0
    block_align: int = 0
    data_offset: int = -1
    data_promised: int = 0
    data_present: int = 0
    sample_count: int = 0
    was_unfinished: bool = False
    """The header's length was never filled in: the sound reaches to the file's end."""
    bext: dict[str, str] = field(default_factory=dict[str, str])
    info: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    ixml: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    id3: bytes = b""

    @property
    def is_truncated(self) -> bool:
        """The header promises more sound than the file holds."""
        return self.data_present < self.data_promised

    @property
    def duration_ms(self) -> int | None:
        """How long the sound that is really there lasts."""
        if self.codec in {"PCM", "PCM float", "A-law", "µ-law"} and self.block_align:
            frames = self.data_present // self.block_align
            return frames * 1000 // self.sample_rate_hz if self.sample_rate_hz else None
        if self.sample_count and self.sample_rate_hz and not self.is_truncated:
            return self.sample_count * 1000 // self.sample_rate_hz
        return self.data_present * 1000 // self.byte_rate if self.byte_rate else None


def read_wave_header(file: BinaryIO, size_bytes: int) -> WaveHeader:
    """Return what the chunks of a WAV, RF64 or BW64 file tell.

    EBU Tech 3306 (RF64), ITU-R BS.2088 (BW64), EBU Tech 3285 (bext).

    Raises:
        NotAWave: there is no readable ``fmt`` chunk or no ``data`` chunk.
    """
    header = WaveHeader()
    long_sizes: dict[bytes, int] = {}
    position = 12
    for _ in range(_MOST_CHUNKS):
        file.seek(position)
        start = file.read(8)
        if len(start) < 8:
            break
        name, size = start[:4], int.from_bytes(start[4:], "little")
        if name == b"data":
            size = _take_data(header, position + 8, size, long_sizes.get(name), size_bytes)
        elif size == _UNKNOWN:
            size = long_sizes.get(name, size)
        if name == b"ds64":
            long_sizes = _read_ds64(file.read(min(size, _MOST_TEXT)))
        elif name != b"data":
            _take_chunk(header, name, file.read(min(size, _MOST_TEXT)))
        position += 8 + size + (size & 1)
        if position >= size_bytes:
            break
    if not header.sample_rate_hz:
        raise NotAWave("no fmt chunk")
    if header.data_offset < 0:
        raise NotAWave("no data chunk")
    return header


def _take_data(
    header: WaveHeader, offset: int, size: int, long_size: int | None, file_size: int
) -> int:
    """Note where the sound lies; return the length to skip it by."""
    if header.data_offset >= 0:
        return size
    present = max(0, file_size - offset)
    promised = long_size if size == _UNKNOWN and long_size else size
    header.data_offset = offset
    # Recorders write 0 or the greatest number first, and the true length at the end.
    if promised in {0, _UNKNOWN, 0x7FFFFFFF, 0xFFFFFFFFFFFFFFFF} and present > 64:
        header.was_unfinished = True
        promised = present
    header.data_promised = promised
    header.data_present = min(promised, present)
    return promised


def _read_ds64(data: bytes) -> dict[bytes, int]:
    if len(data) < 28:
        return {}
    _, data_size, _, tables = struct.unpack_from("<QQQI", data)
    sizes = {b"data": data_size}
    for index in range(min(tables, (len(data) - 28) // 12)):
        name, size = struct.unpack_from("<4sQ", data, 28 + 12 * index)
        sizes[name] = size
    return sizes


def _take_chunk(header: WaveHeader, name: bytes, data: bytes) -> None:
    if name == b"fmt " and len(data) >= 16:
        _read_fmt(header, data)
    elif name == b"fact" and len(data) >= 4:
        count = int.from_bytes(data[:4], "little")
        header.sample_count = 0 if count == _UNKNOWN else count
    elif name == b"bext" and len(data) >= 348:
        header.bext = _read_bext(data)
    elif name == b"LIST" and data[:4] == b"INFO":
        header.info.extend(_read_info(data[4:]))
    elif name == b"iXML":
        header.ixml = _read_ixml(data)
    elif name in {b"id3 ", b"ID3 "}:
        header.id3 = data


def _read_fmt(header: WaveHeader, data: bytes) -> None:
    tag, channels, rate, byte_rate, align, bits = struct.unpack_from("<HHIIHH", data)
    if tag == _EXTENSIBLE and len(data) >= 40:
        valid_bits = int.from_bytes(data[18:20], "little")
        bits = valid_bits if 0 < valid_bits <= bits else bits
        tag = int.from_bytes(data[24:26], "little")
    header.codec = _CODECS.get(tag, f"WAVE 0x{tag:04X}")
    header.channels, header.sample_rate_hz = channels, rate
    header.byte_rate, header.block_align = byte_rate, align
    header.bit_depth = bits if tag in {0x0001, 0x0003} else 0


def _read_bext(data: bytes) -> dict[str, str]:
    # EBU Tech 3285, 2.3
    fields = {
        "description": data[0:256],
        "originator": data[256:288],
        "originator reference": data[288:320],
        "origination date": data[320:330],
        "origination time": data[330:338],
        "coding history": data[602:],
    }
    found = {key: legacy_text(value).strip() for key, value in fields.items()}
    if reference := int.from_bytes(data[338:346], "little"):
        found["time reference"] = str(reference)
    return {key: value for key, value in found.items() if value}


def _read_info(data: bytes) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    position = 0
    while position + 8 <= len(data) and len(pairs) < 128:
        name = data[position : position + 4]
        size = int.from_bytes(data[position + 4 : position + 8], "little")
        value = data[position + 8 : position + 8 + size]
        if name.isalnum():
            pairs.append((name.decode("ascii", "replace"), legacy_text(value)))
        position += 8 + size + (size & 1)
    return pairs


def _read_ixml(data: bytes) -> list[tuple[str, str]]:
    """Return the iXML fields worth showing (iXML 3.01).

    Read by pattern: no XML parser has to be trusted with a damaged or hostile chunk.
    """
    text = legacy_text(data)
    pairs: list[tuple[str, str]] = []
    for name in _IXML_NAMES:
        found = re.search(rf"<{name}>([^<]{{1,2000}})</{name}>", text)
        if found and found[1].strip():
            pairs.append((f"ixml {name.lower()}", unescape(found[1])))
    return pairs
