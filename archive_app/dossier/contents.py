"""What a dossier is to hold: chosen by a scholar, made of released records only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from archive_app.domain.records import Audience, TranscriptKind
from archive_app.domain.released import ReleasedInterview, ReleasedTranscript
from archive_app.domain.rich_text import RichText
from archive_app.dossier.design import Design


class Wanted(StrEnum):
    """Which of an interview's transcripts go in."""

    ALL = "all"
    ORIGINAL = "original"
    TRANSLATION = "translation"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the scholar's own before what follows; ``level`` 1 opens a part."""

    title: str
    text: str = ""
    level: int = 1


@dataclass(frozen=True, slots=True)
class Prose:
    """The scholar's own text."""

    text: RichText
    language: str = ""
    """BCP 47; "": the dossier's own."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture (PNG or JPEG, checked and without metadata) with its caption."""

    data: bytes
    caption: str = ""
    alt: str = ""
    """What it shows, for who cannot see it; "": the caption says it."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One index point of an interview: its time, title and synopsis, without the testimony."""

    interview: ReleasedInterview
    number: int
    """Place among ``interview.index_points``, from 0."""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class WholeInterview:
    """A whole interview. ``transcripts`` (by uuid) says which, else ``wanted`` does."""

    interview: ReleasedInterview
    wanted: Wanted = Wanted.ALL
    transcripts: tuple[str, ...] = ()
    heading: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """Turns ``first`` to ``last`` (counted from 1, both included) of one transcript."""

    transcript: str
    """The transcript's uuid."""
    first: int
    last: int
    heading: str = ""
    comment: str = ""
    start: int = 0
    """Offset in the first turn's released text where the passage begins."""
    end: int | None = None
    """Offset in the last turn's released text where it ends; None: at the turn's end."""


@dataclass(frozen=True, slots=True)
class Excerpts:
    """Passages of one interview."""

    interview: ReleasedInterview
    passages: tuple[Passage, ...]
    heading: str = ""
    comment: str = ""


DossierPart = Heading | Prose | Picture | Segment | WholeInterview | Excerpts


@dataclass(frozen=True, slots=True)
class DossierContents:
    """Everything that goes into a dossier. No clock is read: ``on`` is its date."""

    title: str
    audience: Audience
    on: date
    interviews: Sequence[DossierPart]
    subtitle: str = ""
    author: str = ""
    description: str = ""
    repository: str = ""
    """"": the top collection that all interviews share (``repository_of``)."""
    contact: str = ""
    """Whom to ask for more: an institution's address, never a person's home."""
    language: str = "en"
    """BCP 47: which of several titles and names are shown, and the index's alphabet.

    Labels and dates are in the interface's language, so hand over that one."""
    made_by: str = ""
    """The program and its version."""
    design: Design = field(default_factory=Design)
    cover: Picture | None = None
    method: str = ""
    """How the interviews were made, transcribed and chosen: the method note."""
    clips: Mapping[tuple[str, int], str] = field(default_factory=dict[tuple[str, int], str])
    """A transcript's uuid and the number of a passage's first turn to the clip that plays it:
    a path relative to the PDF, with forward slashes."""
    keywords: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class BuiltDossier:
    """A dossier that was written: its pages (front matter included) and its file's hash."""

    path: Path
    pages: int
    front_pages: int
    sha256: str
    size_bytes: int
    missing_glyphs: tuple[str, ...] = ()
    """Characters that no font has; they stand as boxes, their text kept."""


def interviews_of(contents: DossierContents) -> list[ReleasedInterview]:
    """Return each interview once, in the dossier's order."""
    found: dict[str, ReleasedInterview] = {}
    for part in contents.interviews:
        if isinstance(part, WholeInterview | Excerpts | Segment):
            found.setdefault(part.interview.uuid, part.interview)
    return list(found.values())


def repository_of(contents: DossierContents) -> str:
    """Return the repository: as given, else the top collection all interviews share, else ""."""
    if contents.repository:
        return contents.repository
    tops = {copy.collections[0] for copy in interviews_of(contents) if copy.collections}
    return tops.pop() if len(tops) == 1 else ""


def transcripts_of(part: WholeInterview) -> list[ReleasedTranscript]:
    """Return the transcripts that a whole interview is to show, in their order."""
    every = part.interview.transcripts
    if part.transcripts:
        return [each for each in every if each.uuid in part.transcripts]
    if part.wanted is Wanted.NONE:
        return []
    if part.wanted is Wanted.ALL:
        return list(every)
    is_translation = part.wanted is Wanted.TRANSLATION
    return [e for e in every if (e.kind is TranscriptKind.TRANSLATION) is is_translation]
