"""What lies in a PDF's bytes beside its objects: older states, comments, bytes after its end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archive_app.dossier.reading_strings import strings_in, unpacked, words_in

_TOKEN = re.compile(rb"(?<![0-9])(\d{1,10})[ \t\r\n]+(\d{1,5})[ \t\r\n]+obj\b|\bxref\b|%%EOF")
_STREAM = re.compile(rb"stream\r?\n")
_END = re.compile(rb"endobj\b")
_TRAILER = re.compile(rb"\s*(?:trailer\s*<<.*?>>)?\s*startxref\s+\d+\s*", re.DOTALL)
_ENTRY = re.compile(rb"xref\s+(?:\d+ \d+\s+(?:\d{10} \d{5} [nf]\s*)*)*")
_HEADER = re.compile(rb"%PDF-\d\.\d\s*(?:%[\x80-\xff]{4,}\s*)?")


@dataclass(frozen=True, slots=True)
class Remains:
    """Bytes that belong to no object the file still has."""

    older_ends: tuple[int, ...]
    """Where older states of the file end, oldest first."""
    texts: tuple[str, ...]
    """What may be words in objects that were replaced or dropped, and between objects."""
    objects: int
    """Objects that were replaced or dropped."""
    odd_bytes: int
    """Bytes between the objects, but for what a file needs there."""


def read_remains(data: bytes, living: frozenset[tuple[int, int]]) -> Remains:
    """Return what lies beside the objects numbered ``living``."""
    ends = [found.end() for found in re.finditer(rb"%%EOF\r?\n?", data)]
    bodies: dict[tuple[int, int], list[bytes]] = {}
    between = bytearray()
    at = len(header[0]) if (header := _HEADER.match(data)) else 0
    while (found := _TOKEN.search(data, at)) is not None:
        between += data[at : found.start()]
        if found[1] is None:
            at = found.end()
            if found[0] == b"xref":
                entries = _ENTRY.match(data, found.start())
                at = entries.end() if entries else at
                rest = _TRAILER.match(data, at)
                at = rest.end() if rest else at
            continue
        at = _end_of_object(data, found.end())
        number = int(found[1]), int(found[2])
        bodies.setdefault(number, []).append(data[found.end() : at])
    between += data[at:]
    odd = _without_needed(bytes(between))
    dead = [
        body
        for number, held in bodies.items()
        for body in (held[:-1] if number in living else held)
        if b"/XRef" not in body[:400] and b"/ObjStm" not in body[:400]
    ]
    texts = [text for body in dead for text in _words_of(body)]
    texts += [text for text in (*words_in(odd), *strings_in(odd)) if text.strip()]
    return Remains(tuple(ends[:-1]), tuple(dict.fromkeys(texts)), len(dead), len(odd.strip()))


def _end_of_object(data: bytes, start: int) -> int:
    end = _END.search(data, start)
    stream = _STREAM.search(data, start, end.start() if end else len(data))
    if stream is not None:
        closed = data.find(b"endstream", stream.end())
        end = _END.search(data, closed) if closed >= 0 else None
    return end.end() if end else len(data)


def _without_needed(between: bytes) -> bytes:
    """Return what stands between objects but for references to the table and blank space."""
    return re.sub(rb"startxref\s+\d+|trailer\s*<<.*?>>|\s+", b" ", between, flags=re.DOTALL).strip()


def _words_of(body: bytes) -> Iterator[str]:
    stream = _STREAM.search(body)
    yield from strings_in(body[: stream.start()] if stream else body)
    if stream is not None:
        end = body.rfind(b"endstream")
        bare = unpacked(body[stream.end() : end if end >= 0 else len(body)])
        yield from strings_in(bare)
        yield from words_in(bare)
