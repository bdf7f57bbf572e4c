"""What an audience may see: the only records that searches, exports and dossiers take.

Only ``domain.release`` makes them. Names are already replaced, closed layers
absent (``None`` or empty), closed passages already stand as a mark in the text,
and every offset counts in the released text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from archive_app.domain.records import (
    Audience,
    Footnote,
    GpsPoint,
    Hyperlink,
    Layer,
    Role,
    Texts,
    TimedText,
    TranscriptKind,
)


@dataclass(frozen=True, slots=True)
class ReleasedPerson:
    """Somebody who took part, by the name this audience may read."""

    name: str
    sort_name: str
    role: Role
    biography: str = ""
    protected_name: str = ""
    """The real name, for staff only; empty for everybody else."""


@dataclass(frozen=True, slots=True)
class ReleasedRecording:
    """A recording's facts; ``sha256`` is empty unless the sound itself is released."""

    position: int
    offset_ms: int
    file_name: str
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


@dataclass(frozen=True, slots=True)
class ReleasedTurn:
    """A turn as the audience may read it; ``n`` counts from 1 in the transcript."""

    n: int
    turn_id: int
    speaker: str
    start_ms: int | None
    end_ms: int | None
    text: str
    timed: tuple[TimedText, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    withheld: tuple[tuple[int, int], ...] = ()
    """Where marks such as "[passage closed]" stand in ``text``."""
    is_time_estimated: bool = False
    recording: int | None = None
    """Position of its recording, if that is known and released."""
    has_new_names: bool = False
    """Whether another name stands for a protected one in ``text``: its sound says that one."""


@dataclass(frozen=True, slots=True)
class ReleasedTagging:
    """A tag on released text: from ``(start_turn, start)`` to ``(end_turn, end)``, turns by n."""

    tag_uuid: str
    names: Texts
    path: tuple[str, ...]
    """Names (English first) from the root of the vocabulary to the tag itself."""
    colour: str
    start_turn: int
    start: int
    end_turn: int
    end: int
    quote: str
    who: str = ""
    memo: str = ""
    """``who`` and ``memo`` are for staff only."""


@dataclass(frozen=True, slots=True)
class ReleasedTranscript:
    """A transcript as the audience may read it, turns in order."""

    transcript_id: int
    uuid: str
    language: str
    kind: TranscriptKind
    turns: tuple[ReleasedTurn, ...]
    taggings: tuple[ReleasedTagging, ...] = ()
    is_language_guessed: bool = False
    style: str = ""
    narrator_reviewed: bool = False


@dataclass(frozen=True, slots=True)
class ReleasedIndexPoint:
    """A segment of the table of contents."""

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
class Withholding:
    """One thing that was held back, said so that it gives nothing away by itself."""

    layer: Layer
    passages: int = 0
    """How many passages of the layer, or 0 for all of it."""
    until: date | None = None
    reason: str = ""
    """Empty for anyone but staff."""


@dataclass(frozen=True, slots=True)
class ReleasedInterview:
    """An interview as one audience may see it on one date."""

    audience: Audience
    on: date
    interview_id: int
    uuid: str
    accession: str
    titles: Texts
    collections: tuple[str, ...]
    """Titles from the root down."""
    languages: tuple[str, ...]
    date: str
    people: tuple[ReleasedPerson, ...]
    abstract: str = ""
    place: str = ""
    place_names: Texts = field(default_factory=dict[str, str])
    circumstances: str = ""
    subjects: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    rights_holder: str = ""
    licence: str = ""
    usage_note: str = ""
    funder: str = ""
    identifiers: tuple[str, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict[str, str])
    status: str = ""
    duration_ms: int = 0
    recordings: tuple[ReleasedRecording, ...] = ()
    transcripts: tuple[ReleasedTranscript, ...] = ()
    index_points: tuple[ReleasedIndexPoint, ...] = ()
    withheld: tuple[Withholding, ...] = ()

    @property
    def title(self) -> str:
        """The title in English, else in whichever language comes first, else the accession."""
        return self.titles.get("en") or next(iter(self.titles.values()), "") or self.accession
