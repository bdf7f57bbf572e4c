"""What a dossier is to hold: chosen by a scholar, made of released records only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from archive_app.domain.records import Audience, TranscriptKind
from archive_app.domain.released import ReleasedInterview, ReleasedTranscript


class Paper(StrEnum):
    """The paper a dossier is laid out for."""

    A4 = "a4"
    LETTER = "letter"
    A5 = "a5"


class Wanted(StrEnum):
    """Which of an interview's transcripts go in."""

    ALL = "all"
    ORIGINAL = "original"
    TRANSLATION = "translation"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the scholar's own, with a text below it, before what follows."""

    title: str
    text: str = ""


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


@dataclass(frozen=True, slots=True)
class Excerpts:
    """Passages of one interview."""

    interview: ReleasedInterview
    passages: tuple[Passage, ...]
    heading: str = ""
    comment: str = ""


DossierPart = Heading | WholeInterview | Excerpts


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
    contact: str = ""
    """Whom to ask for more: an institution's address, never a person's home."""
    language: str = "en"
    """BCP 47: which of several titles and names are shown, and the index's alphabet.

    Labels and dates are in the interface's language, so hand over that one."""
    made_by: str = ""
    """The program and its version."""
    paper: Paper = Paper.A4
    has_index: bool = True
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
        if not isinstance(part, Heading):
            found.setdefault(part.interview.uuid, part.interview)
    return list(found.values())


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
