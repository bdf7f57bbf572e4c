"""Records of what was said: transcripts, turns, and the tags on them.

They are used under ``domain.records``, where all records are at hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from archive_app.domain.kinds import TranscriptKind
from archive_app.domain.work_records import Span

Texts = Mapping[str, str]
"""One text in several languages: language tag to text."""


@dataclass(frozen=True, slots=True)
class TimedText:
    """A stretch of a turn's text whose own time is known: a word or a caption cue."""

    start: int
    end: int
    start_ms: int
    end_ms: int
    is_cue: bool = False
    confidence: float | None = None
    """0 to 1, from a recogniser."""


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note set at a point of a turn's text."""

    offset: int
    text: str
    link: str = ""
    uuid: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker said in one go. ``text`` has no line breaks and no control characters."""

    id: int
    uuid: str
    transcript_id: int
    position: int
    """Order within the transcript; gaps are allowed."""
    speaker_id: int | None
    speaker_label: str
    """As the transcript has it; shown where no person is linked."""
    recording_id: int | None
    start_ms: int | None
    end_ms: int | None
    text: str
    timed: tuple[TimedText, ...] = ()
    """Ordered by offset, not overlapping."""
    footnotes: tuple[Footnote, ...] = ()
    """Ordered by offset."""
    is_time_estimated: bool = False


@dataclass(frozen=True, slots=True)
class Tagging:
    """A tag laid on a span. An orphan (``is_orphan``) keeps its former place and quote."""

    id: int
    uuid: str
    tag_id: int
    transcript_id: int
    span: Span
    quote: str
    """The text under the span; over several turns joined by one space a join."""
    before: str = ""
    after: str = ""
    """Neighbouring text, some 30 code points each, to find the place again."""
    is_orphan: bool = False
    who: str = ""
    made_at: datetime | None = None
    memo: str = ""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A tree of tags that belong together."""

    id: int
    uuid: str
    names: Texts
    description: str = ""
    links: tuple[str, ...] = ()
    position: int = 0


@dataclass(frozen=True, slots=True)
class Tag:
    """An entry of the vocabulary; tags form a tree."""

    id: int
    uuid: str
    vocabulary_id: int
    parent_id: int | None
    names: Texts
    definition: str = ""
    colour: str = ""
    """"#rrggbb", or empty: the palette chooses."""
    links: tuple[str, ...] = ()
    position: int = 0

    def name(self, language: str = "en") -> str:
        """The name in a language, else in English, else whichever comes first."""
        return (
            self.names.get(language)
            or self.names.get(language.split("-", maxsplit=1)[0])
            or self.names.get("en")
            or next(iter(self.names.values()), "")
        )


@dataclass(frozen=True, slots=True)
class Transcript:
    """One rendering of an interview in one language, without its turns."""

    id: int
    uuid: str
    interview_id: int
    language: str
    """BCP 47 with script, "und" if not known."""
    kind: TranscriptKind
    is_language_guessed: bool = False
    source: str = ""
    """The file's name and format it came from."""
    style: str = ""
    narrator_reviewed: bool = False


@dataclass(frozen=True, slots=True)
class FullTranscript:
    """A transcript with everything on it."""

    transcript: Transcript
    turns: tuple[Turn, ...]
    taggings: tuple[Tagging, ...] = ()
    """Living ones in the order of the text, then orphans."""
