"""What a reader found in a file from outside, before anything is stored.

Every reader of ``exchange`` returns a ``ParsedInterview``; ``work`` turns it
into rows. Texts have no line breaks and no control characters.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from archive_app.domain.records import Footnote, GpsPoint, Hyperlink, TimedText, TranscriptKind


@dataclass(frozen=True, slots=True)
class Loss:
    """Something a reader could not take or a writer could not say: what, and where."""

    what: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class ParsedTurn:
    """A turn as the file has it; times in ms, ``None`` where the file tells none."""

    speaker: str
    start_ms: int | None
    end_ms: int | None
    text: str
    timed: tuple[TimedText, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    is_time_estimated: bool = False


@dataclass(frozen=True, slots=True)
class ParsedTagging:
    """A tag the file lays on its text; turns count from 0 in the transcript's turns."""

    path: tuple[str, ...]
    """Names from the root of the vocabulary to the tag."""
    start_turn: int
    start: int
    end_turn: int
    end: int
    names: Mapping[str, str] = field(default_factory=dict[str, str])
    colour: str = ""
    who: str = ""
    memo: str = ""


@dataclass(frozen=True, slots=True)
class ParsedTranscript:
    """A transcript as the file has it. ``language`` is empty where the file tells none."""

    turns: tuple[ParsedTurn, ...]
    language: str = ""
    kind: TranscriptKind = TranscriptKind.VERBATIM
    is_language_guessed: bool = False
    taggings: tuple[ParsedTagging, ...] = ()


@dataclass(frozen=True, slots=True)
class ParsedIndexPoint:
    """A segment of the file's table of contents; ``place`` is a name, if the file gives one."""

    start_ms: int
    end_ms: int | None
    title: str
    synopsis: str = ""
    partial_transcript: str = ""
    keywords: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    place: str = ""
    gps: tuple[GpsPoint, ...] = ()
    links: tuple[Hyperlink, ...] = ()
    alt: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class ParsedRecord:
    """Catalogue fields, each empty where the file does not tell it."""

    accession: str = ""
    titles: Mapping[str, str] = field(default_factory=dict[str, str])
    date: str = ""
    """EDTF."""
    abstract: str = ""
    interviewees: tuple[str, ...] = ()
    interviewers: tuple[str, ...] = ()
    transcribers: tuple[str, ...] = ()
    translators: tuple[str, ...] = ()
    place: str = ""
    languages: tuple[str, ...] = ()
    collections: tuple[tuple[str, str], ...] = ()
    """(kind, title) from the root down: repository, collection, series."""
    circumstances: str = ""
    subjects: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    rights_holder: str = ""
    licence: str = ""
    usage_note: str = ""
    funder: str = ""
    identifiers: tuple[str, ...] = ()
    media_names: tuple[str, ...] = ()
    """File names or addresses of recordings that the record names but the file does not hold."""
    extra: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class ParsedInterview:
    """Everything a reader found in one file about one interview."""

    format: str
    """The name the command line knows the format by."""
    record: ParsedRecord = field(default_factory=ParsedRecord)
    transcripts: tuple[ParsedTranscript, ...] = ()
    index_points: tuple[ParsedIndexPoint, ...] = ()
    losses: tuple[Loss, ...] = ()
