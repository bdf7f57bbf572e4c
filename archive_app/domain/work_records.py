"""The frozen records of people's work on an archive: operations, dossiers, lists.

``domain.records`` names all of them too; import them from there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar

from archive_app.domain.kinds import Status

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
    """One step of a dossier: an interview, a passage of one, or a heading.

    ``kind`` is "interview", "passage" or "heading"; ``settings`` holds what a
    later layout wants to remember.
    """

    id: int
    uuid: str
    dossier_id: int
    position: int
    kind: str
    text: str = ""
    interview_id: int | None = None
    transcript_id: int | None = None
    span: Span | None = None
    settings: Mapping[str, str] = field(default_factory=dict[str, str])


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
