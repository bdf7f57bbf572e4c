"""The frozen records that travel between the rooms.

These are the archive's own, unreleased records: they may hold real names and
closed passages. Whatever leaves the archive is made from the records of
``domain.released`` instead, which only ``domain.release`` makes.

Times are integers in milliseconds from the start of a recording's interview,
clock times are UTC, historical dates EDTF, languages BCP 47 with script,
offsets Unicode code points, half-open ``[start, end)``. An ``id`` of 0 means
that the record is not stored yet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from archive_app.domain.kinds import (
    Audience,
    ConsentUse,
    Layer,
    NameKind,
    Role,
    Status,
    TranscriptKind,
)
from archive_app.domain.transcript_records import (
    Footnote,
    FullTranscript,
    Tag,
    Tagging,
    Texts,
    TimedText,
    Transcript,
    Turn,
    Vocabulary,
)
from archive_app.domain.work_records import (
    ArchiveCounts,
    Change,
    Dossier,
    DossierExport,
    DossierItem,
    InterviewRow,
    Operation,
    Outcome,
    SavedSearch,
    SourceFile,
    Span,
)

__all__ = [
    "ArchiveCounts",
    "Audience",
    "Change",
    "Collection",
    "Consent",
    "ConsentUse",
    "Contribution",
    "Dossier",
    "DossierExport",
    "DossierItem",
    "Footnote",
    "FullTranscript",
    "GpsPoint",
    "Hyperlink",
    "IndexPoint",
    "Interview",
    "InterviewFile",
    "InterviewRow",
    "Layer",
    "NameKind",
    "Note",
    "Operation",
    "Outcome",
    "Person",
    "PersonName",
    "Place",
    "Recording",
    "Restriction",
    "Role",
    "SavedSearch",
    "SourceFile",
    "Span",
    "Status",
    "Tag",
    "Tagging",
    "Texts",
    "TimedText",
    "Transcript",
    "TranscriptKind",
    "Turn",
    "Vocabulary",
]


@dataclass(frozen=True, slots=True)
class Collection:
    """A repository, project, series or collection; they form a tree."""

    id: int
    uuid: str
    parent_id: int | None
    kind: str
    """"repository", "project", "series" or "collection"."""
    title: str
    description: str = ""
    position: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the register of places."""

    id: int
    uuid: str
    names: Texts
    latitude: float | None = None
    longitude: float | None = None
    exactness: str = ""
    """"exact", "town", "region", "country", or empty if not known."""
    authority: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class PersonName:
    """A further name of a person; REAL ones never leave the archive for outsiders."""

    name: str
    kind: NameKind
    language: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """An entry of the register of people.

    ``public_name`` is what everybody may see: a pseudonym where ``names`` holds
    one of kind REAL.
    """

    id: int
    uuid: str
    public_name: str
    sort_name: str = ""
    biography: str = ""
    names: tuple[PersonName, ...] = ()
    authority: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def real_names(self) -> tuple[str, ...]:
        """The protected names, in the register's order; empty without a pseudonym."""
        return tuple(n.name for n in self.names if n.kind is NameKind.REAL)


@dataclass(frozen=True, slots=True)
class Contribution:
    """A person's role in an interview."""

    id: int
    interview_id: int
    person: Person
    role: Role
    position: int = 0


@dataclass(frozen=True, slots=True)
class Interview:
    """A catalogue record, without what hangs on it."""

    id: int
    uuid: str
    accession: str
    collection_id: int | None = None
    titles: Texts = field(default_factory=dict[str, str])
    abstract: str = ""
    date: str = ""
    """EDTF, level 1."""
    place_id: int | None = None
    languages: tuple[str, ...] = ()
    status: Status = Status.RECORDED
    circumstances: str = ""
    subjects: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    rights_holder: str = ""
    licence: str = ""
    usage_note: str = ""
    funder: str = ""
    identifiers: tuple[str, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict[str, str])
    """Fields of another system that this archive has no place for, kept as they came."""

    @property
    def title(self) -> str:
        """The title in English, else in whichever language comes first, else the accession."""
        return self.titles.get("en") or next(iter(self.titles.values()), "") or self.accession


