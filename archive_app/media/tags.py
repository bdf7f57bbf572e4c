"""Embedded tags under readable keys, as clean text of bounded length and number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

MOST_TAGS = 64
MOST_CHARACTERS = 2000

_KEYS = {
    # ID3v2.4.0, 4.2 and 4.3
    "tit2": "title",
    "tit1": "grouping",
    "tit3": "subtitle",
    "tpe1": "artist",
    "tpe2": "album artist",
    "talb": "album",
    "tcom": "composer",
    "tcon": "genre",
    "tcop": "copyright",
    "tdrc": "date",
    "tyer": "date",
    "tden": "encoded on",
    "tdor": "original date",
    "tenc": "encoded by",
    "tsse": "encoder",
    "tsrc": "isrc",
    "tlan": "language",
    "tpub": "publisher",
    "trck": "track",
    "tpos": "disc",
    "comm": "comment",
    "uslt": "lyrics",
    # iTunes' atoms
    "©nam": "title",
    "©art": "artist",
    "aart": "album artist",
    "©alb": "album",
    "©cmt": "comment",
    "©day": "date",
    "©gen": "genre",
    "©grp": "grouping",
    "©lyr": "lyrics",
    "©too": "encoder",
    "©wrt": "composer",
    "cprt": "copyright",
    "desc": "description",
    "ldes": "description",
    "trkn": "track",
    "disk": "disc",
    # LIST/INFO: Multimedia Programming Interface and Data Specifications 1.0, 2-14
    "iarl": "archival location",
    "iart": "artist",
    "icmt": "comment",
    "icop": "copyright",
    "icrd": "date",
    "ieng": "engineer",
    "ignr": "genre",
    "ikey": "keywords",
    "imed": "medium",
    "inam": "title",
    "iprd": "album",
    "isbj": "subject",
    "isft": "encoder",
    "isrc": "source",
    "isrf": "source form",
    "itch": "technician",
    "iprt": "track",
    "itrk": "track",
    "ilng": "language",
    # ASF
    "author": "artist",
    "wm/albumtitle": "album",
    "wm/albumartist": "album artist",
    "wm/year": "date",
    "wm/genre": "genre",
    "wm/encodingtime": "encoded on",
    "wm/toolname": "encoder",
    "wm/encodingsettings": "encoder settings",
    "wm/tracknumber": "track",
    "wm/language": "language",
    "wm/publisher": "publisher",
    # Vorbis comments, QuickTime, Matroska
    "creation_time": "date",
    "com.apple.quicktime.creationdate": "date",
    "com.apple.quicktime.make": "make",
    "com.apple.quicktime.model": "model",
    "com.apple.quicktime.software": "encoder",
    "com.android.version": "android version",
    "©mak": "make",
    "©mod": "model",
    "albumartist": "album artist",
    "album_artist": "album artist",
    "tracknumber": "track",
    "date_recorded": "date",
    "encoded_by": "encoded by",
    "encodedby": "encoded by",
}

_LEFT_OUT = frozenset(
    {
        *("metadata_block_picture", "coverart", "covr", "wm/picture", "apic"),
        *("major_brand", "minor_version", "compatible_brands", "encoder settings"),
        *("handler_name", "vendor_id", "duration", "isrc_binary"),
    }
)


def legacy_text(data: bytes) -> str:
    """Return bytes of an unnamed encoding as text: UTF-8, else Windows-1251, else -1250.

    Recorders and programs write LIST/INFO and bext in the code page of their system.
    Three high letters in a row are a Cyrillic word; single ones are Latin with accents.
    """
    data = data.split(b"\0", maxsplit=1)[0]
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        # A field of fixed length may cut the last character in two.
        if len(data) > 8:
            for cut in (1, 2, 3):
                try:
                    return data[:-cut].decode("utf-8")
                except UnicodeDecodeError:
                    continue
    page = "cp1251" if re.search(rb"[\xa8\xb8\xc0-\xff]{3}", data) else "cp1250"
    return data.decode(page, "replace")


def mended(text: str) -> str:
    """Return text whose Windows-1251 bytes were taken for Latin-1 as what it was meant to be.

    ID3 knows no Cyrillic code page, so programs wrote theirs and called it Latin-1.
    """
    if not re.search("[¨¸À-ÿ]{3}", text) or any(ord(c) > 0xFF for c in text):
        return text
    return text.encode("latin-1").decode("cp1251", "replace")


def clean(text: str) -> str:
    """Return text without control characters, in NFC, on one line, of bounded length."""
    text = unicodedata.normalize("NFC", text[: 4 * MOST_CHARACTERS].split("\0", maxsplit=1)[0])
    kept = "".join(
        " " if c in "\t\n\r\x0b\x0c\x85\u2028\u2029" else c
        for c in text
        if c in "\t\n\r\x0b\x0c\x85\u2028\u2029"
        or unicodedata.category(c) not in {"Cc", "Cs", "Co", "Cn"}
    )
    kept = " ".join(kept.split())
    return kept if len(kept) <= MOST_CHARACTERS else kept[: MOST_CHARACTERS - 1] + "…"


def readable_key(key: str) -> str:
    """Return a tag's name for a person: "TIT2" is "title", "TXXX:Ort" is "ort"."""
    name = key.strip().lower()
    if name.startswith("----:"):  # iTunes' free form: "----:mean:name"
        name = name.rpartition(":")[2]
    elif name.startswith("txxx:"):
        name = name[5:]
    elif ":" in name and name[:4] in _KEYS:  # "comm::eng"
        name = name[:4]
    name = _KEYS.get(name) or _KEYS.get(name.partition("-")[0], name)
    return clean(name.replace("_", " "))[:60]


