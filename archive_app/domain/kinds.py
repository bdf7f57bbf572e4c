"""The closed lists of an oral-history archive: audiences, layers, roles, states of work.

``domain.records`` names all of them too; import them from there.
"""

from __future__ import annotations

from enum import StrEnum


class Audience(StrEnum):
    """Who looks, from least to most."""

    PUBLIC = "public"
    READING_ROOM = "reading-room"
    STAFF = "staff"

    @property
    def rank(self) -> int:
        """0 for the public, 2 for staff."""
        return list(Audience).index(self)


class Layer(StrEnum):
    """What of an interview can be closed by itself."""

    LISTING = "listing"
    DESCRIPTION = "description"
    INDEX = "index"
    TRANSCRIPT = "transcript"
    RECORDING = "recording"


class Status(StrEnum):
    """Where an interview stands in the archive's work."""

    PLANNED = "planned"
    RECORDED = "recorded"
    TRANSCRIBED = "transcribed"
    AUDITED = "audited"
    NARRATOR_REVIEWED = "narrator-reviewed"
    INDEXED = "indexed"
    RELEASED = "released"


class Role(StrEnum):
    """A person's part in an interview, by MARC relator code."""

    INTERVIEWEE = "ive"
    INTERVIEWER = "ivr"
    TRANSCRIBER = "trc"
    TRANSLATOR = "trl"
    VIDEOGRAPHER = "vdg"
    OTHER = "oth"


class TranscriptKind(StrEnum):
    """How a transcript renders what was said."""

    VERBATIM = "verbatim"
    EDITED = "edited"
    TRANSLATION = "translation"


class NameKind(StrEnum):
    """Whether a name may be shown. REAL names are protected; VARIANT ones are not."""

    REAL = "real"
    VARIANT = "variant"


class ConsentUse(StrEnum):
    """What somebody allowed by signing."""

    RESEARCH = "research"
    QUOTATION = "quotation"
    PUBLICATION = "publication"
    VOICE = "voice"
    IMAGE = "image"
    ONLINE = "online"
