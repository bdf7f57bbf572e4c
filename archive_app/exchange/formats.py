"""The exchange formats by name: which one a file is in, reading and writing it.

====================  =======================================  =====  =====
name                  what                                     reads  writes
====================  =======================================  =====  =====
``vtt``               WebVTT captions                          yes    yes
``srt``               SubRip captions                          yes    yes
``ohms``              OHMS XML, 5.1 to 6.0                     yes    6.0
``text``              a typed transcript                       yes    yes
``recogniser``        a speech recogniser's JSON (Whisper)     yes    no
``csv``               a transcript or a catalogue as a table   yes    yes
``docx``              a typed transcript, a Word document      yes    yes
``json``              everything, this program's own form      yes    yes
====================  =======================================  =====  =====
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from archive_app.domain.parsed import ParsedInterview
from archive_app.domain.released import ReleasedInterview
from archive_app.errors import BadInput, BadValue, Environment, NotFound
from archive_app.exchange.clock import CLOCK
from archive_app.exchange.decoding import MAX_BYTES, decode, decode_torn
from archive_app.exchange.losses import told_shortly
from archive_app.exchange.written import Written
from archive_app.translation import tr

READABLE = ("vtt", "srt", "ohms", "text", "docx", "recogniser", "csv", "json")
WRITABLE = ("vtt", "srt", "ohms", "text", "docx", "csv", "json")
EXTENSIONS = {
    "vtt": ".vtt",
    "srt": ".srt",
    "ohms": ".xml",
    "text": ".txt",
    "docx": ".docx",
    "recogniser": ".json",
    "csv": ".csv",
    "json": ".json",
}
"""The extension a file of the format is given, with its dot."""

FOLDER_EXTENSIONS = frozenset(
    {".vtt", ".webvtt", ".srt", ".xml", ".ohms", ".txt", ".text", ".csv", ".tsv", ".json",
     ".docx", ".docm", ".doc"}
)  # fmt: skip
"""Extensions of files that are tried in a whole folder; ".doc" only to say why it is not read."""

HEAD_BYTES = 65_536
"""How much of a file ``detect`` wants to see."""

_BY_EXTENSION = {
    ".vtt": "vtt",
    ".webvtt": "vtt",
    ".srt": "srt",
    ".xml": "ohms",
    ".ohms": "ohms",
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".docx": "docx",
    ".docm": "docx",
    ".dotx": "docx",
    ".dotm": "docx",
    ".doc": "docx",
    ".csv": "csv",
    ".tsv": "csv",
    ".json": "recogniser",
}
_COMMA_TIMES = re.compile(r"^\s*[0-9:]+,[0-9]{1,3}\s*-->", re.MULTILINE)
_TIMES = re.compile(rf"^\s*{CLOCK}\s*-->\s*{CLOCK}", re.MULTILINE)


def detect(path: Path, head: bytes) -> str:
    """Return the name of the format a file is in, or "" for none of ours.

    Content decides first, the extension where the content says nothing.
    ``head`` is the file's first ``HEAD_BYTES`` bytes (fewer if it is shorter).
    """
    extension = path.suffix.lower()
    text = _head_text(head)
    if text is None:
        is_word = _BY_EXTENSION.get(extension) == "docx"
        return "docx" if is_word or _is_word(head) else ""
    start = text.lstrip()
    if start.startswith("WEBVTT"):
        return "vtt"
    if start.startswith("<"):
        return "ohms" if extension in (".xml", ".ohms") or "nunncenter/ohms" in text else ""
    if start.startswith(("{", "[")) and (extension == ".json" or start.startswith("{")):
        return "json" if re.search(r'"format"\s*:\s*"oral-history-archive', text) else "recogniser"
    if _COMMA_TIMES.search(text):
        return "srt"
    if _TIMES.search(text):
        return "srt" if extension == ".srt" else "vtt"
    return _BY_EXTENSION.get(extension, "")


def _is_word(head: bytes) -> bool:
    """Tell a Word document that goes by another name: its parts are named in the zip."""
    return head.startswith(b"PK\x03\x04") and b"word/" in head


def _head_text(head: bytes) -> str | None:
    """Return the head as text, as well as it can be told; None for what is not text."""
    if head.startswith((b"%PDF", b"PK\x03\x04", b"{\\rtf", b"OggS", b"RIFF", b"ID3")):
        return None
    for length in range(len(head), max(len(head) - 4, -1), -1):
        try:
            return decode(head[:length]).text
        except BadInput:
            continue
    return None if b"\0" in head else head.decode("latin-1")


def read(path: Path, *, format: str | None = None) -> ParsedInterview:  # noqa: A002 - the CLI's own word
    """Return the one interview a file holds.

    Raises:
        BadInput: the file is in no format we read, is damaged, or holds several interviews.
        NotFound: there is no such file.
        Environment: it cannot be opened.
    """
    found = read_all(path, format=format)
    if len(found) != 1:
        raise BadInput(
            tr("The file holds {count} interviews where one was expected.", count=len(found))
        )
    return found[0]


def read_all(path: Path, *, format: str | None = None) -> tuple[ParsedInterview, ...]:  # noqa: A002
    """Return every interview a file holds: one, or for catalogues and OHMS any number.

    Raises: as ``read``.
    """
    data = _bytes_of(path)
    name = format or detect(path, data[:HEAD_BYTES])
    return read_bytes(data, format=name)


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            decode(b"\0" * (MAX_BYTES + 1))
        return path.read_bytes()
    except FileNotFoundError as error:
        raise NotFound(tr("There is no file {path}.", path=path)) from error
    except OSError as error:
        raise Environment(
            tr("The file {path} cannot be opened.", path=path), details=error.strerror or ""
        ) from error


def read_bytes(data: bytes, *, format: str) -> tuple[ParsedInterview, ...]:  # noqa: A002
    """Return every interview in the bytes of a file of a known format.

    Raises:
        BadInput: the format is none of ``READABLE``, or the bytes are not in it.
    """
    if format == "ohms":
        from archive_app.exchange.ohms import read_ohms

        return tuple(replace(one, losses=told_shortly(one.losses)) for one in read_ohms(data))
    if format == "docx":
        from archive_app.exchange.word import read_word

        found = read_word(data)
        return (replace(found, losses=told_shortly(found.losses)),)
    if format not in READABLE:
        raise BadInput(
            tr(
                "The file is in no format this program reads ({names}). Nothing was imported.",
                names=", ".join(READABLE),
            )
        )
    decoded = decode_torn(data) if format == "recogniser" else decode(data)
    found = _read_text(decoded.text, format)
    return tuple(replace(one, losses=told_shortly((*decoded.losses, *one.losses))) for one in found)


def _read_text(text: str, name: str) -> tuple[ParsedInterview, ...]:
    if name == "vtt":
        from archive_app.exchange.vtt import read_vtt

        return (read_vtt(text),)
    if name == "srt":
        from archive_app.exchange.srt_captions import read_srt

        return (read_srt(text),)
    if name == "text":
        from archive_app.exchange.plain_text import read_text

        return (read_text(text),)
    if name == "recogniser":
        from archive_app.exchange.recogniser import read_recogniser

        return (read_recogniser(text),)
    if name == "csv":
        from archive_app.exchange.csv_table import read_csv

        return read_csv(text)
    from archive_app.exchange.json_record import read_json

    return (read_json(text),)


def write(
    format: str,  # noqa: A002 - the CLI's own word
    released: ReleasedInterview,
    *,
    transcript: int | None = None,
) -> Written:
    """Return an interview in a format of ``WRITABLE``, and what that could not say.

    ``transcript`` is the id of the one to write where the format holds only one;
    without it the first.

    Raises:
        BadValue: the format is not one we write.
        NotFound: the format is for transcripts, and there is none to write.
    """
    if format == "vtt":
        from archive_app.exchange.vtt import write_vtt

        return write_vtt(released, transcript=transcript)
    if format == "srt":
        from archive_app.exchange.srt_captions import write_srt

        return write_srt(released, transcript=transcript)
    if format == "text":
        from archive_app.exchange.plain_text import write_text

        return write_text(released, transcript=transcript)
    if format == "docx":
        from archive_app.exchange.word import write_word

        return write_word(released, transcript=transcript)
    if format == "csv":
        from archive_app.exchange.csv_table import write_csv

        return write_csv(released, transcript=transcript)
    if format == "ohms":
        from archive_app.exchange.ohms import write_ohms

        return write_ohms(released, transcript=transcript)
    if format == "json":
        from archive_app.exchange.json_record import write_json

        return write_json(released)
    raise BadValue(
        tr(
            "{name} is no format this program writes. It writes {names}.",
            name=format,
            names=", ".join(WRITABLE),
        )
    )


def words_of(format: str, data: bytes) -> list[str]:  # noqa: A002
    """Return all that a written file says, packed or not, so that it can be searched for names."""
    if format == "docx":
        from archive_app.exchange.word import words_of as words_of_document

        return words_of_document(data)
    return [data.decode("utf-8", "replace")]