def gather(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the tags by readable key in the order they came.

    Different values of one key are joined by "; ". At most MOST_TAGS keys.
    """
    tags: dict[str, str] = {}
    for raw_key, raw_value in pairs:
        if raw_key.lower() in _LEFT_OUT:
            continue
        key, value = readable_key(raw_key), clean(mended(raw_value))
        if not key or not value or (key not in tags and len(tags) >= MOST_TAGS):
            continue
        if key not in tags:
            tags[key] = value
        elif value not in tags[key]:
            tags[key] = clean(f"{tags[key]}; {value}")
    return tags


def mutagen_pairs(tags: Any) -> list[tuple[str, str]]:
    """Return the textual tags of any of mutagen's tag objects; pictures and blobs stay out."""
    pairs: list[tuple[str, str]] = []
    if tags is None:
        return pairs
    for key, value in list(tags.items())[: 8 * MOST_TAGS]:
        if str(key).lower().startswith(("apic", "covr", "wm/picture", "geob", "priv")):
            continue
        values = getattr(value, "text", value)
        for each in values if isinstance(values, (list, tuple)) else [values]:
            text = _as_text(each)
            if text:
                pairs.append((str(key), text))
    return pairs


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        return str(value)
    if isinstance(value, bytes):
        # iTunes' free forms are bytes that hold text; anything else is a blob.
        return legacy_text(value) if len(value) <= MOST_CHARACTERS and b"\0" not in value else ""
    if isinstance(value, tuple):  # track 3 of 12
        numbers = [str(n) for n in value if isinstance(n, int) and n]
        return "/".join(numbers)
    inner = getattr(value, "text", None)  # ID3TimeStamp
    if isinstance(inner, str):
        return inner
    plain = getattr(value, "value", None)  # ASF's attributes
    return _as_text(plain) if isinstance(plain, (str, int)) else ""


_DATE = re.compile(
    r"(?P<y>\d{4})(?:[-:./](?P<m>\d{1,2})(?:[-:./](?P<d>\d{1,2})"
    r"(?:[T ,]+(?P<t>\d{1,2}[:.-]\d{2}(?:[:.-]\d{2})?)(?:\.\d+)?(?P<z>Z|[+-]\d{2}:?\d{2})?)?)?)?"
)


def as_moment(text: str) -> str:
    """Return a tag's date as ISO 8601 as exact as it is, or "" where it is none.

    1904 and 1970 stand for a clock that was never set (QuickTime's and Unix' zero).
    """
    found = _DATE.match(text.strip())
    if not found or found["y"] in {"1904", "1970"} or not "1860" <= found["y"] <= "2200":
        return ""
    month, day = int(found["m"] or 1), int(found["d"] or 1)
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return ""
    moment = found["y"]
    if found["m"]:
        moment += f"-{month:02}"
    if found["d"]:
        moment += f"-{day:02}"
    if found["t"]:
        parts = [int(part) for part in re.split("[:.-]", found["t"])]
        if parts[0] < 24 and all(part < 60 for part in parts[1:]):
            moment += "T" + ":".join(f"{part:02}" for part in [*parts, 0][:3])
            moment += found["z"] or ""
    return moment