@dataclass(frozen=True, slots=True)
class Recording:
    """One file of an interview's sound or picture."""

    id: int
    uuid: str
    interview_id: int
    position: int
    offset_ms: int
    """Where it begins on the interview's common timeline."""
    original_name: str
    vault_path: str
    """Relative to the archive's folder, POSIX; named by hash."""
    sha256: str
    size_bytes: int
    duration_ms: int | None
    container: str = ""
    codec: str = ""
    sample_rate_hz: int | None = None
    channels: int | None = None
    bit_depth: int | None = None
    has_video: bool = False
    recorded_at: str = ""
    device: str = ""
    embedded_tags: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class GpsPoint:
    """A place an index point names: "latitude,longitude" and what it is."""

    gps: str
    zoom: str = ""
    text: str = ""
    text_alt: str = ""


@dataclass(frozen=True, slots=True)
class Hyperlink:
    """A link an index point carries."""

    url: str
    text: str = ""
    text_alt: str = ""


@dataclass(frozen=True, slots=True)
class IndexPoint:
    """A titled segment of an interview's table of contents."""

    id: int
    uuid: str
    interview_id: int
    start_ms: int
    end_ms: int | None
    title: str
    synopsis: str = ""
    partial_transcript: str = ""
    keywords: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    place_id: int | None = None
    gps: tuple[GpsPoint, ...] = ()
    links: tuple[Hyperlink, ...] = ()
    alt: Mapping[str, str] = field(default_factory=dict[str, str])
    """The same fields in a second language: "title", "synopsis", "partial_transcript",
    "keywords" and "subjects" (joined by ";")."""


@dataclass(frozen=True, slots=True)
class Restriction:
    """Closes a layer of an interview, or a span of a transcript.

    Exactly one of ``layer`` and ``span`` is set (a span comes with its
    ``transcript_id``). ``shut_out`` is the highest audience that may not see it:
    READING_ROOM shuts out the public too. After ``until`` it stays closed until
    a person lifts it, unless ``opens_by_itself``.
    """

    id: int
    uuid: str
    interview_id: int
    shut_out: Audience
    layer: Layer | None = None
    transcript_id: int | None = None
    span: Span | None = None
    quote: str = ""
    is_orphan: bool = False
    until: date | None = None
    opens_by_itself: bool = False
    reason: str = ""
    review_on: date | None = None


@dataclass(frozen=True, slots=True)
class Consent:
    """A signed form. ``withdrawn_on`` closes everything to outsiders from that day on."""

    id: int
    uuid: str
    interview_id: int
    person_id: int | None
    form: str
    signed_on: date | None
    uses: frozenset[ConsentUse] = frozenset()
    withdrawn_on: date | None = None
    risk: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A private remark on anything: never released."""

    id: int
    uuid: str
    table: str
    row_id: int
    text: str
    who: str = ""
    made_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class InterviewFile:
    """An interview with everything that hangs on it: unreleased, for ``work`` and the gate."""

    interview: Interview
    collections: tuple[Collection, ...] = ()
    """From the root of the tree down to the interview's own."""
    place: Place | None = None
    contributions: tuple[Contribution, ...] = ()
    people: tuple[Person, ...] = ()
    """Everybody named by a contribution or a turn, once each."""
    recordings: tuple[Recording, ...] = ()
    transcripts: tuple[FullTranscript, ...] = ()
    index_points: tuple[IndexPoint, ...] = ()
    places: tuple[Place, ...] = ()
    """Places that index points name."""
    tags: tuple[Tag, ...] = ()
    """Tags that taggings name, with their ancestors."""
    restrictions: tuple[Restriction, ...] = ()
    consents: tuple[Consent, ...] = ()
    notes: tuple[Note, ...] = ()
