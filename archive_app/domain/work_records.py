"""The frozen records of people's work on an archive: operations, dossiers, lists.

``domain.records`` names all of them too; import them from there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Generic, TypeVar

from archive_app.domain.kinds import Audience, Status

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Span:
    """From a place in one turn to a place in the same or a later one, by turn id.

    Law 1: never empty while it lives.
    """

    start_turn: int
    start: int
    end_turn: int
    end: int


@dataclass(frozen=True, slots=True)
class Change:
    """One row that an operation changed."""

    table: str
    row_id: int
    kind: str
    """"insert", "update" or "delete"."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing a person did, as the history shows it."""

    id: int
    label: str
    """English; shown through ``translation.tr``."""
    who: str
    at: datetime
    interview_id: int | None
    undoes: int | None = None
    """The operation this one took back, if it is an undo."""
    redoes: int | None = None
    """The operation this one did again, if it is a redo."""
    is_undone: bool = False


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What a function of ``work`` did: its value, and what it changed for the views."""

    value: T
    operation_id: int
    label: str
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that something was taken in from, and what was lost on the way."""

    id: int
    uuid: str
    interview_id: int
    name: str
    format: str
    sha256: str
    losses: tuple[str, ...] = ()
    who: str = ""
    made_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A name and a query."""

    id: int
    uuid: str
    name: str
    query: str


@dataclass(frozen=True, slots=True)
class DossierItem:
    """One step of a dossier.

    ``kind`` is "interview", "passage", "point" (an index point), "heading",
    "text" (the scholar's own) or "picture". A passage's span counts in the text
    that is kept and may begin and end inside turns.
    """

    id: int
    uuid: str
    dossier_id: int
    position: int
    kind: str
    text: str = ""
    """A heading's words, a picture's caption, else the comment on a passage or interview."""
    interview_id: int | None = None
    transcript_id: int | None = None
    span: Span | None = None
    settings: Mapping[str, str] = field(default_factory=dict[str, str])
    """Of a picture "alt": what it shows, for who cannot see it."""
    level: int = 1
    """Of a heading: 1 opens a part, 2 and 3 stand below."""
    body: str = ""
    """Of a text: ``domain.rich_text`` as JSON."""
    index_point_id: int | None = None
    """Of a point; None once the index point is gone."""
    picture: str = ""
    """Of a picture: its file, relative to the archive's folder, named by its hash."""
    seen: str = ""
    """Fingerprint of the source's kept text when it was collected or last accepted; no words."""


@dataclass(frozen=True, slots=True)
class DossierExport:
    """One time that a kept dossier was made: for whom, as what file, and the proof of it."""

    id: int
    uuid: str
    dossier_id: int
    made_at: datetime
    audience: Audience
    on: date
    layout: str = ""
    """One of ``dossier.design.Layout``."""
    file_name: str = ""
    pages: int = 0
    sha256: str = ""
    """Of the file; empty if it was held back because its proof failed."""
    proof: str = ""
    """``domain.proof`` as JSON: without testimony, without a protected name."""
    who: str = ""


@dataclass(frozen=True, slots=True)
class Dossier:
    """A selection that a scholar ordered."""

    id: int
    uuid: str
    title: str
    description: str = ""
    author: str = ""
    settings: Mapping[str, str] = field(default_factory=dict[str, str])
    items: tuple[DossierItem, ...] = ()


@dataclass(frozen=True, slots=True)
class InterviewRow:
    """One line of the library's table."""

    id: int
    accession: str
    title: str
    interviewees: str
    date: str
    languages: tuple[str, ...]
    duration_ms: int
    turns: int
    status: Status
    has_restrictions: bool
    has_pseudonym: bool
    collection_id: int | None


@dataclass(frozen=True, slots=True)
class ArchiveCounts:
    """How much an archive holds, for its own staff."""

    interviews: int
    collections: int
    people: int
    places: int
    recordings: int
    recording_bytes: int
    duration_ms: int
    """Of all recordings together."""
    transcripts: int
    turns: int
    tags: int
    taggings: int
    orphans: int
    index_points: int
    dossiers: int
