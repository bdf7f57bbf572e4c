"""Protected names, in any form, anywhere in a file that was read back and in what lies beside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from archive_app.domain.names import HiddenNames
from archive_app.domain.proof import Where
from archive_app.paths import resource_path
from archive_app.work.proof_blocks import Block, blocks_of

if TYPE_CHECKING:
    from archive_app.dossier.reading import ReadBack

_IDENTIFIERS = frozenset(
    {Where.DESTINATION, Where.ATTACHMENT_NAME, Where.FILE_NAME, Where.CLIP_NAME}
)
_PREFIX = re.compile(r"[A-Z]{6}\+")
"""Before the name of a font of which a part is embedded: ISO 32000-1, 9.6.4."""
_SHORTEST = 3
"""Letters of a name object up to which it is PDF's own: /LI is a list's entry, not Mrs Li."""
_NEAR = 80
"""Characters on either side of a border that a name parted by it may have."""
_TAG = re.compile(r"</?[\w:.-]+|\b[\w:.-]+\s*=(?=\s*[\"'])|/?>")
# Names that PDF itself gives to things and that people bear too: ISO 32000-1, 7.3.5.
_COMMON = frozenset({
    "A", "Alt", "Annot", "Annots", "Art", "Artifact", "Ascent", "Author", "Bag", "Border",
    "Bounds", "Caption", "Cat", "Catalog", "Colors", "Contents", "Count", "Creator", "Dest",
    "Dests", "Differences", "Document", "Domain", "Em", "Encoding", "Figure", "Filter", "First",
    "Flags", "Font", "Form", "Info", "Kids", "Keywords", "Lang", "Last", "Layout", "Length",
    "Limits", "Link", "Mark", "Marked", "Mask", "Matrix", "Metadata", "Name", "Names", "Next",
    "Note", "Nums", "Order", "Outlines", "P", "Page", "Pages", "Parent", "Part", "Prev",
    "Private", "Producer", "Producers", "Rect", "Reference", "Resources", "Roman", "Root",
    "Rotate", "Rows", "Sect", "Size", "Span", "Subject", "Summary", "Table", "Tabs", "Text",
    "Title", "Type", "Version", "Width", "Widths",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unit:
    """A text that was found, and where."""

    text: str
    where: Where
    page: int = 0
    item: str = ""
    is_known: bool = False
    """Whether it is one of the strings that were released for the file."""
    parts: tuple[str, ...] = ()
    """Of a text that stands in several places: each alone."""


def units_of_blocks(blocks: Sequence[Block], known: Sequence[bool]) -> Iterator[Unit]:
    """Yield the texts of paragraphs, as they are to be read and as they are drawn.

    Where a paragraph stands there that was not released, it is looked at together with
    its neighbours too: a name may be parted between them.
    """
    before: Unit | None = None
    for block, is_known in zip(blocks, known, strict=True):
        unit = Unit(block.text, block.where, block.page, "", is_known)
        yield unit
        if block.drawn != block.text:
            yield Unit(block.drawn, block.where, block.page, "", is_known)
        if before is not None and not (is_known and before.is_known):
            yield from _joined(before.text, block.text, block.where, block.page)
        before = unit


def units_of_file(read: ReadBack) -> Iterator[Unit]:
    """Yield every text of a file beside its paragraphs."""
    for place, artifact in enumerate(read.artifacts):
        where = Where.MARGIN if "Layout" in artifact.kind else Where.HEAD
        yield Unit(artifact.text, where, artifact.page)
        if artifact.drawn != artifact.text:
            yield Unit(artifact.drawn, where, artifact.page)
        if place and read.artifacts[place - 1].page == artifact.page:
            yield from _joined(read.artifacts[place - 1].text, artifact.text, where, artifact.page)
    for held in read.strings:
        text = held.text
        if held.where is Where.FONT:
            if _is_shipped(text):
                continue
        elif held.item == "XMP":
            text = unescape(_TAG.sub(" ", text))
        elif held.where is Where.LINK and "%" in text:
            yield Unit(unquote(text), held.where, held.page, held.item)
        yield Unit(text, held.where, held.page, held.item)
    for name in read.names:
        if len(name) > _SHORTEST and name not in _COMMON and not _is_shipped(name):
            yield Unit(name, Where.ELSEWHERE, 0, "/Name")
    for number, attached in enumerate(read.attachments, start=1):
        yield Unit(attached.name, Where.ATTACHMENT_NAME, 0, str(number))
        yield Unit(attached.description, Where.ATTACHMENT_NAME, 0, str(number))
        for text in texts_of_bytes(attached.data):
            yield Unit(text, Where.ATTACHMENT, 0, str(number))
    for text in read.remains:
        yield Unit(text, Where.REMAINS)
    for older in read.older:
        yield from (Unit(block.text, Where.REMAINS) for block in blocks_of(older))
        yield from (Unit(artifact.text, Where.REMAINS) for artifact in older.artifacts)
        yield from (Unit(held.text, Where.REMAINS) for held in older.strings)


def units_beside(file_name: str, beside: Sequence[Path]) -> Iterator[Unit]:
    """Yield the file's name, the names of those beside it, and what these say.

    Raises:
        OSError: one of them cannot be read.
    """
    yield Unit(file_name, Where.FILE_NAME)
    clip = 0
    for path in beside:
        is_text = path.suffix.lower() in {".json", ".bib", ".ris", ".txt", ".csv", ".xml", ".md"}
        if is_text:
            yield Unit(path.name, Where.FILE_NAME, 0, path.suffix)
            for text in texts_of_bytes(path.read_bytes()):
                yield Unit(text, Where.BESIDE, 0, path.suffix)
            continue
        clip += 1
        yield Unit(path.name, Where.CLIP_NAME, 0, str(clip))
        yield from (Unit(text, Where.CLIP_TAG, 0, str(clip)) for text in _tags_of(path))


def _joined(before: str, after: str, where: Where, page: int) -> Iterator[Unit]:
    """Yield what two places say together; each says for itself what it says alone."""
    tail, head = before[-_NEAR:].rstrip(), after[:_NEAR].lstrip()
    for joint in ("", " "):
        yield Unit(tail + joint + head, where, page, parts=(tail, head))


def leaking(units: Iterable[Unit], names: HiddenNames) -> Iterator[Unit]:
    """Yield the texts that hold a protected name in any form."""
    if not names:
        return
    seen: dict[tuple[str, bool], bool] = {}
    for unit in units:
        is_identifier = unit.where in _IDENTIFIERS
        key = unit.text, is_identifier
        if not unit.text or unit.text.isspace():
            continue
        found = seen.get(key)
        if found is None:
            found = names.leaks(unit.text) or (
                is_identifier and bool(names.find(unit.text, is_identifier=True))
            )
            found = found and not any(map(names.leaks, unit.parts))
            seen[key] = found
        if found:
            yield unit


def texts_of_bytes(data: bytes) -> Iterator[str]:
    """Yield what a file says: its text, or what may be words in it."""
    from archive_app.dossier.reading_strings import words_in

    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        yield from words_in(data)
        return
    yield text
    if "\\u" in text:
        yield re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text)


def _tags_of(path: Path) -> Iterator[str]:
    """Yield what a clip says of itself: its tags, and what a WAV holds beside its sound."""
    from archive_app.dossier.reading_strings import words_in
    from archive_app.errors import ArchiveError
    from archive_app.media.probe import probe

    try:
        facts = probe(path)
    except ArchiveError:
        # Whatever it is, it is no clip; its first bytes are looked through as they are.
        with path.open("rb") as file:
            yield from words_in(file.read(1 << 20))
        return
    yield from facts.embedded_tags.values()
    yield from facts.embedded_tags.keys()
    yield facts.device
    yield facts.recorded_at
    yield from (text for chunk in _chunks_beside_sound(path) for text in words_in(chunk))


def _chunks_beside_sound(path: Path) -> Iterator[bytes]:
    """Yield the chunks of a WAV that are neither sound nor its format: # RIFF, RFC 2361."""
    with path.open("rb") as file:
        head = file.read(12)
        if head[:4] not in {b"RIFF", b"RF64"} or head[8:] != b"WAVE":
            return
        while len(header := file.read(8)) == 8:
            kind, size = header[:4], int.from_bytes(header[4:], "little")
            if kind in {b"data", b"fmt ", b"fact", b"ds64"}:
                if size == 0xFFFFFFFF:
                    return
                file.seek(size + size % 2, 1)
            else:
                yield file.read(min(size, 1 << 22))
                file.seek(max(size - (1 << 22), 0) + size % 2, 1)


def _is_shipped(name: str) -> bool:
    """Tell whether a font's name is one of the program's own families: a person's by chance."""
    return _PREFIX.sub("", name).split("-", maxsplit=1)[0] in _families()


@cache
def _families() -> frozenset[str]:
    faces = resource_path("fonts").rglob("*.[to]tf")
    return frozenset(path.stem.split("-", maxsplit=1)[0] for path in faces)
