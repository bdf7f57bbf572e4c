"""Whether a file is cut off, told from what its own headers promise."""

from __future__ import annotations

from typing import BinaryIO

from archive_app.media.formats import AIFF, MP3, OGG, WMA, MediaFormat, id3_length

_MOST_BOXES = 4096


def promised_bytes(format_: MediaFormat, file: BinaryIO, size_bytes: int) -> int | None:
    """Return how long the file should be by its own account; None where it does not say.

    Only a promise beyond ``size_bytes`` means something: files may have a tail of
    tags or padding. WAV is judged by ``wave_header`` and not here.
    """
    if format_ is AIFF:
        file.seek(4)
        return 8 + int.from_bytes(file.read(4), "big")
    if format_ is WMA:
        return _asf(file)
    if format_ is MP3:
        return _xing(file)
    if format_.container in {"MP4", "QuickTime"}:
        return _boxes(file, size_bytes)
    if format_.container in {"Matroska", "WebM"}:
        return _segment(file)
    return None


def ends_abruptly(format_: MediaFormat, file: BinaryIO, size_bytes: int) -> bool:
    """Tell whether an Ogg file lacks its last page's end mark (RFC 3533, 6)."""
    if format_.container != OGG.container:
        return False
    tail = min(size_bytes, 65_307)  # the longest page
    file.seek(size_bytes - tail)
    data = file.read(tail)
    last = data.rfind(b"OggS")
    if last < 0 or last + 27 > len(data):
        return True
    segments = data[last + 26]
    table = data[last + 27 : last + 27 + segments]
    is_whole = len(table) == segments and last + 27 + segments + sum(table) <= len(data)
    return not (data[last + 5] & 4 and is_whole)


def _asf(file: BinaryIO) -> int | None:
    # Advanced Systems Format 01.20.06, 3.2: File Properties Object
    file.seek(0)
    head = file.read(64 * 1024)
    found = head.find(bytes.fromhex("a1dcab8c47a9cf118ee400c00c205365"))
    if found < 0 or found + 48 > len(head):
        return None
    return int.from_bytes(head[found + 40 : found + 48], "little")


def _xing(file: BinaryIO) -> int | None:
    """Return the length by a Xing or Info header, which VBR encoders write first."""
    file.seek(0)
    begin = id3_length(file.read(10))
    file.seek(begin)
    head = file.read(4096)
    mark = max(head.find(b"Xing"), head.find(b"Info"))
    if mark < 0 or mark + 16 > len(head):
        return None
    flags = int.from_bytes(head[mark + 4 : mark + 8], "big")
    if not flags & 2:
        return None
    place = mark + 8 + (4 if flags & 1 else 0)
    return begin + int.from_bytes(head[place : place + 4], "big")


def _boxes(file: BinaryIO, size_bytes: int) -> int | None:
    """Return where the last of the top-level boxes ends. ISO/IEC 14496-12, 4.2."""
    position = 0
    for _ in range(_MOST_BOXES):
        file.seek(position)
        start = file.read(16)
        if len(start) < 8:
            return position + (8 if start else 0)
        length = int.from_bytes(start[:4], "big")
        if length == 1:
            length = int.from_bytes(start[8:16], "big")
        if length == 0:  # to the end of the file
            return size_bytes
        if length < 8:
            return None
        position += length
        if position >= size_bytes:
            return position
    return None


def _segment(file: BinaryIO) -> int | None:
    """Return where the Matroska segment ends; None if it was written as a stream. RFC 8794, 4."""
    file.seek(0)
    head = file.read(4096)
    header_size, used = _vint(head, 4)
    position = 4 + used + (header_size or 0)
    while head[position : position + 1] == b"\xec":  # void
        size, used = _vint(head, position + 1)
        position += 1 + used + (size or 0)
    if head[position : position + 4] != b"\x18\x53\x80\x67":
        return None
    size, used = _vint(head, position + 4)
    return None if size is None else position + 4 + used + size


def _vint(data: bytes, position: int) -> tuple[int | None, int]:
    """Return an EBML number and its length in bytes; None for "not known"."""
    if position >= len(data) or data[position] == 0:
        return None, 1
    length = 9 - data[position].bit_length()
    raw = data[position : position + length]
    value = int.from_bytes(raw, "big") & ((1 << 7 * length) - 1)
    return (None if value == (1 << 7 * length) - 1 else value), length
